"""Intervals of shares, against SciPy."""

import numpy as np
import pytest
from scipy.stats import binomtest

from embeddings.intervals import wilson


@pytest.mark.parametrize(("hits", "tries"), [(0, 7), (3, 7), (7, 7), (95, 100), (1, 1000)])
def test_the_interval_agrees_with_scipy(hits, tries):
    expected = binomtest(hits, tries).proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose(wilson(hits, tries), [hits / tries, expected.low, expected.high], atol=1e-12)


def test_an_interval_of_nothing_is_not_a_number():
    assert np.isnan(wilson(0, 0)).all()
    with pytest.raises(ValueError, match="between 0 and tries"):
        wilson(3, 2)
