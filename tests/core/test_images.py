"""From any image file to a kept picture: upright, 8-bit, opaque, without metadata, of a sane size."""

import io
from pathlib import Path

import numpy as np
import pytest
import skimage
from pictures import (
    BLUE,
    RED,
    WHITE,
    encoded,
    photograph,
    plain,
    png_that_claims,
    turned,
    with_red_corner,
)
from PIL import Image, ImageCms

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.images import (
    SHEET_COLUMNS,
    Change,
    Unreadable,
    keep,
    keep_any,
    map_pictures,
    open_kept,
    sheet,
    summary,
    thumbnail,
)

SIZES = [(1, 1), (7, 300), (512, 512), (513, 900), (300, 5000), (20_000, 20)]


def near(pixel, colour, tolerance=12):
    return max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) <= tolerance


def shown(kept):
    """The picture as a browser would show it."""
    return Image.open(io.BytesIO(kept.data))


# --- what is kept as it is


@pytest.mark.parametrize(("format", "mode"), [(f, m) for f in ("PNG", "JPEG", "WEBP") for m in ("RGB", "L")])
def test_a_small_plain_picture_keeps_its_bytes(format, mode):
    source = encoded(with_red_corner().convert(mode), format)
    kept = keep(source, name="a")
    assert kept.data == source
    assert (kept.width, kept.height, kept.notes) == (60, 40, ())


@pytest.mark.parametrize(("format", "mode"), [("PNG", "RGB"), ("JPEG", "L"), ("GIF", "P"), ("TIFF", "CMYK")])
def test_keeping_twice_changes_nothing_more(format, mode):
    once = keep(encoded(photograph().convert(mode), format), name="a")
    assert keep(once.data, name="a").data == once.data


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "TIFF", "AVIF"])
def test_metadata_go(format):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    source = encoded(with_red_corner(), format, exif=exif)
    assert b"secret place" in source
    kept = keep(source, name="a")
    assert b"secret" not in kept.data
    assert not shown(kept).getexif()
    assert near(open_kept(kept.data).getpixel((2, 2)), RED, 40)


def test_comments_texts_profiles_and_what_stands_behind_the_end_go():
    texts = Image.new("RGB", (9, 9))
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("where", "secret")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for source in (
        encoded(texts, "PNG", pnginfo=info),
        encoded(texts, "JPEG", comment=b"secret"),
        encoded(texts, "PNG") + b"secret",
        encoded(texts, "JPEG") + b"secret",
        encoded(texts, "PNG", icc_profile=srgb),
        encoded(texts, "WEBP", icc_profile=srgb),
        encoded(texts, "WEBP", xmp=b"secret"),
    ):
        kept = keep(source, name="a").data
        assert kept != source
        assert b"secret" not in kept
        assert "icc_profile" not in Image.open(io.BytesIO(kept)).info


# --- upright


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_pictures_are_turned_upright(format, orientation, corner):
    kept = keep(turned(orientation, format=format), name="a")
    picture = open_kept(kept.data)
    expected = (60, 40) if orientation < 5 else (40, 60)
    assert picture.size == (kept.width, kept.height) == expected
    width, height = picture.size
    place = (corner[0] * (width - 6) + 3, corner[1] * (height - 6) + 3)
    assert near(picture.getpixel(place), RED, 50)
    assert near(picture.getpixel((width - 1 - place[0], height - 1 - place[1])), BLUE, 50)


def test_a_large_turned_photograph_is_made_smaller_and_upright():
    kept = keep(turned(6, with_red_corner((2000, 1000))), name="a")
    assert (kept.width, kept.height) == (1000, 2000)
    assert open_kept(kept.data).size == (512, 1024)
    assert near(open_kept(kept.data).getpixel((500, 10)), RED)
    assert set(kept.notes) == {Change.SMALLER, Change.TURNED}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "exif", [b"Exif\0\0broken", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"]
)
def test_a_picture_with_corrupt_exif_is_kept(exif):
    kept = keep(encoded(with_red_corner(), "JPEG", exif=exif, quality=95), name="a")
    assert near(open_kept(kept.data).getpixel((3, 3)), RED, 50)


# --- colours


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
        assert shown(kept).mode == "RGB"


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


# --- frames


def test_the_first_frame_and_the_first_page_are_taken():
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "lime", "blue")]
    for format, change in (
        ("GIF", Change.FIRST_FRAME),
        ("WEBP", Change.FIRST_FRAME),
        ("PNG", Change.FIRST_FRAME),
        ("TIFF", Change.FIRST_PAGE),
    ):
        kept = keep(encoded(frames[0], format, save_all=True, append_images=frames[1:]), name="a")
        assert near(open_kept(kept.data).getpixel((9, 9)), RED)
        assert kept.notes == (change,)


# --- sizes


