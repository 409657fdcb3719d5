"""Several maps of one space: what they are coloured by, and their scores as a table: shared by two views."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

import pyarrow as pa

from components.kit.map import PLAIN_COLOURING, Colouring
from components.kit.map.colouring import PLAIN, colour_by_column
from components.kit.widgets import pick_from_list
from components.trust import colours
from components.trust.asked import Asked
from components.trust.requests import MethodScores
from components.trust.scores_panel import label_columns
from embeddings.space import Space
from embeddings.trust import SweptCell, Trust

KEPT = "kept neighbours"
CLOSE = 0.02
READABLE = 0.5


def colour_control(space: Space, asked: Asked, *, key: str) -> str:
    """What all maps are coloured by: a column of labels where there is one, else the neighbours that are kept."""
    options = [*label_columns(space.collection, asked.k), KEPT, PLAIN]
    return pick_from_list("Colour all by", options, key=key, width=220, kept=False)


def colouring_of(space: Space, colour: str, trust: Trust | None) -> Colouring:
    """The colours of one map."""
    if colour == KEPT:
        return PLAIN_COLOURING if trust is None else colours.shade_of(colours.KEPT, trust)
    return colour_by_column(space, colour)


def method_table(scores: Mapping[str, MethodScores], column: str) -> pa.Table:
    """One row for each map; all numbers larger is better."""
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


def methods_sentence(scores: Mapping[str, MethodScores], column: str) -> str:
    """Which map to believe about what, in two or three sentences."""
    kept = {name: one.trust.kept for name, one in scores.items()}
    said = f"{_first(kept, 'keeps', 'keep')} most neighbours. {_distances(scores)}"
    tidier = [name for name, one in scores.items() if one.hit is not None and one.hit.on_map > one.hit.in_space + CLOSE]
    if tidier:
        said += (
            f" By {column}, {_listed(tidier)} {'show' if len(tidier) > 1 else 'shows'} more order than the space has."
        )
    return said


def _distances(scores: Mapping[str, MethodScores]) -> str:
    """Whether gaps may be read, and on which maps best."""
    found = {name: 0.0 if isnan(one.shepard.correlation) else one.shepard.correlation for name, one in scores.items()}
    if max(found.values()) < READABLE:
        return "Gaps and long distances mean little on any of them."
    return f"Gaps and long distances mean most on {_first(found, '', '')}."


def _first(values: Mapping[str, float], one: str, several: str) -> str:
    """Who leads, or all who lie about as high, with the verb that fits."""
    names = [name for name, value in values.items() if value > max(values.values()) - CLOSE]
    return f"{_listed(names)} {several if len(names) > 1 else one}".strip()


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[:-1] else names)


def cell_table(cells: list[SweptCell]) -> pa.Table:
    """The cells of a grid with their scores."""
    return pa.table(
        {
            "n_neighbors": [swept.cell.n_neighbors for swept in cells],
            "min_dist": [swept.cell.min_dist for swept in cells],
            "neighbours kept": [swept.trust.kept for swept in cells],
            "trustworthiness": [swept.trust.trustworthiness for swept in cells],
            "continuity": [swept.trust.continuity for swept in cells],
        }
    )


def grid_sentence(cells: list[SweptCell]) -> str:
    """How much the settings change what is kept."""
    kept = [swept.trust.k * swept.trust.kept for swept in cells]
    best = cells[kept.index(max(kept))].cell
    return (
        f"From setting to setting a map keeps {min(kept):.1f} to {max(kept):.1f} of each point’s {cells[0].trust.k} "
        f"true neighbours; most with n_neighbors {best.n_neighbors} and min_dist {best.min_dist:g}."
    )
