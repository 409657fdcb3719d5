"""The view “Geometry”: what each space is like as a cloud of points."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf, isnan

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from components.kit.ask import ask, asking
from components.kit.charts import figure, show_chart
from components.kit.choice import encoder_name
from components.kit.colours import Colours, faded, page_colours
from components.kit.evidence import Table, csv_button, items_of, show_table
from components.kit.reference import Usual
from components.kit.texts import how
from components.kit.words import chart_text, escape
from components.views.compared_encoders import Chosen, names_of
from embeddings.geometry import Geometry as Card
from embeddings.geometry import facts
from embeddings.space import Space

FEWEST = 3
COUNTS = {"items nobody lists", "copies"}
LENGTH = 80
BINS = 50
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


def geometry(chosen: Chosen) -> None:
    """The card of each space, how its vectors lie, and the items that crowd into lists."""
    count = len(chosen.collection)
    if count < FEWEST:
        st.info(f"Geometry needs at least {FEWEST} items, this collection has {count}.", icon=":material/info:")
        return
    spaces = [space for space in chosen.spaces() if _varies(space)]
    if not spaces:
        return
    cards: list[Card] = [ask(asking("geometry", space)) for space in spaces]
    names = names_of(spaces)
    table = _as_text(fact_table(cards, names))
    st.table(table, hide_index=True, border="horizontal", alt="The geometry of each space, number by number")
    settings = {"collection": chosen.collection.name}
    csv_button("The card (CSV)", lambda: number_table(cards, names), "geometry.csv", settings)
    _histograms(spaces, cards, names)
    st.markdown("**Which items crowd into the lists of others?**")
    for column, space, card in zip(st.columns(len(spaces), gap="medium"), spaces, cards, strict=True):
        with column:
            said = f"{encoder_name(space.encoder)}: in how many lists of {card.hubness.k} neighbours"
            st.caption(escape(said))
            show_table(hubs(space, card))
    how("geometry")


def _varies(space: Space) -> bool:
    if (space.vectors == space.vectors[0]).all():
        said = f"All vectors of {encoder_name(space.encoder)} are equal: one point has no geometry."
        st.info(escape(said), icon=":material/info:")
        return False
    return True


def _as_text(table: pa.Table) -> pa.Table:
    """Cells as text: `st.table` reads Markdown."""
    return pa.table(
        {escape(name): [escape(cell) for cell in table.column(name).to_pylist()] for name in table.column_names}
    )


def fact_table(cards: Sequence[Card], names: Sequence[str]) -> pa.Table:
    """One row a number: its name and term, the value of each encoder, what it means, and the reference."""
    lines = list(zip(*(facts(card) for card in cards), strict=True))
    columns: dict[str, object] = {"what": [f"{line[0].name} · {line[0].term}" for line in lines]}
    for place, name in enumerate(names):
        columns[name] = [shown(line[place].name, line[place].value) for line in lines]
    columns["how to read it"] = [_meaning([fact.meaning for fact in line], cards) for line in lines]
    columns["reference"] = [line[0].reference for line in lines]
    return pa.table(columns)


def number_table(cards: Sequence[Card], names: Sequence[str]) -> pa.Table:
    """The same as plain numbers, with items and dimension."""
    lines = list(zip(*(facts(card) for card in cards), strict=True))
    columns: dict[str, object] = {"measure": [line[0].term for line in lines] + ["items", "dimension"]}
    for place, (name, card) in enumerate(zip(names, cards, strict=True)):
        values = [None if isnan(line[place].value) else line[place].value for line in lines]
        columns[name] = [*values, float(card.items), float(card.components)]
    return pa.table(columns)


def shown(name: str, value: float) -> str:
    """A number of the card as a reader wants it."""
    if isnan(value):
        return "—"
    if isinf(value):
        return "∞"
    if name in COUNTS or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def _meaning(meanings: Sequence[str], cards: Sequence[Card]) -> str:
    """One line for all; the dimension that it names is each encoder's own."""
    if len(set(meanings)) == 1:
        return meanings[0]
    return meanings[0].replace(f"the {cards[0].components} dimensions", "the dimensions")


