"""Two encoders on one collection: where they agree in their original spaces, and which items move most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.compare.cka import cka
from embeddings.compare.lists import ListAgreement, list_agreement
from embeddings.compare.sides import Sample, Side, check_spaces, sample, side
from embeddings.ranks import Points, Progress, Rows, check_k, told_rows
from embeddings.space import Space

K = 10
DRAWS = 99


class Agreement(NamedTuple):
    """One measure, beside what it comes to when the items of one space are shuffled; larger is more alike.

    Attributes:
        value: as measured.
        null: float64 of shape (draws,): the measure after each shuffle.
        p_value: (1 + shuffles with at least this value) / (1 + draws), never 0; not a number where the value is not.
    """

    value: float
    null: NDArray[np.float64]
    p_value: float

    @property
    def by_chance(self) -> float:
        """Mean of the shuffles."""
        return float(self.null.mean())


@dataclass(frozen=True, eq=False)
class Comparison:
    """How far two encoders agree on one collection, neighbours and similarities being those of the original spaces.

    Beyond 20,000 items neighbours are compared for a random sample of as many, each among all. What is no nearer than
    all the rest is no neighbour, and items without any do not count. Else equally near neighbours stand by row in both
    spaces, so equal spaces agree wholly; `tied` says how often the row decided who is in a list.

    Attributes:
        k, metric: which neighbours were compared.
        overlap: mean share of shared neighbours.
        jaccard: mean of shared neighbours over all in either list.
        rbo: mean rank-biased overlap, p = .9 (Webber, Moffat & Zobel 2010).
        cka: linear CKA of the vectors as they are (Kornblith et al. 2019), over at most 5,000 items; with few items for
            the dimension it is near 1 whatever the encoders: look at its null, or at the next.
        cka_debiased: with unbiased estimates (Song et al. 2012); about 0 for unrelated spaces.
        rsa: Spearman's correlation of the similarities of all pairs of at most 500 items (Kriegeskorte, Mur &
            Bandettini 2008), shuffled as by Mantel (1967).
        item_overlap: float32 of shape (n,); not a number for items left out of the sample and for
            those that have no neighbours in one of the spaces.
        item_jaccard, item_rbo: the same.
        moved: rows from the one that changed most: smallest overlap first, of equal ones the smallest item_rbo.
        tied: for each space the share of items whose k-th neighbour is exactly as near as the next.
        identical: whether the vectors are the same.
    """

    k: int
    metric: str
    overlap: Agreement
    jaccard: Agreement
    rbo: Agreement
    cka: Agreement
    cka_debiased: Agreement
    rsa: Agreement
    item_overlap: NDArray[np.float32]
    item_jaccard: NDArray[np.float32]
    item_rbo: NDArray[np.float32]
    moved: Rows
    tied: tuple[float, float]
    identical: bool


class BothNeighbours(NamedTuple):
    """The neighbours of one item in both spaces, nearest first.

    Attributes:
        a, b: int32, at most k; fewer where the rest is equally far, none where everything is.
        shared: those in both, in the order of `a`.
    """

    a: Rows
    b: Rows
    shared: Rows


def compare(
    space_a: Space,
    space_b: Space,
    *,
    k: int = K,
    metric: str = "cosine",
    seed: int = 0,
    on_progress: Progress | None = None,
) -> Comparison:
    """Compare two encoders on the items that both have seen, each measure against 99 shuffles of one space.

    Args:
        space_a: at least 4 items.
        space_b: the same items in the same order; the dimension may differ.
        k: how many neighbours count, at most n − 2.
        metric: of neighbours and similarities, in both spaces.
        seed: of samples and shuffles.
        on_progress: called with (done, total); raise `Cancelled` in it to stop.

    Raises:
        EmbeddingError: the items differ or are fewer than 4, all vectors of a space are equal, or k is too large.
    """
    check_spaces((space_a, space_b), k)
    chosen = sample(len(space_a), seed=seed)
    m = len(chosen.rows)
    sides = tuple(
        side(space, chosen, k=k, metric=metric, on_progress=_from(on_progress, number * m, 3 * m))
        for number, space in enumerate((space_a, space_b))
    )
    measured, lists = _measures(sides[0], sides[1])
    null = np.empty((DRAWS, len(measured)))
    rng = np.random.default_rng(seed)
    for draw in range(DRAWS):
        null[draw], _ = _measures(sides[0], _shuffled(sides[1], chosen, rng))
        if on_progress is not None:
            on_progress(2 * m + m * (draw + 1) // DRAWS, 3 * m)
    overlap, jaccard, rbo, plain, debiased, rsa = (
        _agreement(value, shuffled) for value, shuffled in zip(measured, null.T, strict=True)
    )
    return Comparison(
        k=k,
        metric=metric,
        overlap=overlap,
        jaccard=jaccard,
        rbo=rbo,
        cka=plain,
        cka_debiased=debiased,
        rsa=rsa,
        item_overlap=_spread(lists.overlap, chosen),
        item_jaccard=_spread(lists.jaccard, chosen),
        item_rbo=_spread(lists.rbo, chosen),
        moved=chosen.rows[np.lexsort((chosen.rows, lists.rbo, lists.overlap))].astype(np.int32),
        tied=(sides[0].tied, sides[1].tied),
        identical=np.array_equal(space_a.vectors, space_b.vectors),
    )


def both_neighbours(space_a: Space, space_b: Space, row: int, *, k: int = K, metric: str = "cosine") -> BothNeighbours:
    """The neighbours of one item in both spaces, quick enough for a click.

    Raises:
        EmbeddingError: there are not more than k items, or there is no such metric.
    """
    check_k(k, len(space_a), most=len(space_a) - 1)
    at = np.array([row])
    found = [told_rows(Points(space.vectors, metric).among(at), k)[0] for space in (space_a, space_b)]
    a, b = (rows[rows >= 0] for rows in found)
    return BothNeighbours(a, b, a[np.isin(a, b)])


def _measures(one: Side, other: Side) -> tuple[tuple[float, ...], ListAgreement]:
    """Overlap, Jaccard, rank-biased overlap, CKA, debiased CKA and RSA, and the first three of each item."""
    lists = list_agreement(one.lists, other.lists)
    aligned = cka(one.kernels, other.kernels)
    correlation = float((one.similarities * other.similarities).sum()) / 2
    return (*lists.means, *aligned, correlation), lists


def _shuffled(given: Side, chosen: Sample, rng: np.random.Generator) -> Side:
    """The space with its vectors dealt out anew: those of the sample among themselves, and the others too."""
    order = rng.permutation(len(chosen.rows))
    dealt = np.arange(chosen.n)
    dealt[chosen.rows] = chosen.rows[order]
    rest = np.setdiff1d(dealt, chosen.rows, assume_unique=True)
    dealt[rest] = rng.permutation(rest)
    now_at = np.empty(chosen.n, dtype=np.int32)
    now_at[dealt] = np.arange(chosen.n, dtype=np.int32)
    vectors = rng.permutation(len(chosen.cka))
    similar = rng.permutation(len(chosen.rsa))
    return Side(
        np.where(given.lists[order] >= 0, now_at[given.lists[order]], np.int32(-1)),
        given.tied,
        given.kernels._replace(vectors=given.kernels.vectors[vectors], squares=given.kernels.squares[vectors]),
        given.similarities[np.ix_(similar, similar)],
    )


def _agreement(value: float, null: NDArray[np.float64]) -> Agreement:
    if np.isnan(value):
        return Agreement(value, null, float("nan"))
    # A shuffle that lays equal items on each other gives the same value up to rounding.
    return Agreement(value, null, float((1 + (null >= value - 1e-12).sum()) / (1 + len(null))))


def _spread(values: NDArray[np.float64], chosen: Sample) -> NDArray[np.float32]:
    spread = np.full(chosen.n, np.nan, dtype=np.float32)
    spread[chosen.rows] = values
    return spread


def _from(on_progress: Progress | None, start: int, total: int) -> Progress | None:
    return None if on_progress is None else lambda done, _: on_progress(start + done, total)
