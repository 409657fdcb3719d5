"""Palettes: enough colours, readable on light and on dark pages."""

import numpy as np
import pytest

from components.kit.colours import CATEGORICAL, DIVERGING, SEQUENTIAL


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
