"""Spaces made with a direction, hidden or open, and what is left when it is taken out."""

import pytest
from gendered_words import NEUTRAL, PAIRS, gendered

from components.views.bias_pairs import Typed
from components.views.debias_plan import probes_of_words
from embeddings.bias.plan import Plan
from embeddings.bias.taking_out import take_out


@pytest.fixture(scope="session")
def hidden():
    return gendered(hidden=True)


@pytest.fixture(scope="session")
def open_bias():
    return gendered(hidden=False)


@pytest.fixture(scope="session")
def taken(hidden):
    return take_out(hidden, Plan(PAIRS, probes=tuple(probes_of_words(Typed(PAIRS, NEUTRAL), []))))
