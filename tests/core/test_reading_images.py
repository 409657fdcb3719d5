"""Archives, folders and single files of pictures: what is read, what is left out and why."""

import io
import os
import pickle
import stat
import struct
import zipfile

import pytest
from pictures import encoded, photograph, plain, png_that_claims, with_red_corner, zipped

from embeddings.errors import ReadError
from embeddings.images import open_kept
from embeddings.reading import Limits, guess, holds_pictures, read, read_images
from embeddings.reading.picture_names import labels_of, natural_order, shown
from embeddings.reading.pictures import open_source

GOOD = plain("red")
OTHER = plain("blue")
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def archive(files, name="x.zip", **options):
    return read(zipped(files), name=name, **options)


def left_out(collection):
    return dict(collection.left_out)


def entry(name, mode=0o100644, flags=0):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.flag_bits |= flags
    return info


# --- what is read


def test_folders_of_an_archive_are_labels():
    collection = archive(
        {"pets/cats/b2.png": GOOD, "pets/cats/b10.png": OTHER, "pets/dogs/a.jpg": plain(format="JPEG")}
    )
    assert (collection.name, collection.kind) == ("x", "image")
    assert collection.metadata.to_pylist() == [
        {"label": "cats", "file": "pets/cats/b2.png", "width": 20, "height": 10},
        {"label": "cats", "file": "pets/cats/b10.png", "width": 20, "height": 10},
        {"label": "dogs", "file": "pets/dogs/a.jpg", "width": 20, "height": 10},
    ]
    assert collection.items[:2] == (GOOD, OTHER)
    assert collection.notes == collection.left_out == ()
    assert collection.text(0) == "pets/cats/b2.png"


@pytest.mark.parametrize(
    ("files", "labels"),
    [
        (["a.png", "b.png"], None),
        (["top/a.png", "top/b.png"], None),
        (["cats/a.png", "dogs/b.png"], ["cats", "dogs"]),
        (["top/cats/a.png", "top/dogs/b.png"], ["cats", "dogs"]),
        (["train/cats/a.png", "train/dogs/b.png", "test/cats/c.png"], ["cats", "dogs", "cats"]),
        (["cats/images/a.png", "dogs/images/b.png"], ["cats", "dogs"]),
        (["top/a.png", "top/cats/b.png"], [None, "cats"]),
        (["a.png", "cats/b.png"], [None, "cats"]),
    ],
)
def test_the_folder_that_tells_files_apart_is_the_label(files, labels):
    assert labels_of(files) == labels


def test_path_bytes_and_stream_of_an_archive_agree(tmp_path):
    data = zipped({"a/1.png": GOOD, "b/2.png": OTHER})
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    stream = io.BytesIO(data)
    stream.name = "x.zip"
    found = [read(path), read(str(path)), read(data, name="x.zip"), read(stream)]
    assert len({collection.fingerprint for collection in found}) == 1


def test_a_folder_is_read_with_all_below_it_like_its_archive(tmp_path):
    files = {"cats/1.png": GOOD, "dogs/deep/er/2.png": OTHER, "dogs/notes.txt": b"hello", ".hidden/3.png": GOOD}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    collection = read(tmp_path)
    assert collection.metadata.to_pylist() == archive(files).metadata.to_pylist()
    assert collection.column("label").to_pylist() == ["cats", "er"]
    assert left_out(collection) == {"dogs/notes.txt": "is not a picture by its name, which ends in “.txt”"}


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


def test_an_archive_can_be_looked_at_before_it_is_read():
    seen = guess(zipped({"a.png": GOOD}), name="x.zip")
    assert (seen.format, seen.n_rows, seen.rows) == ("pictures in a ZIP archive", 1, (("a.png",),))


@pytest.mark.parametrize(("name", "expected"), [("a.ZIP", True), ("a.JPeg", True), ("a.svg", True), ("a.csv", False)])
def test_names_say_what_is_read_as_pictures(name, expected):
    assert holds_pictures(name) == expected


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


def test_links_in_an_archive_are_not_followed():
    collection = archive([(entry("link.png", stat.S_IFLNK | 0o777), "/etc/passwd"), ("a.png", GOOD)])
    assert left_out(collection) == {"link.png": "is a link, and links are not followed"}


