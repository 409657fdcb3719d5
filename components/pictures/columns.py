"""Pictures within tables."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.pictures.source import picture_count, publish_pictures, thumbnail_address
from embeddings.collection import Collection

ROW_HEIGHT = 56
_SIDE = 128


def picture_column(collection: Collection, rows: Iterable[int]) -> pa.Array:
    """Addresses of thumbnails for `st.dataframe`; null where the item is a text."""
    token, count = publish_pictures(collection), picture_count(collection)
    addresses = [thumbnail_address(token, int(row), _SIDE) if row < count else None for row in rows]
    return pa.array(addresses, pa.string())


def as_picture(label: str = "", width: int = 64) -> ColumnConfig:
    """How such a column is drawn."""
    return st.column_config.ImageColumn(label, width=width)
