"""A clustering as a link writes it, and what this session has renamed or put on the map."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from components.clusters.looked import MAP, SPACE, ClusterSettings
from components.clusters.names.ways import WAYS, Naming
from components.kit import link
from embeddings.clusters import find_clustering
from embeddings.clusters.running import settings as checked
from embeddings.errors import EmbeddingError

CLUSTER, GROUPING = "cluster", "grouping"
RENAMED, ON_MAP = "renamed_clusters", "clusterings_on_map"
CHOSEN_OF = "chosen_cluster_of"
PREFIX = "clusters: "
MOST_KEPT = 50
BROKEN = "The link's clusters cannot be read: choose them anew on the Clusters page."


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


def only_of(key: str) -> None:
    """Forget the chosen cluster where other clusters are looked at than before: its number means nothing there."""
    if st.session_state.get(CHOSEN_OF) not in (None, key):
        choose_cluster(None)
    st.session_state[CHOSEN_OF] = key


def choose_cluster(cluster: int | None) -> None:
    """Show the items of a cluster, or of none."""
    link.write_row(CLUSTER, cluster)


def _offered() -> dict[str, tuple[ClusterSettings, Naming]]:
    offered: dict[str, tuple[ClusterSettings, Naming]] = st.session_state.setdefault(ON_MAP, {})
    return offered
