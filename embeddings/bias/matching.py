"""Which words may stand in for targets: others of like frequency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
import wordfreq
from numpy.typing import NDArray

from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup, Names
from embeddings.errors import EmbeddingError

Match = Literal["word frequency", "order", "none"]
Rows = NDArray[np.intp]
MOST_BINS = 10
# A bin must hold this many candidates for each word drawn from it, or random sets would hardly differ.
ROOM = 4


class Bin(NamedTuple):
    """Candidates of like frequency, and which of the targets are of that frequency."""

    candidates: Rows
    targets: Rows


def others(lookup: Lookup, used: Names, among: Iterable[int]) -> Rows:
    """Those rows that hold none of the names used, in any case of the letters."""
    texts = {lookup.text(name).casefold() for name in used}
    rows = {lookup.row(name) for name in used}
    items = lookup.space.collection.items
    return np.array(
        [row for row in among if row not in rows and not _is_among(items[row], texts)],
        dtype=np.intp,
    )


def matched(lookup: Lookup, candidates: Rows, targets: Names, match: Match) -> tuple[Bin, ...]:
    """Candidates divided at the quantiles of their frequency, in as many bins (at most ten) as leave room in each.

    Raises:
        EmbeddingError: there are less than four candidates for each target, or something has no such frequency.
    """
    if len(candidates) < ROOM * len(targets):
        raise EmbeddingError(
            f"Random sets of {len(targets)} words need at least {ROOM * len(targets)} other items; "
            f"this collection has {len(candidates)}."
        )
    frequency, of_targets = _frequencies(lookup, candidates, targets, match)
    for count in range(MOST_BINS, 0, -1):
        edges = np.unique(np.quantile(frequency, np.linspace(0, 1, count + 1)[1:-1], method="higher"))
        edges = edges[edges > frequency.min()]
        mine, theirs = np.searchsorted(edges, frequency, "right"), np.searchsorted(edges, of_targets, "right")
        bins = tuple(Bin(candidates[mine == each], np.flatnonzero(theirs == each)) for each in range(len(edges) + 1))
        if all(len(each.candidates) >= ROOM * len(each.targets) for each in bins):
            break
    return bins


def draw(bins: tuple[Bin, ...], draws: int, targets: int, rng: np.random.Generator) -> Rows:
    """Rows in the place of each target, shape (draws, targets); no row twice in a draw."""
    drawn = np.empty((draws, targets), dtype=np.intp)
    for each in bins:
        for row in drawn if len(each.targets) else ():
            row[each.targets] = rng.choice(each.candidates, size=len(each.targets), replace=False)
    return drawn


def _is_among(item: object, texts: set[str]) -> bool:
    return isinstance(item, str) and item.casefold() in texts


def _frequencies(lookup: Lookup, candidates: Rows, targets: Names, match: Match) -> tuple[Floats, Floats]:
    """Of the candidates and of the targets; equal numbers where nothing is matched."""
    if match == "none":
        return np.zeros(len(candidates)), np.zeros(len(targets))
    if match == "order":
        places = [lookup.row(name) for name in targets]
        unplaced = next((name for name, place in zip(targets, places, strict=True) if place is None), None)
        if unplaced is not None:
            raise EmbeddingError(f"“{unplaced}” is not in this collection, so it has no place in its order.")
        return candidates.astype(np.float64), np.array(places, dtype=np.float64)
    if lookup.space.collection.kinds != ("text",):
        raise EmbeddingError("Pictures have no word frequency; draw random sets without matching.")
    frequency = [wordfreq.zipf_frequency(lookup.text(int(row)), "en") for row in candidates]
    return np.array(frequency), np.array([wordfreq.zipf_frequency(lookup.text(name), "en") for name in targets])
