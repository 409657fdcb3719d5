"""Image files that cannot be kept: damaged, foreign or far too large."""

import pickle

import numpy as np
import pytest
from pictures import encoded, photograph, png_that_claims

from embeddings.images import Unreadable, keep, open_kept


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"", r"“a\.png” is empty\."),
        (b"not a picture", "is not a picture in a format that is read here"),
        (b"%PDF-1.4 and more", "is not a picture: it looks like a PDF document"),
        (b"\x89PNG\r\n\x1a\nxxxx", "begins like a PNG picture but is damaged"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "is an SVG drawing: instructions for a"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "is an HEIC picture, which cannot be read here; export it as JPEG"),
        (encoded(photograph(), "JPEG")[:4000], "is cut off: the end of the picture is missing"),
        (encoded(photograph(), "PNG")[:4000], "is cut off|is damaged"),
        (encoded(photograph(size=(300, 200)), "WEBP")[:900], "damaged|cut off"),
        (encoded(photograph(size=(300, 200)), "BMP")[:4000], "is cut off"),
        (encoded(photograph(size=(300, 200)), "TIFF")[:4000], "damaged|cut off"),
        (encoded(photograph(size=(300, 200)), "GIF")[:900], "is cut off"),
        (png_that_claims(9_440, 9_440), "is 9,440 × 9,440 = 89,113,600 pixels large; at most 89,000,000"),
        (png_that_claims(30_000, 30_000), "is far too large"),
        (png_that_claims(2**31 - 1, 2**31 - 1), "is far too large"),
        (png_that_claims(500, 500), "damaged|cut off"),
    ],
)
def test_what_cannot_be_kept_is_said_in_one_sentence(source, message):
    with pytest.raises(Unreadable, match=message) as raised:
        keep(source, name="a.png")
    assert str(raised.value) == f"“a.png” {raised.value.reason}."


def test_the_error_travels_between_processes():
    error = pickle.loads(pickle.dumps(Unreadable("a.png", "is empty")))
    assert (str(error), error.file, error.reason) == ("“a.png” is empty.", "a.png", "is empty")


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_damage_anywhere_is_kept_or_refused_never_a_crash(format):
    source = encoded(photograph(size=(90, 70)), format)
    rng = np.random.default_rng(5)
    for _ in range(150):
        damaged = bytearray(source)
        for place in rng.integers(0, len(source), 3):
            damaged[place] = rng.integers(256)
        try:
            kept = keep(bytes(damaged), name="a")
        except Unreadable:
            continue
        assert open_kept(kept.data).mode == "RGB"
