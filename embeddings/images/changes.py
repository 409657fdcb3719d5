"""What keeping a picture had to change, in words for one picture and for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum

from embeddings.reading.wording import several


class Change(Enum):
    """One thing done to a picture: how a sentence about one goes on, and about several."""

    SMALLER = (
        "was larger than 512 pixels on its shorter side and is kept at that size; encoders look at 512 or fewer",
        "were larger than 512 pixels on their shorter side and are kept at that size; encoders look at 512 or fewer",
    )
    SHORTENED = (
        "was longer than 4,096 pixels and is kept at that length",
        "were longer than 4,096 pixels and are kept at that length",
    )
    TURNED = ("was turned upright as its EXIF data say", "were turned upright as their EXIF data say")
    WHITE = ("has transparent parts, which are white now", "have transparent parts, which are white now")
    FIRST_FRAME = ("is animated: its first frame was taken", "are animated: their first frames were taken")
    FIRST_PAGE = ("has several pages: the first was taken", "have several pages: the first was taken")
    DEPTH = (
        "has more than 8 bits for a colour; its range was scaled to 8",
        "have more than 8 bits for a colour; their ranges were scaled to 8",
    )
    PRINTED = (
        "is in the colours of print (CMYK) and was turned into those of screens (RGB)",
        "are in the colours of print (CMYK) and were turned into those of screens (RGB)",
    )
    TINY = (
        "is smaller than 8 pixels on a side; there is little to see in it",
        "are smaller than 8 pixels on a side; there is little to see in them",
    )


def summary(changes: Iterable[Change]) -> tuple[str, ...]:
    """One sentence for each kind of change, most common first."""
    counted = Counter(changes)
    order = list(Change)
    ranked = sorted(counted, key=lambda change: (-counted[change], order.index(change)))
    return tuple(f"{several(counted[change], 'picture')} {change.value[counted[change] > 1]}." for change in ranked)
