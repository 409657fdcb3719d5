"""From an array and its labels to a space, with the checks that all ready-made vectors pass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading.items import check_items, check_size, duplicates_note
from embeddings.reading.source import Request
from embeddings.reading.wording import listed, several
from embeddings.space import GIVEN, Space


def to_space(
    request: Request,
    vectors: NDArray[np.generic],
    items: Sequence[str | None] | None,
    *,
    metadata: pa.Table | None = None,
    notes: Sequence[str] = (),
) -> Space:
    """A space of n ready-made vectors; without items they are called item 1, item 2, ….

    Raises:
        ReadError: a value is not finite, or the number of items is not n.
    """
    name = request.file.name
    check_size(len(vectors), vectors.shape[1], name, request.limits)
    if items is not None and len(items) != len(vectors):
        raise ReadError(f"“{name}” holds {several(len(vectors), 'vector')} but {several(len(items), 'label')}.")
    texts, naming = _named(items, len(vectors))
    check_items(texts, name, request.limits, lambda row: f"label {row + 1:,}")
    small, rounding = _float32(vectors, texts, name)
    found = (*notes, *naming, *rounding, *_zeros_note(small, texts), *duplicates_note(texts))
    collection = Collection.from_texts(texts, name=request.file.stem, metadata=metadata, notes=found)
    return Space(collection, small, GIVEN)


def _named(items: Sequence[str | None] | None, n: int) -> tuple[list[str], tuple[str, ...]]:
    if items is None:
        note = "There are no labels, so the vectors are called item 1, item 2, …"
        return [f"item {row}" for row in range(1, n + 1)], (note,)
    texts = [item if item and not item.isspace() else f"item {row}" for row, item in enumerate(items, 1)]
    nameless = sum(text != item for text, item in zip(texts, items, strict=True))
    note = f"{several(nameless, 'vector')} without a label {'is' if nameless == 1 else 'are'} called by row number."
    return texts, (note,) if nameless else ()


def _float32(
    vectors: NDArray[np.generic], texts: Sequence[str], name: str
) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    with np.errstate(over="ignore"):
        small = np.ascontiguousarray(vectors, dtype=np.float32)
    finite = np.isfinite(small).all(axis=1)
    if not finite.all():
        bad = np.flatnonzero(~finite)
        others = f" (and {several(len(bad) - 1, 'other row')})" if len(bad) > 1 else ""
        raise ReadError(
            f"Row {bad[0] + 1:,} of “{name}”, “{texts[bad[0]][:40]}”{others}, holds NaN, infinity, or a number beyond "
            "the range of float32; vectors must be finite."
        )
    if vectors.dtype != small.dtype and not np.array_equal(small, vectors):
        return small, (f"The values are {vectors.dtype} in the file and were rounded to float32.",)
    return small, ()


def _zeros_note(vectors: NDArray[np.float32], texts: Sequence[str]) -> tuple[str, ...]:
    rows = np.flatnonzero(~vectors.any(axis=1)).tolist()
    if not rows:
        return ()
    named = listed([f"“{texts[row][:40]}”" for row in rows])
    count = several(len(rows), "vector is", "vectors are")
    return (f"{count} all zeros and kept ({named}); its similarity to anything is 0.",)
