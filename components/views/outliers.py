"""The view “Outliers”: what is unlike the rest, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending, asking
from components.kit.caveats import all_alike, too_many_neighbours, without_direction
from components.kit.charts import histogram, show_chart
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Table, csv_button, items_of, note, settings_of, show_table
from components.kit.items import inspector
from components.kit.kinds import drawn
from components.kit.link import selected_row
from components.kit.map import Highlights, MapScene, by_number
from components.kit.map.colouring import PLAIN
from components.kit.maps import map_beside, scene_of, show_map
from components.kit.spaces import graph_request
from components.kit.texts import how
from components.kit.widgets import parameter_sliders, pick
from components.kit.words import escape, shorten
from embeddings.clusters.points import DISTANCES
from embeddings.collection import Collection
from embeddings.graph import KnnGraph
from embeddings.outliers import OUTLIERS
from embeddings.outliers.ranking import Outlier, ranked, robust_deviations, standing_out
from embeddings.projections import Layout
from embeddings.space import Space, Vectors

MOST_DEVIATIONS = 10.0
KEY, HEIGHT = "outlier_map", 520


class OutlierSettings(NamedTuple):
    """How outliers are asked for.

    Attributes:
        method: registry name of the score.
        params: the method's own settings, and `metric`.
        seed: of its random steps.
        listed: how many of the highest scores are listed.
    """

    method: str
    params: dict[str, float | str]
    seed: int
    listed: int

    @property
    def metric(self) -> str:
        """Of the distances to neighbours."""
        return str(self.params["metric"])

    @property
    def k(self) -> int:
        """How many neighbours the method asks for; 0 for none."""
        return int(self.params.get(OUTLIERS[self.method].neighbours, 0))


def outliers(space: Space) -> None:
    """Ranked outliers beside the map."""
    if alike := all_alike(space):
        st.info(alike, icon=":material/info:")
        return
    pending = Pending()
    left, right = st.columns([0.52, 0.48], gap="small")
    with right:
        settings = _controls()
        st.caption(OUTLIERS[settings.method].summary)
        zero = without_direction(space) if settings.metric == "cosine" else ""
        note(too_many_neighbours(settings.k, space), zero)
        method, params, seed, listed = settings
        scores: Vectors | None = pending.ask(asking("outliers", space, method=method, seed=seed, **params))
        graph = pending.ask(graph_request(space, settings.metric))
    if scores is None or graph is None:
        with left:
            plain = scene_of(space, map_beside(space, pending), PLAIN, PLAIN)
            show_map(space, plain, Highlights(selected_row(space)), key=KEY, height=HEIGHT)
        pending.show()
        return
    with right:
        st.markdown(escape(standing_sentence(scores, standing_out(scores))))
        show_table(outlier_list(space.collection, ranked(scores, graph, count=listed)))
        row = selected_row(space)
        if row is not None:
            st.markdown(f"**{escape(shorten(space.collection.text(row), 80))}** · score {scores[row]:.3f}")
            st.caption(escape(reason_sentence(space.collection, graph, row)))
        said = settings_of(space, method=method, seed=seed, **params)
        csv_button("All scores (CSV)", lambda: whole_table(space.collection, scores, graph), "outliers.csv", said)
    with left:
        _picture(space, scores, settings, pending)
    how("outliers")
    pending.show()


def _controls() -> OutlierSettings:
    """Method, and behind a button its settings."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        method = pick("Method", list(OUTLIERS), key="outlier_method", hide_label=True)
        with st.popover("Settings", icon=":material/tune:"):
            spec = OUTLIERS[method]
            st.markdown(f"**{method}** · {spec.reference}")
            st.caption(spec.summary)
            params = parameter_sliders(spec.parameters, prefix=f"{method.lower().replace(' ', '_')}_")
            metric = pick("metric", DISTANCES, key="outlier_metric", kept=False)
            seed = 0
            if not spec.neighbours:
                help = "Of the random steps."
                seed = int(st.number_input("seed", 0, 9999, 0, key="outlier_seed", bind="query-params", help=help))
            help = "How many are listed."
            listed = st.slider("listed", 10, 200, 50, 10, key="listed", bind="query-params", help=help)
    return OutlierSettings(method, {**params, "metric": metric}, seed, int(listed))


def _picture(space: Space, scores: Vectors, settings: OutlierSettings, pending: Pending) -> None:
    layout = map_beside(space, pending)
    row, title = selected_row(space), f"{settings.method} score"
    place = st.container()
    st.caption("Large and deep: far above the median of all scores. Click a point or a line of the list.")
    show_chart(
        score_chart(scores, settings.listed, row, title, page_colours()),
        key="score_chart",
        alt="How many items have which score",
    )
    marked = [] if row is None else [int(near) for near in inspector(space, row, pending).rows]
    with place:
        show_map(space, score_scene(space, layout, scores, title), Highlights(row, marked), key=KEY, height=HEIGHT)


