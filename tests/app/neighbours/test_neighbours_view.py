"""What the Neighbours page says and draws, without the page."""

import numpy as np
import pyarrow as pa
import pytest

from components.kit.caveats import list_note
from components.kit.colours import DARK
from components.kit.spaces import query_sentence
from components.views.neighbours import in_powers, lists, side_by_side, similarity_chart
from embeddings.collection import Collection
from embeddings.metrics import METRICS
from embeddings.neighbours import PAIRS, Neighbours, changed, least_similar, nearest, rarity
from embeddings.space import Space
from embeddings.store.store import GIVEN_PREFIX


def test_the_share_of_less_similar_pairs_by_hand():
    sample = np.array([0.1, 0.2, 0.3, 0.4], dtype=np.float32)
    assert rarity(0.9, sample) == "all of 4 random pairs"
    assert rarity(0.25, sample) == "50 % of random pairs"
    assert rarity(0.05, sample) == "less than 1 % of random pairs"


def test_a_share_of_random_pairs_has_only_digits_that_hold():
    sample = np.arange(PAIRS) / PAIRS
    said = {share: rarity(share / 100, sample) for share in (70.731, 98.6, 99.37, 99.9967)}
    assert said == {
        70.731: "70 % of random pairs",
        98.6: "98 % of random pairs",
        99.37: "99.3 % of random pairs",
        99.9967: "99.99 % of random pairs",
    }
    assert rarity(1.0, sample) == "all of 100,000 random pairs"


def test_the_least_similar_are_those_of_lowest_cosine(compass):
    found, tied = least_similar(compass, 0, k=2)
    assert found.rows[0] == 2  # west of east
    assert found.scores.tolist() == pytest.approx([-1, 0])
    assert tied == 2  # north and south are alike, and one of them is listed
    every, tied = least_similar(compass, compass.vectors[0], k=10)
    assert (every.rows[[0, -1]].tolist(), len(every.rows), tied) == ([2, 0], 4, 0)
    nothing, _ = least_similar(compass, 4, k=2)
    assert not len(nothing.rows)


def test_what_is_put_before_a_query_is_said():
    def said(**params):
        return query_sentence(Space(Collection.from_texts(["a"], name="a"), np.eye(1), "E5", params))

    asked = {"query prompt": "query: "}
    assert said(prompt="passage: ", **asked) == (
        "Read as a query: “query: ” is put before it, “passage: ” before the items."
    )
    assert said(**asked) == "Read as a query: “query: ” is put before it, nothing before the items."
    assert said(prompt="query: ") == ""


def test_scores_of_a_size_of_their_own_are_powers_of_ten():
    table = pa.table({"cosine score": [0.9, 0.1], "dot score": [2.5e50, -1e3], "Euclidean score": [3e-30, 0.0]})
    shown = in_powers(table).to_pydict()
    assert shown["cosine score"] == [0.9, 0.1]
    assert shown["dot score"] == ["2.50e+50", "-1.00e+03"]
    assert shown["Euclidean score"] == ["3.00e-30", "0.00e+00"]


def test_lists_side_by_side_mark_what_differs(compass):
    def listed(*rows):
        return Neighbours(np.array(rows, dtype=np.int32), np.zeros(len(rows), dtype=np.float32))

    table = side_by_side(compass, {"cosine": listed(0, 1, 2), "dot": listed(1, 0, 3)})
    assert table["dot"].to_pylist() == ["north  ↑1", "east  ↓1", "south  ●"]
    assert changed(listed(0, 1, 2), listed(2, 3, 0)) == ([1], [3])


def test_the_lists_say_what_lengths_mean_and_their_file_how_they_were_made(compass):
    table = lists(compass, {"cosine": nearest(compass, 0, k=2), "dot": nearest(compass, 0, k=2, metric="dot")}, 2)
    assert "Vectors have lengths from 0 to " in table.caption
    assert table.settings["k"] == 2
    assert table.whole().equals(table.lines)


def test_lists_that_lengths_of_1_make_alike_are_shown_once_and_kept_in_the_file():
    space = Space.from_vectors(list("abc"), [[1, 0], [0.8, 0.6], [0, 1]], name="unit")
    table = lists(space, {name: nearest(space, 0, k=2, metric=name) for name in METRICS}, 2)
    assert [name for name in table.lines.column_names if name in METRICS] == ["cosine"]
    assert {*METRICS} <= set(table.whole().column_names)
    assert "give this same list" in table.caption


def test_the_chart_marks_each_neighbour(blobs):
    found = nearest(blobs, 0, k=3)
    figure = similarity_chart(np.linspace(-1, 1, 500, dtype=np.float32), found.scores, DARK)
    lines = np.asarray(figure.data[1].x, dtype=np.float32)
    np.testing.assert_allclose(np.unique(lines[~np.isnan(lines)]), np.unique(found.scores))
    assert sum(figure.data[0].y) == pytest.approx(100)


def test_the_note_on_a_list_says_why_it_is_short(compass):
    none = nearest(compass, "nowhere", k=3)
    assert "length zero: the encoder knows nothing of it" in list_note(compass, compass.vectors[4], none, 3)
    given = Space(compass.collection, compass.vectors, f"{GIVEN_PREFIX}own")
    assert list_note(given, compass.vectors[4], none, 3).endswith("has length zero, so everything is equally near.")
    assert list_note(compass, compass.vectors[0], nearest(compass, 0, k=3), 3) == ""
    counts = Space.from_vectors(list("abcdef"), [[1, 1, 0], [1, 0, 0], *[[0, 0, 1]] * 4], name="counts")
    found = nearest(counts, "a", k=3)
    assert list_note(counts, counts.vectors[0], found, 3).startswith("Only 1 item is nearer than the rest")
    table = side_by_side(counts, {"cosine": found, "Euclidean": nearest(counts, "a", k=5, metric="Euclidean")})
    assert table.to_pydict()["cosine"] == ["b", None, None, None, None]
