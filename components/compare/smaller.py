"""The view “Smaller”: bytes against neighbours found, and what one item loses."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.compare.encoders import Chosen
from components.compare.requests import compressed_request, recall_request
from components.compare.smaller_tables import lost_table, recall_chart, recall_table, setting_name
from components.kit.ask import ask
from components.kit.charts import show_chart
from components.kit.choice import encoder_name
from components.kit.colours import page_colours
from components.kit.link import selected_row
from components.kit.spaces import space_of
from components.kit.widgets import pick_from_list
from components.kit.words import escape, shorten, table_csv
from embeddings.compression import COMPRESSIONS, Setting, Smaller, lost_neighbours, trained_for_truncation
from embeddings.space import Space

ENCODER, METHOD, TIMES, CUT = "smaller_encoder", "smaller_by", "times", "dimensions"
RESCORED, FIRST = "binary, rescored", "first components"
K = 10
MOST_TIMES = 50


def smaller_view(chosen: Chosen) -> None:
    """Everything below the choice of encoders."""
    space = _space(chosen)
    k = min(K, len(space) - 1)
    if k < 1 or (space.vectors == space.vectors[0]).all():
        reason = "All vectors of this space are equal" if k else "There is only one item"
        st.info(f"{reason}, so there are no neighbours to lose.", icon=":material/info:")
        return
    rows = ask(recall_request(space, k))
    _matryoshka(space)
    place = st.container()
    setting = _setting(space)
    known = next((row for row in rows if row.setting == setting), None)
    now = known or ask(recall_request(space, k, (setting,)))[0]
    with place:
        _curve(rows, now, k)
    _one_item(space, setting, now, k)
    _how_computed()


def _space(chosen: Chosen) -> Space:
    encoders = list(chosen.encoders)
    if len(encoders) == 1:
        return space_of(chosen.collection, encoders[0])
    names = {each: encoder_name(each) for each in encoders}
    picked = pick_from_list("Make the vectors of this encoder smaller", names, key=ENCODER, width=300)
    return space_of(chosen.collection, picked)


def _matryoshka(space: Space) -> None:
    name = escape(encoder_name(space.encoder))
    if trained_for_truncation(space.encoder):
        st.badge("Matryoshka", icon=":material/filter_none:", color="green")
        st.caption(f"{name} was trained so that its first dimensions stand alone (Kusupati et al. 2022).")
    else:
        st.caption(
            f"{name} is not known to be trained for truncation (Matryoshka; Kusupati et al. 2022): expect “first "
            "components” to lose more than “principal components”."
        )


def _setting(space: Space) -> Setting:
    most = min(space.dimension, len(space))
    methods = [name for name in COMPRESSIONS if name != "float32"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        method = pick_from_list("Try", methods, key=METHOD, default=FIRST, width=220, kept=False)
        if method == RESCORED:
            times = st.slider(
                "Candidates looked at again (times k)", 2, MOST_TIMES, 4, key=TIMES, bind="query-params", width=320
            )
            return Setting(method, int(times))
        if not COMPRESSIONS[method].amount:
            return Setting(method)
        most = space.dimension if method == FIRST else most
        if most < 2:
            return Setting(method, 1)
        if not 1 <= int(st.session_state.get(CUT) or 1) <= most:
            st.session_state[CUT] = most
        cut = st.slider("Dimensions kept", 1, most, max(1, most // 4), key=CUT, bind="query-params", width=320)
        return Setting(method, int(cut))


def _curve(rows: Sequence[Smaller], now: Smaller, k: int) -> None:
    left, right = st.columns([0.5, 0.5], gap="medium")
    with left:
        show_chart(
            recall_chart([*rows, *([] if now in rows else [now])], now, colours=page_colours()),
            key="recall_chart",
            alt="Bytes an item against the share of true neighbours found",
        )
    table = recall_table(rows, k)
    with right:
        st.dataframe(
            table,
            hide_index=True,
            height=min(360, 35 * (table.num_rows + 1) + 3),
            column_config={
                "vectors": st.column_config.TextColumn(width=165),
                "kept beside": st.column_config.NumberColumn(help="Bytes of the float32 vector that rescoring reads."),
                "bytes an item": st.column_config.NumberColumn(format="localized"),
                "times smaller": st.column_config.NumberColumn(format="%.1f"),
                f"of {k} found": st.column_config.NumberColumn(format="%.2f", help="True neighbours, on average."),
                "recall": None,
            },
            alt="Bytes and neighbours found by each way of making vectors smaller",
        )
        st.download_button(
            "This table (CSV)",
            lambda: table_csv(table),
            "smaller.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _one_item(space: Space, setting: Setting, now: Smaller, k: int) -> None:
    row = selected_row(space)
    row = int(now.asked[now.item_recall.argmin()]) if row is None else row
    found = lost_neighbours(space, ask(compressed_request(space, setting)), row, k=k)
    st.markdown(
        f"With **{escape(setting_name(setting))}** ({now.bytes_per_item:,} bytes instead of {4 * space.dimension:,}), "
        f"**{k * now.recall:.1f} of {k}** neighbours are found on average; “"
        f"{escape(shorten(space.collection.text(row), 80))}” loses **{len(found.lost)}**:"
    )
    table = lost_table(space.collection, found)
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (table.num_rows + 1) + 3,
        column_config={"#": st.column_config.NumberColumn(width=40)},
        alt="The neighbours of one item before and after",
    )
    if selected_row(space) is None:
        st.caption("The item that loses most. Click another on the Maps or under Agreement to look at it here.")


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        lines = [
            f"**{name}**: {spec.summary}" + (f" ({spec.reference})" if spec.reference else "")
            for name, spec in COMPRESSIONS.items()
        ]
        st.markdown(
            "Recall is the share of an item’s 10 nearest neighbours by float32 cosine that are found among 10 by the "
            "smaller vectors, over all items or 2,000 random ones (seed 0). Between equal distances the lot "
            "decides: bits make many such.\n\n" + "\n\n".join(lines) + "\n\n**What may not be concluded:** principal "
            "components are fitted on the very items they are measured on, and recall falls as collections grow: "
            "measure again on your own size."
        )
