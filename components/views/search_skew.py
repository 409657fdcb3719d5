"""The view “Search skew”: whom a search over a labelled collection shows first, beside random orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit.ask import Request, ask_beside, asking
from components.kit.candidates import typed_vectors
from components.kit.charts import figure, named_rows, show_chart
from components.kit.choice import chosen_collection, chosen_encoder, encoder_name
from components.kit.colours import LIGHT, Colours, page_colours
from components.kit.evidence import (
    Setting,
    Table,
    Verdict,
    csv_button,
    items_of,
    settings_of,
    show_table,
    show_verdict,
)
from components.kit.kinds import drawn, several
from components.kit.pictures import gallery
from components.kit.spaces import space_of
from components.kit.texts import how, reading
from components.kit.widgets import begin_with, pick
from components.kit.words import number, p_is, p_text, shorten
from components.views.bias_forms import column_field, query_field, query_of
from components.views.label_skew import names_given
from components.views.skew_groups import GROUP, LEVEL, QUERY, K, left_out, say_whose, search_row
from embeddings.bias.probes import COLUMN, PROBES
from embeddings.bias.probes import QUERY as QUERY_INPUT
from embeddings.bias.search_skew import AS_USUAL, DRAWS, FEWER, MORE, SearchSkew, group_table
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.labelled import label_texts, labels_of
from embeddings.reading import wording
from embeddings.space import Space

PARTS = {"search": "A search", "labels": "Names given (zero-shot)"}
MOST_PLACES = 1_000
Expected = Literal["collection", "equal"]
TITLES: dict[Expected, str] = {"collection": "The collection", "equal": "Equal shares"}
COMPARED: dict[Expected, str] = {"collection": "share of the collection", "equal": "equal shares"}
LOOKS = {"skewed": (st.warning, ":material/balance:"), "even": (st.info, ":material/drag_handle:")}
NONE = "not shown"
DRAWN = 20
SHOWN = 200
PICTURES = 60


class Asked(NamedTuple):
    """A question to a labelled collection.

    Attributes:
        query: as typed.
        column: of the groups.
        k: how many places count.
        expected: what the shares are compared with.
    """

    query: str
    column: str
    k: int
    expected: Expected


def skew() -> None:
    """One of two questions about groups."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with row:
        part = pick("What is asked", PARTS, key="skew_part", hide_label=True)
    if part == "labels":
        names_given()
    else:
        _search(row)


def _search(row: DeltaGenerator) -> None:
    own, _ = chosen_collection()
    encoder = chosen_encoder()
    with row:
        collection = search_row(own, encoder)
    say_whose(collection, own)
    space = space_of(collection, encoder)
    right, left = st.columns([0.73, 0.27], gap="medium")
    with left:
        st.caption("Whom does a search show first? The first results are counted by group, beside random orders.")
        asked = _controls(collection)
        mistakes = st.container()
    with right:
        if asked is not None and not asked.query:
            st.info("Type what a search would be for, such as “CEO”, or choose an example.", icon=":material/search:")
        elif asked is not None:
            found = ask_beside(mistakes, lambda: search_request(space, asked))
            if found is not None:
                _results(space, asked, found)
    spec = PROBES["Search skew"]
    reading("search_skew", caveat=spec.caveat, cannot_say=spec.cannot_say)
    how("search_skew")


def _controls(collection: Collection) -> Asked | None:
    """What is asked; None, with the reason in its place, where the collection has no groups."""
    query, column = query_field(QUERY_INPUT, key=QUERY), column_field(COLUMN, collection, key=GROUP)
    if not column:
        return None
    begin_with({K: 20}, "", key="skew_begun")
    label = "How many of the first results count (k)"
    k = st.number_input(label, 1, MOST_PLACES, step=5, key=K, bind="query-params", persist_state="session")
    help = "The shares of the groups in the whole collection, or the same share for every group."
    expected = pick("Compare with", TITLES, key="skew_expected", help=help)
    return Asked(query, column, int(k), expected)


