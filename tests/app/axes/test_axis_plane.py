"""Two axes as a plane."""

import numpy as np
import pytest

from components.kit.colours import LIGHT
from components.kit.map import PLAIN_COLOURING
from components.kit.strip import Strip
from components.views.axis_plane import apart, kinship, kinship_sentence, outermost, plane_chart
from embeddings.axes import drawn_rows


def test_two_axes_are_as_alike_as_their_directions(axis, other):
    kin = kinship(axis, other)
    assert kin.cosine == pytest.approx(float(axis.direction @ other.direction))
    assert kin.correlation == pytest.approx(np.corrcoef(axis.projections, other.projections)[0, 1])
    assert kinship(axis, axis).cosine == pytest.approx(1)
    assert "make a line" in kinship_sentence(kinship(axis, axis))


def test_the_plane_names_the_items_furthest_out(sizes, axis, other):
    rows = drawn_rows([axis, other])
    across = Strip(sizes.collection, axis, ("small", "large"), rows, PLAIN_COLOURING, selected=2)
    figure = plane_chart(across, across._replace(axis=other, ends=("c", "d")), colours=LIGHT)
    np.testing.assert_array_equal(figure.data[0].x, axis.projections)
    np.testing.assert_array_equal(figure.data[0].y, other.projections)
    assert int(np.argmax(axis.projections)) in outermost((axis, other))
    assert figure.layout.yaxis.title.text.startswith("← c")


def test_names_are_written_apart():
    assert apart(np.array([[0.5, 0.5], [0.5, 0.5], [0.5, 0.9]]), [5, 5, 5]) == [0, 2]
