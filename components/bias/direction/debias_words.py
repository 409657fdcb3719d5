"""What a debiasing leaves, in plain words."""

from __future__ import annotations

from typing import Literal, NamedTuple

from embeddings.bias.remaining import Remaining
from embeddings.bias.taking_out import TakenOut

CHANCE = 0.5
MOSTLY = 0.75
SMALL = 0.5


class Said(NamedTuple):
    """A verdict on a debiasing.

    Attributes:
        standing: "hidden" where the sides are still told in most cases, "weaker" where better than chance only, "gone"
            where not better than chance, "was not there" where they could not be told before, "unknown" without the
            check.
        heading: in a few words.
        sentence: with the figures.
    """

    standing: Literal["hidden", "weaker", "gone", "was not there", "unknown"]
    heading: str
    sentence: str


def debias_verdict(found: TakenOut) -> Said:
    """Whether the bias is hidden, weaker or no longer told, by the classifier of Gonen & Goldberg."""
    remaining = found.remaining
    if remaining is None:
        return Said("unknown", "Whether it is gone cannot be checked here", found.why_not)
    before, after = remaining.classifier
    if before.low <= CHANCE:
        return Said(
            "was not there",
            "The sides could not be told apart before either",
            f"{_told(remaining)} So there is nothing that debiasing could have taken out.",
        )
    if after.low <= CHANCE:
        return Said(
            "gone",
            "This classifier no longer tells the sides apart",
            f"{_told(remaining)} That does not show that all is gone: another classifier may succeed.",
        )
    if after.share >= MOSTLY and found.lean.after <= SMALL * found.lean.before:
        return Said(
            "hidden",
            "It is hidden, not removed",
            f"The items’ cosines with the direction shrank from {found.lean.before:.3f} to {found.lean.after:.3f} on "
            f"average, and yet {_lower(_told(remaining))}",
        )
    return Said("weaker", "It is weaker, not gone", _told(remaining))


def what_was_done(found: TakenOut) -> str:
    """What was taken out, and of how many."""
    many = "1 direction" if found.directions == 1 else f"{found.directions} directions"
    kept = f"; {found.kept} items kept their vectors" if found.kept else ""
    rounds = ""
    if len(found.accuracies):
        told = " → ".join(f"{100 * share:.0f} %" for share in found.accuracies)
        rounds = f" Right on words held out, before each round and after the last: {told}."
    return f"{found.method.capitalize()}: {many} taken out of all vectors{kept}.{rounds}"


def cluster_caption(share: float, count: int) -> str:
    """What stands below a drawing."""
    return f"Two K-means clusters put {100 * share:.0f} % of these {count:,} on their side (chance is 50 %)."


def _told(remaining: Remaining) -> str:
    before, after = remaining.classifier
    return (
        f"A classifier tells the side of {100 * after.share:.0f} % [{100 * after.low:.0f}, {100 * after.high:.0f}] of "
        f"the items that leant most, {100 * before.share:.0f} % before; half would be chance. Their neighbours go with "
        f"the old lean at r = {_signed(remaining.neighbours.after)}, {_signed(remaining.neighbours.before)} before."
    )


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
