"""The scores of a map, each with a line that says what it means, and what maps are held against: labels, distances."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.ask import Pending, Request, asking
from components.kit.charts import figure, show_chart
from components.kit.colours import Colours, page_colours, shades
from components.kit.evidence import Table, csv_button, show_twin
from components.kit.map import PLAIN_COLOURING, Colouring, by_number
from components.kit.map.colouring import PLAIN, colour_by_column
from components.kit.maps import DESCRIBING
from components.kit.widgets import pick_from_list
from components.kit.words import escape
from components.views.trust import Asked
from embeddings.collection import Collection
from embeddings.labelled import label_counts, labels_of
from embeddings.projections import Layout
from embeddings.ranks import MOST
from embeddings.trust import NeighbourhoodHit, Shepard, Trust

KEPT_NEIGHBOURS = "kept neighbours"
MOST_LABELS = 100
BINS, STEPS = 60, 20
# Less is within what another seed gives.
CLOSE = 0.02
NEARNESS = {"cosine": "cosine", "Euclidean": "Euclidean distance", "dot": "dot product"}
DISTANCE_NAMES = {"cosine": "1 − cosine", "dot": "− dot product"}


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


def scores_panel(asked: Asked, layout: Layout, trust: Trust, pending: Pending) -> None:
    """Everything below the map."""
    st.markdown("#### How far can the whole map be trusted?")
    left, right = st.columns([0.56, 0.44], gap="large")
    shepard = pending.ask(shepard_request(asked, layout))
    with left:
        place = st.container()
        column = label_control(asked)
    hit = pending.ask(hit_request(asked, layout, column)) if column else None
    scores = [*scores_of(trust), *([] if shepard is None else [shepard_score(shepard)])]
    scores += [] if hit is None else [hit_score(hit, column)]
    with place:
        for start in range(0, len(scores), 3):
            for cell, score in zip(st.columns(3), scores[start : start + 3], strict=False):
                cell.metric(escape(score.name), score.value, help=f"In the literature: {escape(score.term)}")
                cell.caption(escape(score.meaning))
        true = f"True neighbours are those by {NEARNESS[asked.metric]} in the original space."
        st.caption(" ".join(filter(None, [true, tied_sentence(trust), sampled_sentence(trust)])))
    if shepard is not None:
        with right:
            _diagram(shepard, asked)
    csv_button("Scores (CSV)", lambda: score_table(scores), "trust.csv", asked.said())


def label_columns(collection: Collection, k: int) -> list[str]:
    """The columns whose values group the items."""
    found = []
    for name in collection.columns:
        counts = label_counts(collection, name)
        items = counts.total()
        if name not in DESCRIBING and 2 <= len(counts) <= min(MOST_LABELS, items // 2) and items > k:
            found.append(name)
    return found


def label_control(asked: Asked) -> str:
    """Which column neighbours are compared by; empty where there is none."""
    columns = label_columns(asked.space.collection, asked.k)
    if not columns:
        st.caption("A column of labels in your data would also tell whether neighbours on the map share a label.")
        return ""
    return pick_from_list("Neighbours should share their", columns, key="same", width=240, kept=False)


def colour_control(asked: Asked, *, key: str) -> str:
    """What several maps are coloured by: a column of labels where there is one, else the neighbours that are kept."""
    options = [*label_columns(asked.space.collection, asked.k), KEPT_NEIGHBOURS, PLAIN]
    return pick_from_list("Colour all by", options, key=key, width=220, kept=False)


def colouring_of(asked: Asked, colour: str, trust: Trust | None) -> Colouring:
    """The colours of one of several maps."""
    if colour == KEPT_NEIGHBOURS:
        return PLAIN_COLOURING if trust is None else by_kept(trust)
    return colour_by_column(asked.space, colour)


def by_kept(trust: Trust) -> Colouring:
    """Colour by how many true neighbours the map keeps."""
    return by_number(f"true neighbours kept, of {trust.k}", trust.k * trust.point_kept, low=0, high=trust.k)


def shepard_request(asked: Asked, layout: Layout) -> Request[Shepard]:
    """The job that compares distances."""
    return asking("shepard", asked.space, layout, metric=asked.metric)


def hit_request(asked: Asked, layout: Layout, column: str) -> Request[NeighbourhoodHit]:
    """The job that looks whether neighbours have the same label."""
    labels = labels_of(asked.space.collection, column)
    return asking("neighbourhood hit", asked.space, layout, labels, k=asked.k, metric=asked.metric)


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


def _diagram(shepard: Shepard, asked: Asked) -> None:
    show_chart(
        shepard_chart(shepard, metric=asked.metric, colours=page_colours()),
        key="shepard",
        alt="Shepard diagram: distances on the map beside true distances",
    )
    st.caption(
        f"Shepard diagram of {len(shepard.true):,} pairs: stronger colour, more pairs; the line is the median. A map "
        "whose gaps can be read has a narrow rising band."
    )
    show_twin(
        "The diagram as a table",
        lambda: Table(
            shepard_table(shepard),
            "Distances on the map by true distance",
            height=260,
            label="Shepard diagram (CSV)",
            file="shepard.csv",
            settings=asked.said(),
        ),
        key="shepard_twin",
    )


def shepard_chart(found: Shepard, *, metric: str, colours: Colours) -> go.Figure:
    """How many pairs lie where, and the median distance on the map for each true distance."""
    counts, across, up = np.histogram2d(found.true, found.shown, bins=BINS)
    pairs = go.Heatmap(
        x=(across[:-1] + across[1:]) / 2,
        y=(up[:-1] + up[1:]) / 2,
        z=np.where(counts > 0, np.log10(np.maximum(counts, 1)), np.nan).T,
        customdata=counts.T,
        colorscale=shades(colours.sequential),
        showscale=False,
        hoverongaps=False,
        hovertemplate="%{customdata:.0f} pairs: truly %{x:.2f}, on the map %{y:.1f}<extra></extra>",
    )
    table = shepard_table(found)
    median = go.Scatter(
        x=table["true distance"].to_numpy(),
        y=table["median on the map"].to_numpy(),
        mode="lines",
        line={"color": colours.categorical[3], "width": 3},
        hovertemplate="truly %{x:.2f}: half lie nearer than %{y:.1f} on the map<extra></extra>",
    )
    true = {"title": f"true distance ({DISTANCE_NAMES.get(metric, metric)})", "showgrid": False}
    return figure(pairs, median, x=true, y={"title": "distance on the map", "showgrid": False}, showlegend=False)


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
