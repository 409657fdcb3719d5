"""Pictures and texts in one space: joining them, pairing them, adding and comparing them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.types as types
from numpy.typing import ArrayLike, NDArray

from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.encoders.table import find_spec
from embeddings.errors import EmbeddingError, EncoderUnavailable
from embeddings.items import Items
from embeddings.pairs import Pairs, cross_pairs, pair_distances
from embeddings.space import Space, Vectors
from embeddings.units import unit
from embeddings.zero_shot import SLOT

Rows = NDArray[np.intp]
KIND = "kind"
PICTURE, TEXT = "picture", "text"
CAPTION = "caption"
MOST_TEXTS = 5_000
MOST_LABELS = 1_000
NOT_SAID = {"file", "width", "height"}


class Texts(NamedTuple):
    """The texts that are joined to pictures.

    Attributes:
        texts: distinct, in the order in which they were met.
        own: for each picture the place of its own text, −1 where it has none; shape (n,).
        left_out: distinct texts beyond the bound.
    """

    texts: tuple[str, ...]
    own: NDArray[np.intp]
    left_out: int = 0

    @property
    def pairs(self) -> NDArray[np.intp]:
        """Pictures with their own texts, as rows of the joined space; shape (m, 2)."""
        pictures = np.flatnonzero(self.own >= 0)
        return np.column_stack([pictures, len(self.own) + self.own[pictures]])


def join(pictures: Collection, texts: Collection | Sequence[str], *, name: str | None = None) -> Collection:
    """Pictures and texts in one mixed collection: pictures first, with a column `kind` that says which is which.

    Columns of either side are kept, null for the other; where one is already called `kind` it becomes `own kind`.

    Raises:
        EmbeddingError: the first holds no pictures, or there are no texts.
    """
    texts = texts if isinstance(texts, Collection) else _as_collection(texts)
    if pictures.kinds != ("image",):
        raise EmbeddingError(f"“{pictures.name}” does not hold pictures only, so no texts can be joined to it.")
    if texts.kinds != ("text",):
        raise EmbeddingError(f"“{texts.name}” does not hold texts only, so it cannot be joined to pictures.")
    kinds = pa.array([PICTURE] * len(pictures) + [TEXT] * len(texts))
    tables = [_columns(collection) for collection in (pictures, texts)]
    columns: dict[str, pa.ChunkedArray | pa.Array] = {KIND: kinds}
    for column in dict.fromkeys([*tables[0], *tables[1]]):
        columns[column] = _end_to_end(tables[0].get(column), tables[1].get(column), len(pictures), len(texts))
    items = (*pictures.items, *texts.items)
    return Collection(name or f"{pictures.name} with texts", Items.of(items), pa.table(columns), pictures.notes)


def join_spaces(pictures: Space, texts: Space, *, name: str | None = None) -> Space:
    """The vectors of pictures and of texts by one joint encoder as one space of the joined collection.

    Raises:
        EmbeddingError: the vectors come from different encoders, or the collections cannot be joined.
    """
    if pictures.encoder != texts.encoder or pictures.dimension != texts.dimension:
        raise EmbeddingError(
            f"Pictures by {pictures.encoder} and texts by {texts.encoder} lie in different spaces; "
            "one joint encoder must see both."
        )
    content = f"joint|{pictures.fingerprint}|{texts.fingerprint}".encode()
    vectors = np.vstack([pictures.vectors, texts.vectors])
    collection = join(pictures.collection, texts.collection, name=name)
    fingerprint = hashlib.blake2b(content, digest_size=16).hexdigest()
    return Space(collection, vectors, pictures.encoder, pictures.params, fingerprint)


def split(collection: Collection) -> tuple[Collection, tuple[str, ...]]:
    """The pictures of an image or mixed collection as a collection of their own, and its distinct texts in order.

    Raises:
        EmbeddingError: it holds no pictures.
    """
    if collection.kinds == ("image",):
        return collection, ()
    rows = picture_rows(collection)
    if not len(rows):
        raise EmbeddingError(f"“{collection.name}” holds no pictures.")
    metadata = collection.metadata.take(rows)
    metadata = metadata.drop_columns([KIND]) if KIND in metadata.column_names else metadata
    items = Items.of(collection.items[row] for row in rows)
    texts = tuple(dict.fromkeys(item for item in collection.items if isinstance(item, str)))
    return Collection(collection.name, items, metadata, collection.notes), texts


def is_joint(encoder: str) -> bool:
    """Whether an encoder puts pictures and texts into one space; one that is not known does not."""
    try:
        return find_spec(encoder).joint
    except EncoderUnavailable:
        return False


def picture_rows(collection: Collection) -> Rows:
    """Rows that hold pictures, ascending."""
    return np.flatnonzero(collection.items.of_kind("image"))


def text_rows(collection: Collection) -> Rows:
    """Rows that hold texts, ascending."""
    return np.flatnonzero(collection.items.texts)


def pairs_by(collection: Collection, column: str) -> Rows:
    """Each picture with the text that equals its value in a column: rows of shape (m, 2), picture and text.

    Of equal texts the first is taken; pictures whose value is none of the texts are left out.

    Raises:
        EmbeddingError: there is no such column, or no picture has its text here.
    """
    if column not in collection.columns:
        known = ", ".join(collection.columns) or "no columns at all"
        raise EmbeddingError(f"“{collection.name}” has no column “{column}”; it has {known}.")
    values = collection.column(column).to_pylist()
    texts = collection.rows
    found = [(int(row), texts.get(str(values[row]))) for row in picture_rows(collection) if values[row] is not None]
    pairs = [(picture, text) for picture, text in found if text is not None]
    if not pairs:
        raise EmbeddingError(f"No picture’s “{column}” is one of the texts, so there are no true pairs.")
    return np.array(pairs, dtype=np.intp)


def combine(vectors: ArrayLike, weights: ArrayLike) -> Vectors:
    """One query vector from several pictures and texts: “this picture + 'at night' − 'grass'”.

    Each vector is scaled to length 1, weighted and added; the sum is scaled to length 1. Shape (d,).

    Raises:
        EmbeddingError: nothing is left of the sum.
        ValueError: there is not one weight for each vector.
    """
    parts, amounts = np.atleast_2d(np.asarray(vectors, np.float32)), np.asarray(weights, np.float32)
    if amounts.shape != (len(parts),):
        raise ValueError(f"weights must have shape ({len(parts)},), got {amounts.shape}")
    total = amounts @ unit(parts)
    if np.linalg.norm(total) < 1e-6:
        raise EmbeddingError("The parts cancel each other out: nothing is left to search for.")
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def similarities(space: Space, texts: Sequence[int], pictures: Sequence[int]) -> Vectors:
    """Cosines of texts (rows) and pictures (columns) given by their rows in the space, shape (t, p)."""
    return np.asarray(unit(space.vectors[list(texts)]) @ unit(space.vectors[list(pictures)]).T, dtype=np.float32)


def similarity_of_rows(space: Space, rows: Rows, *, pairs: int = 100_000, seed: int = 0) -> NDArray[np.float64]:
    """Cosines of random pairs of one of these rows with another item: what a score means to a query of their kind.

    Of all such pairs where there are at most `pairs`, else of as many random ones, shape (m,).
    """
    place, right = cross_pairs(len(rows), len(space) - 1, pairs, seed=seed)
    left = np.asarray(rows, dtype=np.int64)[place]
    return 1 - pair_distances(space.vectors, Pairs(left, right + (right >= left)), "cosine")


def nearest_distances(space: Space, queries: Vectors) -> Vectors:
    """The distance (1 − cosine) of each of m queries, shape (m, d), from its nearest item; shape (m,)."""
    return np.asarray(1 - (unit(queries) @ unit(space.vectors).T).max(axis=1), dtype=np.float32)


def text_columns(collection: Collection) -> list[str]:
    """Columns whose values can stand as texts: the caption first, then labels."""
    names = [name for name in collection.columns if name not in NOT_SAID and name not in ENCODERS]
    labels = [name for name in names if name != CAPTION and _is_label(collection, name)]
    return [*([CAPTION] if CAPTION in names else []), *labels]


def texts_of_column(collection: Collection, column: str, sentence: str = SLOT) -> Texts:
    """The distinct values of a column, put into a sentence, each the own text of the pictures that have it."""
    values = collection.column(column).to_pylist()
    said = [None if value is None or str(value) == "" else sentence.replace(SLOT, str(value)) for value in values]
    return _paired(said, [text for text in said if text is not None])


def texts_of_lines(lines: Sequence[str], captions: Sequence[str | None]) -> Texts:
    """The distinct lines that are not blank; a picture's own is the one that equals its caption."""
    return _paired(captions, [line.strip() for line in lines if line.strip()])


