"""Relations as tables: every pair, every cosine, and all ready relations side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from components.kit.words import shorten
from components.relations.charts import agreement, oriented
from embeddings.analogies.offsets import Offsets
from embeddings.analogies.relations import Compared, Pair


def pair_table(found: Offsets, pairs: Sequence[Pair]) -> pa.Table:
    """Each pair with its agreement, its place in the plane, and how much of its squared length lies there."""
    points = oriented(found)
    lengths = np.linalg.norm(found.vectors.astype(np.float64), axis=1)
    inside = np.minimum(1, (points**2).sum(axis=1) / lengths**2)
    return pa.table(
        {
            "first": [first for first, _ in pairs],
            "second": [second for _, second in pairs],
            "mean cosine with the others": agreement(found),
            "x": points[:, 0],
            "y": points[:, 1],
            "length": lengths,
            "share in the plane": inside,
        }
    )


def cosine_table(found: Offsets, pairs: Sequence[Pair]) -> pa.Table:
    """The cosine of every pair's offset with every other's."""
    names = _distinct([f"{shorten(first, 40)} → {shorten(second, 40)}" for first, second in pairs])
    return pa.table({"pair": names, **{name: found.cosines[:, place] for place, name in enumerate(names)}})


def comparison_table(compared: Sequence[Compared]) -> pa.Table:
    """The relations with their numbers; empty cells where fewer than two pairs are known."""
    return pa.table(
        {
            "relation": [each.name for each in compared],
            "mean": pa.array([_number(each.mean) for each in compared], pa.float64()),
            "shuffled": pa.array([_number(each.shuffled) for each in compared], pa.float64()),
            "pairs": [f"{each.pairs} / {each.of}" for each in compared],
        }
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def _distinct(names: list[str]) -> list[str]:
    """The same names, told apart by their number where two are equal when shortened."""
    return [name if names.count(name) == 1 else f"{name} ({place})" for place, name in enumerate(names, 1)]
