"""The view “Three methods”: the same space and the same selection drawn by three projections, each with its scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Request, known, stream
from components.kit.evidence import Table, show_table
from components.kit.items import selection_panel
from components.kit.link import selected_row
from components.kit.map import PLAIN_COLOURING, Highlights, clear_selection, vector_map
from components.kit.maps import drawn_around
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.words import escape
from components.views.map_scores import (
    colour_control,
    colouring_of,
    hit_request,
    label_control,
    shepard_request,
)
from components.views.trust import (
    Asked,
    draw_all,
    follow_click,
    known_layouts,
    obstacle,
    one_place,
    point_of,
    scene_in,
    show_obstacle,
    trust_request,
)
from embeddings.jobs.job import Job
from embeddings.projections import PROJECTIONS, Layout
from embeddings.space import Space
from embeddings.trust import trust_sentence
from embeddings.trust.which_map import MethodScores, method_table, methods_sentence

GROUP = "trust_methods"
LAST = "methods_last"
HEIGHT = 400


class Drawn(NamedTuple):
    """One of the maps; None stands for what is not there yet."""

    settings: LayoutSettings
    layout: Layout | None
    scores: MethodScores | None


def three_methods(asked: Asked) -> None:
    """Three maps side by side; what is pointed at, clicked or drawn on one shows on all."""
    if blocked := obstacle(asked):
        show_obstacle(blocked)
        return
    space, wished = asked.space, wished_maps(asked.settings)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="inline_methods"):
        colour = colour_control(asked, key="colour_all")
        column = label_control(asked)
    request = methods_request(asked, wished, column)
    said, progress = st.container(), st.container()
    layouts, whole = known_layouts(space, wished), known(request)
    by_method = dict(zip(PROJECTIONS, whole or (), strict=whole is not None))
    if by_method:
        said.markdown(f"**{escape(methods_sentence(by_method, column))}**")
    maps = [Drawn(*each) for each in zip(wished, layouts, whole or [None] * len(wished), strict=True)]
    layout, rows = _selection(space, maps)
    for place, drawn in zip(st.columns(3, gap="small"), maps, strict=True):
        with place:
            st.markdown(f"**{drawn.settings.method}**")
            _map(asked, drawn, colour, rows)
    if layout is None or rows is None or not len(rows):
        st.caption(
            "Point at a dot and it lights up on all three; click it for its neighbours; draw a box or a lasso on one "
            "map and see where the others put the same items."
        )
    else:
        selection_panel(space, rows.astype(np.int32), layout, close=_take_away)
    if by_method:
        show_table(scores_by_method(asked, by_method, column))
    stream(request, whole, lambda: known_layouts(space, wished), progress)


def wished_maps(settings: LayoutSettings) -> list[LayoutSettings]:
    """Every method with the same seed and dimensions: the chosen one as it is set, the others as they come."""
    return [settings if method == settings.method else _usual(method, settings) for method in PROJECTIONS]


def _usual(method: str, chosen: LayoutSettings) -> LayoutSettings:
    spec = PROJECTIONS[method]
    params: dict[str, float | str] = {name: each.usual for name, each in spec.parameters.items()}
    if spec.metric:
        params["metric"] = chosen.params.get("metric", "cosine")
    return LayoutSettings(method, chosen.dims, chosen.seed, params)


def methods_request(asked: Asked, wished: list[LayoutSettings], column: str) -> Request[tuple[MethodScores, ...]]:
    """The job that draws the same space in several ways and scores all maps in one pass."""

    def work(job: Job) -> tuple[MethodScores, ...]:
        layouts = draw_all(asked.space, wished, job)
        found = []
        for trust, layout in zip(trust_request(asked, layouts).run(job), layouts, strict=True):
            shepard = shepard_request(asked, layout).run(job)
            found.append(MethodScores(trust, shepard, hit_request(asked, layout, column).run(job) if column else None))
        return tuple(found)

    keys = "|".join(layout_request(asked.space, each).key for each in wished)
    return Request(f"methods|{column}|{asked.k}|{asked.metric}|{keys}", work)


def _map(asked: Asked, drawn: Drawn, colour: str, selection: NDArray[np.intp] | None) -> None:
    settings, layout, scores = drawn
    if layout is None:
        st.container(height=HEIGHT, border=True).caption("Not drawn yet.")
        return
    row, key = selected_row(asked.space), _key(settings.method)
    highlights = Highlights(row, hits=selection)
    if row is not None and not one_place(layout):
        point = point_of(asked._replace(settings=settings), layout, row)
        highlights = Highlights(row, point.true.tolist(), selection, crossed=point.false.tolist())
    scene = scene_in(asked.space, layout, colouring_of(asked, colour, scores and scores.trust))
    vector_map(
        scene,
        key=key,
        highlights=highlights,
        words=False,
        height=HEIGHT,
        group=GROUP,
        on_click=lambda: follow_click(key, scene),
        on_select=lambda: _drawn_on(settings.method),
    )
    if scores is not None:
        trust = scores.trust
        st.caption(escape(trust_sentence(trust)))
        more = [f"trustworthiness {trust.trustworthiness:.3f}", f"continuity {trust.continuity:.3f}"]
        more.append(f"Shepard ρ {scores.shepard.correlation:.2f}")
        more += [] if trust.explained is None else [f"explained variance {100 * trust.explained:.0f} %"]
        st.caption(escape(" · ".join(more)))


def _drawn_on(method: str) -> None:
    """One shape at a time: the one drawn last is what is selected on all maps."""
    st.session_state[LAST] = method
    for other in PROJECTIONS:
        if other != method:
            clear_selection(_key(other))


def _take_away() -> None:
    """Take the drawn shape away, wherever it is."""
    for method in PROJECTIONS:
        clear_selection(_key(method))


def _selection(space: Space, maps: list[Drawn]) -> tuple[Layout | None, NDArray[np.intp] | None]:
    """The map on which the last shape was drawn, and the rows within it; None where there is none."""
    method = st.session_state.get(LAST)
    layout = next((each.layout for each in maps if each.settings.method == method), None)
    if layout is None or layout.dims != 2:
        return None, None
    return layout, drawn_around(_key(str(method)), scene_in(space, layout, PLAIN_COLOURING))


def _key(method: str) -> str:
    return f"method_{method}"


def scores_by_method(asked: Asked, scores: Mapping[str, MethodScores], column: str) -> Table:
    """One line for each map; all numbers larger is better."""
    lines = method_table(scores, column)
    params = [each.params.items() for each in wished_maps(asked.settings)]
    drawn_as = [", ".join(f"{name} {value}" for name, value in each) for each in params]
    return Table(
        lines,
        "Scores of the three maps; larger is better",
        dict.fromkeys(lines.column_names[1:], "%.3f"),
        caption="Every number: larger is better. “In the space” is the best any map could do.",
        label="Scores (CSV)",
        file="methods.csv",
        whole=lambda: lines.append_column("settings", [drawn_as]),
        settings=asked._replace(settings=asked.settings._replace(params={})).said(),
    )
