"""What the measures of sets say, in plain words."""

from __future__ import annotations

from typing import Any

import numpy as np

from components.bias.sets.conventions import SIMILARITY
from components.kit.words import p_text
from embeddings.bias.effect import Floats

LARGER_AS_SIMILARITY = "more association; 0 is none. It lies between −1 and 1."


def number(value: float) -> str:
    """A value with three digits and a true minus."""
    return f"{value:.3f}".replace("-", "−")


def says(measure: str, result: Any, groups: tuple[str, str]) -> str:
    """What a result says of these sets."""
    return {"RND": _rnd, "RNSB": _rnsb, "MAC": _mac, "ECT": _ect}[measure](result, groups)


def against_chance(measure: str, result: Any) -> str:
    """What chance would give: a p-value, or the range of random items; “none” where the measure has neither."""
    if measure == "RND":
        return f"p {_p(result.p_value)}: groups dealt out anew"
    if measure == "ECT":
        return "none"
    random: Floats = result.random
    if not len(random):
        return "too few items for random ones"
    low, high = usual_range(random)
    said = f"{number(low)} to {number(high)}: 95 % of random items"
    if measure == "RNSB":
        said += f"; {number(result.splits.min())} to {number(result.splits.max())} in ten splits of the lexicon"
    return said


def usual_range(random: Floats) -> tuple[float, float]:
    """Where 95 % of random items lie."""
    low, high = np.quantile(random, [0.025, 0.975]).tolist()
    return float(low), float(high)


def larger_means(measure: str, conventions: dict[str, str], larger: str) -> str:
    """What a larger value means, which for MAC depends on its convention."""
    return LARGER_AS_SIMILARITY if measure == "MAC" and conventions["mac_gives"] == SIMILARITY else larger


def no_bias(measure: str, conventions: dict[str, str], none: float) -> float:
    """The value without bias, which for MAC depends on its convention."""
    return 0.0 if measure == "MAC" and conventions["mac_gives"] == SIMILARITY else none


def _rnd(result: Any, groups: tuple[str, str]) -> str:
    if result.p_value >= 0.05:
        return "The words are no nearer to one group than chance would have it."
    return f"The words are nearer to {groups[1] if result.value > 0 else groups[0]}."


def _rnsb(result: Any, groups: tuple[str, str]) -> str:
    worst = str(result.words[int(np.argmax(result.shares))])
    beside = ""
    if len(result.random):
        high = usual_range(result.random)[1]
        much = "more uneven than" if result.value > high else "no more uneven than"
        beside = f", {much} random items"
    known = f" The classifier is right on {100 * result.accuracy:.0f} % of the lexicon held out."
    return f"Uneven by {number(result.value)}{beside}; most negative: {worst}.{known}"


def _mac(result: Any, groups: tuple[str, str]) -> str:
    one, other = result.scores.mean(axis=0).tolist()
    kind = "similarity" if result.similarity else "distance"
    nearer = groups[0] if (one > other) == result.similarity else groups[1]
    return f"Mean {kind} {number(one)} to {groups[0]}, {number(other)} to {groups[1]}: nearer to {nearer}."


def _ect(result: Any, groups: tuple[str, str]) -> str:
    how = "nearly the same" if result.value >= 0.9 else "a similar" if result.value >= 0.5 else "quite another"
    return f"Seen from {groups[0]} and from {groups[1]}, the words stand in {how} order."


def _p(value: float) -> str:
    text = p_text(value)
    return text if text.startswith("<") else f"= {text}"
