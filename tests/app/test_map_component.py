"""The map's Python side: scenes, colours, what travels, what comes back."""

import json

import numpy as np
import pytest
from driving import data_of
from streamlit.testing.v1 import AppTest

from components.kit.colours import MOST_CATEGORIES
from components.kit.map import (
    Colouring,
    Highlights,
    MapName,
    MapScene,
    Outline,
    Selection,
    Signs,
    by_category,
    by_number,
)
from components.kit.map.browser import Labels, Positions, Values, View, highlight_data, packed, scene_data, shown_code
from components.kit.map.component import event_from_state
from components.kit.published import PUBLISHED

SQUARE = [(0, 0), (4, 0), (4, 4), (0, 4)]


def scene(n=6, dims=2, **parts):
    return MapScene(
        np.arange(n * dims, dtype="f4").reshape(n, dims), [f"word {i}" for i in range(n)], "key", "A map.", **parts
    )


def page(n=3000, selection=True):
    import numpy as np
    import streamlit as st

    from components.kit.map import Highlights, MapScene, by_category, vector_map

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


def test_categories_that_are_whole_numbers_stand_in_their_order():
    colouring = by_category("grade", ["10", "2", "2", "-1", "10", "10", None])
    assert colouring.labels == ("-1", "2", "10")
    assert colouring.counts == (1, 2, 3)
    np.testing.assert_array_equal(colouring.codes, np.array([2, 1, 1, 0, 2, 2, np.nan], "f4"))
    assert by_category("grade", ["10", "2", "2", "none"]).labels == ("2", "10", "none")


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


# --- names, outlines, halos


def test_the_code_of_a_category_is_its_place_or_that_of_other():
    few = by_category("kind", ["b", "a", "a"])
    assert [few.code_of(label) for label in ("a", "b", "c")] == [0, 1, None]
    many = by_category("kind", [str(i) for i in range(25)] + ["0"])
    assert [many.code_of(label) for label in ("0", "24")] == [0, MOST_CATEGORIES - 1]
    assert by_number("x", [1, 2]).code_of("1") is None


def test_outlines_are_packed_one_after_the_other():
    kinds = by_category("kind", ["b", "a", "a"])
    triangle, square = [(0, 0), (1, 0), (0, 2)], np.array(SQUARE, dtype="f8")
    numbers = packed([Outline(triangle, 1), Outline(square)], kinds)
    assert numbers.dtype == np.float32
    np.testing.assert_array_equal(numbers, [1, 3, 0, 0, 1, 0, 0, 2, np.nan, 4, 0, 0, 4, 0, 4, 4, 0, 4])
    assert np.isnan(packed([Outline(triangle, 1)], by_number("x", [1, 2]))[0])
    assert packed([], kinds).size == 0


def test_layers_refuse_what_cannot_be_drawn():
    kinds = by_category("kind", ["b", "a", "a"])
    with pytest.raises(ValueError, match=r"\(m, 2\) with m ≥ 3, got \(2, 2\)"):
        packed([Outline([(0, 0), (1, 1)])], kinds)
    with pytest.raises(ValueError, match="finite"):
        packed([Outline([(0, 0), (1, 1), (np.nan, 0)])], kinds)
    with pytest.raises(ValueError, match="at most 200,000 corners"):
        packed([Outline(np.zeros((200_001, 2)))], kinds)
    with pytest.raises(ValueError, match="one of the 2 categories of the colouring, got 2"):
        shown_code(2, kinds)
    with pytest.raises(ValueError, match="halos must have n = 6 entries, got 2"):
        scene(halos=np.ones(2, "f4"))
    with pytest.raises(ValueError, match="coordinates of a name must be 3 finite numbers"):
        highlight_data(scene(dims=3), Highlights(names=[MapName("flat", (1, 2))]))


def test_a_map_in_3d_leaves_halos_and_outlines_out():
    space = scene(dims=3, halos=np.ones(6, "f4"))
    assert scene_data(space, "token")["halos"] is None
    assert highlight_data(space, Highlights(outlines=[Outline(SQUARE)]))["outlines"] is None


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


def page_with_layers():
    import numpy as np

    from components.kit.map import Highlights, MapName, MapScene, Outline, Signs, by_category, vector_map

    kinds = by_category("kind", ["b", "a", "a", "a"])
    halos = np.array([1, np.nan, 2, 0])
    words = MapScene(np.eye(4, 2, dtype="f4"), list("wxyz"), "key", "A map.", kinds, halos=halos)
    shown = Highlights(
        0,
        marked=[1],
        crossed=[3, 2],
        names=[MapName("n" * 50, (0.5, 0.25), kinds.code_of("b")), MapName("none", (0, 0))],
        outlines=[Outline([(0, 0), (1, 0), (1, 1)], kinds.code_of("a"))],
        signs=Signs(halo="spread"),
    )
    vector_map(words, key="map", highlights=shown, group="pair", keep_view=True)


def layers_sent(make):
    app = AppTest.from_function(make).run()
    assert not app.exception
    return data_of(app.main.children[0])


def test_layers_travel_as_short_lists_and_addresses():
    data = layers_sent(page_with_layers)
    assert data["names"] == [
        {"text": "n" * 39 + "…", "at": [0.5, 0.25], "code": 1},
        {"text": "none", "at": [0, 0], "code": None},
    ]
    assert [(point["row"], point["text"]) for point in data["crossed"]] == [(3, "z"), (2, "y")]
    assert (data["group"], data["keepView"]) == ("pair", True)
    assert data["signs"] == Signs(halo="spread")._asdict()
    halos = PUBLISHED.find(data["halos"]["token"], Values)
    np.testing.assert_array_equal(np.frombuffer(halos.to_bytes(), "<f4"), [1, np.nan, 2, 0])
    outlines = PUBLISHED.find(data["outlines"]["token"], Values)
    assert np.frombuffer(outlines.to_bytes(), "<f4").tolist() == [0, 3, 0, 0, 1, 0, 1, 1]


def test_layers_that_are_not_used_send_nothing():
    data = layers_sent(page)
    assert [data[name] for name in ("halos", "outlines", "names", "crossed", "group", "keepView")] == [
        *(None, None, [], [], None, False)
    ]


def test_the_page_reads_the_visitors_click():
    app = AppTest.from_function(page)
    app.session_state["map"] = {"clicked": {"row": 7, "count": 1}, "selection": None}
    app.run()
    assert app.text[0].value == "7 None"
