"""Pictures from wherever they come: what is kept, and that one bad file never loses the others."""

import pytest
from pictures import encoded, photograph, plain, png_that_claims, with_red_corner, zipped

from embeddings.errors import ReadError
from embeddings.images import open_kept
from embeddings.reading import Limits, read, read_images
from tests.core.picture_archives import GOOD, OTHER, archive, left_out

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


# --- what is read


def test_one_picture_and_several():
    one = read(GOOD, name="red.png")
    assert (len(one), one.name, one.columns) == (1, "red", ["file", "width", "height"])
    many = read_images([("a.png", GOOD), ("b.gif", b"nothing"), ("c.png", OTHER)], name="3 pictures")
    assert many.items == (GOOD, OTHER)
    assert left_out(many) == {"b.gif": "is not a picture in a format that is read here"}


def test_sizes_are_those_of_the_pictures_as_they_came():
    collection = archive({"a.jpg": encoded(photograph(), "JPEG")})
    assert collection.metadata.to_pylist() == [{"file": "a.jpg", "width": 1600, "height": 1200}]
    assert open_kept(collection.items[0]).size == (683, 512)
    assert collection.notes == (
        "1 picture was larger than 512 pixels on its shorter side and is kept at that size; "
        "encoders look at 512 or fewer.",
    )


def test_pictures_that_occur_again_are_kept_and_counted():
    collection = archive({"a.png": GOOD, "b.png": GOOD, "c.png": GOOD, "d.png": OTHER})
    assert len(collection) == 4
    assert collection.notes == ("2 pictures occur again and are kept.",)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_corrupt_exif_loses_nothing():
    broken = encoded(with_red_corner(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert archive({"a.jpg": broken}).left_out == ()


def test_animated_and_odd_sizes_are_kept_and_said():
    frames = [photograph(seed, (30, 20)) for seed in range(3)]
    collection = archive(
        {
            "a.gif": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
            "dot.png": plain(size=(1, 1)),
            "line.png": plain(size=(20_000, 20)),
        }
    )
    assert len(collection) == 3
    assert set(collection.notes) == {
        "1 picture is animated: its first frame was taken.",
        "1 picture is smaller than 8 pixels on a side; there is little to see in it.",
        "1 picture was longer than 4,096 pixels and is kept at that length.",
    }


# --- one bad file never loses the others


BAD = {
    "cut.jpg": (encoded(photograph(), "JPEG")[:3000], "is cut off: the end of the picture is missing"),
    "fake.png": (b"I am a text.", "is not a picture in a format that is read here"),
    "bomb.png": (png_that_claims(9_440, 9_440), "is 9,440 × 9,440 = 89,113,600 pixels large; at most 89,000,000"),
    "giant.png": (png_that_claims(60_000, 60_000), "is far too large"),
    "drawing.svg": (SVG, "is an SVG drawing: instructions for a drawing program, not pixels"),
    "inner.zip": (zipped({"a.png": GOOD}), "is an archive inside the archive"),
    "renamed.png": (zipped({"a.png": GOOD}), "is not a picture: it looks like a ZIP archive"),
    "empty.png": (b"", "is empty"),
    "../../etc/evil.png": (GOOD, "has a name that leads out of the archive"),
    "/etc/evil.png": (GOOD, "has a name that leads out of the archive"),
    "C:/evil.png": (GOOD, "has a name that leads out of the archive"),
    "data.csv": (b"a,b\n1,2\n", "is not a picture by its name"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_listed_with_its_reason_and_the_others_are_kept(name):
    content, reason = BAD[name]
    collection = archive([("1.png", GOOD), (name, content), ("2.png", OTHER)])
    assert collection.items == (GOOD, OTHER)
    assert [file for file, _ in collection.left_out] == [name]
    assert collection.left_out[0].reason.startswith(reason)
    assert collection.notes == (f"1 file could not be read: “{name}”.",)


def test_all_bad_files_together_lose_none_of_999_good_ones():
    files = [(f"{number}.png", plain((number % 256, number // 256, 0))) for number in range(999)]
    collection = archive([*files, *((name, content) for name, (content, _) in BAD.items())])
    assert len(collection) == 999
    assert set(left_out(collection)) == set(BAD)
    assert collection.notes[0].startswith("12 files could not be read: ")
    assert collection.notes[0].endswith(" and 9 more.")


def test_a_picture_that_is_too_large_on_disk():
    collection = archive({"a.png": GOOD, "b.png": plain(size=(300, 300))}, limits=Limits(max_picture_bytes=200))
    assert len(collection) == 1
    assert left_out(collection) == {"b.png": "is 910 bytes large; at most 200 bytes are read"}


# --- what is refused whole


@pytest.mark.parametrize(("name", "content"), [("a.svg", SVG), ("a.png", SVG)])
def test_a_drawing_program_is_refused_by_itself_too(name, content):
    with pytest.raises(ReadError, match="is an SVG drawing"):
        read(content, name=name)


def test_labels_do_not_go_with_pictures():
    with pytest.raises(ReadError, match=r"“a\.png” holds pictures; labels go with"):
        read(GOOD, name="a.png", metadata=b"x\n")
