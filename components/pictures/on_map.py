"""The pictures of a collection as a map draws them."""

from __future__ import annotations

from components.map.scene import Pictures
from components.pictures.source import picture_count, publish_pictures
from embeddings.collection import Collection


def pictures_on_map(collection: Collection) -> Pictures | None:
    """What a map draws in place of dots; None for a collection without pictures."""
    n = picture_count(collection)
    return Pictures(publish_pictures(collection), n) if n else None
