"""The charts of axes: the histogram of random ones, the strip of dots, and the plane of two."""

import numpy as np
import pytest

from components.axes.dots import drawn_rows, legend_height, stacked
from components.axes.null_chart import null_chart
from components.axes.plane import Plane, apart, kinship, kinship_sentence, outermost, plane_chart
from components.axes.strip import Marks, Strip, staggered, strip_chart
from components.kit.colours import DARK, DIVERGING, LIGHT
from components.kit.map import PLAIN_COLOURING, by_category, by_number


def test_the_histogram_of_random_axes_marks_this_one(axis):
    figure = null_chart(axis.check, colours=DARK)
    assert sum(figure.data[0].y) == 200
    assert figure.data[1].x[0] == axis.check.held_out.auc


def test_the_strip_places_every_item_and_the_words_asked_for(sizes, axis):
    marks = [Marks("yours", ["one", "two"], np.array([0.1, 0.1], np.float32))]
    strip = Strip(sizes.collection, axis, ("small", "<b>large"), drawn_rows([axis]), PLAIN_COLOURING, marks, 3)
    figure = strip_chart(strip, colours=LIGHT)
    np.testing.assert_array_equal(figure.data[0].x, axis.projections)
    assert figure.data[0].marker.colorscale[0][1] == DIVERGING.light[0]
    assert figure.data[0].marker.cmin + figure.data[0].marker.cmax == pytest.approx(2 * axis.middle)
    assert "&lt;b&gt;large" in figure.layout.xaxis.title.text
    yours = next(trace for trace in figure.data if trace.name == "yours")
    assert yours.y[0] != yours.y[1]
    assert figure.layout.shapes[0].x0 == axis.middle


def test_dots_can_be_coloured_by_category_and_number(sizes, axis):
    rows = drawn_rows([axis])
    kinds = by_category("kind", ["seed" if n < 10 else None for n in range(len(sizes))])
    figure = strip_chart(Strip(sizes.collection, axis, ("a", "b"), rows, kinds), colours=DARK)
    assert sorted(len(trace.x) for trace in figure.data[:2]) == [10, len(sizes) - 10]
    numbers = by_number("length", np.arange(len(sizes)))
    figure = strip_chart(Strip(sizes.collection, axis, ("a", "b"), rows, numbers), colours=DARK)
    np.testing.assert_array_equal(figure.data[0].marker.color, np.arange(len(sizes)))
    assert legend_height(figure) == 0


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


def test_names_are_written_apart():
    assert staggered(np.array([0, 0.001, 5], np.float32), ["one", "two", "three"], letter=0.01) == [0, 1, 0]
    assert apart(np.array([[0.5, 0.5], [0.5, 0.5], [0.5, 0.9]]), [5, 5, 5]) == [0, 2]


def test_two_axes_are_as_alike_as_their_directions(axis, other):
    kin = kinship(axis, other)
    assert kin.cosine == pytest.approx(float(axis.direction @ other.direction))
    assert kin.correlation == pytest.approx(np.corrcoef(axis.projections, other.projections)[0, 1])
    assert kinship(axis, axis).cosine == pytest.approx(1)
    assert "make a line" in kinship_sentence(kinship(axis, axis))


def test_the_plane_names_the_items_furthest_out(sizes, axis, other):
    rows = drawn_rows([axis, other])
    plane = Plane(sizes.collection, (axis, other), (("small", "large"), ("c", "d")), rows, PLAIN_COLOURING, 2)
    figure = plane_chart(plane, colours=LIGHT)
    np.testing.assert_array_equal(figure.data[0].x, axis.projections)
    np.testing.assert_array_equal(figure.data[0].y, other.projections)
    assert int(np.argmax(axis.projections)) in outermost((axis, other))
    assert figure.layout.yaxis.title.text.startswith("← c")
