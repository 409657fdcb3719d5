"""A search over a labelled collection: whom it shows, beside random orders and the collection."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.bias.skew.asked import Asked, search_controls
from components.bias.skew.examples import begin, example_row, looks_at_names
from components.bias.skew.how import how_search, read_search
from components.bias.skew.query import read_query
from components.bias.skew.ranked import ranked_panel
from components.bias.skew.search_chart import DRAWN, share_chart
from components.bias.skew.search_tables import group_table, shown_table
from components.bias.skew.search_words import measures, notes, verdict
from components.kit.ask import ask
from components.kit.charts import show_chart
from components.kit.choice import chosen_collection, chosen_encoder
from components.kit.colours import page_colours
from components.kit.evidence import csv_button, settings_of
from components.kit.spaces import space_of
from components.kit.words import escape, shorten
from components.views.bias_inputs import probe_request
from embeddings.bias.ready import NOTICE
from embeddings.bias.search_skew import DRAWS, SearchSkew
from embeddings.errors import EmbeddingError
from embeddings.labelled import labels_of
from embeddings.space import Space

COMPARED = {"collection": "share of the collection", "equal": "equal shares"}


def search_part() -> None:
    """Everything below the choice of what is asked."""
    collection, _ = chosen_collection()
    space = space_of(collection, chosen_encoder())
    begin()
    st.caption("Whom does a search show first? The first results are counted by group, beside random orders.")
    example_row()
    if looks_at_names():
        st.info(NOTICE, icon=":material/info:")
    left, right = st.columns([0.27, 0.73], gap="medium")
    with left:
        asked = search_controls(collection)
        mistakes = st.container()
    with right:
        found = None if asked is None else _ask(space, asked, mistakes)
        if asked is not None and found is not None:
            _results(space, asked, found)
    read_search()
    how_search()


def _ask(space: Space, asked: Asked, mistakes: st.delta_generator.DeltaGenerator) -> SearchSkew | None:
    """The result; None, with the reason beside the input, where there is none."""
    if not asked.query:
        st.info("Type what a search would be for, such as “CEO”, or choose an example.", icon=":material/search:")
        return None
    try:
        query = read_query(space, asked.query)
        groups = labels_of(space.collection, asked.column)
        inputs = {"query": query.target, "groups": groups, "k": asked.k, "expected": asked.expected}
        found: Any = ask(probe_request(space, "Search skew", inputs, vectors_of=query.vectors_of))
    except EmbeddingError as error:
        found = error
    if isinstance(found, EmbeddingError):
        mistakes.error(escape(str(found)))
        return None
    result: SearchSkew = found
    return result


def _results(space: Space, asked: Asked, found: SearchSkew) -> None:
    said = verdict(found, asked.query)
    show = st.warning if said.standing == "skewed" else st.info
    icon = ":material/balance:" if said.standing == "skewed" else ":material/drag_handle:"
    show(f"**{escape(said.heading)}.** {escape(said.sentence)}", icon=icon)
    chart, ranked = st.columns([0.56, 0.44], gap="large")
    with chart:
        st.markdown(f"**Who is among the first {found.k}?**")
        show_chart(
            share_chart(found, expected=COMPARED[asked.expected], colours=page_colours()),
            key="skew_chart",
            alt=f"Share of each group among the first {found.k}, with the share compared with and random orders",
        )
        if len(found.groups) > DRAWN:
            st.caption(f"{DRAWN} of {len(found.groups)} groups are drawn, the most and the least favoured.")
        st.caption(measures(found))
        for note in notes(found, equal=asked.expected == "equal"):
            st.caption(note)
    with ranked:
        ranked_panel(space.collection, found, asked.column, settings=_settings(space, asked))
    _table(space, asked, found)


def _table(space: Space, asked: Asked, found: SearchSkew) -> None:
    table = shown_table(found)
    st.markdown("**Every group**")
    st.dataframe(
        table,
        hide_index=True,
        height=min(480, 35 * (table.num_rows + 1) + 3),
        column_config={
            "group": st.column_config.TextColumn("group", pinned=True),
            "share": st.column_config.NumberColumn("share", format="%.1f %%"),
            "compared with": st.column_config.NumberColumn(COMPARED[asked.expected], format="%.1f %%"),
            "by chance": st.column_config.TextColumn(
                "by chance", help="What 95 % of random orders of the same items would show among as many places."
            ),
            "p": st.column_config.TextColumn("p", help="Two-sided (Fisher’s exact test), Holm-corrected over groups."),
        },
        alt="Every group: how many among the first results, what is expected, Skew@k and p",
    )
    csv_button("Every group (CSV)", lambda: group_table(found), "search_skew.csv", _settings(space, asked))


def _settings(space: Space, asked: Asked) -> dict[str, Any]:
    return settings_of(
        space,
        query=shorten(asked.query, 500),
        group_column=asked.column,
        k=asked.k,
        compared_with=COMPARED[asked.expected],
        random_orders=DRAWS,
        seed=0,
    )
