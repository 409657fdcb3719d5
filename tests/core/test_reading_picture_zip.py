"""Archives of pictures: what is read of them, and which are refused whole."""

import io
import stat
import struct
import zipfile

import pytest
from pictures import plain, zipped

from embeddings.errors import ReadError
from embeddings.reading import Limits, guess, read
from tests.core.picture_archives import GOOD, OTHER, archive, encrypting, entry, left_out

# --- what is read


def test_folders_of_an_archive_are_labels():
    collection = archive(
        {"pets/cats/b2.png": GOOD, "pets/cats/b10.png": OTHER, "pets/dogs/a.jpg": plain(format="JPEG")}
    )
    assert (collection.name, collection.kinds) == ("x", ("image",))
    assert collection.metadata.to_pylist() == [
        {"label": "cats", "file": "pets/cats/b2.png", "width": 20, "height": 10},
        {"label": "cats", "file": "pets/cats/b10.png", "width": 20, "height": 10},
        {"label": "dogs", "file": "pets/dogs/a.jpg", "width": 20, "height": 10},
    ]
    assert collection.items[:2] == (GOOD, OTHER)
    assert collection.notes == collection.left_out == ()
    assert collection.text(0) == "pets/cats/b2.png"


def test_path_bytes_and_stream_of_an_archive_agree(tmp_path):
    data = zipped({"a/1.png": GOOD, "b/2.png": OTHER})
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    stream = io.BytesIO(data)
    stream.name = "x.zip"
    found = [read(path), read(str(path)), read(data, name="x.zip"), read(stream)]
    assert len({collection.fingerprint for collection in found}) == 1


def test_an_archive_can_be_looked_at_before_it_is_read():
    seen = guess(zipped({"a.png": GOOD}), name="x.zip")
    assert (seen.format, seen.n_rows, seen.rows) == ("pictures in a ZIP archive", 1, (("a.png",),))


# --- one bad entry never loses the others


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


@pytest.mark.parametrize(("method", "name"), [(12, "bzip2"), (14, "lzma"), (97, "method 97")])
def test_a_file_packed_in_another_way_is_never_unpacked(monkeypatch, method, name):
    data = zipped({"a.png": GOOD, "b.png": OTHER})
    place = data.find(b"PK\x01\x02")
    data = data[: place + 10] + struct.pack("<H", method) + data[place + 12 :]
    opened = []
    unpacked = zipfile.ZipFile.open
    monkeypatch.setattr(
        zipfile.ZipFile, "open", lambda self, info: opened.append(info.filename) or unpacked(self, info)
    )
    reason = f"is packed with {name}; only ordinary ZIP files (stored or deflated) are unpacked"
    assert left_out(read(data, name="x.zip")) == {"a.png": reason}
    assert opened == ["b.png"]


# --- what is refused whole


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
