"""Figures of an association test that are read off its result."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from components.bias.association.request import Measured
from embeddings.bias.association import AssociationTest
from embeddings.bias.effect import Bounds
from embeddings.bias.lookup import Name
from embeddings.collection import Collection


class Leverage(NamedTuple):
    """What one word does to the effect size.

    Attributes:
        name: the word or row.
        set: "X", "Y", "A" or "B".
        score: s(w, A, B) of a target; not a number for attributes.
        without: the effect size without it.
        change: that minus the effect size.
    """

    name: Name
    set: str
    score: float
    without: float
    change: float


def bounds(measured: Measured) -> Bounds:
    """The interval of the effect size; not numbers where there is none."""
    return measured.test.interval if measured.test is not None else Bounds(np.nan, np.nan)


def null_bounds(measured: Measured) -> tuple[float, float] | None:
    """Between which effect sizes 95 % of the random sets lie."""
    if measured.null is None:
        return None
    effects = measured.null.effect_sizes
    low, high = np.nanquantile(effects, [0.025, 0.975])
    return float(low), float(high)


def leverages(test: AssociationTest) -> list[Leverage]:
    """Every word of the test, that first whose absence changes the effect size most."""
    sets = (("X", test.x, test.x_scores), ("Y", test.y, test.y_scores), ("A", test.a, None), ("B", test.b, None))
    found = [
        Leverage(
            name,
            title,
            float("nan") if scores is None else float(scores[n]),
            float(without[n]),
            float(without[n]) - test.effect_size,
        )
        for (title, names, scores), without in zip(sets, test.left_out, strict=True)
        for n, name in enumerate(names)
    ]
    return sorted(found, key=lambda each: -abs(each.change) if np.isfinite(each.change) else 0.0)


def text_of(name: Name, collection: Collection) -> str:
    """What the reader sees of a word or a picture."""
    if isinstance(name, str):
        return name
    text = collection.text(name)
    return text if isinstance(collection.items[name], str) else f"#{name + 1} {text}"


def signed(value: float) -> str:
    """A number with two decimals and a true minus sign."""
    return f"{value:.2f}".replace("-", "−")


def one_p(p: float) -> str:
    """A p-value with two digits that count; it is never 0."""
    return np.format_float_positional(float(f"{p:.2g}"), trim="-")
