"""A clustering as pages share it: how it is asked for and written in a link, and how it colours a map."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import numpy as np
import streamlit as st

from components.kit import caching, link
from components.kit.ask import Pending, Request, asking, wanted
from components.kit.colours import MOST_CATEGORIES
from components.kit.evidence import Setting, settings_of
from components.kit.kinds import counted, several
from components.kit.map import PLAIN_COLOURING, Colouring, Highlights, MapName, MapScene, Outline, Signs, by_category
from components.kit.map.colouring import PLAIN
from components.kit.maps import scene_of
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.words import escape, shorten
from components.views.cluster_names import WAYS, Naming, named
from embeddings.clusters import NOISE, Clustering, Scored, find_clustering
from embeddings.clusters.running import settings as checked
from embeddings.clusters.scores import ClusterScores
from embeddings.clusters.shapes import contours, hulls, peaks
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.projections import Layout
from embeddings.space import Space

SPACE, MAP = "space", "map"
METHOD, COUNT = "cluster_by", "clusters"
CLUSTER, GROUPING = "cluster", "grouping"
RENAMED, ON_MAP = "renamed_clusters", "clusterings_on_map"
CHOSEN_OF = "chosen_cluster_of"
PREFIX = "clusters: "
MOST_KEPT = 50
BROKEN = "The link's clusters cannot be read: choose them anew on the Clusters page."
TITLE, NOISE_NAME = "cluster", "noise"
OUTLINES = NONE, HULLS, CONTOURS = "no outlines", "hulls", "contours"
# With the sparsest tenth of a cluster, a few strays would stretch its outline over half the map.
SHARE = 0.9
T = TypeVar("T")


class ClusterSettings(NamedTuple):
    """How clusters are asked for.

    Attributes:
        method: registry name of the clustering.
        params: the method's own settings, and `metric`.
        seed: of its random steps.
        of: `"space"` for the original space, `"map"` for the places on the 2D map.
    """

    method: str = "K-means"
    params: Mapping[str, float | str] = MappingProxyType({})
    seed: int = 0
    of: str = SPACE


class Looked(NamedTuple):
    """A clustering with all that is drawn from it.

    Attributes:
        space: whose items were clustered.
        clustering: the clusters.
        key: stands for the clustering: equal keys, equal labels.
        scores: how well they are separated, in the original space.
        settings: how they were asked for; where `settings.of` is "map" they are those of the layout's places.
        layout: the map that is drawn, in 2 dimensions.
        layout_settings: how it was drawn.
        names: what each cluster is called now, one a cluster, without its number.
    """

    space: Space
    clustering: Clustering
    key: str
    scores: ClusterScores
    settings: ClusterSettings
    layout: Layout
    layout_settings: LayoutSettings
    names: tuple[str, ...] = ()

    @property
    def numbered(self) -> tuple[str, ...]:
        """The names with their numbers before them, so that no two are the same."""
        return tuple(f"{number} · {name}" for number, name in enumerate(self.names, 1))

    @property
    def of_map(self) -> bool:
        """Whether they are clusters of the map and not of the original space."""
        return self.settings.of == MAP

    @property
    def points(self) -> Space:
        """What the clusters are groups of: the items, or their places on the map."""
        return caching.space_of_places(self.layout) if self.of_map else self.space

    @property
    def said(self) -> dict[str, Setting]:
        """How they were found, for the lines of a file."""
        of = f"{self.layout.method} map" if self.of_map else "original space"
        method, seed, params = self.clustering.method, self.clustering.seed, self.clustering.params
        return settings_of(self.space, clusters_of=of, method=method, seed=seed, **params)


def clusters_request(space: Space, settings: ClusterSettings, layout: Layout) -> Request[Scored]:
    """The job that finds clusters; that there are none to find is an answer too, not a failure."""
    asked = {"seed": settings.seed, **settings.params}
    if settings.of == MAP:
        return asking("map clusters", layout, method=settings.method, **asked)
    return asking("clusters", space, method=settings.method, **asked)


def answer(request: Request[T], button: str, key: str, pending: Pending) -> T | None:
    """What a reader asks for with a button, once somebody has; None where it is not there, with the reason shown."""
    if not wanted(request, button, key=key):
        return None
    found = pending.ask_or_why_not(request)
    if isinstance(found, EmbeddingError):
        st.info(escape(str(found)), icon=":material/info:")
        return None
    if found is None:
        st.caption(":material/hourglass_top: Under way; the page can be used meanwhile.")
    return found


def look_at(count: int) -> None:
    """Ask for another number of clusters."""
    st.session_state[COUNT] = count


def to_text(settings: ClusterSettings, naming: Naming) -> str:
    """Settings and way of naming for a link; reads back by `from_text`."""
    content = [settings.method, settings.of, settings.seed, dict(settings.params), naming.way, list(naming.labels)]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> tuple[ClusterSettings, Naming]:
    """Settings and way of naming of a link.

    Raises:
        EmbeddingError: it cannot be read, or there is no such method, setting or way of naming.
    """
    try:
        method, of, seed, params, way, labels = json.loads(text)
        known = isinstance(params, dict) and isinstance(labels, list) and isinstance(method, str)
        named = Naming(str(way), tuple(map(str, labels))) if known else Naming()
        number = int(seed)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:  # JSON knows 1e999 and any depth
        raise EmbeddingError(BROKEN) from error
    if not known or of not in (SPACE, MAP) or named.way not in WAYS or not 0 <= number <= 9999:
        raise EmbeddingError(BROKEN)
    used, metric = checked(method, params, find_clustering(method).metric)
    return ClusterSettings(method, {**used, "metric": metric}, number, of), named


def current() -> tuple[ClusterSettings, Naming] | None:
    """The clusters that the link or this session puts on the map.

    Raises:
        EmbeddingError: the link's cannot be read.
    """
    text = link.read(GROUPING)
    return from_text(text) if text else None


def label(settings: ClusterSettings) -> str:
    """What the map's choice of colours calls a clustering."""
    counted = f", {settings.params['clusters']:g}" if "clusters" in settings.params else ""
    of = " of the map" if settings.of == MAP else ""
    return f"{PREFIX}{settings.method}{counted}{of}"


