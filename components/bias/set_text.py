"""Word sets as text: as they are typed, and as a link carries them."""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from embeddings.bias.checking import split_words
from embeddings.errors import EmbeddingError

SET, WORD, PACKED = "*", ".", "~"
READABLE = 1_500
MOST_LETTERS = 200_000
_TO_ESCAPE = re.compile(r"[%*.~]")
_ESCAPED = re.compile(r"%([0-9A-F]{2})")


class NamedSet(NamedTuple):
    """A word set as the reader sees it.

    Attributes:
        name: what the reader calls it; may be empty.
        words: as typed; `#12` stands for the item of that number.
    """

    name: str
    words: tuple[str, ...]


def read_set(text: str) -> tuple[str, ...]:
    """The words of a typed or pasted text: divided at lines, commas, semicolons or tabs, or else at spaces."""
    return tuple(" ".join(word.split()) for word in split_words(text))


def write_set(words: Sequence[str]) -> str:
    """Words as they would be typed; read back, they are the same."""
    return ", ".join(words) + ("," if len(words) == 1 and " " in words[0] else "")


def sets_to_text(sets: Iterable[NamedSet]) -> str:
    """Sets as a link carries them: `Flowers.aster.rose*Insects.ant.moth`, or packed where that is long.

    Of % * . ~ within a word stands the code, as %2E.
    """
    plain = SET.join(WORD.join(map(_escape, (each.name, *each.words))) for each in sets)
    if len(plain) <= READABLE:
        return plain
    return PACKED + urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def sets_from_text(text: str) -> tuple[NamedSet, ...]:
    """The sets of a link.

    Raises:
        EmbeddingError: it is not written so.
    """
    plain = _unpack(text[1:]) if text.startswith(PACKED) else text
    fields = [[_unescape(word) for word in field.split(WORD)] for field in plain.split(SET)]
    return tuple(NamedSet(name, tuple(word for word in words if word)) for name, *words in fields)


def _unpack(packed: str) -> str:
    reader = zlib.decompressobj()
    try:
        raw = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        plain = reader.decompress(raw, MOST_LETTERS).decode()
    except (NotBase64, zlib.error, ValueError):
        plain = ""
    if not plain or not reader.eof:
        raise EmbeddingError("The word sets in this link cannot be read: a part of it seems to be missing.")
    return plain


def _escape(word: str) -> str:
    return _TO_ESCAPE.sub(lambda found: f"%{ord(found[0]):02X}", " ".join(word.split()))


def _unescape(word: str) -> str:
    return " ".join(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), word).split())
