"""What a query is held against: pairs of what it is (a text, a picture) with what is asked, not just any two items."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from components.kit import caching
from components.kit.ask import Request, asking
from components.kit.joint import FEW, few_texts_request
from components.kit.kinds import written
from embeddings.collection import Collection
from embeddings.graph import KnnGraph
from embeddings.joint import (
    CAPTION,
    PICTURE,
    TEXT,
    Rows,
    nearest_distances,
    picture_rows,
    text_columns,
    text_rows,
    texts_of_column,
)
from embeddings.space import Space
from embeddings.zero_shot import SLOT

# Two ways to a distance in float32 differ by less.
ROUNDING = 1e-6
# The sentence that a label of a picture is put into, where there are no captions.
SENTENCE = f"a picture of a {SLOT}"


class Usual(NamedTuple):
    """What queries of one kind usually find in a space.

    Attributes:
        space: the items.
        query: what such a query is called: “item”, “text”, “caption” …
        item: what it finds: “item” or “picture”.
        rows: of such queries among the items; None for all.
        texts: such queries that are no items.
    """

    space: Space
    query: str = "item"
    item: str = "item"
    rows: Rows | None = None
    texts: Space | None = None

    @property
    def sample(self) -> Request[NDArray[np.floating]]:
        """The job that gives the cosines of random pairs of such a query with an item."""
        if self.rows is not None:
            return asking("pairs of rows", self.space, self.rows)
        return asking("random pairs", self.space, queries=self.texts)

    def remoteness(self, distance: float, graph: KnnGraph) -> float:
        """Share of such queries that have a nearer item, 0 to 1; the graph is by cosine."""
        if self.texts is not None:
            queries = self.texts.vectors
            key = f"nearest of texts|{self.space.fingerprint}|{self.texts.fingerprint}"
            nearest = caching.remembered(key, lambda: nearest_distances(self.space, queries))
        else:
            nearest = graph.distances[slice(None) if self.rows is None else self.rows, 0]
        return float((nearest < distance - ROUNDING).mean())


def usual(space: Space, kind: str, texts: Space | None = None) -> Usual | None:
    """What queries of a kind (`"text"` or `"image"`) usually find; None where nothing here can tell.

    In a collection of that kind, or of both, its own items tell; over pictures the texts that are written about them.
    """
    collection = space.collection
    if collection.kinds == (kind,):
        return Usual(space)
    if kind in collection.kinds:
        rows = text_rows(collection) if kind == "text" else picture_rows(collection)
        return Usual(space, TEXT if kind == "text" else PICTURE, rows=rows)
    if texts is None or kind == "image":
        return None
    return Usual(space, CAPTION if CAPTION in collection.columns else "label", PICTURE, texts=texts)


def texts_request(space: Space) -> Request[Space] | None:
    """The job that encodes texts about the pictures of a space; None where nothing is written about them."""
    texts = _texts_about(space.collection)
    return few_texts_request(texts, space.encoder) if texts else None


def _texts_about(collection: Collection) -> tuple[str, ...]:
    columns = text_columns(collection) if not written(collection) else []
    if not columns:
        return ()
    texts = texts_of_column(collection, columns[0], SLOT if columns[0] == CAPTION else SENTENCE).texts
    chosen = np.random.default_rng(0).permutation(len(texts))[:FEW]
    return tuple(texts[place] for place in sorted(chosen.tolist()))
