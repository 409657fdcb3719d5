"""Names of clusters from vectors: the nearest words of a vocabulary, and labels in a joint space."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from embeddings.clusters.base import NOISE, Clustering
from embeddings.clusters.members import centres
from embeddings.errors import EmbeddingError
from embeddings.neighbours import Neighbours, nearest
from embeddings.space import Space, Vectors
from embeddings.units import unit
from embeddings.zero_shot import zero_shot


class ClusterLabel(NamedTuple):
    """The label that names a cluster.

    Attributes:
        place: of the label nearest to most of its items, each asked alone; of equally many the first.
        share: share of the items for which it is the nearest, 0 to 1; 1 / number of labels by chance.
        second: place of the next most frequent label.
        cosine: of the label with the centre of the cluster, −1 to 1.
        by_centre: place of the label nearest to the centre; where it is another one, the name is shaky.
    """

    place: int
    share: float
    second: int
    cosine: float
    by_centre: int


def nearest_words(
    space: Space, clustering: Clustering, vocabulary: Space, *, count: int = 5, contrast: bool = True
) -> tuple[Neighbours, ...]:
    """For each cluster the words of a vocabulary nearest to its centre by cosine, as rows of the vocabulary.

    Args:
        space: the space that was clustered.
        clustering: its clusters.
        vocabulary: words as the same encoder sees them.
        count: words a cluster.
        contrast: take away what all items and what all words have in common (the mean of each) before comparing, so
            that words which are near to everything do not name every cluster.

    Raises:
        EmbeddingError: the vocabulary is of another encoder or dimension.
    """
    if (vocabulary.encoder, vocabulary.dimension) != (space.encoder, space.dimension):
        raise EmbeddingError(
            f"The words must be seen by the encoder of the items: {space.encoder} with {space.dimension} dimensions, "
            f"got {vocabulary.encoder} with {vocabulary.dimension}."
        )
    middle, words = centres(space, clustering), vocabulary
    if contrast:
        units = unit(vocabulary.vectors)
        words = Space(vocabulary.collection, units - units.mean(axis=0), vocabulary.encoder)
        middle = middle - (middle * clustering.sizes[:, None]).sum(axis=0) / max(clustering.sizes.sum(), 1)
    return tuple(nearest(words, centre, k=count) for centre in middle)


def label_clusters(space: Space, clustering: Clustering, labels: Vectors) -> tuple[ClusterLabel, ...]:
    """Name clusters of a joint space by labels, each item and each centre asked (zero-shot, Radford et al. 2021).

    Args:
        space: the space that was clustered, of a joint encoder.
        clustering: its clusters.
        labels: one vector a label, shape (L, d), see `label_vectors`; L at least 2.

    Raises:
        EmbeddingError: there is one label only, or all have the same vector.
        ValueError: the dimensions differ, or the clustering is of another number of items.
    """
    middle = centres(space, clustering)
    clustered = clustering.labels != NOISE
    if not clustered.any():
        return ()
    by_centre = zero_shot(middle, labels)
    votes = np.zeros((clustering.count, len(labels)), dtype=np.int64)
    np.add.at(votes, (clustering.labels[clustered], zero_shot(space.vectors[clustered], labels).predicted), 1)
    order = np.argsort(-votes, axis=1, kind="stable")
    return tuple(
        ClusterLabel(
            int(first),
            float(votes[cluster, first] / votes[cluster].sum()),
            int(second),
            float(by_centre.cosines[cluster, first]),
            int(by_centre.predicted[cluster]),
        )
        for cluster, (first, second) in enumerate(order[:, :2])
    )
