"""Pictures on the pages, without a browser: what is published, drawn, searched, and taken away."""

import gc
import io
import json
import threading
import zipfile

import numpy as np
import pyarrow as pa
import pytest
from driving import texts
from PIL import Image
from streamlit.testing.v1 import AppTest

from components import caching
from components.explore.controls import KEPT, PLAIN, colour_options, meaning_obstacle
from components.explore.invitations import example_search
from components.explore.page import scene_of
from components.explore.selection import csv_of, kind_of, part_of, table_of
from components.kinds import counted, one, several
from components.map import MapScene, Pictures
from components.neighbours.tables import side_by_side, with_pictures
from components.pictures import picture_column, picture_count, pictures_of, pictures_on_map, publish_pictures, zip_of
from components.pictures.small import SmallPictures
from components.pictures.source import PictureSource
from components.published import PUBLISHED
from components.text_search import find_text
from embeddings.collection import Collection
from embeddings.neighbours import nearest
from embeddings.projections import project
from embeddings.space import Space

COLOURS = [(220, 20, 20), (20, 160, 40), (30, 60, 220), (240, 200, 20)]


def png(colour, size=(12, 10)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def pictures(n=4, **columns):
    items = tuple(png(COLOURS[row % 4], (12 + row, 10)) for row in range(n))
    return Collection("colours", "image", items, pa.table(columns))


@pytest.fixture
def captioned():
    files = ["warm/a.png", "cold/b.png", "cold/c.png", "../../warm/a.png"]
    names = ["a red square", None, "blue =square", "yellow"]
    return pictures(file=files, caption=names, label=["warm", "cold", "cold", "warm"], width=[12, 13, 14, 15])


@pytest.fixture
def mixed():
    shown = pictures(3)
    return Collection("both", "mixed", (*shown.items, "one", "two"), pa.table({"kind": ["picture"] * 3 + ["text"] * 2}))


def space_of(collection, encoder="Pixels"):
    vectors = np.random.default_rng(0).normal(size=(len(collection), 6)).astype("f4")
    return Space(collection, vectors, encoder)


# --- published


def test_a_collections_pictures_are_published_once_and_not_kept_alive():
    collection = pictures()
    token = publish_pictures(collection)
    assert publish_pictures(pictures()) == token
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
    item = png((1, 2, 3))
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


# --- on the map


def test_a_scene_says_which_points_are_pictures(mixed):
    space = space_of(mixed)
    layout = project(space, "PCA")
    scene = scene_of(space, layout, "kind", PLAIN, None)
    assert scene.pictures == Pictures(publish_pictures(mixed), 3)
    assert "3 pictures and 2 texts" in scene.description
    with pytest.raises(ValueError, match="1 to n = 2 entries, got 3"):
        MapScene(np.zeros((2, 2), "f4"), ["a", "b"], "key", "A map.", pictures=Pictures("t", 3))


def test_the_words_fit_the_collection(mixed):
    assert (counted(pictures(1)), several(pictures()), one(pictures())) == ("1 picture", "pictures", "picture")
    assert counted(mixed) == "3 pictures and 2 texts"
    texts = Collection.from_texts(["a", "b"], name="t")
    assert (counted(texts), several(texts), one(texts)) == ("2 items", "items", "item")


def test_pictures_are_coloured_by_what_sorts_them_first(captioned):
    assert colour_options(space_of(captioned)) == ["label", KEPT, PLAIN, "file", "caption", "width"]
    assert colour_options(space_of(pictures(width=[1, 2, 3, 4]))) == [PLAIN, KEPT, "width"]


# --- search


@pytest.mark.parametrize(
    ("wanted", "rows"), [("square", [0, 2]), ("COLD", [1, 2]), ("a.png", [0, 3]), ("yellow", [3]), ("12", [])]
)
def test_pictures_are_found_by_what_is_written_about_them(captioned, wanted, rows):
    assert find_text(captioned, wanted).tolist() == rows


def test_expressions_see_one_text_after_the_other(captioned):
    assert find_text(captioned, r"(?m)^blue", regex=True).tolist() == [2]


def test_meaning_needs_an_encoder_that_reads(captioned):
    assert "looks at pictures only" in meaning_obstacle(space_of(captioned))
    assert meaning_obstacle(space_of(captioned, "OpenCLIP ViT-B-32")) == ""
    assert "ready-made" in meaning_obstacle(space_of(captioned, "given:1"))
    assert meaning_obstacle(space_of(Collection.from_texts(["a"], name="t"), "TF-IDF")) == ""


def test_an_example_is_offered_only_where_it_can_be_looked_for(captioned):
    assert example_search(space_of(captioned)) == ""
    assert example_search(space_of(captioned, "OpenCLIP ViT-B-32")) == "blue =square"
    assert example_search(space_of(pictures(), "OpenCLIP ViT-B-32")) == ""


# --- taken away


def test_tables_hold_names_and_never_bytes(captioned):
    space = space_of(captioned)
    rows, places = np.arange(4, dtype=np.int32), np.zeros((4, 2), "f4")
    assert table_of(space, rows, places)["item"].to_pylist() == ["a red square", "cold/b.png", "blue =square", "yellow"]
    written = csv_of(space, rows, places).decode("utf-8-sig")
    assert "warm/a.png" in written
    assert "PNG\\r" not in written
    assert "IHDR" not in written


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
    collection = pictures(1, file=pa.array([file], pa.string()))
    assert zipfile.ZipFile(io.BytesIO(zip_of(collection, [0]))).namelist() == [name]


def test_texts_stay_out_of_an_archive(mixed):
    assert len(zipfile.ZipFile(io.BytesIO(zip_of(mixed, range(5)))).namelist()) == 3


def test_a_part_of_both_may_hold_only_one_kind(mixed):
    space = space_of(mixed)
    assert part_of(space, np.array([3, 4], np.int32)).kind == "text"
    assert part_of(space, np.array([0, 2], np.int32)).kind == "image"
    assert part_of(space, np.array([2, 3], np.int32)).kind == "mixed"
    assert kind_of(["a"]) == "text"


# --- tables and galleries


def test_tables_show_thumbnails_where_there_are_pictures(mixed):
    space = space_of(mixed)
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

    from components.pictures import gallery, picture, single_picture
    from embeddings.collection import Collection

    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "PNG")
    names = [f"<b>name {row}</b>" for row in range(30)] + [""]
    st.session_state.kept = Collection("c", "mixed", (*[buffer.getvalue()] * 30, "word"), pa.table({"caption": names}))
    rows = [30, *range(30)]
    gallery(st.session_state.kept, rows, key="g", captions=["0.9"] * 31, most=5, on_pick=st.session_state.get("pick"))
    picture(st.session_state.kept, 2, key="p", box=(0.1, 0.2, 0.9, 0.8))
    single_picture(buffer.getvalue(), alt="an example", key="s")


