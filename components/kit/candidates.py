"""What may answer: the collection, frequent words, or both; and finding items by their text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st
from numpy.typing import NDArray

from components.kit import caching
from components.kit.ask import ask
from components.kit.choice import chosen_collection, chosen_encoder
from components.kit.kinds import drawn
from components.kit.spaces import space_of, texts_request
from components.kit.widgets import pick
from components.kit.words import shorten
from embeddings.collection import Collection, Item
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.given import VectorsOf
from embeddings.space import Space
from embeddings.store import is_given

KEY = "candidates"
WORDS, OWN, BOTH = "words", "collection", "both"
NAMES = {WORDS: "Frequent words", OWN: "The collection", BOTH: "Both"}
SIZES = (5_000, 12_000, 25_000, 50_000)
DEFAULT_SIZE = 12_000


class Candidates(NamedTuple):
    """What answers come from.

    Attributes:
        collection: the items that may be answers.
        own: the visitor's collection, whose item n is `#n` whatever the candidates are.
        encoder: gives the vectors of both and of typed texts.
    """

    collection: Collection
    own: Collection
    encoder: str

    @property
    def reads(self) -> bool:
        """Whether the encoder can be asked about a typed text."""
        return reads_texts(self.encoder)

    def space(self) -> Space:
        """The vectors of the candidates; waits with progress while they are computed."""
        return space_of(self.collection, self.encoder)

    def reference(self, row: int) -> Item | None:
        """The item behind `#row+1` where it is not the candidate of that row; None where it is, or does not exist."""
        same = self.collection is self.own or self.collection.items[: len(self.own)] == self.own.items
        return None if same or row >= len(self.own) else self.own.items[row]


def candidate_controls() -> Candidates:
    """The chosen candidates, with the controls that choose them; both stand in the link."""
    own, _ = chosen_collection()
    encoder = chosen_encoder()
    ways = ways_of(own, encoder)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", width="content"):
        which = pick(
            "Answers come from",
            {each: NAMES[each] for each in ways},
            key=KEY,
            help=f"The collection is “{shorten(own.name, 60)}”. Frequent words are the most frequent English ones; "
            "rude words and fragments are left out.",
        )
        size = DEFAULT_SIZE
        if which != OWN and WORDS in ways:
            size = st.selectbox(
                "How many words",
                SIZES,
                index=SIZES.index(DEFAULT_SIZE),
                format_func=lambda each: f"{each:,}",
                key="words",
                bind="query-params",
                persist_state="session",
                width=130,
            )
    return Candidates(candidate_collection(own, which, int(size)), own, encoder)


def ways_of(own: Collection, encoder: str) -> list[str]:
    """Which candidates there can be, the default first: words only where the encoder reads any text."""
    if not reads_texts(encoder):
        return [OWN]
    return [WORDS, OWN, BOTH] if not drawn(own) else [OWN, WORDS, BOTH]


def candidate_collection(own: Collection, which: str, size: int) -> Collection:
    """The candidates of a choice."""
    if which == OWN:
        return own
    return caching.words(size) if which == WORDS else caching.with_frequent_words(own, size)


def typed_vectors(space: Space, items: dict[str, Item]) -> VectorsOf:
    """Vectors of texts and pictures that the candidates do not hold, by the name they have in a sum; waits for them."""
    if not items:
        return {}
    vectors = ask(texts_request(space, list(items.values())))
    return dict(zip(items, vectors, strict=True))


def reads_texts(encoder: str) -> bool:
    """Whether an encoder can be asked about a typed text."""
    return not is_given(encoder) and find_spec(encoder).takes("text")


def find_text(collection: Collection, wanted: str, *, regex: bool = False) -> NDArray[np.int32]:
    """Rows whose text holds the wanted one, upper and lower case alike; or matches a regular expression.

    The text of a picture is all that is written about it: its caption, its file, its labels.

    Expressions run in RE2, which takes time in proportion to the text whatever the expression.

    Raises:
        EmbeddingError: the expression cannot be read.
    """
    texts = _texts(collection)
    match = pc.match_substring_regex if regex else pc.match_substring
    try:
        mask = match(texts, wanted, ignore_case=True)
    except pa.ArrowInvalid as error:
        reason = str(error).split(":", 1)[-1].strip()
        raise EmbeddingError(f"This regular expression cannot be read: {reason}") from None
    return np.flatnonzero(mask.to_numpy(zero_copy_only=False)).astype(np.int32)


def _texts(collection: Collection) -> pa.Array:
    texts = pa.array([collection.text(row) for row in range(len(collection))], pa.large_string())
    if not drawn(collection):
        return texts
    columns = [column for column in collection.metadata.columns if _is_text(column.type)]
    parts = [texts, *(column.cast(pa.large_string()).combine_chunks() for column in columns)]
    return pc.binary_join_element_wise(*parts, pa.scalar("\n", pa.large_string()), null_handling="skip")


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
