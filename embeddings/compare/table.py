"""Several encoders at once: how far each two agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.compare.cka import cka
from embeddings.compare.comparison import K
from embeddings.compare.lists import list_agreement
from embeddings.compare.sides import check_spaces, sample, side
from embeddings.errors import EmbeddingError
from embeddings.ranks import Progress
from embeddings.space import Space

Matrix = NDArray[np.float64]


class AgreementTable(NamedTuple):
    """How far each two of s spaces agree; symmetric matrices of shape (s, s) with 1 on the diagonal.

    Attributes:
        overlap: mean share of shared neighbours; by chance k / (n − 1).
        jaccard, rbo, cka, cka_debiased, rsa: as in `Comparison`.
    """

    overlap: Matrix
    jaccard: Matrix
    rbo: Matrix
    cka: Matrix
    cka_debiased: Matrix
    rsa: Matrix


def agreement_table(
    spaces: Sequence[Space],
    *,
    k: int = K,
    metric: str = "cosine",
    seed: int = 0,
    on_progress: Progress | None = None,
) -> AgreementTable:
    """Compare each two of several spaces of one collection, without shuffles.

    Raises:
        EmbeddingError: as `compare`, or there is one space only.
    """
    if len(spaces) < 2:
        raise EmbeddingError("A comparison needs at least 2 encoders.")
    check_spaces(spaces, k)
    chosen = sample(len(spaces[0]), seed=seed)
    sides = []
    for done, space in enumerate(spaces, 1):
        sides.append(side(space, chosen, k=k, metric=metric))
        if on_progress is not None:
            on_progress(done, len(spaces))
    found = np.ones((len(AgreementTable._fields), len(sides), len(sides)))
    for row, one in enumerate(sides):
        for column, other in enumerate(sides[:row]):
            lists = list_agreement(one.lists, other.lists)
            values = [*lists.means, *cka(one.kernels, other.kernels)]
            values.append((one.similarities * other.similarities).sum() / 2)
            found[:, row, column] = found[:, column, row] = values
    return AgreementTable(*found)
