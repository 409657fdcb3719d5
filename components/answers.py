"""What the HTTP routes share: refusals in JSON, content by its token, headers."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from components.published import PUBLISHED, C

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
