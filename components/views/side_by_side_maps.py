"""The view “Maps”: two linked maps laid over each other as well as a rotation can, side by side or as a morph."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending, ask
from components.kit.charts import table_twin
from components.kit.choice import FIRST_MAP, encoder_name
from components.kit.evidence import Table, items_of, settings_of, show_table
from components.kit.items import ItemTexts
from components.kit.kinds import counted, written
from components.kit.link import selected_row
from components.kit.map import Highlights, MapScene, clear_selection, read_event, vector_map
from components.kit.map.colouring import PLAIN, colour_by_column
from components.kit.maps import clicked, drawn_around, usual_settings
from components.kit.pictures import pictures_on_map
from components.kit.spaces import layout_request
from components.kit.texts import how
from components.kit.widgets import pick, pick_from_list
from components.kit.words import escape, shorten
from components.views.compared_encoders import Chosen, both_lists, names_of
from embeddings.alignment import align
from embeddings.compare import both_neighbours
from embeddings.projections import PROJECTIONS
from embeddings.space import Space

LEFT, RIGHT, MORPH = "compare_left", "compare_right", "compare_morph"
GROUP = "compare"
SHARE, PLAYING = "morph", "morph_steps"
# Points travel .16 s to each new step; the next comes when they are there.
PAUSE = 0.2
HEIGHT = 480
LISTED = 10
SHOWN = 2_000
WAYS = ("Side by side", "Morph")
Places = NDArray[np.float32]
Rows = NDArray[np.int64]


class Maps(NamedTuple):
    """Two spaces and where their items lie.

    Attributes:
        spaces: the two.
        places: of each, shape (n, 2); the second is laid over the first.
        method: that drew both.
        colour: the column that colours the points.
    """

    spaces: tuple[Space, Space]
    places: tuple[Places, Places]
    method: str
    colour: str


def side_by_side_maps(chosen: Chosen) -> None:
    """Two maps, what is known of the selected item by both encoders, and all places as a table."""
    one, other = chosen.pair()
    with chosen.settings():
        method, way, colour = _controls(one)
    pending = Pending()
    method, (first, second) = _drawn((one, other), method, pending)
    laid = align(second, first)
    maps = Maps((one, other), (first, laid.places), method, colour)
    row = selected_row(one)
    rows = _side_by_side(maps, row) if way == WAYS[0] else _morph(maps, row)
    st.caption(laid_sentence(laid.disparity, method))
    _below(maps, row, rows)
    how("side_by_side_maps")
    pending.show()
    if way != WAYS[0]:
        _play_on()


def _drawn(spaces: tuple[Space, Space], method: str, pending: Pending) -> tuple[str, tuple[Places, Places]]:
    """Both maps by one method; while one of them is being drawn, both by PCA."""
    found = [pending.ask(layout_request(space, usual_settings(method))) for space in spaces]
    if None in found:
        st.caption(f"The {method} maps are being drawn; until both are there, these are the quick PCA maps.")
        method = "PCA"
    first, second = (ask(layout_request(space, usual_settings(method))).coordinates for space in spaces)
    return method, (first, second)


def laid_sentence(disparity: float, method: str) -> str:
    """What the laying over leaves, as a share of the spread, and what may not be read from it."""
    if np.isnan(disparity):
        return "All points of a map coincide, so there is nothing to lay over the other."
    return (
        f"Turned, mirrored and scaled to fit the left map as well as it can, the right one still differs by "
        f"**{100 * disparity:.0f} %** of the spread (Procrustes; 0: the same picture). {method} draws another picture "
        "for every seed, too: whether the encoders agree is told by **Agreement**, in the original spaces."
    )


def _controls(space: Space) -> tuple[str, str, str]:
    way = pick("Show", WAYS, key="maps_as", kept=False)
    method = pick("Method", list(PROJECTIONS), key="method", default=FIRST_MAP.method)
    colours = [*space.collection.columns, PLAIN]
    colour = pick_from_list("Colour by", colours, key="colour", kept=False)
    return method, way, colour


def _side_by_side(maps: Maps, row: int | None) -> Rows | None:
    names, keys = names_of(maps.spaces), (LEFT, RIGHT)
    scenes = [map_scene(maps.spaces[side], maps.places[side], maps.colour) for side in (0, 1)]
    drawn = map(drawn_around, keys, scenes)
    rows = next((each for each in drawn if each is not None), None)
    for side, column in enumerate(st.columns(2, gap="small")):
        with column:
            st.markdown(f"**{escape(names[side])}**" + (" · laid over the left map" if side else ""))
            _draw(maps, scenes[side], keys[side], row, rows)
    return rows


def _morph(maps: Maps, row: int | None) -> Rows | None:
    names = [escape(name) for name in names_of(maps.spaces)]
    label = f"From {names[0]} (0 %) to {names[1]} (100 %)"
    if st.session_state.get(PLAYING):
        st.session_state[SHARE] = st.session_state[PLAYING].pop(0)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.button("Play", icon=":material/play_arrow:", key="play_morph", on_click=_play)
        share = st.slider(label, 0, 100, 0, 5, format="%d %%", key=SHARE, bind="query-params", width="stretch")
    scene = map_scene(maps.spaces[0], blended(*maps.places, share / 100), maps.colour)
    rows = drawn_around(MORPH, scene)
    _draw(maps, scene, MORPH, row, rows)
    return rows


def _play() -> None:
    """Go to the other map step by step, from where the slider stands."""
    share = int(st.session_state.get(SHARE) or 0)
    st.session_state[PLAYING] = [*range(90, -1, -10)] if share == 100 else [*range(share + 10, 100, 10), 100]


def _play_on() -> None:
    """The next step of what plays; called when all is drawn."""
    if st.session_state.get(PLAYING):
        time.sleep(PAUSE)
        st.rerun()


def map_scene(space: Space, places: Places, colour: str) -> MapScene:
    """The points of one map in the colours of a column."""
    collection = space.collection
    about = f"{counted(collection)} of “{shorten(collection.name, 60)}” by {encoder_name(space.encoder)}"
    return MapScene(
        places,
        ItemTexts(space),
        collection.fingerprint,
        f"Map of {about}",
        colour_by_column(space, colour),
        pictures=pictures_on_map(collection),
    )


def blended(first: Places, second: Places, share: float) -> Places:
    """Places on the way from the first map (share 0) to the second (share 1)."""
    return np.asarray((1 - share) * first + share * second, dtype=np.float32)


def _draw(maps: Maps, scene: MapScene, key: str, row: int | None, rows: Rows | None) -> None:
    marked: list[int] = []
    if row is not None and len(scene) > 1:
        near = both_neighbours(*maps.spaces, row, k=min(LISTED, len(scene) - 1))
        marked = (near.b if key == RIGHT else near.a).tolist()
    vector_map(
        scene,
        key=key,
        highlights=Highlights(row, marked, rows),
        words=written(maps.spaces[0].collection),
        height=HEIGHT,
        group=GROUP if key != MORPH else None,
        keep_view=key == MORPH,
        on_click=lambda: clicked(key, scene),
        on_select=lambda: _only(key, scene),
    )


def _only(key: str, scene: MapScene) -> None:
    """A shape on one map takes the place of one on the other."""
    if read_event(key, scene).selection is not None:
        for other in {LEFT, RIGHT} - {key}:
            clear_selection(other)


def _below(maps: Maps, row: int | None, rows: Rows | None) -> None:
    one, other = maps.spaces
    if row is None:
        st.info(
            "Click a point, or draw a lasso around an island: the same items light up on the other map. "
            "Thin lines lead to an item’s true neighbours by that encoder.",
            icon=":material/touch_app:",
        )
    elif len(one) > 1:
        with st.container(border=True):
            both_lists(one, other, row, k=LISTED)
    if rows is not None:
        st.markdown(f"**Selection: {len(rows):,} items**")
        show_table(places_table(maps, rows, "selected_on_both_maps.csv"))
    twin = table_twin("Both maps as a table", key="maps_twin")
    if twin.open:
        with twin:
            show_table(places_table(maps, np.arange(len(one)), "both_maps.csv"))


def places_table(maps: Maps, rows: Rows, file: str) -> Table:
    """Some items with their places on both maps; the file has all of them, with their whole texts."""
    return Table(
        _places(maps, rows[:SHOWN], cut=300),
        "Places on both maps",
        height=400,
        caption=f"The first {SHOWN:,} of {len(rows):,}; the download holds all." if len(rows) > SHOWN else "",
        label="Places on both maps (CSV)",
        file=file,
        whole=lambda: _places(maps, rows, cut=None),
        settings=settings_of(maps.spaces[0], beside=encoder_name(maps.spaces[1].encoder), method=maps.method),
    )


def _places(maps: Maps, rows: Rows, cut: int | None) -> pa.Table:
    at = zip(names_of(maps.spaces), maps.places, strict=True)
    then = {f"{name} {axis}": each[rows, column] for name, each in at for column, axis in enumerate("xy")}
    return items_of(maps.spaces[0].collection, rows, then=then, cut=cut)
