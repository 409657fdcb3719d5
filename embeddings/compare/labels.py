"""How well labels can be read off the nearest neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.intervals import Interval, wilson
from embeddings.labelled import labelled
from embeddings.ranks import Points, Progress, Rows, blocks, check_k, scored_rows, told_rows
from embeddings.space import Space


class LabelAccuracy(NamedTuple):
    """Leave one out: each item gets the label of most of its nearest neighbours.

    Attributes:
        accuracy: share of items that get their own label, with its 95 % Wilson interval, which takes items as
            independent; larger is better.
        most_frequent: the share that always naming the most frequent label would get right.
        predicted: int64 of shape (n,): place of the given label in `names`; −1 for items that were not asked or
            have no neighbours.
        names: the labels.
        asked: labelled items that were asked: all, or a random sample of 20,000.
        first: share of items whose single nearest neighbour has their label (retrieval at 1), with its interval.
        right: bool of shape (asked,): which of the asked items get their own label.
        first_right: the same for the single nearest neighbour.
    """

    accuracy: Interval
    most_frequent: float
    predicted: NDArray[np.int64]
    names: tuple[str, ...]
    asked: int
    first: Interval
    right: NDArray[np.bool_]
    first_right: NDArray[np.bool_]


def label_accuracy(
    space: Space,
    labels: Sequence[Any],
    *,
    k: int = 10,
    metric: str = "cosine",
    on_progress: Progress | None = None,
) -> LabelAccuracy:
    """Vote among the k nearest other labelled items (Cover & Hart 1967); equal votes go to the label of the nearest.

    Equal texts with equal labels make this easy: an item finds its own copy. What is no nearer than all the rest has no
    vote; an item without neighbours gets no label, which is wrong.

    Raises:
        EmbeddingError: fewer than 2 labels, or not more than k labelled items.
        ValueError: there are not as many labels as items.
    """
    rows, codes, names, _ = labelled(labels, len(space))
    check_k(k, len(rows), most=len(rows) - 1)
    asked = scored_rows(len(rows))
    points = Points(space.vectors[rows], metric)
    lists = [told_rows(points.among(part), k) for part in blocks(asked, len(rows), on_progress)]
    found = np.concatenate(lists)
    near = np.where(found >= 0, codes[found], -1)
    winners = _votes(near, len(names))
    predicted = np.full(len(space), -1, dtype=np.int64)
    predicted[rows[asked]] = winners
    right, first_right = winners == codes[asked], near[:, 0] == codes[asked]
    return LabelAccuracy(
        accuracy=wilson(int(right.sum()), len(asked)),
        most_frequent=float(np.bincount(codes).max() / len(codes)),
        predicted=predicted,
        names=names,
        asked=len(asked),
        first=wilson(int(first_right.sum()), len(asked)),
        right=right,
        first_right=first_right,
    )


def _votes(found: NDArray[np.int64], labels: int) -> NDArray[np.int64]:
    """The most frequent label of each row; of equally frequent ones the first in the row. −1 has no vote."""
    m, k = found.shape
    counts = np.zeros((m, labels + 1), dtype=np.int32)
    np.add.at(counts, (np.repeat(np.arange(m), k), found.reshape(-1)), 1)
    counts[:, -1] = 0
    votes: Rows = np.take_along_axis(counts, found, axis=1)
    return np.asarray(found[np.arange(m), votes.argmax(axis=1)])
