"""Which word carries the effect, where the words lie, and what random sets give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from components.bias.association.measures import leverages, signed, text_of
from components.kit import charts as nulls
from components.kit.colours import Colours
from components.kit.words import chart_text
from embeddings.bias.association import AssociationTest
from embeddings.bias.lookup import Name
from embeddings.bias.random_words import RandomSets
from embeddings.collection import Collection

SETS = ("X", "Y", "A", "B")
MOST_BARS = 16
NAMED = 7
NULL = nulls.NullChart("random sets", "these sets", "random sets", "effect size d", bins=40, reach=(-2, 2), digits=2)
LAYOUT = {
    "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
    "dragmode": False,
    "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
}


class Seen(NamedTuple):
    """A test as it is drawn.

    Attributes:
        test: the result.
        collection: whose rows it may name.
        names: what X, Y, A and B are called.
    """

    test: AssociationTest
    collection: Collection
    names: Sequence[str]


def leverage_chart(seen: Seen, *, colours: Colours) -> go.Figure:
    """The effect size without each word, as bars from the effect size; those that move it most, at most 16."""
    effect = seen.test.effect_size
    shown = [each for each in leverages(seen.test) if np.isfinite(each.without)][:MOST_BARS]
    figure = go.Figure()
    for number, title in enumerate(SETS):
        mine = [(place, each) for place, each in enumerate(shown) if each.set == title]
        figure.add_trace(
            go.Bar(
                x=[each.change for _, each in mine],
                y=[place for place, _ in mine],
                base=effect,
                orientation="h",
                marker={"color": _tint(number, colours=colours)},
                customdata=[[chart_text(text_of(each.name, seen.collection), 60), each.without] for _, each in mine],
                hovertemplate="without %{customdata[0]}: d = %{customdata[1]:.3f} (%{x:+.3f})<extra></extra>",
                name=chart_text(seen.names[number], 28),
                showlegend=bool(mine),
            )
        )
    figure.add_vline(x=effect, line={"color": colours.line, "width": 1.5})
    figure.update_layout(
        **LAYOUT,
        height=90 + 22 * max(4, len(shown)),
        bargap=0.25,
        xaxis={"title": f"d without it (with all {signed(effect)})", "zeroline": False, "nticks": 6},
        yaxis={
            "tickvals": list(range(len(shown))),
            "ticktext": [chart_text(text_of(each.name, seen.collection), 22) for each in shown],
            "range": [max(4, len(shown)) - 0.4, -0.6],
            "showgrid": False,
        },
    )
    return figure


def dots_chart(seen: Seen, *, colours: Colours) -> go.Figure:
    """Each dot is a word of X or Y by its score; the line is the mean of its set."""
    figure = go.Figure()
    sides = ((seen.test.x, seen.test.x_scores), (seen.test.y, seen.test.y_scores))
    for number, (words, scores) in enumerate(sides):
        names = [chart_text(text_of(word, seen.collection), 30) for word in words]
        lanes = _lanes(scores)
        colour = _tint(number, colours=colours)
        figure.add_trace(
            go.Scatter(
                x=scores,
                y=number + lanes,
                mode="markers+text",
                marker={"size": 9, "color": colour, "opacity": 0.85, "symbol": ("circle", "diamond")[number]},
                text=_labels([_short(word, name) for word, name in zip(words, names, strict=True)], scores),
                textposition=["top center" if lane <= 0 else "bottom center" for lane in lanes],
                textfont={"size": 11},
                hovertext=names,
                hovertemplate="%{hovertext}: %{x:.3f}<extra></extra>",
                cliponaxis=False,
                showlegend=False,
            )
        )
        mean = float(scores.mean())
        figure.add_trace(
            go.Scatter(
                x=[mean, mean],
                y=[number - 0.4, number + 0.4],
                mode="lines",
                line={"color": colour, "width": 2},
                hovertemplate=f"mean: {mean:.3f}<extra></extra>",
                showlegend=False,
            )
        )
    figure.add_vline(x=0, line={"color": colours.line, "width": 1, "dash": "dot"})
    x, y, a, b = (chart_text(name, 22) for name in seen.names)
    figure.update_layout(
        **LAYOUT,
        height=320,
        xaxis={"title": f"← {b}\u2003\u2003s(w, A, B)\u2003\u2003{a} →", "zeroline": False},
        yaxis={"tickvals": [0, 1], "ticktext": [x, y], "range": [1.55, -0.55], "showgrid": False, "zeroline": False},
        hovermode="closest",
    )
    return figure


def null_chart(null: RandomSets, effect: float, *, colours: Colours) -> go.Figure:
    """Effect sizes of random sets as a histogram; the line is the effect size of the sets themselves."""
    return nulls.null_chart(null.effect_sizes[np.isfinite(null.effect_sizes)], effect, NULL, colours=colours)


def _tint(number: int, *, colours: Colours) -> str:
    return colours.categorical[number]


def _lanes(scores: np.ndarray) -> np.ndarray:
    """Heights in −0.3 to 0.3 that keep neighbouring dots apart, the same for the same scores."""
    pattern = np.array([0.0, -0.24, 0.24, -0.12, 0.12, -0.3, 0.3])
    lanes = np.empty(len(scores))
    lanes[np.argsort(scores, kind="stable")] = pattern[np.arange(len(scores)) % len(pattern)]
    return lanes


def _labels(names: Sequence[str], scores: np.ndarray) -> list[str]:
    """The names of the outermost words on either side; of few words all."""
    if len(names) <= NAMED:
        return list(names)
    order = np.argsort(scores, kind="stable")
    shown = {*order[:3].tolist(), *order[-3:].tolist()}
    return [name if place in shown else "" for place, name in enumerate(names)]


def _short(word: Name, name: str) -> str:
    """What stands beside a dot: a picture's number, because its caption is long."""
    return name if isinstance(word, str) else f"#{word + 1}"
