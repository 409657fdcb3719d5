"""The scores of a map, each with a line that says what it means, and what maps are held against: labels, distances."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
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
from embeddings.trust import NeighbourhoodHit, Shepard, Trust
from embeddings.trust.whole_map import (
    hit_score,
    sampled_sentence,
    score_table,
    scores_of,
    shepard_score,
    shepard_table,
    tied_sentence,
)

KEPT_NEIGHBOURS = "kept neighbours"
MOST_LABELS = 100
BINS = 60
NEARNESS = {"cosine": "cosine", "Euclidean": "Euclidean distance", "dot": "dot product"}
DISTANCE_NAMES = {"cosine": "1 − cosine", "dot": "− dot product"}


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
    return pick_from_list("Neighbours should share their", columns, key="same", width=360, kept=False)


def colour_control(asked: Asked, *, key: str) -> str:
    """What several maps are coloured by: a column of labels where there is one, else the neighbours that are kept."""
    options = [*label_columns(asked.space.collection, asked.k), KEPT_NEIGHBOURS, PLAIN]
    return pick_from_list("Colour all by", options, key=key, width=270, kept=False)


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
