"""What workers do: each function takes and returns plain values and keeps what is costly to load."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.analogies.questions import Questions, read_questions
from embeddings.analogies.relations import Compared, Pair, compare_relations
from embeddings.analogies.runs import AnalogyRuns, run_all
from embeddings.analogies.vocabulary import Matching
from embeddings.axes import Axis, axis_from_lists, axis_from_pairs
from embeddings.collection import Collection, Item
from embeddings.encoders import find_spec, load_encoder
from embeddings.encoders.base import Encoder, FittedEncoder, ImageEncoder
from embeddings.encoders.inspection import Inspection, TokenCounts, View
from embeddings.encoders.progress import reporting_to
from embeddings.graph import KnnGraph, knn_graph
from embeddings.jobs.running import reporter
from embeddings.projections import Layout, project
from embeddings.reading import Understanding, guess, read
from embeddings.retrieval import GapSweep, gap_sweep
from embeddings.space import Space, Vectors
from embeddings.store import Store
from embeddings.trust import NeighboursKept, neighbours_kept

_loading = RLock()


def encode(home: str, fingerprint: str, encoder: str, rows: Sequence[int]) -> tuple[Vectors, dict[str, Any]]:
    """Vectors of some rows of a kept collection, and how they were made."""
    collection = _collection(home, fingerprint)
    model = kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "")
    return model.encode([collection.items[row] for row in rows]), dict(model.params)


def encode_query(home: str, fingerprint: str, encoder: str, items: Sequence[Item]) -> Vectors:
    """Vectors of items that need not be in the collection."""
    return kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "").encode(items)


def look_up(home: str, fingerprint: str, encoder: str, items: Sequence[Item]) -> Vectors:
    """Vectors of what is looked up in the collection, as the encoder reads queries."""
    return kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "").encode_query(items)


def inspect(home: str, fingerprint: str, encoder: str, item: Item) -> Inspection:
    """What the encoder sees of an item."""
    return kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "").inspect(item)


def inspect_query(home: str, fingerprint: str, encoder: str, item: Item) -> Inspection:
    """The same of what is looked up."""
    return kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "").inspect_query(item)


def view(home: str, fingerprint: str, encoder: str, item: bytes) -> View | None:
    """What the encoder sees of a picture; None for an encoder that looks at none."""
    model = kept_encoder(home, encoder, fingerprint if find_spec(encoder).fits else "")
    return model.view(item) if isinstance(model, ImageEncoder) else None


def count_tokens(items: Sequence[Item], encoder: str) -> TokenCounts:
    """How many tokens items have, and how much of them the encoder can read."""
    return kept_encoder("", encoder, "").count(items)


def graph(home: str, fingerprint: str, encoder: str, k: int, metric: str) -> KnnGraph:
    """The neighbour graph of a kept space."""
    return knn_graph(kept_space(home, fingerprint, encoder), k=k, metric=metric)


def layout(
    home: str,
    fingerprint: str,
    encoder: str,
    shared: KnnGraph | None,
    method: str,
    dims: int,
    seed: int,
    params: dict[str, float | str],
) -> Layout:
    """A map of a kept space."""
    space = kept_space(home, fingerprint, encoder)
    return project(space, method, dims=dims, seed=seed, graph=shared, **params)


def layout_of(vectors: Vectors, method: str, dims: int, seed: int, params: dict[str, float | str]) -> Layout:
    """A map of vectors that are kept nowhere, such as those of a changed space."""
    space = Space.from_vectors([str(row) for row in range(len(vectors))], vectors, name="changed")
    return project(space, method, dims=dims, seed=seed, graph=None, **params)


def close_the_gap(space: Space, pairs: NDArray[np.intp] | None) -> GapSweep:
    """Gap and recall of a joint space, step by step."""
    return gap_sweep(space, pairs)


def kept(home: str, fingerprint: str, encoder: str, shared: KnnGraph, layout: Layout, k: int) -> NeighboursKept:
    """What a map keeps of the true neighbours in a kept space."""
    return neighbours_kept(kept_space(home, fingerprint, encoder), shared, layout, k=k)


def answer_questions(
    home: str, fingerprint: str, encoder: str, questions: Questions, matching: Matching, topic: str
) -> AnalogyRuns:
    """A test set answered by a kept space in every way; it stops when nobody waits any more."""
    return run_all(kept_space(home, fingerprint, encoder), questions, matching=matching, on_progress=reporter(topic))


def relations(home: str, fingerprint: str, encoder: str, pairs: dict[str, tuple[Pair, ...]]) -> tuple[Compared, ...]:
    """How far each of some relations is one direction in a kept space."""
    return compare_relations(kept_space(home, fingerprint, encoder), pairs)


def read_test_set(content: bytes, name: str) -> Questions:
    """A visitor's file of analogy questions."""
    return read_questions(content, name=name)


