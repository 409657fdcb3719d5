"""How far changed items move, as tables and a figure: the pure part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import plotly.graph_objects as go
import pyarrow as pa

from components.kit.colours import Colours
from components.kit.words import chart_text, shorten
from embeddings.collection import Collection
from embeddings.perturb import PERTURBATIONS, Movement, MovementSummary
from embeddings.reading.wording import several

LENGTH = 90
# Encoders at half precision give a text slightly other vectors in other batches.
SAME = 0.9995
Summaries = Mapping[tuple[str, str], MovementSummary]


def summary_table(found: Summaries, k: int) -> pa.Table:
    """One row for each change and encoder."""
    each = list(found.values())
    return pa.table(
        {
            "change": [change for change, _ in found],
            "encoder": [encoder for _, encoder in found],
            "same meaning": ["yes" if PERTURBATIONS[change].keeps_meaning else "no" for change, _ in found],
            "items changed": [one.changed for one in each],
            "no answer": [one.lost for one in each],
            "cosine (median)": _numbers([one.cosine for one in each]),
            "rank of the original (median)": _numbers([one.rank for one in each]),
            "original still nearest": _numbers([100 * one.recognised.share for one in each]),
            f"of {k} neighbours kept": _numbers([k * one.kept for one in each]),
            "farther than its neighbour": _numbers([100 * one.farther for one in each]),
        }
    )


def moved_most(found: Summaries, encoder: str, name: str) -> str:
    """Which change moves an encoder's items most and which least, in Markdown; the name must be escaped."""
    kept = {change: one.kept for (change, whose), one in found.items() if whose == encoder and not isnan(one.kept)}
    if len(kept) < 2:
        return f"**{name}**: too few items were changed to say which change matters most."
    least, most = min(kept, key=lambda change: kept[change]), max(kept, key=lambda change: kept[change])
    return (
        f"**{name}** is moved most by “{least}” (items keep {100 * kept[least]:.0f} % of their neighbours), least by "
        f"“{most}” ({100 * kept[most]:.0f} %).{_no_answer(found, encoder)}"
    )


def _no_answer(found: Summaries, encoder: str) -> str:
    """Where an encoder knows nothing of changed items, and which it had no neighbours for, in sentences."""
    mine = {change: one for (change, whose), one in found.items() if whose == encoder}
    worst = max(mine, key=lambda change: mine[change].lost)
    said = ""
    if mine[worst].lost:
        said += (
            f" After “{worst}” it has no answer for {mine[worst].lost:,} of {mine[worst].changed:,} items, because it "
            "knows nothing that is left in them: they keep no neighbour."
        )
    alone = max(one.alone for one in mine.values())
    if alone:
        said += (
            f" {several(alone, 'item shares', 'items share')} nothing with any other: without neighbours to keep, "
            f"{'it does' if alone == 1 else 'they do'} not count."
        )
    return said


def kept_chart(found: Summaries, *, colours: Colours) -> go.Figure:
    """Share of neighbours kept, the changes below each other, a colour for each encoder."""
    figure = go.Figure()
    palette = colours.categorical
    changes = list(dict.fromkeys(change for change, _ in found))
    for place, encoder in enumerate(dict.fromkeys(encoder for _, encoder in found)):
        shares = [found[change, encoder].kept for change in changes]
        figure.add_trace(
            go.Bar(
                y=[f"{change}{'' if PERTURBATIONS[change].keeps_meaning else ' *'}" for change in changes],
                x=[100 * share for share in shares],
                orientation="h",
                marker={"color": palette[place], "line": {"width": 0}},
                hovertemplate="%{y}: %{x:.0f} % of neighbours kept<extra>" + chart_text(encoder, 30) + "</extra>",
                name=chart_text(encoder, 30),
            )
        )
    rows = len(changes) * max(1, len(figure.data))
    figure.update_layout(
        height=110 + 24 * rows,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        barmode="group",
        xaxis={"title": "% of neighbours kept", "range": [0, 103], "dtick": 25},
        yaxis={"autorange": "reversed"},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        showlegend=True,
        dragmode=False,
    )
    return figure


def live_table(moved: Mapping[str, Movement]) -> pa.Table:
    """One changed item, a row for each encoder."""
    each = list(moved.values())
    ranks = [float(one.ranks[0]) for one in each]
    return pa.table(
        {
            "encoder": list(moved),
            "cosine with the original": [float(one.cosines[0]) for one in each],
            "cosine of its nearest neighbour": [float(one.nearest[0]) for one in each],
            "rank of the original": pa.array([None if isnan(rank) else int(rank) for rank in ranks], pa.int64()),
            "neighbours before": [int(one.had[0]) for one in each],
            "of them kept": pa.array([kept_of(one) for one in each], pa.int64()),
        }
    )


def kept_of(moved: Movement) -> int | None:
    """How many neighbours the first item keeps; None where it has none before or after."""
    kept = float(moved.kept[0])
    return None if isnan(kept) else round(int(moved.had[0]) * kept)


def moved_sentence(name: str, moved: Movement, noun: str) -> str:
    """What a change did to one item, in a sentence of Markdown; the name must be escaped."""
    kept, had, rank = kept_of(moved), int(moved.had[0]), float(moved.ranks[0])
    if not had:
        return (
            f"**{name}** gives no answer: before the change already, no {noun} is nearer to this one than all the rest."
        )
    if kept is None:
        return f"**{name}** gives no answer: it knows nothing of the changed one, to which everything is equally near."
    if float(moved.cosines[0]) > SAME and rank == 1 and kept == had:
        return f"**{name}** sees no difference."
    still = "its original is still nearest" if rank == 1 else f"its original is only number {rank:,.0f}"
    return f"**{name}**: {still}, and {kept} of {had} neighbours stay."


def before_after(collection: Collection, before: Sequence[int], after: Sequence[int]) -> pa.Table:
    """The neighbours of an item before and after it was changed; ● marks those that are new."""
    old, places = set(before), max(len(before), len(after))
    texts = [shorten(collection.text(row), LENGTH) for row in before]
    changed = [("" if row in old else "● ") + shorten(collection.text(row), LENGTH) for row in after]
    return pa.table(
        {
            "#": list(range(1, places + 1)),
            "before": pa.array([*texts, *[None] * (places - len(texts))], pa.string()),
            "after": pa.array([*changed, *[None] * (places - len(changed))], pa.string()),
        }
    )


def _numbers(values: Sequence[float]) -> pa.Array:
    return pa.array([None if isnan(value) else float(value) for value in values], pa.float64())
