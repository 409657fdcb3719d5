"""The association test over sentences made from words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from embeddings.bias.association import AssociationTest, weat
from embeddings.bias.checking import check_sets
from embeddings.bias.lookup import Lookup
from embeddings.bias.partitions import DRAWS
from embeddings.bias.steps import Progress
from embeddings.bias.templates import TEMPLATES, sentences
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.reading.wording import quoted
from embeddings.space import Space, Vectors
from embeddings.units import unit

Words = Sequence[str]


class Wording(NamedTuple):
    """Which templates the targets and the attributes stand in, and what counts as one observation.

    Attributes:
        targets: templates for X and Y.
        attributes: templates for A and B.
        by_word: the mean of a word's sentences is one observation, as sentences of one word are not independent; else
            every sentence is one, as in the paper, which makes p-values too small. A word that is both target and
            attribute then stands in the attributes' templates.
    """

    targets: tuple[str, ...] = TEMPLATES["any word"]
    attributes: tuple[str, ...] = TEMPLATES["any word"]
    by_word: bool = False


PLAIN = Wording()


def seat_sentences(x: Words, y: Words, a: Words, b: Words, *, wording: Wording = PLAIN) -> list[str]:
    """All sentences that `seat` needs vectors of, each once: encode them and give them as `vectors_of`.

    Raises:
        EmbeddingError: a template cannot be used.
    """
    targets, attributes = sentences([*x, *y], wording.targets), sentences([*a, *b], wording.attributes)
    return list(dict.fromkeys([*targets, *attributes]))


def seat(
    space: Space,
    x: Words,
    y: Words,
    a: Words,
    b: Words,
    *,
    wording: Wording = PLAIN,
    vectors_of: VectorsOf = NONE_GIVEN,
    draws: int = DRAWS,
    seed: int = 0,
    on_progress: Progress | None = None,
) -> AssociationTest:
    """The sentence encoder association test (May et al. 2019): `weat` over sentences that hold the words.

    Args:
        space: made by the sentence encoder.
        x: target words.
        y: as many other target words.
        a: attribute words.
        b: attribute words.
        wording: templates and observations.
        vectors_of: vectors of the sentences of `seat_sentences` that the space does not hold.
        draws: see `weat`.
        seed: of all random steps.
        on_progress: called with (done, total).

    Raises:
        EmbeddingError: the words cannot be used, a sentence has no vector, or as for `weat`.
    """
    check_sets(space, {"X": x, "Y": y, "A": a, "B": b}, any_text=True).require()
    lookup = Lookup(space, vectors_of)
    sides = ((x, wording.targets), (y, wording.targets), (a, wording.attributes), (b, wording.attributes))
    asked = dict.fromkeys(sentence for words, templates in sides for sentence in sentences(words, templates))
    _require_all(lookup, asked)
    if not wording.by_word:
        sets = [sentences(words, templates) for words, templates in sides]
        return weat(space, *sets, vectors_of=vectors_of, draws=draws, seed=seed, on_progress=on_progress)
    found = {word: _mean(lookup, word, templates) for words, templates in sides for word in words}
    of_words = Space.from_vectors(found, np.stack(list(found.values())), name="means of sentences")
    return weat(of_words, x, y, a, b, draws=draws, seed=seed, on_progress=on_progress)


def _require_all(lookup: Lookup, asked: Iterable[str]) -> None:
    unknown = [sentence for sentence in asked if not lookup.knows(sentence)]
    if unknown:
        raise EmbeddingError(f"These sentences have no vectors yet, so they must be encoded first: {quoted(unknown)}.")


def _mean(lookup: Lookup, word: str, templates: Sequence[str]) -> Vectors:
    return np.asarray(unit(lookup.vectors(sentences([word], templates))).mean(axis=0))
