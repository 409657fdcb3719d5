"""The view “Near-duplicates”: what is there twice, and what would be left without it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import streamlit as st

from components.kit.ask import ask, asking
from components.kit.caveats import without_direction
from components.kit.charts import histogram
from components.kit.choice import save_and_choose
from components.kit.evidence import Chart, Evidence, Table, items_of, settings_of, show
from components.kit.items import part_of
from components.kit.kinds import drawn, several
from components.kit.pictures import gallery
from components.kit.spaces import graph_request
from components.kit.texts import how
from embeddings.collection import Collection
from embeddings.outliers.duplicates import THRESHOLD, Duplicates
from embeddings.space import Space, Vectors

KEY = "threshold"
GIANT = 0.5
STEPS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99, 1.0)
SHOWN = 1_000
GROUPS, IN_GROUP = 12, 24


def near_duplicates(space: Space) -> None:
    """The threshold, a preview of what would go, and the groups."""
    left, right = st.columns([0.36, 0.64], gap="large")
    with left:
        threshold = _threshold()
        found: Duplicates = ask(asking("near-duplicates", space, threshold=threshold))
        _preview(space, found)
    nearest = 1 - ask(graph_request(space)).distances[:, 0]
    with left:
        show(nearness(nearest, threshold))
    with right:
        show(Evidence(found_sentence(found, nearest), (chain_sentence(found), without_direction(space))))
        _offer_lower(found, float(nearest.max()))
        if found.groups:
            _galleries(space.collection, found)
            show(Evidence(tables=(groups(space, found),)))
    how("near_duplicates")


def _threshold() -> float:
    said = "1 finds the same direction up to rounding. What is nearly the same differs from model to model."
    label = "Alike means a cosine of at least"
    given = st.slider(label, 0.5, 1.0, THRESHOLD, 0.005, format="%.3f", key=KEY, bind="query-params", help=said)
    return float(given)


def _preview(space: Space, found: Duplicates) -> None:
    with st.container(horizontal=True, gap="medium"):
        for label, these in (("Groups", found.groups), ("Would go", found.dropped), ("Would stay", found.kept)):
            st.metric(label, f"{len(these):,}", width="content")
    st.button(
        "Without the duplicates as a new collection",
        type="primary",
        icon=":material/library_add:",
        key="without_duplicates",
        disabled=not len(found.dropped),
        on_click=_open_without,
        args=(space, found),
        help="This collection stays as it is.",
    )


def _open_without(space: Space, found: Duplicates) -> None:
    save_and_choose(part_of(space, found.kept.astype(np.int32), called="without near-duplicates"))


def _offer_lower(found: Duplicates, nearest: float) -> None:
    lower = float(np.floor(nearest * 200) / 200)
    if not found.groups and 0.5 <= lower < found.threshold:
        st.button(f"Look at {lower:.3f} or above", on_click=_set, args=(lower,), key="lower_threshold")


def _set(threshold: float) -> None:
    st.session_state[KEY] = threshold


def _galleries(collection: Collection, found: Duplicates) -> None:
    if not drawn(collection):
        return
    with st.container(height=420, border=False):
        for number, (rows, cosines) in enumerate(zip(found.groups, found.similarities, strict=True), 1):
            if number > GROUPS:
                st.caption(f"The first {GROUPS} of {len(found.groups):,} groups as pictures.")
                break
            st.caption(f"Group {number}: {len(rows):,} alike")
            captions = ["stays", *(f"{min(1.0, float(cosine)):.3f}" for cosine in cosines[1:])]
            gallery(collection, rows.tolist(), key=f"twins_{number}", captions=captions, most=IN_GROUP)


def nearness(nearest: Vectors, threshold: float) -> Evidence:
    """How alike each item's most similar other is; those at or above the threshold in the accent colour."""
    low = min(float(np.percentile(nearest, 1)), threshold - 0.02)
    title = "cosine with the most similar other item"
    chart = Chart(
        lambda colours: histogram(nearest, colours, title=title, span=(low, 1.0 + 1e-9), marked=threshold),
        "How alike each item and its most similar other are",
        "nearest_chart",
    )
    return Evidence(charts=(chart,), twin=Table(nearest_table(nearest), "How many items have one at least as alike"))


def nearest_table(nearest: Vectors) -> pa.Table:
    """How many items have another that is at least as alike."""
    return pa.table({"cosine of at least": STEPS, "items": [int((nearest >= step - 1e-6).sum()) for step in STEPS]})


def groups(space: Space, found: Duplicates) -> Table:
    """Every item of every group: what would stay and what would go."""
    collection, lines = space.collection, len(found.dropped) + len(found.groups)
    columns = {
        "group": 54,
        "preview": 80,
        "item": 380,
        "cosine with the one that stays": st.column_config.NumberColumn("cosine", format="%.3f", width=64),
        "row": 54,
    }
    return Table(
        group_table(collection, found, most=SHOWN),
        "Groups of near-duplicates: what would stay and what would go",
        columns,
        height=560 if not drawn(collection) else 260,
        label="Groups (CSV)",
        file="near_duplicates.csv",
        whole=lambda: group_table(collection, found, cut=None),
        settings=settings_of(space, threshold=found.threshold),
        caption=f"The first {SHOWN:,} of {lines:,} {several(collection)} in groups; the file holds all."
        if lines > SHOWN
        else "",
    )


def group_table(
    collection: Collection, found: Duplicates, *, most: int | None = None, cut: int | None = 160
) -> pa.Table:
    """The groups line by line; `most` bounds the lines."""
    lines = [
        (number, "would go" if place else "stays", int(row), min(1.0, float(cosine)))
        for number, (rows, cosines) in enumerate(zip(found.groups, found.similarities, strict=True), 1)
        for place, (row, cosine) in enumerate(zip(rows, cosines, strict=True))
    ][:most]
    number, preview, rows, cosines = zip(*lines, strict=True) if lines else ((), (), (), ())
    first = {"group": pa.array(number, pa.int64()), "preview": pa.array(preview, pa.string())}
    then = {"cosine with the one that stays": pa.array(cosines, pa.float64())}
    return items_of(collection, rows, first=first, then=then, cut=cut)


def found_sentence(found: Duplicates, nearest: Vectors) -> str:
    """How many groups there are, or how near the nearest two items come."""
    if not found.groups:
        # Cut and not rounded, so that it is never said to reach a threshold that it misses.
        most = np.floor(1000 * min(1.0, float(nearest.max()))) / 1000
        return f"No two items are alike to {found.threshold:.3f}. The two most alike have a cosine of {most:.3f}."
    count, items = len(found.groups), len(found.dropped) + len(found.groups)
    return (
        f"{items:,} items form {'1 group' if count == 1 else f'{count:,} groups'} at {found.threshold:.3f} or above; "
        f"keeping one of each group leaves {len(found.kept):,} items."
    )


def chain_sentence(found: Duplicates) -> str:
    """What hangs together by a chain only, so that several of it stay; empty where nothing does."""
    if not found.chains:
        return ""
    n, longest = len(found.kept) + len(found.dropped), found.chains[0]
    if len(longest) > GIANT * n:
        return (
            f"A chain of likeness joins {len(longest):,} of {n:,} items: at this threshold almost everything hangs "
            "together. Choose a higher one."
        )
    stay = len(np.intersect1d(longest, found.kept))
    more = f" It is the longest of {len(found.chains):,} such chains." if len(found.chains) > 1 else ""
    return (
        f"{len(longest):,} items hang together by a chain: each is like the next, but its ends are less alike than "
        f"{found.threshold:.3f}. So {stay:,} of them stay, and each that goes is near to one of these.{more}"
    )
