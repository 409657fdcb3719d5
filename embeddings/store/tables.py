"""Small helpers around LanceDB tables that every part of the store needs."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import lancedb
import pyarrow as pa
from filelock import FileLock
from lancedb.index import BTree

from embeddings.errors import NotStored, storing

# Each addition is a file of its own, and every reader opens them all.
FRAGMENTS = 32
# Old versions go once nobody can still be reading them.
READ_BY_THEN = timedelta(minutes=10)
TRIES = 5
# Tables of which single rows are read, by which column: without an index an object store would send the whole column.
LOOKED_UP = {"results": "key", "collections": "id"}
_SAFE = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Database:
    """One LanceDB connection, made late; tables are opened late and created on first write.

    Whatever writes raises `NotStored` where the home is full or closed.
    """

    def __init__(self, home: str) -> None:
        self.home = home
        self._lock = threading.Lock()

    @property
    def folder(self) -> str | None:
        """Where files beside the tables can lie; None on an object store."""
        return None if "://" in self.home else self.home

    @cached_property
    def _connection(self) -> Any:
        with storing():
            return lancedb.connect(self.home)

    def open(self, name: str) -> Any | None:
        """The table of a name at its newest version, or None."""
        try:
            return self._connection.open_table(name)
        except ValueError as error:
            if "not found" not in str(error):
                raise
            return None

    def append(self, name: str, rows: Callable[[], pa.Table | pa.RecordBatchReader]) -> Any:
        """Add rows, whole or batch by batch, to a table, created from them when it does not exist yet.

        Now and then the files that additions leave are joined into one.
        """
        added = rows()
        with self._lock, storing():
            table = self._made(name, lambda: self._connection.create_table(name, schema=added.schema, exist_ok=True))
            table.add(added)
            _join_files(table)
            return table

    def create(self, name: str, rows: Callable[[], pa.Table | pa.RecordBatchReader]) -> None:
        """Write a table, unless there is one; of several who want to at the same time, one does."""
        with self._lock, storing():
            self._made(name, lambda: self._connection.create_table(name, rows(), exist_ok=True))

    def _made(self, name: str, make: Callable[[], Any]) -> Any:
        """The table of a name, made where there is none.

        One process makes a table at a time: of two that do at once, LanceDB may let the second replace what the first
        has made and written meanwhile. On an object store nothing keeps them apart.
        """
        table = self.open(name)
        if table is not None:
            return table
        with nullcontext() if self.folder is None else FileLock(Path(self.folder) / "making.lock"):
            table = self.open(name)
            return make() if table is None else table

    def delete(self, table: Any, which: str) -> None:
        """Remove rows from a table, also while another process joins its files."""
        with storing():
            for _ in range(TRIES - 1):
                with _passing_over_conflicts():
                    table.delete(which)
                    return
                table.checkout_latest()
            table.delete(which)

    def drop(self, name: str) -> None:
        """Remove a table with all its versions."""
        with storing():
            self._connection.drop_table(name, ignore_missing=True)

    def names(self, prefix: str) -> list[str]:
        """Names of the tables that begin so."""
        return [name for name in self._connection.list_tables().tables if name.startswith(prefix)]


def _join_files(table: Any) -> None:
    if table.stats()["fragment_stats"]["num_fragments"] <= FRAGMENTS:
        return
    # Where another process joins them at the same time, or the disk is full, what was added is safe either way.
    with suppress(NotStored), storing(), _passing_over_conflicts():
        column = LOOKED_UP.get(table.name)
        if column and not table.list_indices():
            table.create_index(column, config=BTree())
        table.optimize(cleanup_older_than=READ_BY_THEN)


@contextmanager
def _passing_over_conflicts() -> Iterator[None]:
    """Where another process has come before with a change, go on without this one."""
    try:
        yield
    except RuntimeError as error:
        if "commit conflict" not in str(error).lower():
            raise


def equals(column: str, value: str) -> str:
    """A filter `column = value` for an identifier made of letters, digits, `_` and `-`.

    Raises:
        ValueError: the value holds anything else.
    """
    if not _SAFE.fullmatch(value):
        raise ValueError(f"an identifier has 1 to 64 letters, digits, _ or -, got {value!r}")
    return f"{column} = '{value}'"
