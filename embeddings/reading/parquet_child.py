"""Reads a Parquet file from standard input in a process of its own; run by `parquet.py`, imports only pyarrow.

Damaged footers end the process inside Arrow's C++ code, and a few bytes can claim gigabytes: here only the child dies.
"""

import contextlib
import json
import sys
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

FLAT_BATCH, NESTED_BATCH = 65_536, 1_024
SLACK = 2_000_000_000


class Refused(Exception):
    """The file is sound but holds too much; the message is a key that the parent puts into words."""


def main() -> int:
    """Write the table as an Arrow stream to standard output, or a reason to standard error."""
    limits = json.loads(sys.argv[1])
    _limit_memory(SLACK + 4 * limits["bytes"])
    data = sys.stdin.buffer.read()
    try:
        _copy(data, limits)
    except Refused as refused:
        sys.stderr.write(json.dumps(refused.args))
        return 3
    except MemoryError:
        sys.stderr.write(json.dumps(["bytes"]))
        return 3
    except (pa.ArrowException, OSError) as error:
        sys.stderr.write(json.dumps(["damaged", str(error).split("\n")[0]]))
        return 3
    return 0


def _copy(data: bytes, limits: dict[str, int]) -> None:
    schema = pq.read_schema(pa.BufferReader(data))
    # As dictionaries, a text repeated a million times takes its place only once until its size is known.
    texts = [field.name for field in schema if _is_long(field.type)]
    parquet = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
    footer = parquet.metadata
    rows, columns = footer.num_rows, footer.num_columns
    if rows > limits["rows"] or columns > limits["columns"] or rows * columns > limits["values"]:
        raise Refused("size", rows, columns)
    _copy_batches(parquet, schema, limits["bytes"])


def _copy_batches(parquet: pq.ParquetFile, schema: pa.Schema, budget: int) -> None:
    nested = any(pa.types.is_nested(field.type) for field in schema)
    writer = None
    for batch in parquet.iter_batches(NESTED_BATCH if nested else FLAT_BATCH, use_threads=False):
        budget -= sum(map(_unpacked_size, batch.columns))
        if budget < 0:
            raise Refused("bytes")
        plain = pa.RecordBatch.from_arrays([_plain(column) for column in batch.columns], batch.schema.names)
        writer = writer or pa.ipc.new_stream(pa.PythonFile(sys.stdout.buffer), plain.schema)
        writer.write_batch(plain)
    if writer is None:
        raise Refused("size", 0, len(schema))
    writer.close()
    sys.stdout.flush()


def _is_long(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind))


def _unpacked_size(column: pa.Array) -> int:
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    if not _is_long(column.type.value_type):
        return 8 * len(column)
    lengths = pc.binary_length(column.dictionary).cast(pa.int64())
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0) + 8 * len(column)


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _limit_memory(size: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard: Any = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))


if __name__ == "__main__":
    sys.exit(main())
