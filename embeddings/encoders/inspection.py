"""What encoders tell of the items that they read: pieces, what is cut off or unknown, the part of a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_NAMED = 20


class Inspection(NamedTuple):
    """What an encoder saw of one item.

    Attributes:
        tokens: the pieces it used, in order, special ones included.
        limit: how many pieces it can read, None for no limit.
        dropped: how many pieces were cut off at the limit.
        unknown: pieces of the text that it has no vector for.
        unread: their share of all pieces of the text that are used, special ones left out, 0 to 1.
    """

    tokens: tuple[str, ...]
    limit: int | None
    dropped: int
    unknown: tuple[str, ...]
    unread: float = 0.0


class TokenCounts(NamedTuple):
    """How much of n items an encoder can read.

    Attributes:
        lengths: number of tokens of each item before any cut, special ones included, int64 of shape (n,).
        limit: how many of them it reads; None for no limit.
        pieces: the tokens that come from the item itself, int64 of shape (n,).
        unknown: how many of these it has no vector for, int64 of shape (n,).
        examples: some of the unknown pieces, the most frequent first.
        knows: some of the words that it knows, where these are few; empty where they are many.
    """

    lengths: NDArray[np.int64]
    limit: int | None
    pieces: NDArray[np.int64]
    unknown: NDArray[np.int64]
    examples: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()

    @property
    def unread(self) -> float:
        """Share of all pieces that are unknown, 0 to 1."""
        return float(self.unknown.sum() / max(1, self.pieces.sum()))


class View(NamedTuple):
    """What an encoder saw of a picture.

    Attributes:
        picture: a PNG of what is left after its own crop and resize, before its colours are normalised.
        box: left, top, right and bottom of that part as shares of the picture's width and height, 0 to 1.
        note: one sentence on what was done.
    """

    picture: bytes
    box: tuple[float, float, float, float]
    note: str


def inspection(pieces: Sequence[str], known: Container[str]) -> Inspection:
    """What is seen of a text that is cut into pieces without a limit, by an encoder that knows some of them."""
    seen = tuple(piece for piece in pieces if piece in known)
    unknown = tuple(dict.fromkeys(piece for piece in pieces if piece not in known))
    return Inspection(seen, None, 0, unknown, 1 - len(seen) / len(pieces) if pieces else 0.0)


def piece_counts(texts: Sequence[Sequence[str]], known: Container[str]) -> TokenCounts:
    """The same of n texts."""
    missing = [[piece for piece in pieces if piece not in known] for pieces in texts]
    lengths, unknown = (np.array([len(each) for each in parts], dtype=np.int64) for parts in (texts, missing))
    common = Counter(piece for pieces in missing for piece in pieces).most_common(_NAMED)
    return TokenCounts(lengths, None, lengths, unknown, tuple(piece for piece, _ in common))
