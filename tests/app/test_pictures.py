"""Pictures without a page: what is published, taken away, and shown in tables and galleries."""

import gc
import io
import threading
import zipfile

import pyarrow as pa
import pytest
from driving import data_of
from pictures import plain
from some_pictures import coloured_pictures, random_space
from streamlit.testing.v1 import AppTest

from components.kit.map import Pictures
from components.kit.pictures import (
    picture_column,
    picture_count,
    pictures_of,
    pictures_on_map,
    publish_pictures,
    zip_of,
)
from components.kit.pictures.source import PictureSource, SmallPictures
from components.kit.published import PUBLISHED
from components.views.neighbours import side_by_side, with_pictures
from embeddings.collection import Collection
from embeddings.neighbours import nearest

# --- published


def test_a_collections_pictures_are_published_once_and_not_kept_alive():
    collection = coloured_pictures()
    token = publish_pictures(collection)
    assert publish_pictures(coloured_pictures()) == token
    source = PUBLISHED.find(token, PictureSource)
    assert source.count == 4
    assert source.nbytes < 1000
    assert source.items is None or source.items == collection.items
    publish_pictures(collection)
    assert source.items == collection.items
    del collection
    gc.collect()
    assert source.items is None


def test_single_pictures_are_kept_where_they_are_published():
    item = plain((1, 2, 3))
    token = pictures_of([item])
    source = PUBLISHED.find(token, PictureSource)
    assert source.items == (item,)
    assert source.nbytes >= len(item)
    assert pictures_of([item]) == token != pictures_of([item, item])


def test_texts_are_no_pictures(mixed):
    assert picture_count(mixed) == 3
    assert picture_count(Collection.from_texts(["a"], name="t")) == 0
    assert pictures_on_map(Collection.from_texts(["a"], name="t")) is None
    assert pictures_on_map(mixed) == Pictures(publish_pictures(mixed), 3)


def test_what_many_ask_for_is_made_once():
    small, made, go = SmallPictures(), [], threading.Event()

    def make():
        made.append(1)
        assert go.wait(10)
        return b"picture"

    asked = [small.ask("a", make) for _ in range(5)]
    go.set()
    assert {future.result(10) for future in asked} == {b"picture"}
    assert made == [1]
    assert small.find("a") == b"picture"


def test_small_pictures_are_bounded_and_a_failure_is_not_kept():
    small = SmallPictures(most_bytes=10)
    for key in "abc":
        small.ask(key, lambda: b"1234").result(10)
    assert [small.find(key) for key in "abc"] == [None, b"1234", b"1234"]
    small.ask("large", lambda: bytes(11)).result(10)
    assert small.find("large") is None
    with pytest.raises(ZeroDivisionError):
        small.ask("d", lambda: b"" * (1 // 0)).result(10)
    assert small.ask("d", lambda: b"again").result(10) == b"again"


# --- taken away


def test_pictures_are_taken_away_with_their_folders_and_nowhere_else(captioned):
    with zipfile.ZipFile(io.BytesIO(zip_of(captioned, range(4)))) as archive:
        assert archive.namelist() == ["warm/a.png", "cold/b.png", "cold/c.png", "warm/a (2).png"]
        assert archive.read("cold/c.png") == captioned.items[2]
    assert zip_of(captioned, range(4)) == zip_of(captioned, range(4))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("/etc/passwd", "etc/passwd.png"),
        ("C:\\x\\y.jpg", "C_/x/y.png"),
        ("..", "00001.png"),
        ("a\x00b?.gif", "a_b_.png"),
        (None, "00001.png"),
    ],
)
def test_names_within_an_archive_are_safe(file, name):
    collection = coloured_pictures(1, file=pa.array([file], pa.string()))
    assert zipfile.ZipFile(io.BytesIO(zip_of(collection, [0]))).namelist() == [name]


def test_texts_stay_out_of_an_archive(mixed):
    assert len(zipfile.ZipFile(io.BytesIO(zip_of(mixed, range(5)))).namelist()) == 3


# --- tables and galleries


def test_tables_show_thumbnails_where_there_are_pictures(mixed):
    space = random_space(mixed)
    addresses = picture_column(mixed, range(5)).to_pylist()
    assert addresses[2] == f"api/thumbnail/{publish_pictures(mixed)}/2?side=128"
    assert addresses[3:] == [None, None]
    found = {metric: nearest(space, 0, k=3, metric=metric) for metric in ("cosine", "dot")}
    table = with_pictures(space, side_by_side(space, found), found)
    assert table.column_names == [
        "rank", "cosine picture", "cosine", "cosine score", "dot picture", "dot", "dot score"
    ]  # fmt: skip
    for row, address in zip(found["dot"].rows, table["dot picture"].to_pylist(), strict=True):
        assert address == addresses[row]


def gallery_page():
    import io

    import pyarrow as pa
    import streamlit as st
    from PIL import Image

    from components.kit.pictures import gallery, picture, single_picture
    from embeddings.collection import Collection

    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "PNG")
    names = [f"<b>name {row}</b>" for row in range(30)] + [""]
    st.session_state.kept = Collection("c", (*[buffer.getvalue()] * 30, "word"), pa.table({"caption": names}))
    rows = [30, *range(30)]
    gallery(st.session_state.kept, rows, key="g", captions=["0.9"] * 31, most=5, on_pick=st.session_state.get("pick"))
    picture(st.session_state.kept, 2, key="p", box=(0.1, 0.2, 0.9, 0.8))
    single_picture(buffer.getvalue(), alt="an example", key="s")


def test_a_gallery_sends_addresses_and_names_only():
    app = AppTest.from_function(gallery_page).run()
    assert not app.exception
    grid, large, single = (data_of(element) for element in app.main.children.values())
    assert len(grid["items"]) == 5
    assert grid["note"] == "the first 5 of 31"
    assert grid["items"][0] == {"row": 30, "alt": "word", "caption": "0.9"}
    assert grid["items"][1]["alt"] == "<b>name 0</b>"
    assert grid["items"][1]["source"].startswith("api/thumbnail/")
    assert large["items"][0]["box"] == [0.1, 0.2, 0.9, 0.8]
    assert single["items"][0]["alt"] == "an example"
    assert len(app.main.children[0].proto.SerializeToString()) < 4000