def without_pictures(space: Space) -> Space:
    """A joint space with row numbers in place of the pictures, which the workers need not see."""
    collection = space.collection
    count = len(picture_rows(collection))
    items = (*(row.to_bytes(4, "little") for row in range(count)), *collection.items[count:])
    light = Collection(collection.name, Items.of(items), collection.metadata.select([]))
    return Space(light, space.vectors, space.encoder, {}, space.fingerprint)


def _as_collection(texts: Sequence[str]) -> Collection:
    return Collection.from_texts(texts, name="texts")


def _columns(collection: Collection) -> dict[str, pa.ChunkedArray]:
    return {f"own {name}" if name == KIND else name: collection.column(name) for name in collection.columns}


def _end_to_end(
    first: pa.ChunkedArray | None, second: pa.ChunkedArray | None, n: int, m: int
) -> pa.ChunkedArray | pa.Array:
    """One column from two, null where a side does not have it; of different types both become text."""
    types = [side.type for side in (first, second) if side is not None]
    kind = types[0] if len(set(types)) == 1 else pa.string()
    sides = [
        pa.nulls(length, kind) if side is None else _cast(side, kind) for side, length in ((first, n), (second, m))
    ]
    return pa.chunked_array([chunk for side in sides for chunk in getattr(side, "chunks", [side])], kind)


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if column.type == kind:
        return column
    return pa.chunked_array([[None if value is None else str(value) for value in column.to_pylist()]], kind)


def _is_label(collection: Collection, name: str) -> bool:
    values = collection.column(name)
    if types.is_floating(values.type) or types.is_boolean(values.type):
        return False
    return 2 <= len(values.drop_null().unique()) <= MOST_LABELS


def _paired(said: Sequence[str | None], texts: Sequence[str]) -> Texts:
    distinct = list(dict.fromkeys(texts))
    kept = distinct[:MOST_TEXTS]
    place = {text: number for number, text in enumerate(kept)}
    own = np.array([-1 if text is None else place.get(text, -1) for text in said], dtype=np.intp)
    return Texts(tuple(kept), own, len(distinct) - len(kept))
