"""What bias probes take: words as they are typed and as a link carries them, and items of the collection among them."""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeVar

import numpy as np
import streamlit as st

from components.kit.ask import Request
from components.kit.caching import store
from components.kit.candidates import typed_vectors
from components.kit.choice import encoder_name
from components.kit.seeds import look_up
from components.kit.words import escape, number, shorten
from embeddings.bias.checking import split_words
from embeddings.bias.effect import Bounds
from embeddings.bias.lookup import Name
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.given import VectorsOf
from embeddings.jobs.job import Job
from embeddings.labelled import labels_of
from embeddings.reading.wording import quoted
from embeddings.space import Space

T = TypeVar("T")
Key = TypeVar("Key", int, str)
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


def ready_row(prefix: str, titles: Mapping[Key, str], now: Key | None, take: Callable[[Key], None]) -> None:
    """A button for each example, which puts it into the fields; that which stands there now stands out.

    Args:
        prefix: of the keys of the buttons.
        titles: of the examples, by their names or places.
        now: the one in the fields; None where it is none of them.
        take: is told which one is wanted.
    """
    for name, title in titles.items():
        kind: Literal["primary", "secondary"] = "primary" if name == now else "secondary"
        st.button(escape(title), key=f"{prefix}_{name}", type=kind, on_click=take, args=(name,))


def is_untouched(field: str, begun: str) -> bool:
    """Whether a field holds what it began with; what a link says is not untouched."""
    typed = st.session_state.get(field)
    return field not in st.query_params if typed is None else typed == st.session_state.get(begun)


def vectors_of_words(space: Space, words: Sequence[str]) -> VectorsOf:
    """The vectors of words that the space does not hold; waits for them.

    Raises:
        EmbeddingError: a word has none, or the encoder learnt nothing of it.
    """
    found = look_up(space, words)
    encoded = typed_vectors(space, found.items)
    if reason := unknown_words(space, encoded):
        raise EmbeddingError(reason)
    return {**found.given, **encoded}


def unless_kept(asked: Request[T], make: Callable[[Job], T]) -> Request[T]:
    """A request whose result is made otherwise where the store does not hold it, such as with words that are encoded.

    Args:
        asked: says where it is kept.
        make: gives the result, and keeps it there.
    """

    def run(job: Job) -> T:
        found: T | None = store().results.get(asked.key)
        return make(job) if found is None else found

    return asked._replace(run=run)


def between(bounds: Bounds, form: str = ".2f") -> str:
    """An interval in a sentence or a table; a dash where there is none."""
    return " to ".join(number(end, form) for end in bounds) if np.isfinite(bounds).all() else "–"


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
