"""Colour and texture, worked out by hand."""

import numpy as np
import pytest
from pictures import encoded, plain
from PIL import Image

from tests.core.encoder_checkpoints import bundled
from tests.core.image_checkpoints import PICTURES


def blocks(item: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    shape, colour, texture = np.split(bundled("Colour and texture").encode([item])[0] * np.sqrt(3), [324, 438])
    return shape, colour, texture


def test_each_block_counts_the_same() -> None:
    for block in blocks(PICTURES[0]):
        assert np.linalg.norm(block) == pytest.approx(1, abs=1e-5)


def test_a_picture_of_one_colour_has_one_bin_and_no_outlines() -> None:
    shape, colour, texture = blocks(plain((255, 0, 0)))

    assert not shape.any()
    # Hue 0, the strongest saturation and brightness.
    assert np.flatnonzero(colour).tolist() == [0 * 9 + 2 * 3 + 2]
    assert np.count_nonzero(texture) == 2


@pytest.mark.parametrize(("grey", "place"), [(0, 0), (100, 2), (255, 5)])
def test_greys_have_bins_without_a_hue(grey: int, place: int) -> None:
    almost = plain((grey, min(255, grey + 2), grey))

    assert np.flatnonzero(blocks(plain((grey, grey, grey)))[1]).tolist() == [108 + place]
    np.testing.assert_array_equal(blocks(almost)[1], blocks(plain((grey, grey, grey)))[1])


def test_stripes_across_differ_from_stripes_along_in_shape_alone() -> None:
    stripes = np.zeros((128, 128, 3), dtype=np.uint8)
    stripes[::8] = stripes[1::8] = stripes[2::8] = stripes[3::8] = 255
    sides = []
    for array in (stripes, stripes.transpose(1, 0, 2)):
        sides.append(blocks(encoded(Image.fromarray(np.ascontiguousarray(array)))))

    (shape, colour, texture), (other_shape, other_colour, other_texture) = sides
    assert shape @ other_shape < 0.2
    assert colour @ other_colour == pytest.approx(1)
    assert texture @ other_texture > 0.99
