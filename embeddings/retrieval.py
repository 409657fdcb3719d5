"""Do pictures find their texts, and texts their pictures? Recall at k, and what closing the gap does to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from embeddings.errors import EmbeddingError
from embeddings.gap import ModalityGap, close_gap, modality_gap
from embeddings.intervals import Interval, wilson
from embeddings.joint import Rows, picture_rows, text_rows
from embeddings.space import Space, Vectors
from embeddings.units import unit

K = (1, 5, 10)
SHARES = tuple(step / 10 for step in range(11))
BLOCK = 512


class Recall(NamedTuple):
    """How often a right answer is among the first k.

    Attributes:
        k: how many answers count, ascending.
        shares: for each k the share of queries with a right answer among the first k, with its 95 % interval (Wilson).
        chance: for each k the same share for answers in random order.
        queries: how many queries were asked.
        candidates: how many answers they choose from.
        before: int64 of shape (queries,): how many wrong answers come before the first right one.
    """

    k: tuple[int, ...]
    shares: tuple[Interval, ...]
    chance: tuple[float, ...]
    queries: int
    candidates: int
    before: NDArray[np.int64]


class Retrieval(NamedTuple):
    """Recall in both directions."""

    text_to_image: Recall
    image_to_text: Recall


class GapSweep(NamedTuple):
    """What closing the gap does.

    Attributes:
        shares: how far the gap was closed.
        gaps: the gap that is left, for each share.
        retrievals: recall for each share; empty where no pairs were given.
    """

    shares: tuple[float, ...]
    gaps: tuple[ModalityGap, ...]
    retrievals: tuple[Retrieval, ...]


def retrieval_recall(
    space: Space, pairs: ArrayLike, *, k: Sequence[int] = K, queries: int = 2_000, seed: int = 0
) -> Retrieval:
    """Recall at k by cosine, from texts to pictures and from pictures to texts.

    Equal texts are one: a text finds any picture paired with it, a picture any text equal to one of its own, and each
    distinct text is asked, and offered, once. Texts and pictures without a partner are offered but not asked. A wrong
    answer with the same score as a right one counts as before it. Of more than `queries` queries a random sample is
    asked.

    Args:
        space: a joint space.
        pairs: rows of a picture and of a text that belong together, shape (m, 2).
        k: how many answers count.
        queries: most queries asked in each direction.
        seed: of their choice.

    Raises:
        EmbeddingError: there are no pairs, or all pictures or all texts have one and the same vector.
        ValueError: a pair is not a picture and a text, or a k is not positive.
    """
    wanted = tuple(sorted(set(k)))
    if not wanted or wanted[0] < 1:
        raise ValueError(f"k must hold positive numbers, got {tuple(k)}")
    matched = _checked(space, pairs)
    pictures = picture_rows(space.collection)
    first, of_text = _distinct_texts(space)
    place = np.zeros(len(space), dtype=np.intp)
    place[pictures] = np.arange(len(pictures))
    answers = np.unique(np.column_stack([place[matched[:, 0]], of_text[matched[:, 1]]]), axis=0)
    images, texts = unit(space.vectors[pictures]), unit(space.vectors[first])
    _check_different(images, texts)
    rng = np.random.default_rng(seed)
    return Retrieval(
        _recall(texts, images, answers[:, ::-1], wanted, _Asked(queries, rng)),
        _recall(images, texts, answers, wanted, _Asked(queries, rng)),
    )


def gap_sweep(
    space: Space, pairs: ArrayLike | None = None, shares: Sequence[float] = SHARES, *, k: Sequence[int] = K
) -> GapSweep:
    """Gap and recall while the gap is closed step by step, see `close_gap`.

    Raises:
        EmbeddingError: as `modality_gap` and, where pairs are given, `retrieval_recall`.
    """
    moved = [close_gap(space, share) for share in shares]
    return GapSweep(
        tuple(shares),
        tuple(modality_gap(each, pairs) for each in moved),
        () if pairs is None else tuple(retrieval_recall(each, pairs, k=k) for each in moved),
    )


class _Asked(NamedTuple):
    most: int
    rng: np.random.Generator


def _recall(queries: Vectors, candidates: Vectors, answers: Rows, k: tuple[int, ...], asked: _Asked) -> Recall:
    """Recall of queries whose right candidates are given as rows (query, candidate)."""
    answers = answers[np.lexsort((answers[:, 1], answers[:, 0]))]
    rows, starts = np.unique(answers[:, 0], return_index=True)
    right = dict(zip(rows.tolist(), np.split(answers[:, 1], starts[1:]), strict=True))
    if len(rows) > asked.most:
        rows = np.sort(asked.rng.choice(rows, size=asked.most, replace=False))
    before = np.concatenate(
        [_before(queries, candidates, rows[start : start + BLOCK], right) for start in range(0, len(rows), BLOCK)]
    )
    many = np.array([len(right[row]) for row in rows.tolist()])
    return Recall(
        k,
        tuple(wilson(int((before < each).sum()), len(rows)) for each in k),
        tuple(_chance(many, len(candidates), each) for each in k),
        len(rows),
        len(candidates),
        before,
    )


def _before(queries: Vectors, candidates: Vectors, rows: Rows, right: dict[int, Rows]) -> NDArray[np.int64]:
    """For each query how many wrong candidates score at least as high as its best right one."""
    scores = queries[rows] @ candidates.T
    is_right = np.zeros(scores.shape, dtype=bool)
    for place, row in enumerate(rows.tolist()):
        is_right[place, right[row]] = True
    best = np.max(scores, axis=1, initial=-np.inf, where=is_right)
    return np.asarray(((scores >= best[:, None]) & ~is_right).sum(axis=1))


def _chance(right: NDArray[np.intp], candidates: int, k: int) -> float:
    """Mean probability that one of the right candidates is among the first k in random order."""
    missed = np.ones(len(right))
    for drawn in range(min(k, candidates)):
        missed *= np.maximum(0, candidates - right - drawn) / (candidates - drawn)
    return float(1 - missed.mean())


def _checked(space: Space, pairs: ArrayLike) -> Rows:
    matched = np.asarray(pairs, dtype=np.intp)
    if not matched.size:
        raise EmbeddingError("No picture is paired with a text here, so there is nothing to find.")
    if matched.ndim != 2 or matched.shape[1] != 2:
        raise ValueError(f"pairs must have shape (m, 2), got {matched.shape}")
    is_text = space.collection.items.texts
    if is_text[matched[:, 0]].any() or not is_text[matched[:, 1]].all():
        raise ValueError("pairs must hold the row of a picture first, then that of a text")
    return matched


def _distinct_texts(space: Space) -> tuple[Rows, Rows]:
    """Rows of the distinct texts, and for each row of the space the place of its text among them."""
    known: dict[object, int] = {}
    of_text = np.zeros(len(space), dtype=np.intp)
    first: list[int] = []
    for row in text_rows(space.collection).tolist():
        item = space.collection.items[row]
        if item not in known:
            known[item] = len(first)
            first.append(row)
        of_text[row] = known[item]
    return np.array(first, dtype=np.intp), of_text


def _check_different(images: Vectors, texts: Vectors) -> None:
    for what, vectors in (("picture", images), ("text", texts)):
        if len(vectors) > 1 and (vectors == vectors[0]).all():
            raise EmbeddingError(f"Every {what} has the same vector, so none of them can be found.")
