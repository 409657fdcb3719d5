"""Maps of a space in 2 or 3 dimensions: a table of methods and one function that runs them."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType

import numpy as np

from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph, knn_graph
from embeddings.parameters import Parameter
from embeddings.projections.base import Layout, LinearMap, ProjectionSpec
from embeddings.space import Space

__all__ = [
    "PROJECTIONS",
    "Layout",
    "LinearMap",
    "Parameter",
    "ProjectionSpec",
    "find_projection",
    "project",
    "warm_up_umap",
]

SMALLEST = 3

PROJECTIONS: dict[str, ProjectionSpec] = {
    "PCA": ProjectionSpec(
        "The straight-on view that spreads the items most. Distances are true shadows, but most dimensions are hidden.",
        "embeddings.projections.pca:pca",
        quick=True,
        reference="Pearson 1901; Hotelling 1933",
    ),
    "UMAP": ProjectionSpec(
        "Keeps near neighbours near. Islands, their sizes and the gaps between them are not to be read as distances.",
        "embeddings.projections.umap:umap",
        MappingProxyType(
            {
                "n_neighbors": Parameter(15, 2, 100, 1, "How many neighbours count as near: small shows detail."),
                "min_dist": Parameter(0.1, 0.0, 0.99, 0.01, "How close together points may be drawn."),
            }
        ),
        neighbours="n_neighbors",
        metric=True,
        reference="McInnes, Healy & Melville 2018",
    ),
    "t-SNE": ProjectionSpec(
        "Keeps small neighbourhoods together. Sizes of groups and gaps between them say nothing.",
        "embeddings.projections.tsne:tsne",
        MappingProxyType({"perplexity": Parameter(30, 2, 100, 1, "Roughly how many neighbours each item minds.")}),
        metric=True,
        reference="van der Maaten & Hinton 2008",
    ),
}


def find_projection(method: str) -> ProjectionSpec:
    """The table's row of a method.

    Raises:
        EmbeddingError: there is no such method.
    """
    if method not in PROJECTIONS:
        raise EmbeddingError(f"There is no projection “{method}”; choose one of {', '.join(PROJECTIONS)}.")
    return PROJECTIONS[method]


def project(
    space: Space,
    method: str = "PCA",
    *,
    dims: int = 2,
    seed: int = 0,
    graph: KnnGraph | None = None,
    **params: float | str,
) -> Layout:
    """A map of a space.

    Args:
        space: at least 3 items.
        method: a name in PROJECTIONS.
        dims: 2 or 3.
        seed: fixes all random steps.
        graph: the shared neighbour graph, made here when it is needed and not given.
        params: settings of the method by their own names, and `metric` where the method asks for one.

    Raises:
        EmbeddingError: unknown method, setting or metric, a setting out of range, or fewer than 3 items.
        ValueError: dims is not 2 or 3.
    """
    spec = find_projection(method)
    if dims not in (2, 3):
        raise ValueError(f"dims must be 2 or 3, got {dims}")
    if len(space) < SMALLEST:
        raise EmbeddingError(f"A map needs at least {SMALLEST} items, this collection has {len(space)}.")
    used = _checked(method, spec, params)
    module, function = spec.factory.split(":")
    run = getattr(import_module(module), function)
    if spec.neighbours:
        metric = str(used.pop("metric"))
        graph = graph or knn_graph(space, k=int(used[spec.neighbours]), metric=metric)
    layout: Layout = run(space, graph, dims, seed, **used)
    return layout


def warm_up_umap() -> None:
    """Compile what the first UMAP would otherwise wait for, on a tiny space and both sizes of map."""
    vectors = np.random.default_rng(0).normal(size=(60, 8))
    space = Space.from_vectors([str(row) for row in range(60)], vectors, name="warm-up")
    shared = knn_graph(space, k=15)
    for dims in (2, 3):
        project(space, "UMAP", dims=dims, graph=shared)


def _checked(method: str, spec: ProjectionSpec, params: dict[str, float | str]) -> dict[str, float | str]:
    known = set(spec.parameters) | ({"metric"} if spec.metric else set())
    if unknown := sorted(set(params) - known):
        raise EmbeddingError(f"{method} has no setting “{unknown[0]}”; it has {', '.join(sorted(known)) or 'none'}.")
    used: dict[str, float | str] = {name: params.get(name, each.default) for name, each in spec.parameters.items()}
    for name, each in spec.parameters.items():
        if not each.low <= float(used[name]) <= each.high:
            raise EmbeddingError(f"{name} must lie between {each.low:g} and {each.high:g}, got {used[name]}.")
    if spec.metric:
        used["metric"] = params.get("metric", "cosine")
    return used
