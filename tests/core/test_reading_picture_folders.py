"""Folders of pictures, and the limits they share with archives."""

import os

import pytest
from pictures import plain, zipped

from embeddings.errors import ReadError
from embeddings.reading import Limits, read
from embeddings.reading.pictures import open_source
from tests.core.picture_archives import GOOD, OTHER, archive, left_out


def test_a_folder_is_read_with_all_below_it_like_its_archive(tmp_path):
    files = {"cats/1.png": GOOD, "dogs/deep/er/2.png": OTHER, "dogs/notes.txt": b"hello", ".hidden/3.png": GOOD}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    collection = read(tmp_path)
    assert collection.metadata.to_pylist() == archive(files).metadata.to_pylist()
    assert collection.column("label").to_pylist() == ["cats", "er"]
    assert left_out(collection) == {"dogs/notes.txt": "is not a picture by its name, which ends in “.txt”"}


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
