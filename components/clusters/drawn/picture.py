"""The map of clusters, with what is laid over it."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.clusters import state
from components.clusters.drawn.scene import NONE, OUTLINES, cluster_highlights, cluster_scene
from components.clusters.looked import Looked
from components.kit.link import select, selected_row
from components.kit.map import MapScene, inside, read_event, vector_map
from components.kit.widgets import pick
from components.kit.words import escape, shorten
from embeddings.clusters import NOISE

KEY = "cluster_map"
OUTLINED, SIZED, NAMED = "outline", "by_probability", "names_on_map"


def cluster_picture(looked: Looked) -> MapScene:
    """Draw the map and the switches below it."""
    place = st.container()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        outlined = _outline_control()
        named = st.toggle("Names", value=True, key=NAMED, bind="query-params", persist_state="session")
        sized = looked.clustering.probabilities is not None and st.toggle(
            "Size by probability",
            value=True,
            key=SIZED,
            bind="query-params",
            persist_state="session",
            help="Small points belong to their cluster less firmly.",
        )
    scene = cluster_scene(looked, sized=bool(sized))
    cluster = state.chosen_cluster(looked.clustering.count)
    highlights = cluster_highlights(
        looked, scene.colouring, outlined=outlined, cluster=cluster, row=selected_row(looked.space), named=named
    )
    with place:
        vector_map(
            scene,
            key=KEY,
            highlights=highlights,
            words=False,
            height=540,
            on_click=lambda: _clicked(scene),
            on_select=_forget_cluster,
        )
    row = selected_row(looked.space)
    if row is not None:
        st.caption(escape(item_sentence(looked, row)))
    return scene


def item_sentence(looked: Looked, row: int) -> str:
    """Where the selected item belongs."""
    label = int(looked.clustering.labels[row])
    where = "is in no cluster (noise)" if label == NOISE else f"is in cluster {looked.numbered[label]}"
    firm = looked.clustering.probabilities
    how = "" if firm is None or label == NOISE else f", with probability {firm[row]:.2f}"
    return f"“{shorten(looked.space.collection.text(row), 100)}” {where}{how}."


def lassoed(looked: Looked, scene: MapScene) -> NDArray[np.intp]:
    """Rows within the shape drawn on the map."""
    selection = read_event(KEY, scene).selection
    if selection is None:
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero(inside(selection.polygon, looked.layout.coordinates))


def _outline_control() -> str:
    return pick(
        "Outlines",
        OUTLINES,
        key=OUTLINED,
        default=NONE,
        help="A hull also covers what lies between the parts of a cluster that the map tore apart; contours do not.",
        hide_label=True,
    )


def _clicked(scene: MapScene) -> None:
    event = read_event(KEY, scene)
    if event.clicked is not None:
        select(event.clicked)


def _forget_cluster() -> None:
    state.choose_cluster(None)
