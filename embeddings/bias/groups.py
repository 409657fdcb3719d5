"""A column of labels as groups: numbered, most frequent first, with what has no label left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from embeddings.bias.ranking import Codes
from embeddings.errors import EmbeddingError

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
    """The groups of a column; None, NaN and empty texts are no label.

    Raises:
        EmbeddingError: there are fewer than 2 or more than 50 groups.
        ValueError: there are not as many values as items.
    """
    if len(values) != items:
        raise ValueError(f"groups must hold one value for each of {items} items, got {len(values)}")
    texts = ["" if value is None or value != value else str(value).strip() for value in values]
    counts = Counter(text for text in texts if text)
    if len(counts) < 2:
        held = f"only “{next(iter(counts))}”" if counts else "none"
        raise EmbeddingError(f"At least 2 groups are needed to compare; this column holds {held}.")
    if len(counts) > MOST_GROUPS:
        raise EmbeddingError(
            f"This column holds {len(counts):,} different values; up to {MOST_GROUPS} groups can be compared."
        )
    names = tuple(sorted(counts, key=lambda name: (-counts[name], name)))
    place = {name: number for number, name in enumerate(names)}
    codes = np.array([place.get(text, -1) for text in texts], dtype=np.intp)
    return Groups(names, codes, int((codes < 0).sum()))
