"""Pixels, worked out by hand."""

import numpy as np
from pictures import encoded
from PIL import Image

from tests.core.encoder_checkpoints import bundled


def test_pixels_are_the_colours_of_the_squashed_picture() -> None:
    image = Image.new("RGB", (64, 128), (255, 0, 0))
    image.paste((0, 51, 102), (0, 64, 64, 128))

    grid = bundled("Pixels").encode([encoded(image)]).reshape(32, 32, 3)

    np.testing.assert_allclose(grid[:16], np.broadcast_to([1, 0, 0], (16, 32, 3)))
    np.testing.assert_allclose(grid[16:], np.broadcast_to([0, 0.2, 0.4], (16, 32, 3)), atol=1e-6)


def test_small_drawings_keep_their_pixels() -> None:
    strokes = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)

    grid = bundled("Pixels").encode([encoded(Image.fromarray(strokes))]).reshape(32, 32, 3)

    np.testing.assert_allclose(grid, strokes.repeat(4, axis=0).repeat(4, axis=1) / 255, atol=1e-6)
