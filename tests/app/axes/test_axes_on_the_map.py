"""A map coloured by an axis."""

import numpy as np
import pytest
from driving import settle, texts
from size_axis import SEEDS

from components.kit.axes import axis_colouring
from embeddings.axis_seeds import to_text


def test_a_map_is_coloured_on_both_sides_of_the_middle(axis):
    colouring = axis_colouring(SEEDS, axis)
    assert colouring.scale == "diverging"
    assert (colouring.low + colouring.high) / 2 == pytest.approx(axis.middle)
    np.testing.assert_array_equal(colouring.codes, axis.projections)
    assert colouring.title == "axis: tiny ↔ huge (cosine)"


def test_a_button_colours_the_map(open_sizes):
    app = open_sizes()
    app.button(key="colour_the_map").click().run()
    app = settle(app.switch_page("../../pages/map.py").run())
    assert app.selectbox(key="colour").value == "axis: tiny ↔ huge"
    assert app.query_params["axis"] == to_text(SEEDS)
    assert "blue towards **tiny**, orange towards **huge**" in texts(app)


def test_a_link_colours_the_map_in_another_session_and_no_other_colour_carries_the_axis(open_sizes):
    app = open_sizes("map.py", colour="axis: tiny ↔ huge")
    assert app.selectbox(key="colour").value == "axis: tiny ↔ huge"
    assert "It sorts words" in texts(app)
    app.selectbox(key="colour").set_value("nothing")
    app = settle(app.run())
    assert "axis" not in app.query_params
    assert "axis: tiny ↔ huge" in app.selectbox(key="colour").options


def test_a_map_whose_vectors_lack_the_seeds_says_so_and_is_drawn(open_sizes):
    app = open_sizes("map.py", axis="pairs*small~large*little~big", colour="axis: small ↔ large")
    assert not app.exception
    assert not app.error
    assert "“small” is not in this collection" in texts(app).replace("\\", "")
    assert "true neighbours (by chance" in texts(app)
