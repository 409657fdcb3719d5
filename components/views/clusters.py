"""The Clusters page: settings, map, list and items of clusters, and what to think of them."""

from __future__ import annotations

import streamlit as st

from components.app.frame import Page, in_place_of
from components.kit import link
from components.kit.ask import Pending, ask, ask_or_why_not
from components.kit.choice import COLLECTION, FIRST_MAP
from components.kit.evidence import note
from components.kit.link import selected_row
from components.kit.map import MapScene, vector_map
from components.kit.maps import clicked, drawn_around, layout_or_quick, usual_settings
from components.kit.spaces import LayoutSettings, layout_request
from components.kit.texts import how
from components.kit.widgets import pick, pick_from_list
from components.kit.words import escape, shorten
from components.views import clusterings
from components.views.cluster_checks import cluster_checks
from components.views.cluster_counts import cluster_counts
from components.views.cluster_list import cluster_list, cluster_panel, selection_panel, whole_export
from components.views.cluster_map import OUTLINES, cluster_highlights, cluster_scene
from components.views.cluster_names import Named, named, naming_control
from components.views.clusterings import COUNT, MAP, SPACE, ClusterSettings, Looked, clusters_request
from components.views.dendrogram import cluster_tree
from embeddings.clusters import CLUSTERINGS, NOISE, find_clustering
from embeddings.clusters.agreement import overlap
from embeddings.clusters.base import ClusteringSpec
from embeddings.clusters.points import DISTANCES
from embeddings.clusters.verdict import difference, verdict
from embeddings.errors import EmbeddingError
from embeddings.projections import PROJECTIONS, Parameter
from embeddings.space import Space

METRIC, SEED, OF, DRAWN = "cluster_metric", "cluster_seed", "cluster_of", "drawn_by"
GIVEN, FOLLOWED = "usual_clusters", "followed_method"
OF_NAMES = {"original space": SPACE, "2D map": MAP}
USUAL, FEWEST, MOST = "K-means", 2, 30
# How many topics and digits the ready collections were made with.
KNOWN = {"sentences": 12, "digits": 10}
CHANCE = ("restarts",)
SHORT = {
    "clusters": "Clusters",
    "restarts": "Restarts",
    "min_cluster_size": "Smallest cluster",
    "min_samples": "Must be near",
    "noise_to_nearest": "Noise to the nearest cluster",
    "dimensions": "Dimensions",
}
MAP_KEY = "cluster_map"
OUTLINED, SIZED, NAMED = "outline", "by_probability", "names_on_map"


def clusters(page: Page) -> None:
    """Everything of the page beside its heading."""
    space = page.space
    with page.corner, st.container(horizontal=True, horizontal_alignment="right"):
        wished = _layout_control()
    settings = settings_controls(space)
    pending = Pending()
    looked = _looked(space, settings, wished, pending)
    if looked is not None:
        clusterings.only_of(looked.key)
        _said(looked, pending)
        looked = _results(looked, pending)
        _look_closer(looked, pending)
        link.show({clusterings.CLUSTER: ""})
    how("clusters")
    pending.show()


def _look_closer(looked: Looked, pending: Pending) -> None:
    st.divider()
    views = {
        "Are they real?": lambda: cluster_checks(looked, pending),
        "How many?": lambda: cluster_counts(looked, pending),
        "Tree": lambda: cluster_tree(looked),
    }
    view = pick("Look closer", list(views), key="cluster_view", hide_label=True)
    with in_place_of(views, view):
        views[view]()


def _layout_control() -> LayoutSettings:
    """How the map below is drawn; always in 2 dimensions and with the method's usual settings."""
    _follow_the_map()
    help = "The picture only: clusters of the original space stay the same whatever draws it."
    method = pick("Drawn by", list(PROJECTIONS), key=DRAWN, default=FIRST_MAP.method, help=help, hide_label=True)
    return usual_settings(method)


def _follow_the_map() -> None:
    """Draw by the method that the reader has chosen on another page since this one was seen."""
    chosen = st.session_state.get("method") or FIRST_MAP.method
    if chosen != st.session_state.get(FOLLOWED, FIRST_MAP.method):
        st.session_state[DRAWN] = chosen
        link.carry(DRAWN, "" if chosen == FIRST_MAP.method else chosen)  # setting the widget alone does not say it
    st.session_state[FOLLOWED] = chosen


