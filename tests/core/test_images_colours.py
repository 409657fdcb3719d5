"""Colours of kept pictures: 8-bit, on white, those of a screen."""

from pathlib import Path

import numpy as np
import pytest
import skimage
from pictures import RED, WHITE, encoded, near, opened
from PIL import Image

from embeddings.images import Change, keep, open_kept


def test_transparent_parts_are_white():
    picture = Image.new("RGBA", (20, 10), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 10, 10))
    picture.paste((0, 0, 0, 128), (10, 0, 15, 10))
    for format in ("PNG", "WEBP", "TIFF"):
        kept = keep(encoded(picture, format, **({"lossless": True} if format == "WEBP" else {})), name="a")
        pixels = open_kept(kept.data)
        for x, expected in ((2, RED), (12, (127, 127, 127)), (17, WHITE)):
            assert near(pixels.getpixel((x, 5)), expected, 8)
        assert kept.notes == (Change.WHITE,)
        assert opened(kept.data).mode == "RGB"


def test_transparency_of_grey_palette_and_key_colour_is_white_too():
    grey = Image.new("LA", (8, 8), (0, 0))
    palette = Image.new("P", (8, 8), 1)
    palette.putpalette([255, 0, 0, 0, 0, 0])
    for source in (
        encoded(grey),
        encoded(palette, "PNG", transparency=1),
        encoded(palette, "GIF", transparency=1),
        encoded(Image.new("RGB", (8, 8), (1, 2, 3)), "PNG", transparency=(1, 2, 3)),
        encoded(Image.new("L", (8, 8), 7), "PNG", transparency=7),
    ):
        assert open_kept(keep(source, name="a").data).getpixel((4, 4)) == WHITE


def test_an_alpha_channel_that_hides_nothing_is_no_news():
    assert keep(encoded(Image.new("RGBA", (8, 8), (255, 0, 0, 255))), name="a").notes == ()


@pytest.mark.parametrize("format", ["TIFF", "JPEG"])
def test_print_red_is_red(format):
    kept = keep(encoded(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), format), name="a")
    assert near(open_kept(kept.data).getpixel((10, 10)), RED)
    assert kept.notes == (Change.PRINTED,)


def test_colours_of_a_profile_become_those_of_screens():
    """Worked out by hand from the matrices of Adobe RGB (1998) and sRGB."""
    with Image.open(Path(skimage.__file__).parent / "data" / "rocket.jpg") as rocket:
        adobe_rgb = rocket.info["icc_profile"]
    picture = Image.new("RGB", (8, 8), (100, 150, 100))
    kept = keep(encoded(picture, "PNG", icc_profile=adobe_rgb), name="a")
    assert near(open_kept(kept.data).getpixel((4, 4)), (66, 151, 97), 1)
    unusable = keep(encoded(picture, "PNG", icc_profile=b"no profile at all"), name="a")
    assert open_kept(unusable.data).getpixel((4, 4)) == (100, 150, 100)


@pytest.mark.parametrize("format", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_not_clipped(format):
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)
    kept = keep(encoded(Image.fromarray(np.tile(ramp, (16, 1))), format), name="a")
    assert np.abs(np.asarray(open_kept(kept.data))[8, :, 0].astype(int) - np.arange(256)).max() <= 1
    assert kept.notes == (Change.DEPTH,)


def test_twelve_bits_in_sixteen_use_the_whole_range_in_a_tiff():
    ramp = np.linspace(0, 4095, 256).astype(np.uint16)
    pixels = np.asarray(open_kept(keep(encoded(Image.fromarray(np.tile(ramp, (16, 1))), "TIFF"), name="a").data))
    assert (pixels[0, 0, 0], pixels[0, -1, 0]) == (0, 255)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([-10.0, 0.0, 10.0], [0, 128, 255]),
        ([np.nan, 0.0, 1.0], [0, 0, 255]),
        ([-np.inf, 0.25, np.inf], [0, 64, 255]),
        ([3.0, 3.0, 3.0], [0, 0, 0]),
        ([np.nan] * 3, [0, 0, 0]),
    ],
)
def test_floats_are_scaled(values, expected):
    source = encoded(Image.fromarray(np.tile(np.float32(values), (4, 1))), "TIFF")
    assert np.asarray(open_kept(keep(source, name="a").data))[0, :, 0].tolist() == expected


def test_whole_numbers_of_32_bits_are_scaled():
    source = encoded(Image.fromarray(np.tile(np.int32([-100_000, 0, 100_000]), (4, 1))), "TIFF")
    assert np.asarray(open_kept(keep(source, name="a").data))[0, :, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize("format", ["PNG", "GIF", "BMP", "TIFF"])
def test_one_bit_and_palette_pictures(format):
    black = keep(encoded(Image.new("1", (9, 9)), format), name="a")
    assert open_kept(black.data).getpixel((4, 4)) == (0, 0, 0)
    red = keep(encoded(Image.new("RGB", (9, 9), RED).convert("P"), format), name="a")
    assert near(open_kept(red.data).getpixel((4, 4)), RED)
