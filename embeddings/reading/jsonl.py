"""JSON lines: one object a line."""

from __future__ import annotations

import json
import re
from typing import Any

import pyarrow as pa
import pyarrow.json as pajson

from embeddings.errors import ReadError
from embeddings.reading.decoding import decode
from embeddings.reading.items import check_size
from embeddings.reading.loaded import Loaded, distinct_names
from embeddings.reading.source import Request
from embeddings.reading.wording import quoted

# pyarrow's parser recurses and would end the process on a few thousand nested brackets.
_MAX_DEPTH = 64


def load(request: Request) -> Loaded:
    """Read JSON lines; fields whose type changes between lines become text.

    Raises:
        ReadError: a line is no JSON object.
    """
    name = request.file.name
    decoded = decode(request.file)
    lines = [line for line in decoded.text.split("\n") if line and not line.isspace()]
    if not lines:
        raise ReadError(f"“{name}” holds only blank lines.")
    check_size(len(lines), 1, name, request.limits)
    fast = _fast(lines) if all(map(_is_shallow_object, lines)) else None
    table, notes = _slow(decoded.text, name) if fast is None else (fast, ())
    check_size(table.num_rows, table.num_columns, name, request.limits)
    names, renamed = distinct_names(table.column_names)
    return Loaded(table.rename_columns(names), decoded.encoding, (*decoded.notes, *notes, *renamed))


def _is_shallow_object(line: str) -> bool:
    text = line.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return False
    return text.count("[") + text.count("{") <= _MAX_DEPTH or _depth(text) <= _MAX_DEPTH


def _depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        depth += (bracket in "[{") - (bracket in "]}")
        deepest = max(deepest, depth)
    return deepest


def _fast(lines: list[str]) -> pa.Table | None:
    data = "\n".join(lines).encode()
    try:
        table = pajson.read_json(
            pa.BufferReader(data), pajson.ReadOptions(use_threads=False, block_size=max(len(data) + 1, 1024))
        )
    except pa.ArrowInvalid:
        return None
    # Several objects in one line are read by pyarrow, but are not one object a line.
    return table if table.num_rows == len(lines) else None


def _slow(text: str, name: str) -> tuple[pa.Table, tuple[str, ...]]:
    rows = [_object(line, number, name) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    fields = list(dict.fromkeys(field for row in rows for field in row))
    columns: dict[str, pa.Array] = {}
    mixed: list[str] = []
    for field in fields:
        values = [row.get(field) for row in rows]
        try:
            columns[field] = pa.array(values)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            columns[field] = pa.array([_as_text(value) for value in values], pa.string())
            mixed.append(field)
    if not mixed:
        return pa.table(columns), ()
    note = f"{quoted(mixed)} hold{'s' if len(mixed) == 1 else ''} values of different types, kept as text."
    return pa.table(columns), (note,)


def _object(line: str, number: int, name: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ReadError(f"Line {number:,} of “{name}” is nested too deeply to be read.") from None
    except UnicodeEncodeError:
        raise ReadError(f"Line {number:,} of “{name}” holds half of a character (a lone surrogate).") from None
    except json.JSONDecodeError as error:
        raise ReadError(f"Line {number:,} of “{name}” is not JSON: {error.msg} at character {error.colno:,}.") from None
    if not isinstance(value, dict):
        raise ReadError(f"Line {number:,} of “{name}” is not a JSON object: one {{…}} a line is expected.")
    return value


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
