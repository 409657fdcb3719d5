"""The view “Possible wrong labels”: items among neighbours of another label."""

from __future__ import annotations

import streamlit as st

from components.clusters.checks.label_column import group_columns, group_picker
from components.kit.ask import Pending, ask, ask_or_why_not, asking
from components.kit.choice import choose_collection
from components.kit.kinds import several
from components.kit.link import select, selected_row
from components.kit.map import Highlights, by_category
from components.kit.pictures import gallery
from components.kit.spaces import graph_request
from components.kit.words import escape, shorten, table_csv
from components.outliers.doubtful_tables import (
    exchange_table,
    item_sentence,
    neighbour_table,
    summary_sentence,
    suspect_table,
)
from components.outliers.how import how_doubtful
from components.outliers.obstacles import all_alike, beyond
from components.outliers.on_map import coloured_scene, draw, map_of
from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph
from embeddings.labelled import labels_of
from embeddings.outliers.mislabelled import NEIGHBOURS, Mislabelled
from embeddings.space import Space

COLUMN, K, LIST = "label_column", "label_k", "suspect_list"
EXAMPLE = "sentences"
SHOWN = 500
GALLERY = 48


def doubtful_view(space: Space) -> None:
    """Ranked suspects beside the map."""
    st.caption("Which items lie among items of another label?")
    columns = group_columns(space.collection)
    obstacle = _no_labels(space) if not columns else all_alike(space)
    if obstacle:
        st.info(obstacle, icon=":material/info:")
        if not columns:
            st.button("Try it on the ready sentences", type="primary", on_click=choose_collection, args=(EXAMPLE,))
        return
    pending = Pending()
    left, right = st.columns([0.52, 0.48], gap="medium")
    with right:
        column, k = _controls(space, columns)
        found = _found(space, column, k)
    if isinstance(found, EmbeddingError):
        right.info(escape(str(found)), icon=":material/info:")
        return
    graph = ask(graph_request(space))
    with right:
        _suspects(space, found, column)
    with left:
        _picture(space, found, column, pending)
    _one(space, found, graph, k)
    how_doubtful()
    pending.show()


def _no_labels(space: Space) -> str:
    return (
        f"No column of this collection puts its {several(space.collection)} into groups, so there are no labels to "
        "doubt. A file may bring any column of labels."
    )


def _controls(space: Space, columns: list[str]) -> tuple[str, int]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        column = group_picker(columns, key=COLUMN)
        k = st.slider(
            "Neighbours asked",
            1,
            50,
            NEIGHBOURS,
            key=K,
            bind="query-params",
            width=220,
            help="k: how many of the nearest items are asked for their label.",
        )
    if beyond(k, space):
        st.caption(f":material/info: {beyond(k, space)}")
    return column, int(k)


def _found(space: Space, column: str, k: int) -> Mislabelled | EmbeddingError:
    labels = labels_of(space.collection, column)
    found: Mislabelled | EmbeddingError = ask_or_why_not(asking("wrong labels", space, labels=labels, k=k))
    return found


def _suspects(space: Space, found: Mislabelled, column: str) -> None:
    st.markdown(escape(summary_sentence(found, column)))
    rows = found.ranking.tolist()
    if not rows:
        return
    shown = rows[:SHOWN]
    if space.collection.kind != "text":
        with st.container(height=380, border=False):
            captions = [f"{found.names[found.own[row]]} → {found.names[found.suggested[row]]}" for row in shown]
            gallery(space.collection, shown, key="suspect_pictures", captions=captions, most=GALLERY)
    _table(space, found, shown)
    if len(rows) > SHOWN:
        st.caption(f"The first {SHOWN:,} are listed; the file holds all.")
    with st.container(horizontal=True):
        st.download_button(
            "Suspects (CSV)",
            lambda: table_csv(suspect_table(space.collection, found, rows, cut=100_000)),
            "possible_wrong_labels.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        with st.popover("Which for which?", icon=":material/swap_horiz:"):
            st.caption("How often which label is doubted in favour of which.")
            st.dataframe(exchange_table(found), hide_index=True, height=300, alt="Labels doubted, and what instead")


def _table(space: Space, found: Mislabelled, shown: list[int]) -> None:
    st.dataframe(
        suspect_table(space.collection, found, shown).drop_columns(["row"]),
        hide_index=True,
        height=380 if space.collection.kind == "text" else 220,
        column_config={
            "item": st.column_config.TextColumn(width=200),
            "share of neighbours": st.column_config.ProgressColumn(
                "neighbours", format="percent", min_value=0, max_value=1, width=90
            ),
            "nearer by": st.column_config.NumberColumn(
                format="%.3f",
                width=70,
                help="How much nearer it is to the centre of the suggested label than to that of its own.",
            ),
        },
        on_select=lambda: _follow(shown),
        selection_mode="single-cell",
        key=LIST,
        alt="Items whose neighbours have another label, the most suspect first",
    )


def _follow(rows: list[int]) -> None:
    picked = st.session_state[LIST]["selection"]["cells"]
    if picked:
        select(rows[picked[0][0]])


def _picture(space: Space, found: Mislabelled, column: str, pending: Pending) -> None:
    layout = map_of(space, pending)
    scene = coloured_scene(space, layout, by_category(column, labels_of(space.collection, column)))
    hits = found.ranking if len(found.ranking) else None
    draw(scene, Highlights(selected_row(space), hits=hits), words=space.collection.kind != "image")
    st.caption(
        "In colour: the suspects, by the label that they bear; all others are grey."
        if hits is not None
        else "Coloured by label."
    )


def _one(space: Space, found: Mislabelled, graph: KnnGraph, k: int) -> None:
    """The neighbours of the selected item, or of the first suspect."""
    row = selected_row(space)
    if row is None and len(found.ranking):
        row = int(found.ranking[0])
    if row is None:
        return
    st.markdown(f"**{escape(shorten(space.collection.text(row), 120))}**")
    st.markdown(escape(item_sentence(found, row)))
    if space.collection.kind != "text":
        near = graph.rows[row, :k].tolist()
        captions = [f"#{row + 1}", *neighbour_table(space.collection, found, graph, row, k)["label"].to_pylist()]
        gallery(space.collection, [row, *near], key=f"suspect_near_{row}", captions=captions)
        return
    st.dataframe(
        neighbour_table(space.collection, found, graph, row, k),
        hide_index=True,
        height="content",
        column_config={"distance": st.column_config.NumberColumn(format="%.3f")},
        alt="The neighbours of this item with their labels",
    )
