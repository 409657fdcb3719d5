"""A direction as tables."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from components.kit.words import shorten
from embeddings.bias.direction import BiasDirection, DirectBias
from embeddings.bias.ripa import Ripa


def component_table(direction: BiasDirection) -> pa.Table:
    """The share of every component, and of random pairs that of the first."""
    random = direction.random_explained
    known = len(random) > 0
    blank: list[float | None] = [None] * (len(direction.explained) - 1)
    low, middle, high = np.quantile(random, [0.025, 0.5, 0.975]).tolist() if known else [None] * 3
    return pa.table(
        {
            "component": list(range(1, len(direction.explained) + 1)),
            "share of variance": direction.explained,
            "random pairs": pa.array([middle, *blank], pa.float64()),
            "random low": pa.array([low, *blank], pa.float64()),
            "random high": pa.array([high, *blank], pa.float64()),
        }
    )


def word_table(direct: DirectBias, raw: Ripa, unit: Ripa) -> pa.Table:
    """Each word: its lean from the middle, its cosine with the direction, its RIPA; the largest lean first."""
    order = np.argsort(-np.abs(direct.leans), kind="stable")
    return pa.table(
        {
            "word": [shorten(str(direct.words[place]), 60) for place in order],
            "lean": direct.leans[order],
            "cosine": direct.cosines[order],
            "RIPA": raw.scores.mean(axis=1)[order],
            "RIPA lowest": raw.scores.min(axis=1)[order],
            "RIPA highest": raw.scores.max(axis=1)[order],
            "RIPA at length 1": unit.scores.mean(axis=1)[order],
        }
    )


def pair_table(direct: DirectBias, raw: Ripa) -> pa.Table:
    """Each word with its cosine and its RIPA for every pair, for a file."""
    columns: dict[str, object] = {
        "word": [str(word) for word in direct.words],
        "cosine": direct.cosines,
        "cosine from the middle": direct.leans,
    }
    for place, (first, second) in enumerate(raw.pairs):
        columns[f"RIPA {first} − {second}"] = raw.scores[:, place]
    return pa.table(columns)
