"""How items of each kind are shown, what they are called, and whether they are drawn or written."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from embeddings.collection import Collection
from embeddings.kinds import KINDS, Item, kind_of


class Drawer(NamedTuple):
    """How items of a kind are shown; a kind without one is written.

    Attributes:
        picture: a picture file that shows an item: large, in galleries and tables, and on the map.
        below: draws what comes below the large picture, such as a player.
    """

    picture: Callable[[bytes], bytes]
    below: Callable[[bytes], None] | None = None


DRAWERS: dict[str, Drawer] = {"image": Drawer(bytes)}


def as_picture(item: Item) -> bytes | None:
    """The picture file that shows an item; None where it is written."""
    drawer = DRAWERS.get(kind_of(item))
    return drawer.picture(item) if drawer is not None and isinstance(item, bytes) else None


def shown_below(item: Item) -> None:
    """Draw what belongs below the large picture of an item."""
    drawer = DRAWERS.get(kind_of(item))
    if drawer is not None and drawer.below is not None and isinstance(item, bytes):
        drawer.below(item)


def picture_count(collection: Collection) -> int:
    """How many items are drawn as pictures; beside texts they stand first."""
    return sum(int(collection.items.of_kind(kind).sum()) for kind in collection.kinds if kind in DRAWERS)


def counted(collection: Collection) -> str:
    """How many items there are: “1,797 pictures”, “300 pictures and 12 texts”, “600 items”."""
    if not drawn(collection):
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
    return any(kind in DRAWERS for kind in collection.kinds)


def written(collection: Collection) -> bool:
    """Whether some of the items are texts, so that words fit on a map."""
    return any(kind not in DRAWERS for kind in collection.kinds)


def _many(count: int, noun: str, nouns: str) -> str:
    return f"{count:,} {noun if count == 1 else nouns}"
