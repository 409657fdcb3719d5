"""The Map page put together: controls, map, items, search, selection, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from components.app.frame import Page
from components.explore.controls import colour_controls, search_controls
from components.explore.invitations import invitations
from components.explore.search import search, show_found
from components.kit import items
from components.kit.ask import Pending
from components.kit.axes import along_axis
from components.kit.charts import table_twin
from components.kit.items import downloads, selection_panel, table_of
from components.kit.kinds import one, several
from components.kit.link import selected_row
from components.kit.map import Highlights, MapName, MapScene, inside, read_event
from components.kit.maps import layout_controls, layout_or_quick, scene_of, show_map
from components.kit.spaces import LayoutSettings, kept_request
from components.views.clusterings import by_clusters
from embeddings.collection import Collection
from embeddings.projections import PROJECTIONS, Layout
from embeddings.space import Space
from embeddings.trust import NeighboursKept

Kept = NeighboursKept | None
KEY = "map"
TABLE_ROWS = 5_000


def explore(page: Page) -> None:
    """Everything of the Map page beside its heading."""
    space = page.space
    with page.corner:
        wished = layout_controls()
    left, right = st.columns([0.56, 0.44], vertical_alignment="center")
    with left:
        invitations(space)
    with right:
        wanted, mode = search_controls(space)
    pending = Pending()
    layout, settings = layout_or_quick(space, wished, pending)
    kept = pending.ask(kept_request(space, layout))
    picture, side = st.columns([0.77, 0.23], gap="small")
    with picture:
        place = st.container()
        st.caption(evidence(len(space), settings, layout, kept))
        if kept is not None and kept.unrelated:
            st.caption(f":material/info: {unrelated_sentence(space.collection, layout, kept)}")
        colour, size = colour_controls(space)
    with side:
        found = search(space, layout, wanted, mode, pending)
        show_found(space, found)
    scene = scene_of(space, layout, colour, size, kept)
    with picture:
        scene = _along_axis(space, colour, scene, pending)
        scene, names = _by_clusters(space, colour, scene, (layout, settings), pending)
    row = selected_row(space)
    with side:
        marked = _beside(space, row)
    with place:
        highlights = Highlights(row, marked, found.rows, found.extra, names=names)
        show_map(space, scene, highlights, key=KEY)
    _below(space, layout, scene)
    pending.show()


def _along_axis(space: Space, colour: str, scene: MapScene, pending: Pending) -> MapScene:
    """The scene in the colours of an axis, where one is chosen, with a line that says what they mean."""
    along = along_axis(space, colour, pending)
    if along is None:
        return scene
    st.caption(along.said)
    return scene if along.colouring is None else replace(scene, colouring=along.colouring)


def _by_clusters(
    space: Space, colour: str, scene: MapScene, drawn: tuple[Layout, LayoutSettings], pending: Pending
) -> tuple[MapScene, Sequence[MapName]]:
    """The scene in the colours of clusters, where they are chosen, with a line that says which, and their names."""
    found = by_clusters(space, colour, drawn, pending)
    if found is None:
        return scene, ()
    st.caption(found.said)
    return (scene if found.colouring is None else replace(scene, colouring=found.colouring)), found.names


def evidence(n: int, settings: LayoutSettings, layout: Layout, kept: Kept) -> str:
    """How far the map can be trusted, in one line."""
    k = min(10, n - 1)
    params = ", ".join(f"{name} {value}" for name, value in layout.params.items())
    how = f"{settings.method}{', ' + params if params else ''}, seed {settings.seed}"
    if kept is None:
        return f"{how}. Checking the map against the true neighbours …"
    known = kept.shares[~np.isnan(kept.shares)]
    if not len(known):
        return f"No two items have anything in common, so there are no true neighbours to keep · {how}."
    return (
        f"Keeps **{k * float(known.mean()):.1f} of {k}** true neighbours (by chance {k * kept.chance:.2g}) · {how}. "
        f"{PROJECTIONS[settings.method].summary}"
    )


def unrelated_sentence(collection: Collection, layout: Layout, kept: NeighboursKept) -> str:
    """Which items have nothing in common with others, and where the map has put them."""
    several_of = kept.unrelated > 1
    noun = several(collection) if several_of else one(collection)
    have, them = ("have", "them") if several_of else ("has", "it")
    said = f"{kept.unrelated:,} {noun} {have} nothing in common with any that differs, as this encoder sees {them}"
    if layout.method == "PCA" or layout.params.get("metric") == "Euclidean":
        return f"{said}: where the map draws {them} means nothing."
    return f"{said}: {'they are' if several_of else 'it is'} drawn apart, below the others, in no order."


def _beside(space: Space, row: int | None) -> list[int]:
    if row is None:
        items.nothing_selected(space)
        return []
    return [int(near) for near in items.inspector(space, row).rows]


def _below(space: Space, layout: Layout, scene: MapScene) -> None:
    selection = read_event(KEY, scene).selection
    if selection is not None and layout.dims == 2:
        rows = np.flatnonzero(inside(selection.polygon, layout.coordinates)).astype(np.int32)
        if len(rows):
            selection_panel(space, rows, layout.coordinates)
    whole = table_twin("The map as a table", key="table_twin")
    if whole.open:
        rows = np.arange(min(len(space), TABLE_ROWS), dtype=np.int32)
        whole.dataframe(table_of(space, rows, layout.coordinates), hide_index=True, alt="All items with their places")
        if len(space) > TABLE_ROWS:
            whole.caption(f"The first {TABLE_ROWS:,} of {len(space):,} items.")
        rows = np.arange(len(space), dtype=np.int32)
        with whole:
            downloads(space, rows, layout.coordinates, name="map")
