"""The modality gap: how far the pictures of a joint space lie from its texts, and moving them together."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from embeddings.errors import EmbeddingError
from embeddings.joint import picture_rows, text_rows
from embeddings.pairs import Pairs, cross_pairs, some_pairs
from embeddings.projections.base import LinearMap
from embeddings.space import Space, Vectors
from embeddings.units import unit

CLOSED = "gap closed"


class ModalityGap(NamedTuple):
    """How far the pictures of a joint space lie from its texts (Liang et al. 2022).

    Attributes:
        vector: mean of the pictures' unit vectors minus mean of the texts', shape (d,).
        size: its Euclidean length; 0 to 2.
        by_chance: the size to expect (root mean square) if the kinds were dealt out at random among the same vectors.
        told_apart: share of items nearer to the mean of their own kind than to the other's, the item itself left out
            of its mean, averaged over the two kinds; chance is ½, and less in a space whose gap was closed by means of
            the same items.
        variance: share of the variance of all unit vectors that lies along the gap, 0 to 1.
        within_pictures: cosines of pairs of different pictures.
        within_texts: cosines of pairs of different texts.
        across: cosines of a picture and a text, taken at random.
        pairs: cosines of pictures and the texts they are paired with; empty where no pairs were given.
    """

    vector: Vectors
    size: float
    by_chance: float
    told_apart: float
    variance: float
    within_pictures: Vectors
    within_texts: Vectors
    across: Vectors
    pairs: Vectors


def modality_gap(space: Space, pairs: ArrayLike | None = None, *, sample: int = 20_000, seed: int = 0) -> ModalityGap:
    """The gap between the pictures and the texts of a joint space, on vectors scaled to length 1.

    Cosines are those of all pairs where there are at most `sample`, else of `sample` random ones.

    Raises:
        EmbeddingError: there are fewer than 2 pictures or 2 texts.
    """
    pictures, texts = _both_kinds(space, at_least=2)
    gap = pictures.mean(axis=0) - texts.mean(axis=0)
    told = (_nearer_own(pictures, texts.mean(axis=0)) + _nearer_own(texts, pictures.mean(axis=0))) / 2
    everything = np.vstack([pictures, texts])
    centred = everything - everything.mean(axis=0)
    total = float(np.square(centred).sum())
    size = float(np.linalg.norm(gap))
    along = float(np.square(centred @ (gap / size)).sum()) if size > 0 else 0.0
    matched = np.empty((0, 2), np.intp) if pairs is None else np.asarray(pairs, dtype=np.intp)
    return ModalityGap(
        gap,
        size,
        float(np.sqrt(total / (len(everything) - 1) * (1 / len(pictures) + 1 / len(texts)))),
        told,
        along / total if total > 0 else 0.0,
        _cosines(pictures, pictures, some_pairs(len(pictures), sample, seed=seed)),
        _cosines(texts, texts, some_pairs(len(texts), sample, seed=seed)),
        _cosines(pictures, texts, cross_pairs(len(pictures), len(texts), sample, seed=seed)),
        np.einsum("ij,ij->i", unit(space.vectors[matched[:, 0]]), unit(space.vectors[matched[:, 1]])),
    )


def close_gap(space: Space, share: float) -> Space:
    """The space with its two kinds moved towards each other: a changed space, named as such in `params`.

    As Liang et al. 2022 do it: of unit vectors, pictures lose and texts gain ½ · share · gap; all are then scaled to
    length 1 again. At share 1 the two means coincide before that scaling; a small gap may be left after it. At share 0
    the space comes back as it is.

    Raises:
        EmbeddingError: one of the kinds is missing.
        ValueError: the share is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must lie between 0 and 1, got {share}")
    pictures, texts = _both_kinds(space)
    if share == 0:
        return space
    half = 0.5 * share * (pictures.mean(axis=0) - texts.mean(axis=0))
    moved = np.empty_like(space.vectors)
    moved[picture_rows(space.collection)] = unit(pictures - half)
    moved[text_rows(space.collection)] = unit(texts + half)
    params = MappingProxyType({**space.params, CLOSED: share})
    digest = hashlib.blake2b(f"{space.fingerprint}|{CLOSED}|{share!r}".encode(), digest_size=16).hexdigest()
    return Space(space.collection, moved, space.encoder, params, digest)


def gap_view(space: Space) -> LinearMap:
    """The view from the side: across, the direction of the gap; upwards, where the items differ most besides.

    The second axis is the first principal component of the unit vectors after what lies along the gap is taken away.
    Places of unit vectors are exact shadows; explained shares are of the variance of all unit vectors.

    Raises:
        EmbeddingError: one of the kinds is missing, or the two means coincide and there is no direction.
    """
    pictures, texts = _both_kinds(space)
    gap = (pictures.mean(axis=0) - texts.mean(axis=0)).astype(np.float64)
    size = np.linalg.norm(gap)
    if size < 1e-6:
        raise EmbeddingError("The means of pictures and texts coincide here, so there is no gap to look along.")
    across = gap / size
    middle = ((pictures.mean(axis=0) + texts.mean(axis=0)) / 2).astype(np.float64)
    everything = np.vstack([pictures, texts])
    centred = (everything - everything.mean(axis=0)).astype(np.float64)
    rest = centred - np.outer(centred @ across, across)
    upwards = np.linalg.eigh(rest.T @ rest)[1][:, -1]
    upwards *= np.sign(upwards[np.abs(upwards).argmax()])
    axes = np.array([across, upwards])
    explained = np.square(centred @ axes.T).sum(axis=0) / max(float(np.square(centred).sum()), 1e-12)
    return LinearMap(middle.astype(np.float32), axes.astype(np.float32), explained.astype(np.float32))


def _both_kinds(space: Space, *, at_least: int = 1) -> tuple[Vectors, Vectors]:
    """Unit vectors of the pictures and of the texts."""
    pictures, texts = picture_rows(space.collection), text_rows(space.collection)
    if min(len(pictures), len(texts)) < at_least:
        raise EmbeddingError(
            f"The gap between pictures and texts needs at least {at_least} of each; "
            f"here are {len(pictures):,} pictures and {len(texts):,} texts."
        )
    return unit(space.vectors[pictures]), unit(space.vectors[texts])


def _nearer_own(own: Vectors, other_mean: Vectors) -> float:
    """Share of vectors nearer to the mean of the rest of their kind than to another mean; a tie counts half."""
    rest = (own.sum(axis=0) - own) / (len(own) - 1)
    to_own = np.linalg.norm(own - rest, axis=1)
    to_other = np.linalg.norm(own - other_mean, axis=1)
    return float(np.mean(to_own < to_other) + np.mean(to_own == to_other) / 2)


def _cosines(left: Vectors, right: Vectors, places: Pairs) -> Vectors:
    return np.asarray(np.einsum("ij,ij->i", left[places[0]], right[places[1]]))
