"""Pictures for the page: published over HTTP, drawn large, as a gallery, in tables and on the map."""

from components.pictures.archive import zip_of
from components.pictures.columns import ROW_HEIGHT, as_picture, picture_column
from components.pictures.gallery import gallery, picture, single_picture
from components.pictures.on_map import pictures_on_map
from components.pictures.small import SIDES
from components.pictures.source import (
    picture_address,
    picture_count,
    pictures_of,
    publish_pictures,
    thumbnail_address,
)

__all__ = [
    "ROW_HEIGHT",
    "SIDES",
    "as_picture",
    "gallery",
    "picture",
    "picture_address",
    "picture_column",
    "picture_count",
    "pictures_of",
    "pictures_on_map",
    "publish_pictures",
    "single_picture",
    "thumbnail_address",
    "zip_of",
]
