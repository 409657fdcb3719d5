"""The ready collection of handwritten digits, shipped inside scikit-learn."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from PIL import Image

from embeddings.collection import Collection
from embeddings.encoders.scenes_clip.digits import all_digits, held_out
from embeddings.items import Items

SIDE = 64
_MOST_INK = 16


def digits(title: str) -> Collection:
    """1,797 digits in scikit-learn's order, dark on white, drawn from 8 × 8 values; columns: digit, Scenes CLIP, ink.

    Ink is the share of the square that is covered, in per cent. “Scenes CLIP” says which digits the training of that
    encoder saw: only the others tell how well it knows digits.
    """
    found = all_digits()
    shares = found.strokes / _MOST_INK
    unseen = set(held_out().tolist())
    metadata = pa.table(
        {
            "digit": pa.array([str(digit) for digit in found.labels], pa.string()),
            "Scenes CLIP": pa.array(["held out" if row in unseen else "trained on" for row in range(len(shares))]),
            "ink": pa.array((100 * shares.mean(axis=(1, 2))).round(1), pa.float64()),
        }
    )
    return Collection(title, Items.of(_drawn(strokes) for strokes in shares), metadata)


def _drawn(strokes: NDArray[np.float64]) -> bytes:
    # The strokes reach the edge of their square; a margin of one of its cells lets each be seen by itself.
    picture = Image.fromarray((255 * (1 - np.pad(strokes, 1))).round().astype(np.uint8))
    buffer = BytesIO()
    picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(buffer, "PNG")
    return buffer.getvalue()
