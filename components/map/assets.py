"""The browser's half of the map: scripts and styles, and the version that stands in their address."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).with_name("static")
_TYPES = {".js": "text/javascript", ".css": "text/css"}


class Asset(NamedTuple):
    """A file ready to be sent."""

    content: bytes
    compressed: bytes
    media_type: str
    etag: str


@cache
def asset(name: str) -> Asset | None:
    """A file of the map by its name, or None."""
    if name not in _names():
        return None
    path = _FOLDER / name
    return _asset(path.read_bytes(), _TYPES[path.suffix])


@cache
def plotly_script() -> Asset:
    """The Plotly.js inside the installed plotly package."""
    return _asset(files("plotly").joinpath("package_data", "plotly.min.js").read_bytes(), "text/javascript")


@cache
def assets_version() -> str:
    """Changes with any file of the map."""
    digest = hashlib.blake2b(digest_size=6)
    for name in sorted(_names()):
        digest.update((_FOLDER / name).read_bytes())
    return digest.hexdigest()


@cache
def plotly_version() -> str:
    """The version of the plotly package."""
    return version("plotly")


def script_names() -> list[str]:
    """The scripts of the map."""
    return [name for name in _names() if name.endswith(".js")]


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in _FOLDER.iterdir() if path.suffix in _TYPES)


def _asset(content: bytes, media_type: str) -> Asset:
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    return Asset(content, gzip.compress(content, 6, mtime=0), media_type, etag)