def settings_controls(space: Space) -> ClusterSettings:
    """Everything that clusters depend on: method and number in a row, the rest behind a button."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="inline_one_row_clusters"):
        method = pick_from_list("Method", list(CLUSTERINGS), key=clusterings.METHOD, default=USUAL, width=240)
        spec = find_clustering(method)
        asked = {name: each for name, each in spec.parameters.items() if name not in CHANCE}
        first = next(iter(asked))
        st.caption(SHORT.get(first, first), width="content")
        params: dict[str, float | str] = {first: _number(first, asked.pop(first), space, hide_label=True)}
        with st.popover("Settings", icon=":material/tune:", key="cluster_settings"):
            st.caption(f"**{method}** · {spec.summary} {spec.reference}.")
            params |= {name: _number(name, each, space) for name, each in asked.items()}
            help = "The original space is what the model sees. A map can tear groups apart and put others side by side."
            of = OF_NAMES[pick("Look for clusters in", list(OF_NAMES), key=OF, help=help)]
            params["metric"] = _metric_control(of, spec.metric)
            seed, chance = _chance_controls(spec, space)
    return ClusterSettings(method, {**params, **chance}, seed, of)


def _metric_control(of: str, usual: str) -> str:
    if of == MAP:
        st.segmented_control("Metric", ["Euclidean"], default="Euclidean", disabled=True, key="metric_on_map")
        return "Euclidean"
    help = "By cosine, vectors are brought to length 1 first: only their directions count."
    return pick("Metric", DISTANCES, key=METRIC, default=usual, help=help)


def _chance_controls(spec: ClusteringSpec, space: Space) -> tuple[int, dict[str, float | str]]:
    """Seed and restarts."""
    help = "Of the random steps. Another seed may give other clusters: see below how stable they are."
    seed = st.number_input("Seed", 0, 9999, 0, key=SEED, bind="query-params", persist_state="session", help=help)
    by_chance = {name: each for name, each in spec.parameters.items() if name in CHANCE}
    return int(seed), {name: _number(name, each, space) for name, each in by_chance.items()}


def _number(name: str, each: Parameter, space: Space, *, hide_label: bool = False) -> float:
    """A setting; it keeps to the method's range, and whether it fits the collection is said where clusters would be."""
    label = SHORT.get(name, name)
    if each.switch:
        return int(st.toggle(label, key=name, bind="query-params", persist_state="session", help=each.summary))
    default, summary = each.usual, each.summary
    if name == COUNT:
        default, summary = usual_count(space), f"{summary} {_usual_sentence(space)}"
        _follow(default)
    return st.number_input(
        label,
        each.whole(each.low),
        each.whole(each.high),
        default,
        each.whole(each.step),
        key=name,
        bind="query-params",
        persist_state="session",
        width=110 if hide_label else "stretch",
        label_visibility="collapsed" if hide_label else "visible",
        help=summary,
    )


def _follow(usual: int) -> None:
    """Let an untouched number of clusters follow the collection."""
    before = st.session_state.get(GIVEN)
    if before is not None and before != usual and st.session_state.get(COUNT) == before:
        st.session_state[COUNT] = usual
    st.session_state[GIVEN] = usual


def usual_count(space: Space) -> int:
    """How many clusters are looked for unless somebody says otherwise.

    The number of topics or digits where the collection is known; else √(n / 2), at least 2 and at most 30.
    """
    known = KNOWN.get(link.read("collection", COLLECTION))
    return known or int(min(MOST, max(FEWEST, round((len(space) / 2) ** 0.5))))


def _usual_sentence(space: Space) -> str:
    """Where the number of clusters comes from while nobody has chosen it."""
    n, count = len(space), usual_count(space)
    if link.read("collection", COLLECTION) in KNOWN:
        return f"{count} clusters to begin with, because this collection was made with {count} groups."
    return f"{count} clusters to begin with: √(n / 2) for n = {n:,} items, between {FEWEST} and {MOST}. Only a guess."


def _looked(space: Space, settings: ClusterSettings, wished: LayoutSettings, pending: Pending) -> Looked | None:
    """The clusters and their map; None, with the reason in their place, where there are none."""
    if len(space) < 2:
        st.info(f"Clusters need at least 2 items, and this collection has {len(space)}.", icon=":material/info:")
        return None
    if settings.of == MAP:  # then the quick map is no stand-in for the wished one
        layout, drawn = ask(layout_request(space, wished)), wished
    else:
        layout, drawn = layout_or_quick(space, wished, pending)
    request = clusters_request(space, settings, layout)
    found = ask_or_why_not(request)
    if isinstance(found, EmbeddingError):
        st.error(escape(str(found)))
        return None
    return Looked(space, found.clustering, request.key, found.scores, settings, layout, drawn)


