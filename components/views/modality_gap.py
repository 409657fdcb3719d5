"""The gap between pictures and texts: its size, what closing it does to finding each other, and single cosines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.charts import figure, matrix, named_rows, show_chart
from components.kit.colours import Colours, faded, page_colours
from components.kit.evidence import Table, settings_of, show_table, show_twin
from components.kit.pictures import publish_pictures, thumbnail_address
from components.kit.widgets import pick
from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.gap import CLOSED, ModalityGap
from embeddings.intervals import Interval
from embeddings.joint import Rows, similarities
from embeddings.retrieval import GapSweep, Recall
from embeddings.space import Space, Vectors

Direction = Literal["text → picture", "picture → text"]
DIRECTIONS: tuple[Direction, ...] = ("text → picture", "picture → text")
HOW_CLOSED = (
    "pictures lose, and texts gain, half of the chosen share of the gap; then all are scaled to length 1 again, so a "
    "small gap may be left at 100 %."
)
BINS = 50
# Cosines of a gap, as the chart calls them.
COSINES = {
    "within_pictures": "two pictures",
    "within_texts": "two texts",
    "across": "picture and text",
    "pairs": "true pairs",
}
DASHES = ("solid", "solid", "dash", "dot")
FIRST, MOST = 8, 24
# More numbers than these would not be legible in their cells.
NUMBERED = 150
RIGHT = {"overlaying": "y", "side": "right", "showgrid": False, "tickmode": "auto", "nticks": 6, "tickformat": ".1f"}
ABOVE = {"xref": "x", "yref": "paper", "y": 1.01, "sizex": 0.9, "sizey": 0.28, "xanchor": "center", "yanchor": "bottom"}


def gap_panel(gap: ModalityGap, first: ModalityGap) -> None:
    """The size of the gap and what it means, in figures."""
    with st.container(border=True):
        change = gap.size - first.size
        st.metric(
            "Modality gap",
            f"{gap.size:.2f}",
            f"{change:.2f}" if change else None,
            delta_color="off",
            help="Distance between the mean of the pictures and the mean of the texts, all vectors scaled to length 1; "
            "0 is none, 2 the most there can be (Liang et al. 2022).",
        )
        # Once the means were moved together by means of these same items, the share falls below ½ and says nothing.
        told = (
            f"By its nearer mean alone, {100 * gap.told_apart:.0f} % of the items are known as picture or text (chance "
            "50 %). "
        )
        st.caption(
            f"{gap.by_chance:.2f} would be chance: what dealing out the kinds at random among the same vectors gives. "
            + ("" if change else told)
            + f"{100 * gap.variance:.0f} % of all variance lies along the gap."
        )


def closing_the_gap(space: Space, sweep: GapSweep, share: float) -> None:
    """How alike the kinds are, whether they find each other, and every step as a table."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**How alike are they?**")
        chart = cosine_chart(gap_at(sweep, share), page_colours())
        show_chart(chart, key="cosines", alt="Cosines within and across the kinds")
        st.caption(
            "Cosines of random pairs (seed 0; all pairs where there are at most 20,000), means in brackets. A gap "
            "shows as pairs across the kinds lying left of pairs within them."
        )
    with right:
        _recall(sweep, share)
    show_twin("Every step as a table", lambda: steps(space, sweep), key="steps_table")


def _recall(sweep: GapSweep, share: float) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown("**Do they find each other?**", width="content")
        if not sweep.retrievals:
            st.info("None of these texts is a picture’s own, so nothing can be counted. Choose the captions above.")
            return
        direction = pick("Direction", DIRECTIONS, key="direction", hide_label=True, kept=False)
    chart = recall_chart(sweep, direction, share, page_colours())
    show_chart(chart, key="recall", alt="Recall while the gap is closed")
    show_table(Table(before_and_after(sweep, direction, share), "Recall before and after"))
    counted = recalls_of(sweep, direction)[0]
    asked, offered = ("texts", "pictures") if direction == DIRECTIONS[0] else ("pictures", "texts")
    st.caption(
        f"{counted.queries:,} {asked} asked, {counted.candidates:,} {offered} to choose from; equal texts are one. In "
        "brackets 95 % intervals (Wilson); dotted lines are chance."
    )


