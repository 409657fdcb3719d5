"""Questions about made-up pairs and their results, and vectors that answer half of the Google set."""

import numpy as np
import pytest
from pair_questions import asked

from components.kit import caching
from embeddings.analogies.questions import Question, Questions, google_questions
from embeddings.analogies.runs import run_all
from embeddings.space import Space


@pytest.fixture(scope="session")
def space():
    """Four pairs one direction apart, one pair that is not, a word where that one leads, and other words."""
    rng = np.random.default_rng(4)
    lows = np.eye(16)[:5] * 3
    highs = lows + 2 * np.eye(16)[10]
    highs[4] = lows[4] + 2 * np.eye(16)[11]
    others = np.vstack([lows[:1] + 2 * np.eye(16)[11], rng.normal(size=(29, 16))])
    words = [*(f"low{i}" for i in range(5)), *(f"high{i}" for i in range(5)), *(f"other{i}" for i in range(30))]
    return Space.from_vectors(words, np.vstack([lows, highs, others]), name="pairs")


@pytest.fixture(scope="session")
def questions():
    good = [asked("good", i, j) for i in range(4) for j in range(4) if i != j]
    bad = [asked("bad", 4, j) for j in range(3)]
    return Questions("mine", (*good, *bad, Question("nowhere", "low0", "high0", "low1", "nothing")))


@pytest.fixture(scope="session")
def runs(space, questions):
    return run_all(space, questions)


@pytest.fixture(scope="session")
def google_space():
    """2,000 words, those of the Google set among them, whose vectors answer about half of it."""
    rng = np.random.default_rng(3)
    google = google_questions()
    words = {}
    for number, category in enumerate(google.categories):
        for question in (each for each in google.questions if each.category == category):
            for low, high in ((question.a, question.b), (question.c, question.expected)):
                words.setdefault(low, rng.normal(size=24))
                words.setdefault(high, words[low] + 2 * np.eye(24)[number] + 0.9 * rng.normal(size=24))
    for word in list(words)[::4]:
        del words[word]
    words |= {f"word{number}": rng.normal(size=24) for number in range(2_000 - len(words))}
    return Space.from_vectors(list(words), np.array(list(words.values())), name="google words")


@pytest.fixture(scope="session")
def google(cluster, google_space):
    """A link to them, as ready-made vectors."""
    return {"collection": caching.store().save(google_space).id, "encoder": ""}
