"""One item changed before your eyes: where every encoder puts it now."""

from __future__ import annotations

import streamlit as st

from components.compare.perturb_tables import before_after, live_table, moved_sentence
from components.kit.ask import ask
from components.kit.choice import encoder_name
from components.kit.kinds import one
from components.kit.link import select, selected_row
from components.kit.pictures import single_picture
from components.kit.spaces import texts_request
from components.kit.widgets import pick
from components.kit.words import escape, shorten
from embeddings.collection import Collection, Item
from embeddings.neighbours import nearest
from embeddings.perturb import PERTURBATIONS, Movement, movement, perturb
from embeddings.space import Space, Vectors

CHANGE, OWN_TEXT = "change", "changed_text"
OWN = "your own words"
HEIGHT = 170
LONGEST = 5_000


def one_changed(spaces: list[Space], k: int) -> None:
    """The chosen item, how it is changed, and what that does to it."""
    collection = spaces[0].collection
    row = selected_row(spaces[0])
    row = 0 if row is None else row
    item = collection.items[row]
    with st.container(border=True):
        changed = _changed(collection, row)
        if changed is None:
            return
        if changed == item:
            st.info("This change leaves the item as it is. Try another change or another item.", icon=":material/info:")
            return
        vectors = [ask(texts_request(space, [changed])) for space in spaces]
        _results(spaces, row, vectors, k)


def _changed(collection: Collection, row: int) -> Item | None:
    """The changed item, with the controls; None while the visitor has written nothing."""
    item = collection.items[row]
    kind = "text" if isinstance(item, str) else "image"
    ways = [name for name, spec in PERTURBATIONS.items() if spec.kind == kind]
    ways += [OWN] if kind == "text" else []
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        way = pick("Change one item", ways, key=CHANGE, kept=False)
        st.button("Another item", icon=":material/casino:", on_click=select, args=((row + 1) % len(collection),))
    if way != OWN:
        changed = perturb([item], way)[0]
        _both(collection, row, changed, PERTURBATIONS[way].summary)
        return changed
    typed = st.text_input(
        "Say it otherwise, or in another language",
        key=OWN_TEXT,
        bind="query-params",
        max_chars=LONGEST,
        placeholder=shorten(str(item), 120),
    )
    _both(collection, row, typed or None, "Your words in place of the item’s own.")
    if not typed.strip():
        st.caption("Write something: you see how far it lies from the item, by each encoder.")
        return None
    return typed


def _both(collection: Collection, row: int, changed: Item | None, says: str) -> None:
    st.caption(escape(says))
    item = collection.items[row]
    left, right = st.columns(2, gap="medium")
    for column, shown, title in ((left, item, f"item {row + 1:,}"), (right, changed, "changed")):
        with column:
            if shown is None:
                continue
            st.caption(title)
            if isinstance(shown, bytes):
                single_picture(shown, alt=title, key=f"perturb_{title.split()[0]}", height=HEIGHT)
            else:
                st.text(shorten(shown, 400))


def _results(spaces: list[Space], row: int, vectors: list[Vectors], k: int) -> None:
    moved: dict[str, Movement] = {
        encoder_name(space.encoder): movement(space, [row], vector, k=k)
        for space, vector in zip(spaces, vectors, strict=True)
    }
    for name, each in moved.items():
        st.markdown(moved_sentence(escape(name), each, one(spaces[0].collection)))
    table = live_table(moved)
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (table.num_rows + 1) + 3,
        column_config={name: st.column_config.NumberColumn(format="%.3f") for name in table.column_names[1:3]},
        alt="How far the changed item lies from its original, by encoder",
    )
    for column, space, vector in zip(st.columns(len(spaces), gap="medium"), spaces, vectors, strict=True):
        before = nearest(space, row, k=k).rows.tolist()
        after = nearest(space, vector[0], k=k, exclude=(row,)).rows.tolist()
        with column:
            st.caption(escape(f"Neighbours by {encoder_name(space.encoder)}; ● new"))
            table = before_after(space.collection, before, after)
            if not table.num_rows:
                st.caption("None, before or after: everything is equally near.")
                continue
            st.dataframe(
                table,
                hide_index=True,
                height=35 * (table.num_rows + 1) + 3,
                column_config={
                    "#": st.column_config.NumberColumn(width=40),
                    "before": st.column_config.TextColumn(width=230),
                    "after": st.column_config.TextColumn(width=230),
                },
                alt=f"Neighbours before and after by {encoder_name(space.encoder)}",
            )
