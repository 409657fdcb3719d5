"""What an association test found, in plain words, and what may not be concluded from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from components.bias.association.measures import leverages, null_bounds, one_p, signed, text_of
from components.bias.association.request import Measured
from components.kit.words import shorten
from embeddings.bias.association import AssociationTest
from embeddings.bias.random_words import RandomSets
from embeddings.collection import Collection

LEVEL = 0.05
# Cohen's (1988) words for an effect size, from which on.
SIZES = ((0.8, "large"), (0.5, "medium"), (0.2, "small"), (0.0, "hardly any"))
Standing = Literal["stands", "fragile", "ordinary", "nothing", "refused"]


class Verdict(NamedTuple):
    """What is said of one encoder.

    Attributes:
        standing: "stands" where all measures agree, "fragile" where the words decide, "ordinary" where random words
            do as much, "nothing" where chance may do it, "refused" where the test could not run.
        heading: that in a few words.
        sentences: with the figures.
    """

    standing: Standing
    heading: str
    sentences: tuple[str, ...]


def verdict(measured: Measured, names: Sequence[str], collection: Collection, *, p: float | None = None) -> Verdict:
    """How far to trust an effect; `p` is the two-sided one where it was corrected for several tests."""
    test = measured.test
    if test is None:
        return Verdict("refused", "This could not be measured here", (measured.refused,))
    standing = standing_of(measured, p=p)
    x, y, a, b = names if test.effect_size >= 0 else (names[0], names[1], names[3], names[2])
    every = "every measure" if measured.null is not None else "p and interval"
    heading = {
        "stands": f"{x} go with {a}, {y} with {b}: it stands out by {every}",
        "fragile": f"{x} lean to {a}, {y} to {b}, but other words like these might not",
        "ordinary": f"{x} lean to {a}, {y} to {b}, but so do many random sets: nothing special about these",
        "nothing": "Not told from chance with these words; that does not show that there is nothing",
    }[standing]
    sentences = (
        size_sentence(test),
        p_sentence(test, p),
        *_null_sentences(measured),
        leverage_sentence(test, collection),
    )
    return Verdict(standing, heading, sentences)


def standing_of(measured: Measured, *, p: float | None = None) -> Standing:
    """Which of the measures agree."""
    test = measured.test
    if test is None:
        return "refused"
    if (test.p_two_sided if p is None else p) > LEVEL:
        return "nothing"
    if measured.null is not None and measured.null.p_value > LEVEL:
        return "ordinary"
    low, high = test.interval
    return "fragile" if not (low > 0 or high < 0) else "stands"


def size_sentence(test: AssociationTest) -> str:
    """The effect size, and how sure it is."""
    size = next(word for least, word in SIZES if abs(test.effect_size) >= least)
    low, high = test.interval
    said = f"Effect size d = {signed(test.effect_size)} ({size}; it lies between −2 and 2)"
    if not (np.isfinite(low) and np.isfinite(high)):
        return f"{said}; too few {_things(test)} for an interval."
    return f"{said}, 95 % interval {signed(low)} to {signed(high)} with other {_things(test)} like these."


def p_sentence(test: AssociationTest, adjusted: float | None = None) -> str:
    """The p-values and how they were made."""
    words = f"{len(test.x)} + {len(test.y)} targets"
    how = (
        f"exact over all {test.partitions:,} ways to deal the {words} out"
        if test.exact
        else f"{test.partitions:,} random ways to deal the {words} out, seed {test.seed}"
    )
    corrected = "" if adjusted is None else f", {one_p(adjusted)} after Holm’s correction"
    return f"p = {one_p(test.p_value)} one-sided, {one_p(test.p_two_sided)} two-sided{corrected} ({how})."


def null_sentence(null: RandomSets, effect: float) -> str:
    """What random sets give."""
    low, high = np.nanquantile(null.effect_sizes, [0.025, 0.975])
    draws = len(null.effect_sizes)
    beyond = round(null.p_value * (1 + draws)) - 1
    matched = " of like word frequency" if null.match == "word frequency" and null.bins > 1 else ""
    return (
        f"Random sets{matched} in place of X and Y mostly give {signed(low)} to {signed(high)}; {beyond:,} of "
        f"{draws:,} reach {abs(effect):.2f} on either side (p = {one_p(null.p_value)})."
    )


def leverage_sentence(test: AssociationTest, collection: Collection) -> str:
    """Which word moves the effect most."""
    found = [each for each in leverages(test) if np.isfinite(each.without)]
    if not found:
        return "No word can be left out without losing the spread."
    name = shorten(text_of(found[0].name, collection), 60)
    return f"“{name}” moves it most: without it, d would be {signed(found[0].without)}."


def change_sentence(measured: Measured, before: float | None) -> str:
    """What the reader's changes to the words did; empty where there were none."""
    if before is None or measured.test is None:
        return ""
    return f"Before your changes to the words, d was {signed(before)}."


def differences(verdicts: Sequence[tuple[str, Measured]]) -> str:
    """Whether several encoders agree on the direction; empty for one."""
    signs = {encoder: np.sign(each.test.effect_size) for encoder, each in verdicts if each.test is not None}
    if len(signs) < 2:
        return ""
    if len(set(signs.values())) > 1:
        return "The encoders disagree on the direction: this says something about the encoders, not about the words."
    return "All encoders point the same way; how far, the chart below shows."


def _things(test: AssociationTest) -> str:
    return "words" if all(isinstance(name, str) for name in test.x) else "pictures"


def _null_sentences(measured: Measured) -> tuple[str, ...]:
    if measured.null is None or measured.test is None or null_bounds(measured) is None:
        return (measured.no_null,) if measured.no_null else ()
    return (null_sentence(measured.null, measured.test.effect_size),)
