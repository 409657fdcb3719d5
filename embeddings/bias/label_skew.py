"""Whether groups are named differently: how often each label is given in each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from embeddings.bias.effect import Floats
from embeddings.bias.groups import group_codes
from embeddings.bias.ranking import Codes
from embeddings.bias.steps import Progress, blocks
from embeddings.intervals import Interval, wilson
from embeddings.multiple_tests import holm

DRAWS = 2_000
_BLOCK = 50
_TIE = 1e-12
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LabelSkew:
    """Label rates of g groups and L labels.

    Attributes:
        groups: most frequent first.
        labels: in the order given.
        counts: how many of each group got each label, shape (g, L).
        rates: the same as shares of the group with their 95 % Wilson intervals, g rows of L.
        spread: highest minus lowest rate of each label, 0 to 1, shape (L,); 0 is even.
        max_spread: the largest of these.
        p_values: how often dealing the groups out anew gives a label at least this spread, (hits + 1) / (draws + 1),
            Holm-corrected over the labels.
        unlabelled: items left out because they belong to no group.
    """

    groups: tuple[str, ...]
    labels: tuple[str, ...]
    counts: Counts
    rates: tuple[tuple[Interval, ...], ...]
    spread: Floats
    max_spread: float
    p_values: Floats
    unlabelled: int

    @property
    def order(self) -> list[int]:
        """The places of the labels, the largest spread first."""
        order: list[int] = np.argsort(-self.spread, kind="stable").tolist()
        return order


def label_skew(
    predicted: ArrayLike,
    groups: Sequence[object],
    labels: Sequence[str],
    *,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> LabelSkew:
    """Compare how often groups get labels, such as those of `zero_shot`.

    Args:
        predicted: place among the labels of each item's label, shape (n,), as in `ZeroShot.predicted`.
        groups: one value for each item; None or empty where there is none.
        labels: their names.
        draws: how often groups are dealt out anew.
        seed: of the draws.
        on_progress: called with (done, total).

    Raises:
        EmbeddingError: fewer than 2 or more than 50 groups.
        ValueError: the shapes differ, or a prediction is no place among the labels.
    """
    places = np.asarray(predicted)
    if places.ndim != 1 or (places < 0).any() or (places >= len(labels)).any():
        raise ValueError(f"predicted must be places among {len(labels)} labels, got shape {places.shape}")
    found = group_codes(groups, len(places))
    known = found.codes >= 0
    codes, chosen = found.codes[known], places[known].astype(np.intp)
    counts = _counts(codes, chosen, len(found.names), len(labels))
    sizes = counts.sum(axis=1)
    spread = _spread(counts)
    hits = np.zeros(len(labels), dtype=np.int64)
    rng = np.random.default_rng(seed)
    for block in blocks(draws, _BLOCK, on_progress):
        for _ in range(block):
            dealt = _counts(rng.permutation(codes), chosen, len(found.names), len(labels))
            hits += _spread(dealt) >= spread - _TIE
    rates = tuple(
        tuple(wilson(int(count), int(size)) for count in row) for row, size in zip(counts, sizes, strict=True)
    )
    p_values = holm((hits + 1) / (draws + 1))
    return LabelSkew(found.names, tuple(labels), counts, rates, spread, float(spread.max()), p_values, found.unlabelled)


def rates_table(found: LabelSkew) -> pa.Table:
    """Every group with every label, for a file."""
    sizes = found.counts.sum(axis=1)
    return pa.Table.from_pylist(
        [
            {
                "group": found.groups[group],
                "name": found.labels[label],
                "items of the group": int(sizes[group]),
                "named so": int(found.counts[group, label]),
                "rate": rate.share,
                "low": rate.low,
                "high": rate.high,
                "p of the name": float(found.p_values[label]),
            }
            for group, rates in enumerate(found.rates)
            for label, rate in enumerate(rates)
        ]
    )


def _counts(codes: Codes, chosen: Codes, groups: int, labels: int) -> Counts:
    return np.bincount(codes * labels + chosen, minlength=groups * labels).reshape(groups, labels)


def _spread(counts: Counts) -> Floats:
    rates = counts / counts.sum(axis=1, keepdims=True)
    return np.asarray(rates.max(axis=0) - rates.min(axis=0))
