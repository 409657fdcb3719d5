"""The scores of one map, each with a line that says what it means, and the Shepard diagram."""

from __future__ import annotations

import streamlit as st

from components.kit.ask import Pending
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.maps import DESCRIBING
from components.kit.widgets import pick_from_list
from components.kit.words import escape, table_csv
from components.trust.asked import Asked
from components.trust.requests import hit_request, shepard_request
from components.trust.score_list import (
    Score,
    hit_score,
    sampled_sentence,
    score_table,
    scores_of,
    shepard_score,
    tied_sentence,
)
from components.trust.shepard_chart import shepard_chart, shepard_table
from embeddings.collection import Collection
from embeddings.labelled import label_counts
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.trust import NeighbourhoodHit, Shepard, Trust

COLUMN = "same"
MOST_LABELS = 100


def scores_panel(space: Space, layout: Layout, trust: Trust, asked: Asked, pending: Pending) -> None:
    """Everything below the map."""
    st.markdown("#### How far can the whole map be trusted?")
    scores = scores_of(trust)
    left, right = st.columns([0.56, 0.44], gap="large")
    shepard = pending.ask(shepard_request(space, layout, asked.metric))
    if shepard is not None:
        scores.append(shepard_score(shepard))
    with left:
        place = st.container()
        column = label_control(space.collection, asked.k)
        hit = _hit(space, layout, column, asked, pending)
    if hit is not None:
        scores.append(hit_score(hit, column))
    with place:
        _cards(scores)
        _notes(trust, asked)
    with right:
        if shepard is not None:
            _diagram(shepard, asked)
    _twin(scores)


def label_columns(collection: Collection, k: int) -> list[str]:
    """The columns whose values group the items."""
    found = []
    for name in collection.columns:
        counts = label_counts(collection, name)
        items = counts.total()
        if name not in DESCRIBING and 2 <= len(counts) <= min(MOST_LABELS, items // 2) and items > k:
            found.append(name)
    return found


def label_control(collection: Collection, k: int) -> str:
    """Which column neighbours are compared by; empty where there is none."""
    columns = label_columns(collection, k)
    if not columns:
        st.caption("A column of labels in your data would also tell whether neighbours on the map share a label.")
        return ""
    return pick_from_list("Neighbours should share their", columns, key=COLUMN, width=240, kept=False)


def _hit(space: Space, layout: Layout, column: str, asked: Asked, pending: Pending) -> NeighbourhoodHit | None:
    return pending.ask(hit_request(space, layout, column, asked)) if column else None


def _cards(scores: list[Score]) -> None:
    for start in range(0, len(scores), 3):
        for place, score in zip(st.columns(3), scores[start : start + 3], strict=False):
            place.metric(escape(score.name), score.value, help=f"In the literature: {escape(score.term)}")
            place.caption(escape(score.meaning))


def _notes(trust: Trust, asked: Asked) -> None:
    notes = [tied_sentence(trust), sampled_sentence(trust)]
    near = {"cosine": "cosine", "Euclidean": "Euclidean distance", "dot": "dot product"}[asked.metric]
    st.caption(" ".join([f"True neighbours are those by {near} in the original space.", *filter(None, notes)]))


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
    twin = table_twin("The diagram as a table", key="shepard_twin")
    if twin.open:
        table = shepard_table(shepard)
        twin.dataframe(table, hide_index=True, height=260, alt="Distances on the map by true distance")
        twin.download_button(
            "Shepard diagram (CSV)",
            lambda: table_csv(table),
            "shepard.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _twin(scores: list[Score]) -> None:
    st.download_button(
        "Scores (CSV)",
        lambda: table_csv(score_table(scores)),
        "trust.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
