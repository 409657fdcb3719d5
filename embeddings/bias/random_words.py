"""What random words give in the place of the targets: the background an effect must stand out from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import wordfreq
from numpy.typing import NDArray

from embeddings.bias.association import AssociationTest
from embeddings.bias.effect import Floats, effect_sizes
from embeddings.bias.lookup import Lookup, Names, unit64
from embeddings.bias.steps import Progress, blocks
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space

Match = Literal["word frequency", "order", "none"]
DRAWS = 1_000
MOST_BINS = 10
# A bin must hold this many candidates for each word drawn from it, or random sets would hardly differ.
ROOM = 4
_BLOCK = 100
Rows = NDArray[np.intp]


class _Bin(NamedTuple):
    """Candidates of like frequency, and which of the targets are of that frequency."""

    candidates: Rows
    targets: Rows


@dataclass(frozen=True, eq=False)
class RandomSets:
    """Effect sizes with random words in place of X and Y; A and B stay.

    Attributes:
        effect_sizes: float64 of shape (draws,).
        p_value: (1 + random sets with at least the observed size of effect, either sign) / (1 + draws).
        match: how random words were matched to the targets.
        bins: into how many groups of like frequency the candidates were divided; 1 is no matching.
        candidates: how many words could be drawn.
    """

    effect_sizes: Floats
    p_value: float
    match: Match
    bins: int
    candidates: int


def random_sets(
    space: Space,
    test: AssociationTest,
    *,
    match: Match = "word frequency",
    vectors_of: VectorsOf = NONE_GIVEN,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> RandomSets:
    """Repeat an association test with random items of the space as targets, as many and of like frequency.

    Candidates are all items that are in none of the four sets. They are divided at the quantiles of the frequency
    into up to ten bins, fewer where a bin would hold less than four candidates for each word to be drawn from it;
    each target is replaced by a word of its own bin, no word twice in a draw.

    Args:
        space: of the test.
        test: what `weat` gave.
        match: by wordfreq's Zipf frequency of English, by the order of the collection, or not at all.
        vectors_of: as for the test.
        draws: how many random pairs of sets.
        seed: of the draws.
        on_progress: called with (done, total).

    Raises:
        EmbeddingError: the space is too small, or pictures or typed words have no frequency of this kind.
    """
    lookup = Lookup(space, vectors_of)
    targets = (*test.x, *test.y)
    candidates = _candidates(space, lookup, (*targets, *test.a, *test.b))
    if len(candidates) < ROOM * len(targets):
        raise EmbeddingError(
            f"Random sets of {len(targets)} words need at least {ROOM * len(targets)} other items; "
            f"this collection has {len(candidates)}."
        )
    bins = _bins(*_frequencies(lookup, candidates, targets, match), candidates)
    units = unit64(space.vectors[candidates])
    a, b = (lookup.units(names).mean(axis=0) for names in (test.a, test.b))
    scores = np.zeros(len(space))
    scores[candidates] = units @ (a - b)
    rng = np.random.default_rng(seed)
    effects = np.concatenate(
        [effect_sizes(scores[_draw(bins, block, len(targets), rng)], len(test.x))
         for block in blocks(draws, _BLOCK, on_progress)]
    )  # fmt: skip
    beyond = int((np.abs(effects) >= abs(test.effect_size)).sum())
    return RandomSets(effects, (1 + beyond) / (1 + draws), match, len(bins), len(candidates))


def _candidates(space: Space, lookup: Lookup, used: Names) -> Rows:
    texts = {lookup.text(name).casefold() for name in used}
    rows = {lookup.row(name) for name in used}
    items = enumerate(space.collection.items)
    return np.array(
        [row for row, item in items if row not in rows and not (isinstance(item, str) and item.casefold() in texts)],
        dtype=np.intp,
    )


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
    if lookup.space.collection.kind != "text":
        raise EmbeddingError("Pictures have no word frequency; draw random sets without matching.")
    frequency = [wordfreq.zipf_frequency(lookup.text(int(row)), "en") for row in candidates]
    return np.array(frequency), np.array([wordfreq.zipf_frequency(lookup.text(name), "en") for name in targets])


def _bins(frequency: Floats, of_targets: Floats, candidates: Rows) -> tuple[_Bin, ...]:
    """As many quantile bins as leave room in each."""
    for count in range(MOST_BINS, 0, -1):
        edges = np.unique(np.quantile(frequency, np.linspace(0, 1, count + 1)[1:-1], method="higher"))
        edges = edges[edges > frequency.min()]
        mine, theirs = np.searchsorted(edges, frequency, "right"), np.searchsorted(edges, of_targets, "right")
        bins = tuple(_Bin(candidates[mine == each], np.flatnonzero(theirs == each)) for each in range(len(edges) + 1))
        if all(len(each.candidates) >= ROOM * len(each.targets) for each in bins):
            break
    return bins


def _draw(bins: tuple[_Bin, ...], draws: int, targets: int, rng: np.random.Generator) -> Rows:
    """Rows in the place of each target, shape (draws, targets)."""
    drawn = np.empty((draws, targets), dtype=np.intp)
    for each in bins:
        for row in drawn if len(each.targets) else ():
            row[each.targets] = rng.choice(each.candidates, size=len(each.targets), replace=False)
    return drawn
