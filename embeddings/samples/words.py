"""The ready collection of words: the most frequent ones of English and all that were sorted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa
import wordfreq

from embeddings.collection import Collection
from embeddings.samples.frequent import most_frequent, sections

MOST_FREQUENT = 1_500


class Sorted(NamedTuple):
    """A word as sorted by hand; form is None in categories without grammatical forms."""

    word: str
    category: str
    form: str | None


def words(title: str) -> Collection:
    """The words, most frequent first, each once.

    Columns: category and form (null for words not sorted by hand), frequency (Zipf: the decimal logarithm of the
    occurrences in a billion words), letters.
    """
    by_hand = {entry.word: entry for entry in sorted_by_hand()}
    frequency = {word: wordfreq.zipf_frequency(word, "en") for word in {*by_hand, *most_frequent(MOST_FREQUENT)}}
    ordered = sorted(frequency, key=lambda word: (-frequency[word], word))
    entries = [by_hand.get(word) for word in ordered]
    metadata = pa.table(
        {
            "category": pa.array([entry and entry.category for entry in entries], pa.string()),
            "form": pa.array([entry and entry.form for entry in entries], pa.string()),
            "frequency": pa.array([frequency[word] for word in ordered], pa.float64()),
            "letters": pa.array([len(word) for word in ordered], pa.int64()),
        }
    )
    return Collection.from_texts(ordered, name=title, metadata=metadata)


def sorted_by_hand() -> Iterator[Sorted]:
    """Every word of `words.txt` in the order of the file."""
    for heading, entries in sections("words.txt").items():
        category, _, brackets = heading.partition(" (")
        forms = brackets.rstrip(")").split("/") if brackets else [None]
        for entry in entries:
            for word, form in zip(entry.split("/"), forms, strict=False):
                if word:
                    yield Sorted(word, category, form)
