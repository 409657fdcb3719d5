"""The ready collection of handwritten digits, shipped inside scikit-learn."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from PIL import Image
from sklearn.datasets import load_digits

from embeddings.collection import Collection

SIDE = 64
_MOST_INK = 16


def digits(title: str) -> Collection:
    """1,797 digits in scikit-learn's order, dark on white, drawn from 8 × 8 values; columns: digit, ink.

    Ink is the share of the square that is covered, in per cent.
    """
    found = load_digits()
    shares = found.images / _MOST_INK
    metadata = pa.table(
        {
            "digit": pa.array([str(digit) for digit in found.target], pa.string()),
            "ink": pa.array((100 * shares.mean(axis=(1, 2))).round(1), pa.float64()),
        }
    )
    return Collection(title, "image", tuple(_drawn(strokes) for strokes in shares), metadata)


def _drawn(strokes: NDArray[np.float64]) -> bytes:
    # The strokes reach the edge of their square; a margin of one of its cells lets each be seen by itself.
    picture = Image.fromarray((255 * (1 - np.pad(strokes, 1))).round().astype(np.uint8))
    buffer = BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(buffer, "PNG")
    return buffer.getvalue()
