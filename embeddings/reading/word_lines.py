"""The lines of word-vector text files: whether they are such, how many, and how wide."""

from __future__ import annotations

from typing import NamedTuple

from embeddings.errors import ReadError
from embeddings.reading.wording import several

# Stands for a space inside a token (GloVe has some), because gensim splits at every space.
JOINT = "\x1f"
_HEAD = 262_144
_LOOKED_AT = 5
# A line of text rarely ends in ten numbers; a vector of fewer needs a header to be recognised in a .txt.
_SURE = 10


class Header(NamedTuple):
    """The first line of the word2vec formats."""

    n: int
    dimension: int


def looks_like_word_vectors(data: bytes) -> bool:
    """Whether text begins with a word2vec header that fits the line below it, or with two lines of GloVe."""
    head = first_lines(data)
    if len(head) < 2:
        return False
    header = parse_header(head[0])
    if header is not None:
        width = numbers_after_token(head[1])
        return width >= 1 and (width == header.dimension or width >= _SURE)
    widths = {numbers_after_token(line) for line in head}
    return len(widths) == 1 and widths.pop() >= _SURE


def first_lines(data: bytes) -> list[bytes]:
    """The first few non-blank lines, without the last one when it may be cut."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if len(data) > _HEAD and len(head) > 1:
        head.pop()
    return [line.rstrip() for line in head if line.strip()][:_LOOKED_AT]


def parse_header(line: bytes) -> Header | None:
    """`n d`, or None when the line is something else."""
    fields = line.split()
    if len(fields) != 2 or not all(field.isdigit() and len(field) < 19 for field in fields):
        return None
    return Header(int(fields[0]), int(fields[1]))


def numbers_after_token(line: bytes) -> int:
    """How many numbers follow the first field; -1 when something else stands between."""
    fields = line.split(b" ")[1:]
    try:
        for field in fields:
            float(field)
    except ValueError:
        return -1
    return len(fields)


class WordLines(NamedTuple):
    """Lines of one token and `dimension` numbers each."""

    lines: list[bytes]
    dimension: int


def split_word_lines(body: bytes, dimension: int, *, first: int, name: str) -> WordLines:
    """Split text into lines of a token and its numbers; spaces inside a token become `JOINT`.

    Raises:
        ReadError: a line holds too few or too many numbers; `first` is the number of the first line.
    """
    if dimension < 1:
        raise ReadError(f"The header of “{name}” says {several(dimension, 'value')} for each vector.")
    lines: list[bytes] = []
    for number, raw in enumerate(body.split(b"\n"), first):
        line = raw.rstrip()
        if not line:
            continue
        spaces = line.count(b" ")
        if spaces != dimension:
            line = _joined(line, spaces, dimension, f"Line {number:,} of “{name}”")
        lines.append(line)
    if not lines:
        raise ReadError(f"“{name}” has a header but no vectors.")
    return WordLines(lines, dimension)


def wrong_number(body: bytes) -> str | None:
    """The token of the first line that holds something else than numbers, None when there is no such line."""
    for line in body.split(b"\n"):
        if line and numbers_after_token(line) < 0:
            return line.split(b" ", 1)[0].decode("utf-8", "replace").replace(JOINT, " ")
    return None


def _joined(line: bytes, spaces: int, dimension: int, place: str) -> bytes:
    got = f"{several(max(spaces, 0), 'number')} where {dimension:,} are expected"
    if spaces < dimension:
        raise ReadError(f"{place} has {got}.")
    parts = line.rsplit(b" ", dimension)
    if numbers_after_token(parts[0]) > 0:
        raise ReadError(f"{place} has {got}.")
    return b" ".join([parts[0].replace(b" ", JOINT.encode()), *parts[1:]])