def score_scene(space: Space, layout: Layout, scores: Vectors, title: str) -> MapScene:
    """The points with colours and sizes by their scores: all that is ordinary small and pale."""
    ordered = np.sort(scores)
    # Of the few highest any takes the last colour, so that a single extreme one leaves the others theirs.
    high = float(ordered[-min(3, len(ordered))])
    low = float(np.median(scores))
    colouring = by_number(title, scores, low=low, high=high if high > low else low + 1e-6)
    return replace(scene_of(space, layout, PLAIN, PLAIN), colouring=colouring, sizes=score_sizes(scores))


def score_sizes(scores: Vectors) -> NDArray[np.float32]:
    """Numbers for the area of points: 0 up to two deviations above the median, and growing with the score."""
    deviations = np.nan_to_num(robust_deviations(scores), posinf=MOST_DEVIATIONS, neginf=0.0)
    return np.clip(deviations - 2, 0, MOST_DEVIATIONS).astype(np.float32)


def score_chart(scores: Vectors, listed: int, selected: int | None, title: str, colours: Colours) -> go.Figure:
    """How many items have which score; the listed ones have a tick each below, the selected one a line."""
    figure = histogram(scores, colours, title=title, bins=60, digits=2, height=200)
    top = -np.sort(-scores)[:listed]
    figure.add_scatter(
        x=top,
        y=np.zeros(len(top)),
        mode="markers",
        marker={
            "color": colours.accent,
            "symbol": "line-ns",
            "size": 12,
            "line": {"width": 1.5, "color": colours.accent},
        },
        hovertemplate="%{x:.3f}<extra>listed</extra>",
        name="listed",
    )
    if selected is not None:
        figure.add_vline(x=float(scores[selected]), line={"color": colours.accent, "width": 2})
    return figure.update_layout(showlegend=True)


def outlier_list(collection: Collection, found: tuple[Outlier, ...]) -> Table:
    """Ranked items with score, how far above the median it is, and what lies nearest; a click selects the item."""
    deviations = [None if np.isinf(each.deviations) else each.deviations for each in found]
    rows = [each.row for each in found]
    pictures = drawn(collection)
    lines = items_of(
        collection,
        rows,
        first={"rank": list(range(1, len(found) + 1))},
        then={
            "score": [each.score for each in found],
            "above median": pa.array(deviations, pa.float64()),
            "nearest items and how far": pa.array([reason(collection, each) for each in found], pa.string()),
        },
        pictures=True,
        numbered=False,
    )
    columns = {
        "rank": st.column_config.NumberColumn("", width=36),
        "item": st.column_config.TextColumn(width=100 if pictures else 120),
        "score": st.column_config.NumberColumn(format="%.3f", width=56),
        "nearest items and how far": st.column_config.TextColumn(width=180),
        "above median": st.column_config.NumberColumn(
            "above",
            format="%.1f",
            width=60,
            help="How far above the median of all scores, in robust standard deviations; empty where more than half "
            "of all scores are the same.",
        ),
    }
    alt = "The items with the highest scores, with their nearest items"
    return Table(lines, alt, columns, key="outlier_list", rows=rows, height=360)


def reason(collection: Collection, each: Outlier) -> str:
    """Its nearest items with their distances: “a cat (0.41), a dog (0.43)”."""
    if not len(each.neighbours):
        return "nothing in common with any other"
    return ", ".join(
        f"{shorten(collection.text(int(row)), 40)} ({distance:.2f})"
        for row, distance in zip(each.neighbours, each.distances, strict=True)
    )


def whole_table(collection: Collection, scores: Vectors, graph: KnnGraph) -> pa.Table:
    """Every item with its score, the highest first, its metadata and its nearest item."""
    order = np.argsort(-scores, kind="stable")
    nearest = [collection.text(int(graph.rows[row, 0])) if graph.related[row, 0] else None for row in order]
    then: dict[str, object] = {
        "score": scores[order],
        "nearest item": pa.array(nearest, pa.string()),
        "distance": graph.distances[order, 0],
    }
    for name in collection.columns:
        taken = name in then or name == "item"
        then[f"{name} (metadata)" if taken else name] = collection.column(name).take(order)
    return items_of(collection, order, then=then, cut=None)


def standing_sentence(scores: Vectors, apart: int) -> str:
    """Whether anything stands out, in one sentence."""
    ordered = -np.sort(-scores)
    if not apart:
        return (
            "Nothing stands apart: the scores fall off evenly. Some item always has the highest score; here that alone "
            "says little."
        )
    first = "The first item stands" if apart == 1 else f"The first {apart} items stand"
    return f"{first} apart: the score falls from {ordered[apart - 1]:.2f} to {ordered[apart]:.2f} after it."


def reason_sentence(collection: Collection, graph: KnnGraph, row: int) -> str:
    """How far the nearest item of a row is, beside what is usual."""
    if not graph.related[row, 0]:
        return "It has nothing in common with any other item for this encoder, so none is its nearest."
    nearest = graph.distances[:, 0]
    name = shorten(collection.text(int(graph.rows[row, 0])), 60)
    nearer = int((nearest < nearest[row]).sum())
    return (
        f"Its nearest item, “{name}”, is at {graph.metric} distance {nearest[row]:.2f}. Half of all items have one "
        f"within {np.median(nearest):.2f}; for {nearer:,} of {len(nearest):,} it is nearer than here."
    )
