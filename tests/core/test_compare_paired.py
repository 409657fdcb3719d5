"""Two encoders on the same questions."""

from itertools import product
from math import atanh, comb, isnan, sqrt

import numpy as np
import pytest
from scipy.stats import norm, spearmanr

from embeddings.compare import SimilarityCorrelation, paired_correlations, paired_shares


def answers(text):
    return np.array([mark == "x" for mark in text])


def followed(cosines, scores, covered=None):
    cosines = np.asarray(cosines, dtype=float)
    covered = np.ones(len(cosines), bool) if covered is None else np.asarray(covered)
    return SimilarityCorrelation(0.0, 0.0, 0.0, covered, np.where(covered, cosines, np.nan), np.asarray(scores))


def test_only_questions_that_one_of_two_answers_count():
    found = paired_shares(answers("xxxxxx..xx"), answers("x.....x.xx"))
    assert (found.only_one, found.only_other) == (5, 1)
    # Of 2 ** 6 ways to share out six such questions, those as uneven as 5 to 1 or more.
    uneven = sum(abs(sum(way) - 3) >= 2 for way in product((0, 1), repeat=6))
    assert found.p_value == pytest.approx(uneven / 2**6)
    assert paired_shares(answers("x.....x.xx"), answers("xxxxxx..xx")) == (1, 5, found.p_value)


def test_the_split_of_many_questions_is_binomial():
    found = paired_shares(np.arange(1000) < 810, np.arange(1000) >= 200)
    assert (found.only_one, found.only_other) == (200, 190)
    tail = sum(comb(390, k) for k in range(191)) / 2**390
    assert found.p_value == pytest.approx(min(1, 2 * tail))


def test_equal_answers_do_not_differ():
    assert paired_shares(answers("x.x"), answers("x.x")) == (0, 0, 1.0)
    with pytest.raises(ValueError, match="the same"):
        paired_shares(answers("x.x"), answers("x."))


def test_the_formula_by_hand():
    scores = np.arange(12.0)
    one = np.array([0, 1, 2, 3, 5, 4, 6, 8, 7, 9, 11, 10.0])
    other = np.array([5, 0, 2, 9, 1, 4, 11, 3, 7, 6, 8, 10.0])
    r_one, r_other, between = (spearmanr(*each).statistic for each in ((one, scores), (other, scores), (one, other)))
    mean = (r_one**2 + r_other**2) / 2
    f = min(1, (1 - between) / (2 * (1 - mean)))
    h = (1 - f * mean) / (1 - mean)
    z = (atanh(r_one) - atanh(r_other)) * sqrt((12 - 3) / (2 * (1 - between) * h * (1 + mean / 2)))
    expected = 2 * norm.sf(abs(z))
    assert paired_correlations(followed(one, scores), followed(other, scores)) == pytest.approx(expected)
    assert paired_correlations(followed(other, scores), followed(one, scores)) == pytest.approx(expected)
    assert 0 < expected < 0.01


@pytest.mark.parametrize(("rho", "m", "noise"), [(0.5, 200, 1.0), (0.7, 100, 2.0), (0.0, 60, 1.0)])
def test_p_values_of_equally_good_encoders_are_nearly_uniform(rho, m, noise):
    rng = np.random.default_rng(0)
    found = []
    for _ in range(400):
        scores = rng.normal(size=m)
        shared = rho * scores + sqrt(1 - rho**2) * rng.normal(size=m)
        both = (followed(shared + noise * rng.normal(size=m), scores) for _ in range(2))
        found.append(paired_correlations(*both))
    # Three standard errors of 400 draws.
    assert np.mean(np.array(found) < 0.05) < 0.05 + 3 * sqrt(0.05 * 0.95 / 400)
    assert np.mean(np.array(found) < 0.5) == pytest.approx(0.5, abs=3 * sqrt(0.25 / 400))


def test_pairs_that_only_one_covers_do_not_count():
    rng = np.random.default_rng(1)
    scores, one, other = rng.normal(size=(3, 40))
    some = np.arange(40) < 30
    found = paired_correlations(followed(one, scores), followed(other, scores, some))
    assert found == pytest.approx(
        paired_correlations(followed(one[:30], scores[:30]), followed(other[:30], scores[:30]))
    )


def test_what_cannot_be_compared():
    scores = np.arange(6.0)
    assert paired_correlations(followed(scores, scores), followed(scores, scores)) == 1
    assert isnan(paired_correlations(followed(np.ones(6), scores), followed(scores, scores)))
    few = np.arange(6) < 3
    assert isnan(paired_correlations(followed(scores, scores, few), followed(scores, scores)))
    with pytest.raises(ValueError, match="same scored pairs"):
        paired_correlations(followed(scores, scores), followed(scores, scores[::-1]))
