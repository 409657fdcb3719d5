"""Maps as small pictures."""

import io

import numpy as np
from PIL import Image

from components.kit.colours import CATEGORICAL, DARK, LIGHT, MISSING, SEQUENTIAL
from components.kit.map import PLAIN_COLOURING, by_category, by_number
from components.kit.map.small import point_tints, small_map


def test_a_small_map_draws_each_point_in_its_colour():
    places = np.array([[0, 0], [10, 10]], "f4")
    pixels = np.asarray(Image.open(io.BytesIO(small_map(places, by_category("kind", ["a", "b"]), colours=LIGHT))))
    below, above = pixels[pixels.shape[0] // 2 :], pixels[: pixels.shape[0] // 2]
    assert "#{:02x}{:02x}{:02x}".format(*below[below[..., 3] > 0][0, :3]) == CATEGORICAL.light[0]
    assert "#{:02x}{:02x}{:02x}".format(*above[above[..., 3] > 0][0, :3]) == CATEGORICAL.light[1]
    assert small_map(np.zeros((3, 2), "f4"), PLAIN_COLOURING, colours=DARK)


def test_tints_follow_the_scale_and_missing_ones_are_grey():
    tints = point_tints(by_number("x", [0, 1, np.nan]), 3, colours=DARK)
    named = ["#{:02x}{:02x}{:02x}".format(*tint) for tint in tints]
    assert named == [SEQUENTIAL.dark[0], SEQUENTIAL.dark[-1], MISSING.dark[0]]
