"""What clusters of a map are worth: a warning, and how they differ from those of the original space."""

from __future__ import annotations

import streamlit as st

from components.clusters.looked import SPACE, ClusterSettings
from components.clusters.request import clusters_request
from components.kit.ask import Pending
from components.kit.words import escape
from embeddings.clusters import Clustering, find_clustering
from embeddings.clusters.agreement import overlap
from embeddings.errors import EmbeddingError
from embeddings.projections import Layout
from embeddings.space import Space

SAME, ALIKE, LITTLE = 0.9, 0.6, 0.3


def map_warning(
    space: Space, settings: ClusterSettings, clustering: Clustering, layout: Layout, pending: Pending
) -> None:
    """The warning, and the adjusted Rand index with the same method in the original space."""
    metric = find_clustering(settings.method).metric
    there = settings._replace(of=SPACE, params={**settings.params, "metric": metric})
    found = pending.ask(clusters_request(space, there, layout))
    if found is None:
        said = "How they differ from those of the original space is being computed …"
    elif isinstance(found, EmbeddingError):
        said = f"In the original space there are none to compare with: {found}"
    else:
        said = difference(overlap(clustering, found[0]).ari, settings.method, metric)
    st.warning(escape(f"{clustering.notes[0]} {said}"), icon=":material/warning:")


def difference(ari: float, method: str, metric: str) -> str:
    """How alike both clusterings are, in a sentence."""
    how = (
        "nearly the same groups"
        if ari >= SAME
        else "similar groups"
        if ari >= ALIKE
        else "partly other groups"
        if ari >= LITTLE
        else "quite other groups"
    )
    return (
        f"{method} in the original space (by {metric}) gives {how}: ARI {ari:.2f} between both, where 1 is the same "
        "and 0 is chance."
    )
