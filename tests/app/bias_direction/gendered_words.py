"""Words that lean one way or the other, and the view “Direction and debiasing” opened on them."""

import numpy as np

from components.kit import caching
from components.kit.words import write_pairs, write_words
from embeddings.space import Space

PAIRS = tuple((f"she {n}", f"he {n}") for n in range(5))
NEUTRAL = tuple(f"word {n}" for n in range(12))


def gendered(hidden, items=160, seed=3):
    """Words that lean along the first axis; with `hidden`, their side can also be told from other axes."""
    rng = np.random.default_rng(seed)
    lean = rng.normal(size=items)
    vectors = 0.4 * rng.normal(size=(items, 24))
    vectors[:, 0] = lean
    vectors[:, 1] = (1.5 * np.sign(lean) if hidden else 0) + 0.2 * rng.normal(size=items)
    pairs = 0.2 * rng.normal(size=(10, 24))
    pairs[:, 0] += np.tile([2, -2], 5)
    names = [*(word for pair in PAIRS for word in pair), *(f"word {n}" for n in range(items))]
    return Space.from_vectors(names, np.vstack([pairs, vectors]), name="gendered")


def saved(content):
    return caching.store().save(content).id


def view(open_page, space, **link):
    lines = write_pairs(*zip(*PAIRS, strict=True))
    given = {"bias_pairs": lines, "bias_words": write_words(NEUTRAL), "candidates": "The collection", **link}
    return open_page("bias.py", probe="Direction and debiasing", collection=saved(space), encoder="", **given)
