"""Associations of a collection's items beside a column of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components.bias.association.asking import Waiting, ask_all
from components.bias.association.column_chart import (
    column_chart,
    column_sentence,
    column_table,
    correlations_chart,
    items_table,
)
from components.bias.association.column_request import ColumnQuestion, Found, column_request
from components.bias.association.encoders import encoder_picker, names_of, own_encoders, picture_encoders
from components.bias.association.how import how_to_read
from components.bias.association.numbers import items_of, number_columns
from components.bias.association.settings import seed_setting
from components.bias.association.state import LONGEST
from components.bias.set_text import NamedSet, sets_from_text, sets_to_text
from components.bias.word_sets import Edited, Slot, WordSets
from components.kit import link
from components.kit.charts import show_chart, table_twin
from components.kit.choice import COLLECTION, choose_collection, encoder_name
from components.kit.colours import page_colours
from components.kit.evidence import Setting, csv_button
from components.kit.kinds import drawn
from components.kit.widgets import pick, pick_from_list
from components.kit.words import escape, shorten
from embeddings.bias.checking import MOST_WORDS
from embeddings.bias.ready import ready_tests
from embeddings.bias.word_by_word import RULES
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError

ENCODERS, COLUMN, SETS, FILLED, DETAIL = "column_encoders", "column", "column_sets", "column_filled", "column_detail"
EDITOR = WordSets(
    "column",
    (
        Slot("A", "Attributes that items with large numbers may be nearer to.", "she, woman, her"),
        Slot("B", "Attributes that items with small numbers may be nearer to.", "he, man, his"),
    ),
)
SCENES = (
    NamedSet("Many", ("three circles", "four stars", "three hearts")),
    NamedSet("One", ("one circle", "one star", "one heart")),
)
DIGITS = (NamedSet("Zeros", ("digit=0",)), NamedSet("Ones", ("digit=1",)))


def column_panel(own: Collection) -> Waiting | None:
    """The column and the two sets beside the correlation."""
    columns = number_columns(own)
    if not columns:
        _no_numbers()
        how_to_read("WEFAT")
        return None
    _begin()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        column = _column_picker(columns)
        with st.container(width=430):
            choices = own_encoders(own) if not drawn(own) else picture_encoders(own)
            encoders = encoder_picker(*choices, ENCODERS)
        seed = seed_setting()
    if not encoders:
        st.info("Choose at least one encoder to ask.", icon=":material/info:")
        return None
    left, right = st.columns([0.3, 0.7], gap="medium")
    with left:
        st.caption("Each item is placed between A and B.")
        edited = EDITOR.draw(names_of(own, encoders[0]), own, RULES)
        _carry()
    waiting = None
    with right:
        if edited.usable:
            waiting = _answers(own, encoders, column, edited, seed)
        else:
            wrong = "" if EDITOR.is_empty() else " " + edited.problems[0]
            st.info(escape(f"Name two sets on the left, at least two words each.{wrong}"), icon=":material/edit:")
        how_to_read("WEFAT")
    link.show({SETS: ""})
    return waiting


def _answers(own: Collection, encoders: Sequence[str], column: str, edited: Edited, seed: int) -> Waiting | None:
    names, values = items_of(own, column, seed)
    a, b = edited.names
    questions = [ColumnQuestion(own, each, names, values, a, b) for each in encoders]
    answers, waiting = ask_all([column_request(each) for each in questions], "Run the test")
    known = {encoder_name(each): found for each, found in zip(encoders, answers, strict=True) if found is not None}
    if known:
        if len(own) > len(names):
            st.caption(
                f"{len(names):,} of {len(own):,} items, those with a number; at most {MOST_WORDS:,}, seed {seed}."
            )
        _shown(own, known, column, edited)
    return waiting


def _shown(own: Collection, answers: Mapping[str, Found], column: str, edited: Edited) -> None:
    with st.container(border=True, key="column_verdict"):
        for encoder, found in answers.items():
            said = found if isinstance(found, str) else column_sentence(found, column, edited.called)
            st.markdown(f"**{escape(encoder)}**: {escape(said)}")
    able = {encoder: found for encoder, found in answers.items() if not isinstance(found, str)}
    if len(able) > 1:
        show_chart(
            correlations_chart(able, column, edited.called, colours=page_colours()),
            key="column_forest",
            alt="Correlation of every encoder's associations with the column, with 95 % intervals",
        )
    table = column_table(list(answers), list(answers.values()))
    st.dataframe(
        table, hide_index=True, height=35 * (table.num_rows + 1) + 3, alt="Correlation of every encoder with the column"
    )
    if not able:
        return
    chosen = pick("Items as seen by", list(able), key=DETAIL, linked=False)
    found = able[chosen]
    show_chart(
        column_chart(found, own, column, edited.called, colours=page_colours()),
        key="column_scatter",
        alt="Each item by its number and by its association with A against B",
    )
    _twin(own, found, column, edited, chosen)


def _twin(own: Collection, found: Found, column: str, edited: Edited, encoder: str) -> None:
    twin = table_twin("Every item as a table", key="column_items")
    if not twin.open or isinstance(found, str):
        return
    with twin:
        table = items_table(found, own, column)
        st.dataframe(table, hide_index=True, height=400, alt="Every item with its number and its association")
        a, b = (", ".join(each.words) for each in edited.sets)
        settings: dict[str, Setting] = {"collection": own.name, "encoder": encoder, "column": column, "A": a, "B": b,
                    "r": found.r, "r low": found.interval.low, "r high": found.interval.high}  # fmt: skip
        csv_button("Every item (CSV)", lambda: table, "word_by_word.csv", settings)


def _column_picker(columns: Sequence[str]) -> str:
    return pick_from_list("Column of numbers", {name: shorten(name, 40) for name in columns}, key=COLUMN, width=220)


def _begin() -> None:
    """Fill the editor once for a collection: from the link, or with an example."""
    collection = link.read("collection", COLLECTION)
    if st.session_state.get(FILLED) == collection:
        return
    text = link.read(SETS) if FILLED not in st.session_state else ""
    st.session_state[FILLED] = collection
    try:
        EDITOR.fill(sets_from_text(text) if text else _first())
    except EmbeddingError as error:
        st.error(escape(str(error)))
        EDITOR.fill(_first())


def _first() -> Sequence[NamedSet]:
    """What the editor begins with for this collection."""
    pleasant = tuple(NamedSet(*each) for each in (ready_tests()["WEAT1"].a, ready_tests()["WEAT1"].b))
    return {"scenes": SCENES, "digits": DIGITS}.get(link.read("collection", COLLECTION), pleasant)


def _carry() -> None:
    first = EDITOR.is_empty() or EDITOR.sets() == tuple(_first())
    text = "" if first else sets_to_text(EDITOR.sets())
    link.write(SETS, text if len(text) <= LONGEST else "")


def _no_numbers() -> None:
    with st.container(border=True):
        st.markdown("**This collection has no column of numbers.**")
        st.caption(
            "Bring a table of words with a number each on the Data page, such as occupations and the share of women in "
            "them; or see whether pleasant words are the more frequent ones."
        )
        st.button("Open the English words", key="open_words", icon=":material/text_fields:",
                  on_click=choose_collection, args=("words",))  # fmt: skip
