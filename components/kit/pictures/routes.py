"""HTTP routes of pictures: kept ones, thumbnails and sheets of thumbnails, each by an unguessable token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.kit.kinds import as_picture
from components.kit.pictures.source import (
    SIDES,
    SMALL,
    PictureSource,
    make_sheet,
    make_thumbnail,
    media_type,
    sheet_key,
    thumbnail_key,
)
from components.kit.published import AS_IT_IS, Refused, answering, answering_later, etag, found, is_whole_number
from embeddings.errors import EmbeddingError
from embeddings.images import SHEET_CELLS

_GONE = "These pictures are no longer on the server. Reload the page."


class Found(NamedTuple):
    """A picture and the content that it belongs to."""

    source: PictureSource
    row: int
    item: bytes


@answering
def picture(request: Request) -> Response:
    """A picture as it is kept."""
    item = _picture(request).item
    return _sent(request, as_picture(item) or item)


@answering_later
async def thumbnail(request: Request) -> Response:
    """A small version of a picture, its longer side at most `side`, one of 64, 128, 256 and 512."""
    side = request.query_params.get("side", "256")
    if side not in map(str, SIDES):
        raise Refused(400, f"side must be one of {', '.join(map(str, SIDES))}, got “{side[:20]}”")
    source, row, item = _picture(request)
    key = thumbnail_key(source.key, row, int(side))
    return _sent(request, await _small(key, lambda: make_thumbnail(item, int(side))))


@answering_later
async def sheet(request: Request) -> Response:
    """256 pictures in one: 16 columns of cells of 64 pixels, each picture centred on transparency."""
    source = found(request.path_params["token"], PictureSource, _GONE)
    index = _number(request.path_params["index"], -(-source.count // SHEET_CELLS))
    items = source.items
    if items is None:
        raise Refused(404, _GONE)
    part = items[index * SHEET_CELLS : min(source.count, (index + 1) * SHEET_CELLS)]
    key = sheet_key(source.key, index)
    return _sent(
        request, await _small(key, lambda: make_sheet(key, [item for item in part if isinstance(item, bytes)]))
    )


routes = [
    Route("/api/picture/{token}/{row}", picture),
    Route("/api/thumbnail/{token}/{row}", thumbnail),
    Route("/api/sheet/{token}/{index}", sheet),
]


def _picture(request: Request) -> Found:
    source = found(request.path_params["token"], PictureSource, _GONE)
    row = _number(request.path_params["row"], source.count)
    items = source.items
    item = None if items is None else items[row]
    if not isinstance(item, bytes):
        raise Refused(404, _GONE)
    return Found(source, row, item)


def _number(text: str, count: int) -> int:
    if not is_whole_number(text) or int(text) >= count:
        raise Refused(404, f"There are {count} of these, counted from 0; got “{text[:20]}”.")
    return int(text)


async def _small(key: str, make: Callable[[], bytes]) -> bytes:
    content = SMALL.find(key)
    if content is not None:
        return content
    try:
        # A visitor who leaves does not take away what others wait for.
        return await asyncio.shield(asyncio.wrap_future(SMALL.ask(key, make)))
    except (EmbeddingError, OSError) as error:
        raise Refused(404, "This picture cannot be read.") from error


def _sent(request: Request, content: bytes) -> Response:
    kind = media_type(content)
    if kind is None:
        raise Refused(404, "This is not a picture that browsers show.")
    headers = {**AS_IT_IS, "ETag": etag(content), "X-Content-Type-Options": "nosniff"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)
