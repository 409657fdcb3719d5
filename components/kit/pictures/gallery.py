"""Pictures on a page: one large, a grid of small ones to pick from, in tables, on the map, and to take away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.kit.kinds import picture_count
from components.kit.link import select
from components.kit.map.browser import starter
from components.kit.map.scene import Pictures
from components.kit.pictures.source import (
    SUFFIXES,
    media_type,
    picture_address,
    pictures_of,
    publish_pictures,
    thumbnail_address,
)
from components.kit.words import number, shorten
from embeddings.collection import Collection

Box = tuple[float, float, float, float]
MOST = 60
LONGEST = 300
_SIDE = 256


def gallery(
    collection: Collection,
    rows: Sequence[int],
    *,
    key: str,
    captions: Sequence[str] | None = None,
    most: int = MOST,
    on_pick: Callable[[int], None] = select,
) -> None:
    """Draw some rows of a collection as a grid of pictures; rows that are texts are cards with the text.

    Args:
        collection: whose rows they are.
        rows: in the order in which they are drawn.
        key: names the gallery within the page.
        captions: a short text under each, such as a score; each row of `rows` has one.
        most: how many are drawn; how many are left out is said below.
        on_pick: called with the row that was clicked, before the page runs again; by default it becomes the selected
            item.
    """
    items = _items(collection, rows[:most])
    for item, caption in zip(items, captions or (), strict=False):
        item["caption"] = shorten(caption, 60)
    _mount_items({"items": items, "large": False, "note": _left_out(rows, most)}, key, on_pick)


def listing(
    collection: Collection,
    rows: Sequence[int],
    *,
    key: str,
    scores: Sequence[float] | None = None,
    most: int = MOST,
    on_pick: Callable[[int], None] = select,
) -> None:
    """Draw some rows of a collection as lines with their whole texts.

    Args:
        collection: whose rows they are.
        rows: in the order in which they are drawn.
        key: names the list within the page.
        scores: a number between 0 and 1 for each row, written at its end and drawn as a bar.
        most: how many are drawn; how many are left out is said below.
        on_pick: called with the row that was clicked; by default it becomes the selected item.
    """
    items = _items(collection, rows[:most])
    for item, score in zip(items, () if scores is None else scores, strict=False):
        item |= {"caption": number(score, ".2f"), "share": float(min(1.0, max(0.0, score)))}
    _mount_items({"items": items, "listed": True, "note": _left_out(rows, most)}, key, on_pick)


def picture(collection: Collection, row: int, *, key: str, height: int = 300, box: Box | None = None) -> None:
    """Draw one picture of a collection large, in full width up to a height; `box` outlines a part of it."""
    address = picture_address(publish_pictures(collection), row)
    _large(address, collection.text(row), key, height, box)


def single_picture(item: bytes, *, alt: str, key: str, height: int = 300, box: Box | None = None) -> None:
    """Draw a picture that is in no collection: an uploaded example, or what an encoder saw."""
    _large(picture_address(pictures_of([item]), 0), alt, key, height, box)


def _large(address: str, alt: str, key: str, height: int, box: Box | None) -> None:
    item = {"source": address, "alt": shorten(alt, LONGEST), "box": None if box is None else list(box)}
    _mount({"items": [item], "large": True, "height": height}, key, _nothing)


def _items(collection: Collection, rows: Sequence[int]) -> list[dict[str, Any]]:
    token, count = publish_pictures(collection), picture_count(collection)
    return [_item(collection, int(row), token if row < count else "") for row in rows]


def _left_out(rows: Sequence[int], most: int) -> str:
    return f"the first {most:,} of {len(rows):,}" if len(rows) > most else ""


def _mount_items(data: Mapping[str, Any], key: str, on_pick: Callable[[int], None]) -> None:
    shown = {item["row"] for item in data["items"]}
    _mount(data, key, lambda: _picked(key, shown, on_pick))


def _item(collection: Collection, row: int, token: str) -> dict[str, Any]:
    item: dict[str, Any] = {"row": row, "alt": shorten(collection.text(row), LONGEST)}
    return {**item, "source": thumbnail_address(token, row, _SIDE)} if token else item


def _mount(data: Mapping[str, Any], key: str, on_pick: Callable[[], None]) -> None:
    mount = st.components.v2.component(
        "vectorscope.gallery", js=starter("gallery", "The pictures"), isolate_styles=False
    )
    mount(key=key, data=data, on_picked_change=on_pick, on_lost_change=_nothing)


def _picked(key: str, shown: set[int], on_pick: Callable[[int], None]) -> None:
    state = st.session_state.get(key)
    picked = state.get("picked") if isinstance(state, Mapping) else None
    row = picked.get("row") if isinstance(picked, Mapping) else None
    if isinstance(row, int) and row in shown:
        on_pick(row)


def _nothing() -> None:
    pass


ROW_HEIGHT = 56
_IN_TABLE = 128


def picture_column(collection: Collection, rows: Iterable[int]) -> pa.Array:
    """Addresses of thumbnails for `st.dataframe`; null where the item is a text."""
    token, count = publish_pictures(collection), picture_count(collection)
    addresses = [thumbnail_address(token, int(row), _IN_TABLE) if row < count else None for row in rows]
    return pa.array(addresses, pa.string())


def as_picture(label: str = "", width: int = 64) -> ColumnConfig:
    """How such a column is drawn."""
    return st.column_config.ImageColumn(label, width=width)


def pictures_on_map(collection: Collection) -> Pictures | None:
    """What a map draws in place of dots; None for a collection without pictures."""
    n = picture_count(collection)
    return Pictures(publish_pictures(collection), n) if n else None


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
