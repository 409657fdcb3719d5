"""NumPy's .npz: vectors and their labels in one archive, measured before it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from embeddings.errors import ReadError
from embeddings.reading.arrays import Array, as_vectors, load_array
from embeddings.reading.labels import Labels, choose, read_labels
from embeddings.reading.limits import Limits
from embeddings.reading.sniffing import ZIP, require
from embeddings.reading.source import File, Request
from embeddings.reading.vectors import to_space
from embeddings.reading.wording import megabytes, quoted, several
from embeddings.reading.zip_members import BROKEN, packed_otherwise, unpack
from embeddings.space import Space

_VECTOR_NAMES = ("vectors", "embeddings", "embedding", "x", "data", "features", "arr_0")


def read(request: Request) -> Space:
    """Read a 2-D array as vectors and the 1-D arrays of the same length as their labels."""
    file = request.file
    require(file, ZIP, b"PK\x05\x06", kind="a NumPy archive")
    arrays = _unpack(file, request.limits)
    name = _vectors_name(arrays, file.name)
    vectors = as_vectors(arrays.pop(name), f"Array “{name}” of “{file.name}”")
    labels = read_labels(request, len(vectors)) if request.metadata else _labels(arrays, name, len(vectors), request)
    return to_space(request, vectors, labels.items, metadata=labels.metadata, notes=labels.notes)


def _unpack(file: File, limits: Limits) -> dict[str, Array]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            members = [member for member in archive.infolist() if member.filename.endswith(".npy")]
            _check_packing(members, file)
            _check_unpacked(sum(member.file_size for member in members), file, limits)
            return {
                member.filename.removesuffix(".npy"): load_array(
                    unpack(archive, member), f"Array “{member.filename.removesuffix('.npy')}” of “{file.name}”"
                )
                for member in members
            }
    except BROKEN as error:
        raise ReadError(f"“{file.name}” is a damaged or locked archive: {error}.") from error


def _check_packing(members: Sequence[zipfile.ZipInfo], file: File) -> None:
    for member in members:
        if reason := packed_otherwise(member):
            raise ReadError(f"“{member.filename}” of “{file.name}” {reason}: save it anew with numpy.savez_compressed.")


def _check_unpacked(size: int, file: File, limits: Limits) -> None:
    if size > limits.unpacked(len(file.data)):
        raise ReadError(
            f"“{file.name}” is {megabytes(len(file.data))} large but unpacks to {megabytes(size)}; "
            f"at most {megabytes(limits.unpacked(len(file.data)))} is read from a file of this size."
        )


def _vectors_name(arrays: dict[str, Array], file: str) -> str:
    flat = [name for name, array in arrays.items() if array.ndim == 2 and array.dtype.kind in "fiub" and array.size]
    if not flat:
        held = ", ".join(f"{name} {array.shape}" for name, array in arrays.items()) or "no arrays"
        raise ReadError(f"“{file}” has no array of numbers of shape (n, d) to take as vectors; it holds {held}.")
    by_name = {name.lower(): name for name in reversed(flat)}
    usual = next((by_name[name] for name in _VECTOR_NAMES if name in by_name), None)
    return usual or max(flat, key=lambda name: arrays[name].size)


def _labels(others: dict[str, Array], vectors: str, n: int, request: Request) -> Labels:
    fitting = {name: array for name, array in others.items() if array.shape == (n,) and array.dtype.kind in "USfiubMm"}
    for name, array in others.items():
        if array.ndim == 1 and array.dtype.kind in "US" and len(array) != n:
            raise ReadError(
                f"“{request.file.name}” holds {several(n, 'vector')} in “{vectors}” but "
                f"{several(len(array), 'label')} in “{name}”; they must be as many."
            )
    left_out = [name for name in others if name not in fitting]
    notes = (f"“{vectors}” was taken as the vectors; {quoted(left_out)} left out.",) if left_out else ()
    if not fitting:
        return Labels(None, None, notes)
    table = pa.table({name: _column(array) for name, array in fitting.items()})
    # Numbers beside the vectors (classes, years) describe the items but do not name them.
    if table.num_columns == 1 and next(iter(fitting.values())).dtype.kind not in "US":
        return Labels(None, table, notes)
    return choose(table, request)._replace(notes=notes)


def _column(array: Array) -> pa.Array:
    if array.dtype.kind == "S":
        return pa.array([value.decode("utf-8", "replace") for value in array.tolist()], pa.string())
    if array.dtype.kind == "U":
        return pa.array(array.tolist(), pa.string())
    if array.dtype.kind in "Mm":
        return pa.array(array.astype("M8[s]" if array.dtype.kind == "M" else "m8[s]"))
    return pa.array(
        array.astype(np.float64) if array.dtype.kind == "f" else array.astype(array.dtype.newbyteorder("="))
    )
