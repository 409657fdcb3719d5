"""Ready sets for the measures of sets, from the published tests, and where each comes from."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from components.bias.direction.ready import OCCUPATIONS, OURS
from components.views.bias_inputs import NamedSet
from embeddings.bias.ready import SOURCE, ready_tests


class ReadySets(NamedTuple):
    """Sets that run on one click.

    Attributes:
        title: what the reader sees.
        sets: Group 1, Group 2, Words, Positive, Negative.
        source: where they come from.
        sensitive: whether they stand for groups of people.
    """

    title: str
    sets: tuple[NamedSet, ...]
    source: str
    sensitive: bool = True


@cache
def ready_sets() -> dict[str, ReadySets]:
    """The ready sets by their names in a link."""
    tests = ready_tests()
    insects, careers, terms, names = (tests[name] for name in ("WEAT1", "WEAT6", "WEAT8", "WEAT3"))
    lexicon = (NamedSet(*insects.a), NamedSet(*insects.b))
    return {
        "occupations": ReadySets(
            "Occupations, women and men",
            (NamedSet(*terms.b), NamedSet(*terms.a), NamedSet("Occupations", OCCUPATIONS), *lexicon),
            f"Groups: WEAT8; positive and negative: WEAT1; {SOURCE}. Occupations: {OURS}.",
        ),
        "careers": ReadySets(
            "Career, female and male names",
            (NamedSet(*careers.y), NamedSet(*careers.x), NamedSet(*careers.a), *lexicon),
            f"Groups and words: WEAT6; positive and negative: WEAT1; {SOURCE}.",
        ),
        "names": ReadySets(
            "Unpleasant words, names of two groups",
            (NamedSet(*names.x), NamedSet(*names.y), NamedSet(*names.b), *lexicon),
            f"Groups and words: WEAT3; positive and negative: WEAT1; {SOURCE}.",
        ),
        "flowers": ReadySets(
            "Pleasant words, flowers and insects",
            (NamedSet(*insects.x), NamedSet(*insects.y), NamedSet(*insects.a), *lexicon),
            f"All sets: WEAT1, {SOURCE}.",
            sensitive=False,
        ),
    }
