"""The answers drawn: methods side by side, what the inputs find alone, and where the expected answer stands."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.analogies.answered import ADD, Answered
from components.analogies.sum_tables import (
    MOST_ALONE,
    PICTURE,
    SCORE,
    alone_lists,
    closeness,
    everything,
    ranked,
    ranks_table,
)
from components.kit.pictures import ROW_HEIGHT, as_picture, gallery, picture_count
from components.kit.words import escape, table_csv
from embeddings.collection import Collection

LINE = 35
TALLEST = 640
NAME = 118
BAR = 84


def answer_lists(answered: Answered) -> None:
    """The lists of all methods, and those of the inputs alone."""
    table = ranked(answered, answered.lists)
    _lists(table, "The best answers by each method, side by side")
    st.caption(_legend(answered))
    if answered.alone:
        _alone(answered)
    st.download_button(
        "All lists (CSV)",
        lambda: table_csv(everything(answered)),
        "sum.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _alone(answered: Answered) -> None:
    st.markdown("**What the inputs find alone**")
    _lists(ranked(answered, alone_lists(answered)), "What is nearest to each added input alone")
    st.caption(
        "Nearest by cosine. If the answer is already first here, the arithmetic added nothing."
        + (f" The first {MOST_ALONE} added inputs; the file holds all." if len(answered.alone) > MOST_ALONE else "")
    )


def expected_panel(answered: Answered) -> None:
    """Rank of the expected answer by every method, with inputs and without, and how near the inputs were to it."""
    if answered.expected is None:
        return
    st.dataframe(
        ranks_table(answered),
        hide_index=True,
        height=LINE * (len(answered.ranks) + 1) + 2,
        column_config={"score": st.column_config.NumberColumn(format="%.3f")},
        placeholder="–",
        alt="Rank of the expected answer by each method",
    )
    st.caption(
        f"Ranks among {len(answered.space):,} candidates. Cosine of the expected answer with the "
        f"{'' if answered.only_takes_away else 'added '}inputs: "
        f"{escape(closeness(answered, answered.expected))}. Sums succeed mostly where an input is near to the answer "
        "from the start (Linzen 2016)."
    )


def answer_gallery(answered: Answered, own: Collection) -> None:
    """The pictures in the sum, and the best answers as pictures."""
    count = picture_count(own)
    terms = [(term, term.row) for term in answered.inputs.terms if term.row is not None and term.row < count]
    if terms:
        st.markdown("**In the sum**")
        captions = [f"{term.weight:+g} × {term.name}" for term, _ in terms]
        gallery(own, [row for _, row in terms], key="sum_inputs", captions=captions)
    st.markdown(f"**{'Least like it' if answered.only_takes_away else 'Nearest to it'}, by {ADD}**")
    found = answered.lists[ADD]
    scores = zip(found.rows.tolist(), found.scores, strict=True)
    captions = [f"#{row + 1} · {score:.2f}" if row < count else f"{score:.2f}" for row, score in scores]
    gallery(answered.space.collection, found.rows.tolist(), key="sum_answers", captions=captions)


def _lists(table: pa.Table, alt: str) -> None:
    pictured = any(name.endswith(PICTURE) for name in table.column_names)
    height = ROW_HEIGHT if pictured else LINE
    st.dataframe(
        table,
        hide_index=True,
        height=min(TALLEST, height * table.num_rows + LINE + 2),
        row_height=height,
        column_config=_columns(table, pictured),
        alt=alt,
    )


def _columns(table: pa.Table, pictured: bool) -> dict[str, ColumnConfig]:
    config: dict[str, ColumnConfig] = {"rank": st.column_config.NumberColumn("#", width=36)}
    for name in table.column_names[1:]:
        if name.endswith(PICTURE):
            config[name] = as_picture()
        elif name.endswith(SCORE):
            config[name] = _score(table.column(name).to_pylist(), pictured)
        else:
            config[name] = st.column_config.TextColumn(width=NAME)
    return config


def _score(scores: list[float | None], pictured: bool) -> ColumnConfig:
    if pictured or min(each for each in scores if each is not None) < 0:
        return st.column_config.NumberColumn("score", format="%.3f", width=60)
    top = max(1.0, *(each for each in scores if each is not None))
    return st.column_config.ProgressColumn("score", format="%.2f", min_value=0, max_value=top, width=BAR)


def _legend(answered: Answered) -> str:
    left_out = "" if answered.inputs_in else "Inputs are left out. "
    expected = "✓ is the expected answer. " if answered.expected is not None else ""
    return (
        f"{expected}{left_out}Larger is better; 3CosAdd and PairDirection are cosines, 3CosMul is a quotient, so "
        "scores of different methods do not compare."
    )
