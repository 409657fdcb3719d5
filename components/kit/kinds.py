"""What the items of a collection are called."""

from __future__ import annotations

from components.kit.pictures.source import picture_count
from embeddings.collection import Collection


def counted(collection: Collection) -> str:
    """How many items there are: “1,797 pictures”, “300 pictures and 12 texts”, “600 items”."""
    pictures = picture_count(collection)
    texts = len(collection) - pictures
    if not pictures:
        return _many(texts, "item")
    return _many(pictures, "picture") + (f" and {_many(texts, 'text')}" if texts else "")


def several(collection: Collection) -> str:
    """“pictures” where there is nothing else, otherwise “items”."""
    return "pictures" if collection.kind == "image" else "items"


def one(collection: Collection) -> str:
    """“picture” where there is nothing else, otherwise “item”."""
    return "picture" if collection.kind == "image" else "item"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def drawn(collection: Collection) -> bool:
    """Whether some of the items are shown as pictures, not only written."""
    return collection.kind != "text"


def written(collection: Collection) -> bool:
    """Whether some of the items are texts, so that words fit on a map."""
    return collection.kind != "image"