@pytest.mark.parametrize("size", SIZES)
def test_sizes_stay_within_bounds_and_in_shape(size):
    kept = keep(encoded(Image.new("RGB", size, RED)), name="a")
    width, height = open_kept(kept.data).size
    assert (kept.width, kept.height) == size
    assert min(width, height) <= 512
    assert max(width, height) <= 4096
    scale = min(1, 512 / min(size), 4096 / max(size))
    assert (width, height) == tuple(max(1, round(scale * side)) for side in size)


@pytest.mark.parametrize(
    ("size", "change"),
    [((1, 1), Change.TINY), ((20_000, 20), Change.SHORTENED), ((600, 700), Change.SMALLER), ((512, 4096), None)],
)
def test_what_was_done_to_the_size_is_said(size, change):
    assert keep(encoded(Image.new("L", size)), name="a").notes == ((change,) if change else ())


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "CMYK", "I;16"])
def test_pictures_made_smaller_look_as_pillow_would_make_them(mode):
    """Averaging in strips, whatever their height, agrees with one resize of the whole by the same filter."""
    whole = photograph(size=(2900, 2300)).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        whole = Image.fromarray(np.asarray(whole).astype(np.uint16) * 257)
    source = encoded(whole, "TIFF" if mode == "CMYK" else "PNG")
    found = np.asarray(open_kept(keep(source, name="a").data)).astype(int)
    reference = Image.open(io.BytesIO(source)).convert("RGB") if mode != "I;16" else photograph(size=(2900, 2300))
    expected = np.asarray(reference.convert("L" if mode in ("L", "I;16") else "RGB").convert("RGB").resize(
        (found.shape[1], found.shape[0]), Image.Resampling.LANCZOS)).astype(int)  # fmt: skip
    assert np.abs(found - expected).mean() < 3


def test_what_is_kept_of_a_photograph_is_small_and_a_drawing_stays_lossless():
    kept = keep(encoded(photograph(), "JPEG", quality=95), name="a")
    assert kept.data[:2] == b"\xff\xd8"
    assert len(kept.data) < 200_000
    drawing = with_red_corner((2048, 1024))
    assert keep(encoded(drawing), name="a").data[:4] == b"\x89PNG"


# --- what cannot be kept


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
    import pickle

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


# --- from paths, bytes and Pillow's images


def test_a_collection_of_paths_bytes_and_pillow_images(tmp_path):
    path = tmp_path / "cat.jpg"
    path.write_bytes(turned(6))
    collection = Collection.from_images([path, str(path), plain(), Image.new("RGBA", (4, 4))], name="mine")
    assert collection.kind == "image"
    assert collection.items[0] == collection.items[1]
    assert open_kept(collection.items[0]).size == (40, 60)
    assert collection.items[2] == plain()
    assert open_kept(collection.items[3]).getpixel((1, 1)) == WHITE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "HSV", "I", "F", "I;16"])
def test_pillow_images_of_any_mode(mode):
    assert open_kept(keep_any(Image.new(mode, (9, 9)), name="a").data).size == (9, 9)


def test_a_missing_path_and_a_broken_file_are_named(tmp_path):
    with pytest.raises(ReadError, match="There is no file"):
        keep_any(tmp_path / "none.png", name="image 1")
    (tmp_path / "x.png").write_bytes(b"nothing")
    with pytest.raises(ReadError, match=r"“x\.png” is not a picture"):
        Collection.from_images([tmp_path / "x.png"], name="mine")
    with pytest.raises(ReadError, match="“image 1” is empty"):
        Collection.from_images([b""], name="mine")


# --- back into pixels


def test_jpeg_decoders_leave_out_what_is_not_asked_for():
    item = keep(encoded(photograph(), "JPEG"), name="a").data
    assert open_kept(item).size == (683, 512)
    assert open_kept(item, at_least=224).size == (342, 256)
    assert min(open_kept(item, at_least=257).size) == 512
    assert open_kept(plain(size=(400, 300)), at_least=50).size == (400, 300)


def test_pictures_are_mapped_in_order():
    items = [plain((value, 0, 0)) for value in range(60)]
    assert map_pictures(items, lambda picture: picture.getpixel((0, 0))[0]) == list(range(60))
    assert map_pictures([], lambda picture: 1) == []


@pytest.mark.parametrize(("size", "expected"), [((400, 200), (64, 32)), ((20, 10), (20, 10)), ((4096, 3), (64, 1))])
def test_thumbnails_have_a_longer_side_of_at_most_that_many_pixels(size, expected):
    small = Image.open(io.BytesIO(thumbnail(plain(size=size), 64)))
    assert small.format == "WEBP"
    assert small.size == expected


def test_a_sheet_has_sixteen_columns_and_each_picture_in_its_cell():
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255)] * 6
    made = Image.open(io.BytesIO(sheet([plain(colour, (20, 10)) for colour in colours], cell=32)))
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


def test_changes_are_counted_in_sentences():
    changes = [Change.TURNED, Change.SMALLER, Change.SMALLER]
    assert summary(changes) == (
        "2 pictures were larger than 512 pixels on their shorter side and are kept at that size; "
        "encoders look at 512 or fewer.",
        "1 picture was turned upright as its EXIF data say.",
    )
    assert summary([]) == ()
