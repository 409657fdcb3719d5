"""Palettes: enough colours, readable on light and on dark pages."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from components.kit.colours import CATEGORICAL, DARK, DIVERGING, LIGHT, SEQUENTIAL
from components.kit.map.colouring import colour_by_column, tints
from embeddings.collection import Collection
from embeddings.space import Space


@pytest.mark.parametrize(("palette", "size"), [(CATEGORICAL, 20), (SEQUENTIAL, 9), (DIVERGING, 9)])
def test_palettes_have_as_many_different_colours_for_light_as_for_dark(palette, size):
    assert len(set(palette.light)) == len(set(palette.dark)) == len(palette) == size


@pytest.mark.parametrize(("colours", "page_colour"), [(CATEGORICAL.light, "#ffffff"), (CATEGORICAL.dark, "#0e1117")])
def test_categories_stand_out_from_the_page(colours, page_colour):
    assert min(contrast(colour, page_colour) for colour in colours) > 2.3


@pytest.mark.parametrize(("colours", "falls"), [(SEQUENTIAL.light, True), (SEQUENTIAL.dark, False)])
def test_lightness_of_the_sequential_scale_runs_one_way(colours, falls):
    lightness = [luminance(colour) for colour in colours]
    assert lightness == sorted(lightness, reverse=falls)


def luminance(colour):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(a, b):
    low, high = sorted([luminance(a), luminance(b)])
    return (high + 0.05) / (low + 0.05)


def space_with(**columns):
    n = len(next(iter(columns.values())))
    return Space(
        Collection(f"{n} items", [f"item {row}" for row in range(n)], pa.table(columns)),
        np.eye(n, 3, dtype="f4"),
        "given vectors",
    )


def test_few_numbers_are_steps_in_their_order_and_names_that_are_numbers_are_not():
    space = space_with(rating=[5, 1, None, 5, 4], digit=[7, 3, 3, 9, 7])
    found = colour_by_column(space, "rating")
    assert (found.labels, found.counts, found.ordered) == (("1", "4", "5"), (1, 1, 2), True)
    np.testing.assert_array_equal(found.codes, [2, 0, np.nan, 2, 1])
    assert tints(found, LIGHT)[0] == SEQUENTIAL.light[0]
    assert tints(found, LIGHT)[-1] == SEQUENTIAL.light[-1]
    assert tints(found, DARK)[1] == SEQUENTIAL.dark[4]
    named = colour_by_column(space, "digit")
    assert (named.labels, named.ordered) == (("3", "7", "9"), False)
    assert tints(named, LIGHT) == CATEGORICAL.light[:3]


def test_dates_are_coloured_by_when_they_were():
    days = [date(2024, 1, 1) + timedelta(days=10 * day) for day in range(20)]
    found = colour_by_column(space_with(date=[*days, None]), "date")
    assert (found.kind, found.dates) == ("numeric", True)
    assert found.low == (date(2024, 1, 1) - date(1970, 1, 1)).days
    assert found.high - found.low == 190
    assert np.isnan(found.codes[-1])
    few = colour_by_column(space_with(date=[days[2], days[0], days[2]]), "date")
    assert (few.labels, few.ordered) == (("2024-01-01", "2024-01-21"), True)
