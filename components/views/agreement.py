"""The view “Agreement”: neighbours and similarities in the original spaces, each measure against chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.ask import ask, asking
from components.kit.charts import figure, matrix, show_chart
from components.kit.choice import encoder_name
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Setting, Table, items_of, settings_of, show_table
from components.kit.link import selected_row
from components.kit.texts import how
from components.kit.widgets import pick
from components.kit.words import escape, p_text, shorten
from components.views.compared_encoders import Chosen, both_lists, names_of
from embeddings.collection import Collection
from embeddings.columns import nullable
from embeddings.compare import AgreementTable, Comparison
from embeddings.compare.measures import MEASURES, how_far, measured, pair_table, tied_sentence, turned_sentence
from embeddings.compare.sides import check_spaces
from embeddings.errors import EmbeddingError
from embeddings.metrics import METRICS
from embeddings.space import Space

K, METRIC = "k_agree", "metric_agree"
MOST_K = 50
LISTED = 50
LENGTH = 120
ALPHA = 0.05
# Fitting takes time with the cube of the dimension: about 2 s at 1,024.
MOST_DIMENSIONS = 1_024


def agreement(chosen: Chosen) -> None:
    """Two encoders before any map is drawn, the items they differ on, and each two of several."""
    one, other = chosen.pair()
    spaces = chosen.spaces()
    problem = obstacle(spaces)
    if problem:
        st.info(escape(problem), icon=":material/info:")
        return
    with chosen.settings():
        k, metric = _settings(len(chosen.collection))
    found: Comparison = ask(asking("comparison", one, other, k=k, metric=metric))
    names = names_of((one, other))
    said = settings_of(one, beside=names[1], k=k, metric=metric)
    _headline(found, names, said)
    left, right = st.columns([0.42, 0.58], gap="medium")
    with left:
        st.markdown("**Which items move most?**")
        show_table(moved(chosen.collection, found, said))
    row = selected_row(one)
    with right:
        both_lists(one, other, int(found.moved[0]) if row is None else row, k=k, metric=metric)
    _turned(one, other, [escape(name) for name in names])
    if len(spaces) > 2:
        _each_two(spaces, k, metric)
    how("agreement")


def obstacle(spaces: Sequence[Space]) -> str:
    """Why spaces cannot be compared, as a sentence; empty where they can."""
    try:
        check_spaces(spaces, 1)
    except EmbeddingError as error:
        said = str(error)
        for space in spaces:
            said = said.replace(space.encoder, encoder_name(space.encoder))
        return said
    return ""


def _settings(n: int) -> tuple[int, str]:
    most = min(MOST_K, n - 2)
    if not 1 <= int(st.session_state.get(K) or 1) <= most:
        st.session_state[K] = most
    help = f"How many nearest neighbours count; {most} at most with {n:,} items."
    k = st.number_input("Neighbours compared (k)", 1, most, min(10, most), key=K, bind="query-params", help=help)
    metric = pick("Similarity", list(METRICS), key=METRIC, default="cosine", kept=False)
    return int(k), metric


def _headline(found: Comparison, names: Sequence[str], said: Mapping[str, Setting]) -> None:
    st.markdown(verdict(found, [escape(name) for name in names]))
    left, right = st.columns([0.58, 0.42], gap="medium")
    with left:
        show_chart(
            measures_chart(found, page_colours()),
            key="measures_chart",
            alt="Six measures of agreement as dots, each with the range of 99 shuffles",
        )
    with right:
        show_chart(
            spread_chart(found, page_colours()),
            key="spread_chart",
            alt="How many items share how many neighbours",
        )
    number = st.column_config.NumberColumn
    columns = dict.fromkeys(("value", "by chance"), number(format="%.3f", width=90))
    columns |= {"highest of 99 shuffles": number(format="%.3f", width=160), "p": number(format="%.2f", width=60)}
    show_table(
        Table(
            measure_table(found),
            "The six measures with what they come to by chance",
            columns,
            caption=tied_sentence(found, names),
            label="Agreement (CSV)",
            file="agreement.csv",
            settings=said,
        )
    )


def verdict(found: Comparison, names: Sequence[str]) -> str:
    """The agreement in one sentence, in Markdown; names must be escaped."""
    if isnan(found.overlap.value):
        return (
            f"**No answer by neighbours**: no item has neighbours by both {names[0]} and {names[1]}, because to one of "
            "them everything is equally near. CKA and RSA below compare the clouds as wholes."
        )
    share, chance = found.k * found.overlap.value, found.k * found.overlap.by_chance
    says = f"Of an item’s {found.k} nearest neighbours, {names[0]} and {names[1]} share **{share:.1f}** on average"
    if found.identical:
        return f"{says}: **the vectors are the same**, so there is nothing to choose between them."
    beside = f"shuffled items would share {chance:.2g} (p {p_words(found.overlap.p_value)})"
    if found.overlap.p_value > ALPHA:
        return f"{says}; {beside}: **no more than chance**."
    return f"{says}; {beside}. {how_far(found.overlap.value)}"


def p_words(p: float) -> str:
    """A p-value of 99 shuffles in words: it cannot be smaller than .01."""
    return "unknown" if isnan(p) else "= .01, the least 99 shuffles can show" if p <= 0.011 else f"= {p_text(p)}"


def measures_chart(found: Comparison, colours: Colours) -> go.Figure:
    """Each measure as a dot, with the range of its shuffles as a grey bar."""
    names = [measure.name for measure in MEASURES]
    each = measured(found)
    low, high = (np.array([bound(one.null) for one in each]) for bound in (np.min, np.max))
    shuffles = go.Bar(
        y=names,
        x=np.maximum(high - low, 0.004),
        base=low,
        orientation="h",
        width=0.42,
        marker={"color": colours.other, "opacity": 0.45},
        customdata=np.column_stack([low, high]),
        hovertemplate="%{y}: %{customdata[0]:.3f} to %{customdata[1]:.3f}<extra>99 shuffles</extra>",
        name="99 shuffles (chance)",
    )
    dots = go.Scatter(
        x=[one.value for one in each],
        y=names,
        mode="markers+text",
        marker={"color": colours.accent, "size": 12},
        text=[_short(one.value) for one in each],
        textposition="middle right",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:.3f}<extra>measured</extra>",
        name="measured",
    )
    reach = [min(-0.05, float(np.nanmin(low)) - 0.05), 1.08]
    return figure(
        shuffles,
        dots,
        x={"range": reach, "title": "0: nothing in common · 1: the same"},
        y={"autorange": "reversed", "showgrid": False},
    )


def spread_chart(found: Comparison, colours: Colours) -> go.Figure:
    """How many items share 0, 1, …, k neighbours."""
    known = found.item_overlap[np.isfinite(found.item_overlap)]
    counts = np.bincount(np.rint(known * found.k).astype(np.int64), minlength=found.k + 1)
    bars = go.Bar(
        x=np.arange(found.k + 1),
        y=counts,
        marker={"color": colours.accent},
        hovertemplate="%{y:,} items share %{x}<extra></extra>",
    )
    shared = {"title": f"neighbours shared, of {found.k}", "dtick": max(1, found.k // 10)}
    return figure(bars, x=shared, y="items", bargap=0.15)


def measure_table(found: Comparison) -> pa.Table:
    """One row a measure: value, chance, p-value and what it says."""
    each = measured(found)
    return pa.table(
        {
            "measure": [measure.name for measure in MEASURES],
            "value": nullable([one.value for one in each]),
            "by chance": nullable([one.by_chance for one in each]),
            "highest of 99 shuffles": nullable([float(one.null.max()) for one in each]),
            "p": nullable([one.p_value for one in each]),
            "in plain words": [measure.says for measure in MEASURES],
        }
    )


def moved(collection: Collection, found: Comparison, settings: Mapping[str, Setting]) -> Table:
    """Items from the one whose neighbours change most; a click on one shows both its lists."""
    rows = found.moved[:LISTED].tolist()
    none = int((found.item_overlap == 0).sum())
    none_shared = f"; {none:,} items share none" if none > 1 else ""
    number = st.column_config.NumberColumn
    columns = {
        "item": 250,
        "shared": number(f"of {found.k}", width=60, help="Neighbours in both lists."),
        "Jaccard": None,
        "RBO": number(format="%.2f", width=50, help="Rank-biased overlap."),
        "row": 50,
    }
    return Table(
        moved_table(collection, found, rows, cut=LENGTH),
        "Items from the one whose neighbours change most",
        columns,
        key="moved_items",
        rows=rows,
        caption=f"Click an item to see both lists. Smallest overlap first{none_shared}.",
        label="Every item (CSV)",
        file="moved_items.csv",
        whole=lambda: moved_table(collection, found, found.moved.tolist(), cut=None),
        settings=settings,
    )


def moved_table(collection: Collection, found: Comparison, rows: Sequence[int], *, cut: int | None) -> pa.Table:
    """Some items with how many neighbours stand in both their lists."""
    shared = pa.array(np.rint(found.k * found.item_overlap[rows]), pa.float32(), from_pandas=True)
    then = {"shared": shared.cast(pa.int64()), "Jaccard": found.item_jaccard[rows], "RBO": found.item_rbo[rows]}
    return items_of(collection, rows, then=then, cut=cut)


def _turned(one: Space, other: Space, names: Sequence[str]) -> None:
    """Whether one space is the other, turned; asked when this part of the page is opened. Names must be escaped."""
    part = st.expander(
        "Is one space just the other, turned? Could old vectors be carried over?",
        icon=":material/rotate_right:",
        on_change="rerun",
        key="turned_open",
    )
    if not part.open:
        return
    with part:
        most = max(one.dimension, other.dimension)
        if most > MOST_DIMENSIONS:
            said = f"This is computed up to {MOST_DIMENSIONS:,} dimensions; here are {most:,}."
            st.info(said, icon=":material/info:")
            return
        st.markdown(turned_sentence(ask(asking("rotation", one, other)), names))
        st.caption(
            "Orthogonal Procrustes of unit vectors (Schönemann 1966; Artetxe, Labaka & Agirre 2016), fitted on one "
            "half of the items and judged on the other; few items for many dimensions make it look worse than it is."
        )


def _each_two(spaces: list[Space], k: int, metric: str) -> None:
    st.markdown("**How far does each two of them agree?**")
    found: AgreementTable = ask(asking("agreement", spaces, k=k, metric=metric))
    names = names_of(spaces)
    left, right = st.columns([0.45, 0.55], gap="medium")
    with left:
        show_chart(
            pair_chart(found, names, page_colours()),
            key="pair_chart",
            alt="Share of neighbours that each two encoders have in common",
        )
    with right:
        show_table(
            Table(
                pair_table(found, names),
                "Each two encoders by six measures",
                dict.fromkeys([measure.name for measure in MEASURES], "%.3f"),
                label="Each two (CSV)",
                file="each_two.csv",
                settings={"collection": spaces[0].collection.name, "k": k, "metric": metric},
            )
        )


def pair_chart(found: AgreementTable, names: Sequence[str], colours: Colours) -> go.Figure:
    """The share of neighbours that each two encoders have in common, as a heat map."""
    labels = [shorten(name, 22) for name in names]
    texts = [[_short(value) for value in line] for line in found.overlap]
    height = 110 + 52 * len(names)
    return matrix(found.overlap, labels, labels, colours.sequential, texts=texts, title="shared", height=height)


def _short(value: float) -> str:
    return "—" if isnan(value) else f"{value:.2f}".replace("0.", ".", 1)
