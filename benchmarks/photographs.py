"""Photographs to measure with: smooth noise, which compresses about as a photograph does."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 4000, 3000


def photograph(seed: int, *, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A JPEG of some 12 million pixels: blobs of colour with grain on them."""
    rng = np.random.default_rng(seed)
    blobs = Image.fromarray(rng.integers(0, 256, (24, 32, 3), dtype=np.uint8)).resize((width, height), Image.BICUBIC)
    grain = rng.normal(0, 6, (height // 4, width // 4, 1)).repeat(4, axis=0).repeat(4, axis=1)
    pixels = np.clip(np.asarray(blobs, dtype=np.float32)[: grain.shape[0], : grain.shape[1]] + grain, 0, 255)
    buffer = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def folder_of_photographs(folder: Path, n: int, *, distinct: int) -> int:
    """Write n photographs, only some of them different, the others as further names of the same files; their bytes."""
    folder.mkdir(parents=True)
    first = [folder / f"{number:05}.jpg" for number in range(distinct)]
    for number, path in enumerate(first):
        path.write_bytes(photograph(number))
    for number in range(distinct, n):
        os.link(first[number % distinct], folder / f"{number:05}.jpg")
    return sum(path.stat().st_size for path in first) * n // distinct
