"""The check that stands beside every axis."""

from __future__ import annotations

import streamlit as st

from components.axes.asked import Answered, Asked
from components.axes.lookup import is_number
from components.axes.null_chart import null_chart
from components.axes.tables import held_out_table, random_table, seed_table
from components.axes.verdict import Verdict, held_out_sentence, silent_seeds, verdict
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.words import escape, shorten
from embeddings.axes import Axis
from embeddings.space import Space

NAMED = 6
ICONS = {
    "holds": ":material/check_circle:",
    "fails": ":material/cancel:",
    "too few": ":material/help:",
    "unknown": ":material/help:",
}


def verdict_line(axis: Axis) -> Verdict:
    """The verdict in one coloured line."""
    said = verdict(axis)
    show = {"holds": st.success, "fails": st.error}.get(said.standing, st.warning)
    show(f"**{escape(said.heading)}.** {escape(said.sentence)}", icon=ICONS[said.standing])
    unknown = silent_seeds(axis)
    if unknown:
        names = ", ".join(f"“{shorten(word, 30)}”" for word in unknown[:NAMED])
        more = f" and {len(unknown) - NAMED:,} more stand" if len(unknown) > NAMED else " stand"
        st.caption(
            f"{escape(names)}{more} at exactly 0 on the axis made without them, as words do that the encoder does not "
            "know."
        )
    return said


def check_panel(space: Space, axis: Axis, asked: Asked, answered: Answered) -> None:
    """Random axes as a histogram, and the held-out words."""
    left, right = st.columns([0.5, 0.5], gap="large")
    with left:
        st.markdown("**Would a random direction do as well?**")
        if len(axis.check.random_aucs):
            show_chart(
                null_chart(axis.check, colours=page_colours()),
                key="null_chart",
                alt="Histogram of the AUC of random axes, with that of this axis as a line",
            )
        else:
            st.caption("There are too few items for random axes of the same size.")
    with right:
        st.markdown("**Does it order words that it was not made from?**")
        if answered.held_out is None:
            st.caption("Type held-out words on the left: some that you expect low, some high.")
        else:
            st.metric("AUC of the held-out words", f"{answered.held_out.auc:.2f}")
            st.caption(escape(held_out_sentence(answered.held_out)))
    if space.collection.kind != "text" and not all(map(is_number, axis.low + axis.high)):
        st.caption(
            "Both figures are about the seeds and the held-out words, not about the pictures: whether pictures follow "
            "is seen at the ends. Words and pictures lie apart in such a space, so the middle of the seeds need not be "
            "the middle of the pictures."
        )
    _twins(axis, asked, answered)


def _twins(axis: Axis, asked: Asked, answered: Answered) -> None:
    twin = table_twin("The check as tables", key="check_twin")
    if not twin.open:
        return
    seeds, held, random = twin.columns(3)
    seeds.dataframe(seed_table(axis), hide_index=True, height=300, alt="Each seed on the axis made without it")
    if answered.held_out is not None:
        table = held_out_table(asked.low, asked.high, answered.held_out)
        held.dataframe(table, hide_index=True, height=300, alt="Held-out words along the axis")
    random.dataframe(random_table(axis), hide_index=True, height=300, alt="Scores of the random axes")
