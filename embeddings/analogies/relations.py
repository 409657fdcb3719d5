"""Pairs of words in one relation: those of a test set, and which of them a space can measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import wordfreq

from embeddings.analogies.inputs import rows_of
from embeddings.analogies.offsets import offsets
from embeddings.analogies.parallelogram import FLAT
from embeddings.analogies.questions import Questions
from embeddings.given import NONE_GIVEN, VectorsOf, given_vector
from embeddings.space import Space
from embeddings.units import unit

Pair = tuple[str, str]
# The categories of the Google set, as what goes to what.
NAMES = {
    "capital-common-countries": "capital → country",
    "capital-world": "capital → country (world)",
    "currency": "country → currency",
    "city-in-state": "city → state",
    "family": "male → female",
    "gram1-adjective-to-adverb": "adjective → adverb",
    "gram2-opposite": "adjective → opposite",
    "gram3-comparative": "adjective → comparative",
    "gram4-superlative": "adjective → superlative",
    "gram5-present-participle": "verb → -ing form",
    "gram6-nationality-adjective": "country → nationality",
    "gram7-past-tense": "-ing form → past tense",
    "gram8-plural": "singular → plural",
    "gram9-plural-verbs": "verb → third person",
}


class Unusable(NamedTuple):
    """A pair that cannot be measured.

    Attributes:
        place: in the list of pairs.
        reason: as a sentence.
        unknown: the word that is neither in the space nor given; empty where there is another reason.
    """

    place: int
    reason: str
    unknown: str = ""


class Usable(NamedTuple):
    """The pairs that a space can measure, as it spells them, and the others."""

    pairs: tuple[Pair, ...]
    others: tuple[Unusable, ...]


class Compared(NamedTuple):
    """One relation among others.

    Attributes:
        name: what it is called.
        pairs: those that were measured; fewer than 2 give no numbers.
        of: how many there are.
        mean, shuffled: as in `Offsets`.
    """

    name: str
    pairs: int
    of: int
    mean: float
    shuffled: float


def relations_of(questions: Questions) -> dict[str, tuple[Pair, ...]]:
    """The distinct pairs (a, b) and (c, expected) of each category under its plain name, commonest words first."""
    found: dict[str, dict[Pair, None]] = {}
    for question in questions.questions:
        pairs = found.setdefault(NAMES.get(question.category, question.category), {})
        pairs[question.a, question.b] = None
        pairs[question.c, question.expected] = None
    return {name: tuple(sorted(pairs, key=_rarity)) for name, pairs in found.items()}


def usable_pairs(space: Space, pairs: Sequence[Pair], *, vectors_of: VectorsOf = NONE_GIVEN) -> Usable:
    """Which pairs have a difference here: both words known in any case of their letters, at two different places.

    Args:
        space: holds the words.
        pairs: any number.
        vectors_of: vectors of words that the space does not hold.
    """
    spellings = rows_of(space, (word for pair in pairs for word in pair))
    used: dict[Pair, None] = {}
    others: list[Unusable] = []
    for place, pair in enumerate(pairs):
        first, second = (_spelt(space, word, spellings, vectors_of) for word in pair)
        if first is None or second is None:
            unknown = pair[0] if first is None else pair[1]
            others.append(Unusable(place, f"“{unknown}” is not among the candidates.", unknown))
            continue
        problem = (
            "This pair is there already." if (first, second) in used else _flat(space, (first, second), vectors_of)
        )
        if problem:
            others.append(Unusable(place, problem))
        else:
            used[first, second] = None
    return Usable(tuple(used), tuple(others))


def unknown_words(space: Space, pairs: Sequence[Pair]) -> tuple[str, ...]:
    """The words, each once, that the space does not hold in any case of their letters: what may be encoded first."""
    words = dict.fromkeys(word for pair in pairs for word in pair)
    held = rows_of(space, words)
    return tuple(word for word in words if word.casefold() not in held)


def compare_relations(space: Space, relations: Mapping[str, Sequence[Pair]]) -> tuple[Compared, ...]:
    """How far each relation is one direction, the most so first; those without numbers come last."""
    found = []
    for name, pairs in relations.items():
        usable = usable_pairs(space, pairs).pairs
        mean = shuffled = float("nan")
        if len(usable) > 1:
            measured = offsets(space, usable)
            mean, shuffled = measured.mean, measured.shuffled
        found.append(Compared(name, len(usable), len(pairs), mean, shuffled))
    return tuple(sorted(found, key=lambda each: -each.mean if each.mean == each.mean else np.inf))


def _rarity(pair: Pair) -> float:
    """By the rarer word of the two; equal ones keep their order."""
    return -min(float(wordfreq.zipf_frequency(word, "en")) for word in pair)


def _spelt(space: Space, word: str, spellings: Mapping[str, list[int]], vectors_of: VectorsOf) -> str | None:
    if word in space.collection.rows or word in vectors_of:
        return word
    rows = spellings.get(word.casefold())
    return str(space.collection.items[rows[0]]) if rows else None


def _flat(space: Space, pair: Pair, vectors_of: VectorsOf) -> str:
    """Why nothing lies between two known words; empty where something does."""
    rows = space.collection.rows
    vectors = [space.vectors[rows[word]] if word in rows else given_vector(space, word, vectors_of) for word in pair]
    for word, vector in zip(pair, vectors, strict=True):
        if not vector.any():
            return f"“{word}” has a vector of length zero here and so no direction."
    first, second = unit(np.stack(vectors))
    return f"“{pair[0]}” and “{pair[1]}” have the same direction here." if np.linalg.norm(second - first) < FLAT else ""
