"""Clusters and their items as tables."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from components.clusters.drawn.colouring import NOISE_NAME
from components.clusters.looked import Looked
from components.clusters.names.naming import Named
from components.kit.colours import LIGHT, Colours
from components.kit.map import Colouring
from components.kit.pictures import picture_column, picture_count
from components.kit.words import shorten
from embeddings.clusters import NOISE
from embeddings.clusters.members import Typical
from embeddings.clusters.stability import Stability, verdict
from embeddings.clusters.terms import CAPTION
from embeddings.collection import Collection
from embeddings.space import Space
from embeddings.store import is_given

FEW_TYPICAL = 3


def cluster_table(
    looked: Looked,
    found: Named,
    members: Sequence[Typical],
    colouring: Colouring,
    *,
    stable: Stability | None = None,
    colours: Colours = LIGHT,
) -> pa.Table:
    """One row a cluster: colour, name, size, stability where it is known, what is typical, why it is called so."""
    clustering, collection = looked.clustering, looked.space.collection
    columns: dict[str, object] = {
        "colour": [swatch(colouring.code_of(name), colouring, colours=colours) for name in looked.numbered],
        "#": list(range(1, clustering.count + 1)),
        "name": list(looked.names),
        "items": clustering.sizes.tolist(),
        "share": [100 * size / len(clustering) for size in clustering.sizes.tolist()],
    }
    if stable is not None:
        columns["stability"] = stable.means.tolist()
        columns["which is"] = [verdict(mean) for mean in stable.means.tolist()]
    if clustering.probabilities is not None:
        columns["mean probability"] = [
            float(clustering.probabilities[clustering.members(each)].mean()) for each in range(clustering.count)
        ]
    central = [int(each.nearest[0]) for each in members]
    if picture_count(collection):
        columns["picture"] = picture_column(collection, central)
    if collection.kind != "image" or CAPTION in collection.columns:
        columns["typical"] = [
            " · ".join(shorten(collection.text(int(row)), 60) for row in each.nearest[:FEW_TYPICAL]) for each in members
        ]
    columns["words behind the name"] = list(found.reasons)
    return pa.table(columns)


def swatch(code: int | None, colouring: Colouring, *, colours: Colours) -> str:
    """A dot in the colour of a category, as the address of a picture."""
    palette = colours.categorical
    last = colouring.has_other and code == len(colouring.labels) - 1
    colour = colours.other if code is None or last else palette[code]
    dot = f'<circle cx="8" cy="8" r="4.5" fill="{colour}"/>'
    return "data:image/svg+xml;utf8," + quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">{dot}</svg>'
    )


def item_table(looked: Looked, rows: NDArray[np.integer], *, whole: bool = False) -> pa.Table:
    """Items with their clusters, the names of these, how firmly they belong, and their metadata."""
    collection, clustering = looked.space.collection, looked.clustering
    text = collection.text if whole else lambda row: shorten(collection.text(row), 300)
    labels = clustering.labels[rows].tolist()
    columns: dict[str, object] = {
        "item": [text(int(row)) for row in rows],
        "cluster": pa.array([None if label == NOISE else label + 1 for label in labels], pa.int32()),
        "cluster name": [NOISE_NAME if label == NOISE else looked.names[label] for label in labels],
    }
    if clustering.probabilities is not None:
        columns["probability"] = clustering.probabilities[rows]
    for name in collection.columns:
        columns[name if name not in columns else f"{name} (metadata)"] = collection.column(name).take(pa.array(rows))
    columns["row" if "row" not in columns else "number"] = np.asarray(rows) + 1
    return pa.table(columns)


def with_clusters(looked: Looked) -> Collection | Space:
    """The whole collection with a column of cluster names, and one of probabilities where there are any.

    Ready-made vectors go with it. Noise is null.
    """
    space, clustering = looked.space, looked.clustering
    whole, metadata = space.collection, space.collection.metadata
    names = [None if label == NOISE else looked.numbered[label] for label in clustering.labels.tolist()]
    added: dict[str, pa.Array] = {"cluster": pa.array(names, pa.string())}
    if clustering.probabilities is not None:
        added["cluster probability"] = pa.array(clustering.probabilities)
    columns = {free_name(name, whole.columns): values for name, values in added.items()}
    kept = {name: metadata.column(name) for name in whole.columns}
    made = Collection(f"{whole.name} with clusters", whole.kind, whole.items, pa.table({**kept, **columns}))
    return Space(made, space.vectors, "given vectors") if is_given(space.encoder) else made


def free_name(name: str, taken: Sequence[str]) -> str:
    """A name for a column that no other has."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free
