"""A column of labels as groups: numbered, most frequent first, with what has no label left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from embeddings.bias.ranking import Codes
from embeddings.errors import EmbeddingError
from embeddings.labelled import label_places

MOST_GROUPS = 50


class Groups(NamedTuple):
    """Which group each of n items is in.

    Attributes:
        names: most frequent first, equal ones by name.
        codes: place in `names`, shape (n,); −1 for an item without a label.
        unlabelled: how many have none.
    """

    names: tuple[str, ...]
    codes: Codes
    unlabelled: int


def group_codes(values: Sequence[object], items: int) -> Groups:
    """The groups of a column; see `label_texts`.

    Raises:
        EmbeddingError: there are fewer than 2 or more than 50 groups.
        ValueError: there are not as many values as items.
    """
    if len(values) != items:
        raise ValueError(f"groups must hold one value for each of {items} items, got {len(values)}")
    names, codes = label_places(values)
    if len(names) < 2:
        held = f"only “{names[0]}”" if names else "none"
        raise EmbeddingError(f"At least 2 groups are needed to compare; this column holds {held}.")
    if len(names) > MOST_GROUPS:
        raise EmbeddingError(
            f"This column holds {len(names):,} different values; up to {MOST_GROUPS} groups can be compared."
        )
    return Groups(names, codes, int((codes < 0).sum()))
