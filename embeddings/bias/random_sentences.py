"""What random words give in the sentences of the targets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from embeddings.bias.association import AssociationTest
from embeddings.bias.effect import Floats
from embeddings.bias.lookup import Lookup
from embeddings.bias.matching import ROOM, Match, matched, others
from embeddings.bias.random_words import DRAWS, RandomSets, null_of
from embeddings.bias.sentences import Wording, Words
from embeddings.bias.several import FourSets
from embeddings.bias.steps import Progress
from embeddings.bias.templates import sentences
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.space import Space
from embeddings.units import unit64

# So many words are put into sentences: encoding those of a whole vocabulary would take minutes.
POOL = 600


def words_to_draw(collection: Collection, *, seed: int = 0) -> list[str]:
    """Up to 600 single words of a collection, at random; the same for every test, so that they are encoded once."""
    single = [item for item in collection.items if isinstance(item, str) and len(item.split()) == 1]
    if len(single) <= POOL:
        return single
    chosen = np.random.default_rng(seed).choice(len(single), size=POOL, replace=False)
    return [single[place] for place in np.sort(chosen)]


def random_sentences(
    space: Space,
    test: AssociationTest,
    sets: FourSets,
    pool: Sequence[str],
    *,
    wording: Wording,
    match: Match = "word frequency",
    vectors_of: VectorsOf = NONE_GIVEN,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> RandomSets:
    """Repeat a test over sentences with random words in the sentences of X and Y; see `random_sets`.

    A word that is drawn brings all of its sentences, so that sentences stay together as they are in the test.

    Args:
        space: of the test; it holds the words of the pool, whose frequency counts.
        test: what `seat` gave.
        sets: the words of the test.
        pool: see `words_to_draw`; words that are in one of the sets are left out.
        wording: of the test.
        match: how random words are matched to those of X and Y.
        vectors_of: vectors of the sentences of the attributes, and of the pool in the sentences of the targets.
        draws: how many random pairs of sets.
        seed: of the draws.
        on_progress: called with (done, total).

    Raises:
        EmbeddingError: the pool is too small, or typed words have no frequency of this kind.
    """
    x, y, a, b = ([str(word) for word in each] for each in sets)
    lookup, rows = Lookup(space, vectors_of), space.collection.rows
    candidates = others(lookup, (*x, *y, *a, *b), [rows[word] for word in pool])
    needed = ROOM * (len(x) + len(y))
    if len(candidates) < needed:
        raise EmbeddingError(
            f"Random sets in sentences are made of single words: {needed} others are needed for these "
            f"{len(x) + len(y)} words, this vocabulary has {len(candidates)}."
        )
    bins = matched(lookup, candidates, (*x, *y), match)
    axis = _mean(lookup, a, wording) - _mean(lookup, b, wording)
    forms = 1 if wording.by_word else len(wording.targets)
    scores = np.zeros((len(space), forms))
    drawn = [str(space.collection.items[row]) for row in candidates]
    scores[candidates] = _observations(lookup, drawn, wording.targets, by_word=wording.by_word) @ axis
    return null_of(test, scores, bins, match, draws=draws, seed=seed, on_progress=on_progress)


def _mean(lookup: Lookup, words: Words, wording: Wording) -> Floats:
    observed = _observations(lookup, words, wording.attributes, by_word=wording.by_word)
    mean: Floats = observed.mean(axis=(0, 1))
    return mean


def _observations(lookup: Lookup, words: Words, templates: Sequence[str], *, by_word: bool) -> Floats:
    """Unit vectors of each word's sentences, or of their mean, float64 of shape (words, observations, d)."""
    units = lookup.units(sentences(words, templates)).reshape(len(words), len(templates), -1)
    return unit64(units.mean(axis=1, keepdims=True)) if by_word else units
