"""The scores of a map, each with its number and one line of meaning."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from embeddings.ranks import MOST
from embeddings.trust import NeighbourhoodHit, Shepard, Trust


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
    """What the neighbours of all points say."""
    k = trust.k
    found = [
        Score(
            "Neighbours kept",
            "neighbourhood preservation",
            f"{100 * trust.kept:.0f} %",
            trust.kept,
            f"Share of true neighbours that stay among the {k} nearest; a random map keeps {_percent(trust.chance)}.",
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
    if trust.explained is not None:
        found.append(explained_score(trust.explained))
    return found


def explained_score(share: float) -> Score:
    """How much of a linear map's space it shows."""
    return Score(
        "Spread that is shown",
        "explained variance",
        _percent(share),
        share,
        f"The axes of this map show {_percent(share)} of how items differ; {_percent(1 - share)} is hidden behind it.",
    )


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
    return Score(
        f"Same {column} near by",
        "neighbourhood hit",
        _percent(found.on_map),
        found.on_map,
        f"In the space itself {_percent(found.in_space)}, by chance {_percent(found.chance)}. {_order(found)}",
    )


def score_table(scores: Sequence[Score]) -> pa.Table:
    """The scores as a table."""
    return pa.table(
        {
            "score": [score.name for score in scores],
            "term": [score.term for score in scores],
            "value": [score.value for score in scores],
            "number": [score.number for score in scores],
            "meaning": [score.meaning for score in scores],
        }
    )


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


def _order(found: NeighbourhoodHit) -> str:
    if found.on_map > found.in_space + 0.02:
        return "The map shows more order than there is."
    if found.on_map < found.in_space - 0.02:
        return "The map hides some of the order that there is."
    return "The map shows about the order that there is."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.1 or share == 0 else f"{100 * share:.1f} %"