def search_request(space: Space, asked: Asked) -> Request[SearchSkew]:
    """The job that counts; waits with progress while the query is encoded.

    Raises:
        EmbeddingError: the item or the column does not exist, or the encoder has no vector for the text.
    """
    query = query_of(asked.query, space)
    vectors = typed_vectors(space, {word: word for word in query.words})
    if query.words and not np.any(vectors[asked.query]):
        raise EmbeddingError(
            f"{encoder_name(space.encoder)} knows no part of “{shorten(asked.query, 60)}”, for it learnt only what "
            "stands in this collection; so nothing is nearer to it than anything else. Search for words that occur in "
            "it, or choose an encoder that reads any text, such as MiniLM."
        )
    groups = labels_of(space.collection, asked.column)
    settings = {"query": query.value, "groups": groups, "k": asked.k, "expected": asked.expected}
    return asking("probe", space, probe="Search skew", vectors_of=dict(vectors), **settings)


def _results(space: Space, asked: Asked, found: SearchSkew) -> None:
    settings = settings_of(
        space,
        query=shorten(asked.query, 500),
        group_column=asked.column,
        k=asked.k,
        compared_with=COMPARED[asked.expected],
        random_orders=DRAWS,
        seed=0,
    )
    show_verdict(search_verdict(found, asked.query), LOOKS)
    chart, ranked = st.columns([0.56, 0.44], gap="large")
    with chart:
        st.markdown(f"**Who is among the first {found.k}?**")
        show_chart(
            share_chart(found, expected=COMPARED[asked.expected], colours=page_colours()),
            key="skew_chart",
            alt=f"Share of each group among the first {found.k}, with the share compared with and random orders",
        )
        if len(found.groups) > DRAWN:
            st.caption(f"{DRAWN} of {len(found.groups)} groups are drawn, the most and the least favoured.")
        for said in (measures(found), *notes(found, equal=asked.expected == "equal")):
            st.caption(said)
    with ranked:
        _ranked(space.collection, found, asked.column, settings)
    st.markdown("**Every group**")
    show_table(groups_found(found, COMPARED[asked.expected], settings))


def _ranked(collection: Collection, found: SearchSkew, column: str, settings: Mapping[str, Setting]) -> None:
    """The first k, pictures as a gallery, with the group under or beside each."""
    st.markdown(f"**The first {found.k} {several(collection)}, best first**")
    first = ranked_table(collection, found, column, most=found.k)
    if drawn(collection):
        ranks, groups = first.column("rank").to_pylist(), first.column("group").to_pylist()
        captions = [f"{rank} · {shorten(group, 30)}" for rank, group in zip(ranks, groups, strict=True)]
        gallery(collection, found.rows[: found.k].tolist(), key="skew_gallery", captions=captions, most=PICTURES)
    else:
        show_table(with_chips(first.slice(0, SHOWN), found))
    csv_button(
        f"The ranking, {len(found.rows):,} places (CSV)",
        lambda: ranked_table(collection, found, column),
        "search_ranking.csv",
        settings,
    )


def with_chips(ranked: pa.Table, found: SearchSkew) -> Table:
    """Ranked items whose groups are chips in the colours of the chart."""
    # Their letters are white on either page, so the darker tints serve both.
    colours = [tints(LIGHT)[standing] for standing in found.standings]
    chips = ranked.set_column(1, "group", pa.array([[group] for group in ranked.column("group").to_pylist()]))
    columns = {
        "rank": st.column_config.NumberColumn("#", width=40),
        "group": st.column_config.MultiselectColumn(options=list(found.groups), color=colours, width=190),
    }
    return Table(chips, "The first results with their groups", columns)


