"""How the checks of clusters are computed, with the sources."""

from __future__ import annotations

import streamlit as st

from components.clusters.request import DRAWS
from embeddings.clusters.noise import DRAWS as NOISES


def how_real() -> None:
    """The expander below the checks."""
    with st.expander("How are these checks computed?", icon=":material/functions:", key="how_real"):
        st.markdown(
            f"**Stability.** {DRAWS} bootstrap samples are drawn from the items (each counts once, so about 63 % of "
            "them) and clustered by the same method with the same settings. For each cluster the most similar one of "
            "the sample is sought: the Jaccard similarity is the number of items that both hold, divided by those "
            "that either holds. Its mean over the samples is read in the steps of Hennig (2007, *Cluster-wise "
            "assessment of cluster stability*): from .75 stable, from .6 a pattern whose members are doubtful, below "
            "that not to be trusted. Whiskers hold eight of ten samples. A stable cluster need not be a true one: a "
            "method can impose the same cut again and again.\n\n"
            f"**Noise.** {NOISES} sets of Gaussian noise with the mean and covariance of the vectors (by cosine then "
            "scaled to length 1, as they were) are clustered by the same method. The silhouette (Rousseeuw 1987) is "
            "compared over all items, those in no cluster counting as 0; Calinski & Harabasz (1974) and Davies & "
            "Bouldin (1979; smaller is better) stand beside it. Noise beats all others of its kind by chance once in "
            f"{NOISES + 1} times. Settings that say how many clusters there are keep their number on noise.\n\n"
            "**Labels.** ARI is the adjusted Rand index (Hubert & Arabie 1985), AMI the adjusted mutual information "
            "(Vinh, Epps & Bailey 2010): both are 1 for the same groups and 0 on average by chance. The V-measure "
            "(Rosenberg & Hirschberg 2007) is not adjusted for chance. Items without a label are left out; noise "
            "counts as one more cluster. Where the matrix has no room, rare labels and small clusters are added up in "
            "the picture only.\n\n"
            "**The map.** The same method is run on the places of the map by Euclidean distance. For clusters of the "
            "map, stability and noise are those of the map as it is: the map itself is not drawn again."
        )
