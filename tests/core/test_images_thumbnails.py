"""Small versions of kept pictures, alone and in sheets."""

import pytest
from pictures import near, opened, plain

from embeddings.images import SHEET_COLUMNS, sheet, thumbnail


@pytest.mark.parametrize(("size", "expected"), [((400, 200), (64, 32)), ((20, 10), (20, 10)), ((4096, 3), (64, 1))])
def test_thumbnails_have_a_longer_side_of_at_most_that_many_pixels(size, expected):
    small = opened(thumbnail(plain(size=size), 64))
    assert small.format == "WEBP"
    assert small.size == expected


def test_a_sheet_has_sixteen_columns_and_each_picture_in_its_cell():
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255)] * 6
    made = opened(sheet([plain(colour, (20, 10)) for colour in colours], cell=32))
    assert (made.format, made.mode, made.size) == ("WEBP", "RGBA", (SHEET_COLUMNS * 32, 64))
    for number, colour in enumerate(colours):
        row, column = divmod(number, SHEET_COLUMNS)
        x, y = column * 32, row * 32
        assert near(made.getpixel((x + 16, y + 16))[:3], colour, 30)
        assert made.getpixel((x + 16, y + 2))[3] == 0
    assert made.getpixel((5 * 32, 48))[3] == 0


@pytest.mark.parametrize("count", [0, 257])
def test_a_sheet_has_a_bound(count):
    with pytest.raises(ValueError, match=f"1 to 256 pictures, got {count}"):
        sheet([plain()] * count)
