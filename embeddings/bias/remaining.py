"""Whether bias is gone after debiasing, or only hidden: what can still be told from the vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC

from embeddings.bias.debiased import BeforeAfter
from embeddings.bias.direction import BiasDirection
from embeddings.bias.effect import Floats
from embeddings.bias.nullspace import most_biased
from embeddings.bias.steps import Progress
from embeddings.errors import EmbeddingError
from embeddings.intervals import Interval, wilson
from embeddings.space import Space, Vectors
from embeddings.units import unit64

COUNT = 500
FEWEST = 20
NEIGHBOURS = 100
MOST_QUERIES = 2_000
TRAINED_ON = 0.2
_STEPS = 6
Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Remaining:
    """What the original bias of words can still be told by, after debiasing.

    Attributes:
        first: rows of the words most biased to one side in the original space.
        second: rows of those most biased to the other.
        clusters: share of these words that two K-means clusters put on their side, .5 to 1; not robust.
        classifier: share of held-out words that a support vector machine (RBF kernel) puts on their side; chance is .5.
        neighbours: Pearson correlation of a word's original bias with the share of its 100 nearest neighbours that lay
            on the first side of the median originally; −1 to 1, 0 is none.
        trained: how many words the classifier learnt from; the others of both lists test it.
        queries: how many words the correlation is over.
    """

    first: Rows
    second: Rows
    clusters: BeforeAfter[float]
    classifier: BeforeAfter[Interval]
    neighbours: BeforeAfter[float]
    trained: int
    queries: int

    @property
    def still_told(self) -> float:
        """Share of held-out words whose side the classifier tells after debiasing."""
        return self.classifier.after.share


def what_remains(
    space: Space,
    after: Space,
    direction: BiasDirection,
    *,
    count: int | None = None,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> Remaining:
    """The check of Gonen & Goldberg (2019): a bias that is hidden from its direction is still in the neighbourhoods.

    The most biased words are those furthest along the direction in the original space, the pairs' own words left out.
    The classifier learns from a fifth of them (gamma "scale"), the same words before and after.

    Args:
        space: the original.
        after: the same items, debiased.
        direction: from `bias_direction` in the original space.
        count: of most biased words a side; by default 500, or a quarter of the items where these are fewer.
        seed: of the clusters, the division of the words and the sample of at most 2,000 words for the correlation.
        on_progress: called with (done, total).

    Raises:
        EmbeddingError: fewer than 20 words a side.
        ValueError: the two spaces are not of the same items.
    """
    if len(space) != len(after):
        raise ValueError(f"both spaces must hold the same items, got {len(space)} and {len(after)}")
    count = min(COUNT, len(space) // 4) if count is None else count
    if count < FEWEST:
        raise EmbeddingError(f"This check needs at least {FEWEST} words a side, got {count}: use a larger collection.")
    first, second = (np.array(rows, dtype=np.intp) for rows in most_biased(space, direction, count))
    rows = np.concatenate([first, second])
    labels = np.repeat([0, 1], count)
    train, test = train_test_split(np.arange(2 * count), train_size=TRAINED_ON, stratify=labels, random_state=seed)
    rng = np.random.default_rng(seed)
    queries = np.sort(rng.choice(len(space), size=min(MOST_QUERIES, len(space)), replace=False))
    found: list[tuple[float, Interval, float]] = []
    for place, each in enumerate((space, after)):
        units = unit64(each.vectors)
        grouped, told = _clusters(units[rows], labels, seed), _classified(units[rows], labels, train, test)
        _tell(on_progress, 3 * place + 2)
        correlation = _neighbour_correlation(units.astype(np.float32), direction.along, queries)
        _tell(on_progress, 3 * place + 3)
        found.append((grouped, told, correlation))
    clusters, classifier, neighbours = (BeforeAfter(*pair) for pair in zip(*found, strict=True))
    return Remaining(first, second, clusters, classifier, neighbours, len(train), len(queries))


def _tell(on_progress: Progress | None, done: int) -> None:
    if on_progress is not None:
        on_progress(done, _STEPS)


def _clusters(vectors: Floats, labels: NDArray[np.int64], seed: int) -> float:
    assigned = KMeans(2, n_init=10, random_state=seed).fit_predict(vectors)
    right = float((assigned == labels).mean())
    return max(right, 1 - right)


def _classified(vectors: Floats, labels: NDArray[np.int64], train: Rows, test: Rows) -> Interval:
    machine = SVC(gamma="scale").fit(vectors[train], labels[train])
    return wilson(int((machine.predict(vectors[test]) == labels[test]).sum()), len(test))


def _neighbour_correlation(units: Vectors, bias: Vectors, queries: Rows) -> float:
    k = min(NEIGHBOURS, len(units) // 2)
    on_first_side = bias > np.median(bias)
    shares = np.empty(len(queries))
    for start in range(0, len(queries), 256):
        block = queries[start : start + 256]
        cosines = units[block] @ units.T
        cosines[np.arange(len(block)), block] = -np.inf
        nearest = np.argpartition(-cosines, k, axis=1)[:, :k]
        shares[start : start + 256] = on_first_side[nearest].mean(axis=1)
    if shares.std() == 0 or bias[queries].std() == 0:
        return 0.0
    return float(np.corrcoef(shares, bias[queries])[0, 1])
