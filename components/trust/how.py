"""How trust is computed, with the sources."""

from __future__ import annotations

import streamlit as st


def how_computed() -> None:
    """The expander below everything."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "**Neighbours.** For each point, its k nearest items in the original space (exact search, by the metric of "
            "the map’s settings, cosine by default) and its k nearest points on the map (Euclidean). In both lists: "
            "*kept*. Truly near but not on the map: *missing*. On the map only: *false*. Both lists hold k, so there "
            "are as many false as missing ones. What is as near as the last true neighbour is a true neighbour too; "
            "what has nothing in common with a point (no word of it, say) is none. A random map keeps k / (n − 1) of "
            "them, more where neighbours are tied. Points on one place of the map come in a random "
            "order, the same every time.\n\n"
            "**Trustworthiness and continuity** (Venna & Kaski 2001, *Neighborhood preservation in nonlinear "
            "projection methods*) also ask how wrong: a false neighbour costs its true rank beyond k, a missing one "
            "its rank on the map beyond k; 1 is perfect. They agree with scikit-learn’s `trustworthiness`. Beyond "
            "20,000 items a random sample of as many is scored, each among all.\n\n"
            "**Shepard diagram** (Shepard 1962): true distance and distance on the map of all pairs, or of 200,000 "
            "random ones (seed 0); ρ is Spearman’s rank correlation. **Explained variance**: the share of the total "
            "variance along the axes of PCA (Pearson 1901; Hotelling 1933). **Neighbourhood hit** (Paulovich et al. "
            "2008): the share of a point’s k nearest that have its label, here beside the same share in the space, "
            "because a map may look tidier than its space.\n\n"
            "**Over seeds.** The map is drawn with five seeds, one after the other; each is laid over the first by "
            "shift, rotation, reflection and scale (orthogonal Procrustes: Gower 1975; Schönemann 1966). A halo’s "
            "radius is the root mean square distance of a point’s five places from their mean. Islands are the "
            "clusters that HDBSCAN finds on the map’s places (Campello, Moulavi & Sander 2013; at least 1 % of the "
            "points, at least 5). An island appears on another map when it shares more than half (Jaccard) with one "
            "island there (Hennig 2007). *True neighbours on it*: of its points’ k nearest in the space the share that "
            "lies on the same island; a random island of m points would hold (m − 1) / (n − 1) of them.\n\n"
            "**Settings.** All cells of the grid are laid out by UMAP (McInnes, Healy & Melville 2018) from one graph "
            "of nearest neighbours and with one seed.\n\n"
            "**What may not be concluded.** A high score says that near is near, not that gaps, sizes or the shape of "
            "islands mean anything; a picture that comes back under every seed can be wrong every time in the same way."
        )