def test_windows_separators_do_not_hide_a_way_out():
    data = zipped([("..!evil.png", GOOD), ("cats!a.png", GOOD), ("dogs!b.png", OTHER)]).replace(b"!", b"\\")
    collection = read(data, name="x.zip")
    assert left_out(collection) == {"../evil.png": "has a name that leads out of the archive"}
    assert collection.column("label").to_pylist() == ["cats", "dogs"]


def test_one_encrypted_picture_is_left_out():
    data = encrypting(zipped({"a.png": GOOD, "b.png": OTHER}), only=b"a.png")
    assert left_out(read(data, name="x.zip")) == {"a.png": "is encrypted"}


def test_damage_inside_an_archive_loses_one_picture():
    data = bytearray(zipped({"a.png": GOOD, "b.png": OTHER}))
    data[40] ^= 0xFF
    collection = read(bytes(data), name="x.zip")
    assert collection.items == (OTHER,)
    assert left_out(collection) == {"a.png": "is damaged inside the archive"}


def test_a_way_of_packing_that_is_not_known():
    data = zipped({"a.png": GOOD, "b.png": OTHER})
    place = data.find(b"PK\x01\x02")
    data = data[: place + 10] + struct.pack("<H", 97) + data[place + 12 :]
    assert left_out(read(data, name="x.zip")) == {"a.png": "is packed in a way that cannot be unpacked here"}


def test_what_systems_leave_behind_is_not_mentioned():
    collection = archive(
        {
            "a.png": GOOD,
            "__MACOSX/._a.png": b"x",
            ".DS_Store": b"x",
            "cats/Thumbs.db": b"x",
            "desktop.ini": b"x",
            "cats/._b.png": b"x",
            "cats/": b"",
        }
    )
    assert (collection.items, collection.left_out, collection.columns) == ((GOOD,), (), ["file", "width", "height"])


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


# --- names


def test_names_in_other_encodings():
    utf8 = zipped({"k?tze.png": GOOD}).replace(b"k?tze", b"k\xc3\xa4tz")
    assert read(utf8, name="x.zip").text(0) == "kätz.png"
    dos = zipped({"k?tze.png": GOOD}).replace(b"k?tze", b"k\x84tze")
    assert read(dos, name="x.zip").text(0) == "kätze.png"
    assert archive({"猫/1.png": GOOD, "犬/2.png": OTHER}).column("label").to_pylist() == ["犬", "猫"]


