"""The map's Python side: scenes, colours, what travels, what comes back."""

import json

import numpy as np
import pytest
from driving import data_of
from streamlit.testing.v1 import AppTest

from components.map import Colouring, Highlights, MapScene, Selection, by_category, by_number
from components.map.content import Labels, Positions, View
from components.map.events import event_from_state
from components.palettes import MOST_CATEGORIES


def scene(n=6, dims=2, **parts):
    return MapScene(
        np.arange(n * dims, dtype="f4").reshape(n, dims), [f"word {i}" for i in range(n)], "key", "A map.", **parts
    )


def page(n=3000, selection=True):
    import numpy as np
    import streamlit as st

    from components.map import Highlights, MapScene, by_category, vector_map

    coordinates = np.random.default_rng(0).normal(size=(n, 2)).astype("f4")
    words = MapScene(coordinates, ["w" * 500] * n, "key", "A map.", by_category("kind", [i % 20 for i in range(n)]))
    marked = Highlights(selected=4, marked=range(12), hits=range(0, n, 2))
    event = vector_map(words, key="map", highlights=marked)
    st.text(f"{event.clicked} {event.selection.shape if event.selection else None}")


# --- colours


def test_categories_are_ordered_by_frequency_and_missing_ones_have_no_code():
    colouring = by_category("kind", ["b", "a", "a", None, float("nan"), "b", "a"])
    assert colouring.labels == ("a", "b")
    assert colouring.counts == (3, 2)
    np.testing.assert_array_equal(colouring.codes, np.array([1, 0, 0, np.nan, np.nan, 1, 0], "f4"))


def test_twenty_categories_each_have_a_colour_and_more_become_other():
    assert len(by_category("k", [i % 20 for i in range(100)]).labels) == 20
    values = [str(i % 30) for i in range(90)] + ["0", "1"]
    colouring = by_category("k", values)
    assert colouring.labels[:2] == ("0", "1")
    assert colouring.labels[-1] == "other"
    assert colouring.has_other
    assert len(colouring.labels) == MOST_CATEGORIES
    assert sum(colouring.counts) == len(values)
    assert colouring.codes.max() == MOST_CATEGORIES - 1


def test_numbers_run_from_the_smallest_to_the_largest_finite_value():
    colouring = by_number("frequency", [1, np.inf, -3, np.nan])
    assert (colouring.low, colouring.high) == (-3, 1)
    assert np.isnan(colouring.codes).tolist() == [False, True, False, True]
    assert by_number("frequency", [np.nan]).low == 0


def test_a_colouring_needs_codes():
    with pytest.raises(ValueError, match="needs codes"):
        Colouring("numeric", "frequency")


# --- content


def test_a_closer_view_keeps_the_points_that_the_wider_one_showed():
    positions = Positions(np.random.default_rng(0).random((5000, 2)).astype("f4"))
    closer = View(0.2, 0.6, 0.2, 0.6)
    wide, total = positions.sample(None, 1000)
    near, near_total = positions.sample(closer, 400)
    assert (len(wide), total, len(near)) == (1000, 5000, 400)
    assert near_total == len(positions.in_view(closer))
    assert np.all(np.diff(wide) > 0)
    shown_before = set(wide) & set(positions.in_view(closer))
    assert shown_before <= set(near)


def test_hits_come_first_into_a_sample():
    positions = Positions(np.zeros((1000, 2), "f4"))
    hits = np.arange(0, 1000, 10, dtype=np.uint32)
    rows, _ = positions.sample(None, 150, hits)
    assert set(hits) <= set(rows)


def test_labels_are_one_line_and_cut():
    labels = Labels(["a\nb\tc", "x" * 300])
    first, second = json.loads(labels.to_json([0, 1]))
    assert first == "a b c"
    assert len(second) == 120
    assert second.endswith("…")
    assert json.loads(Labels(["short"]).to_json([0])) == ["short"]


# --- scenes


def test_a_scene_refuses_other_shapes():
    with pytest.raises(ValueError, match=r"shape \(n, 2\) or \(n, 3\), got \(6, 4\)"):
        scene(dims=4)
    with pytest.raises(ValueError, match="texts must have n = 2 entries, got 1"):
        MapScene(np.zeros((2, 2), "f4"), ["one"], "key", "A map.")
    with pytest.raises(ValueError, match="finite"):
        MapScene(np.full((1, 2), np.nan, "f4"), ["one"], "key", "A map.")
    with pytest.raises(ValueError, match="codes must have n = 6 entries, got 2"):
        scene(colouring=by_number("x", [1, 2]))


def test_hits_are_sorted_and_each_there_once():
    assert Highlights(hits=[5, 1, 5]).hit_rows().tolist() == [1, 5]
    assert Highlights(hits=[]).hit_rows().tolist() == []
    assert Highlights().hit_rows() is None


# --- what comes back


def test_a_click_and_a_shape_are_read():
    state = {
        "clicked": {"row": 3, "count": 1},
        "selection": {"shape": "box", "polygon": [[0, 0], [1, 0], [1, 1.5]], "points": "token", "id": "a"},
    }
    event = event_from_state(state, n=10, token="token")
    assert event.clicked == 3
    assert event.selection == Selection("box", ((0, 0), (1, 0), (1, 1.5)))


@pytest.mark.parametrize("clicked", [None, 3, {"row": 10}, {"row": -1}, {"row": "3"}, {"row": True}, {"row": 1.5}, {}])
def test_a_click_on_no_row_is_none(clicked):
    assert event_from_state({"clicked": clicked}, n=10, token="t").clicked is None


@pytest.mark.parametrize(
    "change",
    [
        {"points": "other"},
        {"shape": "circle"},
        {"polygon": [[0, 0], [1, 1]]},
        {"polygon": [[0, 0]] * 401},
        {"polygon": [[0, 0], [1, 1], [2]]},
        {"polygon": [[0, 0], [1, 1], [2, float("nan")]]},
        {"polygon": [[0, 0], [1, 1], ["2", 3]]},
        {"polygon": "many"},
    ],
)
def test_a_shape_that_does_not_fit_is_none(change):
    good = {"shape": "lasso", "polygon": [[0, 0], [1, 0], [1, 1]], "points": "t"}
    assert event_from_state({"selection": good}, n=10, token="t").selection is not None
    assert event_from_state({"selection": good | change}, n=10, token="t").selection is None


def sent(app):
    return app.main.children[0].proto


def test_only_addresses_and_short_lists_travel():
    app = AppTest.from_function(page).run()
    assert not app.exception
    proto = sent(app)
    assert len(proto.SerializeToString()) < 6000
    data = data_of(app.main.children[0])
    assert data["n"] == 3000
    assert [point["row"] for point in data["marked"]] == list(range(12))
    assert len(data["selected"]["text"]) == 40
    assert data["hits"]["count"] == 1500
    assert "w" * 41 not in proto.SerializeToString().decode("latin-1")


def test_an_unchanged_page_sends_the_same_addresses():
    app = AppTest.from_function(page).run()
    first = sent(app).SerializeToString()
    app.run()
    assert sent(app).SerializeToString() == first


def test_the_page_reads_the_visitors_click():
    app = AppTest.from_function(page)
    app.session_state["map"] = {"clicked": {"row": 7, "count": 1}, "selection": None}
    app.run()
    assert app.text[0].value == "7 None"
