"""Word vectors through gensim: word2vec text and binary, GloVe text, fastText's .vec."""

from __future__ import annotations

import codecs
import tempfile
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors

from embeddings.errors import ReadError
from embeddings.reading.decoding import decode
from embeddings.reading.items import check_size
from embeddings.reading.sniffing import require_text
from embeddings.reading.source import File, Request
from embeddings.reading.vectors import to_space
from embeddings.reading.word_lines import (
    JOINT,
    Header,
    WordLines,
    first_lines,
    numbers_after_token,
    parse_header,
    split_word_lines,
    wrong_number,
)
from embeddings.reading.wording import quoted, several
from embeddings.space import Space

_SAMPLE = 4096
# Tools that drop doubled or unreadable words leave a header a little too large; a cut download leaves it far too large.
_ENOUGH = 0.9


def read(request: Request) -> Space:
    """Read a word-vector file, with or without a header, text or binary.

    Raises:
        ReadError: header and content disagree, or a line is no token followed by numbers.
    """
    file = request.file
    require_text(file)
    if request.metadata is not None:
        raise ReadError(f"“{file.name}” names its own items; labels go with .npy, .npz or .tsv vectors.")
    data = _as_utf8(file)
    head = first_lines(data)
    header = parse_header(head[0]) if head else None
    body = data.split(b"\n", 1)[1] if header and b"\n" in data else data
    if header is not None and _is_binary(body):
        _check_binary(body, header, request)
        return _space(request, data, binary=True, n=header.n)
    return _read_text(request, head, header, body)


def _read_text(request: Request, head: list[bytes], header: Header | None, body: bytes) -> Space:
    name = request.file.name
    sample = head[1:] if header else head
    width = numbers_after_token(sample[0]) if sample else 0
    if header and sample and width >= 1 and width != header.dimension:
        raise ReadError(
            f"The header of “{name}” says {several(header.dimension, 'value')} for each vector, "
            f"but the first line has {width:,}."
        )
    if width < 1 and not header:
        raise ReadError(f"“{name}” holds no word vectors: lines of a word and its numbers are expected.")
    lines = split_word_lines(body, header.dimension if header else width, first=2 if header else 1, name=name)
    check_size(len(lines.lines), lines.dimension, name, request.limits)
    if header and len(lines.lines) < _ENOUGH * header.n:
        raise ReadError(
            f"The header of “{name}” says {several(header.n, 'vector')}, but the file holds {len(lines.lines):,}: it "
            "seems to be cut short. Get the whole file; or, if you shortened it yourself, delete its first line."
        )
    data = f"{len(lines.lines)} {lines.dimension}\n".encode() + b"\n".join(lines.lines)
    return _space(request, data, binary=False, n=len(lines.lines), notes=_header_note(header, lines))


def _header_note(header: Header | None, lines: WordLines) -> tuple[str, ...]:
    if header is None or header.n == len(lines.lines):
        return ()
    return (f"The header says {several(header.n, 'vector')}, but the file holds {len(lines.lines):,}; all were read.",)


def _space(request: Request, data: bytes, *, binary: bool, n: int, notes: tuple[str, ...] = ()) -> Space:
    name = request.file.name
    with tempfile.TemporaryDirectory() as folder:
        # gensim reads paths only, and unpacks by suffix.
        path = Path(folder, "vectors")
        path.write_bytes(data)
        try:
            with np.errstate(over="ignore"):  # a number too large for float32 becomes infinite and is refused by row
                found = KeyedVectors.load_word2vec_format(str(path), binary=binary, unicode_errors="replace")
        except (ValueError, EOFError) as error:
            raise _unreadable(data, binary, name, error) from error
    # Where a word occurs again, gensim 4.4 leaves empty rows at the end.
    words = [word.replace(JOINT, " ") for word in found.index_to_key[: found.next_index]]
    again = n - len(words)
    if again:
        which = "word occurs again; its" if again == 1 else "words occur again; their"
        notes = (*notes, f"{again:,} {which} first vector was kept.")
    broken = [word for word in words if "\ufffd" in word]
    if broken:
        notes = (
            *notes,
            f"Bytes that are not UTF-8 are shown as � in {several(len(broken), 'word')}: {quoted(broken)}.",
        )
    return to_space(request, found.vectors[: len(words)], words, notes=notes)


def _unreadable(data: bytes, binary: bool, name: str, error: Exception) -> ReadError:
    word = None if binary else wrong_number(data.split(b"\n", 1)[1])
    if word is None:
        return ReadError(f"“{name}” cannot be read as word vectors: {error}.")
    return ReadError(f"The line of “{word[:40]}” in “{name}” holds a value that is not a number.")


def _as_utf8(file: File) -> bytes:
    if file.data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(file).text.encode()
    return file.data.removeprefix(codecs.BOM_UTF8)


def _is_binary(body: bytes) -> bool:
    first = body.split(b"\n", 1)[0][:_SAMPLE].rstrip()
    return bool(body) and numbers_after_token(first) < 1 and not _is_text(body[:_SAMPLE])


def _is_text(sample: bytes) -> bool:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(sample) - 3
    return b"\0" not in sample


def _check_binary(body: bytes, header: Header, request: Request) -> None:
    name, size = request.file.name, 4 * header.dimension
    # Refuse before gensim allocates what the header asks for.
    check_size(header.n, header.dimension, name, request.limits)
    found = end = 0
    while found <= header.n and size:
        space = body.find(b" ", end)
        if space < 0 or space + 1 + size > len(body):
            break
        found, end = found + 1, space + 1 + size
    if found != header.n or body[end:].strip():
        got = "more" if found > header.n else several(found, "whole one")
        raise ReadError(
            f"The header of “{name}” says {several(header.n, 'vector')} of {several(header.dimension, 'value')}, "
            f"but the file holds {got}."
        )
