"""The view “Which one?”: what each encoder can do for these items, and what it costs, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from components.compare.advice import recommendation
from components.compare.choosing_table import CONTROL, beside_shown, beside_table, known_row, number_table, shown_table
from components.compare.encoders import Chosen
from components.compare.pairs_control import NONE, chosen_pairs, pairs_picker
from components.compare.qualities import QUALITIES, standings
from components.compare.requests import labels_request, similarity_request, speed_request
from components.kit.ask import Request, ask
from components.kit.charts import table_twin
from components.kit.choice import encoder_name
from components.kit.joint import CAPTION, joint_space, texts_of_column
from components.kit.labels import label_columns
from components.kit.widgets import pick_from_list
from components.kit.words import escape, table_csv
from embeddings.collection import Collection
from embeddings.compare import EncoderRow, ScoredPairs, similarity_correlation
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.joint import is_joint
from embeddings.retrieval import Retrieval, retrieval_recall
from embeddings.space import Space
from embeddings.store import is_given

T = TypeVar("T")
COLUMN, NO_LABELS = "label_column", "nothing"
USUAL_PAIRS = "WordSim-353"


def choosing_view(chosen: Chosen) -> None:
    """Everything below the choice of encoders."""
    reads = [encoder for encoder in chosen.encoders if is_given(encoder) or find_spec(encoder).takes("text")]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        column = _label_picker(chosen.collection)
        asked = pairs_picker(USUAL_PAIRS if chosen.collection.kind == "text" else NONE) if reads else NONE
    pairs = chosen_pairs(asked)
    place = st.container()
    notes: list[str] = []
    rows = [_measured(space, column, pairs, notes) for space in chosen.spaces()]
    with place:
        _table(rows, notes)
    _how_computed()


def _label_picker(collection: Collection) -> str:
    columns = label_columns(collection)
    if not columns:
        st.caption("No column of this collection can be a label, so accuracy is not measured.", width="content")
        return ""
    chosen = pick_from_list(
        "Labels are in",
        [*columns, NO_LABELS],
        key=COLUMN,
        help="A column that says which items belong together.",
        width=200,
    )
    return "" if chosen == NO_LABELS else chosen


def _measured(space: Space, column: str, pairs: ScoredPairs | None, notes: list[str]) -> EncoderRow:
    row = known_row(space)
    name = encoder_name(space.encoder)
    if column:
        labels = ask(labels_request(space, column))
        row = replace(row, labels=labels.nearest, probe=labels.probe)
        if labels.why_not:
            notes.append(f"{name}: {labels.why_not}")
    if not is_given(space.encoder):
        row = replace(row, items_per_second=ask(speed_request(space)))
    row = replace(row, retrieval=_tried(lambda: _retrieval(space), name, notes))
    if pairs is not None and (is_given(space.encoder) or find_spec(space.encoder).takes("text")):
        return _with_similarity(row, space, pairs, notes)
    return row


def _with_similarity(row: EncoderRow, space: Space, pairs: ScoredPairs, notes: list[str]) -> EncoderRow:
    name = encoder_name(space.encoder)
    if is_given(space.encoder):
        return replace(row, similarity=_tried(lambda: similarity_correlation(space, pairs), name, notes))
    found = ask(similarity_request(space, pairs))
    if found.spearman != found.spearman:
        notes.append(f"{name}: all cosines of these pairs are equal, so there is nothing to correlate.")
    return replace(row, similarity=found)


def _tried(measure: Callable[[], T], name: str, notes: list[str]) -> T | None:
    try:
        return measure()
    except EmbeddingError as error:
        notes.append(f"{name}: {error}")
        return None


def _retrieval(space: Space) -> Retrieval | None:
    """Whether captions find their pictures; None where there are none, or the encoder does not read."""
    collection = space.collection
    if is_given(space.encoder) or not is_joint(space.encoder):
        return None
    if collection.kind != "image" or CAPTION not in collection.columns:
        return None
    texts = texts_of_column(collection, CAPTION)
    if not len(texts.pairs):
        return None
    joined = joint_space(collection, texts.texts, space.encoder)
    found = ask(Request(f"retrieval|{joined.fingerprint}", lambda job: retrieval_recall(joined, texts.pairs)))
    return found


def _table(rows: list[EncoderRow], notes: list[str]) -> None:
    stand = standings(rows)
    st.markdown(recommendation([replace(row, encoder=escape(row.encoder)) for row in rows], stand))
    table = shown_table(rows, stand)
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (table.num_rows + 1) + 3,
        column_config=_columns(),
        alt="What each encoder can do for these items, and what it costs",
    )
    most = next((row.labels.most_frequent for row in rows if row.labels), None)
    st.caption(
        ("" if most is None else f"Always naming the most frequent label: {100 * most:.0f} %. ")
        + "★ best, and each that is not worse on the same items beyond what chance explains. In brackets: 95 % "
        "intervals. Speed: 128 items of this collection on this machine, measured once."
    )
    for note in notes:
        st.caption(escape(note))
    st.download_button(
        "This table (CSV)",
        lambda: table_csv(number_table(rows)),
        "encoders.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    _beside(beside_table(rows, stand))


def _beside(table: pa.Table) -> None:
    """The best encoder and each other one, item by item."""
    if not table.num_rows:
        return
    twin = table_twin("The best beside each other one, on the same items", key="beside_best")
    if not twin.open:
        return
    with twin:
        st.dataframe(
            beside_shown(table),
            hide_index=True,
            column_config={"p": st.column_config.TextColumn(help="Two-sided; corrected by Holm within each measure.")},
            alt="How often only the best encoder is right, and how often only the other one",
        )
        st.caption("Items that both get right, or both get wrong, say nothing about which one is better.")
        st.download_button(
            "These comparisons (CSV)",
            lambda: table_csv(table),
            "best_beside_others.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _columns() -> dict[str, ColumnConfig]:
    whole = st.column_config.NumberColumn(format="localized")
    return {
        "encoder": st.column_config.TextColumn(pinned=True),
        **{quality.column: st.column_config.TextColumn(help=quality.term) for quality in QUALITIES},
        CONTROL: st.column_config.TextColumn(width=95, help="The same probe on labels dealt out at random."),
        "items a second": st.column_config.TextColumn("items/s", width=70, help="Encoded on this machine."),
        "dimension": whole,
        "bytes an item": whole,
        "MB of weights": st.column_config.TextColumn("MB", width=50, help="Size of the weights."),
    }


def _how_computed() -> None:
    with st.expander("How is this computed?", icon=":material/functions:"):
        st.markdown(
            "**Neighbours name the label**: each item gets the label of most of its 10 nearest others (leave one out; "
            "Cover & Hart 1967); **nearest has the label** asks the first of them alone. "
            "**Linear probe**: logistic regression in 5 stratified folds. **Random labels** is "
            "its control task: the same probe on labels dealt out at random, one for each distinct item (Hewitt & "
            "Liang 2019); only what lies above it was read off the vectors rather than learnt by heart. **Text finds "
            "its picture**: the caption’s nearest picture is one of its own (recall at 1). **Agrees with people**: "
            "Spearman’s rank correlation of cosines with the scores (WordSim-353: Finkelstein et al. 2002; "
            "SimLex-999: Hill, Reichart & Korhonen 2015), with the interval of Bonett & Wright (2000). Encoders that "
            "learn from a collection are asked as they learnt from this one. Shares have 95 % score intervals (Wilson "
            "1927).\n\n**★ and “level”**: encoders are asked the same items, so what counts is where just one of "
            "two is right: the exact test of McNemar (1947); for rank correlations that of Meng, Rosenthal & Rubin "
            "(1992). Each other encoder is held against the best, with Holm’s correction; ★ stands at the best and at "
            "each with p ≥ .05. Overlapping intervals decide nothing here: on the same items even a small lead can be "
            "sure.\n\n**What may not be concluded:** the best here is the best for these items and these labels; level "
            "means that these items do not tell them apart, not that they are equal. Intervals and tests take items as "
            "independent. Speed depends on the machine and on what else it does."
        )
