"""The view “Settings of UMAP”: a grid of small maps, all from one graph of neighbours, each with its scores."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.kit import caching, link
from components.kit.ask import Request, known, stream
from components.kit.colours import page_colours
from components.kit.evidence import Table, show_twin
from components.kit.map.small import known_small_map
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.words import escape
from components.views.map_scores import colour_control, colouring_of
from components.views.trust import VIEW, Asked, obstacle, show_obstacle, trust_request
from embeddings.errors import EmbeddingError
from embeddings.jobs.job import Job, Part
from embeddings.trust import Cell, SweptCell, sweep_plan
from embeddings.trust.sweep import MIN_DIST, N_NEIGHBORS, cell_table, grid_sentence

COUNTS = (2, 5, 10, 15, 30, 60, 100)
NEAR = (0.0, 0.05, 0.1, 0.25, 0.5, 0.9, 0.99)
DRAW = "grid"


def umap_settings(asked: Asked) -> None:
    """Which settings, and the grid of their maps as they come."""
    if blocked := obstacle(asked):
        show_obstacle(blocked)
        return
    try:
        cells, colour = _controls(asked)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return
    request = sweep_request(asked, cells)
    whole = known(request)
    swept = [known_cell(asked, cell) for cell in cells] if whole is None else list(whole)
    link.write(DRAW, "1")
    link.show({DRAW: ""})
    progress = st.container()
    there = [each for each in swept if each is not None]
    if whole is not None:
        st.markdown(f"**{escape(grid_sentence(there))}**")
        st.caption("Shapes, gaps and sizes of islands change with the settings; what a map keeps stands below it.")
    _grid(asked, cells, swept, colour)
    if there:
        show_twin("The grid as a table", lambda: grid(asked, there), key="grid_twin")
    stream(request, whole, lambda: [known_cell(asked, cell) for cell in cells], progress)


def _controls(asked: Asked) -> tuple[tuple[Cell, ...], str]:
    with st.popover("Settings of the grid", icon=":material/grid_view:", key="grid_settings"):
        counts = st.multiselect(
            "n_neighbors",
            COUNTS,
            N_NEIGHBORS,
            key="grid_n_neighbors",
            bind="query-params",
            help="How many neighbours count as near: small shows detail.",
        )
        near = st.multiselect(
            "min_dist",
            NEAR,
            MIN_DIST,
            format_func=lambda each: f"{each:g}",
            key="grid_min_dist",
            bind="query-params",
            help="How close together points may be drawn.",
        )
        colour = colour_control(asked, key="colour_grid")
    return sweep_plan(len(asked.space), sorted(counts), sorted(near)), colour


def cell_settings(asked: Asked, cell: Cell) -> LayoutSettings:
    """A pair of settings as the Map page would draw it."""
    return LayoutSettings("UMAP", 2, asked.settings.seed, {**cell._asdict(), "metric": asked.metric})


def sweep_request(asked: Asked, cells: tuple[Cell, ...]) -> Request[tuple[SweptCell, ...]]:
    """The job that draws a grid of settings and scores each map, each shown as soon as it is there."""

    def work(job: Job) -> tuple[SweptCell, ...]:
        found = []
        for number, cell in enumerate(cells):
            part = Part(job, number, len(cells))
            layout = layout_request(asked.space, cell_settings(asked, cell)).run(part)
            found.append(SweptCell(cell, layout, trust_request(asked, [layout]).run(part)[0]))
            caching.outcomes().put(_cell_key(asked, cell), found[-1])
        return tuple(found)

    first = layout_request(asked.space, cell_settings(asked, cells[0])).key
    return Request(f"sweep|{cells}|{asked.k}|{first}", work)


def known_cell(asked: Asked, cell: Cell) -> SweptCell | None:
    """A cell of the grid that is there already."""
    found: SweptCell | None = caching.outcomes().get(_cell_key(asked, cell))
    return found


def _cell_key(asked: Asked, cell: Cell) -> str:
    return f"cell|{asked.k}|{layout_request(asked.space, cell_settings(asked, cell)).key}"


def _grid(asked: Asked, cells: tuple[Cell, ...], swept: Sequence[SweptCell | None], colour: str) -> None:
    most = max((each.trust.kept for each in swept if each is not None), default=0.0)
    across = len({cell.min_dist for cell in cells})
    for start in range(0, len(cells), across):
        row = zip(st.columns(across), cells[start : start + across], swept[start : start + across], strict=False)
        for place, cell, each in row:
            with place.container(border=True):
                st.caption(escape(f"n_neighbors {cell.n_neighbors} · min_dist {cell.min_dist:g}"))
                if each is None:
                    st.container(height=300, border=False).caption("not drawn yet")
                else:
                    _cell(asked, each, colour, best=each.trust.kept == most)


def _cell(asked: Asked, swept: SweptCell, colour: str, *, best: bool) -> None:
    cell, layout, trust = swept
    name = f"n_neighbors {cell.n_neighbors}, min_dist {cell.min_dist:g}"
    picture = known_small_map(layout.coordinates, colouring_of(asked, colour, trust), colours=page_colours())
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
        on_click=st.session_state.update,
        args=({VIEW: "map", "method": "UMAP", "dims": "2D", **cell._asdict()},),
    )


def grid(asked: Asked, cells: list[SweptCell]) -> Table:
    """The cells of a grid with their scores."""
    return Table(
        cell_table(cells),
        "Settings of UMAP and the scores of their maps; larger is better",
        label="Grid (CSV)",
        file="settings.csv",
        settings=asked._replace(settings=LayoutSettings("UMAP", 2, asked.settings.seed)).said(),
    )
