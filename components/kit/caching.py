"""All caching of the application: what is shared by every visitor of one server process.

What job threads use too is kept by `lru_cache`, because Streamlit's caches belong to script runs.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import streamlit as st
from cachetools import LRUCache
from streamlit import runtime

from embeddings.analogies.questions import Questions, google_questions
from embeddings.analogies.relations import Pair, relations_of
from embeddings.analogies.vocabulary import Matching, Vocabulary
from embeddings.collection import Collection
from embeddings.gap import close_gap, gap_view
from embeddings.jobs.job import JobBoard
from embeddings.joint import join_spaces, split
from embeddings.projections import Layout, LinearMap
from embeddings.samples import load_sample
from embeddings.samples.frequent import frequent_words, with_words
from embeddings.space import Space, centred
from embeddings.store import Store
from embeddings.zero_shot import ZeroShot, label_vectors, zero_shot

T = TypeVar("T")
OUTCOME_BYTES = 3 << 30
COLLECTION_BYTES = 2 << 30


@lru_cache(maxsize=1)
def store() -> Store:
    """The store of this server."""
    return Store()


@lru_cache(maxsize=1)
def board() -> JobBoard:
    """The jobs under way on this server."""
    return JobBoard(present)


def present(visitor: str) -> bool:
    """Whether the browser tab of a visitor (`session/name`) is connected."""
    try:
        server = runtime.get_instance()
    except RuntimeError:  # there is no server: a script, or a test between two runs of its page
        return True
    return server.is_active_session(visitor.partition("/")[0])


@lru_cache(maxsize=8)
def sample(key: str) -> Collection:
    """A ready collection."""
    return load_sample(key)


@lru_cache(maxsize=4)
def words(count: int) -> Collection:
    """The most frequent words."""
    return frequent_words(count)


@st.cache_resource(max_entries=8, hash_funcs={Collection: lambda collection: collection.fingerprint})
def with_frequent_words(collection: Collection, count: int) -> Collection:
    """A collection and, after it, frequent words."""
    return with_words(collection, words(count))


@lru_cache(maxsize=1)
def google_set() -> Questions:
    """The analogy questions inside gensim."""
    return google_questions()


@lru_cache(maxsize=1)
def google_relations() -> dict[str, tuple[Pair, ...]]:
    """The pairs of each category of the Google set."""
    return relations_of(google_set())


@st.cache_resource(
    max_entries=32,
    hash_funcs={Space: lambda space: space.fingerprint, Questions: lambda questions: questions.fingerprint},
)
def covered_questions(space: Space, questions: Questions, matching: Matching) -> int:
    """How many questions have all four words among the candidates."""
    return int((Vocabulary.of(space, matching).find(questions) >= 0).all(axis=1).sum())


def saved_collection(fingerprint: str, name: str) -> Collection:
    """A saved collection by its content."""
    key = f"{fingerprint}|{name}"
    known: Collection | None = _collections().get(key)
    if known is None:
        known = store().load(fingerprint, name)
        _collections().put(key, known)
    return known


def forget_collections() -> None:
    """Let go of all saved collections, because one was deleted."""
    _collections.cache_clear()


@st.cache_resource(max_entries=8, hash_funcs={Space: lambda space: space.fingerprint})
def centred_space(space: Space) -> Space:
    """A space with its mean taken away."""
    return centred(space)


@st.cache_resource(max_entries=8, hash_funcs={Layout: lambda layout: layout.coordinates.tobytes()})
def space_of_places(layout: Layout) -> Space:
    """The places on a map as a space, for what looks at clusters of the map."""
    return Space.from_vectors([str(row) for row in range(len(layout))], layout.coordinates, name="map")


@st.cache_resource(max_entries=8, hash_funcs={Collection: lambda collection: collection.fingerprint})
def pictures_and_texts(collection: Collection) -> tuple[Collection, tuple[str, ...]]:
    """The pictures and the distinct texts of a collection that holds pictures."""
    return split(collection)


@st.cache_resource(max_entries=8, hash_funcs={Space: lambda space: space.fingerprint})
def joined_space(pictures: Space, texts: Space) -> Space:
    """Pictures and texts by one joint encoder as one space."""
    return join_spaces(pictures, texts)


@st.cache_resource(max_entries=16, hash_funcs={Space: lambda space: space.fingerprint})
def moved_space(space: Space, share: float) -> Space:
    """A joint space with its gap partly closed."""
    return close_gap(space, share)


@st.cache_resource(max_entries=8, hash_funcs={Space: lambda space: space.fingerprint})
def side_view(space: Space) -> LinearMap:
    """A joint space seen from the side of its gap."""
    return gap_view(space)


@st.cache_resource(max_entries=16, hash_funcs={Space: lambda space: space.fingerprint})
def named_pictures(pictures: Space, prompts: Space, labels: int, scale: float) -> ZeroShot:
    """Pictures named by labels, whose prompts come label by label."""
    return zero_shot(pictures.vectors, label_vectors(prompts.vectors, labels), scale=scale)


class Outcomes:
    """Results by key, the least recently used dropped at a bound in bytes; values are read-only."""

    def __init__(self, most_bytes: int = OUTCOME_BYTES) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[str, Any] = LRUCache(most_bytes, getsizeof=_size)

    def get(self, key: str) -> Any | None:
        """The result of a key, or None."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep a result; one too large to be kept is left out."""
        with self._lock:
            if _size(value) <= self._kept.maxsize:
                self._kept[key] = value


@lru_cache(maxsize=1)
def outcomes() -> Outcomes:
    """Results of finished jobs."""
    return Outcomes()


def remembered(key: str, make: Callable[[], T]) -> T:
    """A result of quick work by its key, made when it is not there."""
    known: T | None = outcomes().get(key)
    if known is None:
        known = make()
        outcomes().put(key, known)
    return known


@lru_cache(maxsize=1)
def _collections() -> Outcomes:
    """Saved collections that somebody has opened; those of pictures are large."""
    return Outcomes(COLLECTION_BYTES)


def _size(value: Any) -> int:
    """Bytes of the arrays within a result."""
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, Space):
        return int(value.vectors.nbytes) + 100 * len(value) + _picture_bytes(value.collection)
    if isinstance(value, Collection):
        return value.items.nbytes + int(value.metadata.nbytes)
    if isinstance(value, pa.Table):
        return int(value.nbytes)
    if isinstance(value, tuple):
        return sum(_size(part) for part in value)
    if isinstance(value, Mapping):
        return sum(_size(part) for part in value.values())
    if hasattr(value, "__dict__"):
        return sum(_size(part) for part in vars(value).values())
    return sys.getsizeof(value)


def _picture_bytes(collection: Collection) -> int:
    return collection.items.nbytes
