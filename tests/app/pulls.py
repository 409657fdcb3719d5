"""A probe that Vectorscope does not bring: how far a query pulls words from one group of pairs to the other."""

import numpy as np

from embeddings.bias.lookup import Lookup
from embeddings.bias.probe import Input, ProbeSpec
from embeddings.bias.probes import PROBES
from embeddings.bias.taking_out import Figure
from embeddings.errors import EmbeddingError

NAME = "Pull"


def pull(space, words, pairs, values, query, *, vectors_of):
    """Mean of the words' cosines with the query, each times its number."""
    lookup = Lookup(space, vectors_of)
    if len(pairs) < 2:
        raise EmbeddingError(f"A pull needs at least 2 pairs, got {len(pairs)}.")
    cosines = lookup.units(words) @ lookup.units([query])[0]
    return Figure(float(np.mean(cosines * np.array(values, dtype=float))), p_value=0.25)


def register():
    """The row of a new probe, here and in the workers."""
    PROBES[NAME] = ProbeSpec(
        "How far does a query pull words?",
        "Mean of weighted cosines.",
        "Nobody 2026",
        "Weights of any size rule the figure.",
        "It says nothing of people.",
        (
            Input("space", "space", "Space", "The collection."),
            Input("words", "words", "Pulled", "Words that are pulled.", "one, two"),
            Input("pairs", "pairs", "Pairs", "They are counted.", "she, he"),
            Input("values", "numbers", "Weights", "One for each word."),
            Input("query", "query", "Pulled by", "Any text.", "three"),
        ),
        "pulls:pull",
        "value",
        "the query pulls more.",
        0.0,
        evidence="pulls",
    )


def unregister():
    """Without it, as before."""
    del PROBES[NAME]
