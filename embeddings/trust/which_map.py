"""Several maps of one space held side by side: which to believe about what."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import NamedTuple

import pyarrow as pa

from embeddings.reading.wording import listed
from embeddings.trust.labels import NeighbourhoodHit
from embeddings.trust.scores import Trust
from embeddings.trust.shepard import Shepard

READABLE = 0.5
# Less is within what another seed gives.
CLOSE = 0.02


class MethodScores(NamedTuple):
    """What is known of one of several maps; `hit` is None without a column of labels."""

    trust: Trust
    shepard: Shepard
    hit: NeighbourhoodHit | None


def methods_sentence(scores: Mapping[str, MethodScores], column: str) -> str:
    """Which map to believe about what, in two or three sentences."""
    names, verb = _first({name: one.trust.kept for name, one in scores.items()})
    rho = {name: 0.0 if isnan(one.shepard.correlation) else one.shepard.correlation for name, one in scores.items()}
    said = f"{names} keep{verb} most neighbours. "
    if max(rho.values()) < READABLE:
        said += "Gaps and long distances mean little on any of them."
    else:
        said += f"Gaps and long distances mean most on {_first(rho)[0]}."
    tidier = [name for name, one in scores.items() if one.hit is not None and one.hit.on_map > one.hit.in_space + CLOSE]
    if tidier:
        said += (
            f" By {column}, {listed(tidier)} {'show' if len(tidier) > 1 else 'shows'} more order than the space has."
        )
    return said


def _first(values: Mapping[str, float]) -> tuple[str, str]:
    """Who leads, or all who lie about as high, and the ending of the verb that fits."""
    names = [name for name, value in values.items() if value > max(values.values()) - CLOSE]
    return listed(names), "" if len(names) > 1 else "s"


def method_table(scores: Mapping[str, MethodScores], column: str) -> pa.Table:
    """The same as numbers."""
    each = list(scores.values())
    columns: dict[str, list[object]] = {
        "method": list(scores),
        "neighbours kept": [one.trust.kept for one in each],
        "trustworthiness": [one.trust.trustworthiness for one in each],
        "continuity": [one.trust.continuity for one in each],
        "Shepard ρ": [one.shepard.correlation for one in each],
        "explained variance": [one.trust.explained for one in each],
    }
    hits = [one.hit for one in each if one.hit is not None]
    if hits:
        columns[f"same {column}"] = [hit.on_map for hit in hits]
        columns[f"same {column} in the space"] = [hit.in_space for hit in hits]
    return pa.table(columns)
