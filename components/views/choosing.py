"""The view “Which one?”: what each encoder can do for these items, and what it costs, in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import streamlit as st

from components.kit.ask import Request, ask, ask_or_why_not, asking
from components.kit.charts import table_twin
from components.kit.choice import encoder_name
from components.kit.evidence import Setting, Table, csv_button, download, show_table
from components.kit.files import chosen_file
from components.kit.joint import joint_space
from components.kit.kinds import drawn, written
from components.kit.labels import label_columns
from components.kit.spaces import space_of, texts_request
from components.kit.texts import examples, how
from components.kit.widgets import pick_from_list
from components.kit.words import escape, p_text
from components.views.compared_encoders import Chosen
from embeddings.collection import Collection, Item
from embeddings.compare import PAIR_SETS, EncoderRow, ScoredPairs, encoder_row, load_scored_pairs, read_scored_pairs
from embeddings.compare.advice import beside_table, number_table, recommendation
from embeddings.compare.choice import FLOAT32, QUALITIES, RANKS, Standing, standings
from embeddings.compare.probe import LabelsRead
from embeddings.computations import EncoderOf
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.intervals import Interval
from embeddings.jobs.client import machine
from embeddings.joint import CAPTION, is_joint, texts_of_column, without_pictures
from embeddings.labelled import labels_of
from embeddings.retrieval import Retrieval
from embeddings.space import Space
from embeddings.store import is_given

T = TypeVar("T")
COLUMN, NO_LABELS = "label_column", "nothing"
PAIRS, FILE, EXAMPLE_ON = "pairs_set", "pairs_file", "pairs_example"
USUAL_PAIRS, OWN, NO_PAIRS = "WordSim-353", "your own file", "none"
EXAMPLE_NAME = "my pairs.csv"
TIMED = 128
NONE, STAR = "—", " ★"
PROBE, CONTROL = "linear probe", "random labels"


def choosing(chosen: Chosen) -> None:
    """Labels and scored pairs to measure by, which encoder to take, and why."""
    collection = chosen.collection
    with chosen.settings():
        column = _label_picker(collection)
        asked = _pairs_picker(collection) if any(map(_reads, chosen.encoders)) else NO_PAIRS
    pairs = _chosen_pairs(asked)
    place = st.container()
    notes: list[str] = []
    rows = [_measured(space, column, pairs, notes) for space in chosen.spaces()]
    with place:
        _results(rows, notes, {"collection": collection.name, "labels": column, "pairs": asked})
    how("choosing")


def _label_picker(collection: Collection) -> str:
    columns = label_columns(collection)
    if not columns:
        st.caption("No column of this collection can be a label, so accuracy is not measured.")
        return ""
    help = "A column that says which items belong together."
    column = pick_from_list("Correct labels are in", [*columns, NO_LABELS], key=COLUMN, help=help)
    return "" if column == NO_LABELS else column


def _pairs_picker(collection: Collection) -> str:
    return pick_from_list(
        "Pairs scored by people",
        [*PAIR_SETS, OWN, NO_PAIRS],
        key=PAIRS,
        default=NO_PAIRS if drawn(collection) else USUAL_PAIRS,
        help="Do similar vectors mean what people find similar? A file of your own stays in this session: a link does "
        "not carry it.",
    )


def _reads(encoder: str) -> bool:
    return is_given(encoder) or find_spec(encoder).takes("text")


def _chosen_pairs(name: str) -> ScoredPairs | None:
    """The pairs of a choice; None, with the reason beside it, while there are none."""
    if name == NO_PAIRS:
        return None
    try:
        return _own_pairs() if name == OWN else load_scored_pairs(name)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def _own_pairs() -> ScoredPairs | None:
    left, right = st.columns([0.55, 0.45], gap="medium")
    file = chosen_file("Three columns: text, text and score", ["csv", "tsv", "txt"], key=FILE, place=left)
    example: bytes = examples("scored_pairs")["csv"].encode()
    with right:
        st.caption("One pair a line, a larger score for more alike, in any unit.")
        with st.container(horizontal=True, gap="small"):
            use, on = st.session_state.update, ({EXAMPLE_ON: True},)
            st.button("Try the example", key="use_pairs", icon=":material/play_arrow:", on_click=use, args=on)
            download("The example (CSV)", lambda: example, "pairs.csv")
    if file is None:
        return read_scored_pairs(example, name=EXAMPLE_NAME) if st.session_state.get(EXAMPLE_ON) else None
    st.session_state[EXAMPLE_ON] = False
    pairs: ScoredPairs | EmbeddingError = ask_or_why_not(asking("scored pairs", file.data, name=file.name))
    if isinstance(pairs, EmbeddingError):
        raise pairs
    for note in pairs.notes:
        st.caption(escape(note))
    return pairs


def _measured(space: Space, column: str, pairs: ScoredPairs | None, notes: list[str]) -> EncoderRow:
    """The row of an encoder; what could not be measured is noted."""
    row = known_row(space)
    if column:
        labels: LabelsRead = ask(asking("labels", space, labels_of(space.collection, column)))
        row = replace(row, labels=labels.nearest, probe=labels.probe)
        if labels.why_not:
            notes.append(f"{row.encoder}: {labels.why_not}")
    if not is_given(space.encoder):
        model, items = EncoderOf(space.collection, space.encoder), _some(space.collection.items)
        row = replace(row, items_per_second=ask(asking("speed", model, items, machine=machine())))
    row = replace(row, retrieval=_noted(_retrieval(space), row.encoder, notes))
    if pairs is None or not _reads(space.encoder):
        return row
    found = _noted(asking("similarity", _space_of_pairs(space, pairs), pairs), row.encoder, notes)
    if found is not None and isnan(found.spearman):
        notes.append(f"{row.encoder}: all cosines of these pairs are equal, so there is nothing to correlate.")
    return replace(row, similarity=found)


def known_row(space: Space) -> EncoderRow:
    """What is known of an encoder without measuring; ready-made vectors have no licence and no size."""
    if is_given(space.encoder):
        return EncoderRow(encoder_name(space.encoder), space.dimension, FLOAT32 * space.dimension, "", None)
    return encoder_row(space)


def _some(items: Sequence[Item]) -> list[Item]:
    distinct = list(dict.fromkeys(items))
    if len(distinct) <= TIMED:
        return distinct
    places = np.random.default_rng(0).choice(len(distinct), size=TIMED, replace=False)
    return [distinct[place] for place in places.tolist()]


def _noted(request: Request[T] | None, name: str, notes: list[str]) -> T | None:
    """What was asked for; where there is no answer, the reason is noted."""
    found = None if request is None else ask_or_why_not(request)
    if isinstance(found, EmbeddingError):
        notes.append(f"{name}: {found}")
        return None
    return found


def _retrieval(space: Space) -> Request[Retrieval] | None:
    """Whether captions find their pictures; None where there are none, or the encoder does not read."""
    collection = space.collection
    if is_given(space.encoder) or not is_joint(space.encoder):
        return None
    if written(collection) or CAPTION not in collection.columns:
        return None
    texts = texts_of_column(collection, CAPTION)
    if not len(texts.pairs):
        return None
    joined = joint_space(collection, texts.texts, space.encoder)
    return asking("retrieval", without_pictures(joined), texts.pairs)


def _space_of_pairs(space: Space, pairs: ScoredPairs) -> Space:
    """The texts of scored pairs as an encoder sees them; ready-made vectors need them among their own."""
    if is_given(space.encoder):
        return space
    texts = pairs.collection()
    # What learns from a collection is asked as it learnt from this one, not from the pairs.
    if find_spec(space.encoder).fits:
        return Space(texts, ask(texts_request(space, texts.items)), space.encoder)
    return space_of(texts, space.encoder)


def _results(rows: Sequence[EncoderRow], notes: Sequence[str], settings: Mapping[str, Setting]) -> None:
    stand = standings(rows)
    st.markdown(recommendation([replace(row, encoder=escape(row.encoder)) for row in rows], stand))
    most = next((row.labels.most_frequent for row in rows if row.labels), None)
    frequent = "" if most is None else f"Always naming the most frequent label: {100 * most:.0f} %. "
    show_table(
        Table(shown_table(rows, stand), "What each encoder can do for these items, and what it costs", _columns())
    )
    st.caption(
        f"{frequent}★ best, and each that is not worse on the same items beyond what chance explains. In brackets: "
        f"95 % intervals. Speed: {TIMED} items of this collection on this machine, measured once."
    )
    for note in notes:
        st.caption(escape(note))
    csv_button("This table (CSV)", lambda: number_table(rows), "encoders.csv", settings)
    beside = beside_table(rows, stand)
    if not beside.num_rows:
        return
    twin = table_twin("The best beside each other one, on the same items", key="beside_best")
    if twin.open:
        with twin:
            show_table(_beside(beside, settings))


def _columns() -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        "encoder": text(pinned=True),
        **{quality.column: text(help=quality.term) for quality in QUALITIES},
        CONTROL: text(width=95, help="The same probe on shuffled labels."),
        "items a second": text("items/s", width=70, help="Encoded on this machine."),
        "dimension": "localized",
        "bytes an item": "localized",
        "MB of weights": text("MB", width=50, help="Size of the weights."),
    }


def shown_table(rows: Sequence[EncoderRow], stand: Sequence[Standing]) -> pa.Table:
    """The table as the page shows it; what nobody measured is left out as a column, else “—”."""
    columns: dict[str, list[Any]] = {"encoder": [row.encoder for row in rows]}
    for standing in stand:
        columns[standing.quality.column] = _starred(standing, len(rows))
        if standing.quality.column == PROBE:
            columns[CONTROL] = [f"{100 * row.probe.control.share:.0f} %" if row.probe else NONE for row in rows]
    columns |= {
        "items a second": [speed(row.items_per_second) for row in rows],
        "dimension": [row.dimension for row in rows],
        "bytes an item": [row.bytes_per_item for row in rows],
        "MB of weights": [NONE if row.megabytes is None else f"{row.megabytes:,}" for row in rows],
        "licence": [row.licence or NONE for row in rows],
    }
    return pa.table(columns)


def _starred(standing: Standing, n: int) -> list[str]:
    """Values with their intervals, ★ at the best; at none where all may be."""
    values, ahead = standing.values, standing.leaders
    show = _correlation if standing.quality.column == RANKS else _percent
    marks = {place: STAR if place in ahead and len(ahead) < len(values) else "" for place in values}
    return [show(values[place]) + marks[place] if place in values else NONE for place in range(n)]


def _percent(share: Interval) -> str:
    return f"{100 * share.share:.1f} % [{100 * share.low:.0f}–{100 * share.high:.0f}]"


def _correlation(found: Interval) -> str:
    return f"{found.share:.2f}" + ("" if isnan(found.low) else f" [{found.low:.2f}, {found.high:.2f}]")


def speed(value: float | None) -> str:
    """Items a second, to two figures."""
    if value is None:
        return NONE
    digits = max(0, len(str(int(value))) - 2)
    return f"{round(value, -digits):,.0f}" if value >= 10 else f"{value:.1f}"


def _beside(table: pa.Table, settings: Mapping[str, Setting]) -> Table:
    """The best encoder and each other one, item by item."""
    return Table(
        beside_shown(table),
        "How often only the best encoder is right, and how often only the other one",
        {"p": st.column_config.TextColumn(help="Two-sided; corrected by Holm within each measure.")},
        caption="Items that both get right, or both get wrong, say nothing about which one is better.",
        label="These comparisons (CSV)",
        file="best_beside_others.csv",
        whole=lambda: table,
        settings=settings,
    )


def beside_shown(table: pa.Table) -> pa.Table:
    """The same as the page shows it: shares in points of per cent, p-values with as many digits as they need."""
    counts = ("only the best is right", "only the other is right")
    shown = []
    for row in table.to_pylist():
        gap = row["difference"]
        row["difference"] = f"{gap:.2f}" if row["what"] == RANKS else f"{100 * gap:.1f} points"
        row |= {name: NONE if row[name] is None else f"{row[name]:,}" for name in counts}
        shown.append(row | {"p": NONE if row["p"] is None else p_text(row["p"])})
    return pa.Table.from_pylist(shown)
