"""What a classifier of good and bad words makes of names of groups: the relative negative sentiment bias."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import entropy
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

from embeddings.bias.checking import check_sets
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Name, Names
from embeddings.bias.norm_distance import Lengths
from embeddings.bias.word_sets import Rules, SetsCheck
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space
from embeddings.units import unit64

HELD_OUT = 0.2
SPLITS = 10
RANDOM_DRAWS = 1_000
FEWEST = 5
RULES = Rules(apart=(("Positive", "Negative"),), large=("Positive", "Negative"))


@dataclass(frozen=True, eq=False)
class NegativeSentiment:
    """How unevenly a sentiment classifier treats m words.

    Attributes:
        value: Kullback–Leibler divergence in nats of the words' shares of negative probability from equal shares, 0 and
            up; 0 is even, larger is more biased. From a classifier trained on the whole lexicon.
        shares: float64 of shape (m,), sum 1: the words' negative probabilities, normalised.
        words: as used.
        splits: the value for classifiers trained on 80 % of the lexicon, shape (10,): how far the choice of words moves
            it.
        accuracy: mean accuracy of those on the words held out; near .5 the classifier knows nothing.
        random: the value for as many random items of the space, shape (draws,); empty where there are too few.
        check: what was missing or doubled.
    """

    value: float
    shares: Floats
    words: tuple[Name, ...]
    splits: Floats
    accuracy: float
    random: Floats
    check: SetsCheck


def rnsb(
    space: Space,
    positive: Names,
    negative: Names,
    words: Names,
    *,
    lengths: Lengths = "unit",
    vectors_of: VectorsOf = NONE_GIVEN,
    seed: int = 0,
) -> NegativeSentiment:
    """Relative negative sentiment bias (Sweeney & Najafian 2019), by logistic regression.

    Args:
        space: whose vectors are classified.
        positive: words of praise; at least 5.
        negative: words of blame; at least 5.
        words: that stand for groups.
        lengths: vectors at length 1, or raw.
        vectors_of: vectors of words that the space does not hold.
        seed: of the splits and of the random items.

    Raises:
        EmbeddingError: the sets cannot be used (see `check_sets`), or the lexicon is too small.
    """
    check = check_sets(
        space, {"Positive": positive, "Negative": negative, "Words": words}, rules=RULES, vectors_of=vectors_of
    )
    check.require()
    lookup = Lookup(space, vectors_of)
    good, bad, usable = (check.names(name) for name in ("Positive", "Negative", "Words"))
    if min(len(good), len(bad)) < FEWEST:
        raise EmbeddingError(
            f"The lexicon needs at least {FEWEST} positive and {FEWEST} negative words, got {len(good)} and {len(bad)}."
        )
    lexicon, targets, everything = (
        unit64(vectors) if lengths == "unit" else vectors.astype(np.float64)
        for vectors in (lookup.vectors([*good, *bad]), lookup.vectors(usable), space.vectors)
    )
    labels = np.repeat([0, 1], [len(good), len(bad)])
    classifier = _trained(lexicon, labels)
    shares = _shares(classifier.predict_proba(targets)[:, 1])
    splits, accuracy = _held_out(lexicon, labels, targets, seed)
    random = _random(classifier.predict_proba(everything)[:, 1], len(usable), seed)
    return NegativeSentiment(_divergence(shares), shares, usable, splits, accuracy, random, check)


def _trained(vectors: Floats, labels: NDArray[np.int64]) -> LogisticRegression:
    return LogisticRegression(max_iter=1_000).fit(vectors, labels)


def _held_out(lexicon: Floats, labels: NDArray[np.int64], targets: Floats, seed: int) -> tuple[Floats, float]:
    values, right = [], []
    for number in range(SPLITS):
        train, test, train_labels, test_labels = train_test_split(
            lexicon, labels, test_size=HELD_OUT, stratify=labels, random_state=seed + number
        )
        classifier = _trained(train, train_labels)
        values.append(_divergence(_shares(classifier.predict_proba(targets)[:, 1])))
        right.append(classifier.score(test, test_labels))
    return np.array(values), float(np.mean(right))


def _random(negative: Floats, size: int, seed: int) -> Floats:
    if len(negative) < 2 * size:
        return np.empty(0)
    rng = np.random.default_rng(seed)
    return np.array([_divergence(_shares(rng.choice(negative, size=size, replace=False))) for _ in range(RANDOM_DRAWS)])


def _shares(negative: Floats) -> Floats:
    return np.asarray(negative / negative.sum())


def _divergence(shares: Floats) -> float:
    return float(entropy(shares, np.full(len(shares), 1 / len(shares))))
