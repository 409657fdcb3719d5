"""What the points of a map are coloured by, and which are picked out: pure functions of the scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from components.kit.map import Colouring, by_number
from embeddings.metrics import METRICS
from embeddings.trust import PointTrust, Trust

SHADE = "shade"
KEPT, FALSE, MISSING, DISTANCE = "kept", "false", "missing", "distance"
SHADES = {
    KEPT: "Kept neighbours",
    FALSE: "False neighbours",
    MISSING: "Missing neighbours",
    DISTANCE: "True distance",
}
EXPLAINED = {
    KEPT: "How many of the points that the map shows nearest to a point truly are its nearest: few means strangers.",
    FALSE: "How truly far the strangers are that the map shows near a point: 0 none or only just outside, 1 the "
    "farthest there are.",
    MISSING: "How far off the map put a point’s true neighbours: 0 none or only just outside, 1 as far as can be.",
    DISTANCE: "How far each point truly is from the clicked one, whatever the map shows.",
}
MOSTLY = 0.5
TITLES = {
    KEPT: "true neighbours kept, of {k}",
    FALSE: "how false its neighbours are",
    MISSING: "how far its neighbours were put",
}


def shade_of(shade: str, trust: Trust) -> Colouring:
    """Colour by what the map did to each point’s neighbours."""
    if shade == FALSE:
        return by_number(TITLES[FALSE], lost(trust.point_trustworthiness), low=0, high=1)
    if shade == MISSING:
        return by_number(TITLES[MISSING], lost(trust.point_continuity), low=0, high=1)
    return by_number(TITLES[KEPT].format(k=trust.k), trust.k * trust.point_kept, low=0, high=trust.k)


def true_distance(point: PointTrust, row: int, *, metric: str) -> Colouring:
    """Colour by the true distance to one point, its own first."""
    values = distances(point, metric=metric)
    others = np.delete(values, row)
    values[row] = others.min() if len(others) else 0
    name = {"cosine": "1 − cosine", "dot": "− dot product"}.get(metric, "distance")
    low, high = float(others.min()), float(np.quantile(others, 0.99))
    return by_number(f"true distance ({name})", values, low=low, high=max(high, low + 1e-6))


def distances(point: PointTrust, *, metric: str) -> NDArray[np.float32]:
    """True distances to a point, smaller is nearer; shape (n,)."""
    if metric == "cosine":
        return np.asarray(1 - point.scores, dtype=np.float32)
    return np.array(-point.scores if METRICS[metric].larger_is_closer else point.scores, dtype=np.float32)


def mostly_false(trust: Trust) -> NDArray[np.intp]:
    """Rows of the points more than half of whose neighbours on the map are false, the worst first."""
    rows = np.flatnonzero(trust.point_kept < MOSTLY)
    order = np.lexsort((rows, trust.point_trustworthiness[rows], trust.point_kept[rows]))
    return rows[order]


def mostly_false_sentence(trust: Trust) -> str:
    """“412 of 600 points (69 %) have mostly false neighbours on this map.”"""
    count, scored = len(mostly_false(trust)), len(trust.scored)
    has = "has" if count == 1 else "have"
    return f"{count:,} of {scored:,} points ({100 * count / scored:.0f} %) {has} mostly false neighbours on this map."


def lost(shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is lost of a score, at least 0."""
    return np.asarray(np.clip(1 - shares, 0, None), dtype=np.float32)
