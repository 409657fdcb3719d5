"""What every view of the page answers: collections of one item or of equal ones, pictures, markup."""

import pyarrow as pa
import pytest
from driving import metric, said, settle

from components.kit import caching
from components.kit.caveats import all_alike, too_many_neighbours
from embeddings.collection import Collection
from embeddings.space import Space

DOUBTFUL, TWICE = "Possible wrong labels", "Near-duplicates"


@pytest.mark.parametrize("view", ["Outliers", DOUBTFUL, TWICE])
def test_one_item_is_a_sentence_in_every_view(open_space, view):
    app = open_space(Space.from_vectors(["only"], [[1.0, 2.0]], name="one"), look_for=view)
    assert "This collection has one item" in said(app)
    assert not app.exception


def test_identical_items_are_a_sentence(open_space):
    metadata = pa.table({"group": ["a", "a", "b", "b"]})
    same = Space.from_vectors(
        list("abcd"), [[1.0, 2.0], [2.0, 4.0], [1.0, 2.0], [3.0, 6.0]], name="s", metadata=metadata
    )
    for view in ("Outliers", DOUBTFUL):
        app = open_space(same, look_for=view)
        assert "All 4 items have the same vector here" in said(app)
        assert not app.exception
    app = open_space(same, look_for=TWICE)
    assert metric(app, "Would stay") == "1"
    assert metric(app, "Would go") == "3"


def test_obstacles_in_words(planted):
    assert all_alike(planted) == ""
    assert too_many_neighbours(10, planted) == ""
    assert "only 1 other:" in too_many_neighbours(2, Space.from_vectors(["a", "b"], [[1], [2]], name="two"))


def test_pictures_are_galleries_in_every_view(open_page, some_digits):
    for view, link in {"Outliers": {}, DOUBTFUL: {}, TWICE: {"threshold": "0.9"}}.items():
        app = open_page("outliers.py", look_for=view, **some_digits, **link)
        assert not app.exception
        assert not app.error


def test_texts_that_are_markup_stay_texts(open_page):
    items = ["**bold** <b>", "=1+1", "plain words", "more plain words", "words that are plain"]
    saved = caching.store().save(Collection.from_texts(items, name="odd", metadata=pa.table({"g": list("aabba")})))
    for view in ("Outliers", DOUBTFUL, TWICE):
        app = settle(open_page("outliers.py", collection=saved.id, look_for=view, item="1", threshold="0.5"))
        assert not app.exception
        assert "**bold** <b>" not in "\n".join(str(each.value) for each in app.markdown)
