"""Parquet, read in small batches so that a file cannot unpack to more than it may."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from embeddings.errors import ReadError
from embeddings.reading.column_types import is_text
from embeddings.reading.items import check_size
from embeddings.reading.limits import Limits
from embeddings.reading.loaded import Loaded, distinct_names
from embeddings.reading.sniffing import PARQUET, require
from embeddings.reading.source import Request
from embeddings.reading.wording import megabytes

_FLAT_BATCH, _NESTED_BATCH = 65_536, 1_024


def load(request: Request) -> Loaded:
    """Read a Parquet table.

    Raises:
        ReadError: it is damaged, has no rows, or unpacks to more than `limits` allow.
    """
    file, limits = request.file, request.limits
    require(file, PARQUET, kind="a Parquet table")
    try:
        table = _read(file.data, file.name, limits)
    except (pa.ArrowException, OSError) as error:
        raise ReadError(f"“{file.name}” is a damaged Parquet table: {str(error).splitlines()[0]}") from error
    names, notes = distinct_names(table.column_names)
    return Loaded(table.rename_columns(names), "UTF-8", notes)


def _read(data: bytes, name: str, limits: Limits) -> pa.Table:
    schema = pq.read_schema(pa.BufferReader(data))
    texts = [field.name for field in schema if is_text(field.type) or pa.types.is_binary(field.type)]
    # As dictionaries, a text repeated a million times takes its place only once until its size is known.
    parquet = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
    _check_footer(parquet.metadata, len(data), name, limits)
    nested = any(pa.types.is_nested(field.type) for field in schema)
    budget = limits.unpacked(len(data))
    batches = []
    for batch in parquet.iter_batches(_NESTED_BATCH if nested else _FLAT_BATCH, use_threads=False):
        budget -= sum(map(_unpacked_size, batch.columns))
        if budget < 0:
            raise _inflates(name, len(data), limits)
        batches.append(pa.RecordBatch.from_arrays([_plain(column) for column in batch.columns], batch.schema.names))
    if not sum(batch.num_rows for batch in batches):
        raise ReadError(f"“{name}” has no rows.")
    return pa.Table.from_batches(batches)


def _check_footer(footer: pq.FileMetaData, size: int, name: str, limits: Limits) -> None:
    check_size(footer.num_rows, footer.num_columns, name, limits)
    groups = [footer.row_group(i) for i in range(footer.num_row_groups)]
    chunks = [group.column(i) for group in groups for i in range(footer.num_columns)]
    if sum(chunk.num_values for chunk in chunks) > limits.max_values or (
        sum(chunk.total_uncompressed_size for chunk in chunks) > limits.unpacked(size)
    ):
        raise _inflates(name, size, limits)


def _unpacked_size(column: pa.Array) -> int:
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    lengths = pc.binary_length(column.dictionary).cast(pa.int64())
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0) + 8 * len(column)


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _inflates(name: str, size: int, limits: Limits) -> ReadError:
    return ReadError(
        f"“{name}” is {megabytes(size)} large but unpacks to more than {megabytes(limits.unpacked(size))}, "
        "the most that is read from a file of this size."
    )
