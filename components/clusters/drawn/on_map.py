"""Colouring the Map page by clusters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from components.clusters import state
from components.clusters.drawn.colouring import cluster_colouring
from components.clusters.drawn.scene import map_names
from components.clusters.looked import MAP, ClusterSettings, Looked
from components.clusters.names.naming import named
from components.clusters.names.ways import Naming
from components.clusters.request import clusters_request
from components.clusters.verdict import heading
from components.kit import link
from components.kit.ask import Pending
from components.kit.map import PLAIN_COLOURING, Colouring, MapName
from components.kit.spaces import LayoutSettings
from components.kit.words import escape
from embeddings.errors import EmbeddingError
from embeddings.projections import Layout
from embeddings.space import Space


class ByClusters(NamedTuple):
    """Clusters as the colours of a map.

    Attributes:
        colouring: the colours, plain while they are being found or where there are none; None leaves the map's own.
        said: what is said of them, as Markdown.
        names: of the clusters, where they are densest on this map.
    """

    colouring: Colouring | None
    said: str
    names: Sequence[MapName] = ()


def colour_the_map(settings: ClusterSettings, naming: Naming) -> None:
    """A button that opens the Map page in the colours of these clusters."""
    if st.button("Colour the map", icon=":material/palette:", key="colour_the_map_by_clusters"):
        colour = state.put_on_map(settings, naming)
        st.session_state["colour"] = colour
        text = state.to_text(settings, naming)
        link.go_to(link.MAP, query_params={"colour": colour, state.GROUPING: text})


def by_clusters(space: Space, colour: str, drawn: tuple[Layout, LayoutSettings], pending: Pending) -> ByClusters | None:
    """The colours of the clusters that the map's choice names; None where it names none. Stops no script."""
    asked = state.by_label().get(colour)
    if asked is None:
        link.carry(state.GROUPING, "")
        return _unreadable()
    settings, naming = asked
    layout, layout_settings = drawn
    link.carry(state.GROUPING, state.to_text(settings, naming))
    if settings.of == MAP and layout.dims != 2:
        return ByClusters(PLAIN_COLOURING, "These are clusters of a 2D map: choose 2D to see them.")
    request = clusters_request(space, settings, layout)
    key, found = request.key, pending.ask_or_why_not(request)
    if found is None:
        return ByClusters(PLAIN_COLOURING, f"Finding clusters by {settings.method} …")
    if isinstance(found, EmbeddingError):
        return ByClusters(PLAIN_COLOURING, f":material/error: {escape(str(found))}")
    clustering = found[0]
    names = state.called(key, named(space, clustering, key, naming, pending).names)
    looked = Looked(space, clustering, key, found[1], settings, layout, layout_settings, names)
    colouring = cluster_colouring(clustering, looked.numbered)
    where = "of this map, not of the original space" if settings.of == MAP else "of the original space"
    notes = " ".join(clustering.notes)
    said = (
        f"Colour: {settings.method}, clusters {where}, seed {settings.seed}. {heading(clustering, space.collection)}. "
    )
    return ByClusters(colouring, escape(said + notes), map_names(looked, colouring))


def _unreadable() -> ByClusters | None:
    try:
        state.current()
    except EmbeddingError as error:
        return ByClusters(None, f":material/error: {escape(str(error))}")
    return None
