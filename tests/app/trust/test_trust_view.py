"""What stands in the way of scores is answered on the Trust page."""

import numpy as np
import pytest
from driving import said

from components.kit import caching
from components.kit.spaces import LayoutSettings
from components.views.trust import Asked, obstacle, usual_k
from embeddings.space import Space

VIEWS = ["This map", "Over five seeds", "Three methods", "Settings of UMAP"]


def test_what_stands_in_the_way_is_one_sentence(line, compass):
    asked = Asked(line[0], LayoutSettings(), 2, "cosine")
    assert obstacle(asked) == ""
    assert "at most 2" in obstacle(asked._replace(k=3))
    same = Space.from_vectors(list("abcde"), np.ones((5, 3)), name="same")
    assert "same vector" in obstacle(asked._replace(space=same))
    parallel = Space.from_vectors(list("abcde"), 2.0 ** np.arange(5)[:, None] * np.ones((5, 3)), name="parallel")
    assert "same vector" in obstacle(asked._replace(space=parallel))
    assert obstacle(asked._replace(space=parallel, metric="Euclidean")) == ""
    late = Space.from_vectors(map(str, range(3000)), np.r_[np.ones((2999, 2)), [[1, 2]]], name="late")
    assert obstacle(asked._replace(space=late)) == ""
    assert [usual_k(n) for n in (1, 3, 10, 600)] == [1, 1, 4, 10]


def test_too_many_neighbours_for_three_items_are_one_sentence_beside_the_input(open_page):
    saved = caching.store().save(Space.from_vectors(["e", "n", "w"], [[1, 0.1], [0, 1], [-1, 0]], name="three"))
    app = open_page("trust.py", collection=saved.id)
    assert not app.exception
    assert "nearest neighbour" in said(app)
    for view in VIEWS:
        app = open_page("trust.py", collection=saved.id, neighbours="10", look_at=view)
        assert not app.exception
        assert view == VIEWS[1] or "k = 10 neighbours are too many for 3 items: choose at most 1." in said(app)
        assert app.number_input(key="neighbours").value == 10


def test_three_items_have_no_islands_and_that_is_said(open_page):
    saved = caching.store().save(Space.from_vectors(["e", "n", "w"], [[1, 0.1], [0, 1], [-1, 0]], name="few"))
    app = open_page("trust.py", collection=saved.id, look_at=VIEWS[1], method="t-SNE")
    assert not app.exception
    assert "This map has no islands: nothing on it stands apart." in said(app)


@pytest.mark.parametrize("view", VIEWS)
def test_constant_vectors_are_one_sentence(open_page, view):
    saved = caching.store().save(Space.from_vectors([f"i{i}" for i in range(8)], np.ones((8, 3)), name="constant"))
    app = open_page("trust.py", collection=saved.id, look_at=view, method="UMAP")
    assert not app.exception
    assert "the same vector" in said(app)


def test_duplicates_are_tied_and_it_is_said(open_page):
    vectors = np.repeat(np.random.default_rng(0).normal(size=(8, 4)), 4, axis=0)
    saved = caching.store().save(Space.from_vectors([f"i{i}" for i in range(32)], vectors, name="twins"))
    app = open_page("trust.py", collection=saved.id, neighbours="2")
    assert "Ties: for 100 % of the points" in said(app)
