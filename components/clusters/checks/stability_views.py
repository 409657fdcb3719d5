"""Stability of clusters as a sentence, bars and a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
from numpy.typing import NDArray

from components.kit.colours import NEUTRAL_LINE, Colours
from components.kit.words import chart_text, shorten
from embeddings.clusters import Clustering
from embeddings.clusters.stability import DOUBTFUL, STABLE, Stability, verdict

Floats = NDArray[np.float64]
MOST = 40
NAMED = 3
STABLE_WORD, DOUBTFUL_WORD, POOR_WORD = (verdict(mean) for mean in (1.0, DOUBTFUL, 0.0))


def stability_sentence(found: Stability, names: Sequence[str]) -> str:
    """Which clusters are stable, which are doubtful, which are not to be trusted."""
    said = [verdict(mean) for mean in found.means.tolist()]
    stable = said.count(STABLE_WORD)
    parts = [f"{stable} of {len(said)} {'cluster is' if len(said) == 1 else 'clusters are'} stable."]
    doubtful = _named([name for name, word in zip(names, said, strict=True) if word == DOUBTFUL_WORD])
    poor = _named([name for name, word in zip(names, said, strict=True) if word == POOR_WORD])
    if doubtful:
        parts.append(f"A pattern, but doubtful who belongs to it: {doubtful}.")
    if poor:
        parts.append(f"Not to be trusted: {poor}; often one group that was cut in parts, or several that were joined.")
    return " ".join(parts)


def stability_chart(found: Stability, names: Sequence[str], *, colours: Colours) -> go.Figure:
    """A bar for each of the largest clusters, at most 40, with what eight of ten samples gave, and Hennig's steps."""
    count = min(MOST, len(names))
    means = found.means[:count]
    spread = _middle(found.jaccards[:, :count], means)
    said = np.array([verdict(mean) for mean in means.tolist()])
    grey = colours.other
    figure = go.Figure()
    for word, colour in zip((STABLE_WORD, DOUBTFUL_WORD, POOR_WORD), _colours(colours), strict=True):
        rows = np.flatnonzero(said == word)
        if len(rows):
            figure.add_trace(_bars(rows, means, spread, word, colour))
    for step in (DOUBTFUL, STABLE):
        figure.add_vline(x=step, line={"color": grey, "width": 1, "dash": "dot"})
    steps = [0, 0.25, 0.5, DOUBTFUL, STABLE, 1]
    figure.update_layout(
        height=110 + 28 * count,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        bargap=0.3,
        xaxis={"title": "mean Jaccard similarity", "range": [0, 1.02], "tickvals": steps, "zeroline": False},
        yaxis={
            "tickvals": list(range(count)),
            "ticktext": [chart_text(name, 26) for name in names[:count]],
            "range": [count - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
        },
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        showlegend=True,
        dragmode=False,
    )
    return figure


def stability_table(found: Stability, clustering: Clustering, names: Sequence[str]) -> pa.Table:
    """Every cluster with its size, mean and spread over the samples, and what that means."""
    low, high = _middle(found.jaccards, found.means)
    return pa.table(
        {
            "cluster": pa.array(list(names), pa.string()),
            "items": clustering.sizes,
            "mean Jaccard": found.means,
            "8 of 10 samples": [f"{a:.2f} to {b:.2f}" for a, b in zip(low.tolist(), high.tolist(), strict=True)],
            "verdict": [verdict(mean) for mean in found.means.tolist()],
        }
    )


def _bars(rows: NDArray[np.intp], means: Floats, spread: tuple[Floats, Floats], word: str, colour: str) -> go.Bar:
    """The bars of one verdict, with their whiskers."""
    low, high = spread
    return go.Bar(
        x=means[rows],
        y=rows,
        orientation="h",
        name=word,
        marker={"color": colour},
        error_x={
            "type": "data",
            "array": (high - means)[rows],
            "arrayminus": (means - low)[rows],
            "color": NEUTRAL_LINE,
            "thickness": 1.5,
            "width": 3,
        },
        text=[f"{mean:.2f}" for mean in means[rows]],
        textposition="inside",
        insidetextanchor="start",
        hovertemplate="%{x:.2f}<extra>" + word + "</extra>",
    )


def _middle(jaccards: Floats, means: Floats) -> tuple[Floats, Floats]:
    """The 10th and 90th percentile over the samples, never inside of the mean."""
    known = np.where(np.isnan(jaccards), means, jaccards)
    low, high = np.percentile(known, [10, 90], axis=0)
    return np.minimum(low, means), np.maximum(high, means)


def _colours(colours: Colours) -> tuple[str, str, str]:
    """Of stable, doubtful and poor clusters; blue, amber and grey differ for colour-blind eyes too."""
    shades = colours.categorical
    return shades[0], shades[1], colours.other


def _named(names: Sequence[str]) -> str:
    some = ", ".join(shorten(name, 40) for name in names[:NAMED])
    return some + (f" and {len(names) - NAMED:,} more" if len(names) > NAMED else "")