def recalls_of(sweep: GapSweep, direction: Direction) -> list[Recall]:
    """Recall in one direction for each share."""
    return [each.text_to_image if direction == DIRECTIONS[0] else each.image_to_text for each in sweep.retrievals]


def gap_at(sweep: GapSweep, share: float) -> ModalityGap:
    """The gap that is left when a share of it is closed."""
    return sweep.gaps[step_of(sweep, share)]


def step_of(sweep: GapSweep, share: float) -> int:
    """The step of a sweep that is nearest to a share."""
    return int(np.abs(np.array(sweep.shares) - share).argmin())


def cosine_chart(gap: ModalityGap, colours: Colours) -> go.Figure:
    """How alike two pictures, two texts, a picture and a text, and true pairs are: a curve for each."""
    present = {title: getattr(gap, name) for name, title in COSINES.items() if len(getattr(gap, name))}
    edges = np.histogram_bin_edges(np.concatenate(list(present.values())), bins=BINS)
    traces = [
        go.Scatter(
            x=(edges[:-1] + edges[1:]) / 2,
            y=np.histogram(cosines, bins=edges)[0] / len(cosines) * 100,
            mode="lines",
            line={"shape": "hvh", "width": 2, "color": colour, "dash": dash},
            fill="tozeroy",
            fillcolor=faded(colour, 0.12),
            name=f"{name} ({cosines.mean():.2f})",
            hovertemplate=f"%{{x:.2f}}: %{{y:.1f}} %<extra>{name}</extra>",
        )
        for (name, cosines), colour, dash in zip(present.items(), colours.categorical, DASHES, strict=False)
    ]
    return figure(*traces, height=330, x="cosine similarity", y="% of pairs")


def recall_chart(sweep: GapSweep, direction: Direction, share: float, colours: Colours) -> go.Figure:
    """Recall at each k over how far the gap is closed, with 95 % intervals, chance, and the gap that is left."""
    found, x = recalls_of(sweep, direction), list(sweep.shares)
    traces = []
    for number, (k, colour) in enumerate(zip(found[0].k, colours.categorical, strict=False)):
        shares, low, high = 100 * np.array([each.shares[number] for each in found]).T
        chance = [100 * each.chance[number] for each in found]
        band = {"fill": "toself", "fillcolor": faded(colour, 0.15), "line": {"width": 0}, "hoverinfo": "skip"}
        traces += [
            go.Scatter(x=[*x, *x[::-1]], y=[*low, *high[::-1]], **band, showlegend=False, legendgroup=f"@{k}"),
            _line(x, shares, f"recall@{k}", {"color": colour, "width": 2}, legendgroup=f"@{k}"),
            _line(x, chance, f"chance@{k}", {"color": colour, "width": 1, "dash": "dot"}, legendgroup=f"@{k}"),
        ]
        traces[-1].showlegend = False
    sizes = [gap.size for gap in sweep.gaps]
    left = _line(x, sizes, "gap left (right axis)", {"color": colours.other, "width": 2, "dash": "dash"}, yaxis="y2")
    drawn = figure(
        *traces,
        left.update(hovertemplate="%{x:.0%} closed: %{y:.3f}<extra>gap left</extra>"),
        height=330,
        x={"title": "how far the gap is closed", "tickformat": ".0%"},
        y={"title": "% found", "range": [0, 102]},
        yaxis2={"title": "gap", "range": [0, 1.1 * max(sizes)], **RIGHT},
    )
    return drawn.add_vline(x=share, line={"color": colours.other, "width": 1})


def _line(x: Sequence[float], y: Sequence[float] | Vectors, name: str, line: dict[str, Any], **more: Any) -> go.Scatter:
    hover = f"%{{x:.0%}} closed: %{{y:.1f}} %<extra>{name}</extra>"
    return go.Scatter(x=x, y=list(y), mode="lines", line=line, name=name, hovertemplate=hover, **more)


def before_and_after(sweep: GapSweep, direction: Direction, share: float) -> pa.Table:
    """Recall at each k as the space is, with the gap partly closed, and by chance."""
    found = recalls_of(sweep, direction)
    first, now = found[0], found[step_of(sweep, share)]
    columns = {"among the": [f"first {k}" if k > 1 else "first" for k in first.k]}
    columns["as it is"] = [percent(each) for each in first.shares]
    if share:
        columns[f"{share:.0%} closed"] = [percent(each) for each in now.shares]
    return pa.table(columns | {"chance": [f"{100 * chance:.1f} %" for chance in first.chance]})


