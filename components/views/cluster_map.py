"""Clusters on a map: their colours, names and outlines, and as the colours of the Map page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from components.kit import caching, link
from components.kit.ask import Pending
from components.kit.colours import MOST_CATEGORIES
from components.kit.kinds import counted
from components.kit.map import PLAIN_COLOURING, Colouring, Highlights, MapName, MapScene, Outline, Signs, by_category
from components.kit.map.colouring import PLAIN
from components.kit.maps import scene_of
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.words import escape, shorten
from components.views.cluster_names import named
from components.views.clusterings import (
    GROUPING,
    MAP,
    Looked,
    by_label,
    called,
    clusters_request,
    current,
    heading,
    to_text,
)
from embeddings.clusters import NOISE, Clustering
from embeddings.clusters.shapes import contours, hulls, peaks
from embeddings.errors import EmbeddingError
from embeddings.projections import Layout
from embeddings.space import Space

TITLE, NOISE_NAME = "cluster", "noise"
OUTLINES = NONE, HULLS, CONTOURS = "no outlines", "hulls", "contours"
# With the sparsest tenth of a cluster, a few strays would stretch its outline over half the map.
SHARE = 0.9


class ByClusters(NamedTuple):
    """Clusters as the colours of a map.

    Attributes:
        colouring: the colours, plain while they are being found or where there are none; None leaves the map's own.
        said: what is said of them, as Markdown.
        names: of the clusters, where they are densest on this map.
    """

    colouring: Colouring | None
    said: str
    names: Sequence[MapName] = ()


def by_clusters(space: Space, colour: str, drawn: tuple[Layout, LayoutSettings], pending: Pending) -> ByClusters | None:
    """The colours of the clusters that the map's choice names; None where it names none. Stops no script."""
    asked = by_label().get(colour)
    if asked is None:
        link.carry(GROUPING, "")
        return _unreadable()
    settings, naming = asked
    layout, layout_settings = drawn
    link.carry(GROUPING, to_text(settings, naming))
    if settings.of == MAP and layout.dims != 2:
        return ByClusters(PLAIN_COLOURING, "These are clusters of a 2D map: choose 2D to see them.")
    request = clusters_request(space, settings, layout)
    key, found = request.key, pending.ask_or_why_not(request)
    if found is None:
        return ByClusters(PLAIN_COLOURING, f"Finding clusters by {settings.method} …")
    if isinstance(found, EmbeddingError):
        return ByClusters(PLAIN_COLOURING, f":material/error: {escape(str(found))}")
    clustering = found.clustering
    names = called(key, named(space, clustering, key, naming, pending).names)
    looked = Looked(space, clustering, key, found.scores, settings, layout, layout_settings, names)
    colouring = cluster_colouring(clustering, looked.numbered)
    where = "of this map, not of the original space" if looked.of_map else "of the original space"
    notes = " ".join(clustering.notes)
    said = (
        f"Colour: {settings.method}, clusters {where}, seed {settings.seed}. {heading(clustering, space.collection)}."
    )
    return ByClusters(colouring, escape(f"{said} {notes}"), map_names(looked, colouring))


def _unreadable() -> ByClusters | None:
    try:
        current()
    except EmbeddingError as error:
        return ByClusters(None, f":material/error: {escape(str(error))}")
    return None


def cluster_colouring(clustering: Clustering, numbered: Sequence[str]) -> Colouring:
    """A colour for each cluster, the largest first; noise is grey."""
    labels = clustering.labels.tolist()
    return by_category(TITLE, [None if label == NOISE else numbered[label] for label in labels], missing=NOISE_NAME)


def cluster_scene(looked: Looked, *, sized: bool = False) -> MapScene:
    """The points in the colours of their clusters; where wished, as large as they are firmly in them."""
    collection, clustering = looked.space.collection, looked.clustering
    firm = clustering.probabilities
    return replace(
        scene_of(looked.space, looked.layout, PLAIN, PLAIN),
        description=f"{looked.layout.method} map of {counted(collection)} of “{shorten(collection.name, 60)}” "
        f"in the colours of {clustering.count} clusters",
        colouring=cluster_colouring(clustering, looked.numbered),
        sizes=firm if sized and firm is not None and firm.any() else None,
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
        outlines=_outlines(looked, colouring, outlined),
        signs=Signs(outline=_meaning(outlined)),
    )


def map_names(looked: Looked, colouring: Colouring) -> list[MapName]:
    """The names where clusters are densest on the map, those of the largest first."""
    found = caching.remembered(_key("peaks", looked), lambda: peaks(looked.layout, looked.clustering))
    return [
        MapName(name, place.tolist(), colouring.code_of(numbered))
        for name, numbered, place in zip(looked.names, looked.numbered, found.places, strict=True)
    ]


def _outlines(looked: Looked, colouring: Colouring, way: str) -> list[Outline]:
    """Lines around the largest clusters, as many as have colours of their own."""
    if way not in (HULLS, CONTOURS):
        return []
    around = caching.remembered(_key(way, looked), lambda: _around(looked.layout, looked.clustering, way))
    return [
        Outline(corners, colouring.code_of(looked.numbered[cluster]))
        for cluster, parts in enumerate(around)
        for corners in parts
        if len(corners) >= 3
    ]


def _around(layout: Layout, clustering: Clustering, way: str) -> tuple[tuple[np.ndarray, ...], ...]:
    largest = np.where(clustering.labels < MOST_CATEGORIES, clustering.labels, NOISE)
    drawn = replace(clustering.light, labels=largest)
    if way == HULLS:
        return tuple((hull,) for hull in hulls(layout, drawn, share=SHARE))
    return contours(layout, drawn, share=SHARE)


def _meaning(outlined: str) -> str:
    if outlined == HULLS:
        return f"hull of the densest {SHARE:.0%} of a cluster"
    return f"smallest region with {SHARE:.0%} of a cluster" if outlined == CONTOURS else ""


def _key(what: str, looked: Looked) -> str:
    return f"{what}|{looked.key}|{layout_request(looked.space, looked.layout_settings).key}"
