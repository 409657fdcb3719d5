"""The view “Sets”: four measures of word sets in one table, and each looked into."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.bias.sets import state
from components.bias.sets.asking import RULES, sets_request
from components.bias.sets.conventions import MEASURES, convention_switches, settings
from components.bias.sets.detail import detail_panel
from components.bias.sets.how import how_computed, how_to_read
from components.bias.sets.tables import Found, measure_numbers, measure_table
from components.kit.ask import ask
from components.kit.candidates import candidate_controls
from components.kit.evidence import csv_button, settings_of
from components.kit.words import escape
from components.views.bias_inputs import unknown_words
from components.views.bias_word_sets import Edited
from embeddings.errors import EmbeddingError
from embeddings.space import Space


def sets_view() -> None:
    """The view below the heading."""
    candidates = candidate_controls()
    space = candidates.space()
    st.caption("Do four measures of word sets find a bias, each in its own sense, and more than chance would give?")
    state.ready_row()
    left, right = st.columns([0.3, 0.7], gap="medium")
    with left:
        edited = state.EDITOR.draw(space, candidates.own, RULES)
        ready = state.ready()
        if ready is not None:
            st.caption(escape(ready.source))
        conventions = convention_switches()
        mistakes = st.container()
    state.carry()
    with right:
        if state.EDITOR.is_empty():
            _nothing_yet()
        elif edited.check is not None and edited.check.sets:
            _results(space, edited, conventions, mistakes)
    how_to_read()
    how_computed()


def _results(
    space: Space, edited: Edited, conventions: dict[str, str], mistakes: st.delta_generator.DeltaGenerator
) -> None:
    try:
        vectors = edited.vectors_of(space)
        reason = unknown_words(space, vectors)
        results: Any = EmbeddingError(reason)
        if not reason:
            results = ask(sets_request(space, edited, settings(conventions), vectors))
    except EmbeddingError as error:
        results = error
    if isinstance(results, EmbeddingError):
        mistakes.error(escape(str(results)))
        return
    found: Found = list(zip(MEASURES, results, strict=True))
    one, other = edited.called[:2]
    _table(space, edited, found, conventions)
    detail_panel(found, conventions, (one, other), _settings(space, edited))


def _table(space: Space, edited: Edited, found: Found, conventions: dict[str, str]) -> None:
    groups = (edited.called[0], edited.called[1])
    table = measure_table(found, conventions, groups)
    st.dataframe(
        table,
        hide_index=True,
        height=4 * 98 + 38,
        row_height=98,
        column_config={
            "measure": st.column_config.TextColumn("measure", pinned=True, width=70),
            "value": st.column_config.TextColumn("value", width=70),
            "no bias": st.column_config.TextColumn("no bias", width=65, help="The value where there is none."),
            "by chance": st.column_config.TextColumn("by chance", width=150),
            "says": st.column_config.TextColumn("here", width=215),
            "larger means": st.column_config.TextColumn("larger means", width=215),
            "definition": st.column_config.TextColumn("definition", width=280),
            "convention": st.column_config.TextColumn("convention", width=150),
            "caveat": st.column_config.TextColumn("caveat", width=320),
        },
        alt="The four measures: value, what chance gives, what it says, what larger means, definition and caveat",
    )
    st.caption("They ask different questions and need not agree; their values cannot be compared with each other.")
    csv_button(
        "The measures (CSV)",
        lambda: measure_numbers(found, conventions),
        "set_measures.csv",
        _settings(space, edited),
    )


def _settings(space: Space, edited: Edited) -> dict[str, Any]:
    called = {name: ", ".join(each.words) for name, each in zip(edited.called, edited.sets, strict=True)}
    return {**settings_of(space, seed=0), **called}


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown("**Two groups, and words that should be neutral between them.**")
        st.caption("Choose ready sets above, or type your own on the left: two words a set at least.")
