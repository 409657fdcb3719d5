"""Pictures as a ZIP file to take away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from components.pictures.kinds import SUFFIXES, media_type
from embeddings.collection import Collection

# Fixed, so that equal pictures give equal files.
_DATE = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"|?*\\]')


def zip_of(collection: Collection, rows: Iterable[int]) -> bytes:
    """The pictures among some rows; folders stay as they came, so that they are labels again when it is read back."""
    buffer, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for row in rows:
            item = collection.items[row]
            kind = media_type(item) if isinstance(item, bytes) else None
            if isinstance(item, bytes) and kind is not None:
                name = _free(_stem(collection, int(row)), SUFFIXES[kind], taken)
                archive.writestr(zipfile.ZipInfo(name, _DATE), item)
    return buffer.getvalue()


def _stem(collection: Collection, row: int) -> str:
    """The path of a picture without its ending, safe to unpack anywhere."""
    file = collection.column("file")[row].as_py() if "file" in collection.columns else None
    path = str(file or f"{_folder(collection, row)}/{row + 1:05d}").replace("\\", "/")
    parts = [_FORBIDDEN.sub("_", part).strip(" .") for part in path.split("/")]
    stem = "/".join(part for part in parts if part) or f"{row + 1:05d}"
    return re.sub(r"\.(png|jpe?g|webp|gif|bmp|tiff?)$", "", stem, flags=re.IGNORECASE)[:200]


def _folder(collection: Collection, row: int) -> str:
    label = collection.column("label")[row].as_py() if "label" in collection.columns else None
    return "" if label is None else str(label).replace("/", "_")


def _free(stem: str, suffix: str, taken: set[str]) -> str:
    name, number = stem + suffix, 2
    while name.casefold() in taken:
        name, number = f"{stem} ({number}){suffix}", number + 1
    taken.add(name.casefold())
    return name
