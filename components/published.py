"""What the HTTP routes may serve: content behind unguessable tokens, bounded in memory."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Protocol, TypeVar

MOST_BYTES = 512 * 2**20


class Content(Protocol):
    """Something that can be served and says how much memory it holds."""

    @property
    def nbytes(self) -> int:
        """Size in bytes."""


C = TypeVar("C", bound=Content)


class Published:
    """A thread-safe store of content by token; what was not asked for longest goes first.

    A token is a keyed hash of the content's key with a secret of this process: equal keys give equal tokens within
    one process, and nobody can work out a token from what it stands for.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._secret = secrets.token_bytes(32)
        self._contents: OrderedDict[str, Content] = OrderedDict()
        self._nbytes = 0
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """Bytes held now."""
        return self._nbytes

    def token(self, key: str) -> str:
        """The token of a key, whether or not anything is published under it."""
        return hashlib.blake2b(key.encode(), key=self._secret, digest_size=16).hexdigest()

    def publish(self, key: str, make: Callable[[], Content]) -> str:
        """Make the content of a key available and return its token; `make` runs only when it is not there yet."""
        token = self.token(key)
        with self._lock:
            if token in self._contents:
                self._contents.move_to_end(token)
                return token
        content = make()
        with self._lock:
            if token not in self._contents:
                self._contents[token] = content
                self._nbytes += content.nbytes
                self._evict()
        return token

    def find(self, token: str, kind: type[C]) -> C | None:
        """The content of a token, or None when it is unknown, gone or of another kind."""
        with self._lock:
            content = self._contents.get(token)
            if content is None:
                return None
            self._contents.move_to_end(token)
        return content if isinstance(content, kind) else None

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._contents.clear()
            self._nbytes = 0

    def _evict(self) -> None:
        while self._nbytes > self._most_bytes and len(self._contents) > 1:
            _, content = self._contents.popitem(last=False)
            self._nbytes -= content.nbytes


PUBLISHED = Published()
