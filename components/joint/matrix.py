"""Chosen texts against pictures: every cosine, as a heat map with the pictures above it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.charts import show_chart, table_twin
from components.kit.colours import Colours, page_colours
from components.kit.pictures import publish_pictures, thumbnail_address
from components.kit.words import shorten, table_csv
from embeddings.collection import Collection
from embeddings.joint import Rows, similarities
from embeddings.space import Space, Vectors

FIRST = 8
MOST = 24
SIDE = 64
_ABOVE = {
    "xref": "x",
    "yref": "paper",
    "y": 1.01,
    "sizex": 0.9,
    "sizey": 0.28,
    "xanchor": "center",
    "yanchor": "bottom",
}


def matrix_panel(space: Space, pictures: Collection, texts: Sequence[str], own: Rows, *, key: str) -> None:
    """The picker of texts, the heat map and its table; `key` stands for the texts on offer."""
    offered = list(texts)
    chosen = st.multiselect(
        "Texts of the matrix",
        offered,
        default=[offered[row] for row in spread(len(offered), FIRST)],
        max_selections=MOST,
        key=f"matrix_{key}",
        format_func=lambda text: shorten(text, 80),
        label_visibility="collapsed",
        help=f"Up to {MOST}. Each brings its first own picture; without one, the picture nearest to it.",
    )
    if not chosen:
        st.caption("Choose at least one text.")
        return
    rows = [len(pictures) + offered.index(text) for text in chosen]
    shown = pictures_for(space, rows, own, len(pictures))
    values = similarities(space, rows, shown)
    token = publish_pictures(pictures)
    addresses = [thumbnail_address(token, row, SIDE) for row in shown]
    captions = [shorten(pictures.text(row), 40) for row in shown]
    show_chart(
        matrix_chart(values, [shorten(text, 40) for text in chosen], captions, addresses, colours=page_colours()),
        key="matrix_chart",
        alt="Cosines of the chosen texts with pictures",
    )
    _table(values, chosen, [f"{row + 1}: {caption}" for row, caption in zip(shown, captions, strict=True)])


def spread(count: int, wanted: int) -> list[int]:
    """At most `wanted` places spread evenly over `count`."""
    places: list[int] = np.unique(np.linspace(0, count - 1, min(count, wanted)).astype(int)).tolist()
    return places


def pictures_for(space: Space, texts: Sequence[int], own: Rows, count: int) -> list[int]:
    """For each text its first own picture, or else the nearest one that is not there yet; each picture once."""
    first: dict[int, int] = {}
    for picture, text in own.tolist():
        first.setdefault(text, picture)
    shown: list[int] = []
    for text in texts:
        order = np.argsort(-similarities(space, [text], range(count))[0], kind="stable").tolist()
        candidates = ([first[text]] if text in first else []) + order
        shown.append(next((row for row in candidates if row not in shown), candidates[0]))
    return list(dict.fromkeys(shown))


def matrix_chart(
    values: Vectors, texts: Sequence[str], pictures: Sequence[str], addresses: Sequence[str], *, colours: Colours
) -> go.Figure:
    """Texts in rows, pictures in columns with their thumbnails above; the number stands in each cell when few."""
    palette = colours.sequential if values.min() >= 0 else colours.diverging
    limit = float(np.abs(values).max())
    stops = [[number / (len(palette) - 1), colour] for number, colour in enumerate(palette)]
    figure = go.Figure(
        go.Heatmap(
            z=values,
            zmin=float(values.min()) if values.min() >= 0 else -limit,
            zmax=limit,
            colorscale=stops,
            customdata=np.array([pictures] * len(texts)),
            texttemplate="%{z:.2f}" if values.size <= 150 else "",
            hovertemplate="%{customdata}<br>%{z:.3f}<extra></extra>",
            xgap=2,
            ygap=2,
            colorbar={"title": "cosine", "thickness": 12},
        )
    )
    for column, address in enumerate(addresses):
        figure.add_layout_image(source=address, x=column, **_ABOVE)
    figure.update_layout(
        height=150 + 34 * len(texts),
        margin={"l": 8, "r": 8, "t": 84, "b": 8},
        xaxis={"showticklabels": False, "showgrid": False, "range": [-0.5, len(pictures) - 0.5]},
        yaxis={
            "autorange": "reversed",
            "tickvals": list(range(len(texts))),
            "ticktext": list(texts),
            "showgrid": False,
        },
    )
    return figure


def _table(values: Vectors, texts: Sequence[str], pictures: Sequence[str]) -> None:
    twin = table_twin("These cosines as a table", key="matrix_table")
    if twin.open:
        table = pa.table({"text": list(texts), **{name: values[:, place] for place, name in enumerate(pictures)}})
        twin.dataframe(table, hide_index=True, alt="Cosines of texts and pictures")
        twin.download_button(
            "These cosines (CSV)",
            lambda: table_csv(table),
            "texts_by_pictures.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
