"""From whatever the caller holds to the bytes of a named file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from embeddings.errors import ReadError
from embeddings.reading.limits import DEFAULT, Limits
from embeddings.reading.wording import megabytes

Source = str | Path | bytes | BinaryIO


class File(NamedTuple):
    """A file in memory."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """The end of the name that decides the format, in small letters."""
        return PurePath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return PurePath(self.name).stem or self.name


@dataclass(frozen=True)
class Request:
    """All that a reader of one format is told.

    With a path, the file is on disk and its content is not loaded.
    """

    file: File
    limits: Limits = DEFAULT
    text_column: str | None = None
    label_columns: Sequence[str] | None = None
    metadata: File | None = None
    path: Path | None = None


def load(source: Source, *, name: str | None, limits: Limits) -> File:
    """Read a source into memory; a file object is put back to where it stood.

    Raises:
        ReadError: it does not exist, is empty, or is larger than `limits.max_bytes`.
        ValueError: bytes came without a name.
    """
    if isinstance(source, bytes):
        file = File(_base_name(name), source)
    elif isinstance(source, (str, Path)):
        file = _load_path(Path(source).expanduser(), name, limits)
    else:
        file = _load_stream(source, name, limits)
    if len(file.data) > limits.max_bytes:
        raise _too_large(file.name, megabytes(len(file.data)), limits)
    if not file.data:
        raise ReadError(f"“{file.name}” is empty.")
    return file


def _load_path(path: Path, name: str | None, limits: Limits) -> File:
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise _too_large(path.name, megabytes(size), limits)
        return File(_base_name(name or path.name), path.read_bytes())
    except FileNotFoundError:
        raise ReadError(f"There is no file “{path}”.") from None
    except IsADirectoryError:
        raise ReadError(f"“{path}” is a folder, not a file.") from None
    except OSError as error:
        raise ReadError(f"“{path}” cannot be opened: {error.strerror or error}.") from error


def _load_stream(stream: BinaryIO, name: str | None, limits: Limits) -> File:
    given = name or getattr(stream, "name", None)
    start = stream.tell() if stream.seekable() else None
    data = stream.read(limits.max_bytes + 1)
    if start is not None:
        stream.seek(start)
    if not isinstance(data, bytes):
        raise ValueError("source must be opened in binary mode, got a text stream")
    file = File(_base_name(given if isinstance(given, str) else None), data)
    if len(data) > limits.max_bytes:
        raise _too_large(file.name, f"more than {megabytes(limits.max_bytes)}", limits)
    return file


def _base_name(name: str | None) -> str:
    if not name:
        raise ValueError("name must give the file's name when source is bytes or a nameless stream, got none")
    return name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _too_large(name: str, size: str, limits: Limits) -> ReadError:
    return ReadError(f"“{name}” is {size} large; at most {megabytes(limits.max_bytes)} can be read.")
