"""NumPy's .npy, whose header is believed only after the bytes were counted; nothing is ever unpickled."""

from __future__ import annotations

import io
import math
import tokenize
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from embeddings.errors import ReadError
from embeddings.reading.labels import read_labels
from embeddings.reading.sniffing import NUMPY, require
from embeddings.reading.source import Request
from embeddings.reading.vectors import to_space
from embeddings.reading.wording import megabytes
from embeddings.space import Space

Array = NDArray[Any]
_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def read(request: Request) -> Space:
    """Read one array of shape (n, d), with labels from the second file."""
    file = request.file
    require(file, NUMPY, kind="a NumPy array")
    vectors = as_vectors(load_array(file.data, f"“{file.name}”"), f"“{file.name}”")
    labels = read_labels(request, len(vectors))
    return to_space(request, vectors, labels.items, metadata=labels.metadata, notes=labels.notes)


def load_array(data: bytes, place: str) -> Array:
    """Read the bytes of one .npy; `place` names it in messages.

    Raises:
        ReadError: it holds Python objects, or its header promises more than there is.
    """
    shape, fortran, dtype, start = _header(data, place)
    if dtype.hasobject:
        raise ReadError(
            f"{place} holds Python objects, which could run code and are never opened; "
            "save numbers as float32 and labels with .astype(str)."
        )
    promised, got = math.prod(shape) * dtype.itemsize, len(data) - start
    if promised > got or any(length < 0 for length in shape):
        raise ReadError(
            f"The header of {place} promises {' × '.join(map(str, shape))} values of {dtype} "
            f"({megabytes(promised)}), but {megabytes(got)} follow."
        )
    try:
        flat = np.frombuffer(data, dtype, math.prod(shape), start)
    except ValueError as error:
        raise _damaged(place) from error
    return flat.reshape(shape, order="F" if fortran else "C")


def as_vectors(array: Array, place: str) -> Array:
    """Check that an array can be n vectors of d numbers.

    Raises:
        ReadError: it cannot.
    """
    if array.ndim != 2 or 0 in array.shape:
        raise ReadError(f"{place} has the shape {array.shape}; vectors need (n, d), one row for each item.")
    if array.dtype.kind not in "fiub":
        raise ReadError(f"{place} holds values of type {array.dtype}; vectors need real numbers.")
    return array


def _header(data: bytes, place: str) -> tuple[tuple[int, ...], bool, np.dtype[Any], int]:
    stream = io.BytesIO(data)
    try:
        version = npy.read_magic(stream)
        # Version 3 differs from 2 only in the encoding of field names, which vectors do not have.
        shape, fortran, dtype = _HEADERS[(2, 0) if version == (3, 0) else version](stream)
    except (ValueError, KeyError, TypeError, SyntaxError, tokenize.TokenError) as error:
        raise _damaged(place) from error
    return shape, fortran, dtype, stream.tell()


def _damaged(place: str) -> ReadError:
    return ReadError(f"{place} is a damaged NumPy array: its header cannot be read.")
