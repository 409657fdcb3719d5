"""The view “Perturb”: one item changed before your eyes, and the same changes over the collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit.ask import Request, ask, known, stream
from components.kit.caching import store
from components.kit.charts import figure, show_chart
from components.kit.choice import encoder_name
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Setting, Table, show_table
from components.kit.kinds import one as called
from components.kit.link import select, selected_row
from components.kit.pictures import single_picture
from components.kit.spaces import texts_request
from components.kit.texts import how
from components.kit.widgets import pick
from components.kit.words import chart_text, escape, shorten
from components.views.compared_encoders import Chosen, names_of, usual_k
from embeddings.collection import Collection, Item
from embeddings.columns import nullable
from embeddings.computations import EncoderOf
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job
from embeddings.kinds import kind_of
from embeddings.neighbours import nearest
from embeddings.perturb import (
    PERTURBATIONS,
    Movement,
    movement,
)
from embeddings.perturb import (
    perturb as change_items,
)
from embeddings.perturb.summary import (
    Moved,
    Summaries,
    changed_rows,
    kept_of,
    moved_most,
    moved_sentence,
    summaries,
    summary_table,
)
from embeddings.space import Space
from embeddings.store import is_given

CHANGE, OWN_TEXT = "change", "changed_text"
OWN = "your own words"
HEIGHT = 170
TRIED, SHORT = 100, 5
LONGEST = 5_000
LENGTH = 90


def perturb(chosen: Chosen) -> None:
    """What changes do to one item, and to many, by each encoder that can look at a changed item."""
    spaces = [space for space in chosen.spaces() if not is_given(space.encoder)]
    if len(spaces) < len(chosen.encoders):
        st.info(
            "Ready-made vectors are left out: there is no encoder that could look at a changed item.",
            icon=":material/info:",
        )
    k = usual_k(len(chosen.collection))
    if not spaces:
        return
    if k < 1:
        st.info("With one item there is nothing to move past.", icon=":material/info:")
        return
    with st.container(border=True):
        _one_item(spaces, k)
    _over_all(chosen.collection, spaces, k)
    how("perturb")


def _one_item(spaces: list[Space], k: int) -> None:
    """The chosen item, how it is changed, and what that does to it."""
    collection, row = spaces[0].collection, selected_row(spaces[0])
    row = _telling(collection) if row is None else row
    changed, answer = _changed(collection, row)
    if changed is None:
        return
    if changed == collection.items[row]:
        answer.info("This change leaves the item as it is. Try another change or another item.", icon=":material/info:")
        return
    vectors = [ask(texts_request(space, [changed])) for space in spaces]
    each = {
        name: movement(space, [row], vector, k=k)
        for name, space, vector in zip(names_of(spaces), spaces, vectors, strict=True)
    }
    for name, found in each.items():
        answer.markdown(moved_sentence(escape(name), found, called(collection)))
    lines = live_table(each)
    cosines = dict.fromkeys(lines.column_names[1:3], "%.3f")
    show_table(Table(lines, "How far the changed item lies from its original, by encoder", cosines))
    for column, space, vector in zip(st.columns(len(spaces), gap="medium"), spaces, vectors, strict=True):
        before = nearest(space, row, k=k).rows.tolist()
        after = nearest(space, vector[0], k=k, exclude=(row,)).rows.tolist()
        name = encoder_name(space.encoder)
        with column:
            st.caption(escape(f"Neighbours by {name}; ● new"))
            if not before and not after:
                st.caption("None, before or after: everything is equally near.")
                continue
            lines = before_after(collection, before, after)
            widths = {"#": 40, "before": 205, "after": 205}
            show_table(Table(lines, f"Neighbours before and after by {name}", widths))


def _changed(collection: Collection, row: int) -> tuple[Item | None, DeltaGenerator]:
    """The changed item, with the controls, None while the visitor has written nothing; and the place of the answer."""
    item = collection.items[row]
    kind = kind_of(item)
    ways = [name for name, spec in PERTURBATIONS.items() if spec.kind == kind]
    ways += [OWN] if kind == "text" else []
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        way = pick("Change one item", ways, key=CHANGE, default=_first_change(kind), hide_label=True, kept=False)
        st.button("Another item", icon=":material/casino:", on_click=select, args=((row + 1) % len(collection),))
    if way != OWN:
        changed, answer = change_items([item], way)[0], st.container()
        _both(collection, row, changed, PERTURBATIONS[way].summary)
        return changed, answer
    typed = st.text_input(
        "Say it otherwise, or in another language",
        key=OWN_TEXT,
        bind="query-params",
        max_chars=LONGEST,
        placeholder=shorten(str(item), 120),
    )
    answer = st.container()
    _both(collection, row, typed or None, "Your words in place of the item’s own.")
    if not typed.strip():
        st.caption("Write something: you see how far it lies from the item, by each encoder.")
        return None, answer
    return typed, answer


def _first_change(kind: str) -> str:
    """The change that a visit begins with: to an encoder that does not mind capitals, these do nothing."""
    return "typo" if kind == "text" else next(name for name, spec in PERTURBATIONS.items() if spec.kind == kind)


def _telling(collection: Collection) -> int:
    """The first of the first hundred items that the first change alters and that is more than a short word."""
    for row, item in enumerate(collection.items[:TRIED]):
        change = _first_change(kind_of(item))
        if not isinstance(item, str) or (len(item) > SHORT and change_items([item], change)[0] != item):
            return row
    return 0


def _both(collection: Collection, row: int, changed: Item | None, says: str) -> None:
    st.caption(escape(says))
    shown = ((f"item {row + 1:,}", collection.items[row]), ("changed", changed))
    for column, (title, item) in zip(st.columns(2, gap="medium"), shown, strict=True):
        if item is None:
            continue
        with column:
            st.caption(title)
            if isinstance(item, bytes):
                single_picture(item, alt=title, key=f"perturb_{title.split()[0]}", height=HEIGHT)
            else:
                st.text(shorten(item, 400))


def live_table(moved: Mapping[str, Movement]) -> pa.Table:
    """One changed item, a row for each encoder."""
    each = list(moved.values())
    return pa.table(
        {
            "encoder": list(moved),
            "cosine with the original": [float(one.cosines[0]) for one in each],
            "cosine of its nearest neighbour": [float(one.nearest[0]) for one in each],
            "rank of the original": nullable([float(one.ranks[0]) for one in each]).cast(pa.int64()),
            "neighbours before": [int(one.had[0]) for one in each],
            "of them kept": pa.array([kept_of(one) for one in each], pa.int64()),
        }
    )


def before_after(collection: Collection, before: Sequence[int], after: Sequence[int]) -> pa.Table:
    """The neighbours of an item before and after it was changed; ● marks those that are new."""
    places = max(len(before), len(after))
    old = [shorten(collection.text(row), LENGTH) for row in before]
    new = [("" if row in before else "● ") + shorten(collection.text(row), LENGTH) for row in after]
    sides = {"before": old, "after": new}
    filled = {name: pa.array([*texts, *[None] * (places - len(texts))], pa.string()) for name, texts in sides.items()}
    return pa.table({"#": list(range(1, places + 1)), **filled})


def _over_all(collection: Collection, spaces: list[Space], k: int) -> None:
    """The changes that some item can undergo, drawn as they come."""
    st.markdown("**Over the collection**")
    kinds = {kind_of(item) for item in collection.items}
    changes = [name for name, spec in PERTURBATIONS.items() if spec.kind in kinds]
    progress = st.container()
    request = movements_request(spaces, changes, k)
    whole, names = known(request), names_of(spaces)
    found = summaries(names, changes, known_movements(spaces, changes, k) if whole is None else whole)
    if whole is not None:
        for encoder in names:
            st.markdown(moved_most(found, encoder, escape(encoder)))
    if found:
        _results(found, k, {"collection": collection.name, "seed": 0}, len(changed_rows(collection, changes[0])))
    stream(request, whole, lambda: list(summaries(names, changes, known_movements(spaces, changes, k))), progress)


def movement_requests(spaces: Sequence[Space], changes: Sequence[str], k: int) -> list[Request[Moved]]:
    """How far items move, and which of them are altered, under each change by each encoder, change by change."""
    return [_movement_request(space, change, k) for change in changes for space in spaces]


def _movement_request(space: Space, change: str, k: int) -> Request[Moved]:
    def work(job: Job) -> Moved:
        rows = changed_rows(space.collection, change)
        items = [space.collection.items[row] for row in rows]
        model = EncoderOf(space.collection, space.encoder)
        vectors, altered = compute(store(), job, "changed", model, items, name=change)
        return compute(store(), job, "movement", space, rows, vectors, k=k), altered

    return Request(f"moved|{space.fingerprint}|{change}|{k}", work)


def movements_request(spaces: Sequence[Space], changes: Sequence[str], k: int) -> Request[list[Moved]]:
    """All of them, each known as soon as it is there."""
    parts = movement_requests(spaces, changes, k)
    return Request("|".join(part.key for part in parts), lambda job: [part.within(job) for part in parts])


def known_movements(spaces: Sequence[Space], changes: Sequence[str], k: int) -> list[Moved | None]:
    """Those that are there by now."""
    return [known(part) for part in movement_requests(spaces, changes, k)]


def _results(found: Summaries, k: int, settings: Mapping[str, Setting], changed: int) -> None:
    show_chart(
        kept_chart(found, page_colours()),
        key="kept_chart",
        alt="Share of neighbours that items keep under each change, by encoder",
    )
    if any(not PERTURBATIONS[change].keeps_meaning for change, _ in found):
        st.caption("\\* changes the meaning, so a good model should react.")
    number = st.column_config.NumberColumn
    columns = {
        "no answer": number(
            help="Changed items of which the encoder knows nothing: everything is equally near to them."
        ),
        "cosine (median)": "%.2f",
        "rank of the original (median)": "%.0f",
        "original still nearest": "%.0f %%",
        f"of {k} neighbours kept": "%.1f",
        "farther than its neighbour": number(
            format="%.0f %%", help="Items that moved farther than their nearest neighbour lies."
        ),
    }
    show_table(
        Table(
            summary_table(found, k),
            "How far items move under each change, by encoder",
            columns,
            height=1_000,
            caption=f"{changed:,} items (seed 0); items that a change leaves as they are do not count.",
            label="This table (CSV)",
            file="perturbed.csv",
            settings=settings,
        )
    )


def kept_chart(found: Summaries, colours: Colours) -> go.Figure:
    """Share of neighbours kept, the changes below each other, a colour for each encoder."""
    changes = list(dict.fromkeys(change for change, _ in found))
    encoders = list(dict.fromkeys(encoder for _, encoder in found))
    bars = [
        go.Bar(
            y=[f"{change}{'' if PERTURBATIONS[change].keeps_meaning else ' *'}" for change in changes],
            x=[100 * found[change, encoder].kept for change in changes],
            orientation="h",
            marker={"color": colour},
            hovertemplate="%{y}: %{x:.0f} % of neighbours kept<extra>" + chart_text(encoder, 30) + "</extra>",
            name=chart_text(encoder, 30),
        )
        for encoder, colour in zip(encoders, colours.categorical, strict=False)
    ]
    return figure(
        *bars,
        height=110 + 24 * len(changes) * max(1, len(bars)),
        x={"title": "% of neighbours kept", "range": [0, 103], "dtick": 25},
        y={"autorange": "reversed"},
        barmode="group",
        legend={"traceorder": "normal"},
        showlegend=True,
    )
