"""Near-duplicates as sentences, a table and a histogram."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa

from components.kit.colours import Colours
from components.kit.words import shorten
from embeddings.collection import Collection
from embeddings.outliers.duplicates import Duplicates
from embeddings.space import Vectors

GIANT = 0.5
BINS = 50
KEPT, DROPPED = "stays", "would go"


def group_table(collection: Collection, found: Duplicates, *, most: int | None = None, cut: int = 160) -> pa.Table:
    """Every item of every group: what would stay and what would go; `most` bounds the lines."""
    lines = [
        (number, KEPT if place == 0 else DROPPED, int(row), float(cosine))
        for number, (rows, cosines) in enumerate(zip(found.groups, found.similarities, strict=True), 1)
        for place, (row, cosine) in enumerate(zip(rows, cosines, strict=True))
    ][:most]
    return pa.table(
        {
            "group": pa.array([line[0] for line in lines], pa.int64()),
            "preview": pa.array([line[1] for line in lines], pa.string()),
            "item": pa.array([shorten(collection.text(line[2]), cut) for line in lines], pa.string()),
            "cosine with the one that stays": pa.array([min(1.0, line[3]) for line in lines], pa.float64()),
            "row": pa.array([line[2] + 1 for line in lines], pa.int64()),
        }
    )


def found_sentence(found: Duplicates, nearest: Vectors) -> str:
    """How many groups there are, or how near the nearest two items come."""
    if not found.groups:
        return (
            f"No two items are alike to {found.threshold:.3f}. The two most alike have a cosine of "
            f"{_floor(float(nearest.max())):.3f}."
        )
    count = len(found.groups)
    groups = "1 group" if count == 1 else f"{count:,} groups"
    items = len(found.dropped) + count
    return (
        f"{items:,} items form {groups} at {found.threshold:.3f} or above; with one left of each, "
        f"{len(found.kept):,} items stay."
    )


def chain_sentence(found: Duplicates) -> str:
    """What hangs together by a chain only, so that several of it stay; empty where nothing does."""
    if not found.chains:
        return ""
    n, longest = len(found.kept) + len(found.dropped), found.chains[0]
    if len(longest) > GIANT * n:
        return (
            f"A chain of likeness joins {len(longest):,} of {n:,} items: at this threshold almost everything hangs "
            "together. Choose a higher one."
        )
    stay = len(np.intersect1d(longest, found.kept))
    more = f" It is the longest of {len(found.chains):,} such chains." if len(found.chains) > 1 else ""
    return (
        f"{len(longest):,} items hang together by a chain: each is like the next, but its ends are less alike than "
        f"{found.threshold:.3f}. So {stay:,} of them stay, and each that goes is near to one of these.{more}"
    )


def nearest_chart(nearest: Vectors, threshold: float, *, colours: Colours) -> go.Figure:
    """How alike each item's most similar other is; those at or above the threshold in the accent colour."""
    low = min(float(np.percentile(nearest, 1)), threshold - 0.02)
    counts, edges = np.histogram(np.clip(nearest, low, 1), bins=BINS, range=(low, 1.0 + 1e-9))
    accent, grey = colours.accent, colours.other
    middles = (edges[:-1] + edges[1:]) / 2
    figure = go.Figure(
        go.Bar(
            x=middles,
            y=counts,
            width=np.diff(edges),
            marker={"color": [accent if middle >= threshold else grey for middle in middles], "line": {"width": 0}},
            hovertemplate="%{x:.3f}: %{y:,} items<extra></extra>",
        )
    )
    figure.add_vline(x=threshold, line={"color": accent, "width": 2, "dash": "dot"})
    figure.update_layout(
        height=220,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0,
        xaxis={"title": "cosine with the most similar other item", "zeroline": False},
        yaxis={"title": "items", "zeroline": False},
        showlegend=False,
        dragmode=False,
    )
    return figure


def nearest_table(nearest: Vectors) -> pa.Table:
    """The same as a table: how many items have one at least as alike."""
    steps = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99, 1.0)
    counts = [int((nearest >= step - 1e-6).sum()) for step in steps]
    return pa.table({"cosine of at least": steps, "items": counts})


def _floor(value: float) -> float:
    """Cut and not rounded, so that it is never said to reach a threshold that it misses."""
    return float(np.floor(1000 * min(1.0, value)) / 1000)
