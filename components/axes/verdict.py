"""What the check of an axis says, in plain words."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from embeddings.axes import Axis, Separation

LEVEL = 0.05
Standing = Literal["holds", "fails", "too few", "unknown"]


class Verdict(NamedTuple):
    """What is said of an axis.

    Attributes:
        standing: "holds" where random axes seldom do as well, "too few" where they often do because there are so few
            seeds, "fails" where they often do and its own seeds are mixed up, "unknown" without random axes.
        heading: that in a few words.
        sentence: with the figures.
    """

    standing: Standing
    heading: str
    sentence: str


def verdict(axis: Axis) -> Verdict:
    """How far to trust an axis, from its check."""
    standing = _standing(axis)
    heading = {
        "holds": "It tells seeds apart that it was not made from",
        "fails": "No better than random axes: do not read anything into it",
        "too few": "Too few seeds to tell it from luck: add some",
        "unknown": "No random axes to compare with",
    }[standing]
    return Verdict(standing, heading, f"{_own(axis)} {_random(axis)}")


def silent_seeds(axis: Axis) -> list[str]:
    """Seeds at exactly 0 on the axis made without them, above all those whose vector has length zero."""
    scores = np.concatenate([axis.check.held_out.low, axis.check.held_out.high])
    return [word for word, score in zip(axis.low + axis.high, scores, strict=True) if score == 0]


def held_out_sentence(found: Separation) -> str:
    """How the held-out lists come out, in plain words."""
    pairs = len(found.low) * len(found.high)
    return (
        f"{_count(found.auc, pairs)} pairs of a low and a high held-out word come out the right way round "
        f"(AUC {found.auc:.2f}; chance is 0.50)."
    )


def p_text(p: float) -> str:
    """A p-value with as many digits as 200 random axes can give."""
    return f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def _standing(axis: Axis) -> Standing:
    check = axis.check
    if np.isnan(check.p_value):
        return "unknown"
    if check.p_value <= LEVEL:
        return "holds"
    return "too few" if check.held_out.auc == 1 else "fails"


def _own(axis: Axis) -> str:
    held_out = axis.check.held_out
    pairs = len(axis.low) if axis.paired else len(axis.low) * len(axis.high)
    each = "each time made without the pair" if axis.paired else "each time made without the two words"
    said = f"{_count(held_out.accuracy, pairs)} pairs of its own seeds come out the right way round, {each}"
    return f"{said} (AUC over all of them {held_out.auc:.2f})."


def _random(axis: Axis) -> str:
    check = axis.check
    if np.isnan(check.p_value):
        return "This collection holds too few items for random axes of the same size."
    draws = len(check.random_aucs)
    as_good = round(check.p_value * (1 + draws)) - 1
    return (
        f"Axes of as many random items do so in {100 * check.random_accuracies.mean():.0f} %, and {as_good:,} of "
        f"{draws:,} {'reaches' if as_good == 1 else 'reach'} its AUC ({p_text(check.p_value)})."
    )


def _count(share: float, pairs: int) -> str:
    """A share of pairs as a count; a tie counts half."""
    return (
        f"{share * pairs:.3g}".removesuffix(".0") + f" of {pairs:,}"
        if pairs < 1000
        else f"{100 * share:.1f} % of {pairs:,}"
    )
