"""A label skew as tables and sentences."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from components.bias.skew.search_tables import LEVEL
from components.bias.skew.search_words import Said
from components.kit.words import p_text, shorten
from embeddings.bias.label_skew import LabelSkew


def label_table(found: LabelSkew) -> pa.Table:
    """Every label, the one of the largest spread first: its rate over all, and the groups at both ends."""
    order = by_spread(found)
    rates = found.counts / found.counts.sum(axis=1, keepdims=True)
    return pa.table(
        {
            "name": [found.labels[place] for place in order],
            "spread": found.spread[order],
            "p": [p_text(value) for value in found.p_values[order]],
            "most often in": [_end(found, int(rates[:, place].argmax()), place) for place in order],
            "most seldom in": [_end(found, int(rates[:, place].argmin()), place) for place in order],
            "of all": 100 * found.counts.sum(axis=0)[order] / found.counts.sum(),
        }
    )


def rates_table(found: LabelSkew) -> pa.Table:
    """Every group with every label, for a file."""
    cells = [(group, label) for group in range(len(found.groups)) for label in range(len(found.labels))]
    sizes = found.counts.sum(axis=1)
    return pa.table(
        {
            "group": [found.groups[group] for group, _ in cells],
            "name": [found.labels[label] for _, label in cells],
            "items of the group": [int(sizes[group]) for group, _ in cells],
            "named so": [int(found.counts[cell]) for cell in cells],
            "rate": [found.rates[group][label].share for group, label in cells],
            "low": [found.rates[group][label].low for group, label in cells],
            "high": [found.rates[group][label].high for group, label in cells],
            "p of the name": [float(found.p_values[label]) for _, label in cells],
        }
    )


def by_spread(found: LabelSkew) -> list[int]:
    """The places of the labels, the largest spread first."""
    order: list[int] = np.argsort(-found.spread, kind="stable").tolist()
    return order


def labels_verdict(found: LabelSkew) -> Said:
    """Whether a name is given to groups more differently than by chance."""
    differing = [place for place in by_spread(found) if found.p_values[place] < LEVEL]
    if not differing:
        return Said(
            "even",
            "No name is given to some groups more often than chance would",
            "That shows no absence of bias: other names, or more items, may tell groups apart.",
        )
    first = differing[0]
    rates = found.counts[:, first] / found.counts.sum(axis=1)
    high, low = int(rates.argmax()), int(rates.argmin())
    more = f" {len(differing)} of {len(found.labels)} names differ so." if len(differing) > 1 else ""
    return Said(
        "skewed",
        "Groups are named differently",
        f"“{shorten(found.labels[first], 40)}” is given to {100 * rates[high]:.0f} % of “{_group(found, high)}” and "
        f"to {100 * rates[low]:.0f} % of “{_group(found, low)}” (p {_p(float(found.p_values[first]))}).{more}",
    )


def _end(found: LabelSkew, group: int, label: int) -> str:
    return f"{_group(found, group)}, {100 * found.rates[group][label].share:.0f} %"


def _group(found: LabelSkew, place: int) -> str:
    return shorten(found.groups[place], 40)


def _p(value: float) -> str:
    text = p_text(value)
    return text if text.startswith("<") else f"= {text}"
