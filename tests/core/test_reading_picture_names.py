"""Names of picture files: labels in their folders, odd encodings, order."""

import os
import pickle

import pytest
from pictures import zipped

from embeddings.reading import holds_pictures, read
from embeddings.reading.picture_names import labels_of, natural_order, shown
from tests.core.picture_archives import GOOD, OTHER, archive


@pytest.mark.parametrize(("name", "expected"), [("a.ZIP", True), ("a.JPeg", True), ("a.svg", True), ("a.csv", False)])
def test_names_say_what_is_read_as_pictures(name, expected):
    assert holds_pictures(name) == expected


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
