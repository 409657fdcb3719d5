"""The effect size of an association test, from cosines: as it is, without each word, and over resampled words."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.bias.steps import blocks

Floats = NDArray[np.float64]
RESAMPLES = 2_000
CONFIDENCE = 0.95
_BLOCK = 250
_NORMAL = NormalDist()
# Spreads of cosines smaller than this are rounding.
NO_SPREAD = 1e-10


class Bounds(NamedTuple):
    """A 95 % interval of a value that is not a share; not a number where it cannot be told."""

    low: float
    high: float


def usual_range(random: Floats) -> Bounds:
    """Between which values 95 % of random draws lie; draws without a value are left out."""
    low, high = np.nanquantile(random, [0.025, 0.975]).tolist()
    return Bounds(low, high)


class Cosines(NamedTuple):
    """Cosines of the words of X, then of Y (together n, half each) with those of A and of B.

    Attributes:
        a: float64 of shape (n, number of words in A).
        b: float64 of shape (n, number of words in B).
        size: number of words in X.
    """

    a: Floats
    b: Floats
    size: int

    @property
    def scores(self) -> Floats:
        """s(w, A, B) of each word: mean cosine with A minus mean cosine with B, shape (n,)."""
        scores: Floats = self.a.mean(axis=1) - self.b.mean(axis=1)
        return scores


class WithoutOne(NamedTuple):
    """The effect size without each word of a set in turn; not a number where the rest has no spread."""

    x: Floats
    y: Floats
    a: Floats
    b: Floats


def effect_sizes(scores: Floats, size: int) -> Floats:
    """(mean over X − mean over Y) / sample standard deviation over both, along the last axis.

    Caliskan, Bryson & Narayanan (2017); with n − 1 in the standard deviation, which alone gives the figures of their
    table. Between −2 and 2; not a number where there is no spread.
    """
    difference = scores[..., :size].mean(axis=-1) - scores[..., size:].mean(axis=-1)
    return _ratio(difference, scores.std(axis=-1, ddof=1))


def without_one(cosines: Cosines) -> WithoutOne:
    """The effect size when one word is left out, for every word of the four sets."""
    scores, size = cosines.scores, cosines.size
    places = range(len(scores))
    of_targets = [effect_sizes(np.delete(scores, place), size - (place < size)) for place in places]
    a, b = cosines.a, cosines.b
    without_a = (a.sum(axis=1, keepdims=True) - a) / (a.shape[1] - 1) - b.mean(axis=1, keepdims=True)
    without_b = a.mean(axis=1, keepdims=True) - (b.sum(axis=1, keepdims=True) - b) / (b.shape[1] - 1)
    targets = np.array(of_targets)
    return WithoutOne(targets[:size], targets[size:], effect_sizes(without_a.T, size), effect_sizes(without_b.T, size))


def bootstrap(cosines: Cosines, *, seed: int = 0) -> Floats:
    """Effect sizes of 2,000 resamples: all four sets drawn anew from themselves, with replacement.

    Resamples without spread are left out, so fewer may come back.
    """
    rng = np.random.default_rng(seed)
    found = []
    for block in blocks(RESAMPLES, _BLOCK):
        of_a, of_b = (_weights(rng, block, each.shape[1]) / each.shape[1] for each in (cosines.a, cosines.b))
        scores = of_a @ cosines.a.T - of_b @ cosines.b.T
        found.append(_weighted_effects(scores, rng, cosines.size))
    effects = np.concatenate(found)
    return np.asarray(effects[np.isfinite(effects)])


def bootstrap_interval(cosines: Cosines, left_out: WithoutOne, resampled: Floats) -> Bounds:
    """The bias-corrected and accelerated 95 % interval of the effect size (Efron 1987).

    Where the correction cannot be told (all resamples on one side), the plain percentiles.
    """
    if len(resampled) < RESAMPLES / 2:
        return Bounds(np.nan, np.nan)
    effect = effect_sizes(cosines.scores, cosines.size)
    below = (np.mean(resampled < effect) + np.mean(resampled <= effect)) / 2
    tails = np.array([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    if 0 < below < 1:
        shift = _NORMAL.inv_cdf(float(below))
        moved = shift + np.array([_NORMAL.inv_cdf(tail) for tail in tails])
        tails = np.array([_NORMAL.cdf(shift + each / (1 - _acceleration(left_out) * each)) for each in moved])
    low, high = np.quantile(resampled, tails)
    return Bounds(float(low), float(high))


def _acceleration(left_out: WithoutOne) -> float:
    """Skewness of the influence of single words, summed over the four samples."""
    third = second = 0.0
    for effects in left_out:
        known = effects[np.isfinite(effects)]
        influence = (len(known) - 1) * (known.mean() - known) / max(1, len(known)) if len(known) else known
        third += float((influence**3).sum())
        second += float((influence**2).sum())
    return third / (6 * second**1.5) if second > 0 else 0.0


def _weights(rng: np.random.Generator, resamples: int, size: int) -> NDArray[np.int64]:
    return rng.multinomial(size, np.full(size, 1 / size), size=resamples)


def _weighted_effects(scores: Floats, rng: np.random.Generator, size: int) -> Floats:
    """Effect sizes of resampled X and Y, scores of shape (resamples, n)."""
    total = scores.shape[1]
    x, y = _weights(rng, len(scores), size), _weights(rng, len(scores), total - size)
    mean_x = (x * scores[:, :size]).sum(axis=1) / size
    mean_y = (y * scores[:, size:]).sum(axis=1) / (total - size)
    weights = np.concatenate([x, y], axis=1)
    centre = (weights * scores).sum(axis=1, keepdims=True) / total
    spread = np.sqrt((weights * (scores - centre) ** 2).sum(axis=1) / (total - 1))
    return _ratio(mean_x - mean_y, spread)


def _ratio(difference: Floats, spread: Floats) -> Floats:
    nothing = np.full(np.shape(difference), np.nan)
    return np.asarray(np.divide(difference, spread, out=nothing, where=np.asarray(spread) > NO_SPREAD))
