"""The view over seeds: the same map drawn five times, what stays and what wanders."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from components.item import selected_row
from components.look import is_dark
from components.map import PLAIN_COLOURING, Colouring, Highlights, Signs, by_number, vector_map
from components.text import escape, shorten, table_csv
from components.trust.asked import Asked
from components.trust.islands import (
    heart,
    island_colours,
    island_names,
    island_table,
    islands_sentence,
    matches_sentence,
    member_table,
    members,
    spread_sentence,
)
from components.trust.requests import known_layout, seeds_request, seeds_settings
from components.trust.scene import follow_click, look_at, scene_in
from components.trust.small_map import known_small_map
from components.trust.streaming import known, stream
from embeddings.jobs.trusting import Over
from embeddings.projections import Layout
from embeddings.space import Space

KEY = "seeds_map"
SHOW = "seeds_by"
WAYS = {"islands": "Islands that come back", "spread": "How far points wander"}


def over_seeds(space: Space, asked: Asked) -> None:
    """Everything of the view."""
    if asked.settings.method == "PCA":
        _nothing_random()
        return
    request = seeds_request(space, asked.settings)
    wished = seeds_settings(asked.settings)
    progress = st.container()
    layouts = [known_layout(space, each) for each in wished]
    whole = known(request)
    if whole is not None and layouts[0] is not None:
        _result(space, layouts[0], whole, [each.seed for each in wished])
    _five(layouts, whole, [each.seed for each in wished])
    stream(request, lambda: [known_layout(space, each) for each in wished], progress)


def _nothing_random() -> None:
    st.info(
        "PCA has no random steps: every seed gives the same map. That it always comes out the same does not make it "
        "right, see its scores under “This map”.",
        icon=":material/info:",
    )
    st.button("Look at UMAP over five seeds", type="primary", on_click=_use_umap)


def _use_umap() -> None:
    st.session_state["method"] = "UMAP"


def _result(space: Space, layout: Layout, whole: Over, seeds: list[int]) -> None:
    spread, stability = whole
    st.markdown(f"**{escape(islands_sentence(stability))}**")
    st.caption(
        f"{spread_sentence(spread)} An island that comes back is a habit of the method in this space; one that does "
        "not is an accident of the seed. Neither proves a group: see which neighbours are kept under “This map”."
    )
    row = selected_row(space)
    picture, side = st.columns([0.72, 0.28], gap="small")
    with picture:
        way = _way_control()
        halos = st.session_state.get("halos", True)
        scene = scene_in(space, layout, _colouring(whole, way))
        scene = replace(scene, halos=spread.spread if halos else None)
        vector_map(
            scene,
            key=KEY,
            highlights=_highlights(whole, layout, row),
            words=False,
            on_click=lambda: follow_click(KEY, scene),
        )
        if layout.dims == 3:
            st.caption("Halos are drawn on 2D maps only; colour the points by how far they wander.")
    with side:
        _beside(space, layout, whole, row, seeds)


def _way_control() -> str:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        way = st.segmented_control(
            "Colour by",
            list(WAYS),
            default="islands",
            format_func=WAYS.__getitem__,
            key=SHOW,
            bind="query-params",
            required=True,
            label_visibility="collapsed",
        )
        st.toggle("Halos", value=True, key="halos", help="The radius is how far a point wanders over the five seeds.")
    return str(way or "islands")


def _colouring(whole: Over, way: str) -> Colouring:
    spread, stability = whole
    if way == "islands":
        return island_colours(stability) if stability.islands.sizes else PLAIN_COLOURING
    high = float(np.quantile(spread.spread, 0.99))
    return by_number("how far it wanders", spread.spread, low=0, high=max(high, 1e-6))


def _highlights(whole: Over, layout: Layout, row: int | None) -> Highlights:
    _, stability = whole
    island = -1 if row is None else int(stability.islands.labels[row])
    return Highlights(
        row,
        hits=members(stability, island) if island >= 0 else None,
        names=island_names(stability, layout.coordinates),
        signs=Signs(halo="spread over five seeds"),
    )


def _beside(space: Space, layout: Layout, whole: Over, row: int | None, seeds: list[int]) -> None:
    with st.container(border=True):
        if row is None:
            st.markdown("**Click an island**")
            st.caption("You will see its members, and on which of the five maps it appears. Or choose one here:")
        else:
            _island_of(space, whole, row, seeds)
        _all_islands(space, layout, whole)


def _island_of(space: Space, whole: Over, row: int, seeds: list[int]) -> None:
    spread, stability = whole
    island = int(stability.islands.labels[row])
    st.text(shorten(space.collection.text(row), 120))
    if island < 0:
        st.markdown("This point lies between islands.")
        return
    st.markdown(f"**{escape(stability.sentence(island))}**")
    st.caption(escape(matches_sentence(stability, island, seeds)))
    table = member_table(space.collection, stability, island, spread.spread)
    st.dataframe(
        table.drop_columns(["row"]),
        hide_index=True,
        height=min(260, 35 * (table.num_rows + 1) + 3),
        column_config={
            "item": st.column_config.TextColumn("item", width=150),
            "wanders by": st.column_config.NumberColumn("wanders by", format="%.2f", width=80),
        },
        alt="The island’s members",
    )
    st.download_button(
        "Members (CSV)",
        lambda: table_csv(table),
        "island.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _all_islands(space: Space, layout: Layout, whole: Over) -> None:
    stability = whole[1]
    if not stability.islands.sizes:
        return
    table = island_table(space.collection, stability, layout.coordinates)
    st.caption("All islands, the largest first")
    st.dataframe(
        table,
        hide_index=True,
        height=min(330, 35 * (table.num_rows + 1) + 3),
        column_config={
            "around": st.column_config.TextColumn("around", width=110),
            "points": st.column_config.NumberColumn("points", width=55),
            "appears on": st.column_config.TextColumn("appears on", width=75),
            "mean overlap": st.column_config.NumberColumn("overlap", format="%.2f", width=65),
        },
        on_select=lambda: _follow(layout, whole),
        selection_mode="single-cell",
        key="islands_table",
        alt="Islands of the map, their size and on how many of five maps they appear",
    )


def _follow(layout: Layout, whole: Over) -> None:
    picked = st.session_state["islands_table"]["selection"]["cells"]
    if picked:
        look_at(heart(whole[1], picked[0][0], layout.coordinates))


def _five(layouts: list[Layout | None], whole: Over | None, seeds: list[int]) -> None:
    """The five maps in the colours of the first one’s islands, those that are there."""
    dark = is_dark()
    colouring = PLAIN_COLOURING if whole is None else _colouring(whole, "islands")
    if any(layouts):
        st.caption(
            "The five maps, laid over the first by shift, turn, mirror and size; colours as on the first."
            if whole is not None
            else "The maps as they come; they are laid over each other when all are there."
        )
    for number, (place, layout, seed) in enumerate(zip(st.columns(len(seeds)), layouts, seeds, strict=True)):
        if layout is None:
            continue
        places = layout.coordinates if whole is None else whole[0].places[number]
        place.image(known_small_map(places, colouring, dark=dark), width="stretch", alt=f"Map of seed {seed}")
        place.caption(f"seed {seed}")
