"""The view of settings: a grid of small UMAP maps, all from one graph, each with its scores."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.kit import link
from components.kit.ask import known, stream
from components.kit.charts import table_twin
from components.kit.colours import page_colours
from components.kit.words import escape, table_csv
from components.trust.asked import VIEW, Asked, obstacle, show_obstacle
from components.trust.compared import cell_table, colour_control, colouring_of, grid_sentence
from components.trust.requests import known_cell, sweep_request
from components.trust.small_map import known_small_map
from embeddings.errors import EmbeddingError
from embeddings.space import Space
from embeddings.trust import Cell, SweptCell, sweep_plan
from embeddings.trust.sweep import MIN_DIST, N_NEIGHBORS

COUNTS = (2, 5, 10, 15, 30, 60, 100)
NEAR = (0.0, 0.05, 0.1, 0.25, 0.5, 0.9, 0.99)
DRAW = "grid"


def settings_grid(space: Space, asked: Asked) -> None:
    """Everything of the view."""
    blocked = obstacle(space, asked)
    if blocked:
        show_obstacle(blocked)
        return
    try:
        cells, colour = _controls(space, asked)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return
    request = sweep_request(space, cells, asked)
    whole = known(request)
    swept = [known_cell(space, cell, asked) for cell in cells] if whole is None else list(whole)
    wanted = all(swept) or link.read(DRAW) == "1"
    _say_in_link(wanted)
    if not wanted:
        _invite(cells)
        return
    progress = st.container()
    there = [each for each in swept if each is not None]
    if whole is not None:
        st.markdown(f"**{escape(grid_sentence(there))}**")
        st.caption("Shapes, gaps and sizes of islands change with the settings; what a map keeps stands below it.")
    _grid(space, cells, swept, colour)
    if there:
        _twin(there)
    stream(request, whole, lambda: [known_cell(space, cell, asked) for cell in cells], progress)


def _controls(space: Space, asked: Asked) -> tuple[tuple[Cell, ...], str]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        counts = st.multiselect(
            "n_neighbors",
            COUNTS,
            N_NEIGHBORS,
            key="grid_n_neighbors",
            bind="query-params",
            width=300,
            help="How many neighbours count as near: small shows detail.",
        )
        near = st.multiselect(
            "min_dist",
            NEAR,
            MIN_DIST,
            format_func=lambda each: f"{each:g}",
            key="grid_min_dist",
            bind="query-params",
            width=300,
            help="How close together points may be drawn.",
        )
        with st.container(width="content"):
            colour = colour_control(space, asked, key="colour_grid")
    return sweep_plan(len(space), sorted(counts), sorted(near)), colour


def _invite(cells: tuple[Cell, ...]) -> None:
    with st.container(border=True):
        st.markdown(f"**{len(cells)} maps of the same items, all from one graph of neighbours**")
        st.caption("They come one after the other; what is there stays when you cancel.")
        st.button("Draw the grid", type="primary", icon=":material/grid_view:", on_click=_draw)


def _draw() -> None:
    link.write(DRAW, "1")


def _say_in_link(wanted: bool) -> None:
    link.write(DRAW, "1" if wanted else "")
    link.show({DRAW: ""})


def _grid(space: Space, cells: tuple[Cell, ...], swept: Sequence[SweptCell | None], colour: str) -> None:
    kept = [each.trust.kept for each in swept if each is not None]
    across = len({cell.min_dist for cell in cells})
    for start in range(0, len(cells), across):
        row = zip(st.columns(across), cells[start : start + across], swept[start : start + across], strict=False)
        for place, cell, each in row:
            with place.container(border=True):
                st.caption(escape(f"n_neighbors {cell.n_neighbors} · min_dist {cell.min_dist:g}"))
                if each is None:
                    st.container(height=300, border=False).caption("not drawn yet")
                else:
                    _cell(space, each, colour, best=each.trust.kept == max(kept))


def _cell(space: Space, swept: SweptCell, colour: str, *, best: bool) -> None:
    cell, layout, trust = swept
    name = f"n_neighbors {cell.n_neighbors}, min_dist {cell.min_dist:g}"
    picture = known_small_map(layout.coordinates, colouring_of(space, colour, trust), colours=page_colours())
    st.image(picture, width="stretch", alt=f"UMAP map with {name}")
    kept = f"keeps {trust.k * trust.kept:.1f} of {trust.k}"
    st.markdown(f"**{kept}** · most" if best else kept)
    st.caption(f"trustworthiness {trust.trustworthiness:.3f} · continuity {trust.continuity:.3f}")
    st.button(
        "Open",
        key=f"open_{cell.n_neighbors}_{cell.min_dist:g}",
        type="tertiary",
        icon=":material/open_in_full:",
        help=f"Look at the map with {name}",
        on_click=_open,
        args=(cell,),
    )


def _open(cell: Cell) -> None:
    chosen = {VIEW: "map", "method": "UMAP", "dims": "2D", "n_neighbors": cell.n_neighbors, "min_dist": cell.min_dist}
    for name, value in chosen.items():
        st.session_state[name] = value


def _twin(there: list[SweptCell]) -> None:
    twin = table_twin("The grid as a table", key="grid_twin")
    if not twin.open:
        return
    table = cell_table(there)
    twin.dataframe(table, hide_index=True, alt="Settings of UMAP and the scores of their maps; larger is better")
    twin.download_button(
        "Grid (CSV)",
        lambda: table_csv(table),
        "settings.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