def _said(looked: Looked, pending: Pending) -> None:
    """What was found, in plain words, and every note of the method."""
    clustering = looked.clustering
    if looked.of_map:
        _map_warning(looked, pending)
    title = clusterings.heading(clustering, looked.space.collection)
    said = verdict(clustering, looked.scores, dimensions=2 if looked.of_map else looked.space.dimension)
    st.markdown(f"**{escape(title)}.** {escape(said)}")
    note(*clustering.notes[1 if looked.of_map else 0 :])


def _map_warning(looked: Looked, pending: Pending) -> None:
    """What clusters of a map are worth, and how they differ from those of the same method in the original space."""
    method = looked.settings.method
    metric = find_clustering(method).metric
    there = looked.settings._replace(of=SPACE, params={**looked.settings.params, "metric": metric})
    found = pending.ask_or_why_not(clusters_request(looked.space, there, looked.layout))
    if found is None:
        said = "How they differ from those of the original space is being computed …"
    elif isinstance(found, EmbeddingError):
        said = f"In the original space there are none to compare with: {found}"
    else:
        said = difference(overlap(looked.clustering, found.clustering).ari, method, metric)
    st.warning(escape(f"{looked.clustering.notes[0]} {said}"), icon=":material/warning:")


def _results(looked: Looked, pending: Pending) -> Looked:
    """The map on the left, the list on the right, and the items of what was picked below; the clusters with names."""
    picture, side = st.columns([0.58, 0.42], gap="medium")
    with side, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        naming = naming_control(looked.space)
        clusterings.colour_the_map(looked.settings, naming)
    found = named(looked.space, looked.clustering, looked.key, naming, pending)
    looked = looked._replace(names=clusterings.called(looked.key, found.names))
    with picture:
        scene = _picture(looked)
        if looked.layout_settings.method == "PCA":
            st.caption("Drawn by PCA: two of many dimensions.")
    with side:
        if found.said:
            st.caption(escape(found.said))
        cluster_list(looked, found, scene.colouring)
        with st.container(horizontal=True, gap="small"):
            whole_export(looked)
    _picked(looked, found, scene)
    return looked


def _picked(looked: Looked, found: Named, scene: MapScene) -> None:
    rows = drawn_around(MAP_KEY, scene)
    if rows is not None and len(rows):
        selection_panel(looked, rows)
    cluster = clusterings.chosen_cluster(looked.clustering.count)
    if cluster is not None:
        cluster_panel(looked, found, cluster)


def _picture(looked: Looked) -> MapScene:
    """Draw the map and the switches below it."""
    place = st.container()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        help = "A hull also covers what lies between the parts of a cluster that the map tore apart; contours do not."
        outlined = pick("Outlines", OUTLINES, key=OUTLINED, help=help, hide_label=True)
        names = st.toggle("Names", value=True, key=NAMED, bind="query-params", persist_state="session")
        sized = looked.clustering.probabilities is not None and st.toggle(
            "Size by probability",
            value=True,
            key=SIZED,
            bind="query-params",
            persist_state="session",
            help="Small points belong to their cluster less firmly.",
        )
    row, cluster = selected_row(looked.space), clusterings.chosen_cluster(looked.clustering.count)
    scene = cluster_scene(looked, sized=sized)
    drawn = cluster_highlights(looked, scene.colouring, outlined=outlined, cluster=cluster, row=row, named=names)
    with place:
        vector_map(
            scene,
            key=MAP_KEY,
            highlights=drawn,
            words=False,
            height=540,
            on_click=lambda: clicked(MAP_KEY, scene),
            on_select=lambda: clusterings.choose_cluster(None),
        )
    if row is not None:
        st.caption(escape(item_sentence(looked, row)))
    return scene


def item_sentence(looked: Looked, row: int) -> str:
    """Where the selected item belongs."""
    label = int(looked.clustering.labels[row])
    where = "is in no cluster (noise)" if label == NOISE else f"is in cluster {looked.numbered[label]}"
    firm = looked.clustering.probabilities
    firmly = "" if firm is None or label == NOISE else f", with probability {firm[row]:.2f}"
    return f"“{shorten(looked.space.collection.text(row), 100)}” {where}{firmly}."
