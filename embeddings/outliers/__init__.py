"""Items that are unlike the rest: a table of methods and one function that runs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType

import numpy as np

from embeddings.clusters.points import check_metric, check_points, points_of
from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph, knn_graph
from embeddings.parameters import Parameter, used_settings
from embeddings.space import Space, Vectors

__all__ = ["OUTLIERS", "OutlierSpec", "find_outliers", "outliers"]


@dataclass(frozen=True)
class OutlierSpec:
    """One row of the table of outlier scores.

    Attributes:
        summary: one sentence in plain words.
        factory: `"module:function"`; the function takes (points, seed, **settings) and gives scores of shape (n,).
        parameters: its settings by name.
        neighbours: the setting that says how many neighbours of the shared graph it needs; empty for none.
        reference: author, year.
    """

    summary: str
    factory: str
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))
    neighbours: str = ""
    reference: str = ""


OUTLIERS: dict[str, OutlierSpec] = {
    "kNN distance": OutlierSpec(
        "How far away the k-th nearest item is: finds what is far from everything.",
        "embeddings.outliers.methods:knn_distance",
        MappingProxyType({"k": Parameter(10, 1, 100, 1, "Which of the nearest items counts; the k-th may be far.")}),
        neighbours="k",
        reference="Ramaswamy, Rastogi & Shim 2000",
    ),
    "LOF": OutlierSpec(
        "How much sparser it is around an item than around its neighbours: finds strays beside a dense group too.",
        "embeddings.outliers.methods:local_outlier_factor",
        MappingProxyType({"k": Parameter(20, 2, 100, 1, "How many nearest items are its surroundings.")}),
        neighbours="k",
        reference="Breunig, Kriegel, Ng & Sander 2000",
    ),
    "Isolation Forest": OutlierSpec(
        "How few random cuts set an item apart. It looks at one dimension at a time, so it is weak where meaning is "
        "spread over hundreds.",
        "embeddings.outliers.methods:isolation",
        MappingProxyType({"trees": Parameter(200, 10, 1000, 10, "How many random trees are asked.")}),
        reference="Liu, Ting & Zhou 2008",
    ),
}


def find_outliers(method: str) -> OutlierSpec:
    """The table's row of a method.

    Raises:
        EmbeddingError: there is no such method.
    """
    if method not in OUTLIERS:
        raise EmbeddingError(f"There is no outlier score “{method}”; choose one of {', '.join(OUTLIERS)}.")
    return OUTLIERS[method]


def outliers(
    space: Space,
    method: str = "kNN distance",
    *,
    seed: int = 0,
    graph: KnnGraph | None = None,
    **params: float | str,
) -> Vectors:
    """How unlike the rest each item is, float32 of shape (n,); larger is more so, in the method's own unit.

    Every collection has a largest score: whether it stands out is another question, see `ranked`.

    Args:
        space: at least 2 items.
        method: a name in OUTLIERS.
        seed: fixes all random steps.
        graph: the shared neighbour graph; made here where it is needed and not given, or holds too few neighbours.
        params: settings of the method by their own names, and `metric`: `"cosine"` (the default) or `"Euclidean"`.

    Raises:
        EmbeddingError: unknown method, setting or metric, a setting out of range, one item, or all items alike.
        ValueError: the graph does not belong to the space and metric.
    """
    spec = find_outliers(method)
    metric = str(params.get("metric", "cosine"))
    check_metric(metric)
    used = used_settings(method, spec.parameters, {name: value for name, value in params.items() if name != "metric"})
    points = points_of(space, metric, graph)
    check_points(points)
    if spec.neighbours:
        needed = min(int(used[spec.neighbours]), len(space) - 1)
        if graph is None or graph.rows.shape[1] < needed:
            points = points._replace(graph=knn_graph(space, k=needed, metric=metric))
    module, function = spec.factory.split(":")
    scores: Vectors = getattr(import_module(module), function)(points, seed, **used)
    return scores.astype(np.float32)
