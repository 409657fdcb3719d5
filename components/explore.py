"""The Map page put together: controls, map, inspector, search, selection, evidence."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components import inspector
from components.colour_by import colour_by_column, size_by_column
from components.invitations import Invitation, invitations
from components.map import Highlights, MapScene, by_number, inside, read_event, vector_map
from components.map_controls import KEPT, colour_controls, layout_controls
from components.map_search import Found, search
from components.selection import downloads, selection_panel, table_of
from components.spaces import LayoutSettings, kept_of, layout_request
from components.text import shorten
from components.work import attempt, show_progress
from embeddings.projections import PROJECTIONS, Layout
from embeddings.space import Space

KEY = "map"
TABLE_ROWS = 5_000


def explore(space: Space) -> None:
    """Everything of the Map page below its heading."""
    head, controls = st.columns([0.5, 0.5], vertical_alignment="center")
    with head:
        invitation = invitations(space)
    with controls:
        settings = layout_controls()
    layout, settings = _layout(space, settings)
    kept = kept_of(space, layout, settings)
    picture, side = st.columns([0.74, 0.26], gap="small")
    with picture:
        colour, size, wanted, mode = colour_controls(space)
        found = search(space, layout, wanted, mode)
        scene = scene_of(space, layout, colour, size, kept)
        place = st.container()
    row = inspector.selected_row(space)
    with side:
        marked = _beside(space, row, invitation)
    with place:
        _draw(scene, row, marked, found, invitation)
    if found.said:
        st.caption(found.said)
    st.caption(evidence(len(space), settings, layout, kept))
    _below(space, layout, scene)


def scene_of(space: Space, layout: Layout, colour: str, size: str, kept: np.ndarray) -> MapScene:
    """The points of a map with their colours and sizes."""
    colouring = by_number(KEPT, kept, low=0, high=1) if colour == KEPT else colour_by_column(space, colour)
    explained = layout.linear.explained if layout.linear is not None else ()
    collection = space.collection
    return MapScene(
        layout.coordinates,
        _Texts(space),
        collection.fingerprint,
        f"{layout.method} map in {layout.dims}D of {len(space):,} items of “{shorten(collection.name, 60)}”",
        colouring,
        size_by_column(space, size),
        tuple(f"PC {i} ({100 * share:.1f} % of the variance)" for i, share in enumerate(explained, 1)),
    )


def evidence(n: int, settings: LayoutSettings, layout: Layout, kept: np.ndarray) -> str:
    """How far the map can be trusted, in one line."""
    k = min(10, n - 1)
    chance = k * k / max(1, n - 1)
    params = ", ".join(f"{name} {value}" for name, value in layout.params.items())
    return (
        f"Of each item's {k} true neighbours this map keeps **{k * float(kept.mean()):.1f}**; by chance it would keep "
        f"{chance:.2g}. {settings.method}{', ' + params if params else ''}, seed {settings.seed}. "
        f"{PROJECTIONS[settings.method].summary}"
    )


def _layout(space: Space, settings: LayoutSettings) -> tuple[Layout, LayoutSettings]:
    """The wanted map; while it is being drawn, the quick PCA map with the progress above it."""
    layout, job = attempt(*layout_request(space, settings))
    if layout is not None:
        return layout, settings
    quick = settings._replace(method="PCA", params={})
    stand_in, quick_job = attempt(*layout_request(space, quick))
    waiting = job if stand_in is not None else quick_job or job
    assert waiting is not None
    show_progress(waiting)
    if stand_in is None:
        st.stop()
    return stand_in, quick


def _beside(space: Space, row: int | None, invitation: Invitation | None) -> list[int]:
    if invitation is not None and invitation.table is not None:
        invitation.draw()
        return []
    if row is None:
        inspector.nothing_selected(space)
        return []
    return [int(near) for near in inspector.inspector(space, row).rows]


def _draw(scene: MapScene, row: int | None, marked: list[int], found: Found, invitation: Invitation | None) -> None:
    hits = found.rows
    if invitation is not None:
        row, marked, hits = invitation.rows[-1], invitation.rows[:-1], None
    highlights = Highlights(row, marked, hits, found.extra)
    vector_map(scene, key=KEY, highlights=highlights, on_click=lambda: _clicked(scene))


def _clicked(scene: MapScene) -> None:
    event = read_event(KEY, scene)
    if event.clicked is not None:
        inspector.select(event.clicked)


def _below(space: Space, layout: Layout, scene: MapScene) -> None:
    selection = read_event(KEY, scene).selection
    if selection is not None and layout.dims == 2:
        rows = np.flatnonzero(inside(selection.polygon, layout.coordinates)).astype(np.int32)
        if len(rows):
            selection_panel(space, rows, layout.coordinates)
    whole = st.expander("The map as a table", icon=":material/table:", on_change="rerun", key="table_twin")
    if whole.open:
        rows = np.arange(min(len(space), TABLE_ROWS), dtype=np.int32)
        whole.dataframe(table_of(space, rows, layout.coordinates), hide_index=True, alt="All items with their places")
        if len(space) > TABLE_ROWS:
            whole.caption(f"The first {TABLE_ROWS:,} of {len(space):,} items.")
        rows = np.arange(len(space), dtype=np.int32)
        with whole:
            downloads(space, rows, layout.coordinates, name="map")


class _Texts:
    """The texts of a space's items, without a copy."""

    def __init__(self, space: Space) -> None:
        self._collection = space.collection

    def __len__(self) -> int:
        return len(self._collection)

    def __getitem__(self, row: int) -> str:
        return self._collection.text(int(row))
