"""How clusters are computed, with the sources."""

from __future__ import annotations

import streamlit as st


def how_computed() -> None:
    """The expander below everything."""
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "**Clusters** are found in the original space unless the map is chosen; by cosine all vectors are first "
            "scaled to length 1, so that near is the same. K-means takes the tightest of several starts (Lloyd 1982; "
            "Arthur & Vassilvitskii 2007), Ward and average linkage merge until one group is left (Ward 1963; Sokal & "
            "Michener 1958), HDBSCAN keeps the branches of a tree of densities that last longest (Campello, Moulavi & "
            "Sander 2013), and the Gaussian mixture fits overlapping clouds of one shape to the first principal "
            "components (Dempster, Laird & Rubin 1977). A *probability* is how firmly an item belongs: the share of "
            "its cloud in the mixture, and in HDBSCAN its density against the densest item of its cluster. Noise given "
            "to the nearest cluster goes to that of the nearest clustered item, with probability 0.\n\n"
            "**Scores.** The silhouette is the mean of (b − a) / max(a, b), with a the mean distance to the items of "
            "one’s own cluster and b to those of the nearest other (Rousseeuw 1987); of more than 3,000 items a random "
            "sample is taken. Caliński–Harabasz holds variance between clusters against variance within (1974), "
            "Davies–Bouldin the spread of clusters against their distances (1979), and the gap statistic the spread "
            "within clusters against that of data without any (Tibshirani, Walther & Hastie 2001).\n\n"
            "**Names.** *Nearest words*: the frequent words whose vectors are nearest to the cluster’s centre, after "
            "the mean of all items and of all words is taken away. *Own words*: class-based TF-IDF, tf(t, c) · log(1 + "
            "A / f(t)) (Grootendorst 2022), the forms of a word counted as one (equal stems, Porter 1980). "
            "*Labels*: the label nearest to most items (zero-shot, Radford et al. 2021), each label in six templates. "
            "Names stand where a cluster is densest on the map, and say what it has in common with words: they "
            "are no proof that the cluster is one thing."
        )
