"""What workers do for the comparison of encoders."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.collection import Item
from embeddings.compare import (
    AgreementTable,
    Comparison,
    LabelAccuracy,
    Probe,
    agreement_table,
    align_spaces,
    compare,
    label_accuracy,
    linear_probe,
)
from embeddings.compression import Setting, Smaller, compression_recall
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.geometry import Geometry, geometry
from embeddings.graph import KnnGraph
from embeddings.intervals import Interval
from embeddings.jobs import tasks
from embeddings.jobs.running import reporter
from embeddings.perturb import Movement, movement, perturb
from embeddings.space import Vectors

VOTERS = 10


class Turned(NamedTuple):
    """Whether one space is the other, turned.

    Attributes:
        found: share of items that the rotation was not fitted on whose own counterpart is the nearest.
        chance: the same for a guess.
    """

    found: Interval
    chance: float


class Labels(NamedTuple):
    """How well labels can be read off a space; None with the reason where they cannot.

    Attributes:
        nearest: by the nearest neighbours.
        probe: by a straight cut.
        why_not: a sentence; empty where both were measured.
    """

    nearest: LabelAccuracy | None
    probe: Probe | None
    why_not: str


def compare_kept(home: str, fingerprint: str, encoders: tuple[str, str], k: int, metric: str, topic: str) -> Comparison:
    """Two kept spaces of one collection compared."""
    one, other = (tasks.kept_space(home, fingerprint, encoder) for encoder in encoders)
    return compare(one, other, k=k, metric=metric, on_progress=reporter(topic))


def table_of_kept(
    home: str, fingerprint: str, encoders: Sequence[str], k: int, metric: str, topic: str
) -> AgreementTable:
    """Each two of several kept spaces compared."""
    spaces = [tasks.kept_space(home, fingerprint, encoder) for encoder in encoders]
    return agreement_table(spaces, k=k, metric=metric, on_progress=reporter(topic))


def turned_of_kept(home: str, fingerprint: str, encoders: tuple[str, str]) -> Turned:
    """One kept space turned to fit another."""
    found = align_spaces(*(tasks.kept_space(home, fingerprint, encoder) for encoder in encoders))
    return Turned(found.found, found.chance)


def geometry_of_kept(home: str, fingerprint: str, encoder: str, graph: KnnGraph) -> Geometry:
    """The card of a kept space."""
    return geometry(tasks.kept_space(home, fingerprint, encoder), graph)


def labels_of_kept(home: str, fingerprint: str, encoder: str, labels: Sequence[str | None], topic: str) -> Labels:
    """What neighbours and a linear probe read off a kept space."""
    space, report = tasks.kept_space(home, fingerprint, encoder), reporter(topic)
    known = sum(label is not None for label in labels)
    try:
        nearest = label_accuracy(space, labels, k=max(1, min(VOTERS, known - 1)))
    except EmbeddingError as error:
        return Labels(None, None, str(error))
    try:
        return Labels(nearest, linear_probe(space, labels, on_progress=report), "")
    except EmbeddingError as error:
        return Labels(nearest, None, str(error))


def speed(home: str, fingerprint: str, encoder: str, items: Sequence[Item]) -> float:
    """Items a second of a loaded encoder, measured once on this machine; the first item warms it up."""
    model = tasks.kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "")
    model.encode(items[:1])
    start = perf_counter()
    model.encode(items)
    return len(items) / max(perf_counter() - start, 1e-9)


def recall_of_kept(
    home: str, fingerprint: str, encoder: str, settings: Sequence[Setting] | None, k: int, topic: str
) -> tuple[Smaller, ...]:
    """What smaller vectors of a kept space cost."""
    return compression_recall(tasks.kept_space(home, fingerprint, encoder), settings, k=k, on_progress=reporter(topic))


def encode_changed(
    home: str, fingerprint: str, encoder: str, items: Sequence[Item], name: str
) -> tuple[Vectors, NDArray[np.bool_]]:
    """Vectors of changed items, and which of them the change altered."""
    changed = perturb(items, name)
    altered = np.array([new != old for new, old in zip(changed, items, strict=True)])
    return tasks.encode_query(home, fingerprint, encoder, changed), altered


def movement_of_kept(
    home: str, fingerprint: str, encoder: str, rows: NDArray[np.int64], moved: Vectors, k: int
) -> Movement:
    """How far changed items lie from their originals."""
    return movement(tasks.kept_space(home, fingerprint, encoder), rows, moved, k=k)
