"""The map page and the Neighbours page over a collection of pictures."""

import pyarrow as pa
import pytest
from driving import data_of, said, texts
from pictures import plain
from some_pictures import COLOURS

from components.kit import caching
from embeddings.collection import Collection


@pytest.fixture(scope="module")
def saved():
    """Twelve pictures in three colours, saved as a visitor's would be."""
    items = tuple(plain(COLOURS[row % 3], (20 + row, 16)) for row in range(12))
    files = [f"{['red', 'green', 'blue'][row % 3]}/{row}.png" for row in range(12)]
    metadata = pa.table({"file": files, "label": [file.split("/")[0] for file in files]})
    return caching.store().save(Collection("squares", items, metadata)).id


def galleries(app):
    """What the galleries and large pictures of a page show, by their keys."""
    found = (element for element in app.main if getattr(element, "proto", None) is not None)
    drawn = [data_of(each) for each in found if type(each.proto).__name__ == "BidiComponent"]
    return [data for data in drawn if "large" in data]


def test_the_map_page_speaks_of_pictures(open_page, saved):
    app = open_page(collection=saved, encoder="Pixels")
    assert not app.exception
    told = texts(app)
    assert "Pictures, each where this model puts it" in told
    assert "which of the 12 pictures are nearest" in told
    assert "king" not in told
    assert app.selectbox(key="colour").value == "label"
    assert [button.label for button in app.button if button.disabled] == ["Meaning"]
    assert len(galleries(app)[0]["items"]) == 9


def test_the_inspector_shows_the_picture_and_its_neighbours(open_page, saved):
    app = open_page(collection=saved, encoder="Pixels", item="1")
    large, near = galleries(app)
    assert large["large"]
    # The other 3 red and the 4 green ones; the 4 blue ones are equally far, and which 3 of them came would say nothing.
    assert len(near["items"]) == 7
    assert near["items"][0]["alt"].startswith("red/")
    assert float(near["items"][0]["caption"]) > 0.99
    assert "picture 1 · label: red" in said(app)


def test_a_search_among_pictures_shows_what_it_found(open_page, saved):
    app = open_page(collection=saved, encoder="Pixels", search="blue/")
    assert "4 of 12 pictures match" in texts(app)
    assert [item["alt"] for item in galleries(app)[0]["items"]] == [f"blue/{row}.png" for row in (2, 5, 8, 11)]


def test_the_neighbours_page_shows_what_the_encoder_saw(open_page, saved):
    app = open_page("neighbours.py", collection=saved, encoder="Pixels", item="2")
    assert not app.exception
    assert "What the encoder got" in texts(app)
    alts = [data["items"][0]["alt"] for data in galleries(app)]
    assert alts == [alts[0], "what is looked up", alts[2], "the picture", "what the encoder got"]
    assert alts[2].startswith("green/")
    assert "cosine picture" in app.dataframe[0].value.columns
