"""Who can reach this server, under which names it is known, and what visitors may ask it to load."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from cachetools import TTLCache, cached
from streamlit import config
from streamlit.net_util import get_internal_ip

from embeddings.encoders import ENCODERS

ANY_MODEL, MODEL_FOLDERS = "VECTORSCOPE_ANY_MODEL", "VECTORSCOPE_MODEL_FOLDERS"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")


def announce() -> None:
    """Let Streamlit print the address to give to others; by itself it would ask the internet for one more."""
    if listens_everywhere() and not config.is_manually_set("browser.serverAddress"):
        config.set_option("browser.serverAddress", get_internal_ip() or LOOPBACK[0])


def listens_everywhere() -> bool:
    """Whether the server takes connections at every address of this machine."""
    return (config.get_option("server.address") or EVERYWHERE[0]) in EVERYWHERE


def is_public() -> bool:
    """Whether other machines can reach the server: at its own address, or by another name through a proxy."""
    known = {config.get_option("server.address") or EVERYWHERE[0], *config.get_option("server.allowedHosts")}
    return not known <= set(LOOPBACK)


@cached(TTLCache(maxsize=1, ttl=30))  # a laptop changes its address when it changes the network
def names() -> tuple[str, ...]:
    """The host names that the server answers to: those of `server.allowedHosts`, or else its own."""
    if given := config.get_option("server.allowedHosts"):
        return tuple(given)
    if not listens_everywhere():
        return (*LOOPBACK, str(config.get_option("server.address")))
    found = [each for every in psutil.net_if_addrs().values() for each in every]
    own = [each.address.partition("%")[0] for each in found if each.family in (socket.AF_INET, socket.AF_INET6)]
    host = socket.gethostname()
    return (*LOOPBACK, *own, host, f"{host.partition('.')[0]}.local")


def answers_to(host: str, names: Sequence[str]) -> bool:
    """Whether the Host header of a request is one of the names, whatever its port; `*.` stands for any part before."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # a port that is no number, half a bracket
        return False
    if not name or parts.netloc != host or "@" in host:
        return False
    return any(_fits(name, each.strip().lower().rstrip(".")) for each in names)


def any_model() -> bool:
    """Whether visitors may name models that are not in the table of encoders, which are then downloaded.

    `VECTORSCOPE_ANY_MODEL` says so by 1 or 0; without it, they may where no other machine can reach the server.
    """
    said = os.environ.get(ANY_MODEL, "")
    return said != "0" if said else not is_public()


def folders_of(setting: str) -> list[Path]:
    """The folders that an environment variable names, separated as in `PATH`; those that do not exist are left out."""
    named = [Path(text).expanduser().absolute() for text in os.environ.get(setting, "").split(os.pathsep) if text]
    return [path for path in named if path.is_dir()]


def within(typed: str, folders: Sequence[Path]) -> Path | None:
    """What a path names inside the folders, links followed; None where there is nothing, or it lies outside.

    A relative path is looked for in each. A path that lies outside as it is written is not even looked for.
    """
    real = [folder.resolve() for folder in folders]
    for folder in folders:
        path = Path(os.path.normpath(folder / typed))
        found = _resolved(path) if any(path.is_relative_to(each) for each in (*folders, *real)) else None
        if found is not None and any(found.is_relative_to(each) for each in real):
            return found
    return None


def why_not_named(encoder: str) -> str | None:
    """Why visitors may not name an encoder, as a sentence; None where they may, or where there is none of this name."""
    kind, _, place = encoder.partition(":")
    if encoder in ENCODERS or kind not in ("hub", "open_clip", "folder", "local-dir"):
        return None
    if kind in ("hub", "open_clip"):
        return (
            None
            if any_model()
            else (
                "This server offers only the encoders of its table. Whoever runs it can allow others, which are then "
                f"downloaded, by {ANY_MODEL}=1."
            )
        )
    folders = folders_of(MODEL_FOLDERS)
    if not folders:
        return (
            "This server offers no models in its folders. Whoever runs it can allow some: by the names of the folders "
            f"in {MODEL_FOLDERS}."
        )
    # Encoders open the path as it is written, so it must have one reading only.
    plain = os.path.isabs(place) and os.path.normpath(place) == place
    found = within(place, folders) if plain else None
    if found is None or not found.is_dir():
        return f"There is no folder “{place[:200]}” among those whose models this server offers."
    return None


def _fits(name: str, pattern: str) -> bool:
    return pattern == "*" or (name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern)


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