def test_names_that_no_text_can_hold(tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9.png", "wb") as file:
        file.write(GOOD)
    collection = read(tmp_path)
    assert collection.column("file").to_pylist() == ["caf?.png"]
    assert pickle.loads(pickle.dumps(collection)).fingerprint == collection.fingerprint


def test_huge_and_deceiving_names_are_shown_safely():
    collection = archive({"x" * 60_000 + ".png": GOOD})
    assert len(collection.text(0)) == 240
    assert collection.text(0).endswith(".png")
    assert shown("a\nb\x00c\u202egnp.exe") == "a�b�c�gnp.exe"


def test_numbers_in_names_are_sorted_as_numbers():
    names = ["b2", "b10", "b1", "a", "10", "9", "b²", "b٣"]
    assert sorted(names, key=natural_order)[:6] == ["9", "10", "a", "b1", "b2", "b10"]


# --- what is refused whole


def encrypting(data, only=b""):
    """Set the mark of encryption in the directory and in front of each file (or of one)."""
    data = bytearray(data)
    for magic, offset, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        place = data.find(magic)
        while place >= 0:
            if not only or data[place + name_at :].startswith(only):
                data[place + offset] |= 1
            place = data.find(magic, place + 4)
    return bytes(data)


def test_an_encrypted_archive():
    with pytest.raises(ReadError, match=r"“x\.zip” is encrypted; pack the pictures again without a password"):
        read(encrypting(zipped({"a.png": GOOD, "b.png": OTHER})), name="x.zip")


def test_an_archive_without_pictures():
    with pytest.raises(ReadError, match=r"There are no pictures in “x\.zip”"):
        archive({})
    with pytest.raises(ReadError, match=r"“data\.csv” is not a picture by its name"):
        archive({"data.csv": b"a,b\n1,2\n"})
    with pytest.raises(ReadError, match=r"no picture that can be read; the first of 2 files, “a\.txt”, is not"):
        archive({"a.txt": b"x", "b.txt": b"y"})


def test_fifty_thousand_entries():
    files = [(f"{number}.png", b"") for number in range(50_000)]
    with pytest.raises(ReadError, match=r"holds 50,000 files; at most 20,000 are read"):
        archive(files)


def test_a_directory_too_large_to_look_at():
    data = zipped({f"{number:03}{'x' * 500}.png": b"" for number in range(100)})
    with pytest.raises(ReadError, match="holds far more than 50 files"):
        read(data, name="x.zip", limits=Limits(max_pictures=50))


def test_a_bomb_by_ratio():
    data = zipped({"a.bmp": bytes(100_000_000)}, compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(ReadError, match=r"is 97 kB large but unpacks to 100 MB; at most 64 MB are unpacked"):
        read(data, name="x.zip")


def test_entries_that_overlap_count_as_often_as_they_are_listed():
    """Many names for one packed file: the archive stays small and unpacks to a lot."""
    files = {f"{number:02}.bmp": bytes(9_000_000) for number in range(8)}
    with pytest.raises(ReadError, match="unpacks to 72 MB"):
        read(zipped(files, compression=zipfile.ZIP_DEFLATED), name="x.zip")


@pytest.mark.parametrize("data", [b"PK\x03\x04 and nothing else", b"hello", zipped({"a.png": GOOD})[:-30]])
def test_a_damaged_archive(data):
    with pytest.raises(ReadError, match=r"“x\.zip” is not a ZIP archive, or it is damaged"):
        read(data, name="x.zip")


def test_a_picture_that_is_too_large_on_disk():
    collection = archive({"a.png": GOOD, "b.png": plain(size=(300, 300))}, limits=Limits(max_picture_bytes=200))
    assert len(collection) == 1
    assert left_out(collection) == {"b.png": "is 910 bytes large; at most 200 bytes are read"}


def test_limits_of_archives_folders_and_what_is_kept(tmp_path):
    for number in range(4):
        (tmp_path / f"{number}.png").write_bytes(plain((number, 0, 0)))
    with pytest.raises(ReadError, match="holds more than 3 files"):
        read(tmp_path, limits=Limits(max_pictures=3))
    with pytest.raises(ReadError, match="come to more than 100 bytes, even made smaller"):
        read(tmp_path, limits=Limits(max_kept_bytes=100))
    (tmp_path / "x.zip").write_bytes(zipped({"a.png": GOOD}))
    with pytest.raises(ReadError, match="at most 50 bytes can be read"):
        read(tmp_path / "x.zip", limits=Limits(max_archive_bytes=50))
    assert len(read(tmp_path / "x.zip", limits=Limits(max_bytes=50))) == 1


@pytest.mark.parametrize(("name", "content"), [("a.svg", SVG), ("a.png", SVG)])
def test_a_drawing_program_is_refused_by_itself_too(name, content):
    with pytest.raises(ReadError, match="is an SVG drawing"):
        read(content, name=name)


def test_labels_do_not_go_with_pictures():
    with pytest.raises(ReadError, match=r"“a\.png” holds pictures; labels go with"):
        read(GOOD, name="a.png", metadata=b"x\n")


# --- folders


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    inside.mkdir()
    (inside / "a.png").write_bytes(GOOD)
    (outside / "deep" / "secret.png").write_bytes(OTHER)
    (inside / "link.png").symlink_to(outside / "deep" / "secret.png")
    (inside / "folder").symlink_to(outside)
    (inside / "nowhere.png").symlink_to(inside / "none.png")
    (inside / "again.png").symlink_to(inside / "a.png")
    os.mkfifo(inside / "pipe.png")
    collection = read(inside)
    assert collection.items == (GOOD, GOOD)
    assert left_out(collection) == {
        "link.png": "is a link that leads out of the folder",
        "nowhere.png": "is a link that leads nowhere",
        "pipe.png": "is not a file",
    }


def test_a_file_that_became_a_link_after_it_was_listed_is_not_followed(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "secret.png").write_bytes(OTHER)
    path = tmp_path / "folder" / "a.png"
    path.write_bytes(GOOD)
    source = open_source(tmp_path / "folder", "folder")
    member = source.listing().members[0]
    path.unlink()
    path.symlink_to(tmp_path / "secret.png")
    with pytest.raises(ReadError, match="leads out of the folder"):
        source.read(member)
