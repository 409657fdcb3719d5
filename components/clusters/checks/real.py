"""Are these clusters real? Known labels, the map, stability and noise, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.clusters.checks.against_labels import labels_panel
from components.clusters.checks.asked import Asking
from components.clusters.checks.elsewhere import elsewhere_panel
from components.clusters.checks.found_again import stability_panel
from components.clusters.checks.in_noise import noise_panel
from components.clusters.checks.real_how import how_real
from components.clusters.request import Checked
from components.kit.ask import Pending
from embeddings.clusters import Clustering
from embeddings.projections import Layout
from embeddings.space import Space


def real_panel(
    space: Space,
    clustering: Clustering,
    names: Sequence[str] = (),
    *,
    layout: Layout | None = None,
    of_map: bool = False,
    pending: Pending | None = None,
) -> None:
    """Everything that says how far the clusters can be trusted; it stops no script.

    Args:
        space: what was clustered, or whose map was.
        clustering: its clusters; they are their own key, however they came about.
        names: what the clusters are called; by default “cluster 1” and so on.
        layout: the map to compare with; None leaves that part out, and so do clusters of the map itself.
        of_map: whether they are clusters of this layout and not of the space.
        pending: where progress is shown; the caller's, which he shows last. One of its own without it.
    """
    checked = Checked(space, clustering, layout if of_map else None)
    asking = Asking(pending or Pending())
    called = tuple(names) or tuple(f"cluster {number + 1}" for number in range(clustering.count))
    if clustering.count == 0:
        st.info("There is no cluster here, so there is nothing to check: all items are noise.", icon=":material/info:")
        return
    left, right = st.columns(2, gap="large")
    with left:
        stability_panel(checked, called, asking)
    with right:
        noise_panel(checked, asking)
    st.divider()
    labels_panel(space.collection, clustering, called)
    if layout is not None and not of_map:
        st.divider()
        elsewhere_panel(checked, called, layout, asking)
    how_real()
    if pending is None:
        asking.pending.show()
