"""Which points a drawn shape holds."""

import numpy as np
import pytest

from components.kit.map import box, inside

SQUARE = [(0, 0), (4, 0), (4, 4), (0, 4)]
PENTAGRAM = [(0.0, 3.0), (1.76, -2.43), (-2.85, 0.93), (2.85, 0.93), (-1.76, -2.43)]


@pytest.mark.parametrize(
    ("point", "expected"), [((2, 2), True), ((-1, 2), False), ((5, 2), False), ((2, 5), False), ((0.001, 3.999), True)]
)
def test_inside_a_square(point, expected):
    assert inside(SQUARE, [point]).tolist() == [expected]


def test_inside_follows_the_even_odd_rule_where_a_lasso_crosses_itself():
    hourglass = [(0, 0), (4, 4), (4, 0), (0, 4)]
    assert inside(hourglass, [(0.5, 2), (3.5, 2), (2, 0.5), (2, 3.5)]).tolist() == [True, True, False, False]
    tips_then_middle = [(0, 2.5), (2.3, 0.8), (0, 0)]
    assert inside(PENTAGRAM, tips_then_middle).tolist() == [True, True, False]


def test_inside_a_shape_drawn_twice_is_outside():
    assert not inside(SQUARE + SQUARE, [(2, 2)]).any()


@pytest.mark.parametrize("polygon", [[], [(0, 0)], [(0, 0), (4, 4)], [(1, 1), (1, 1), (1, 1)]])
def test_nothing_is_inside_a_shape_without_area(polygon):
    assert not inside(polygon, [(1, 1), (2, 2)]).any()


def test_a_shared_edge_belongs_to_one_of_two_boxes():
    on_the_edge = [(2.0, y) for y in (0.5, 1.0, 1.5)]
    left, right = inside(box(0, 2, 0, 2), on_the_edge), inside(box(2, 4, 0, 2), on_the_edge)
    assert (left ^ right).all()


def test_inside_looks_at_the_first_two_columns():
    assert inside(SQUARE, [(2, 2, 99), (9, 2, 0)]).tolist() == [True, False]


def test_inside_agrees_with_a_point_by_point_reference():
    rng = np.random.default_rng(3)
    for corners in (3, 7, 60, 400):
        polygon = rng.normal(size=(corners, 2))
        points = rng.normal(size=(300, 2)).astype("f4")
        assert inside(polygon, points).tolist() == [crossings_upwards(polygon, point) % 2 == 1 for point in points]


def crossings_upwards(polygon, point):
    """How often a ray straight up from the point crosses the outline (the code under test sends it to the right)."""
    px, py = map(float, point)
    count = 0
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if (x0 > px) != (x1 > px) and y0 + (px - x0) / (x1 - x0) * (y1 - y0) > py:
            count += 1
    return count
