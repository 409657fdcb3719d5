"""The list of clusters, to pick from and to rename; and the items behind one, or behind a shape drawn on the map."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit import caching
from components.kit.choice import save_and_choose
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Table, csv_button, items_of, show_table
from components.kit.items import open_part
from components.kit.kinds import several, written
from components.kit.map import Colouring
from components.kit.map.colouring import OTHER
from components.kit.pictures import as_picture, gallery, picture_column, picture_count
from components.kit.words import escape, shorten
from components.views import clusterings
from components.views.cluster_checks import stability_request
from components.views.cluster_map import NOISE_NAME
from components.views.cluster_names import Named
from components.views.clusterings import Looked
from embeddings.clusters import NOISE
from embeddings.clusters.members import Typical, typical
from embeddings.clusters.stability import Stability, verdict
from embeddings.clusters.terms import CAPTION
from embeddings.collection import Collection
from embeddings.space import Space
from embeddings.store import is_given

Rows = NDArray[np.integer]
RENAME, UNDONE = "rename_clusters", "renaming_undone"
LONGEST_NAME = 60
SHOWN_MEMBERS, LISTED_MEMBERS, FEW_TYPICAL = 8, 5, 3
SHOWN = 5_000
GALLERY = 60
TALLEST, TALL = 470, 300


def cluster_list(looked: Looked, found: Named, colouring: Colouring) -> None:
    """The table of clusters; a click on one shows its items, and names can be changed."""
    lines = cluster_lines(looked, found, colouring, stable=_known_stability(looked), colours=page_colours())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Clusters**", width="stretch")
        renaming = st.toggle("Rename", key=RENAME, help="Change names in the list; they stay for this session.")
        without = [name for name in lines.column_names if name not in ("colour", "picture")]
        csv_button("List (CSV)", lambda: lines.select(without), "clusters.csv", looked.said)
    table = Table(
        lines,
        "The clusters with their names, sizes and typical members",
        _columns(),
        key=f"clusters_{looked.key}",
        on_click=clusterings.choose_cluster,
        height=TALLEST,
        caption="Click a cluster to see its items. Larger clusters come first."
        + grey_sentence(colouring, lines.num_rows),
    )
    if renaming:
        _renamer(looked, table)
    else:
        show_table(table)


def grey_sentence(colouring: Colouring, count: int) -> str:
    """How many clusters have no colour of their own; empty where all have one."""
    if not colouring.has_other:
        return ""
    own = len(colouring.labels) - 1
    return f" The {own} largest have colours of their own; the other {count - own} share one grey (“{OTHER}”)."


def _known_stability(looked: Looked) -> Stability | None:
    """How stable the clusters are, if somebody has asked."""
    known = caching.outcomes().get(stability_request(looked).key)
    return known if isinstance(known, Stability) else None


def _columns() -> dict[str, object]:
    number = st.column_config.NumberColumn
    return {
        "colour": st.column_config.ImageColumn("", width=36),
        "#": number("#", width=40),
        "name": st.column_config.TextColumn("name", width="medium"),
        "items": number("items", format="localized", width=65),
        "share": number("share", format="%.1f %%", width=70),
        "stability": number("stability", format="%.2f", width=75),
        "mean probability": number("probability", format="%.2f", width=85, help="Mean over its items."),
        "picture": as_picture("typical"),
        "typical": st.column_config.TextColumn("typical", width="large"),
    }


def _renamer(looked: Looked, table: Table) -> None:
    key = f"rename_{st.session_state.get(UNDONE, 0)}_{looked.key}"
    shown = [name for name in ("colour", "#", "name", "items", "typical") if name in table.lines.column_names]
    name = st.column_config.TextColumn("name ✎", max_chars=LONGEST_NAME, required=True, width="medium")
    lines = table.lines.select(shown)
    st.data_editor(
        lines,
        hide_index=True,
        height=min(TALLEST, 35 * (lines.num_rows + 1) + 3),
        disabled=[name for name in shown if name != "name"],
        column_config={**table.columns, "name": name},
        on_change=_rename,
        args=(key, looked.key, looked.clustering.count),
        key=key,
        alt="The names of the clusters, to be changed",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Double-click a name to change it; it stays for this session, on the map and in downloads.")
        st.button(
            "Names as found",
            key="names_as_found",
            type="tertiary",
            disabled=not clusterings.renamed(looked.key),
            on_click=_forget,
            args=(looked.key,),
        )


def _rename(key: str, clusters: str, count: int) -> None:
    for row, change in st.session_state[key]["edited_rows"].items():
        name = " ".join(str(change.get("name") or "").split())[:LONGEST_NAME]
        if name and 0 <= int(row) < count:
            clusterings.renamed(clusters)[int(row)] = name


def _forget(clusters: str) -> None:
    """Take all names back; the editor, which remembers its changes, begins anew under another key."""
    clusterings.renamed(clusters).clear()
    st.session_state[UNDONE] = st.session_state.get(UNDONE, 0) + 1


def cluster_lines(
    looked: Looked, found: Named, colouring: Colouring, *, stable: Stability | None = None, colours: Colours
) -> pa.Table:
    """One row a cluster: colour, name, size, stability where it is known, what is typical, why it is called so."""
    clustering, collection = looked.clustering, looked.space.collection
    columns: dict[str, object] = {
        "colour": [swatch(colouring.code_of(name), colouring, colours) for name in looked.numbered],
        "#": list(range(1, clustering.count + 1)),
        "name": list(looked.names),
        "items": clustering.sizes.tolist(),
        "share": [100 * size / len(clustering) for size in clustering.sizes.tolist()],
    }
    if stable is not None:
        columns["stability"] = stable.means.tolist()
        columns["which is"] = [verdict(mean) for mean in stable.means.tolist()]
    firm = clustering.probabilities
    if firm is not None:
        columns["mean probability"] = [float(firm[clustering.members(each)].mean()) for each in range(clustering.count)]
    members = [each.nearest.tolist() for each in members_of(looked)]
    if picture_count(collection):
        columns["picture"] = picture_column(collection, [rows[0] for rows in members])
    if written(collection) or CAPTION in collection.columns:
        columns["typical"] = [
            " · ".join(shorten(collection.text(row), 60) for row in rows[:FEW_TYPICAL]) for rows in members
        ]
    columns["words behind the name"] = list(found.reasons)
    return pa.table(columns)


def swatch(code: int | None, colouring: Colouring, colours: Colours) -> str:
    """A dot in the colour of a category, as the address of a picture."""
    last = colouring.has_other and code == len(colouring.labels) - 1
    colour = colours.other if code is None or last else colours.categorical[code]
    dot = f'<circle cx="8" cy="8" r="4.5" fill="{colour}"/>'
    return "data:image/svg+xml;utf8," + quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">{dot}</svg>'
    )


def members_of(looked: Looked) -> Sequence[Typical]:
    """The typical members of each cluster, by its own metric in the original space."""
    space, clustering = looked.space, looked.clustering
    return caching.remembered(f"typical|{looked.key}", lambda: typical(space, clustering, count=SHOWN_MEMBERS))


def cluster_panel(looked: Looked, found: Named, cluster: int) -> None:
    """One cluster: what it is called and why, typical members, and all its items."""
    rows = looked.clustering.members(cluster)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            _heading(looked, rows, looked.numbered[cluster])
            _actions(looked, rows, f"cluster_{cluster + 1}")
            forget, icon = clusterings.choose_cluster, ":material/close:"
            st.button("Close", icon=icon, type="tertiary", on_click=forget, args=(None,))
        if found.reasons[cluster]:
            st.caption(escape(f"Behind the name: {found.reasons[cluster]}"))
        left, right = st.columns([0.42, 0.58], gap="medium")
        with left:
            _typical(looked, cluster)
        with right:
            show_table(items_in(looked, rows, f"Items of cluster {cluster + 1}"))


def selection_panel(looked: Looked, rows: Rows) -> None:
    """The items within a shape drawn on the map."""
    collection, labels = looked.space.collection, looked.clustering.labels[rows]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            _heading(looked, rows, "Selection")
            _actions(looked, rows, "selection")
        counts = np.bincount(labels + 1, minlength=looked.clustering.count + 1)
        largest = [each for each in np.argsort(-counts[1:])[:5].tolist() if counts[each + 1]]
        parts = [f"{counts[each + 1]:,} of {looked.numbered[each]}" for each in largest]
        noise = [f"{counts[0]:,} of no cluster"] if counts[0] else []
        st.caption(escape("; ".join(parts + noise)))
        if picture_count(collection):
            with st.container(height=TALL, border=False):
                gallery(collection, rows.tolist(), key="lassoed", most=GALLERY)
        show_table(items_in(looked, rows, "The selected items"))


def whole_export(looked: Looked) -> None:
    """The whole collection with its clusters: as a file, or as a collection to look at."""
    every = np.arange(len(looked.space))
    whole = "Items with clusters (CSV)"
    csv_button(whole, lambda: item_lines(looked, every, cut=None), "items_with_clusters.csv", looked.said)
    wanted = st.button(
        "As new collection",
        key="with_clusters",
        icon=":material/library_add:",
        help="The whole collection with the clusters as a column, which every page can then use as labels.",
    )
    if wanted and save_and_choose(with_clusters(looked)):
        st.rerun()


def _heading(looked: Looked, rows: Rows, name: str) -> None:
    title = f"{name}: {len(rows):,} {several(looked.space.collection)}"
    st.markdown(f"**{escape(title)}**", width="stretch")


def _actions(looked: Looked, rows: Rows, name: str) -> None:
    csv_button("Table (CSV)", lambda: item_lines(looked, rows, cut=None), f"{name}.csv", looked.said)
    if st.button("As new collection", key=f"{name}_open", icon=":material/library_add:"):
        open_part(looked.space, rows.astype(np.int32))


def _typical(looked: Looked, cluster: int) -> None:
    collection, members = looked.space.collection, members_of(looked)[cluster]
    for title, rows in (("Nearest to its centre", members.nearest), ("Spread out within it", members.spread)):
        st.caption(title)
        if picture_count(collection):
            gallery(collection, rows.tolist(), key=f"{title[:6]}_{looked.key}_{cluster}".replace("|", "_"))
            continue
        for row in rows[:LISTED_MEMBERS].tolist():
            st.text(f"• {shorten(collection.text(row), 110)}")


def items_in(looked: Looked, rows: Rows, alt: str) -> Table:
    """The items of some rows; a click selects one."""
    firm = st.column_config.ProgressColumn("probability", format="%.2f", min_value=0, max_value=1)
    return Table(
        item_lines(looked, rows[:SHOWN]),
        alt,
        {"item": st.column_config.TextColumn("item", width="medium"), "probability": firm},
        key=f"{alt}_{looked.key}",
        rows=rows[:SHOWN].tolist(),
        height=TALL,
        caption=f"The first {SHOWN:,} of {len(rows):,} items; the file holds all." if len(rows) > SHOWN else "",
    )


def item_lines(looked: Looked, rows: Rows, *, cut: int | None = 300) -> pa.Table:
    """Items with their clusters, the names of these, how firmly they belong, and their metadata."""
    collection, clustering = looked.space.collection, looked.clustering
    labels = clustering.labels[rows].tolist()
    then: dict[str, object] = {
        "cluster": pa.array([None if label == NOISE else label + 1 for label in labels], pa.int32()),
        "cluster name": [NOISE_NAME if label == NOISE else looked.names[label] for label in labels],
    }
    if clustering.probabilities is not None:
        then["probability"] = clustering.probabilities[rows]
    taken = {"item", *then, "row"}
    for name in collection.columns:
        then[f"{name} (metadata)" if name in taken else name] = collection.column(name).take(pa.array(rows))
    return items_of(collection, rows, then=then, cut=cut)


def with_clusters(looked: Looked) -> Collection | Space:
    """The whole collection with a column of cluster names, and one of probabilities where there are any.

    Ready-made vectors go with it. Noise is null.
    """
    space, clustering = looked.space, looked.clustering
    whole = space.collection
    names = [None if label == NOISE else looked.numbered[label] for label in clustering.labels.tolist()]
    added: dict[str, pa.Array] = {"cluster": pa.array(names, pa.string())}
    if clustering.probabilities is not None:
        added["cluster probability"] = pa.array(clustering.probabilities)
    columns = {name: whole.column(name) for name in whole.columns}
    columns |= {free_name(name, whole.columns): values for name, values in added.items()}
    made = Collection(f"{whole.name} with clusters", whole.items, pa.table(columns))
    return Space(made, space.vectors, "given vectors") if is_given(space.encoder) else made


def free_name(name: str, taken: Sequence[str]) -> str:
    """A name for a column that no other has."""
    number, free = 2, name
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free
