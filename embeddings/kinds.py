"""The table of kinds: what an item can be, how it is called, and which encoder sees it if nobody says otherwise."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

Item = str | bytes


class KindSpec(NamedTuple):
    """One row of the table of kinds.

    Attributes:
        noun, plural: what readers call one item, and several.
        verb, verbs: what an encoder does with one: it can “read” a text, it “reads” texts.
        content: the class of its items: `str`, `bytes`, or a class of its own made from one of these, by which an item
            knows its kind.
        encoder: registry name of the encoder that suits it.
        together: how many items a worker encodes at a time.
    """

    noun: str
    plural: str
    verb: str
    verbs: str
    content: type[str] | type[bytes]
    encoder: str
    together: int


KINDS: dict[str, KindSpec] = {
    "text": KindSpec("text", "texts", "read", "reads", str, "MiniLM", 128),
    "image": KindSpec("picture", "pictures", "look at", "looks at", bytes, "Colour and texture", 32),
}
# Sees several kinds in one space.
JOINT = "Scenes CLIP"


def kind_of(item: Item) -> str:
    """The kind of an item, by its class."""
    for name, spec in KINDS.items():
        if type(item) is spec.content:
            return name
    return "text" if isinstance(item, str) else "image"


def suitable_encoder(kinds: Collection[str]) -> str:
    """The encoder for items of these kinds."""
    return KINDS[next(iter(kinds))].encoder if len(kinds) == 1 else JOINT


def listed_kinds(kinds: Collection[str]) -> str:
    """What such items are called: “pictures”, “pictures and texts”."""
    return " and ".join(KINDS[kind].plural for kind in kinds)
