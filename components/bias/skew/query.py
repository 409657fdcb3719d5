"""What is searched for: a text, or an item by its number."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from components.kit.candidates import typed_vectors
from components.kit.choice import encoder_name
from components.kit.seeds import look_up
from components.kit.words import shorten
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.neighbours import find_row
from embeddings.space import Space

_NUMBER = re.compile(r"#(\d{1,9})")


class Query(NamedTuple):
    """What a search is for.

    Attributes:
        target: a text or a row.
        vectors_of: the vector of a text that no item is.
    """

    target: str | int
    vectors_of: VectorsOf = NONE_GIVEN


def read_query(space: Space, text: str) -> Query:
    """The query behind a typed text; waits with progress while it is encoded.

    Raises:
        EmbeddingError: the item does not exist, or the encoder has no vector for the text.
    """
    number = _NUMBER.fullmatch(text)
    found = look_up(space, [text])
    if number and text not in space.collection.rows:
        return Query(int(number[1]) - 1)
    if not found.to_encode:
        return Query(find_row(space, text))
    vectors = typed_vectors(space, found.items)
    if not np.any(vectors[text]):
        raise EmbeddingError(
            f"{encoder_name(space.encoder)} knows no part of “{shorten(text, 60)}”, for it learnt only what stands in "
            "this collection; so nothing is nearer to it than anything else. Search for words that occur in it, or "
            "choose an encoder that reads any text, such as MiniLM."
        )
    return Query(text, vectors)
