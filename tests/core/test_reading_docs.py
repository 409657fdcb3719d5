"""The page on formats names every format and the limits as they are."""

from pathlib import Path

from embeddings.reading import FORMATS, Limits

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_format_is_named():
    assert [suffix for suffix in FORMATS if f"`{suffix}`" not in PAGE] == []


def test_every_limit_is_named():
    rows = {f"| `{name}`": f"| {value:,} |" for name, value in Limits()._asdict().items()}
    lines = {begins: next((line for line in PAGE.splitlines() if line.startswith(begins)), "") for begins in rows}
    assert [begins for begins, line in lines.items() if not line.endswith(rows[begins])] == []
