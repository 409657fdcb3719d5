"""The same sum by other encoders, drawn as they come in."""

from __future__ import annotations

import streamlit as st

from components.analogies.answered import Answered
from components.analogies.others import WAITING, OtherAnswer, encoders_for, other_request, others_table
from components.kit.ask import Pending
from components.kit.candidates import Candidates
from components.kit.words import shorten, table_csv

LINE = 35


def others_panel(candidates: Candidates, text: str, answered: Answered) -> None:
    """A table of encoders; each is asked only while the panel is open, one after another."""
    panel = st.expander(
        "The same sum by other encoders", icon=":material/compare_arrows:", on_change="rerun", key="sum_others"
    )
    if not panel.open:
        return
    with panel:
        if not candidates.reads and len(encoders_for(candidates)) == 1:
            st.caption("These vectors came ready-made, so no other encoder has seen the same candidates with them.")
            return
        wanted = _wanted(answered)
        pending = Pending()
        answers = _ask(candidates, text, wanted, pending)
        table = others_table(answers, shorten(_name(answered), 30))
        st.dataframe(
            table,
            hide_index=True,
            height=LINE * (table.num_rows + 1) + 2,
            column_config={
                "encoder": st.column_config.TextColumn(width="small"),
                "first answer": st.column_config.TextColumn(width="small"),
                "score": st.column_config.NumberColumn(format="%.3f", width=70),
                "what to know": st.column_config.TextColumn(width="large"),
            },
            placeholder="–",
            alt="The same sum by other encoders",
        )
        st.caption(
            "By 3CosAdd, inputs left out, over the same candidates; scores of different encoders do not compare. "
            "Encoders that count words or letters know which texts share them, not what they mean: to TF-IDF two "
            "different words have nothing in common, and a word outside its vocabulary has no vector at all; bag of "
            "words and one-hot vectors answer single words just as it does."
        )
        st.download_button(
            "This table (CSV)",
            lambda: table_csv(table),
            "sum_by_encoder.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        pending.show()


def _ask(candidates: Candidates, text: str, wanted: str, pending: Pending) -> list[OtherAnswer]:
    """The answers that are there; those behind the first that is not wait for it."""
    answers: list[OtherAnswer] = []
    waiting = False
    for encoder in encoders_for(candidates):
        found = None if waiting else pending.ask(other_request(candidates._replace(encoder=encoder), text, wanted))
        waiting = found is None
        answers.append(found or OtherAnswer(encoder, problem=WAITING))
    return answers


def _wanted(answered: Answered) -> str:
    """The answer whose rank is shown, as text or number: the expected one, else the best of the chosen encoder."""
    row = answered.drawn
    if row is None:
        return ""
    item = answered.space.collection.items[row]
    return item if isinstance(item, str) else f"#{row + 1}"


def _name(answered: Answered) -> str:
    return "the answer" if answered.drawn is None else answered.short(answered.drawn)
