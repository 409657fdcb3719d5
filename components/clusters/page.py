"""The Clusters page put together: settings, map, list, items, and what to think of it."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.app.frame import Page
from components.clusters import state
from components.clusters.controls import layout_control, settings_controls
from components.clusters.drawn.on_map import colour_the_map
from components.clusters.drawn.picture import cluster_picture, lassoed
from components.clusters.how import how_computed
from components.clusters.items import cluster_panel, selection_panel, whole_export
from components.clusters.listing import cluster_list
from components.clusters.looked import MAP, ClusterSettings, Looked
from components.clusters.map_warning import map_warning
from components.clusters.names.naming import Named, named
from components.clusters.names.naming_control import naming_control
from components.clusters.request import clusters_request
from components.clusters.verdict import heading, verdict
from components.clusters.views import views
from components.kit import link
from components.kit.ask import Pending, ask, ask_or_why_not
from components.kit.map import MapScene
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.words import escape
from embeddings.clusters import Clustering
from embeddings.clusters.scores import ClusterScores
from embeddings.errors import EmbeddingError
from embeddings.projections import Layout
from embeddings.space import Space


class Made(NamedTuple):
    """Clusters as they were found, with the map they are drawn on."""

    key: str
    clustering: Clustering
    scores: ClusterScores
    layout: Layout
    layout_settings: LayoutSettings


def clusters_page(page: Page) -> None:
    """Everything of the page beside its heading."""
    space = page.space
    with page.corner, st.container(horizontal=True, horizontal_alignment="right"):
        wished = layout_control()
    settings = settings_controls(space)
    pending = Pending()
    made = _made(space, settings, wished, pending)
    if made is not None:
        state.only_of(made.key)
        _said(space, settings, made, pending)
        looked = _results(space, settings, made, pending)
        views(looked, pending)
        link.show({state.CLUSTER: ""})
    how_computed()
    pending.show()


def _made(space: Space, settings: ClusterSettings, wished: LayoutSettings, pending: Pending) -> Made | None:
    """The clusters and their map; None, with the reason in their place, where there are none."""
    if len(space) < 2:
        st.info(f"Clusters need at least 2 items, and this collection has {len(space)}.", icon=":material/info:")
        return None
    layout, drawn = _layout(space, wished, pending, of_map=settings.of == MAP)
    request = clusters_request(space, settings, layout)
    found = ask_or_why_not(request)
    if isinstance(found, EmbeddingError):
        st.error(escape(str(found)))
        return None
    return Made(request.key, *found, layout, drawn)


def _layout(space: Space, settings: LayoutSettings, pending: Pending, *, of_map: bool) -> tuple[Layout, LayoutSettings]:
    """The wanted map; while it is being drawn, the quick PCA map, unless its own clusters are wanted."""
    if of_map:
        return ask(layout_request(space, settings)), settings
    layout = pending.ask(layout_request(space, settings))
    if layout is not None:
        return layout, settings
    quick = settings._replace(method="PCA", params={})
    return ask(layout_request(space, quick)), quick


def _said(space: Space, settings: ClusterSettings, made: Made, pending: Pending) -> None:
    """What was found, in plain words, and every note of the method."""
    clustering = made.clustering
    if settings.of == MAP:
        map_warning(space, settings, clustering, made.layout, pending)
    dimensions = 2 if settings.of == MAP else space.dimension
    title = heading(clustering, space.collection)
    st.markdown(f"**{escape(title)}.** {escape(verdict(clustering, made.scores, dimensions=dimensions))}")
    for note in clustering.notes[1 if settings.of == MAP else 0 :]:
        st.caption(f":material/info: {escape(note)}")


def _results(space: Space, settings: ClusterSettings, made: Made, pending: Pending) -> Looked:
    """The map on the left, the list on the right, and the items of what was picked below."""
    picture, side = st.columns([0.58, 0.42], gap="medium")
    with side, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        naming = naming_control(space)
        colour_the_map(settings, naming)
    found = named(space, made.clustering, made.key, naming, pending)
    names = state.called(made.key, found.names)
    looked = Looked(space, made.clustering, made.key, made.scores, settings, made.layout, made.layout_settings, names)
    with picture:
        scene = cluster_picture(looked)
        if made.layout_settings.method == "PCA":
            st.caption("Drawn by PCA: two of many dimensions.")
    with side:
        if found.said:
            st.caption(escape(found.said))
        cluster_list(looked, found, scene.colouring)
        with st.container(horizontal=True, gap="small"):
            whole_export(looked)
    _picked(looked, found, scene)
    return looked


def _picked(looked: Looked, found: Named, scene: MapScene) -> None:
    rows = lassoed(looked, scene)
    if len(rows):
        selection_panel(looked, rows)
    cluster = state.chosen_cluster(looked.clustering.count)
    if cluster is not None:
        cluster_panel(looked, found, cluster)
