"""The ways to make vectors smaller."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from embeddings.errors import EmbeddingError
from embeddings.space import Space, Vectors
from embeddings.units import scaled, unit

STEPS = 255
LARGEST_CODE = 127
MOST_TIMES = 100


class Compressed(NamedTuple):
    """Vectors as they come back from their smaller form, and how they are searched.

    Attributes:
        vectors: float32 of shape (n, d′).
        metric: by which they are compared with each other.
        bytes_per_item: of the form that is searched.
        rescored: how many times k candidates are put in order by their float32 vectors; 0 for none.
        bytes_kept: of the float32 vector that rescoring looks up, kept elsewhere, such as on a disk.
    """

    vectors: Vectors
    metric: str
    bytes_per_item: int
    rescored: int = 0
    bytes_kept: int = 0


class Compression(NamedTuple):
    """One way to make vectors smaller.

    Attributes:
        summary: one sentence in plain words.
        amount: what its number means, for the reader; empty where it takes none.
        compress: (space, amount) → Compressed.
        reference: author and year, or the documentation of a tool.
    """

    summary: str
    amount: str
    compress: Callable[[Space, int], Compressed]
    reference: str = ""


def keep_float32(space: Space, amount: int = 0) -> Compressed:
    """Nothing made smaller: what all others are measured against."""
    return Compressed(space.vectors, "cosine", 4 * space.dimension)


def int8(space: Space, amount: int = 0) -> Compressed:
    """One of 256 steps between the smallest and the largest value of each component, compared as they are read back.

    Fitted on the items that it is measured on; the two ends of each component come once for all items.
    """
    low, high = (ends.astype(np.float64) for ends in (space.vectors.min(axis=0), space.vectors.max(axis=0)))
    step = np.where(high > low, (high - low) / STEPS, 1)
    read_back = low + np.rint((space.vectors - low) / step) * step
    return Compressed(read_back.astype(np.float32), "cosine", space.dimension)


def int8_by_vector(space: Space, amount: int = 0) -> Compressed:
    """Whole numbers from −127 to 127, each vector with a scale of its own, which cosines do not need."""
    vectors = scaled(space.vectors)
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    factor = np.divide(LARGEST_CODE, largest, out=np.zeros_like(largest), where=largest > 0)
    return Compressed(np.rint(vectors * factor), "cosine", space.dimension)


def binary(space: Space, amount: int = 0) -> Compressed:
    """One bit for each component, whether it is above 0; equal bits count, which is the Hamming distance."""
    signs = np.where(space.vectors > 0, np.float32(1), np.float32(-1))
    return Compressed(signs, "dot", -(-space.dimension // 8))


def binary_rescored(space: Space, amount: int) -> Compressed:
    """The binary form finds `amount` · k candidates, which are put in order by their float32 vectors.

    Raises:
        EmbeddingError: the amount is not between 2 and 100.
    """
    if not 2 <= amount <= MOST_TIMES:
        raise EmbeddingError(f"Rescoring takes between 2 and {MOST_TIMES} times as many candidates, got {amount}.")
    return binary(space)._replace(rescored=amount, bytes_kept=4 * space.dimension)


def first_components(space: Space, amount: int) -> Compressed:
    """The first components; meant for models trained for it.

    Raises:
        EmbeddingError: there are not so many.
    """
    _check_dimensions(amount, space.dimension)
    return Compressed(np.ascontiguousarray(space.vectors[:, :amount]), "cosine", 4 * amount)


def principal_components(space: Space, amount: int) -> Compressed:
    """Coordinates along the directions in which the unit vectors of this collection are largest.

    The mean is not taken away, so that cosines are kept as well as a straight cut can (Eckart & Young 1936). Fitted on
    the items that it is measured on; d · d′ numbers of the directions come once for all items.

    Raises:
        EmbeddingError: there are not so many directions.
    """
    _check_dimensions(amount, min(len(space), space.dimension))
    units = unit(space.vectors).astype(np.float64)
    axes = np.linalg.eigh(units.T @ units)[1][:, ::-1][:, :amount]
    return Compressed((units @ axes).astype(np.float32), "cosine", 4 * amount)


def _check_dimensions(amount: int, most: int) -> None:
    if not 1 <= amount <= most:
        raise EmbeddingError(f"This space can be cut to between 1 and {most:,} dimensions, got {amount:,}.")


COMPRESSIONS: dict[str, Compression] = {
    "float32": Compression("The vectors as they are: four bytes for each component.", "", keep_float32),
    "int8": Compression(
        "One byte for each component, spread over the range of that component: rarely loses a neighbour.",
        "",
        int8,
        "Jacob et al. 2018",
    ),
    "int8, one range a vector": Compression(
        "One byte for each component, spread over the range of its vector: as good, unless one component is so large "
        "that nothing is left for the others.",
        "",
        int8_by_vector,
        "Jacob et al. 2018",
    ),
    "binary": Compression(
        "One bit for each component: 32 times smaller, and loses many neighbours.", "", binary, "Charikar 2002"
    ),
    "binary, rescored": Compression(
        "Bits find more candidates than are asked for, float32 puts them in order: small to search, large to keep.",
        "times k candidates",
        binary_rescored,
        "Jégou, Tavenard, Douze & Amsaleg 2011",
    ),
    "first components": Compression(
        "The rest of each vector is cut off: good only for models trained for it (Matryoshka).",
        "dimensions",
        first_components,
        "Kusupati et al. 2022",
    ),
    "principal components": Compression(
        "The directions that matter most in this collection: better than cutting, if the model was not trained for it.",
        "dimensions",
        principal_components,
        "Eckart & Young 1936",
    ),
}


def find_compression(name: str) -> Compression:
    """The way of a name.

    Raises:
        EmbeddingError: there is no such way.
    """
    if name not in COMPRESSIONS:
        raise EmbeddingError(f"There is no compression “{name}”; choose one of {', '.join(COMPRESSIONS)}.")
    return COMPRESSIONS[name]
