"""What the HTTP routes serve: content behind unguessable tokens, bounded in memory; refusals in JSON."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import wraps
from threading import Lock
from typing import Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

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


KEEP = {"Cache-Control": "private, max-age=86400, immutable"}
# Streamlit would compress these with gzip at its slowest level, for a few per cent.
AS_IT_IS = {**KEEP, "Content-Encoding": "identity"}

Endpoint = Callable[[Request], Response]
SlowEndpoint = Callable[[Request], Awaitable[Response]]


class Refused(Exception):
    """A request that is answered with a sentence and a status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def answering(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals become answers in JSON that nobody keeps."""

    @wraps(endpoint)
    def answer(request: Request) -> Response:
        try:
            return endpoint(request)
        except Refused as refused:
            return _in_json(refused)

    return answer


def answering_later(endpoint: SlowEndpoint) -> SlowEndpoint:
    """The same for an endpoint that waits for something without holding a thread."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            return _in_json(refused)

    return answer


def found(token: str, kind: type[C], gone: str) -> C:
    """The content of a token.

    Raises:
        Refused: it is not there; `gone` says what to do.
    """
    content = PUBLISHED.find(token, kind)
    if content is None:
        raise Refused(404, gone)
    return content


def is_whole_number(text: str) -> bool:
    """Whether a text of the address is a whole number of at most nine digits."""
    return text.isascii() and text.isdigit() and len(text) < 10


def etag(content: bytes) -> str:
    """The name of a content, for browsers that ask whether it has changed."""
    return f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def _in_json(refused: Refused) -> JSONResponse:
    return JSONResponse({"error": str(refused)}, refused.status, {"Cache-Control": "no-store"})
