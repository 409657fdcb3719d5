"""A clustering as pages share it: how it is asked for and written in a link, and what its clusters are called."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import streamlit as st

from components.kit import caching, link
from components.kit.ask import WISHES, Pending, Request, asking, wanted
from components.kit.evidence import Setting, settings_of
from components.kit.kinds import several
from components.kit.spaces import LayoutSettings
from components.kit.words import escape
from components.views.cluster_names import WAYS, Naming
from embeddings.clusters import Clustering, Scored, find_clustering
from embeddings.clusters.running import settings as checked
from embeddings.clusters.scores import ClusterScores
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.projections import Layout
from embeddings.space import Space

SPACE, MAP = "space", "map"
METHOD, COUNT = "cluster_by", "clusters"
CLUSTER, GROUPING = "cluster", "grouping"
RENAMED, ON_MAP = "renamed_clusters", "clusterings_on_map"
CHOSEN_OF, BEGUN = "chosen_cluster_of", "begun_checks"
PREFIX = "clusters: "
MOST_KEPT = 50
# With more items a check clusters for minutes: only where somebody asks for it.
BY_ITSELF = 20_000
BROKEN = "The link's clusters cannot be read: choose them anew on the Clusters page."
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


def answer(request: Request[T], button: str, key: str, pending: Pending, *, items: int) -> T | None:
    """What begins by itself; of many items, or after a cancel, with a button. None where it is not there.

    Why it is not there is shown.
    """
    begun: set[str] = st.session_state.setdefault(BEGUN, set())
    if request.key not in begun and items <= BY_ITSELF:
        begun.add(request.key)
        wishes: set[str] = st.session_state.setdefault(WISHES, set())
        wishes.add(request.key)
    if not wanted(request, button, key=key):
        return None
    found = pending.ask_or_why_not(request)
    if isinstance(found, EmbeddingError):
        st.info(escape(str(found)), icon=":material/info:")
        return None
    if found is None:
        st.caption(":material/hourglass_top: Being computed; you can use the page meanwhile.")
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


def colour_the_map(settings: ClusterSettings, naming: Naming) -> None:
    """A button that opens the Map page in the colours of these clusters."""
    if st.button("Colour the map", icon=":material/palette:", key="colour_the_map_by_clusters"):
        colour = st.session_state["colour"] = put_on_map(settings, naming)
        text = to_text(settings, naming)
        link.go_to(link.MAP, query_params={"colour": colour, GROUPING: text})


def heading(clustering: Clustering, collection: Collection) -> str:
    """How many clusters of what sizes: “12 clusters of 31 to 74 items”."""
    n, count, noun = len(clustering), clustering.count, several(collection)
    if not count:
        return f"No clusters: all {n:,} {noun} are noise"
    low, high = int(clustering.sizes.min()), int(clustering.sizes.max())
    sizes = f"{low:,} {noun}" if low == high else f"{low:,} to {high:,} {noun}"
    noise = f", and {clustering.noise:,} of {n:,} in none (noise)" if clustering.noise else ""
    return f"{count} cluster{'' if count == 1 else 's'} of {sizes}{noise}"
