"""The page on formats names every format and the limits as they are."""

from pathlib import Path

import pytest

from embeddings.reading import FORMATS, Limits

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_named(suffix):
    assert f"`{suffix}`" in PAGE


@pytest.mark.parametrize(("name", "value"), Limits()._asdict().items())
def test_every_limit_is_named(name, value):
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}`"))
    assert line.endswith(f"| {value:,} |")
