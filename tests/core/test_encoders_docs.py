"""The pages on encoders say what is true."""

import re
import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from embeddings.collection import Collection
from embeddings.encoders import ENCODERS, EncoderSpec, ImageEncoder, load_encoder
from embeddings.encoders.availability import remedy
from embeddings.encoders.document import encoder_page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_table_of_encoders_is_current() -> None:
    assert (DOCS / "encoders.md").read_text(encoding="utf-8") == encoder_page()


@pytest.fixture
def examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files and entries of the page, as if they had been added."""
    page = (DOCS / "add-an-encoder.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    for file, entry in zip(blocks[::2], blocks[1::2], strict=True):
        for name, spec in eval(f"{{{entry}}}", {"EncoderSpec": EncoderSpec}).items():
            module = ModuleType(spec.factory.partition(":")[0])
            exec(compile(file, module.__name__, "exec"), module.__dict__)
            monkeypatch.setitem(sys.modules, module.__name__, module)
            monkeypatch.setitem(ENCODERS, name, spec)


def test_the_example_of_add_an_encoder_works(examples: None) -> None:
    letters = load_encoder("Letters")
    vectors = letters.encode(["listen", "Silent!", "king", "listen"])

    assert remedy("Letters") is None
    assert vectors.shape == (4, ENCODERS["Letters"].dimension)
    np.testing.assert_array_equal(vectors[0], vectors[1])
    np.testing.assert_array_equal(vectors[0], vectors[3])
    assert letters.inspect("Ab 1!") == (("a", "b"), None, 0, (" ", "1", "!"), 0.6)
    assert letters.count(["king", ""]).lengths.tolist() == [4, 0]


def test_the_example_of_an_encoder_of_pictures_works(examples: None) -> None:
    half = Image.new("RGB", (80, 40))
    half.paste((255, 255, 255), (40, 0, 80, 40))
    item = Collection.from_images([half], name="half").items[0]
    assert isinstance(item, bytes)
    brightness = load_encoder("Brightness")
    assert isinstance(brightness, ImageEncoder)

    view = brightness.view(item)

    assert remedy("Brightness") is None
    assert brightness.encode([item]).reshape(4, 4).tolist() == [[0, 0, 1, 1]] * 4
    assert view.note == "The whole picture, squashed to 4 × 4."
    assert np.asarray(Image.open(BytesIO(view.picture))).tolist() == [[0, 0, 255, 255]] * 4
