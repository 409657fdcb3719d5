"""The view “Possible wrong labels”: items among neighbours of another label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import streamlit as st

from components.kit.ask import Pending, ask, asking
from components.kit.caveats import all_alike, too_many_neighbours
from components.kit.choice import choose_collection
from components.kit.evidence import Setting, Table, items_of, note, settings_of, show_table
from components.kit.kinds import drawn, several
from components.kit.labels import group_columns, group_picker
from components.kit.link import selected_row
from components.kit.map import Highlights, by_category
from components.kit.map.colouring import PLAIN
from components.kit.maps import map_beside, scene_of, show_map
from components.kit.pictures import gallery
from components.kit.spaces import graph_request
from components.kit.texts import how
from components.kit.words import escape, shorten
from embeddings.collection import Collection
from embeddings.graph import KnnGraph
from embeddings.labelled import labels_of
from embeddings.outliers.mislabelled import (
    NEIGHBOURS,
    UNKNOWN,
    Mislabelled,
    exchange_table,
    item_sentence,
    summary_sentence,
)
from embeddings.space import Space

NOTHING = "—"
EXAMPLE = "sentences"
SHOWN = 500
GALLERY = 48


def wrong_labels(space: Space) -> None:
    """Ranked suspects beside the map."""
    columns = group_columns(space.collection)
    if not columns:
        st.info(
            f"No column of this collection puts its {several(space.collection)} into groups, so there are no labels to "
            "doubt. A file may bring any column of labels.",
            icon=":material/info:",
        )
        st.button("Try it on the ready sentences", type="primary", on_click=choose_collection, args=(EXAMPLE,))
        return
    if alike := all_alike(space):
        st.info(alike, icon=":material/info:")
        return
    pending = Pending()
    left, right = st.columns([0.46, 0.54], gap="small")
    with right:
        column, k = _controls(space, columns)
        found: Mislabelled = ask(asking("wrong labels", space, labels=labels_of(space.collection, column), k=k))
        _suspects(space, found, column, k)
    graph = ask(graph_request(space))
    with left:
        _picture(space, found, column, pending)
    _one(space.collection, found, graph, selected_row(space), k)
    how("wrong_labels")
    pending.show()


def _controls(space: Space, columns: list[str]) -> tuple[str, int]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        column = group_picker(columns, key="label_column")
        help = "k: how many of the nearest items are asked for their label."
        k = st.slider("Neighbours checked", 1, 50, NEIGHBOURS, key="label_k", bind="query-params", width=220, help=help)
    note(too_many_neighbours(k, space))
    return column, int(k)


def _suspects(space: Space, found: Mislabelled, column: str, k: int) -> None:
    collection, rows = space.collection, found.ranking.tolist()
    st.markdown(escape(summary_sentence(found, column)))
    if not rows:
        return
    if drawn(collection):
        with st.container(height=380, border=False):
            captions = [f"{found.names[found.own[row]]} → {found.names[found.suggested[row]]}" for row in rows[:SHOWN]]
            gallery(collection, rows[:SHOWN], key="suspect_pictures", captions=captions, most=GALLERY)
    show_table(suspects(collection, found, rows[:SHOWN], settings_of(space, label=column, k=k)))
    if len(rows) > SHOWN:
        st.caption(f"The first {SHOWN:,} are listed; the file holds all.")
    with st.popover("Which labels are confused?", icon=":material/swap_horiz:"):
        st.caption("How often which label is doubted in favour of which.")
        show_table(Table(exchange_table(found), "Labels doubted, and what instead", height=300))


def suspects(collection: Collection, found: Mislabelled, rows: Sequence[int], settings: Mapping[str, Setting]) -> Table:
    """Suspects with their label, the one that their neighbours suggest and how sure they are; the file has all."""
    columns = {
        "item": st.column_config.TextColumn(width=150),
        "label": 84,
        "suggested": 84,
        "share of neighbours": st.column_config.ProgressColumn(
            "neighbours", format="percent", min_value=0, max_value=1, width=84
        ),
        "nearer by": st.column_config.NumberColumn(
            format="%.3f",
            width=66,
            help="How much nearer it is to the centre of the suggested label than to that of its own.",
        ),
    }
    return Table(
        suspect_table(collection, found, rows).drop_columns(["row"]),
        "Items whose neighbours have another label, the most suspect first",
        columns,
        key="suspect_list",
        rows=rows,
        height=380 if not drawn(collection) else 220,
        label="Suspects (CSV)",
        file="possible_wrong_labels.csv",
        whole=lambda: suspect_table(collection, found, found.ranking.tolist(), cut=None),
        settings=settings,
    )


def suspect_table(
    collection: Collection, found: Mislabelled, rows: Sequence[int], *, cut: int | None = 120
) -> pa.Table:
    """Items with their label, the suggested one, the share of neighbours that have it, and how much nearer it is."""
    then = {
        "label": pa.array([found.names[found.own[row]] for row in rows], pa.string()),
        "suggested": pa.array([found.names[found.suggested[row]] for row in rows], pa.string()),
        "share of neighbours": found.support[list(rows)],
        "nearer by": found.distances[list(rows)] - found.suggested_distances[list(rows)],
    }
    return items_of(collection, rows, then=then, cut=cut)


def _picture(space: Space, found: Mislabelled, column: str, pending: Pending) -> None:
    layout = map_beside(space, pending)
    colouring = by_category(column, labels_of(space.collection, column))
    scene = replace(scene_of(space, layout, PLAIN, PLAIN), colouring=colouring)
    hits = found.ranking if len(found.ranking) else None
    show_map(space, scene, Highlights(selected_row(space), hits=hits), key="outlier_map", height=520)
    all_of_them = "Coloured by label."
    st.caption(all_of_them if hits is None else "In colour: the suspects, by their label; all others are grey.")


def _one(collection: Collection, found: Mislabelled, graph: KnnGraph, selected: int | None, k: int) -> None:
    """The neighbours of the selected item, or of the first suspect."""
    if selected is None and not len(found.ranking):
        return
    row = int(found.ranking[0]) if selected is None else selected
    st.markdown(f"**{escape(shorten(collection.text(row), 120))}**")
    st.markdown(escape(item_sentence(found, row)))
    table = neighbour_table(collection, found, graph, row, k)
    if drawn(collection):
        near = graph.rows[row, :k].tolist()
        captions = [f"#{row + 1}", *table["label"].to_pylist()]
        gallery(collection, [row, *near], key=f"suspect_near_{row}", captions=captions)
        return
    show_table(Table(table, "The neighbours of this item with their labels", {"distance": "%.3f"}))


def neighbour_table(collection: Collection, found: Mislabelled, graph: KnnGraph, row: int, k: int) -> pa.Table:
    """The neighbours of an item with their labels and distances."""
    near = graph.rows[row, :k].tolist()
    labels = [NOTHING if found.own[other] == UNKNOWN else found.names[found.own[other]] for other in near]
    then = {"label": pa.array(labels, pa.string()), "distance": graph.distances[row, :k]}
    return items_of(collection, near, then=then, numbered=False).rename_columns({"item": "neighbour"})
