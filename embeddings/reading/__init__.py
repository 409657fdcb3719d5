"""Files of every supported format into collections and spaces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, cast

from embeddings.collection import Collection
from embeddings.errors import ReadError
from embeddings.reading import lines, understanding
from embeddings.reading.limits import DEFAULT, Limits
from embeddings.reading.loaded import Loaded
from embeddings.reading.source import File, Request, Source, load
from embeddings.reading.understanding import Column, Understanding
from embeddings.space import Space

__all__ = [
    "FORMATS",
    "REFUSED",
    "Column",
    "Limits",
    "Source",
    "Understanding",
    "guess",
    "holds_pictures",
    "read",
    "read_images",
    "read_pasted",
]

Reader = Callable[[Request], Collection | Space]


class Format(NamedTuple):
    """One row of the table of formats: what it is in plain words, and `"module:function"` of its reader."""

    summary: str
    reader: str


PICTURES = "embeddings.reading.pictures:read"
FORMATS: dict[str, Format] = {
    ".txt": Format("text, one item a line", "embeddings.reading.plain:read"),
    ".csv": Format("table (CSV)", "embeddings.reading.tables:read"),
    ".tsv": Format("table (TSV)", "embeddings.reading.tables:read"),
    ".jsonl": Format("table (JSON lines)", "embeddings.reading.tables:read"),
    ".ndjson": Format("table (JSON lines)", "embeddings.reading.tables:read"),
    ".parquet": Format("table (Parquet)", "embeddings.reading.tables:read"),
    ".npy": Format("vectors (NumPy array)", "embeddings.reading.arrays:read"),
    ".npz": Format("vectors (NumPy archive)", "embeddings.reading.archives:read"),
    ".vec": Format("word vectors (fastText, word2vec or GloVe text)", "embeddings.reading.word_vectors:read"),
    ".w2v": Format("word vectors (word2vec)", "embeddings.reading.word_vectors:read"),
    ".bin": Format("word vectors (word2vec binary)", "embeddings.reading.word_vectors:read"),
    ".zip": Format("pictures in a ZIP archive", PICTURES),
    ".png": Format("picture (PNG)", PICTURES),
    ".jpg": Format("picture (JPEG)", PICTURES),
    ".jpeg": Format("picture (JPEG)", PICTURES),
    ".jfif": Format("picture (JPEG)", PICTURES),
    ".webp": Format("picture (WebP)", PICTURES),
    ".gif": Format("picture (GIF)", PICTURES),
    ".bmp": Format("picture (BMP)", PICTURES),
    ".tif": Format("picture (TIFF)", PICTURES),
    ".tiff": Format("picture (TIFF)", PICTURES),
    ".avif": Format("picture (AVIF)", PICTURES),
}
FOLDER = Format("a folder of pictures", PICTURES)
# Refused by the reader of pictures, which knows what to do about them.
REFUSED = {".svg": Format("drawing (SVG)", PICTURES), ".heic": Format("picture (HEIC)", PICTURES)}


def read(
    source: Source,
    *,
    name: str | None = None,
    text_column: str | None = None,
    label_columns: Sequence[str] | None = None,
    metadata: Source | tuple[str, bytes] | None = None,
    limits: Limits = DEFAULT,
) -> Collection | Space:
    """Read a file: ready-made vectors become a space, everything else a collection.

    Args:
        source: a path (also as a string), bytes, or a binary file object. A path may be a folder of pictures.
        name: the file's name when source has none; its suffix decides the format.
        text_column: the column of the items in a table; guessed when None.
        label_columns: the columns to keep as metadata; all others when None.
        metadata: the labels of a file of vectors: .txt with one a line, or a .tsv or .csv table.
            Bytes count as .tsv, where they do not come as a pair with the file's name.
        limits: the most that is read.

    Raises:
        ReadError: the file cannot be read; the message says where and why.
    """
    request = _request(source, name, metadata, limits)
    return _reader(request)(replace(request, text_column=text_column, label_columns=label_columns))


def read_pasted(text: str, *, name: str = "pasted text") -> Collection:
    """Read a pasted text, one item a line.

    Raises:
        ReadError: there is no line with text, there are too many, or one is too long.
    """
    return lines.from_text(text, name=name)


def read_images(files: Sequence[tuple[str, bytes]], *, name: str, limits: Limits = DEFAULT) -> Collection:
    """Read several image files, given as names and bytes, as one collection.

    Raises:
        ReadError: none of them can be read, or there are too many.
    """
    from embeddings.reading import pictures

    return pictures.read_images(files, name=name, limits=limits)


def guess(source: Source, *, name: str | None = None, limits: Limits = DEFAULT) -> Understanding:
    """Say what a file seems to hold, so that the reader can choose columns.

    Raises:
        ReadError: as in `read`, but for a missing text column.
    """
    request = _request(source, name, None, limits)
    entry = _format(request)
    if not entry.summary.startswith("table"):
        return understanding.of_result(_reader(request)(request), entry.summary)
    from embeddings.reading import tables

    loaded = tables.load(request)
    if isinstance(loaded, Loaded):
        return understanding.of_table(loaded, entry.summary)
    return understanding.of_result(loaded, "vectors (rows of numbers)")


def holds_pictures(name: str) -> bool:
    """Whether a file of this name is read as a picture or an archive of pictures, or refused as one."""
    entry = (FORMATS | REFUSED).get(Path(name).suffix.lower())
    return entry is not None and entry.reader == PICTURES


def _request(source: Source, name: str | None, metadata: Source | tuple[str, bytes] | None, limits: Limits) -> Request:
    path = _unloaded(source, name)
    file = load(source, name=name, limits=limits) if path is None else File(name or path.name, b"")
    if metadata is None:
        return Request(file, limits, path=path)
    labels_name, content = metadata if isinstance(metadata, tuple) else (None, metadata)
    if isinstance(content, bytes):
        labels_name = labels_name or "metadata.tsv"
    return Request(file, limits, metadata=load(content, name=labels_name, limits=limits), path=path)


def _unloaded(source: Source, name: str | None) -> Path | None:
    """The path of what is read piece by piece: a folder, or an archive of pictures."""
    if not isinstance(source, (str, Path)):
        return None
    path = Path(source).expanduser()
    archive = path.is_file() and Path(name or path.name).suffix.lower() == ".zip"
    return path if archive or path.is_dir() else None


def _format(request: Request) -> Format:
    file = request.file
    if request.path is not None and request.path.is_dir():
        return FOLDER
    found = FORMATS.get(file.suffix) or REFUSED.get(file.suffix)
    if found is None:
        known = ", ".join(FORMATS)
        ending = f"ends in “{file.suffix}”" if file.suffix else "has no ending"
        raise ReadError(f"“{file.name}” {ending}, which is not a known format; known are {known}.")
    return found


def _reader(request: Request) -> Reader:
    module, function = _format(request).reader.split(":")
    return cast(Reader, getattr(import_module(module), function))