def make_axis(
    home: str,
    fingerprint: str,
    encoder: str,
    low: Sequence[str],
    high: Sequence[str],
    paired: bool,
    vectors_of: dict[str, Vectors],
) -> Axis:
    """An axis through a kept space, with its check; `vectors_of` are those of words that the space does not hold."""
    space = kept_space(home, fingerprint, encoder)
    if paired:
        return axis_from_pairs(space, list(zip(low, high, strict=True)), vectors_of=vectors_of)
    return axis_from_lists(space, low, high, vectors_of=vectors_of)


def understand(content: bytes, name: str) -> Understanding:
    """What a file seems to hold, before anything is chosen."""
    return guess(content, name=name)


def read_source(
    content: bytes,
    name: str,
    text_column: str | None,
    label_columns: list[str] | None,
    labels: tuple[str, bytes] | None,
) -> Collection | Space:
    """A file as a collection, or as a space where it holds vectors; `labels` is a second file of names."""
    return read(
        content,
        name=name,
        text_column=text_column,
        label_columns=label_columns,
        metadata=None if labels is None else _named_file(*labels),
    )


def keep_picture(content: bytes, name: str) -> bytes:
    """A visitor's picture as a collection would keep it."""
    from embeddings.images import keep

    return keep(content, name=name).data


def warm_up_umap() -> None:
    """Compile what the first UMAP would otherwise wait for, on a tiny space of both sizes of map."""
    vectors = np.random.default_rng(0).normal(size=(60, 8))
    space = Space.from_vectors([str(row) for row in range(60)], vectors, name="warm-up")
    shared = knn_graph(space, k=15)
    for dims in (2, 3):
        project(space, "UMAP", dims=dims, graph=shared)


def load(home: str, encoder: str, topic: str) -> None:
    """Load an encoder; what it has to prepare is reported under the topic as (done, total)."""
    with reporting_to(reporter(topic)):
        kept_encoder(home, encoder, "")


def _named_file(name: str, content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def kept_encoder(home: str, encoder: str, fit_on: str) -> Encoder:
    """A loaded encoder; `fit_on` is the collection that it learns from, or empty."""
    with _loading:
        return _loaded_encoder(home, encoder, fit_on)


@lru_cache(maxsize=8)
def _loaded_encoder(home: str, encoder: str, fit_on: str) -> Encoder:
    model = load_encoder(encoder)
    if isinstance(model, FittedEncoder):
        model.fit(_collection(home, fit_on).items)
    return model


@lru_cache(maxsize=1)
def _store(home: str) -> Store:
    return Store(home)


@lru_cache(maxsize=4)
def _collection(home: str, fingerprint: str) -> Collection:
    return _store(home).load(fingerprint)


@lru_cache(maxsize=2)
def kept_space(home: str, fingerprint: str, encoder: str) -> Space:
    """The space of a kept collection; the last two stay in memory.

    Raises:
        KeyError: its vectors are not all there.
    """
    space = _store(home).space(_collection(home, fingerprint), encoder)
    if space is None:
        raise KeyError(f"{encoder} of {fingerprint}")
    return space
