"""Items of several groups in a known order, and the view “Search skew” opened on a space."""

import numpy as np
import pyarrow as pa

from components.kit import caching
from embeddings.space import Space


def ranking(groups, **columns):
    """Items in a quarter circle, in this order from the first axis; an item of its own is the query."""
    angles = np.linspace(0.01, 1.5, len(groups))
    vectors = np.vstack([[1, 0], np.stack([np.cos(angles), np.sin(angles)], axis=1)])
    table = pa.table({"group": pa.array([None, *groups], pa.string()), **columns})
    return Space.from_vectors(["query", *(f"item {n}" for n in range(len(groups)))], vectors, name="r", metadata=table)


def saved(content):
    return caching.store().save(content).id


def search(open_page, space, **link):
    return open_page("bias.py", probe="Search skew", collection=saved(space), encoder="", **link)


def column(app, name):
    return next(frame.value[name].tolist() for frame in app.dataframe if name in frame.value.columns)
