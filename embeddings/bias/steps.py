"""Long work in blocks, with a word to the caller after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Progress = Callable[[int, int], None]


def blocks(total: int, size: int, on_progress: Progress | None = None) -> Iterator[int]:
    """The sizes of consecutive blocks that make up the total; progress is told after each."""
    for done in range(0, total, size):
        block = min(size, total - done)
        yield block
        if on_progress is not None:
            on_progress(done + block, total)
