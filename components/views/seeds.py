"""The view “Over five seeds”: the same map drawn five times, what stays, what wanders, and why no island is a proof."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending, Request, asking, known, stream
from components.kit.colours import page_colours
from components.kit.evidence import Table, items_of, show_table
from components.kit.link import select, selected_row
from components.kit.map import PLAIN_COLOURING, Colouring, Highlights, MapName, Outline, Signs, by_number, vector_map
from components.kit.map.colouring import Floats
from components.kit.map.small import known_small_map
from components.kit.spaces import LayoutSettings, graph_request, layout_request
from components.kit.widgets import pick
from components.kit.words import escape, shorten
from components.views.trust import (
    VIEW,
    Asked,
    draw_all,
    follow_click,
    known_layouts,
    look_at,
    obstacle,
    same_vectors,
    scene_in,
    show_obstacle,
)
from embeddings.clusters.shapes import hull
from embeddings.collection import Collection
from embeddings.jobs.job import Job
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.trust import Islands, IslandStability, SeedSpread, neighbours_inside
from embeddings.trust.islands import heart, members, middle, telling_island
from embeddings.trust.sentence import inside_sentence, islands_sentence, outcome, proof_sentence, spread_sentence

Over = tuple[SeedSpread, IslandStability]
KEY = "seeds_map"
SEEDS = 5
WAYS = {"islands": "Islands that come back", "spread": "How far points wander"}
KINDS = ("on it here too", "left out here", "only here")
NAMED = 40
WIDTH, HEIGHT = 168, 136


def over_seeds(asked: Asked) -> None:
    """The five maps, what they say of an island, and the first of them with all islands."""
    space, settings = asked.space, asked.settings
    if settings.method == "PCA":
        st.info(
            "PCA has no random steps: every seed gives the same map. That it always comes out the same does not make "
            "it right, see its scores under “This map”.",
            icon=":material/info:",
        )
        st.button("Look at UMAP over five seeds", type="primary", on_click=test_islands)
        return
    if blocked := same_vectors(asked):
        show_obstacle(blocked)
        return
    request, wished = seeds_request(space, settings), seeds_settings(settings)
    pending, progress = Pending(), st.container()
    layouts = known_layouts(space, wished)
    whole = known(request)
    row = selected_row(space)
    island = None if whole is None else _island(whole, row)
    if whole is not None:
        _say(asked, whole, island, pending)
    _five_maps(layouts, whole, island, [each.seed for each in wished])
    if whole is not None and layouts[0] is not None:
        _result(asked, layouts[0], whole, island)
    pending.show()
    stream(request, whole, lambda: known_layouts(space, wished), progress)


def test_islands() -> None:
    """Show what other seeds make of a map’s islands, of UMAP where the map has no seeds; for callbacks."""
    st.session_state[VIEW] = "seeds"
    select(None)
    if st.session_state.get("method") == "PCA":
        st.session_state["method"] = "UMAP"


def seeds_settings(settings: LayoutSettings) -> list[LayoutSettings]:
    """The chosen seed and the four after it."""
    return [settings._replace(seed=settings.seed + step) for step in range(SEEDS)]


def seeds_request(space: Space, settings: LayoutSettings) -> Request[Over]:
    """The job that draws five seeds one after the other, each shown as soon as it is there, and compares them."""

    def work(job: Job) -> Over:
        layouts = draw_all(space, seeds_settings(settings), job)
        return asking("seed spread", layouts).run(job), asking("island stability", layouts).run(job)

    return Request(f"seeds|{layout_request(space, settings).key}", work)


def inside_request(asked: Asked, found: Islands) -> Request[NDArray[np.float64]]:
    """The job that looks how many of their true neighbours the points of each island have on it."""
    space, _, k, metric = asked

    def look(job: Job) -> NDArray[np.float64]:
        return neighbours_inside(found, graph_request(space, metric, k).run(job), k=k)

    return Request(f"inside|{k}|{metric}|{layout_request(space, asked.settings).key}", look)


def _island(whole: Over, row: int | None) -> int | None:
    """The clicked point’s island; before a click the one that teaches most."""
    if row is None:
        return telling_island(whole[1])
    island = int(whole[1].islands.labels[row])
    return island if island >= 0 else None


def _say(asked: Asked, whole: Over, island: int | None, pending: Pending) -> None:
    spread, stability = whole
    st.markdown(f"**{escape(islands_sentence(stability))}** {escape(spread_sentence(spread))}")
    if island is None:
        return
    said = ["" if selected_row(asked.space) is not None else "For example the outlined one:"]
    said += [stability.sentence(island), proof_sentence(stability, island)]
    inside = None if obstacle(asked) else pending.ask(inside_request(asked, stability.islands))
    if inside is not None:
        said.append(inside_sentence(stability, island, inside, asked.k))
    st.info(escape(" ".join(said).strip()), icon=":material/casino:")


def _five_maps(layouts: list[Layout | None], whole: Over | None, island: int | None, seeds: list[int]) -> None:
    """The maps that are there as small pictures, one island picked out on all; laid over the first when all are."""
    telling = None if whole is None or island is None else (whole[1], island)
    with st.container(horizontal=True, gap="small"):
        for number, (layout, seed) in enumerate(zip(layouts, seeds, strict=True)):
            with st.container(border=True, gap="xsmall", width=WIDTH):
                if layout is None:
                    st.container(height=HEIGHT, border=False).caption("not drawn yet")
                    st.caption(f"seed {seed}")
                    continue
                places = layout.coordinates if whole is None else whole[0].places[number]
                colouring = PLAIN_COLOURING if telling is None else island_on(*telling, number)
                drawn = known_small_map(places, colouring, colours=page_colours())
                st.image(drawn, width="stretch", alt=f"Map of seed {seed}")
                st.caption(f"seed {seed}" if telling is None else f"seed {seed}  \n{outcome(*telling, number)}")
    if whole is None:
        st.caption("The maps as they come; they are laid over each other when all are there.")
        return
    dots = (
        ":blue[●] the island’s points that share an island on this map too · :orange[●] those that this map leaves out "
        "· :green[●] points that only this map adds. "
    )
    laid = "Turned, mirrored, shifted and scaled so that they lie over the first as well as they can."
    st.caption(laid if telling is None else dots + laid)


def island_on(stability: IslandStability, island: int, number: int) -> Colouring:
    """What a map made of an island of the first: points that stayed, were left out, or came to it; all others grey."""
    own = stability.labels[0] == island
    there = np.zeros(len(own), dtype=bool)
    there[stability.counterpart(island, number)] = True
    kinds = [own & there, own & ~there, there & ~own]
    codes = np.select(kinds, [0, 1, 2], np.nan).astype(np.float32)
    return Colouring("categorical", "island", codes, KINDS, tuple(int(each.sum()) for each in kinds))


def _result(asked: Asked, layout: Layout, whole: Over, island: int | None) -> None:
    space, (spread, _) = asked.space, whole
    row = selected_row(space)
    picture, side = st.columns([0.72, 0.28], gap="small")
    with picture:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            way = pick("Colour by", WAYS, key="seeds_by", hide_label=True, kept=False)
            help = "The radius is how far a point wanders over the five seeds."
            halos = st.toggle("Halos", value=True, key="halos", bind="query-params", help=help)
        scene = replace(scene_in(space, layout, _colouring(whole, way)), halos=spread.spread if halos else None)
        vector_map(
            scene,
            key=KEY,
            highlights=_highlights(whole, layout, island, row),
            words=False,
            on_click=lambda: follow_click(KEY, scene),
        )
        if layout.dims == 3:
            st.caption("Halos are drawn on 2D maps only; colour the points by how far they wander.")
    with side, st.container(border=True):
        _panel(asked, layout, whole, island)


def _colouring(whole: Over, way: str) -> Colouring:
    spread, stability = whole
    if way == "islands":
        return island_colours(stability) if stability.islands.sizes else PLAIN_COLOURING
    high = float(np.quantile(spread.spread, 0.99))
    return by_number("how far it wanders", spread.spread, low=0, high=max(high, 1e-6))


def island_colours(stability: IslandStability) -> Colouring:
    """Each point by how many maps show its island; points between islands have none."""
    labels, maps = stability.islands.labels, stability.appears.shape[1]
    counts = np.append(stability.counts.astype(np.float32), np.nan)
    return by_number(f"maps that show its island, of {maps}", counts[labels], low=1, high=maps)


def _highlights(whole: Over, layout: Layout, island: int | None, row: int | None) -> Highlights:
    stability = whole[1]
    rows = None if island is None else members(stability, island)
    around = None if rows is None or layout.dims != 2 else hull(layout.coordinates[rows])
    return Highlights(
        row,
        hits=rows if row is not None else None,
        names=island_names(stability, layout.coordinates),
        outlines=[Outline(around)] if around is not None and len(around) else [],
        signs=Signs(halo="spread over five seeds", outline="the island that is told about"),
    )


def island_names(stability: IslandStability, places: Floats) -> list[MapName]:
    """“4 of 5” at the middle of each island, the largest first."""
    maps = stability.appears.shape[1]
    middles = [middle(stability, island, places).tolist() for island in range(min(NAMED, len(stability.counts)))]
    return [MapName(f"{stability.counts[island]} of {maps}", middle) for island, middle in enumerate(middles)]


def _panel(asked: Asked, layout: Layout, whole: Over, island: int | None) -> None:
    """One island's members, of the clicked point's or of an example while nothing is clicked; and all islands."""
    spread, stability = whole
    collection, row = asked.space.collection, selected_row(asked.space)
    if row is not None:
        st.text(shorten(collection.text(row), 120))
        if island is None:
            st.markdown("This point lies between islands.")
    elif island is not None:
        st.markdown("**Click an island on the map**")
        st.caption("Until then, this one is an example:")
    said = asked.said(seeds=SEEDS)
    if island is not None:
        st.markdown(f"**{escape(stability.sentence(island))}**")
        st.caption("It appears on a map where it shares more than half of its points with one island there (Jaccard).")
        table = member_table(collection, stability, island, spread.spread)
        columns = {"item": 200, "wanders by": st.column_config.NumberColumn(format="%.2f", width=75)}
        show_table(
            Table(
                table.drop_columns(["row"]),
                "The island’s members",
                columns,
                height=220,
                label="Members (CSV)",
                file="island.csv",
                whole=lambda: table,
                settings=said,
            )
        )
    if stability.islands.sizes:
        st.caption("All islands, the largest first: click one")
        every = island_table(collection, stability, layout.coordinates)
        show_table(
            Table(
                every.drop_columns(["mean overlap"]),
                "Islands of the map, their size and on how many of five maps they appear",
                {"around": 135, "points": 55, "appears on": 85},
                key="islands_table",
                on_click=lambda place: look_at(heart(stability, place, layout.coordinates)),
                height=300,
                label="Islands (CSV)",
                file="islands.csv",
                whole=lambda: every,
                settings=said,
            )
        )


def island_table(collection: Collection, stability: IslandStability, places: Floats) -> pa.Table:
    """Islands with what lies at their heart, the largest first."""
    maps = stability.appears.shape[1]
    hearts = [heart(stability, island, places) for island in range(len(stability.counts))]
    return pa.table(
        {
            "around": [shorten(collection.text(row), 60) for row in hearts],
            "points": list(stability.islands.sizes),
            "appears on": [f"{count} of {maps}" for count in stability.counts],
            "mean overlap": stability.jaccard[:, 1:].mean(axis=1) if len(hearts) else np.zeros(0),
        }
    )


def member_table(collection: Collection, stability: IslandStability, island: int, spread: Floats) -> pa.Table:
    """An island’s points with how far each wanders, in the map’s unit."""
    rows = members(stability, island)
    return items_of(collection, rows, then={"wanders by": spread[rows]}, cut=90)
