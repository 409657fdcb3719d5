"""Names of picture files: which are tried, which are nobody's pictures, and the labels in their folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"})
# Tried too, so that they get their own reason, or because cameras and programs use them for the same formats.
TRIED = SUFFIXES | {"", ".jpe", ".apng", ".dib", ".mpo", ".svg", ".heic", ".heif"}
ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".bz2", ".xz"})
LONGEST_NAME = 240
_NOBODYS = frozenset({"__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NUMBERS = re.compile(r"(\d{1,18})")


def is_nobodys(file: str) -> bool:
    """Whether a file is hidden, or was put there by the system and not by a person."""
    return any(part.lower() in _NOBODYS or (part.startswith(".") and part.strip(".")) for part in _parts(file))


def leads_out(file: str) -> bool:
    """Whether a name inside an archive is absolute or climbs out of it."""
    return file.startswith("/") or file[1:3] == ":/" or ".." in _parts(file)


def why_not(file: str) -> str | None:
    """Why a file is not even tried, or None."""
    suffix = PurePosixPath(file).suffix.lower()
    if leads_out(file):
        return "has a name that leads out of the archive"
    if suffix in ARCHIVES:
        return "is an archive inside the archive; bring it by itself"
    return None if suffix in TRIED else f"is not a picture by its name, which ends in “{suffix[:20]}”"


def shown(file: str) -> str:
    """A name for people: no control characters, what no text can hold replaced, very long ones cut in the middle."""
    text = _CONTROL.sub("�", file.encode("utf-8", "replace").decode())
    return text if len(text) <= LONGEST_NAME else f"{text[:100]}…{text[101 - LONGEST_NAME :]}"


def natural_order(file: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts `scene 2` before `scene 10`."""
    parts = _NUMBERS.split(file.lower())
    return tuple((0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part) for part in parts if part)


def labels_of(files: Sequence[str]) -> list[str | None] | None:
    """The folder that tells each file from the others; None when all are in one folder.

    Folders that all files share say nothing: neither those at the top nor those at the bottom (cat/images, dog/images).
    """
    folders = [_parts(file)[:-1] for file in files]
    while all(folders) and len({folder[0] for folder in folders}) == 1:
        folders = [folder[1:] for folder in folders]
    while all(len(folder) > 1 for folder in folders) and len({folder[-1] for folder in folders}) == 1:
        folders = [folder[:-1] for folder in folders]
    labels = [shown(folder[-1]) if folder else None for folder in folders]
    return labels if any(labels) else None


def _parts(file: str) -> list[str]:
    return [part for part in file.split("/") if part]
