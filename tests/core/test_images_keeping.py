"""From any image file to a kept picture: upright, without metadata, of a sane size."""

import numpy as np
import pytest
from pictures import BLUE, RED, WHITE, encoded, near, opened, photograph, plain, turned, with_red_corner
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.images import Change, colours, keep, keep_any, open_kept, summary

SIZES = [(1, 1), (7, 300), (512, 512), (513, 900), (300, 5000), (20_000, 20)]


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
    assert not opened(kept.data).getexif()
    assert near(open_kept(kept.data).getpixel((2, 2)), RED, 40)


def test_comments_texts_profiles_and_what_stands_behind_the_end_go():
    texts = Image.new("RGB", (9, 9))
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
        assert "icc_profile" not in opened(kept).info


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
def test_pictures_made_smaller_look_as_pillow_would_make_them(monkeypatch, mode):
    """Averaging in strips, whatever their height, agrees with one resize of the whole by the same filter."""
    monkeypatch.setattr(colours, "STRIP_PIXELS", 1 << 18)
    whole = photograph(size=(1450, 1150)).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        whole = Image.fromarray(np.asarray(whole).astype(np.uint16) * 257)
    source = encoded(whole, "TIFF" if mode == "CMYK" else "PNG")
    found = np.asarray(open_kept(keep(source, name="a").data)).astype(int)
    reference = opened(source).convert("RGB") if mode != "I;16" else photograph(size=(1450, 1150))
    expected = np.asarray(reference.convert("L" if mode in ("L", "I;16") else "RGB").convert("RGB").resize(
        (found.shape[1], found.shape[0]), Image.Resampling.LANCZOS)).astype(int)  # fmt: skip
    assert np.abs(found - expected).mean() < 3


def test_what_is_kept_of_a_photograph_is_small_and_a_drawing_stays_lossless():
    kept = keep(encoded(photograph(), "JPEG", quality=95), name="a")
    assert kept.data[:2] == b"\xff\xd8"
    assert len(kept.data) < 200_000
    drawing = with_red_corner((2048, 1024))
    assert keep(encoded(drawing), name="a").data[:4] == b"\x89PNG"


# --- from paths, bytes and Pillow's images


def test_a_collection_of_paths_bytes_and_pillow_images(tmp_path):
    path = tmp_path / "cat.jpg"
    path.write_bytes(turned(6))
    collection = Collection.from_images([path, str(path), plain(), Image.new("RGBA", (4, 4))], name="mine")
    assert collection.kinds == ("image",)
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


# --- in words


def test_changes_are_counted_in_sentences():
    changes = [Change.TURNED, Change.SMALLER, Change.SMALLER]
    assert summary(changes) == (
        "2 pictures were larger than 512 pixels on their shorter side and are kept at that size; "
        "encoders look at 512 or fewer.",
        "1 picture was turned upright as its EXIF data say.",
    )
    assert summary([]) == ()
