"""A debiasing as tables: every probe before and after, and what is still told."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from components.kit.words import p_text, shorten
from embeddings.bias.probes import PROBES
from embeddings.bias.taking_out import Compared, TakenOut
from embeddings.collection import Collection


def probe_table(found: TakenOut) -> pa.Table:
    """Every probe before and after for the page, and what a larger value means."""
    specs = [PROBES[each.asked.probe] for each in found.probes]
    return pa.table(
        {
            "probe": [each.asked.title for each in found.probes],
            "before": [_text(each, 0) for each in found.probes],
            "after": [_text(each, 1) for each in found.probes],
            "no bias": [f"{spec.none:g}" for spec in specs],
            "larger means": [spec.larger for spec in specs],
        }
    )


def probe_numbers(found: TakenOut) -> pa.Table:
    """The same as numbers, for a file; p-values and intervals are null where a probe has none."""
    columns: dict[str, list[object]] = {
        "probe": [each.asked.probe for each in found.probes],
        "inputs": [each.asked.title for each in found.probes],
    }
    for side, name in enumerate(("before", "after")):
        figures = [each.figures[side] for each in found.probes]
        columns[name] = [each.value for each in figures]
        columns[f"{name} p"] = [_known(each.p_value) for each in figures]
        columns[f"{name} low"] = [_known(each.interval.low) for each in figures]
        columns[f"{name} high"] = [_known(each.interval.high) for each in figures]
    return pa.table(columns | {"no bias": [PROBES[each.asked.probe].none for each in found.probes]})


def remaining_table(found: TakenOut) -> pa.Table:
    """What the sides are told by, before and after; none without the check."""
    remaining = found.remaining
    if remaining is None:
        return pa.table({"check": [], "before": [], "after": [], "chance": []})
    classifier = remaining.classifier
    return pa.table(
        {
            "check": [
                "classifier: share of held-out words on their side",
                "low end of its 95 % interval",
                "high end of its 95 % interval",
                "two clusters: share of words on their side",
                "correlation of lean and neighbours",
                "mean size of all items’ cosine with the direction",
            ],
            "before": [*classifier.before, remaining.clusters.before, remaining.neighbours.before, found.lean.before],
            "after": [*classifier.after, remaining.clusters.after, remaining.neighbours.after, found.lean.after],
            "chance": [0.5, 0.5, 0.5, 0.5, 0.0, None],
        }
    )


def words_table(collection: Collection, found: TakenOut, ends: tuple[str, str]) -> pa.Table:
    """The most biased words with their side, lean and places in both drawings."""
    if found.remaining is None:
        return pa.table({"word": []})
    rows = np.concatenate([found.remaining.first, found.remaining.second])
    half = len(found.remaining.first)
    return pa.table(
        {
            "word": [shorten(collection.text(int(row)), 200) for row in rows],
            "leant to": [ends[1]] * half + [ends[0]] * (len(rows) - half),
            "cosine before": found.direction.along[rows],
            "from the middle before": found.direction.along[rows] - np.float32(found.direction.middle),
            **{
                f"{axis} {name}": places[:, number]
                for name, places in (("before", found.maps.before), ("after", found.maps.after))
                for number, axis in enumerate(("x", "y"))
            },
        }
    )


def _text(each: Compared, side: int) -> str:
    figure = each.figures[side]
    value = f"{figure.value:.3f}".replace("-", "−")
    return value if np.isnan(figure.p_value) else f"{value} (p {_p(figure.p_value)})"


def _p(value: float) -> str:
    text = p_text(value)
    return text if text.startswith("<") else f"= {text}"


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
