"""What bias probes take: words as they are typed and as a link carries them, and items of the collection among them."""

from __future__ import annotations

import hashlib
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from components.kit.ask import Request, asking
from components.kit.choice import encoder_name
from components.kit.words import shorten
from embeddings.bias.checking import split_words
from embeddings.bias.lookup import Name
from embeddings.collection import Collection
from embeddings.errors import PASSING, EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.labelled import labels_of
from embeddings.reading.wording import quoted
from embeddings.space import Space

T = TypeVar("T")
MOST, NAMED = 25, 5
SET, WORD, PACKED = "*", ".", "~"
READABLE = 1_500  # a longer link is packed, for nobody reads it any more
MOST_LETTERS = 200_000
_TO_ESCAPE, _ESCAPED = re.compile(r"[%*.~]"), re.compile(r"%([0-9A-F]{2})")
_NUMBER, _VALUE = re.compile(r"#(\d{1,9})(?:-#?(\d{1,9}))?"), re.compile(r"([^=]+)=(.+)")


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


def named_sets(given: Iterable[Sequence[str]]) -> tuple[NamedSet, ...]:
    """Sets of which each is its name, then its words, as in the files of examples."""
    return tuple(NamedSet(name, tuple(words)) for name, *words in given)


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


def refer(words: Sequence[str], own: Collection, *, most: int = MOST, seed: int = 0) -> tuple[Name, ...]:
    """Typed words as a probe takes them: texts, and rows for pictures; `#12-#20` are nine items.

    Of `column=value`, at most so many items are taken, drawn at random with the seed. Where the collection holds no
    such column, it is a word like any other.

    Args:
        words: as typed.
        own: the visitor's collection, whose items the numbers and columns are about.
        most: items that a column's value gives.
        seed: which of them, where there are more.

    Raises:
        EmbeddingError: there is no item of a number, or none with a value.
    """
    return tuple(name for word in words for name in _named(word, own, most, seed))


def _named(word: str, own: Collection, most: int, seed: int) -> Sequence[Name]:
    number, value = _NUMBER.fullmatch(word), _VALUE.fullmatch(word)
    if number:
        rows: Sequence[int] = _rows(own, int(number[1]), int(number[2] or number[1]))
    elif value and value[1].strip() in own.columns:
        rows = _of_value(own, value[1].strip(), value[2].strip(), most, seed)
    else:
        return [word]
    # A text stands by itself, for it may be asked of another vocabulary.
    return [item if isinstance(item := own.items[row], str) else row for row in rows]


def _rows(own: Collection, first: int, last: int) -> range:
    if not 1 <= first <= last <= len(own):
        wrong = first if not 1 <= first <= len(own) else last
        raise EmbeddingError(f"There is no item #{wrong} here: this collection has #1 to #{len(own):,}.")
    return range(first - 1, last)


def _of_value(own: Collection, column: str, value: str, most: int, seed: int) -> list[int]:
    rows = [row for row, label in enumerate(labels_of(own, column)) if label == value]
    if not rows:
        raise EmbeddingError(f"No item has “{shorten(value, 40)}” in the column “{shorten(column, 40)}”.")
    if len(rows) <= most:
        return rows
    return sorted(np.random.default_rng(seed).choice(rows, size=most, replace=False).tolist())


def probe_request(
    space: Space, probe: str, inputs: Mapping[str, Any], *, vectors_of: VectorsOf = NONE_GIVEN
) -> Request[Any]:
    """The job that runs a probe of the table.

    Args:
        space: the first input.
        probe: a name in PROBES.
        inputs: the others, see `run_probe`.
        vectors_of: vectors of texts among the inputs that the space does not hold.
    """
    return asking("probe", space, probe=probe, vectors_of=dict(vectors_of), **inputs)


def or_why_not(run: Callable[[], T]) -> T | EmbeddingError:
    """What work gives, or why it gives nothing; what may work another time is raised."""
    try:
        return run()
    except PASSING:
        raise
    except EmbeddingError as error:
        return error


def unknown_words(space: Space, vectors_of: VectorsOf) -> str:
    """Why words that were encoded cannot be used: the encoder learnt nothing of them; empty where it knows all."""
    unknown = [word for word, vector in vectors_of.items() if not np.any(vector)]
    if not unknown:
        return ""
    more = f" and {len(unknown) - NAMED:,} more" if len(unknown) > NAMED else ""
    return (
        f"{encoder_name(space.encoder)} learnt only what stands in this collection and knows nothing of "
        f"{quoted(unknown[:NAMED])}{more}. Take words that occur in it, or an encoder that reads any text."
    )


def request_key(kind: str, space: Space, *content: Any) -> str:
    """What stands for a result: the space, and everything else that it depends on."""
    return f"{kind}|{space.fingerprint}|{digest(*content)}"


def digest(*content: Any) -> str:
    """What stands for values in a key."""
    return hashlib.blake2b(repr(content).encode(), digest_size=16).hexdigest()
