"""What a direction says, in plain words."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from components.text import p_text
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


def direct_sentence(direct: DirectBias) -> str:
    """The direct bias beside that of all items."""
    power = "" if direct.strictness == 1 else f" (to the power of {direct.strictness:g})"
    beside = f"any item of the space leans {direct.of_all:.3f}"
    ratio = direct.value / direct.of_all if direct.of_all else float("nan")
    if direct.value <= direct.of_all:
        what = "so they lean no more than any item does"
    else:
        what = f"so they lean {ratio:.1f} times as far as any item does"
    return (
        f"The {len(direct.words)} words lean {direct.value:.3f} on average{power}, whichever way; {beside}, {what}. "
        "0 would be none, 1 the direction itself."
    )


def ripa_sentence(found: Ripa) -> str:
    """The mean size of RIPA, and what it is."""
    lengths = "all vectors at length 1" if found.unit else "vectors as the encoder gives them, as defined"
    return (
        f"RIPA: the mean of a word’s inner products with the {len(found.pairs)} differences of pairs ({lengths}); on "
        f"average {found.value:.3f} to either side. Larger is a stronger lean; above 0 towards the first words."
    )


def _p(value: float) -> str:
    text = p_text(value)
    return text if text.startswith("<") else f"= {text}"
