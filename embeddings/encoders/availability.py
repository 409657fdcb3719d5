"""Whether an encoder can be loaded now, and what to do if not; cheap enough to ask on every page run."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterable
from importlib.util import find_spec as find_package
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from huggingface_hub import constants

from embeddings.encoders.base import EncoderSpec
from embeddings.encoders.places import cached_snapshot, models_folder
from embeddings.encoders.table import find_spec
from embeddings.errors import EncoderUnavailable

NOT_HERE = "Not on this machine: connect to the internet once and choose it again, or give a local folder."

_REMEDY_SECONDS = 5.0
_PROBE_SECONDS = 60.0
_CONNECT_SECONDS = 1.5
_INSTALL_NAMES = {"sklearn": "scikit-learn", "skimage": "scikit-image", "open_clip": "open-clip-torch"}

_remedies: dict[str, tuple[float, str | None]] = {}


def remedy(name: str) -> str | None:
    """None when the encoder can be loaded now, else the sentence that says what to do."""
    now = time.monotonic()
    known = _remedies.get(name)
    if known and now - known[0] < _REMEDY_SECONDS:
        return known[1]
    answer = _remedy(name)
    if len(_remedies) > 1000:
        _remedies.clear()
    _remedies[name] = (now, answer)
    return answer


def remedies(names: Iterable[str]) -> dict[str, str | None]:
    """The same of several."""
    return {name: remedy(name) for name in names}


def _remedy(name: str) -> str | None:
    try:
        spec = find_spec(name)
    except EncoderUnavailable as error:
        return str(error)
    missing = missing_package(spec)
    if missing or not spec.model:
        return missing
    kind, _, place = spec.model.partition(":")
    if kind == "folder":
        return None if os.path.isdir(place) else f"There is no folder “{place[:200]}”."  # not even of an odd name
    if kind == "file":
        return missing_file(place)
    return None if cached_snapshot(spec.model) or hub_answers() else NOT_HERE


def missing_package(spec: EncoderSpec) -> str | None:
    """The remedy for the first package that cannot be imported, None when all can."""
    for package in spec.packages:
        if find_package(package) is None:
            install = _INSTALL_NAMES.get(package, package.replace("_", "-"))
            return f"The package {install} is missing: install it with “pip install {install}” and start again."
    return None


def missing_file(name: str) -> str | None:
    """The remedy for a file that must be put by hand into the models folder, None when it is there."""
    folder = models_folder()
    if (folder / name).is_file():
        return None
    return f"Not on this machine: put the file {name} into the folder {folder} and choose it again."


class _Probe:
    """Asks in the background whether the hub can be reached, and remembers the answer for a minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = float("-inf")
        self._answer: bool | None = None
        self._thread: threading.Thread | None = None

    def answer(self, patience: float) -> bool:
        with self._lock:
            first = self._thread is None
            if time.monotonic() - self._asked > _PROBE_SECONDS:
                self._asked = time.monotonic()
                self._thread = threading.Thread(target=self._ask, name="hub probe", daemon=True)
                self._thread.start()
            thread = self._thread
        if thread and not self._answer and (first or patience):
            thread.join(patience or 0.3)
        return bool(self._answer)

    def _ask(self) -> None:
        self._answer = _connects()


_probe = _Probe()


def hub_answers(patience: float = 0.0) -> bool:
    """Whether the model hub took a connection within the last minute.

    Args:
        patience: seconds to wait for a running check that has not succeeded yet; only the very first call
            waits a moment without it.
    """
    return not _offline() and _probe.answer(patience)


def _offline() -> bool:
    # The hub library reads the variable only once, when it is imported.
    return constants.is_offline_mode() or os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}


def _connects() -> bool:
    address = urlsplit(constants.ENDPOINT)
    proxy = getproxies().get(address.scheme)
    if proxy and not proxy_bypass(address.hostname or ""):
        address = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    try:
        port = address.port or (80 if address.scheme == "http" else 443)
        with socket.create_connection((address.hostname or "", port), timeout=_CONNECT_SECONDS):
            return True
    except (OSError, ValueError):
        return False
