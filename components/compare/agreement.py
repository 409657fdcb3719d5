"""The view “Agreement”: neighbours and similarities in the original spaces, each measure against chance."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.compare.agreement_charts import measures_chart, pair_chart, spread_chart
from components.compare.agreement_tables import (
    measure_table,
    moved_table,
    none_shared,
    pair_table,
    tied_sentence,
    verdict,
)
from components.compare.encoders import Chosen, names_of, needs_partner, obstacle
from components.compare.lists import both_lists
from components.compare.requests import comparison_request, table_request
from components.compare.turned import turned_panel
from components.kit.ask import ask
from components.kit.charts import show_chart
from components.kit.colours import page_colours
from components.kit.link import select, selected_row
from components.kit.widgets import pick
from components.kit.words import escape, table_csv
from embeddings.compare import Comparison
from embeddings.metrics import METRICS
from embeddings.space import Space

K, METRIC = "k_agree", "metric_agree"
MOST_K = 50
LISTED = 50


def agreement_view(chosen: Chosen) -> None:
    """Everything below the choice of encoders."""
    if not chosen.beside:
        needs_partner()
        return
    spaces = chosen.spaces()
    problem = obstacle(spaces)
    if problem:
        st.info(escape(problem), icon=":material/info:")
        return
    k, metric = _settings(len(chosen.collection))
    one, other = chosen.pair()
    found = ask(comparison_request(one, other, k, metric))
    names = names_of([one.encoder, other.encoder])
    _headline(found, names)
    _items(found, one, other)
    turned_panel(one, other, [escape(name) for name in names])
    if len(spaces) > 2:
        _each_two(spaces, k, metric)
    _how_computed()


def _settings(n: int) -> tuple[int, str]:
    most = min(MOST_K, n - 2)
    if not 1 <= int(st.session_state.get(K) or 1) <= most:
        st.session_state[K] = most
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        k = st.number_input(
            "Neighbours (k)",
            1,
            most,
            min(10, most),
            key=K,
            bind="query-params",
            width=150,
            help=f"How many nearest neighbours count; {most} at most with {n:,} items.",
        )
        metric = pick("Near by", list(METRICS), key=METRIC, default="cosine", kept=False)
    return int(k), metric


def _headline(found: Comparison, names: list[str]) -> None:
    escaped = [escape(name) for name in names]
    st.markdown(verdict(found, escaped))
    left, right = st.columns([0.58, 0.42], gap="medium")
    with left:
        show_chart(
            measures_chart(found, colours=page_colours()),
            key="measures_chart",
            alt="Six measures of agreement as dots, each with the range of 99 shuffles",
        )
    with right:
        show_chart(
            spread_chart(found, colours=page_colours()),
            key="spread_chart",
            alt="How many items share how many neighbours",
        )
    table = measure_table(found)
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (table.num_rows + 1) + 3,
        column_config={name: st.column_config.NumberColumn(format="%.3f", width=90) for name in table.column_names[1:4]}
        | {
            "highest of 99 shuffles": st.column_config.NumberColumn(format="%.3f", width=160),
            "p": st.column_config.NumberColumn(format="%.2f", width=60),
        },
        alt="The six measures with what they come to by chance",
    )
    ties = tied_sentence(found, escaped)
    if ties:
        st.caption(ties)
    _download("Agreement (CSV)", lambda: table_csv(table), "agreement.csv")


def _items(found: Comparison, one: Space, other: Space) -> None:
    collection = one.collection
    left, right = st.columns([0.42, 0.58], gap="medium")
    shown = moved_table(collection, found, most=LISTED)
    with left:
        st.markdown("**Which items move most?**")
        st.dataframe(
            shown,
            hide_index=True,
            height=min(460, 35 * (shown.num_rows + 1) + 3),
            column_config={
                "item": st.column_config.TextColumn(width=250),
                "shared": st.column_config.NumberColumn(f"of {found.k}", width=60, help="Neighbours in both lists."),
                "Jaccard": None,
                "RBO": st.column_config.NumberColumn(format="%.2f", width=50, help="Rank-biased overlap."),
                "row": st.column_config.NumberColumn(width=50),
            },
            on_select=lambda: _follow(found),
            selection_mode="single-cell",
            key="moved_items",
            alt="Items from the one whose neighbours change most",
        )
        st.caption(f"Click one: both its lists stand beside. Smallest overlap first{none_shared(found)}.")
        _download("Every item (CSV)", lambda: table_csv(moved_table(collection, found)), "moved_items.csv")
    row = selected_row(one)
    with right:
        both_lists(one, other, int(found.moved[0]) if row is None else row, k=found.k, metric=found.metric)


def _follow(found: Comparison) -> None:
    picked = st.session_state["moved_items"]["selection"]["cells"]
    if picked:
        select(int(found.moved[picked[0][0]]))


def _each_two(spaces: list[Space], k: int, metric: str) -> None:
    st.markdown("**How far does each two of them agree?**")
    found = ask(table_request(spaces, k, metric))
    names = names_of([space.encoder for space in spaces])
    left, right = st.columns([0.45, 0.55], gap="medium")
    with left:
        show_chart(
            pair_chart(found, names, colours=page_colours()),
            key="pair_chart",
            alt="Share of neighbours that each two encoders have in common",
        )
    table = pair_table(found, names)
    with right:
        st.dataframe(
            table,
            hide_index=True,
            column_config={name: st.column_config.NumberColumn(format="%.3f") for name in table.column_names[2:]},
            alt="Each two encoders by six measures",
        )
        _download("Each two (CSV)", lambda: table_csv(table), "each_two.csv")


def _download(label: str, data: Callable[[], bytes], name: str) -> None:
    st.download_button(
        label, data, name, "text/csv", key=f"download_{name}", icon=":material/download:", on_click="ignore"
    )


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "Everything is computed from the vectors, never from a map. **Shared neighbours** and the **Jaccard "
            "index** compare the k nearest of every item (of 20,000 random ones where there are more); **rank-biased "
            "overlap** weighs the first places most (p = .9; Webber, Moffat & Zobel 2010). **Linear CKA** compares "
            "whole clouds, whatever their rotation and size (Kornblith et al. 2019), over at most 5,000 items; the "
            "**debiased** one uses unbiased estimates (Song et al. 2012). **RSA** is Spearman’s correlation of the "
            "similarities of all pairs of at most 500 items (Kriegeskorte, Mur & Bandettini 2008).\n\n**Chance**: the "
            "vectors of one space are dealt out anew among the items 99 times (Mantel 1967), and everything is "
            "measured again. p = (1 + shuffles at least as high) / 100, so it is never below .01. Ties "
            "are broken at random, the same way in both spaces.\n\n"
            "**What may not be concluded:** agreement does not say that both are right, nor disagreement who is wrong; "
            "two encoders trained on the same texts may share mistakes. A high plain CKA with few items says little: "
            "look at the grey bar, or at the debiased one."
        )
