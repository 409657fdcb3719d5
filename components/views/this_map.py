"""The view “This map”: what one map did to each point's neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import Pending
from components.kit.evidence import Table, items_of, show_table, show_twin
from components.kit.items import invited
from components.kit.kinds import drawn, written
from components.kit.link import selected_row
from components.kit.map import PLAIN_COLOURING, Colouring, Highlights, by_number, vector_map
from components.kit.maps import layout_or_quick
from components.kit.pictures import gallery
from components.kit.widgets import pick
from components.kit.words import escape, shorten
from components.views.map_point import ITEM, one_point
from components.views.map_scores import DISTANCE_NAMES, by_kept, scores_panel
from components.views.seeds import test_islands
from components.views.trust import (
    DISTANCE,
    SHADE,
    Asked,
    follow_click,
    look_at,
    obstacle,
    one_place,
    point_of,
    scene_in,
    show_obstacle,
    trust_request,
)
from embeddings.collection import Collection
from embeddings.projections import Layout
from embeddings.trust import PointTrust, Trust, trust_sentence
from embeddings.trust.point import distances
from embeddings.trust.sentence import mostly_false_sentence, share_of_points
from embeddings.trust.worst import FALSE, KEPT, MISSING, MOSTLY, Picked, measure, mostly_false, picked

KEY = "trust_map"
SHADES = {
    KEPT: "Kept neighbours",
    FALSE: "False neighbours",
    MISSING: "Missing neighbours",
    DISTANCE: "True distance",
}
EXPLAINED = {
    KEPT: "How many of the points that the map shows nearest to a point truly are its nearest: few means strangers.",
    FALSE: "How truly far the strangers are that the map shows near a point: 0 none or only just outside, 1 the "
    "farthest there are.",
    MISSING: "How far off the map put a point’s true neighbours: 0 none or only just outside, 1 as far as can be.",
    DISTANCE: "How far each point truly is from the clicked one, whatever the map shows.",
}
TITLES = {FALSE: "how false its neighbours are", MISSING: "how far its neighbours were put"}
FILTERS = {
    KEPT: "Show points that keep … of their neighbours",
    FALSE: "Show points whose neighbours are … false",
    MISSING: "Show points whose neighbours were put … away",
}
FILTERED = {
    KEPT: "keep {} of their true neighbours on this map",
    FALSE: "have neighbours on this map that are {} false",
    MISSING: "have true neighbours that this map puts {} away",
}
ALL = (0, 100)
LISTED = 5_000
TRIED = 3


def this_map(asked: Asked) -> None:
    """The map in the colours of what it did, one point's neighbours beside it, and its scores below."""
    space, wished, pending = asked.space, asked.settings, Pending()
    blocked = obstacle(asked)
    if blocked:
        show_obstacle(blocked)
    layout, settings = layout_or_quick(space, wished, pending)
    asked = asked._replace(settings=settings)
    if not blocked and one_place(layout):
        blocked = "All points of this map lie on one place, so it shows no neighbours."
        show_obstacle(blocked)
    scored = None if blocked else pending.ask(trust_request(asked, [layout]))
    trust = None if scored is None else scored[0]
    if trust is not None:
        st.markdown(f"**{escape(trust_sentence(trust))}**")
    if settings != wished:
        st.caption(f"The map you chose is being drawn; until it is there, this is the quick {settings.method} map.")
    row = selected_row(space)
    point = None if row is None or blocked else point_of(asked, layout, row)
    picture, side = st.columns([0.72, 0.28], gap="small")
    with picture:
        found = _draw(asked, layout, trust, row, point)
    with side:
        _islands_button("" if blocked else wished.method)
        _panel(asked, row, point, trust)
    if trust is not None:
        if found is not None:
            _picked_points(asked, trust, found)
        scores_panel(asked, layout, trust, pending)
        _points_twin(asked, trust)
    pending.show()


def _panel(asked: Asked, row: int | None, point: PointTrust | None, trust: Trust | None) -> None:
    with st.container(border=True):
        if row is not None and point is not None:
            one_point(asked, row, point)
        else:
            _nothing_clicked(asked.space.collection, trust)


def _islands_button(method: str) -> None:
    if not method:
        return
    st.button(
        "Are UMAP’s islands real?" if method == "PCA" else "Are its islands real?",
        icon=":material/casino:",
        type="primary",
        on_click=test_islands,
        help="Draws the map with five seeds and looks which of its islands come back.",
    )


def _draw(
    asked: Asked, layout: Layout, trust: Trust | None, row: int | None, point: PointTrust | None
) -> Picked | None:
    """The map, its colours below it; what the filter leaves."""
    space, place = asked.space, st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        offered = {shade: title for shade, title in SHADES.items() if shade != DISTANCE or row is not None}
        usual = KEPT if row is None else DISTANCE
        shade = pick("Colour by", offered, key=SHADE, default=usual, hide_label=True, kept=False)
        found = _filter_control(shade, trust)
    st.caption(EXPLAINED[shade])
    if shade == DISTANCE and point is not None and row is not None:
        colouring = true_distance(point, row, metric=asked.metric)
    else:
        colouring = PLAIN_COLOURING if trust is None else shade_of(shade, trust)
    scene = scene_in(space, layout, colouring)
    with place:
        vector_map(
            scene,
            key=KEY,
            highlights=_highlights(row, point, None if found is None else found.rows),
            words=written(space.collection),
            on_click=lambda: follow_click(KEY, scene),
        )
    return found


