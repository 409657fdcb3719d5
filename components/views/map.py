"""The Map page: the space drawn in 2D or 3D, its colours, what is selected on it, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.app.frame import Page
from components.kit import filtering, items, link
from components.kit.ask import Pending, one_run
from components.kit.axes import along_axis
from components.kit.axes import by_label as axes_by_label
from components.kit.caching import remembered
from components.kit.charts import table_twin
from components.kit.items import downloads, selection_panel, table_of
from components.kit.kinds import drawn, one, several
from components.kit.link import selected_row
from components.kit.map import Highlights, MapName, MapScene, by_number, clear_selection
from components.kit.map.colouring import PLAIN, sizes_of
from components.kit.maps import (
    DESCRIBING,
    KEPT,
    drawn_around,
    kept_of_k,
    layout_controls,
    layout_or_quick,
    method_and_settings,
    scene_of,
    show_map,
    too_few,
)
from components.kit.spaces import LayoutSettings, kept_request
from components.kit.texts import how
from components.kit.widgets import pick_from_list
from components.kit.words import escape
from components.views.cluster_map import by_clusters
from components.views.clusterings import by_label as clusters_by_label
from components.views.map_search import SEARCH, SEARCH_BY, Found, meaning_obstacle, search, search_field, search_mode
from embeddings.analogies.parsing import parse
from embeddings.collection import Collection
from embeddings.columns import is_numeric
from embeddings.projections import PROJECTIONS, Layout
from embeddings.space import Space
from embeddings.trust import NeighboursKept

Kept = NeighboursKept | None
KEY = "map"
TABLE_ROWS = 5_000
SUM, EXPECTED = "king - man + woman", "queen"
LONGEST = 24


@st.fragment
def space_map(page: Page) -> None:
    """Controls, map, items beside it, search, selection and evidence.

    A choice on the page runs this again, and not the sidebar and the heading, which stay as they are.
    """
    space = page.space
    with page.corner:
        wished = layout_controls(space)
    _drawn(space, wished)


@st.fragment
@one_run()
def _drawn(space: Space, wished: LayoutSettings) -> None:
    """The map and all that a search, a colour, a click or a shape changes: only this runs again then."""
    link.show({"item": ""})
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="inline_map"):
        wanted = search_field()
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="one_row_map"):
            mode = search_mode(space)
            colour, size = colour_controls(space)
            filtering.filter_button()
    pending = Pending()
    layout, settings = layout_or_quick(space, wished, pending)
    kept = pending.ask(kept_request(space, layout))
    filtered = filtering.read_filter(space, pending)
    filtering.chips(space, filtered)
    beside = st.session_state.get(filtering.OPEN)
    picture, *middle, side = st.columns([0.58, 0.2, 0.22] if beside else [0.77, 0.23], gap="small")
    for column in middle:
        with column:
            filtering.charts(space, filtered)
    with picture:
        place = st.container()
        st.caption(evidence(len(space), settings, layout, kept))
        if kept is not None and kept.unrelated:
            st.caption(f":material/info: {unrelated_sentence(space.collection, layout, kept)}")
    with side:
        found = search(space, layout, wanted, mode, pending, among=filtered.rows) if wanted else Found()
    scene = scene_of(space, layout, colour, size, kept)
    with picture:
        scene, names = _made_colours(space, colour, scene, (layout, settings), pending)
        scene = _in_the_graph(space, scene, colour, size, pending)
    row = selected_row(space)
    marked: list[int] = []
    around = drawn_around(KEY, scene)
    with side:
        if around is not None and len(around):
            _lasso(space, around.astype(np.int32), filtered.rows, layout)
        elif row is not None:
            filtering.note_on(row, filtered)
            marked = items.inspector(space, row, pending).rows.tolist()
        elif filtered.rows is not None:
            heading = f"{len(filtered.rows):,} of {len(space):,} kept"
            said = {"filter": link.read(filtering.FILTER)}
            selection_panel(space, filtered.rows, layout, close=filtering.clear, heading=heading, called="kept", **said)
        else:
            items.nothing_selected(space, partial(invitations, space))
    hits = filtered.rows if found.rows is None else found.rows
    with place:
        show_map(space, scene, Highlights(row, marked, hits, found.extra, names=names), key=KEY)
    _as_table(space, layout)
    how("map")
    pending.show()


def _lasso(space: Space, around: NDArray[np.int32], kept: NDArray[np.int32] | None, layout: Layout) -> None:
    """The items within a drawn shape, of which the filter keeps some."""
    close = partial(clear_selection, KEY)
    if kept is None:
        return selection_panel(space, around, layout, close=close)
    rows = np.intersect1d(around, kept)
    said = f"Selection: {len(rows):,} of {len(around):,} {several(space.collection)}, as filtered"
    selection_panel(space, rows, layout, close=close, heading=said, filter=link.read(filtering.FILTER))


def invitations(space: Space) -> None:
    """The first minute: things to try with one click, as they fit the collection."""
    pictures = drawn(space.collection)
    if all(word in space.collection.rows for word in (term.name for term in parse(SUM).terms)):
        if st.button("king − man + woman", type="tertiary", icon=":material/calculate:"):
            link.go_to(link.ANALOGIES, query_params={"sum": SUM, "expected": EXPECTED})
    elif pictures and (example := example_search(space)):
        label, shown = f"Find “{escape(example)}”", {SEARCH: example, SEARCH_BY: "meaning"}
        icon = ":material/image_search:"
        st.button(label, type="tertiary", on_click=st.session_state.update, args=(shown,), icon=icon)
    if st.button("Where does this map mislead?", type="tertiary", icon=":material/troubleshoot:"):
        link.go_to(link.TRUST)
    label = "Bring your own pictures" if pictures else "Bring your own data"
    if st.button(label, type="tertiary", icon=":material/upload_file:"):
        link.go_to(link.DATA)


def example_search(space: Space) -> str:
    """Words to look for among pictures by their meaning; empty where there are none or the encoder does not read."""
    collection = space.collection
    if meaning_obstacle(space) or "caption" not in collection.columns:
        return ""
    return remembered(f"example search|{collection.fingerprint}", lambda: _short_caption(collection))


def _short_caption(collection: Collection) -> str:
    captions = [str(each) for each in collection.column("caption").to_pylist() if each and len(str(each)) <= LONGEST]
    return captions[len(captions) // 2] if captions else ""


def colour_controls(space: Space) -> tuple[str, str]:
    """What colours and what sizes the points."""
    numeric = [name for name in space.collection.columns if is_numeric(space.collection.column(name))]
    graph = filtering.measures(space)
    options = colour_options(space, [*graph, *axes_by_label(), *clusters_by_label()])
    colour = pick_from_list("Colour by", options, key="colour", width=220, kept=False)
    size = pick_from_list("Size by", [PLAIN, *numeric, *graph], key="size", width=190, kept=False)
    return colour, size


def colour_options(space: Space, made: Iterable[str] = ()) -> list[str]:
    """What the points can be coloured by, axes and clusters made here among it.

    The first is the default, so what only names pictures comes last.
    """
    columns = space.collection.columns
    if not drawn(space.collection):
        return [*columns, KEPT, PLAIN, *made]
    telling = [name for name in columns if name not in DESCRIBING]
    others = [KEPT, PLAIN] if telling else [PLAIN, KEPT]
    return [*telling, *others, *made, *(name for name in columns if name in DESCRIBING)]


def _made_colours(
    space: Space, colour: str, scene: MapScene, drawn: tuple[Layout, LayoutSettings], pending: Pending
) -> tuple[MapScene, Sequence[MapName]]:
    """The scene in the colours of an axis or of clusters, where they are chosen, with a line that says what they mean.

    The names are those of the clusters.
    """
    along, clusters = along_axis(space, colour, pending), by_clusters(space, colour, drawn, pending)
    for made in (along, clusters):
        if made is not None:
            st.caption(made.said)
            scene = scene if made.colouring is None else replace(scene, colouring=made.colouring)
    return scene, () if clusters is None else clusters.names


def _in_the_graph(space: Space, scene: MapScene, colour: str, size: str, pending: Pending) -> MapScene:
    """The scene in the colours and sizes of measures of the neighbour graph, where these are chosen."""
    for name in {colour, size} & {*filtering.measures(space)}:
        values = filtering.measured(space, name, pending)
        if values is None:
            st.caption(f"Measuring the neighbour graph: {name} …")
        elif name == colour:
            scene = replace(scene, colouring=by_number(name, values))
        if values is not None and name == size:
            scene = replace(scene, sizes=sizes_of(values))
    return scene


def evidence(n: int, settings: LayoutSettings, layout: Layout, kept: Kept) -> str:
    """How far the map can be trusted, in one line."""
    how = f"{method_and_settings(layout)}, seed {settings.seed}"
    if too_few(n):
        few = f"With {n} items every map keeps all neighbours: trust their distances only roughly"
        return f"{few} · {how}. {PROJECTIONS[settings.method].summary}"
    if kept is None:
        return f"{how}. Checking the map against the true neighbours …"
    known = kept_of_k(kept, n)
    if known is None:
        return f"No two items have anything in common, so there are no true neighbours to keep · {how}."
    chance = min(10, n - 1) * kept.chance
    return f"Keeps **{known}** true neighbours (by chance {chance:.2g}) · {how}. {PROJECTIONS[settings.method].summary}"


def unrelated_sentence(collection: Collection, layout: Layout, kept: NeighboursKept) -> str:
    """Which items have nothing in common with others, and where the map has put them."""
    several_of = kept.unrelated > 1
    noun = several(collection) if several_of else one(collection)
    have, them = ("have", "them") if several_of else ("has", "it")
    said = f"{kept.unrelated:,} {noun} {have} nothing in common with any that differs, as this encoder sees {them}"
    if layout.method == "PCA" or layout.params.get("metric") == "Euclidean":
        return f"{said}: where the map draws {them} means nothing."
    return f"{said}: {'they are' if several_of else 'it is'} drawn apart, below the others, in no order."


def _as_table(space: Space, layout: Layout) -> None:
    """All items with their places, closed at first."""
    whole = table_twin("The map as a table", key="table_twin")
    if whole.open:
        rows = np.arange(min(len(space), TABLE_ROWS), dtype=np.int32)
        whole.dataframe(table_of(space, rows, layout.coordinates), hide_index=True, alt="All items with their places")
        if len(space) > TABLE_ROWS:
            whole.caption(f"The first {TABLE_ROWS:,} of {len(space):,} items.")
        with whole:
            downloads(space, np.arange(len(space), dtype=np.int32), layout, name="map")
