"""Do clusters agree with known labels, or with other clusters?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.clusters.base import NOISE, Clustering, Labels
from embeddings.errors import EmbeddingError
from embeddings.labelled import label_places

Table = NDArray[np.int64]
OTHER = "other labels"


class Agreement(NamedTuple):
    """How far clusters and known labels are the same groups.

    Noise counts as one more cluster here; without it the figures would praise a method for its silence.

    Attributes:
        ari: adjusted Rand index (Hubert & Arabie 1985): 1 the same, 0 as by chance, can be negative.
        ami: adjusted mutual information (Vinh, Epps & Bailey 2010): 1 the same, 0 as by chance.
        homogeneity: 1 where each cluster holds items of one label only (Rosenberg & Hirschberg 2007); rises with the
            number of clusters.
        completeness: 1 where the items of each label are all in one cluster.
        v_measure: harmonic mean of the two, 0 to 1; not adjusted for chance.
        ari_clustered: the adjusted Rand index of the items that are in a cluster alone; not a number where none is.
        names: the known labels, the most frequent first.
        confusion: counts of shape (labels, clusters), or one column more, the last, where there is noise.
        used: items with a known label; only these count.
        left_out: items without one.
    """

    ari: float
    ami: float
    homogeneity: float
    completeness: float
    v_measure: float
    ari_clustered: float
    names: tuple[str, ...]
    confusion: Table
    used: int
    left_out: int


class Overlap(NamedTuple):
    """How far two clusterings of the same items are the same groups; noise counts as one more cluster of each.

    Attributes:
        ari: adjusted Rand index: 1 the same, 0 as by chance.
        ami: adjusted mutual information: 1 the same, 0 as by chance.
        table: counts: cluster of the one by row, of the other by column; noise is last where there is any.
    """

    ari: float
    ami: float
    table: Table


def agreement(clustering: Clustering, known: Sequence[Any]) -> Agreement:
    """Hold clusters against a column of labels; None, not a number and blank texts are missing and left out.

    Raises:
        EmbeddingError: no label is known, or all known ones are one and the same, or each stands once.
        ValueError: there is not one label an item.
    """
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, homogeneity_completeness_v_measure

    if len(known) != len(clustering):
        raise ValueError(f"known must hold n = {len(clustering)} labels, got {len(known)}")
    names, truth = label_places(known)
    kept = truth != NOISE
    _check_telling(names, int(kept.sum()))
    true, labels = truth[kept], clustering.labels[kept]
    homogeneity, completeness, v_measure = homogeneity_completeness_v_measure(true, labels)
    clustered = labels != NOISE
    return Agreement(
        float(adjusted_rand_score(true, labels)),
        float(adjusted_mutual_info_score(true, labels)),
        float(homogeneity),
        float(completeness),
        float(v_measure),
        float(adjusted_rand_score(true[clustered], labels[clustered])) if clustered.any() else float("nan"),
        names,
        _crossed((true, len(names)), (labels, clustering.count), noise=clustering.noise > 0),
        int(kept.sum()),
        int((~kept).sum()),
    )


def overlap(one: Clustering, other: Clustering) -> Overlap:
    """Hold two clusterings of the same items against each other, such as of the space and of its map.

    Raises:
        ValueError: they have different numbers of items.
    """
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    if len(one) != len(other):
        raise ValueError(f"both must have labels of as many items, got {len(one)} and {len(other)}")
    rows = np.where(one.labels == NOISE, one.count, one.labels)
    return Overlap(
        float(adjusted_rand_score(one.labels, other.labels)),
        float(adjusted_mutual_info_score(one.labels, other.labels)),
        _crossed((rows, one.count + (one.noise > 0)), (other.labels, other.count), noise=other.noise > 0),
    )


def frequent_labels(found: Agreement, *, most: int = 30) -> tuple[tuple[str, ...], Table]:
    """Names and confusion of the most frequent labels; the rest are added up in one last row, named “other labels”.

    Five hundred labels are counted in every score, but no picture has room for them.
    """
    if len(found.names) <= most:
        return found.names, found.confusion
    rest = found.confusion[most - 1 :].sum(axis=0, keepdims=True)
    return (*found.names[: most - 1], OTHER), np.vstack([found.confusion[: most - 1], rest])


def _check_telling(names: tuple[str, ...], used: int) -> None:
    if not names:
        raise EmbeddingError("No item has a known label in this column, so there is nothing to compare with.")
    if len(names) == 1:
        raise EmbeddingError(f"All {used} known labels are “{names[0]}”: agreement with a single group says nothing.")
    if len(names) == used:
        raise EmbeddingError(f"Each of the {used} known labels stands once: a column of names is no grouping.")


def _crossed(rows: tuple[NDArray[np.integer], int], columns: tuple[Labels, int], *, noise: bool) -> Table:
    (places, height), (labels, count) = rows, columns
    table = np.zeros((height, count + noise), dtype=np.int64)
    np.add.at(table, (places, np.where(labels == NOISE, count, labels)), 1)
    return table
