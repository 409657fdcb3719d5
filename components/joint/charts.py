"""The charts of the page on pictures and texts: cosines within and across, recall while the gap closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import plotly.graph_objects as go

from components.kit.colours import Colours, faded
from embeddings.gap import ModalityGap
from embeddings.retrieval import GapSweep, Recall
from embeddings.space import Vectors

BINS = 50
Direction = Literal["text → picture", "picture → text"]
DIRECTIONS: tuple[Direction, ...] = ("text → picture", "picture → text")
DASHES = ("solid", "dash", "dot")
_RIGHT = {"overlaying": "y", "side": "right", "showgrid": False, "tickmode": "auto", "nticks": 6, "tickformat": ".1f"}


def recalls_of(sweep: GapSweep, direction: Direction) -> list[Recall]:
    """Recall in one direction for each share."""
    return [each.text_to_image if direction == DIRECTIONS[0] else each.image_to_text for each in sweep.retrievals]


def cosine_chart(gap: ModalityGap, *, colours: Colours) -> go.Figure:
    """How alike two pictures, two texts, a picture and a text, and true pairs are: a curve for each."""
    kinds = {
        "two pictures": gap.within_pictures,
        "two texts": gap.within_texts,
        "picture and text": gap.across,
        "true pairs": gap.pairs,
    }
    present = {name: cosines for name, cosines in kinds.items() if len(cosines)}
    edges = np.linspace(*_range(list(present.values())), BINS + 1)
    figure = go.Figure()
    for number, (name, cosines) in enumerate(present.items()):
        share = np.histogram(cosines, bins=edges)[0] / len(cosines) * 100
        figure.add_trace(
            go.Scatter(
                x=(edges[:-1] + edges[1:]) / 2,
                y=share,
                mode="lines",
                line={"shape": "hvh", "width": 2, "color": _colour(number, colours), "dash": _dash(number)},
                fill="tozeroy",
                fillcolor=_colour(number, colours, 0.12),
                name=f"{name} ({cosines.mean():.2f})",
                hovertemplate="%{x:.2f}: %{y:.1f} %<extra>" + name + "</extra>",
            )
        )
    figure.update_layout(xaxis_title="cosine similarity", yaxis_title="% of pairs", **_layout())
    return figure


def recall_chart(sweep: GapSweep, direction: Direction, share: float, *, colours: Colours) -> go.Figure:
    """Recall at each k over how far the gap is closed, with 95 % intervals, chance, and the gap that is left."""
    found = recalls_of(sweep, direction)
    figure = go.Figure()
    for number, k in enumerate(found[0].k):
        intervals = np.array([each.shares[number] for each in found]) * 100
        colour = _colour(number, colours)
        figure.add_trace(_band(sweep.shares, intervals, _colour(number, colours, 0.15), f"@{k}"))
        figure.add_trace(
            _line(sweep.shares, intervals[:, 0].tolist(), f"recall@{k}", f"@{k}", {"color": colour, "width": 2})
        )
        chance = [100 * each.chance[number] for each in found]
        dotted = {"color": colour, "width": 1, "dash": "dot"}
        figure.add_trace(_line(sweep.shares, chance, f"chance@{k}", f"@{k}", dotted))
    sizes = [gap.size for gap in sweep.gaps]
    grey = {"color": colours.other, "width": 2, "dash": "dash"}
    left = _line(sweep.shares, sizes, "gap left (right axis)", "gap", grey)
    figure.add_trace(left.update(yaxis="y2", hovertemplate="%{x:.0%} closed: %{y:.3f}<extra>gap left</extra>"))
    figure.add_vline(x=share, line={"color": grey["color"], "width": 1})
    figure.update_layout(
        xaxis={"title": "how far the gap is closed", "tickformat": ".0%"},
        yaxis={"title": "% found", "range": [0, 102]},
        yaxis2={"range": [0, 1.1 * max(sizes)], "title": "gap", **_RIGHT},
        **_layout(),
    )
    return figure


def _band(shares: Sequence[float], intervals: Vectors, colour: str, group: str) -> go.Scatter:
    return go.Scatter(
        x=[*shares, *reversed(shares)],
        y=[*intervals[:, 1], *intervals[::-1, 2]],
        fill="toself",
        fillcolor=colour,
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
        legendgroup=group,
    )


def _line(
    shares: Sequence[float], values: Sequence[float], name: str, group: str, line: Mapping[str, object]
) -> go.Scatter:
    return go.Scatter(
        x=list(shares),
        y=list(values),
        mode="lines",
        line=dict(line),
        name=name,
        legendgroup=group,
        showlegend=not name.startswith("chance"),
        hovertemplate="%{x:.0%} closed: %{y:.1f} %<extra>" + name + "</extra>",
    )


def _range(samples: Sequence[Vectors]) -> tuple[float, float]:
    low, high = min(float(each.min()) for each in samples), max(float(each.max()) for each in samples)
    return (low, high) if high > low else (low - 0.01, high + 0.01)


def _colour(number: int, colours: Colours, opacity: float = 1) -> str:
    return faded(colours.categorical[number], opacity)


def _dash(number: int) -> str:
    return "solid" if number < 2 else DASHES[number - 1]


def _layout() -> dict[str, object]:
    return {
        "height": 330,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"orientation": "h", "y": -0.25, "x": 0},
        "hovermode": "closest",
    }
