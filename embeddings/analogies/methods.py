"""The ways to answer a sum of words, as functions of cosines alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EmbeddingError

Cosines = NDArray[np.float32]
Scores = NDArray[np.float32]
Weights = NDArray[np.float32]

EPSILON = 1e-6
# Below this a length is rounding: the square root of what float32 leaves of a difference of ones.
TINY = 1e-6


class Method(NamedTuple):
    """One way to score candidates; larger is better in all.

    Attributes:
        summary: one sentence in plain words.
        reference: author and year.
        analogies_only: whether it needs exactly b − a + c, the terms then in the order a, b, c.
        prepare: applied once to all cosines between terms and candidates.
        scores: (prepared, shape (t, …, n); weights, (t,); cosines among the terms, (t, t, …)) → shape (…, n).
    """

    summary: str
    reference: str
    analogies_only: bool
    prepare: Callable[[Cosines], Cosines]
    scores: Callable[[Cosines, Weights, Cosines], Scores]


def add(cosines: Cosines, weights: Weights, among: Cosines) -> Scores:
    """3CosAdd: the cosine between a candidate and the weighted sum of unit vectors, −1 to 1."""
    total = weights[0] * cosines[0]
    for weight, part in zip(weights[1:], cosines[1:], strict=True):
        total += part if weight == 1 else weight * part
    squared = np.einsum("i,j,ij...->...", weights, weights, among)
    length = np.sqrt(np.maximum(squared, 0))[..., None]
    return _divided(total, length)


def shift(cosines: Cosines) -> Cosines:
    """Cosines moved to 0 … 1; rounding may not make them negative."""
    shifted: Cosines = cosines + np.float32(1)
    shifted *= np.float32(0.5)
    return np.maximum(shifted, 0, out=shifted)


def multiply(shifted: Cosines, weights: Weights, among: Cosines) -> Scores:
    """3CosMul: product of the shifted cosines of what is added, over that of what is taken away plus 10⁻⁶.

    A weight is an exponent, so that 2*paris counts like paris + paris.
    """
    top: Scores = np.ones_like(shifted[0])
    bottom: Scores = np.ones_like(shifted[0])
    for weight, part in zip(weights, shifted, strict=True):
        side = top if weight > 0 else bottom
        side *= part if abs(weight) == 1 else part ** abs(weight)
    bottom += np.float32(EPSILON)
    top /= bottom
    return top


def pair_direction(cosines: Cosines, weights: Weights, among: Cosines) -> Scores:
    """PairDirection: the cosine between d − c and b − a, −1 to 1; 0 where either is zero.

    From cosines: (d·b − d·a − c·b + c·a) / (‖d − c‖ ‖b − a‖) with ‖x − y‖² = 2 − 2 x·y at length 1.
    """
    to_a, to_b, to_c = cosines
    top = to_b - to_a
    top -= (among[2, 1] - among[2, 0])[..., None]
    squared = (2 - 2 * to_c) * np.asarray(2 - 2 * among[0, 1])[..., None]
    return _divided(top, np.sqrt(np.maximum(squared, 0)))


def _divided(scores: Scores, lengths: NDArray[np.float32]) -> Scores:
    quotients: Scores = np.divide(scores, lengths, out=np.zeros_like(scores), where=lengths > TINY)
    return quotients


def _as_they_are(cosines: Cosines) -> Cosines:
    return cosines


METHODS: dict[str, Method] = {
    "3CosAdd": Method(
        "The item most similar to the sum: similarities to what is added minus those to what is taken away.",
        "Mikolov, Yih & Zweig 2013",
        False,
        _as_they_are,
        add,
    ),
    "3CosMul": Method(
        "The same with similarities multiplied and divided, so that one large similarity cannot decide alone.",
        "Levy & Goldberg 2014",
        False,
        shift,
        multiply,
    ),
    "PairDirection": Method(
        "The item that lies from c in the direction in which b lies from a, however far away.",
        "Mikolov, Yih & Zweig 2013; Levy & Goldberg 2014",
        True,
        _as_they_are,
        pair_direction,
    ),
}


def find_method(name: str) -> Method:
    """The method of a name.

    Raises:
        EmbeddingError: there is no such method.
    """
    if name not in METHODS:
        raise EmbeddingError(f"There is no method “{name}”; choose one of {', '.join(METHODS)}.")
    return METHODS[name]
