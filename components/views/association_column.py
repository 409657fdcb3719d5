"""Associations of a collection's items beside a column of numbers (WEFAT)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import link
from components.kit.ask import Request
from components.kit.charts import figure, named_rows, show_chart, whiskers
from components.kit.choice import COLLECTION, choose_collection, encoder_name
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Setting, Table, show_table, show_twin
from components.kit.labels import number_columns, numbered_items
from components.kit.texts import examples
from components.kit.widgets import pick, pick_from_list
from components.kit.words import chart_text, escape, number, p_is, p_text, shorten
from components.views.association_settings import encoder_picker, how_to_read, names_of, own_encoders, seed_field
from components.views.association_tests import Waiting, ask_all, given_vectors, request_of
from components.views.bias_inputs import NamedSet, between, named_sets
from components.views.bias_word_sets import Edited, WordSets, slots_of
from embeddings.bias.checking import MOST_WORDS
from embeddings.bias.lookup import Names, text_of
from embeddings.bias.ready import ready_tests
from embeddings.bias.word_by_word import RULES, WordByWord
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError

ENCODERS, COLUMN, SETS, FILLED, DETAIL = "column_encoders", "column", "column_sets", "column_filled", "column_detail"
NAMED = 8
EDITOR = WordSets("column", slots_of("WEFAT", without=["words"]))
Found = WordByWord | EmbeddingError


def column_panel(own: Collection, row: DeltaGenerator) -> Waiting | None:
    """The column and the two sets beside the correlation."""
    columns = number_columns(own)
    if not columns:
        _no_numbers()
        how_to_read("WEFAT")
        return None
    first = _first()
    EDITOR.begin(SETS, FILLED, first)
    with row:
        titles = {name: shorten(name, 40) for name in columns}
        with st.container(width=330, key="inline_column"):
            column = pick_from_list("Column of numbers", titles, key=COLUMN)
        with st.popover("Settings", icon=":material/tune:", width="content"):
            encoders = encoder_picker(*own_encoders(own), ENCODERS)
            seed = seed_field()
    if not encoders:
        st.info("Choose at least one encoder to ask.", icon=":material/info:")
        return None
    right, left = st.columns([0.7, 0.3], gap="medium")
    with left:
        st.caption("Each item is placed between A and B.")
        edited = EDITOR.draw(names_of(own, encoders[0]), own, RULES)
        EDITOR.carry(SETS, first)
    waiting = None
    with right:
        if edited.usable:
            waiting = _answers(own, encoders, column, edited, seed)
        else:
            wrong = "" if EDITOR.is_empty() else " " + edited.problems[0]
            st.info(escape(f"Name two sets beside this, at least two words each.{wrong}"), icon=":material/edit:")
        how_to_read("WEFAT")
    link.show({SETS: ""})
    return waiting


def column_request(
    own: Collection, encoder: str, names: Names, values: Sequence[float | None], sets: Sequence[Names]
) -> Request[WordByWord]:
    """The job that correlates the associations of items with A and B with their numbers, by one encoder."""
    (a, b), checked = sets, dict(zip(("Words", "A", "B"), (names, *sets), strict=True))
    asked = {"probe": "WEFAT", "words": names, "values": values, "a": a, "b": b}
    return request_of(own, encoder, partial(given_vectors, checked, rules=RULES), "probe", **asked)


def column_chart(
    found: WordByWord, collection: Collection, column: str, names: Sequence[str], *, colours: Colours
) -> go.Figure:
    """Each dot is an item; the line is the best straight one. The items farthest out in either number are named."""
    texts = [chart_text(text_of(name, collection), 40) for name in found.words]
    x, y = ((each - each.mean()) / each.std() for each in (found.values, found.associations))
    named = set(np.argsort(-(x**2 + y**2), kind="stable")[:NAMED].tolist())
    ends = np.array([found.values.min(), found.values.max()])
    slope, offset = np.polyfit(found.values, found.associations, 1)
    dots = go.Scatter(
        x=found.values,
        y=found.associations,
        mode="markers+text",
        marker={"size": 6, "color": colours.categorical[0], "opacity": 0.55},
        text=[text if place in named else "" for place, text in enumerate(texts)],
        textposition="top center",
        textfont={"size": 11},
        hovertext=texts,
        hovertemplate="%{hovertext}<br>%{x:.3g}: %{y:.2f}<extra></extra>",
    )
    line = go.Scatter(
        x=ends,
        y=offset + slope * ends,
        mode="lines",
        line={"color": colours.categorical[1], "width": 2.5},
        hoverinfo="skip",
    )
    a, b = (chart_text(name, 24) for name in names)
    return figure(
        dots,
        line,
        height=430,
        showlegend=False,
        x=chart_text(column, 40),
        y={"title": f"← {b}\u2003association\u2003{a} →", "zeroline": True, "zerolinecolor": colours.line},
    )


def correlations_chart(
    found: Mapping[str, WordByWord], column: str, names: Sequence[str], *, colours: Colours
) -> go.Figure:
    """Correlation with the column and its 95 % interval, a row for each encoder."""
    r = [each.r for each in found.values()]
    low, high = np.array([each.interval for each in found.values()]).T
    dots = go.Scatter(
        x=r,
        y=list(range(len(r))),
        mode="markers",
        marker={"color": colours.accent, "size": 11},
        error_x=whiskers(r, low, high, colours.accent),
        customdata=np.column_stack([low, high]),
        hovertemplate="r = %{x:.2f} [%{customdata[0]:.2f}, %{customdata[1]:.2f}]<extra></extra>",
    )
    a, b = (chart_text(name, 24) for name in names)
    title = f"correlation r with “{chart_text(column, 30)}”<br>← {b}\u2003\u2003{a} →"
    drawn = figure(
        dots, height=100 + 40 * len(r), x={"title": title, "range": [-1.02, 1.02]}, y=named_rows(list(found))
    )
    drawn.add_vline(x=0, line={"color": colours.line, "width": 1.5})
    return drawn


def column_table(answers: Mapping[str, Found]) -> pa.Table:
    """A row for each encoder."""
    figures = ("r", "95 % interval", "p two-sided", "rank correlation", "items")
    rows = [
        {"encoder": encoder, **dict.fromkeys(figures, "–"), "note": str(found)}
        if isinstance(found, EmbeddingError)
        else {
            "encoder": encoder,
            "r": number(found.r, ".2f"),
            "95 % interval": between(found.interval),
            "p two-sided": p_text(found.p_value),
            "rank correlation": number(found.rho, ".2f"),
            "items": f"{len(found.words):,}",
            "note": "",
        }
        for encoder, found in answers.items()
    ]
    table = pa.Table.from_pylist(rows)
    return table if any(table["note"].to_pylist()) else table.drop_columns("note")


def items_table(found: WordByWord, collection: Collection, column: str) -> pa.Table:
    """Every item with its number and its association."""
    return pa.table(
        {
            "item": [text_of(name, collection) for name in found.words],
            column if column not in ("item", "association") else f"{column} (column)": found.values,
            "association": found.associations,
        }
    )


def column_sentence(found: WordByWord, column: str, names: Sequence[str]) -> str:
    """What the correlation says, in plain words."""
    low, high = found.interval
    figures = f"r = {number(found.r, '.2f')}, 95 % interval {between(found.interval)}, {p_is(found.p_value)} two-sided"
    if low <= 0 <= high:
        return f"No straight relation with “{column}” can be told from chance ({figures})."
    toward = names[0] if found.r > 0 else names[1]
    share = 100 * found.r**2
    return f"Items with a larger “{column}” are nearer to {toward}: {figures}; that is {share:.0f} % of the variance."


def _answers(own: Collection, encoders: Sequence[str], column: str, edited: Edited, seed: int) -> Waiting | None:
    names, values = numbered_items(own, column, seed)
    requests = [column_request(own, each, names, values, edited.names) for each in encoders]
    answers, waiting = ask_all(requests)
    known = {encoder_name(each): found for each, found in zip(encoders, answers, strict=True) if found is not None}
    if known:
        if len(own) > len(names):
            st.caption(
                f"{len(names):,} of {len(own):,} items, those with a number; at most {MOST_WORDS:,}, seed {seed}."
            )
        _shown(own, known, column, edited)
    return waiting


def _shown(own: Collection, answers: Mapping[str, Found], column: str, edited: Edited) -> None:
    able = {encoder: found for encoder, found in answers.items() if not isinstance(found, EmbeddingError)}
    with st.container(border=True, key="column_verdict"):
        for encoder, found in answers.items():
            said = column_sentence(able[encoder], column, edited.called) if encoder in able else str(found)
            st.markdown(f"**{escape(encoder)}**: {escape(said)}")
    if len(able) > 1:
        show_chart(
            correlations_chart(able, column, edited.called, colours=page_colours()),
            key="column_forest",
            alt="Correlation of every encoder's associations with the column, with 95 % intervals",
        )
    show_table(Table(column_table(answers), "Correlation of every encoder with the column"))
    if not able:
        return
    chosen = pick("Items as seen by", list(able), key=DETAIL, linked=False)
    found = able[chosen]
    show_chart(
        column_chart(found, own, column, edited.called, colours=page_colours()),
        key="column_scatter",
        alt="Each item by its number and by its association with A against B",
    )
    a, b = (", ".join(each.words) for each in edited.sets)
    settings: dict[str, Setting] = {"collection": own.name, "encoder": chosen, "column": column, "A": a, "B": b,
                "r": found.r, "r low": found.interval.low, "r high": found.interval.high}  # fmt: skip
    show_twin(
        "Every item as a table",
        lambda: Table(
            items_table(found, own, column),
            "Every item with its number and its association",
            height=400,
            label="Every item (CSV)",
            file="word_by_word.csv",
            settings=settings,
        ),
        key="column_items",
    )


def _first() -> Sequence[NamedSet]:
    """What the editor begins with for this collection: pleasant and unpleasant words, where it has no sets of its own.

    These are of a ready test.
    """
    ready = examples("association")["column"].get(link.read("collection", COLLECTION))
    test = ready_tests()["WEAT1"]
    return named_sets(ready) if ready else tuple(NamedSet(*each) for each in (test.a, test.b))


def _no_numbers() -> None:
    with st.container(border=True):
        st.markdown("**This collection has no column of numbers.**")
        st.caption(
            "Bring a table of words with a number each on the Data page, such as occupations and the share of women in "
            "them; or see whether pleasant words are the more frequent ones."
        )
        st.button("Open the English words", key="open_words", icon=":material/text_fields:",
                  on_click=choose_collection, args=("words",))  # fmt: skip
