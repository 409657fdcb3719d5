"""What the numbers of a relation mean, in plain words."""

from __future__ import annotations

from components.relations.charts import DRAWN, short
from embeddings.analogies.offsets import Offsets

# Bounds of the words below; they describe, they do not test.
MUCH, PARTLY, GAIN = 0.35, 0.15, 0.05
FEW = 5


def verdict(found: Offsets) -> str:
    """Whether the pairs differ in one direction, against the same words wrongly paired."""
    gain = found.mean - found.shuffled
    if gain < GAIN and found.mean >= PARTLY:
        said = "The two groups of words lie apart, but who belongs to whom makes no difference"
    elif gain < GAIN:
        said = "The pairs have no direction in common"
    elif found.mean >= MUCH:
        said = "The pairs differ in much the same direction"
    elif found.mean >= PARTLY:
        said = "The pairs share a direction in part"
    else:
        said = "The pairs hardly share a direction"
    few = "" if len(found.vectors) >= FEW else f" With {len(found.vectors)} pairs this says little."
    return (
        f"**{said}**: the mean cosine of two differences is **{short(found.mean)}**, against "
        f"**{short(found.shuffled)}** when the second words are handed to other pairs.{few}"
    )


def plane_sentence(found: Offsets, pairs: int) -> str:
    """What the arrows leave out."""
    drawn = f"The first {DRAWN} of {pairs} pairs are drawn; the numbers are of all. " if pairs > DRAWN else ""
    return (
        f"{drawn}Each arrow is second − first, all words at length 1, from one origin. The plane holds "
        f"{100 * found.share:.0f} % of the squared length of all differences; the rest points out of the picture. "
        "Labels that would cover others show on hover."
    )


def coverage_sentence(used: int, of: int) -> str:
    """How many ready pairs the candidates hold."""
    if used == of:
        return f"All {of} pairs have both words among the candidates."
    return f"{used} of {of} pairs have both words among the candidates; the others are left out."