def groups_found(found: SearchSkew, compared: str, settings: Mapping[str, Setting]) -> Table:
    """Every group for the page, with ranges in one column and words in place of −∞; the file holds numbers."""
    order = found.order
    lines = pa.table(
        {
            "group": [shorten(found.groups[place], 40) for place in order],
            f"first {found.k}": found.counts[order],
            "share": 100 * found.counts[order] / found.k,
            "compared with": 100 * found.expected[order],
            "by chance": [f"{low} to {high}" for low, high in found.usual[order].tolist()],
            f"Skew@{found.k}": [skew_text(value) for value in found.skew[order]],
            "p": [p_text(value) for value in found.p_values[order]],
        }
    )
    columns = {
        "group": st.column_config.TextColumn(pinned=True),
        "share": "%.1f %%",
        "compared with": st.column_config.NumberColumn(compared, format="%.1f %%"),
        "by chance": st.column_config.TextColumn(
            help="What 95 % of random orders of the same items would show among as many places."
        ),
        "p": st.column_config.TextColumn(help="Two-sided (Fisher’s exact test), Holm-corrected over groups."),
    }
    alt = "Every group: how many among the first results, what is expected, Skew@k and p"
    return Table(
        lines,
        alt,
        columns,
        label="Every group (CSV)",
        file="search_skew.csv",
        whole=lambda: group_table(found),
        settings=settings,
    )


def ranked_table(collection: Collection, found: SearchSkew, column: str, *, most: int | None = None) -> pa.Table:
    """The first items with their groups of a column; without `most`, all that are ranked."""
    rows = found.rows[:most]
    groups = label_texts(collection.column(column).take(pa.array(rows, pa.int64())).to_pylist())
    first = {"rank": list(range(1, len(rows) + 1)), "group": groups}
    return items_of(collection, rows, first=first, cut=None if most is None else 200, numbered=False)


def skew_text(value: float) -> str:
    """A Skew@k in two digits with its sign; in words for a group without a place."""
    return number(value, "+.2f") if np.isfinite(value) else NONE


