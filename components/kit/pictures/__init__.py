"""Pictures for the page: published over HTTP, drawn large, as a gallery, in tables and on the map."""

from components.kit.kinds import picture_count
from components.kit.pictures.gallery import (
    ROW_HEIGHT,
    as_picture,
    gallery,
    listing,
    picture,
    picture_column,
    pictures_on_map,
    single_picture,
    zip_of,
)
from components.kit.pictures.source import (
    SIDES,
    picture_address,
    pictures_of,
    publish_pictures,
    thumbnail_address,
)

__all__ = [
    "ROW_HEIGHT",
    "SIDES",
    "as_picture",
    "gallery",
    "listing",
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
