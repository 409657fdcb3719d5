"""The view over seeds: the same map drawn five times, what stays and what wanders."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from components.kit.ask import Pending, known, stream
from components.kit.link import select, selected_row
from components.kit.map import PLAIN_COLOURING, Colouring, Highlights, Outline, Signs, by_number, vector_map
from components.kit.widgets import pick
from components.kit.words import escape
from components.trust.asked import VIEW, Asked, obstacle, same_vectors, show_obstacle
from components.trust.five import five_maps
from components.trust.island_panel import island_panel
from components.trust.islands import island_colours, island_names, islands_sentence, members, spread_sentence
from components.trust.proof import hull, inside_sentence, proof_sentence, telling_island
from components.trust.requests import Over, inside_request, known_layout, seeds_request, seeds_settings
from components.trust.scene import follow_click, scene_in
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
    blocked = same_vectors(space, asked)
    if blocked:
        show_obstacle(blocked)
        return
    request = seeds_request(space, asked.settings)
    wished = seeds_settings(asked.settings)
    pending, progress = Pending(), st.container()
    layouts = [known_layout(space, each) for each in wished]
    whole = known(request)
    row = selected_row(space)
    island = None if whole is None else _island(whole, row)
    if whole is not None:
        _say(space, asked, whole, island, pending)
    five_maps(layouts, whole, island, [each.seed for each in wished])
    if whole is not None and layouts[0] is not None:
        _result(space, layouts[0], whole, island, row)
    pending.show()
    stream(request, whole, lambda: [known_layout(space, each) for each in wished], progress)


def _nothing_random() -> None:
    st.info(
        "PCA has no random steps: every seed gives the same map. That it always comes out the same does not make it "
        "right, see its scores under “This map”.",
        icon=":material/info:",
    )
    st.button("Look at UMAP over five seeds", type="primary", on_click=test_islands)


def test_islands() -> None:
    """Show what other seeds make of a map’s islands, of UMAP where the map has no seeds; for callbacks."""
    st.session_state[VIEW] = "seeds"
    select(None)
    if st.session_state.get("method") == "PCA":
        st.session_state["method"] = "UMAP"


def _island(whole: Over, row: int | None) -> int | None:
    """The clicked point’s island; before a click the one that teaches most."""
    if row is None:
        return telling_island(whole[1])
    island = int(whole[1].islands.labels[row])
    return island if island >= 0 else None


def _say(space: Space, asked: Asked, whole: Over, island: int | None, pending: Pending) -> None:
    stability = whole[1]
    st.markdown(f"**{escape(islands_sentence(stability))}** {escape(spread_sentence(whole[0]))}")
    if island is None:
        return
    said = ["" if selected_row(space) is not None else "For example the outlined one:"]
    said += [stability.sentence(island), proof_sentence(stability, island)]
    inside = None if obstacle(space, asked) else pending.ask(inside_request(space, stability.islands, asked))
    if inside is not None:
        said.append(inside_sentence(stability, island, inside, asked.k))
    st.info(escape(" ".join(said).strip()), icon=":material/casino:")


def _result(space: Space, layout: Layout, whole: Over, island: int | None, row: int | None) -> None:
    spread = whole[0]
    picture, side = st.columns([0.72, 0.28], gap="small")
    with picture:
        way, halos = _way_control()
        scene = scene_in(space, layout, _colouring(whole, way))
        scene = replace(scene, halos=spread.spread if halos else None)
        vector_map(
            scene,
            key=KEY,
            highlights=_highlights(whole, layout, island, row),
            words=False,
            on_click=lambda: follow_click(KEY, scene),
        )
        if layout.dims == 3:
            st.caption("Halos are drawn on 2D maps only; colour the points by how far they wander.")
    with side:
        island_panel(space, layout, whole, island, row)


def _way_control() -> tuple[str, bool]:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        way = pick("Colour by", WAYS, key=SHOW, hide_label=True, kept=False)
        halos = st.toggle(
            "Halos",
            value=True,
            key="halos",
            bind="query-params",
            help="The radius is how far a point wanders over the five seeds.",
        )
    return way, bool(halos)


def _colouring(whole: Over, way: str) -> Colouring:
    spread, stability = whole
    if way == "islands":
        return island_colours(stability) if stability.islands.sizes else PLAIN_COLOURING
    high = float(np.quantile(spread.spread, 0.99))
    return by_number("how far it wanders", spread.spread, low=0, high=max(high, 1e-6))


def _highlights(whole: Over, layout: Layout, island: int | None, row: int | None) -> Highlights:
    stability = whole[1]
    rows = None if island is None else members(stability, island)
    corners = [] if rows is None or layout.dims != 2 else hull(layout.coordinates[rows])
    return Highlights(
        row,
        hits=rows if row is not None else None,
        names=island_names(stability, layout.coordinates),
        outlines=[Outline(corners)] if len(corners) > 2 else [],
        signs=Signs(halo="spread over five seeds", outline="the island that is told about"),
    )
