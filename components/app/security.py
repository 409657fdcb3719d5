"""Security headers on every response, and who is answered at all, as plain ASGI middleware that buffers nothing."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from components.kit import visitors
from components.kit.visitors import UPLOADS, in_words
from components.kit.words import shorten

METRICS = "VECTORSCOPE_METRICS"
_UPLOAD = re.compile(r".*/_stcore/upload_file/([^/]+)/[^/]+/?")

_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")
# Scripts: our own files, Streamlit's few inline ones by their hash, and inline components, which are blob modules.
# Evaluation: Plotly's WebGL layer compiles its drawing functions; without it the map silently falls back to SVG.
# Streamlit and Plotly set styles inline.
_POLICY = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-eval' blob:{inline}; "
    "worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "media-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "connect-src 'self' data: blob:{sockets}; "
    "frame-src 'self'; "
    "object-src 'none'; "
    "base-uri 'self'; "
    "form-action 'self'; "
    "frame-ancestors 'self'"
)


class SecurityHeaders:
    """Adds the headers that keep pages from other sites away from this one, and this one from loading theirs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; only HTTP responses are touched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = content_security_policy(Headers(scope=scope).get("host", ""))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "SAMEORIGIN"
                headers["Referrer-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
                headers["Content-Security-Policy"] = policy
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Gate:
    """Answers under the names of this server only, keeps its figures for whoever runs it, and bounds uploads.

    Args:
        app: what lies behind.
        names: the names at this moment; a site elsewhere whose name leads here could otherwise read our pages.
    """

    def __init__(self, app: ASGIApp, names: Callable[[], Sequence[str]] = visitors.names) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or say why not."""
        refused = self._refused(scope) if scope["type"] in ("http", "websocket") else None
        if refused is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            await refused(scope, receive, send)

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not visitors.answers_to(host, self._names()):
            return PlainTextResponse(
                f"This server is not known by the name “{shorten(host, 100)}”. Whoever runs it can add the name to "
                "server.allowedHosts.",
                421,
            )
        if scope["path"].rstrip("/").endswith("/_stcore/metrics") and not _may_see_figures(scope):
            return PlainTextResponse("There is nothing here.", 404)
        upload = _UPLOAD.fullmatch(scope["path"]) if scope.get("method") == "PUT" else None
        return _refused_upload(upload[1], headers.get("content-length", "")) if upload else None


def _may_see_figures(scope: Scope) -> bool:
    own = (scope.get("client") or ("",))[0] in visitors.LOOPBACK and not visitors.is_public()
    return own or os.environ.get(METRICS) == "1"


def _refused_upload(session: str, length: str) -> PlainTextResponse | None:
    if not length.isdecimal() or len(length) > 18:
        return PlainTextResponse("An upload must say how long it is.", 411)
    wait = UPLOADS.take(session, int(length))
    if not wait:
        return None
    return PlainTextResponse(f"Too much at once: try again in {in_words(wait)}.", 429, {"Retry-After": str(wait)})


def content_security_policy(host: str) -> str:
    """The policy of a page served from a host; its WebSocket is named because 'self' does not cover it everywhere."""
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return _POLICY.format(sockets=sockets, inline=_inline_scripts())


@cache
def _inline_scripts() -> str:
    """Hashes of the scripts that stand inside Streamlit's page."""
    page = files("streamlit").joinpath("static", "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return "".join(f" 'sha256-{digest}'" for digest in digests)
