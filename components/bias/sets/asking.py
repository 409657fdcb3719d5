"""Asking the four measures about the sets of the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.kit.ask import Request, asking
from components.views.bias_word_sets import Edited
from embeddings.bias.lookup import Names
from embeddings.bias.word_sets import Rules
from embeddings.given import VectorsOf
from embeddings.space import Space

RULES = Rules(apart=(("Group 1", "Group 2"), ("Positive", "Negative")), large=("Positive", "Negative"))


def inputs_of(sets: Sequence[Names], settings: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """What each measure is asked; the groups' words are those that RNSB classifies.

    Args:
        sets: Group 1, Group 2, Words, Positive, Negative.
        settings: of each measure.
    """
    one, other, words, good, bad = (tuple(each) for each in sets)
    between = {"group_1": one, "group_2": other, "words": words}
    return [
        ("RND", {**between, **settings["RND"]}),
        ("RNSB", {"positive": good, "negative": bad, "words": (*one, *other), **settings["RNSB"]}),
        ("MAC", {"words": words, "attributes": (one, other), **settings["MAC"]}),
        ("ECT", {**between, **settings["ECT"]}),
    ]


def sets_request(
    space: Space, edited: Edited, settings: Mapping[str, Mapping[str, Any]], vectors_of: VectorsOf
) -> Request[Any]:
    """The job that runs all four; of each its result, or why it has none."""
    inputs = inputs_of(edited.names, settings)
    return asking("probes", space, inputs, vectors_of=dict(vectors_of))
