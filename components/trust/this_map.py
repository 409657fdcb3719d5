"""The view of one map: what it did to each point's neighbours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st

from components.kit.ask import Pending
from components.kit.link import selected_row
from components.kit.map import PLAIN_COLOURING, Colouring, Highlights, vector_map
from components.kit.maps import layout_or_quick
from components.kit.spaces import LayoutSettings
from components.kit.widgets import pick
from components.kit.words import escape
from components.trust import colours
from components.trust.asked import Asked, obstacle, show_obstacle
from components.trust.filtering import Picked, filter_control
from components.trust.point_panel import nothing_clicked, point_panel
from components.trust.points import picked_points, points_twin
from components.trust.requests import point_of, trust_request
from components.trust.scene import follow_click, scene_in
from components.trust.scores_panel import scores_panel
from components.trust.seeds import test_islands
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.trust import PointTrust, Trust, trust_sentence

KEY = "trust_map"


class Looked(NamedTuple):
    """A map and what is known of it.

    Attributes:
        layout: the map.
        trust: its scores; None while they are worked out.
        row: the clicked item.
        point: the same item's neighbours.
    """

    layout: Layout
    trust: Trust | None
    row: int | None
    point: PointTrust | None


def this_map(space: Space, asked: Asked) -> None:
    """Everything of the view."""
    blocked = obstacle(space, asked)
    if blocked:
        show_obstacle(blocked)
    pending = Pending()
    layout, settings = layout_or_quick(space, asked.settings, pending)
    flat = bool((layout.coordinates == layout.coordinates[0]).all())
    if flat and not blocked:
        show_obstacle("All points of this map lie on one place, so it shows no neighbours.")
    scored = None if blocked or flat else pending.ask(trust_request(space, [layout], asked))
    trust = None if scored is None else scored[0]
    row = selected_row(space)
    point = None if row is None or blocked or flat else point_of(space, layout, settings, row, asked)
    looked = Looked(layout, trust, row, point)
    _say(looked, drawn=settings, wished=asked.settings, testable=not blocked and not flat)
    found = _draw(space, looked, asked)
    if trust is not None:
        if found is not None:
            picked_points(space.collection, trust, found)
        scores_panel(space, layout, trust, asked, pending)
        points_twin(space.collection, trust)
    pending.show()


def _say(looked: Looked, *, drawn: LayoutSettings, wished: LayoutSettings, testable: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if looked.trust is not None:
            st.markdown(f"**{escape(trust_sentence(looked.trust))}**", width="content")
        if testable:
            st.button(
                "Are UMAP’s islands real?" if wished.method == "PCA" else "Are its islands real?",
                icon=":material/casino:",
                type="primary",
                on_click=test_islands,
                help="Draws the map with five seeds and looks which of its islands come back.",
            )
    if drawn != wished:
        st.caption(f"The map you chose is being drawn; until it is there, this is the quick {drawn.method} map.")


def _draw(space: Space, looked: Looked, asked: Asked) -> Picked | None:
    """The map and the panel beside it; what the filter leaves."""
    picture, side = st.columns([0.72, 0.28], gap="small")
    with picture:
        shade, found = _controls(looked)
        place = st.container()
        st.caption(colours.EXPLAINED[shade])
    scene = scene_in(space, looked.layout, _colouring(looked, shade, asked))
    with place:
        vector_map(
            scene,
            key=KEY,
            highlights=_highlights(looked, found),
            words=space.collection.kind != "image",
            on_click=lambda: follow_click(KEY, scene),
        )
    with side:
        if looked.row is not None and looked.point is not None:
            point_panel(space, looked.row, looked.point, metric=asked.metric)
        else:
            nothing_clicked(space.collection, looked.trust)
    return found


def _controls(looked: Looked) -> tuple[str, Picked | None]:
    row = looked.row
    offered = {shade: title for shade, title in colours.SHADES.items() if shade != colours.DISTANCE or row is not None}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        shade = pick(
            "Colour by",
            offered,
            key=colours.SHADE,
            default=colours.KEPT if row is None else colours.DISTANCE,
            hide_label=True,
            kept=False,
        )
        return shade, filter_control(shade, looked.trust)


def _colouring(looked: Looked, shade: str, asked: Asked) -> Colouring:
    if shade == colours.DISTANCE and looked.point is not None and looked.row is not None:
        return colours.true_distance(looked.point, looked.row, metric=asked.metric)
    return PLAIN_COLOURING if looked.trust is None else colours.shade_of(shade, looked.trust)


def _highlights(looked: Looked, found: Picked | None) -> Highlights:
    hits = None if found is None else found.rows
    if looked.point is None:
        return Highlights(looked.row, hits=hits)
    if hits is not None:
        hits = np.union1d(hits, [*looked.point.true, *looked.point.false])
    return Highlights(looked.row, looked.point.true.tolist(), hits, crossed=looked.point.false.tolist())
