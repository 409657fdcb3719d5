"""The map as every page draws it: how it is asked for, the quick one meanwhile, its points, and what a click does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending, ask
from components.kit.choice import FIRST_MAP, encoder_name
from components.kit.items import ItemTexts
from components.kit.kinds import counted, written
from components.kit.link import select
from components.kit.map import Highlights, MapScene, by_number, inside, read_event, vector_map
from components.kit.map.colouring import colour_by_column, size_by_column
from components.kit.pictures import pictures_on_map
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.widgets import parameter_sliders, pick
from components.kit.words import shorten
from embeddings.metrics import METRICS
from embeddings.projections import PROJECTIONS, Layout
from embeddings.space import Space
from embeddings.trust import NeighboursKept

DIMENSIONS = {"2D": 2, "3D": 3}
KEPT = "true neighbours kept"
DESCRIBING = ("caption", "file", "width", "height")
# With fewer items there are no neighbourhoods to draw, so the plain projection is the first map.
FEW = 15
FIRST, LAST, STANDS_IN = "first_method", "last_maps", "map_that_stands_in"
MOST_KEPT = 4


def layout_controls(space: Space | None = None) -> LayoutSettings:
    """Method, dimensions, and behind a button the method's own settings; the same on every page that draws a map."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="xsmall"):
        method = pick("Method", list(PROJECTIONS), key="method", default=first_method(space), hide_label=True)
        dims = pick("Dimensions", list(DIMENSIONS), key="dims", hide_label=True)
        with st.popover("Settings", icon=":material/tune:", key="map_settings"):
            settings = _settings(method, DIMENSIONS[dims])
    return settings


def first_method(space: Space | None) -> str:
    """The method of a map where the reader has chosen none; a choice that was only the default follows it."""
    usual = "PCA" if space is not None and len(space) < FEW else FIRST_MAP.method
    before = st.session_state.get(FIRST)
    if before not in (None, usual) and st.session_state.get("method") == before:
        st.session_state["method"] = usual
    st.session_state[FIRST] = usual
    return usual


def _settings(method: str, dims: int) -> LayoutSettings:
    spec = PROJECTIONS[method]
    st.markdown(f"**{method}** · {spec.reference}")
    st.caption(spec.summary)
    params: dict[str, float | str] = {**parameter_sliders(spec.parameters, kept=True)}
    if spec.metric:
        metrics = [name for name in METRICS if name != "dot"]
        params["metric"] = pick("metric", metrics, key="metric", default="cosine")
    seed = st.number_input(
        "seed",
        0,
        9999,
        0,
        key="seed",
        bind="query-params",
        persist_state="session",
        help="Another seed, another picture of the same space.",
    )
    return LayoutSettings(method, dims, int(seed), params)


def layout_or_quick(space: Space, settings: LayoutSettings, pending: Pending) -> tuple[Layout, LayoutSettings]:
    """The wanted map; while it is being made, the last one that was seen of this space, else the quick PCA map."""
    layout = pending.ask(layout_request(space, settings))
    last: dict[str, tuple[Layout, LayoutSettings]] = st.session_state.setdefault(LAST, {})
    before = last.pop(space.fingerprint, None)
    st.session_state[STANDS_IN] = None
    if layout is not None:
        last[space.fingerprint] = layout, settings
        for old in list(last)[:-MOST_KEPT]:
            del last[old]
        return layout, settings
    if before is not None:
        last[space.fingerprint] = before
        st.session_state[STANDS_IN] = before[0]
        return before
    quick = settings._replace(method="PCA", params={})
    return ask(layout_request(space, quick)), quick


def map_beside(space: Space, pending: Pending) -> Layout:
    """The map in 2D beside another question, by the method that the link names; see `layout_or_quick`."""
    method = pick("Map", list(PROJECTIONS), key="method", default=first_method(space), hide_label=True, kept=False)
    return layout_or_quick(space, usual_settings(method), pending)[0]


def usual_settings(method: str) -> LayoutSettings:
    """How a method draws a map in 2D where nothing else is asked for."""
    if method == FIRST_MAP.method:
        return FIRST_MAP
    spec = PROJECTIONS[method]
    params: dict[str, float | str] = {name: each.usual for name, each in spec.parameters.items()}
    return LayoutSettings(method, 2, 0, params | ({"metric": "cosine"} if spec.metric else {}))


def scene_of(space: Space, layout: Layout, colour: str, size: str, kept: NeighboursKept | None = None) -> MapScene:
    """The points of a map with their colours and sizes."""
    if colour == KEPT and kept is not None:
        colouring = by_number(KEPT, kept.shares, low=0, high=1)
    else:
        colouring = colour_by_column(space, colour)
    explained = layout.linear.explained if layout.linear is not None else ()
    collection = space.collection
    return MapScene(
        layout.coordinates,
        ItemTexts(space),
        collection.fingerprint,
        f"{layout.method} map in {layout.dims}D of {counted(collection)} of “{shorten(collection.name, 60)}”",
        colouring,
        size_by_column(space, size),
        tuple(f"PC {i} ({100 * share:.1f} % of the variance)" for i, share in enumerate(explained, 1)),
        pictures_on_map(collection),
        note=made_sentence(space, layout, kept),
        file=f"{shorten(collection.name, 40)} {encoder_name(space.encoder)} {layout.method}",
        dimmed=layout is st.session_state.get(STANDS_IN),
    )


def made_sentence(space: Space, layout: Layout, kept: NeighboursKept | None) -> str:
    """Encoder, method and settings of a map, and the true neighbours that it keeps where that is known."""
    made = f"{encoder_name(space.encoder)} · {method_and_settings(layout)}"
    known = None if too_few(len(space)) else kept_of_k(kept, len(space))
    return made if known is None else f"{made} · keeps {known} true neighbours"


def method_and_settings(layout: Layout) -> str:
    """“UMAP, n_neighbors 15, min_dist 0.1”."""
    return ", ".join([layout.method, *(f"{name} {value}" for name, value in layout.params.items())])


def kept_of_k(kept: NeighboursKept | None, n: int) -> str | None:
    """“7.9 of 10”, of n items on the map; None where it is not known, or no item has a true neighbour."""
    known = np.empty(0) if kept is None else kept.shares[~np.isnan(kept.shares)]
    k = min(10, n - 1)
    return f"{k * float(known.mean()):.1f} of {k}" if len(known) else None


def too_few(n: int) -> bool:
    """Whether the 10 nearest of n items are all the others, which every map keeps."""
    return n - 1 <= 10


def show_map(space: Space, scene: MapScene, highlights: Highlights, *, key: str, height: int | None = None) -> None:
    """Draw a map; a click on a point makes it the selected item, one beside all points none."""
    words = written(space.collection)
    vector_map(scene, key=key, highlights=highlights, words=words, height=height, on_click=lambda: clicked(key, scene))


def drawn_around(key: str, scene: MapScene) -> NDArray[np.intp] | None:
    """The rows within the shape drawn on a map, ascending; None without a shape, and on a map in 3D."""
    selection = read_event(key, scene).selection
    if selection is None or scene.coordinates.shape[1] != 2:
        return None
    return np.flatnonzero(inside(selection.polygon, scene.coordinates))


def clicked(key: str, scene: MapScene, then: Callable[[int | None], None] = select) -> None:
    """Follow a click on a map: its point becomes the selected item, and beside all points none; for callbacks."""
    then(read_event(key, scene).clicked)
