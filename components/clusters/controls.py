"""How clusters are asked for: method, settings, metric, seed, and the space or its map."""

from __future__ import annotations

import streamlit as st

from components.clusters.looked import MAP, SPACE, ClusterSettings
from components.kit import link
from components.kit.choice import COLLECTION, FIRST_MAP
from components.kit.spaces import LayoutSettings
from components.kit.widgets import pick
from embeddings.clusters import CLUSTERINGS, find_clustering
from embeddings.clusters.base import ClusteringSpec
from embeddings.clusters.points import DISTANCES
from embeddings.projections import PROJECTIONS, Parameter
from embeddings.space import Space

METHOD, METRIC, SEED, OF, DRAWN = "cluster_by", "cluster_metric", "cluster_seed", "cluster_of", "drawn_by"
COUNT = "clusters"
GIVEN = "usual_clusters"
CHANCE = ("restarts",)
USUAL, FEWEST, MOST = "K-means", 2, 30
KNOWN = {"sentences": 12, "digits": 10}
OF_NAMES = {"original space": SPACE, "2D map": MAP}
SHORT = {
    "clusters": "Clusters",
    "restarts": "Restarts",
    "min_cluster_size": "Smallest cluster",
    "min_samples": "Must be near",
    "noise_to_nearest": "Noise to the nearest cluster",
    "dimensions": "Dimensions",
}


def usual_count(space: Space) -> int:
    """How many clusters are looked for unless somebody says otherwise.

    The number of topics or digits where the collection is known; else √(n / 2), at least 2 and at most 30.
    """
    known = KNOWN.get(link.read("collection", COLLECTION))
    return known or int(min(MOST, max(FEWEST, round((len(space) / 2) ** 0.5))))


def usual_sentence(space: Space) -> str:
    """Where the number of clusters comes from while nobody has chosen it."""
    n, count = len(space), usual_count(space)
    if link.read("collection", COLLECTION) in KNOWN:
        return f"{count} clusters to begin with, because this collection was made with {count} groups."
    return f"{count} clusters to begin with: √(n / 2) for n = {n:,} items, between {FEWEST} and {MOST}. Only a guess."


def settings_controls(space: Space) -> ClusterSettings:
    """Everything that clusters depend on, in one row."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="cluster_controls"):
        method = pick("Method", list(CLUSTERINGS), key=METHOD, default=USUAL)
        spec = find_clustering(method)
        asked = {name: each for name, each in spec.parameters.items() if name not in CHANCE}
        params: dict[str, float | str] = {name: _number(name, each, space) for name, each in asked.items()}
        of = _of_control()
        params["metric"] = _metric_control(of, spec.metric)
        seed, chance = _chance_controls(spec, space)
    begun = f" {usual_sentence(space)}" if params.get(COUNT) == usual_count(space) else ""
    st.caption(f"{spec.summary} {spec.reference}.{begun}")
    return ClusterSettings(method, {**params, **chance}, seed, of)


def layout_control() -> LayoutSettings:
    """How the map below is drawn; always in 2 dimensions and with the method's usual settings."""
    method = pick(
        "Drawn by",
        list(PROJECTIONS),
        key=DRAWN,
        default=FIRST_MAP.method,
        help="The picture only: clusters of the original space stay the same whatever draws it.",
        hide_label=True,
    )
    return usual_layout(method)


def usual_layout(method: str) -> LayoutSettings:
    """A 2D map with the usual settings of a method."""
    spec = PROJECTIONS[method]
    params: dict[str, float | str] = {name: each.whole(each.default) for name, each in spec.parameters.items()}
    if spec.metric:
        params["metric"] = "cosine"
    return FIRST_MAP._replace(method=method, params=params)


def _chance_controls(spec: ClusteringSpec, space: Space) -> tuple[int, dict[str, float | str]]:
    """Seed and restarts, in a popover that shows them when closed."""
    given = [f"seed {st.session_state.get(SEED, 0)}"]
    given += [f"{st.session_state.get(name, spec.parameters[name].default)} {name}" for name in _by_chance(spec)]
    with st.popover(", ".join(given).capitalize(), key="chance"):
        seed = st.number_input(
            "Seed",
            0,
            9999,
            0,
            key=SEED,
            bind="query-params",
            persist_state="session",
            help="Of the random steps. Another seed may give other clusters: see below how stable they are.",
        )
        chance = {name: _number(name, spec.parameters[name], space) for name in _by_chance(spec)}
    return int(seed), {**chance}


def _by_chance(spec: ClusteringSpec) -> list[str]:
    return [name for name in spec.parameters if name in CHANCE]


def _of_control() -> str:
    of = pick(
        "Look for clusters in",
        list(OF_NAMES),
        key=OF,
        help="The original space is what the model sees. A map can tear groups apart and put others side by side.",
    )
    return OF_NAMES[of]


def _metric_control(of: str, usual: str) -> str:
    if of == MAP:
        st.segmented_control("Metric", ["Euclidean"], default="Euclidean", disabled=True, key="metric_on_map")
        return "Euclidean"
    return pick(
        "Metric",
        DISTANCES,
        key=METRIC,
        default=usual,
        help="By cosine, vectors are brought to length 1 first: only their directions count.",
    )


def _number(name: str, each: Parameter, space: Space) -> float:
    """A setting; it keeps to the method's range, and whether it fits the collection is said where clusters would be."""
    if each.switch:
        label = SHORT.get(name, name)
        return int(st.toggle(label, key=name, bind="query-params", persist_state="session", help=each.summary))
    default = each.default
    if name == COUNT:
        default = usual_count(space)
        _follow(default)
    return st.number_input(
        SHORT.get(name, name),
        each.whole(each.low),
        each.whole(each.high),
        each.whole(default),
        each.whole(each.step),
        key=name,
        bind="query-params",
        persist_state="session",
        width=125 if len(SHORT.get(name, name)) > 10 else 92,
        help=each.summary,
    )


def _follow(usual: int) -> None:
    """Let an untouched number of clusters follow the collection."""
    before = st.session_state.get(GIVEN)
    if before is not None and before != usual and st.session_state.get(COUNT) == before:
        st.session_state[COUNT] = usual
    st.session_state[GIVEN] = usual
