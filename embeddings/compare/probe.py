"""A linear probe: can a straight cut through the space tell the labels apart, and how much of that is memory?"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.compare.labels import LabelAccuracy, label_accuracy
from embeddings.errors import EmbeddingError
from embeddings.intervals import Interval, wilson
from embeddings.labelled import labelled
from embeddings.ranks import Progress
from embeddings.space import Space, Vectors
from embeddings.units import scaled

FOLDS = 5
VOTERS = 10
MOST_ITEMS = 5_000
Folds = Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]


class Probe(NamedTuple):
    """What a linear classifier reads off the vectors, beside a control that can only memorise.

    Attributes:
        accuracy: share of held-out items that get their label, with its 95 % Wilson interval; larger is better.
        control: the same share for a control task: every distinct item gets a random label, drawn as often as the true
            ones occur (Hewitt & Liang 2019). Where items do not repeat it lies at chance.
        selectivity: accuracy − control; larger says more about the vectors and less about the probe.
        memorised: share of the random labels that the probe gets right on the items it was fitted on: near 1, it could
            have fitted anything, so only held-out items count.
        most_frequent: the share that always naming the most frequent label would get right.
        names: the labels that were used.
        items: how many items were used: all labelled ones, or a random sample of 5,000.
        left_out: labelled items whose label stands on fewer than 5 items.
        right: bool of shape (items,): which of them get their label when held out.
    """

    accuracy: Interval
    control: Interval
    selectivity: float
    memorised: float
    most_frequent: float
    names: tuple[str, ...]
    items: int
    left_out: int
    right: NDArray[np.bool_]


class LabelsRead(NamedTuple):
    """How well labels can be read off a space; None with the reason where they cannot.

    Attributes:
        nearest: by the nearest neighbours.
        probe: by a straight cut.
        why_not: a sentence; empty where both were measured.
    """

    nearest: LabelAccuracy | None
    probe: Probe | None
    why_not: str


def read_labels(space: Space, labels: Sequence[Any], *, on_progress: Progress | None = None) -> LabelsRead:
    """Read labels off the vectors in both ways, each where it can; see `label_accuracy` and `linear_probe`."""
    known = sum(label is not None for label in labels)
    try:
        nearest = label_accuracy(space, labels, k=max(1, min(VOTERS, known - 1)))
    except EmbeddingError as error:
        return LabelsRead(None, None, str(error))
    try:
        return LabelsRead(nearest, linear_probe(space, labels, on_progress=on_progress), "")
    except EmbeddingError as error:
        return LabelsRead(nearest, None, str(error))


def linear_probe(space: Space, labels: Sequence[Any], *, seed: int = 0, on_progress: Progress | None = None) -> Probe:
    """Fit logistic regressions in 5 stratified folds, vectors centred and scaled to a mean variance of 1 a dimension.

    Args:
        space: the items.
        labels: one for each, see `label_texts`; those on fewer than 5 items are left out.
        seed: of sample, folds and random labels.
        on_progress: called with (done, total) fits; raise `Cancelled` in it to stop.

    Raises:
        EmbeddingError: fewer than 2 labels stand on at least 5 items each.
        ValueError: there are not as many labels as items.
    """
    from sklearn.model_selection import StratifiedKFold

    rng = np.random.default_rng(seed)
    known = labelled(labels, len(space), at_least=FOLDS)
    rows, codes = known.rows, known.codes
    if len(rows) > MOST_ITEMS:
        rows, codes = _sampled(rows, codes, rng)
    vectors = scaled(space.vectors[rows])
    random = _random_labels(space, rows, codes, rng)
    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(vectors, codes))
    step = _Step(on_progress)
    right, _ = _fitted(vectors, codes, folds, step)
    control, memorised = _fitted(vectors, random, folds, step)
    accuracy, chance = (wilson(int(each.sum()), len(rows)) for each in (right, control))
    return Probe(
        accuracy,
        chance,
        accuracy.share - chance.share,
        memorised,
        float(np.bincount(codes).max() / len(codes)),
        known.names,
        len(rows),
        known.rare,
        right,
    )


class _Step:
    def __init__(self, on_progress: Progress | None) -> None:
        self._report, self._done = on_progress, 0

    def __call__(self) -> None:
        self._done += 1
        if self._report is not None:
            self._report(self._done, 2 * FOLDS)


def _sampled(
    rows: NDArray[np.int64], codes: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A random sample that keeps the first 5 items of every label, so that each fold has one."""
    places = rng.permutation(len(rows))
    turn = np.empty(len(rows), dtype=np.int64)
    order = places[np.argsort(codes[places], kind="stable")]
    starts = np.r_[0, np.cumsum(np.bincount(codes))[:-1]]
    turn[order] = np.arange(len(rows)) - starts[codes[order]]
    chosen = np.sort(places[np.argsort(turn[places] >= FOLDS, kind="stable")][:MOST_ITEMS])
    return rows[chosen], codes[chosen]


def _random_labels(
    space: Space, rows: NDArray[np.int64], codes: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """One label for each distinct item, drawn from the distribution of the true ones."""
    first = {space.collection.items[row]: place for place, row in reversed(list(enumerate(rows.tolist())))}
    of = np.array([first[space.collection.items[row]] for row in rows.tolist()])
    return np.asarray(rng.permutation(codes)[of])


def _fitted(vectors: Vectors, codes: NDArray[np.int64], folds: Folds, step: _Step) -> tuple[NDArray[np.bool_], float]:
    """Which items are named rightly when held out, and the share of fitted items named rightly."""
    right, fitted = np.zeros(len(codes), dtype=bool), []
    for train, test in folds:
        predicted = _predicted(vectors, train, codes[train])
        right[test] = predicted[test] == codes[test]
        fitted.append(float((predicted[train] == codes[train]).mean()))
        step()
    return right, float(np.mean(fitted))


def _predicted(vectors: Vectors, train: NDArray[np.int64], codes: NDArray[np.int64]) -> NDArray[np.int64]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    if (codes == codes[0]).all():
        return np.full(len(vectors), codes[0])
    mean, spread = vectors[train].mean(axis=0), np.sqrt(vectors[train].var(axis=0).mean())
    scaled = (vectors - mean) / (spread if spread > 0 else 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = LogisticRegression(max_iter=200, tol=1e-3).fit(scaled[train], codes)
    return np.asarray(model.predict(scaled))
