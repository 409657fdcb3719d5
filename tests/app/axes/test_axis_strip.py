"""Items along an axis: the strip of dots, the ends, and all of them as a table."""

import numpy as np
import pytest

from components.kit.colours import DARK, DIVERGING, LIGHT
from components.kit.map import PLAIN_COLOURING, by_category, by_number
from components.kit.strip import Marks, Strip, end_table, strip_chart, whole_table
from embeddings.axes import axis_from_lists, drawn_rows, ends
from embeddings.label_placing import stacked, staggered
from embeddings.space import Space


def test_the_strip_places_every_item_and_the_words_asked_for(sizes, axis):
    marks = [Marks("yours", ["one", "<b>two"], np.array([0.1, 0.1], np.float32))]
    strip = Strip(sizes.collection, axis, ("small", "<b>large"), drawn_rows([axis]), PLAIN_COLOURING, marks, 3)
    figure = strip_chart(strip, colours=LIGHT)
    np.testing.assert_array_equal(figure.data[0].x, axis.projections)
    np.testing.assert_array_equal(figure.data[0].customdata, np.arange(len(sizes)))
    assert figure.data[0].marker.colorscale[0][1] == DIVERGING.light[0]
    assert figure.data[0].marker.cmin + figure.data[0].marker.cmax == pytest.approx(2 * axis.middle)
    assert "&lt;b&gt;large" in figure.layout.xaxis.title.text
    yours = next(trace for trace in figure.data if trace.name == "yours")
    assert yours.y[0] != yours.y[1]
    assert list(yours.text) == ["one", "&lt;b&gt;two"]
    selected = next(trace for trace in figure.data if trace.name == "selected item")
    assert selected.x[0] == axis.projections[3]
    assert figure.layout.shapes[0].x0 == axis.middle


def test_dots_can_be_coloured_by_category_and_number(sizes, axis):
    rows = drawn_rows([axis])
    kinds = by_category("kind", ["seed" if n < 10 else None for n in range(len(sizes))])
    figure = strip_chart(Strip(sizes.collection, axis, ("a", "b"), rows, kinds), colours=DARK)
    assert {trace.name: len(trace.x) for trace in figure.data[:2]} == {"none": len(sizes) - 10, "seed": 10}
    numbers = by_number("length", np.arange(len(sizes)))
    numbered = strip_chart(Strip(sizes.collection, axis, ("a", "b"), rows, numbers), colours=DARK)
    np.testing.assert_array_equal(numbered.data[0].marker.color, np.arange(len(sizes)))
    many = by_category("kind", [f"kind {n % 12}" for n in range(len(sizes))])
    crowded = strip_chart(Strip(sizes.collection, axis, ("a", "b"), rows, many), colours=DARK)
    assert crowded.layout.height > numbered.layout.height


def test_of_many_items_the_ends_are_always_drawn(axis):
    rows = drawn_rows([axis], most=50, always=5)
    assert set(np.argsort(axis.projections)[:5]) <= set(rows)
    assert 50 <= len(rows) <= 60
    np.testing.assert_array_equal(rows, drawn_rows([axis], most=50, always=5))


def test_dots_of_one_place_stack_and_no_two_lie_on_each_other():
    heights = stacked(np.zeros(30, np.float32))
    assert len(set(heights)) == 30
    assert np.abs(heights).max() <= 1.3
    assert not len(stacked(np.zeros(0, np.float32)))


def test_words_are_written_apart():
    assert staggered(np.array([0, 0.001, 5], np.float32), ["one", "two", "three"], letter=0.01) == [0, 1, 0]


def test_the_ends_are_the_outermost_items(sizes, axis):
    low, high = ends(axis)
    ordered = np.sort(axis.projections)
    np.testing.assert_array_equal(axis.projections[low], ordered[:12])
    np.testing.assert_array_equal(axis.projections[high], ordered[::-1][:12])
    table = end_table(sizes.collection, axis, low)
    np.testing.assert_allclose(table["from the middle"], axis.middle - ordered[:12], atol=1e-6)


def test_the_ends_of_few_items_do_not_overlap():
    space = Space.from_vectors("abcde", np.random.default_rng(1).normal(size=(5, 4)), name="five")
    low, high = ends(axis_from_lists(space, "ab", "cd"))
    assert len(low) == len(high) == 2
    assert not set(low) & set(high)


def test_the_whole_table_holds_every_item_along_both_axes(sizes, axis, other):
    table = whole_table(sizes.collection, [("size", axis), ("other", other)])
    rows = table["row"].to_numpy() - 1
    assert sorted(rows) == list(range(len(sizes)))
    np.testing.assert_array_equal(table["size"], axis.projections[rows])
    np.testing.assert_array_equal(table["other"], other.projections[rows])
    np.testing.assert_allclose(table["size, from the middle"], axis.projections[rows] - axis.middle, atol=1e-6)
    assert (np.diff(table["size"].to_numpy()) >= 0).all()
