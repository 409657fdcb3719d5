"""What the views of the Trust page share: the map they ask about, its points, and what a click on one of them does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.app.frame import Page, in_place_of
from components.kit import caching
from components.kit.ask import Request, asking
from components.kit.evidence import Setting, settings_of
from components.kit.link import select
from components.kit.map import Colouring, MapScene
from components.kit.map.colouring import PLAIN
from components.kit.maps import clicked, layout_controls, scene_of
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.texts import how
from components.kit.widgets import pick
from components.kit.words import escape
from embeddings.errors import EmbeddingError
from embeddings.jobs.job import Job, Part
from embeddings.projections import Layout
from embeddings.ranks import check_k
from embeddings.space import Space
from embeddings.trust import PointTrust, Trust, point_trust
from embeddings.units import unit

VIEW, NEIGHBOURS = "look_at", "neighbours"
K = 10
# What the points of a map are coloured by, and where the choice is kept.
SHADE = "shade"
DISTANCE = "distance"
MOST = 200
BLOCK = 1_024


class Asked(NamedTuple):
    """What the controls say.

    Attributes:
        space: what is drawn.
        settings: how the map is drawn.
        k: how many neighbours count.
        metric: which neighbours in the space are the true ones.
    """

    space: Space
    settings: LayoutSettings
    k: int
    metric: str

    def said(self, **more: Setting) -> dict[str, Setting]:
        """The settings as every line of a file carries them."""
        method, dims, seed, params = self.settings
        each = {"method": method, "dims": dims, "seed": seed, "metric": self.metric, **params, "k": self.k, **more}
        return settings_of(self.space, **each)


class View(NamedTuple):
    """One view of the page: what it is called, the question that it answers, and what draws it."""

    title: str
    question: str
    draw: Callable[[Asked], None]


def trust_views(page: Page, views: Mapping[str, View]) -> None:
    """The map's own controls as on the Map page, how many neighbours count, and one of the views."""
    space, usual = page.space, usual_k(len(page.space))
    with page.corner:
        settings = layout_controls()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="one_row_trust"):
        view = pick("View", {name: each.title for name, each in views.items()}, key=VIEW, hide_label=True, kept=False)
        with st.popover(f"k = {st.session_state.get(NEIGHBOURS) or usual}", icon=":material/tune:", key="trust_k"):
            k = st.number_input(
                "Neighbours compared (k)",
                1,
                MOST,
                usual,
                key=NEIGHBOURS,
                bind="query-params",
                help="Each point is asked for its k nearest in the original space and its k nearest on the map.",
            )
    st.caption(views[view].question)
    body = in_place_of(views, view)
    how("trust")
    with body:
        views[view].draw(Asked(space, settings, int(k or usual), str(settings.params.get("metric", "cosine"))))


def usual_k(n: int) -> int:
    """10 as on the other pages, or as many as a small collection allows."""
    return max(1, min(K, (n - 1) // 2))


def obstacle(asked: Asked) -> str:
    """Why nothing can be said about maps of this space, as a sentence; empty where it can."""
    n = len(asked.space)
    try:
        check_k(asked.k, n, most=(n - 1) // 2)
    except EmbeddingError as error:
        return str(error)
    return same_vectors(asked)


def same_vectors(asked: Asked) -> str:
    """That nothing tells the items apart, as a sentence; empty where something does."""
    near = unit if asked.metric == "cosine" else np.asarray
    vectors = asked.space.vectors
    first = near(vectors[:BLOCK])[0]
    # Mostly the first block differs, and the others are not looked at.
    if all((near(vectors[start : start + BLOCK]) == first).all() for start in range(0, len(vectors), BLOCK)):
        return "All items have the same vector here, so none is nearer than another and no map can keep neighbours."
    return ""


def show_obstacle(sentence: str) -> None:
    """Say it beside what it is about."""
    st.warning(escape(sentence), icon=":material/info:")


def one_place(layout: Layout) -> bool:
    """Whether all points of a map lie on one place."""
    return bool((layout.coordinates == layout.coordinates[0]).all())


def trust_request(asked: Asked, layouts: list[Layout]) -> Request[tuple[Trust, ...]]:
    """The job that scores maps; those not known yet are worked out together."""
    return asking("trust", asked.space, layouts=layouts, k=asked.k, metric=asked.metric)


def point_of(asked: Asked, layout: Layout, row: int) -> PointTrust:
    """One point of the map that is asked about, worked out once."""
    name = f"point|{layout_request(asked.space, asked.settings).key}|{row}|{asked.k}|{asked.metric}"
    return caching.remembered(name, lambda: point_trust(asked.space, layout, row, k=asked.k, metric=asked.metric))


def known_layouts(space: Space, wished: list[LayoutSettings]) -> list[Layout | None]:
    """The maps that are there already, None for the others."""
    return [caching.outcomes().get(layout_request(space, each).key) for each in wished]


def draw_all(space: Space, wished: list[LayoutSettings], job: Job) -> list[Layout]:
    """Draw maps one after the other, each shown as soon as it is there."""
    return [
        layout_request(space, settings).within(Part(job, number, len(wished))) for number, settings in enumerate(wished)
    ]


def scene_in(space: Space, layout: Layout, colouring: Colouring) -> MapScene:
    """The points of a map in colours of this page."""
    return replace(scene_of(space, layout, PLAIN, PLAIN), colouring=colouring)


def follow_click(key: str, scene: MapScene) -> None:
    """Look at the point that was clicked; for callbacks."""
    clicked(key, scene, look_at)


def look_at(row: int | None) -> None:
    """Make a row the selected item, and colour the map by the true distance to it; None selects nothing."""
    select(row)
    if row is not None:
        st.session_state[SHADE] = DISTANCE