def _filter_control(shade: str, trust: Trust | None) -> Picked | None:
    """A range of what the points are coloured by; None where all points are within it, or nothing has one."""
    if shade not in FILTERS:
        return None
    low, high = st.slider(
        FILTERS[shade],
        *ALL,
        ALL,
        format="%d %%",
        key=f"only_{shade}",
        bind="query-params",
        width=300,
        disabled=trust is None,
        help="All others turn grey, and a table below the map lists those that are left, the worst first.",
    )
    return None if trust is None or (low, high) == ALL else picked(shade, trust, int(low), int(high))


def _highlights(row: int | None, point: PointTrust | None, hits: NDArray[np.intp] | None) -> Highlights:
    if point is None:
        return Highlights(row, hits=hits)
    if hits is not None:
        hits = np.union1d(hits, [*point.true, *point.false])
    return Highlights(row, point.true.tolist(), hits, crossed=point.false.tolist())


def shade_of(shade: str, trust: Trust) -> Colouring:
    """Colour by what the map did to each point’s neighbours."""
    return by_number(TITLES[shade], measure(shade, trust), low=0, high=1) if shade in TITLES else by_kept(trust)


def true_distance(point: PointTrust, row: int, *, metric: str) -> Colouring:
    """Colour by the true distance to one point, its own first."""
    values = distances(point, metric=metric)
    others = np.delete(values, row)
    values[row] = others.min() if len(others) else 0
    low, high = float(others.min()), float(np.quantile(others, 0.99))
    name = DISTANCE_NAMES.get(metric, "distance")
    return by_number(f"true distance ({name})", values, low=low, high=max(high, low + 1e-6))


def picked_sentence(found: Picked, trust: Trust) -> str:
    """“412 of 600 points (69 %) keep 0 to 49 % of their true neighbours on this map.”"""
    said = FILTERED[found.shade].format(f"{found.low} to {found.high} %")
    return f"{share_of_points(len(found.rows), trust)} {said}."


def _show_mostly_false() -> None:
    st.session_state[SHADE] = KEPT
    st.session_state[f"only_{KEPT}"] = (0, round(100 * MOSTLY) - 1)


def _nothing_clicked(collection: Collection, trust: Trust | None) -> None:
    """What the panel shows before the first click."""
    st.markdown(f"**Click {invited(collection)}**")
    st.caption(
        "Lines lead to its true neighbours wherever the map put them, false neighbours are crossed out, and all "
        "points take the colour of their true distance to it."
    )
    if trust is None:
        return
    worst, rows = mostly_false(trust), trust.scored
    best = rows[np.lexsort((rows, -trust.point_trustworthiness[rows], -trust.point_kept[rows]))]
    st.caption(mostly_false_sentence(trust))
    if len(worst):
        st.button("Show only those", icon=":material/filter_alt:", on_click=_show_mostly_false)
    st.caption("Where this map is most wrong:")
    _try(collection, worst[:TRIED].tolist(), "wrong")
    st.caption("Where it is most right:")
    _try(collection, best[:TRIED].tolist(), "right")


def _try(collection: Collection, rows: Sequence[int], name: str) -> None:
    if not rows:
        st.caption("Nowhere: no point has mostly false neighbours.")
        return
    if drawn(collection):
        gallery(collection, rows, key=f"try_{name}", on_pick=look_at)
        return
    with st.container(gap="xxsmall"):
        for row in rows:
            label = escape(shorten(collection.text(row), 44)) or f"item {row + 1}"
            st.button(label, key=f"try_{name}_{row}", on_click=look_at, args=(row,), type="tertiary")


def _picked_points(asked: Asked, trust: Trust, found: Picked) -> None:
    """The points that the filter leaves, the worst first; a click selects one."""
    st.markdown(f"**{picked_sentence(found, trust)}**")
    if len(found.rows):
        show_table(
            points(
                asked,
                trust,
                found.rows,
                alt="Points that the filter leaves, the worst first",
                key="picked_points",
                on_click=lambda place: look_at(int(found.rows[place])),
                height=260,
                label="These points (CSV)",
                file=f"{found.shade}_{found.low}_to_{found.high}.csv",
            )
        )


def _points_twin(asked: Asked, trust: Trust) -> None:
    """Every point with its kept, false and missing neighbours."""
    rows = trust.scored
    said = (
        f"A point has as many false neighbours as missing ones: both lists hold {trust.k}. What differs is how wrong "
        "they are: trustworthiness falls with how truly far the false ones are, continuity with how far the missing "
        "ones were put." + (f" The first {LISTED:,} of {len(rows):,} points." if len(rows) > LISTED else "")
    )
    alt, button = "Every point with its kept, false and missing neighbours", "Every point (CSV)"
    show_twin(
        "Every point as a table",
        lambda: points(asked, trust, rows, alt=alt, caption=said, height=320, label=button, file="trust_of_points.csv"),
        key="points_twin",
    )


def points(asked: Asked, trust: Trust, rows: NDArray[np.integer], **drawn_as: Any) -> Table:
    """Some points with their kept, false and missing neighbours; the file holds all of them."""
    collection = asked.space.collection
    return Table(
        points_table(collection, trust, rows[:LISTED]),
        columns=dict.fromkeys(("kept", "false", "missing"), "%d")
        | dict.fromkeys(("trustworthiness", "continuity"), "%.3f"),
        whole=lambda: points_table(collection, trust, rows),
        settings=asked.said(),
        **drawn_as,
    )


def points_table(collection: Collection, trust: Trust, rows: NDArray[np.integer]) -> pa.Table:
    """Each point's kept, false and missing neighbours, and how wrong these are."""
    kept = np.rint(trust.k * trust.point_kept[rows])
    then = {
        "kept": kept,
        "false": trust.k - kept,
        "missing": trust.k - kept,
        "trustworthiness": trust.point_trustworthiness[rows],
        "continuity": trust.point_continuity[rows],
    }
    return items_of(collection, rows, then=then, cut=ITEM)
