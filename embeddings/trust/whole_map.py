"""The scores of a whole map as a reader meets them: in plain words, with what they mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from embeddings.ranks import MOST
from embeddings.trust import NeighbourhoodHit, Shepard, Trust
from embeddings.trust.which_map import CLOSE

STEPS = 20


class Score(NamedTuple):
    """One score as a reader meets it.

    Attributes:
        name: in plain words.
        term: as the field calls it.
        value: as it is shown.
        number: as it is; not a number where there is none.
        meaning: one line.
    """

    name: str
    term: str
    value: str
    number: float
    meaning: str


def scores_of(trust: Trust) -> list[Score]:
    """What the neighbours of all points say, and how much a linear map shows of its space."""
    found = [
        Score(
            "Neighbours kept",
            "neighbourhood preservation",
            f"{100 * trust.kept:.0f} %",
            trust.kept,
            f"Share of true neighbours that stay among the {trust.k} nearest; a random map keeps "
            f"{_percent(trust.chance)}.",
        ),
        Score(
            "Are the near ones truly near?",
            "trustworthiness",
            f"{trust.trustworthiness:.3f}",
            trust.trustworthiness,
            "1: no strangers near any point. About .5: a map drawn at random. Low: false neighbours.",
        ),
        Score(
            "Do the truly near stay near?",
            "continuity",
            f"{trust.continuity:.3f}",
            trust.continuity,
            "1: no neighbours torn apart. About .5: a map drawn at random. Low: missing neighbours.",
        ),
    ]
    if trust.explained is None:
        return found
    shown, hidden = _percent(trust.explained), _percent(1 - trust.explained)
    meaning = f"The axes of this map show {shown} of how items differ; {hidden} is hidden behind it."
    return [*found, Score("Spread that is shown", "explained variance", shown, trust.explained, meaning)]


def shepard_score(found: Shepard) -> Score:
    """Whether far on the map means far in the space."""
    rho = found.correlation
    return Score(
        "Do distances agree?",
        "Spearman’s ρ of the Shepard diagram",
        "—" if math.isnan(rho) else f"{rho:.2f}",
        rho,
        "1: what is farther on the map is always truly farther. 0: gaps and long distances say nothing.",
    )


def hit_score(found: NeighbourhoodHit, column: str) -> Score:
    """Whether neighbours share a label."""
    if found.on_map > found.in_space + CLOSE:
        order = "The map shows more order than there is."
    elif found.on_map < found.in_space - CLOSE:
        order = "The map hides some of the order that there is."
    else:
        order = "The map shows about the order that there is."
    meaning = f"In the space itself {_percent(found.in_space)}, by chance {_percent(found.chance)}. {order}"
    return Score(f"Same {column} near by", "neighbourhood hit", _percent(found.on_map), found.on_map, meaning)


def score_table(scores: Sequence[Score]) -> pa.Table:
    """The scores as a table."""
    return pa.table(dict(zip(("score", *Score._fields[1:]), map(list, zip(*scores, strict=True)), strict=True)))


def tied_sentence(trust: Trust) -> str:
    """How often more items than k are as near as true neighbours; empty where it never is so."""
    if not trust.tied:
        return ""
    return (
        f"Ties: for {_percent(trust.tied)} of the points the k-th and the next true neighbour are equally near, as "
        "between duplicates. All of them then count as true neighbours, in the chance level too."
    )


def sampled_sentence(trust: Trust) -> str:
    """Which points were scored; empty where all were."""
    n, scored = len(trust.point_kept), len(trust.scored)
    if scored == n:
        return ""
    if n <= MOST:
        return f"Scored on {scored:,} of {n:,} points: the others have nothing in common with any item."
    return f"Scored on a random sample of {scored:,} of {n:,} points."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.1 or share == 0 else f"{100 * share:.1f} %"


def shepard_table(found: Shepard) -> pa.Table:
    """Pairs in steps of equally many by their true distance, with the distances on the map."""
    order = np.argsort(found.true, kind="stable")
    parts = [part for part in np.array_split(order, STEPS) if len(part)]
    low, middle, high = (
        [float(np.percentile(found.shown[part], percent)) for part in parts] for percent in (10, 50, 90)
    )
    return pa.table(
        {
            "true distance": [float(np.median(found.true[part])) for part in parts],
            "median on the map": middle,
            "a tenth lies below": low,
            "a tenth lies above": high,
            "pairs": [len(part) for part in parts],
        }
    )