def _histograms(spaces: Sequence[Space], cards: Sequence[Card], names: Sequence[str]) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**How similar are two random items?**")
        show_chart(
            pairs_chart([ask(Usual(space).sample) for space in spaces], names, page_colours()),
            key="pairs_chart",
            alt="Histogram of the cosine of random pairs, by encoder",
        )
        st.caption("A cosine of .5 is rare in one space and usual in another: never compare cosines across encoders.")
    with right:
        st.markdown("**How long are the vectors?**")
        if not all(card.norms.all_one for card in cards):  # else the chart would show nothing but rounding
            show_chart(
                norms_chart(cards, names, page_colours()),
                key="norms_chart",
                alt="Histogram of the lengths of the vectors, by encoder",
            )
        st.caption(escape(norms_sentence(cards, names)))


def norms_sentence(cards: Sequence[Card], names: Sequence[str]) -> str:
    """Whose vectors all have length 1, and who has some without a direction."""
    each = list(zip(names, cards, strict=True))
    equal = [name for name, card in each if card.norms.all_one]
    said = [f"All vectors of {' and '.join(equal)} have length 1."] if equal else []
    zero = [(name, card.norms.zero) for name, card in each if card.norms.zero]
    return " ".join(
        [*said, *(f"{name} has {count:,} vectors of length 0: they have no direction." for name, count in zero)]
    )


def pairs_chart(samples: Sequence[NDArray[np.float32]], names: Sequence[str], colours: Colours) -> go.Figure:
    """Cosines of random pairs, one line an encoder."""
    known = [sample for sample in samples if len(sample)]
    low, high = min(float(each.min()) for each in known), max(float(each.max()) for each in known)
    edges = np.linspace(low, max(high, low + 1e-6), BINS + 1)
    counts = [np.histogram(sample, bins=edges)[0] for sample in samples]
    return _outlines(counts, [edges] * len(counts), names, ("cosine of two random items", "% of pairs"), colours)


def norms_chart(cards: Sequence[Card], names: Sequence[str], colours: Colours) -> go.Figure:
    """Lengths of the vectors, one line an encoder."""
    counts, edges = ([getattr(card.norms, part) for card in cards] for part in ("counts", "edges"))
    return _outlines(counts, edges, names, ("length of a vector", "% of items"), colours)


def _outlines(
    counts: Sequence[NDArray[np.int64]],
    edges: Sequence[NDArray[np.float64]],
    names: Sequence[str],
    titles: tuple[str, str],
    colours: Colours,
) -> go.Figure:
    lines = []
    for place, name in enumerate(names):
        share = 100 * counts[place] / max(1, counts[place].sum())
        x, y = _outline(share, edges[place])
        lines.append(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": colours.categorical[place], "width": 2, "dash": DASHES[place]},
                fill="tozeroy" if len(share) > 1 else None,
                fillcolor=faded(colours.categorical[place], 0.13),
                hovertemplate="%{x:.2f}: %{y:.1f} %<extra>" + chart_text(name, 30) + "</extra>",
                name=chart_text(name, 30),
            )
        )
    return figure(*lines, height=270, x=titles[0], y={"title": titles[1], "rangemode": "tozero"}, showlegend=True)


def _outline(share: NDArray[np.float64], edges: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """The steps of a histogram; one bin, where all values are the same, is a spike."""
    if len(share) == 1:
        middle = float(edges.mean())
        return [middle, middle], [0.0, float(share[0])]
    return np.repeat(edges, 2)[1:-1].tolist(), np.repeat(share, 2).tolist()


def hubs(space: Space, card: Card) -> Table:
    """The items that stand in most lists; a click selects one."""
    rows = card.hubness.hubs.tolist()
    tied = f"In {100 * card.hubness.tied:.0f} % of the lists a tie decided who is last: ties make hubs of their own."
    if card.hubness.tied >= 0.995:
        tied = "These counts mean nothing: every list ends in a tie."
    return Table(
        items_of(space.collection, rows, then={"in lists": card.hubness.counts[rows]}, cut=LENGTH),
        f"The worst hubs of {encoder_name(space.encoder)}",
        {"in lists": 70, "row": 60},
        key=f"hubs_{space.fingerprint[:8]}",
        rows=rows,
        caption=tied if card.hubness.tied >= 0.005 else "",
    )