def put_on_map(settings: ClusterSettings, naming: Naming) -> str:
    """Offer a clustering among the colours of the map; its label is given back."""
    offered = _offered()
    name = label(settings)
    offered.pop(name, None)
    offered[name] = (settings, naming)
    while len(offered) > MOST_KEPT:
        offered.pop(next(iter(offered)))
    link.write(GROUPING, to_text(settings, naming))
    return name


def by_label() -> dict[str, tuple[ClusterSettings, Naming]]:
    """The clusterings that the map can be coloured by: those of this session and the link's."""
    found = dict(_offered())
    try:
        asked = current()
    except EmbeddingError:  # answered where it is used
        asked = None
    return found if asked is None else found | {label(asked[0]): asked}


def _offered() -> dict[str, tuple[ClusterSettings, Naming]]:
    offered: dict[str, tuple[ClusterSettings, Naming]] = st.session_state.setdefault(ON_MAP, {})
    return offered


def renamed(key: str) -> dict[int, str]:
    """The names that this session has given to clusters of a clustering, by cluster."""
    every: dict[str, dict[int, str]] = st.session_state.setdefault(RENAMED, {})
    while len(every) > MOST_KEPT:
        every.pop(next(iter(every)))
    return every.setdefault(key, {})


def called(key: str, found: Sequence[str]) -> tuple[str, ...]:
    """The names as the reader has changed them."""
    changed = renamed(key)
    return tuple(changed.get(cluster, name) for cluster, name in enumerate(found))


def chosen_cluster(count: int) -> int | None:
    """The cluster whose items are shown, if there is one of this number."""
    return link.row(CLUSTER, count)


def choose_cluster(cluster: int | None) -> None:
    """Show the items of a cluster, or of none."""
    link.write_row(CLUSTER, cluster)


def only_of(key: str) -> None:
    """Forget the chosen cluster where other clusters are looked at than before: its number means nothing there."""
    if st.session_state.get(CHOSEN_OF) not in (None, key):
        choose_cluster(None)
    st.session_state[CHOSEN_OF] = key


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


def colour_the_map(settings: ClusterSettings, naming: Naming) -> None:
    """A button that opens the Map page in the colours of these clusters."""
    if st.button("Colour the map", icon=":material/palette:", key="colour_the_map_by_clusters"):
        colour = st.session_state["colour"] = put_on_map(settings, naming)
        text = to_text(settings, naming)
        link.go_to(link.MAP, query_params={"colour": colour, GROUPING: text})


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


def heading(clustering: Clustering, collection: Collection) -> str:
    """How many clusters of what sizes: “12 clusters of 31 to 74 items”."""
    n, count, noun = len(clustering), clustering.count, several(collection)
    if not count:
        return f"No clusters: all {n:,} {noun} are noise"
    low, high = int(clustering.sizes.min()), int(clustering.sizes.max())
    sizes = f"{low:,} {noun}" if low == high else f"{low:,} to {high:,} {noun}"
    noise = f", and {clustering.noise:,} of {n:,} in none (noise)" if clustering.noise else ""
    return f"{count} cluster{'' if count == 1 else 's'} of {sizes}{noise}"


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
