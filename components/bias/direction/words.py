"""What a direction says, in plain words."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from components.kit.words import p_text
from embeddings.bias.direction import DRAWS, BiasDirection, DirectBias
from embeddings.bias.ripa import Ripa

LEVEL = 0.05


class Said(NamedTuple):
    """A verdict: its standing, a few words and a sentence with the figures."""

    standing: Literal["holds", "fails", "unknown"]
    heading: str
    sentence: str


def direction_verdict(direction: BiasDirection) -> Said:
    """Whether the pairs share one direction, against random pairs."""
    share = 100 * direction.explained[0]
    own = f"The first component holds {share:.0f} % of the variance of the {len(direction.pairs)} pairs"
    if np.isnan(direction.p_value):
        return Said("unknown", "Too few items for random pairs to compare with", f"{own}.")
    usual = 100 * direction.random_explained.mean()
    high = 100 * float(np.quantile(direction.random_explained, 0.95))
    beside = f"{own}; of as many random pairs it holds {usual:.0f} % (95 of 100 times less than {high:.0f} %)"
    sentence = f"{beside}, p {_p(direction.p_value)}, {DRAWS:,} draws."
    if direction.p_value <= LEVEL:
        return Said("holds", "The pairs share a direction", sentence)
    return Said("fails", "The pairs share no more of a direction than random pairs do", f"{sentence} So nothing below "
                "means much.")  # fmt: skip


def direct_sentence(direct: DirectBias, ends: tuple[str, str]) -> str:
    """The direct bias as published, and to which side the words lie of the middle of the pairs; ends low first."""
    power = "" if direct.strictness == 1 else f" (to the power of {direct.strictness:g})"
    low, high = (int((side * direct.leans > 0).sum()) for side in (-1, 1))
    lean, usual = float(np.abs(direct.leans).mean()), direct.usual_lean
    if lean <= usual:
        what = "so they lean no more than any item does"
    else:
        what = f"so they lean {lean / usual:.1f} times as far as any item does" if usual else "and no item leans at all"
    return (
        f"From the middle of the pairs, {high} of the {len(direct.words)} words lie towards “{ends[1]}”, {low} towards "
        f"“{ends[0]}”. They lean {lean:.3f} on average, whichever way; any item of the space {usual:.3f}, {what}. "
        f"Direct bias is the mean size of their cosines{power}, counted from 0 as published: 0 would be none, 1 the "
        "direction itself."
    )


def ripa_sentence(found: Ripa) -> str:
    """The mean size of RIPA, and what it is."""
    lengths = "all vectors at length 1" if found.unit else "vectors as the encoder gives them, as defined"
    middle = f"{found.middle:.3f}".replace("-", "−")
    return (
        f"RIPA: the mean of a word’s inner products with the {len(found.pairs)} differences of pairs ({lengths}); on "
        f"average {found.value:.3f} to either side of 0. The bars begin at {middle}, half-way between the words of the "
        "pairs: to its right a word leans towards the first ones."
    )


def _p(value: float) -> str:
    text = p_text(value)
    return text if text.startswith("<") else f"= {text}"
