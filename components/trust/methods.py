"""The view of three methods side by side: the same space, the same selection, each map with its scores."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import known, stream
from components.kit.items import selection_panel
from components.kit.link import selected_row
from components.kit.map import Highlights, MapScene, clear_selection, inside, read_event, vector_map
from components.kit.spaces import LayoutSettings
from components.kit.words import escape, table_csv
from components.trust.asked import Asked, obstacle, show_obstacle
from components.trust.compared import colour_control, colouring_of, method_table, methods_sentence
from components.trust.requests import MethodScores, known_layout, methods_request, point_of
from components.trust.scene import follow_click, scene_in
from components.trust.scores_panel import label_control
from embeddings.projections import PROJECTIONS, Layout
from embeddings.space import Space
from embeddings.trust import trust_sentence

GROUP = "trust_methods"
LAST = "methods_last"
HEIGHT = 400


def three_methods(space: Space, asked: Asked) -> None:
    """Everything of the view."""
    blocked = obstacle(space, asked)
    if blocked:
        show_obstacle(blocked)
        return
    wished = wished_maps(asked.settings)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width="content"):
            colour = colour_control(space, asked, key="colour_all")
        with st.container(width="content"):
            column = label_control(space.collection, asked.k)
    request = methods_request(space, wished, column, asked)
    said, progress = st.container(), st.container()
    layouts = [known_layout(space, each) for each in wished]
    whole = known(request)
    if whole is not None:
        with said:
            st.markdown(f"**{escape(methods_sentence(_by_method(whole), column))}**")
    _maps(space, wished, layouts, whole, (colour, asked))
    _selected(space, layouts)
    if whole is not None:
        _table(_by_method(whole), column)
    stream(request, whole, lambda: [known_layout(space, each) for each in wished], progress)


def wished_maps(settings: LayoutSettings) -> list[LayoutSettings]:
    """Every method with the same seed and dimensions: the chosen one as it is set, the others as they come."""
    return [settings if method == settings.method else _usual(method, settings) for method in PROJECTIONS]


def _usual(method: str, settings: LayoutSettings) -> LayoutSettings:
    spec = PROJECTIONS[method]
    params: dict[str, float | str] = {
        name: int(each.default) if each.step >= 1 else float(each.default) for name, each in spec.parameters.items()
    }
    if spec.metric:
        params["metric"] = settings.params.get("metric", "cosine")
    return LayoutSettings(method, settings.dims, settings.seed, params)


def _by_method(whole: tuple[MethodScores, ...]) -> dict[str, MethodScores]:
    return dict(zip(PROJECTIONS, whole, strict=True))


def _maps(
    space: Space,
    wished: list[LayoutSettings],
    layouts: list[Layout | None],
    whole: tuple[MethodScores, ...] | None,
    how: tuple[str, Asked],
) -> None:
    colour, asked = how
    row = selected_row(space)
    chosen = _inside(space, layouts)
    for number, (place, settings, layout) in enumerate(zip(st.columns(3, gap="small"), wished, layouts, strict=True)):
        with place:
            st.markdown(f"**{settings.method}**")
            if layout is None:
                st.container(height=HEIGHT, border=True).caption("Not drawn yet.")
                continue
            scores = None if whole is None else whole[number]
            scene = scene_in(space, layout, colouring_of(space, colour, None if scores is None else scores.trust))
            _map(scene, settings.method, _highlights(space, layout, settings, row, (chosen, asked)))
            if scores is not None:
                _scores(scores)


def _map(scene: MapScene, method: str, highlights: Highlights) -> None:
    key = _key(method)
    vector_map(
        scene,
        key=key,
        highlights=highlights,
        words=False,
        height=HEIGHT,
        group=GROUP,
        on_click=lambda: follow_click(key, scene),
        on_select=lambda: _drawn_on(method),
    )


def _highlights(
    space: Space,
    layout: Layout,
    settings: LayoutSettings,
    row: int | None,
    how: tuple[NDArray[np.intp] | None, Asked],
) -> Highlights:
    chosen, asked = how
    if row is None or (layout.coordinates == layout.coordinates[0]).all():
        return Highlights(row, hits=chosen)
    point = point_of(space, layout, settings, row, asked)
    return Highlights(row, point.true.tolist(), chosen, crossed=point.false.tolist())


def _scores(scores: MethodScores) -> None:
    trust = scores.trust
    st.caption(escape(trust_sentence(trust)))
    more = [f"trustworthiness {trust.trustworthiness:.3f}", f"continuity {trust.continuity:.3f}"]
    more.append(f"Shepard ρ {scores.shepard.correlation:.2f}")
    if trust.explained is not None:
        more.append(f"explained variance {100 * trust.explained:.0f} %")
    st.caption(escape(" · ".join(more)))


def _drawn_on(method: str) -> None:
    """One shape at a time: the one drawn last is what is selected on all maps."""
    st.session_state[LAST] = method
    for other in PROJECTIONS:
        if other != method:
            clear_selection(_key(other))


def _inside(space: Space, layouts: list[Layout | None]) -> NDArray[np.intp] | None:
    """The rows within the shape drawn last; None where there is none."""
    method = str(st.session_state.get(LAST, ""))
    if method not in PROJECTIONS:
        return None
    layout = layouts[list(PROJECTIONS).index(method)]
    if layout is None or layout.dims != 2:
        return None
    selection = read_event(_key(method), scene_in(space, layout, colouring_of(space, "", None))).selection
    return None if selection is None else np.flatnonzero(inside(selection.polygon, layout.coordinates))


def _selected(space: Space, layouts: list[Layout | None]) -> None:
    rows = _inside(space, layouts)
    if rows is None or not len(rows):
        st.caption(
            "Point at a dot and it lights up on all three; click it for its neighbours; draw a box or a lasso on one "
            "map and see where the others put the same items."
        )
        return
    layout = layouts[list(PROJECTIONS).index(str(st.session_state[LAST]))]
    assert layout is not None
    selection_panel(space, rows.astype(np.int32), layout.coordinates)


def _table(scores: dict[str, MethodScores], column: str) -> None:
    table = method_table(scores, column)
    numbers = {name: st.column_config.NumberColumn(name, format="%.3f") for name in table.column_names[1:]}
    st.dataframe(
        table,
        hide_index=True,
        column_config=numbers,
        placeholder="—",
        alt="Scores of the three maps; larger is better",
    )
    st.caption("Every number: larger is better. “In the space” is what a map can at most show honestly.")
    st.download_button(
        "Scores (CSV)",
        lambda: table_csv(table),
        "methods.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _key(method: str) -> str:
    return f"method_{method}"
