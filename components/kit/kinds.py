"""What the items of a collection are called, and whether they are drawn or written."""

from __future__ import annotations

from embeddings.collection import Collection
from embeddings.kinds import KINDS


def counted(collection: Collection) -> str:
    """How many items there are: “1,797 pictures”, “300 pictures and 12 texts”, “600 items”."""
    if collection.kinds == ("text",):
        return _many(len(collection), "item", "items")
    parts = [(int(collection.items.of_kind(kind).sum()), KINDS[kind]) for kind in collection.kinds]
    return " and ".join(_many(count, spec.noun, spec.plural) for count, spec in parts)


def several(collection: Collection) -> str:
    """“pictures” where there is nothing else, “items” where they are texts or of several kinds."""
    return "items" if written(collection) else KINDS[collection.kinds[0]].plural


def one(collection: Collection) -> str:
    """“picture” where there is nothing else, “item” where they are texts or of several kinds."""
    return "item" if written(collection) else KINDS[collection.kinds[0]].noun


def drawn(collection: Collection) -> bool:
    """Whether some of the items are shown as pictures, not only written."""
    return collection.kinds != ("text",)


def written(collection: Collection) -> bool:
    """Whether some of the items are texts, so that words fit on a map."""
    return "text" in collection.kinds


def _many(count: int, noun: str, nouns: str) -> str:
    return f"{count:,} {noun if count == 1 else nouns}"
