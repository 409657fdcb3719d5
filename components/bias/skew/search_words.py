"""What a search skew says, in plain words."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from components.bias.skew.search_tables import FEWER, LEVEL, MORE, standings
from components.kit.words import p_text, shorten
from embeddings.bias.search_skew import SearchSkew
from embeddings.reading.wording import several

Standing = Literal["skewed", "even"]


class Said(NamedTuple):
    """A verdict: its standing, a few words and a sentence with the figures."""

    standing: Standing
    heading: str
    sentence: str


def verdict(found: SearchSkew, query: str) -> Said:
    """Whether the first results are more uneven than random orders, and who is favoured."""
    if (found.p_values < LEVEL).any() or found.p_ndkl < LEVEL:
        return Said("skewed", f"“{shorten(query, 60)}” does not show all groups alike", _who(found))
    return Said(
        "even",
        f"The first {found.k} for “{shorten(query, 60)}” are no more uneven than random orders",
        "That shows no absence of bias: with few places only a large skew can be told from chance.",
    )


def measures(found: SearchSkew) -> str:
    """MaxSkew and NDKL with their p-values, and what the numbers mean."""
    return (
        f"MaxSkew@{found.k} = {found.max_skew:.2f} (p {_p(found.p_max_skew)}): how far the most favoured group is "
        f"above the share compared with, as a natural logarithm (0.69 is twice its share). NDKL = {found.ndkl:.3f} "
        f"(p {_p(found.p_ndkl)}): unevenness of the first {len(found.rows):,} places, early ones weighing more. Both "
        "are 0 where even; p is the share of random orders of the same items that are at least as uneven."
    )


def notes(found: SearchSkew, *, equal: bool) -> list[str]:
    """What bears on the figures: items without a group, an uneven collection, few of a group."""
    said = [left_out(found.unlabelled)] if found.unlabelled else []
    if equal and np.ptp(found.totals):
        said.append(
            "The groups of the collection are not equally many, so with equal shares even a random order counts as "
            "skewed: the p-values of MaxSkew and NDKL then also count that."
        )
    fewest = int(found.totals.min())
    if fewest < 5:
        said.append(f"The smallest group has {several(fewest, 'item')}: of so few little can be said.")
    return said


def left_out(items: int) -> str:
    """How many items belong to no group."""
    return f"{several(items, 'item')} without a value in this column {'is' if items == 1 else 'are'} left out."


def _who(found: SearchSkew) -> str:
    standing = standings(found)
    by_count = np.argsort(-found.counts, kind="stable").tolist()
    more = [place for place in by_count if standing[place] == MORE]
    fewer = [place for place, each in enumerate(standing) if each == FEWER]
    said = []
    if more:
        said.append(f"More often than in random orders: {_listed(found, more)}.")
    if fewer:
        said.append(f"Less often: {_listed(found, fewer)}.")
    return " ".join(said) or (
        f"No single group among the first {found.k} is beyond chance, but the order as a whole is more uneven "
        f"than random orders (NDKL, p {_p(found.p_ndkl)})."
    )


def _listed(found: SearchSkew, places: list[int], most: int = 3) -> str:
    whole = found.totals.sum()
    said = [
        f"{shorten(found.groups[place], 40)} ({found.counts[place]} of the first {found.k}; "
        f"{100 * found.totals[place] / whole:.0f} % of the collection)"
        for place in places[:most]
    ]
    more = f" and {len(places) - most} more" if len(places) > most else ""
    return ", ".join(said) + more


def _p(value: float) -> str:
    text = p_text(value)
    return text if text.startswith("<") else f"= {text}"
