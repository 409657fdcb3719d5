"""What is asked on the Trust page: which map, which view, and how many neighbours count."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from components.kit.maps import layout_controls
from components.kit.spaces import LayoutSettings
from components.kit.widgets import pick
from components.kit.words import escape
from embeddings.errors import EmbeddingError
from embeddings.ranks import check_k
from embeddings.space import Space
from embeddings.trust.scores import K
from embeddings.units import unit

VIEW, NEIGHBOURS = "look_at", "neighbours"
VIEWS = {"map": "This map", "seeds": "Over five seeds", "methods": "Three methods", "settings": "Settings of UMAP"}
MOST = 200


class Asked(NamedTuple):
    """What the controls say.

    Attributes:
        settings: how the map is drawn.
        k: how many neighbours count.
        metric: which neighbours in the space are the true ones.
    """

    settings: LayoutSettings
    k: int
    metric: str


def view_control() -> str:
    """Which of the four views is open."""
    return pick("View", VIEWS, key=VIEW, hide_label=True, kept=False)


def controls(space: Space) -> Asked:
    """The map's own controls, as on the Map page."""
    settings = layout_controls()
    return Asked(settings, usual_k(len(space)), str(settings.params.get("metric", "cosine")))


def k_control(space: Space) -> int:
    """How many neighbours count."""
    return int(
        st.number_input(
            "Neighbours that count (k)",
            1,
            MOST,
            usual_k(len(space)),
            key=NEIGHBOURS,
            bind="query-params",
            width=190,
            help="A point is asked for its k nearest in the original space and its k nearest on the map.",
        )
        or usual_k(len(space))
    )


def usual_k(n: int) -> int:
    """15, or as many as a small collection allows."""
    return max(1, min(K, (n - 1) // 2))


def obstacle(space: Space, asked: Asked) -> str:
    """Why nothing can be said about maps of this space, as a sentence; empty where it can."""
    try:
        check_k(asked.k, len(space), most=(len(space) - 1) // 2)
    except EmbeddingError as error:
        return str(error)
    return same_vectors(space, asked)


def same_vectors(space: Space, asked: Asked) -> str:
    """That nothing tells the items apart, as a sentence; empty where something does."""
    vectors = unit(space.vectors) if asked.metric == "cosine" else space.vectors
    if (vectors == vectors[0]).all():
        return "All items have the same vector here, so none is nearer than another and no map can keep neighbours."
    return ""


def show_obstacle(sentence: str) -> None:
    """Say it beside what it is about."""
    st.warning(escape(sentence), icon=":material/info:")
