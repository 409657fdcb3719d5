"""Parquet, unpacked by a child process that may neither outgrow its memory nor take us down with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa

from embeddings.errors import ReadError
from embeddings.reading.items import check_size
from embeddings.reading.limits import Limits
from embeddings.reading.loaded import Loaded, distinct_names
from embeddings.reading.sniffing import PARQUET, require
from embeddings.reading.source import File, Request
from embeddings.reading.wording import megabytes

_CHILD = Path(__file__).with_name("parquet_child.py")
_SECONDS = 120


def load(request: Request) -> Loaded:
    """Read a Parquet table.

    Raises:
        ReadError: it is damaged, has no rows, or unpacks to more than `limits` allow.
    """
    file, limits = request.file, request.limits
    require(file, PARQUET, kind="a Parquet table")
    table = pa.ipc.open_stream(_run_child(file, limits)).read_all()
    if not table.num_rows:
        raise ReadError(f"“{file.name}” has no rows.")
    check_size(table.num_rows, table.num_columns, file.name, limits)
    names, notes = distinct_names(table.column_names)
    return Loaded(table.rename_columns(names), "UTF-8", notes)


def _run_child(file: File, limits: Limits) -> bytes:
    most = {
        "rows": limits.max_items,
        "columns": limits.max_columns,
        "values": limits.max_values,
        "bytes": limits.unpacked(len(file.data)),
    }
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(_CHILD), json.dumps(most)],
            input=file.data,
            capture_output=True,
            timeout=_SECONDS,
            # Other pools reserve more address space than the child may have.
            env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"},
        )
    except subprocess.TimeoutExpired:
        raise ReadError(f"“{file.name}” took more than {_SECONDS} seconds to unpack and was given up.") from None
    if child.returncode:
        raise _refusal(child, file, limits)
    return child.stdout


def _refusal(child: subprocess.CompletedProcess[bytes], file: File, limits: Limits) -> ReadError:
    details: list[Any]
    reason, *details = json.loads(child.stderr) if child.returncode == 3 else ["damaged"]
    if reason == "size":
        rows, columns = details
        if not rows:
            return ReadError(f"“{file.name}” has no rows.")
        check_size(rows, columns, file.name, limits)
    if reason == "bytes":
        return ReadError(
            f"“{file.name}” is {megabytes(len(file.data))} large but unpacks to more than "
            f"{megabytes(limits.unpacked(len(file.data)))}, the most that is read from a file of this size."
        )
    return ReadError(f"“{file.name}” is a damaged Parquet table{': ' + details[0] if details else ''}.")