def share_chart(found: SearchSkew, *, expected: str, colours: Colours) -> go.Figure:
    """Bars are shares among the first k, diamonds what they are compared with, grey bands 95 % of random orders.

    Of more than 20 groups the most and the least favoured are drawn.
    """
    order = drawn_groups(found)
    heights = list(range(len(order)))
    diamonds = go.Scatter(
        x=100 * found.expected[order],
        y=heights,
        mode="markers",
        marker={"symbol": "diamond", "size": 8, "color": colours.ink},
        hovertemplate=f"{expected}: %{{x:.1f}} %<extra></extra>",
        name=expected,
    )
    ends = np.maximum.reduce([found.counts / found.k, found.usual[:, 1] / found.k, found.expected])[order]
    counts = go.Scatter(
        x=100 * ends,
        y=heights,
        mode="text",
        text=[f"  {count}" for count in found.counts[order]],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    return figure(
        _band(found, order, colours),
        *_bars(found, order, colours),
        diamonds,
        counts,
        height=130 + 30 * len(order),
        barmode="overlay",
        x={"title": f"% of the first {found.k}", "rangemode": "tozero"},
        y=named_rows([found.groups[place] for place in order]),
    )


def tints(colours: Colours) -> dict[str, str]:
    """The colour of each standing: orange for more, blue for fewer, grey for what random orders give too."""
    return {MORE: colours.diverging[-2], FEWER: colours.diverging[1], AS_USUAL: colours.other}


def _band(found: SearchSkew, order: list[int], colours: Colours) -> go.Bar:
    low, high = (100 * found.usual[order, side] / found.k for side in (0, 1))
    return go.Bar(
        x=np.maximum(high - low, 0.4),
        y=list(range(len(order))),
        base=low,
        orientation="h",
        width=0.86,
        marker={"color": colours.band},
        customdata=found.usual[order],
        hovertemplate="95 % of random orders: %{customdata[0]} to %{customdata[1]}<extra></extra>",
        name="95 % of random orders",
    )


def _bars(found: SearchSkew, order: list[int], colours: Colours) -> list[go.Bar]:
    """The groups in one trace for each standing, so that the legend tells them."""
    standing = found.standings
    traces = []
    for each, colour in tints(colours).items():
        places = [(height, place) for height, place in enumerate(order) if standing[place] == each]
        traces.append(
            go.Bar(
                x=[100 * float(found.counts[place]) / found.k for _, place in places],
                y=[height for height, _ in places],
                orientation="h",
                width=0.42,
                marker={"color": colour},
                customdata=[int(found.counts[place]) for _, place in places],
                hovertemplate=f"%{{customdata}} of the first {found.k} (%{{x:.0f}} %)<extra></extra>",
                name=each,
                showlegend=bool(places),
            )
        )
    return traces


def drawn_groups(found: SearchSkew) -> list[int]:
    """The places of the groups that are drawn, the most favoured first."""
    order = found.order
    return order if len(order) <= DRAWN else [*order[: DRAWN // 2], *order[-DRAWN // 2 :]]


def search_verdict(found: SearchSkew, query: str) -> Verdict:
    """Whether the first results are more uneven than random orders ("skewed", "even"), and who is favoured."""
    title = f"“{shorten(query, 60)}”"
    if (found.p_values < LEVEL).any() or found.p_ndkl < LEVEL:
        return Verdict("skewed", f"{title} does not show all groups alike", _who(found))
    return Verdict(
        "even",
        f"The first {found.k} for {title} are no more uneven than random orders",
        "That shows no absence of bias: with few places only a large skew can be told from chance.",
    )


def measures(found: SearchSkew) -> str:
    """MaxSkew and NDKL with their p-values, and what the numbers mean."""
    return (
        f"MaxSkew@{found.k} = {found.max_skew:.2f} ({p_is(found.p_max_skew)}): how far the most favoured group is "
        f"above the share compared with, as a natural logarithm (0.69 is twice its share). NDKL = {found.ndkl:.3f} "
        f"({p_is(found.p_ndkl)}): unevenness of the first {len(found.rows):,} places, early ones weighing more. Both "
        "are 0 where even; p is the share of random orders of the same items that are at least as uneven."
    )


def notes(found: SearchSkew, *, equal: bool) -> list[str]:
    """What bears on the figures: items without a group, an uneven collection, few of a group."""
    said = [left_out(found.unlabelled)]
    if equal and np.ptp(found.totals):
        said.append(
            "The groups of the collection are not equally many, so with equal shares even a random order counts as "
            "skewed: the p-values of MaxSkew and NDKL then also count that."
        )
    fewest = int(found.totals.min())
    if fewest < 5:
        said.append(f"The smallest group has {wording.several(fewest, 'item')}: of so few little can be said.")
    return list(filter(None, said))


def _who(found: SearchSkew) -> str:
    standing = found.standings
    more = [place for place in np.argsort(-found.counts, kind="stable").tolist() if standing[place] == MORE]
    fewer = [place for place, each in enumerate(standing) if each == FEWER]
    said = [f"More often than in random orders: {_listed(found, more)}."] if more else []
    if fewer:
        said.append(f"Less often: {_listed(found, fewer)}.")
    return " ".join(said) or (
        f"No single group among the first {found.k} is beyond chance, but the order as a whole is more uneven "
        f"than random orders (NDKL, {p_is(found.p_ndkl)})."
    )


def _listed(found: SearchSkew, places: list[int], most: int = 3) -> str:
    whole = found.totals.sum()
    said = [
        f"{shorten(found.groups[place], 40)} ({found.counts[place]} of the first {found.k}; "
        f"{100 * found.totals[place] / whole:.0f} % of the collection)"
        for place in places[:most]
    ]
    more = f" and {len(places) - most} more" if len(places) > most else ""
    return ", ".join(said) + more
