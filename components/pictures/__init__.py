"""Pictures for the page: published over HTTP, drawn large or as a gallery."""

from components.pictures.gallery import gallery, picture, single_picture
from components.pictures.small import SIDES
from components.pictures.source import (
    picture_address,
    picture_count,
    pictures_of,
    publish_pictures,
    thumbnail_address,
)

__all__ = [
    "SIDES",
    "gallery",
    "picture",
    "picture_address",
    "picture_count",
    "pictures_of",
    "publish_pictures",
    "single_picture",
    "thumbnail_address",
]
