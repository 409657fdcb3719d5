"""Clusters on the map: their colours, their names at their densest places, and outlines around them."""

from __future__ import annotations

import numpy as np

from components.clusters.drawn.colouring import cluster_colouring
from components.clusters.looked import Looked
from components.kit import caching
from components.kit.colours import MOST_CATEGORIES
from components.kit.items import ItemTexts
from components.kit.kinds import counted
from components.kit.map import Colouring, Highlights, MapName, MapScene, Outline, Signs
from components.kit.pictures import pictures_on_map
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.words import shorten
from embeddings.clusters import NOISE, Clustering
from embeddings.clusters.shapes import contours, hulls, peaks
from embeddings.projections import Layout
from embeddings.space import Space

NONE, HULLS, CONTOURS = "no outlines", "hulls", "contours"
OUTLINES = (NONE, HULLS, CONTOURS)
SHARE = 0.9


def cluster_scene(looked: Looked, *, sized: bool = False) -> MapScene:
    """The points in the colours of their clusters; where wished, as large as they are firmly in them."""
    space, layout = looked.space, looked.layout
    collection = space.collection
    probabilities = looked.clustering.probabilities
    return MapScene(
        layout.coordinates,
        ItemTexts(space),
        collection.fingerprint,
        f"{layout.method} map of {counted(collection)} of “{shorten(collection.name, 60)}” "
        f"in the colours of {looked.clustering.count} clusters",
        cluster_colouring(looked.clustering, looked.numbered),
        probabilities if sized and probabilities is not None and probabilities.any() else None,
        pictures=pictures_on_map(collection),
    )


def cluster_highlights(
    looked: Looked,
    colouring: Colouring,
    *,
    outlined: str = NONE,
    cluster: int | None = None,
    row: int | None = None,
    named: bool = True,
) -> Highlights:
    """Names and outlines; all but the chosen cluster grey."""
    return Highlights(
        selected=row,
        hits=None if cluster is None else looked.clustering.members(cluster),
        names=map_names(looked, colouring) if named else (),
        outlines=outlines(looked, colouring, outlined),
        signs=Signs(outline=_meaning(outlined)),
    )


def map_names(looked: Looked, colouring: Colouring) -> list[MapName]:
    """The names where clusters are densest on the map, those of the largest first."""
    key = _key("peaks", looked.key, looked.space, looked.layout_settings)
    found = caching.remembered(key, lambda: peaks(looked.layout, looked.clustering))
    return [
        MapName(name, place.tolist(), colouring.code_of(numbered))
        for name, numbered, place in zip(looked.names, looked.numbered, found.places, strict=True)
    ]


def outlines(looked: Looked, colouring: Colouring, way: str) -> list[Outline]:
    """Lines around the largest clusters, as many as have colours of their own."""
    if way not in (HULLS, CONTOURS):
        return []
    key = _key(way, looked.key, looked.space, looked.layout_settings)
    around = caching.remembered(key, lambda: _around(looked.layout, looked.clustering, way))
    return [
        Outline(corners, colouring.code_of(looked.numbered[cluster]))
        for cluster, parts in enumerate(around)
        for corners in parts
        if len(corners) >= 3
    ]


def _around(layout: Layout, clustering: Clustering, way: str) -> tuple[tuple[np.ndarray, ...], ...]:
    largest = np.where(clustering.labels < MOST_CATEGORIES, clustering.labels, NOISE)
    drawn = Clustering(largest, clustering.method, clustering.params, clustering.seed)
    if way == HULLS:
        return tuple((hull,) for hull in hulls(layout, drawn, share=SHARE))
    return contours(layout, drawn, share=SHARE)


def _meaning(outlined: str) -> str:
    if outlined == HULLS:
        return f"hull of the densest {SHARE:.0%} of a cluster"
    return f"smallest region with {SHARE:.0%} of a cluster" if outlined == CONTOURS else ""


def _key(what: str, clusters: str, space: Space, settings: LayoutSettings) -> str:
    return f"{what}|{clusters}|{layout_request(space, settings)[0]}"