def data_of(element):
    return json.loads(element.proto.json or element.proto.mixed.json)


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


# --- the pages


@pytest.fixture(scope="module")
def saved():
    """Twelve pictures in three colours, saved as a visitor's would be."""
    items = tuple(png(COLOURS[row % 3], (20 + row, 16)) for row in range(12))
    files = [f"{['red', 'green', 'blue'][row % 3]}/{row}.png" for row in range(12)]
    metadata = pa.table({"file": files, "label": [file.split("/")[0] for file in files]})
    return caching.store().save(Collection("squares", "image", items, metadata)).id


def galleries(app):
    """What the galleries and large pictures of a page show, by their keys."""
    found = (element for element in app.main if getattr(element, "proto", None) is not None)
    drawn = [data_of(each) for each in found if type(each.proto).__name__ == "BidiComponent"]
    return [data for data in drawn if "large" in data]


def test_the_map_page_speaks_of_pictures(open_page, saved):
    app = open_page(collection=saved, encoder="Pixels")
    assert not app.exception
    said = texts(app)
    assert "Pictures, each where this model puts it" in said
    assert "which of the 12 pictures are nearest" in said
    assert "king" not in said
    assert app.selectbox(key="colour").value == "label"
    assert [button.label for button in app.button if button.disabled] == ["Meaning"]
    assert len(galleries(app)[0]["items"]) == 9


def test_the_inspector_shows_the_picture_and_its_neighbours(open_page, saved):
    app = open_page(collection=saved, encoder="Pixels", item="1")
    large, near = galleries(app)
    assert large["large"]
    assert len(near["items"]) == 10
    assert near["items"][0]["alt"].startswith("red/")
    assert float(near["items"][0]["caption"]) > 0.99
    assert "picture 1 · label: red" in texts(app).replace("\\", "")


def test_a_search_among_pictures_shows_what_it_found(open_page, saved):
    app = open_page(collection=saved, encoder="Pixels", search="blue/")
    assert "4 of 12 pictures match" in texts(app)
    assert [item["alt"] for item in galleries(app)[0]["items"]] == [f"blue/{row}.png" for row in (2, 5, 8, 11)]


def test_the_neighbours_page_shows_what_the_encoder_saw(open_page, saved):
    app = open_page("neighbours.py", collection=saved, encoder="Pixels", item="2")
    assert not app.exception
    assert "What the encoder got" in texts(app)
    alts = [data["items"][0]["alt"] for data in galleries(app)]
    assert alts == ["what is looked up", alts[1], "the picture", "what the encoder got"]
    assert alts[1].startswith("green/")
    assert "cosine picture" in app.dataframe[0].value.columns
