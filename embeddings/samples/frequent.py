"""The most frequent words of English: what sums of words are answered from."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import pyarrow as pa
import wordfreq

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.items import Items
from embeddings.kinds import Item

MOST = 50_000


def frequent_words(count: int) -> Collection:
    """The most frequent words that consist of letters, most frequent first; without rude words and fragments.

    Raises:
        EmbeddingError: count is not between 1 and 50,000.
    """
    if not 1 <= count <= MOST:
        raise EmbeddingError(f"Between 1 and {MOST:,} frequent words can be taken, not {count:,}.")
    return Collection.from_texts(most_frequent(count), name=f"{count:,} frequent words")


def most_frequent(count: int) -> list[str]:
    """The same words as a list."""
    left_out = {word for words in sections("left_out.txt").values() for word in words}
    candidates = wordfreq.top_n_list("en", 2 * count + 200)
    return [word for word in candidates if _is_word(word) and word not in left_out][:count]


def with_words(collection: Collection, words: Collection) -> Collection:
    """A collection and, after it, those words that are not in it yet; row i of the collection stays row i.

    The words have no metadata.
    """
    new = [word for word in words.items if word not in collection.rows]
    items: tuple[Item, ...] = (*collection.items, *new)
    columns = {name: collection.column(name) for name in collection.columns}
    metadata = pa.table(
        {name: pa.chunked_array([*column.chunks, pa.nulls(len(new), column.type)]) for name, column in columns.items()}
    )
    return Collection(f"{collection.name} and {words.name}", Items.of(items), metadata)


@lru_cache(maxsize=4)
def sections(file: str) -> dict[str, tuple[str, ...]]:
    """The words of a list beside this file, by the heading above them."""
    text = "\n" + files("embeddings.samples").joinpath(file).read_text("utf-8")
    parts = (section.partition("\n") for section in text.split("\n# ")[1:])
    return {heading: tuple(body.split()) for heading, _, body in parts}


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalpha() and (len(text) > 1 or text in {"a", "i"})