def percent(interval: Interval) -> str:
    """A share with its interval: “81 % [77, 85]”."""
    return f"{100 * interval.share:.0f} % [{100 * interval.low:.0f}, {100 * interval.high:.0f}]"


def steps(space: Space, sweep: GapSweep) -> Table:
    """Gap, mean cosines and recall both ways with their intervals, one line a step."""
    columns: dict[str, list[float]] = {"closed": list(sweep.shares)}
    columns["gap"] = [gap.size for gap in sweep.gaps]
    columns["gap by chance"] = [gap.by_chance for gap in sweep.gaps]
    for name in COSINES:
        means = [getattr(gap, name).mean() if len(getattr(gap, name)) else np.nan for gap in sweep.gaps]
        columns[f"mean cosine {name.replace('_', ' ')}"] = means
    for direction in DIRECTIONS if sweep.retrievals else ():
        found = recalls_of(sweep, direction)
        for number, k in enumerate(found[0].k):
            for end in Interval._fields:
                label = f"{direction} recall@{k}" + ("" if end == "share" else f" {end}")
                columns[label] = [float(getattr(each.shares[number], end)) for each in found]
            columns[f"{direction} chance@{k}"] = [each.chance[number] for each in found]
    return Table(
        pa.table(columns),
        "Gap and recall at every step",
        label="Every step (CSV)",
        file="closing_the_gap.csv",
        settings=settings_of(space),
    )


def texts_by_pictures(space: Space, pictures: Collection, texts: Sequence[str], own: Rows, *, key: str) -> None:
    """The picker of texts, their cosines with pictures and these as a table; `key` stands for the texts on offer."""
    st.markdown("**Texts × pictures**")
    chosen = st.multiselect(
        "Texts of the matrix",
        texts,
        default=[texts[row] for row in spread(len(texts), FIRST)],
        max_selections=MOST,
        key=f"matrix_{key}",
        format_func=lambda text: shorten(text, 80),
        label_visibility="collapsed",
        help=f"Up to {MOST}. Each brings its first own picture; without one, the picture nearest to it.",
    )
    if not chosen:
        st.caption("Choose at least one text.")
        return
    rows = [len(pictures) + texts.index(text) for text in chosen]
    shown = pictures_for(space, rows, own, len(pictures))
    values = similarities(space, rows, shown)
    token = publish_pictures(pictures)
    addresses = [thumbnail_address(token, row, 64) for row in shown]
    names = [shorten(pictures.text(row), 40) for row in shown]
    alt = "Cosines of the chosen texts with pictures"
    show_chart(matrix_chart(values, chosen, names, addresses, page_colours()), key="matrix_chart", alt=alt)
    titles = [f"{row + 1}: {name}" for row, name in zip(shown, names, strict=True)]
    columns = {"text": chosen, **{title: values[:, place] for place, title in enumerate(titles)}}
    table = Table(
        pa.table(columns),
        "Cosines of texts and pictures",
        label="These cosines (CSV)",
        file="texts_by_pictures.csv",
        settings=settings_of(space, **{CLOSED: space.params.get(CLOSED, 0)}),
    )
    show_twin("These cosines as a table", lambda: table, key="matrix_table")


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
    values: Vectors, texts: Sequence[str], pictures: Sequence[str], addresses: Sequence[str], colours: Colours
) -> go.Figure:
    """Texts in rows, pictures in columns with their thumbnails above; the number stands in each cell when few."""
    signed, limit = bool(values.min() < 0), float(np.abs(values).max())
    return matrix(
        values,
        range(len(texts)),
        range(len(pictures)),
        colours.diverging if signed else colours.sequential,
        texts=np.vectorize("{:.2f}".format)(values) if values.size <= NUMBERED else None,
        span=(-limit if signed else float(values.min()), limit),
        title="cosine",
        hover="%{x}<br>%{z:.3f}",
        height=150 + 34 * len(texts),
        margin={"l": 8, "r": 8, "t": 84, "b": 8},
        xaxis={**named_rows(pictures, length=40), "showticklabels": False, "range": [-0.5, len(pictures) - 0.5]},
        yaxis=named_rows(texts, length=40),
        images=[{"source": address, "x": column, **ABOVE} for column, address in enumerate(addresses)],
    )
