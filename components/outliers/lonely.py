"""The view “Outliers”: what is unlike the rest, and why."""

from __future__ import annotations

import streamlit as st

from components.kit.ask import Pending, ask, ask_or_why_not, asking
from components.kit.charts import show_chart
from components.kit.colours import page_colours
from components.kit.items import inspector
from components.kit.link import select, selected_row
from components.kit.map import Highlights
from components.kit.pictures import ROW_HEIGHT, as_picture, picture_column
from components.kit.spaces import graph_request
from components.kit.words import escape, shorten, table_csv
from components.outliers.controls import OutlierSettings, outlier_controls
from components.outliers.how import how_lonely
from components.outliers.lonely_chart import score_chart
from components.outliers.lonely_tables import (
    outlier_table,
    reason_sentence,
    standing_out,
    standing_sentence,
    whole_table,
)
from components.outliers.obstacles import all_alike, beyond, without_direction
from components.outliers.on_map import draw, map_of, score_scene
from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph
from embeddings.outliers import OUTLIERS
from embeddings.outliers.ranking import Outlier, ranked
from embeddings.space import Space, Vectors

LIST = "outlier_list"


def lonely_view(space: Space) -> None:
    """Ranked outliers beside the map."""
    st.caption("Which items are unlike all others, in the original space?")
    alike = all_alike(space)
    if alike:
        st.info(alike, icon=":material/info:")
        return
    pending = Pending()
    left, right = st.columns([0.58, 0.42], gap="medium")
    with right:
        settings = outlier_controls()
        _notes(space, settings)
        scores = _scores(space, settings)
    if isinstance(scores, EmbeddingError):
        right.info(escape(str(scores)), icon=":material/info:")
        return
    graph = ask(graph_request(space, settings.metric))
    found = ranked(scores, graph, count=settings.listed)
    with right:
        st.markdown(escape(standing_sentence(scores, standing_out(scores))))
        _list(space, found)
        _downloads(space, scores, graph)
    with left:
        _picture(space, scores, settings, pending)
    how_lonely()
    pending.show()


def _scores(space: Space, settings: OutlierSettings) -> Vectors | EmbeddingError:
    method, params, seed, _ = settings
    found: Vectors | EmbeddingError = ask_or_why_not(asking("outliers", space, method=method, seed=seed, **params))
    return found


def _notes(space: Space, settings: OutlierSettings) -> None:
    st.caption(OUTLIERS[settings.method].summary)
    for note in (beyond(settings.k, space), without_direction(space) if settings.metric == "cosine" else ""):
        if note:
            st.caption(f":material/info: {note}")


def _list(space: Space, found: tuple[Outlier, ...]) -> None:
    rows = [each.row for each in found]
    table = outlier_table(space.collection, found)
    pictures = space.collection.kind != "text"
    if pictures:
        table = table.add_column(1, "picture", picture_column(space.collection, rows))
    st.dataframe(
        table.drop_columns(["row"]),
        hide_index=True,
        height=360,
        row_height=ROW_HEIGHT if pictures else None,
        column_config={
            "rank": st.column_config.NumberColumn("", width=36),
            "picture": as_picture(),
            "item": st.column_config.TextColumn(width=100 if pictures else 190),
            "score": st.column_config.NumberColumn(format="%.3f", width=62),
            "above median": st.column_config.NumberColumn(
                format="%.1f",
                width=88,
                help="In robust standard deviations; empty where more than half of all scores are the same.",
            ),
        },
        on_select=lambda: _follow(rows),
        selection_mode="single-cell",
        key=LIST,
        alt="The items with the highest scores, with their nearest items",
    )


def _follow(rows: list[int]) -> None:
    picked = st.session_state[LIST]["selection"]["cells"]
    if picked:
        select(rows[picked[0][0]])


def _downloads(space: Space, scores: Vectors, graph: KnnGraph) -> None:
    row = selected_row(space)
    if row is not None:
        st.markdown(f"**{escape(shorten(space.collection.text(row), 80))}** · score {scores[row]:.3f}")
        st.caption(escape(reason_sentence(space.collection, graph, row)))
    st.download_button(
        "All scores (CSV)",
        lambda: table_csv(whole_table(space.collection, scores, graph)),
        "outliers.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _picture(space: Space, scores: Vectors, settings: OutlierSettings, pending: Pending) -> None:
    layout = map_of(space, pending)
    row = selected_row(space)
    title = f"{settings.method} score"
    place = st.container()
    st.caption("Large and dark: far above the median of all scores. Click a point or a line of the list.")
    show_chart(
        score_chart(scores, listed=settings.listed, selected=row, title=title, colours=page_colours()),
        key="score_chart",
        alt="How many items have which score",
    )
    marked: list[int] = []
    if row is not None:
        marked = [int(near) for near in inspector(space, row).rows]
    with place:
        scene = score_scene(space, layout, scores, title)
        draw(scene, Highlights(row, marked), words=space.collection.kind != "image")
