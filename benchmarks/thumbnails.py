"""Thumbnails of kept pictures: ours, in parallel threads as the server makes them, against plain Pillow one by one."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from benchmarks.figure import Measured
from benchmarks.photographs import photograph
from benchmarks.running import alternate, seconds

N, DISTINCT, SIDE = 1_000, 20, 128
ROUNDS = 3


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds for 1,000 thumbnails as WebP of the same quality, and for as many cells of the map's sheets."""
    from embeddings.images import SHEET_CELLS, keep, sheet, thumbnail
    from embeddings.images.pixels import in_threads
    from embeddings.images.thumbnails import QUALITY

    kept = [keep(photograph(seed), name=f"{seed}.jpg").data for seed in range(DISTINCT)]
    items = [kept[number % DISTINCT] for number in range(N)]

    def plain(item: bytes) -> bytes:
        picture = Image.open(io.BytesIO(item))
        picture.thumbnail((SIDE, SIDE))
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=QUALITY)
        return buffer.getvalue()

    def ours() -> None:
        in_threads(lambda item: thumbnail(item, SIDE), items)

    def baseline() -> None:
        for item in items:
            plain(item)

    def sheets() -> None:
        for start in range(0, N, SHEET_CELLS):
            sheet(items[start : start + SHEET_CELLS])

    times = alternate(lambda: seconds(ours), lambda: seconds(baseline), rounds=ROUNDS)
    return Measured(*times, f"median of {ROUNDS}"), Measured(seconds(sheets), times[1], "1")
