"""The pages on encoders say what is true."""

import re
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from embeddings.encoders import ENCODERS, EncoderSpec, load_encoder
from embeddings.encoders.availability import remedy
from embeddings.encoders.document import encoder_page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_table_of_encoders_is_current() -> None:
    assert (DOCS / "encoders.md").read_text(encoding="utf-8") == encoder_page()


def test_the_example_of_add_an_encoder_works(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (DOCS / "add-an-encoder.md").read_text(encoding="utf-8")
    file, entry = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    module = ModuleType("embeddings.encoders.letters")
    exec(compile(file, "letters.py", "exec"), module.__dict__)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for name, spec in eval(f"{{{entry}}}", {"EncoderSpec": EncoderSpec}).items():
        monkeypatch.setitem(ENCODERS, name, spec)

    letters = load_encoder("Letters")
    vectors = letters.encode(["listen", "Silent!", "king", "listen"])

    assert remedy("Letters") is None
    assert vectors.shape == (4, ENCODERS["Letters"].dimension)
    np.testing.assert_array_equal(vectors[0], vectors[1])
    np.testing.assert_array_equal(vectors[0], vectors[3])
    assert letters.inspect("Ab 1!") == (("a", "b"), None, 0, (" ", "1", "!"))
    assert letters.lengths(["king", ""]).tolist() == [4, 0]
