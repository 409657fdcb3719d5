"""The errors of Vectorscope.

EmbeddingError                 something the reader can act on; its message is shown beside the input
├── ReadError                  a file or a pasted text that cannot become a collection
├── EncoderUnavailable         an encoder whose package, model or network is missing; the message is the remedy
├── UnknownItem                a word or item that the collection does not hold; carries the nearest spellings
├── ExpressionError            a sum of words that cannot be worked out; carries the place and the nearest spellings
├── WorkersLost                the processes that compute ended or cannot be reached
├── NotStored                  the disk is full or may not be written to; the message says which, and what to do
└── Cancelled                  the reader stopped the job

A `ValueError` or `TypeError` from this package is a bug of the calling code and is never caught.
"""

import errno
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_FULL = "The disk of this server is full, so this could not be kept. Make room on it, then try again."
_CLOSED = (
    "This server may not write to the folder where it keeps its data, so this could not be kept. "
    "Ask whoever runs it to allow that, then try again."
)
_WHY_NOT = dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL) | dict.fromkeys(
    (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR), _CLOSED
)
# What libraries written in Rust leave of the system's error.
_OS_ERROR = re.compile(r"\(os error (\d+)\)")


class EmbeddingError(Exception):
    """Something the reader can act on; the message says what and how."""


class ReadError(EmbeddingError):
    """A source that cannot be read; the message names the place and the reason."""


class EncoderUnavailable(EmbeddingError):
    """An encoder that cannot run here; the message is the remedy."""


class UnknownItem(EmbeddingError):
    """An item that is not in the collection.

    Attributes:
        item: what was asked for.
        suggestions: the nearest spellings that exist, best first; may be empty.
    """

    def __init__(self, item: str, suggestions: Sequence[str] = ()) -> None:
        self.item = item
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"“{item}” is not in this collection.{hint}")

    def __reduce__(self) -> tuple[type["UnknownItem"], tuple[str, tuple[str, ...]]]:
        return type(self), (self.item, self.suggestions)


class ExpressionError(EmbeddingError):
    """A sum of words that cannot be worked out.

    Attributes:
        reason: what is wrong, as a sentence.
        start, end: the characters of the expression that are meant, end excluded.
        suggestions: the nearest spellings that exist, best first; may be empty.
    """

    def __init__(self, reason: str, start: int, end: int, suggestions: Sequence[str] = ()) -> None:
        self.reason = reason
        self.start = start
        self.end = end
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"{reason}{hint}")

    def __reduce__(self) -> tuple[type["ExpressionError"], tuple[str, int, int, tuple[str, ...]]]:
        return type(self), (self.reason, self.start, self.end, self.suggestions)


class WorkersLost(EmbeddingError):
    """The processes that compute ended under a job, or cannot be reached; trying again may succeed."""


class Cancelled(EmbeddingError):
    """The reader stopped the job before it ended."""


class NotStored(EmbeddingError):
    """Something that could not be written where it is to be kept."""


# What says nothing about the question itself: asked again, the same may work, so it is never kept as an answer.
PASSING = (Cancelled, EncoderUnavailable, NotStored, WorkersLost)


@contextmanager
def storing(*also: type[Exception]) -> Iterator[None]:
    """Write something that is to be kept; `also` are errors of a library that only their text tells from others.

    Raises:
        NotStored: the disk is full, or may not be written to. All other errors pass as they are.
    """
    caught: tuple[type[Exception], ...] = (OSError, RuntimeError, *also)
    try:
        yield
    except caught as error:
        number = error.errno if isinstance(error, OSError) else None
        said = _OS_ERROR.search(str(error)) if number is None else None
        why = _WHY_NOT.get(int(said[1]) if said else number or 0)
        if why is None:
            raise
        raise NotStored(why) from error
