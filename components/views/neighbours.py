"""The view “Neighbours”: what is nearest by three metrics, what a score means, and what the encoder saw."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from components.kit.ask import ask
from components.kit.caching import centred_space
from components.kit.caveats import list_note, unread_sentence
from components.kit.charts import chance_bars, figure, show_chart
from components.kit.choice import encoder_name
from components.kit.colours import Colours, page_colours
from components.kit.evidence import Table, items_of, settings_of, show_table
from components.kit.kinds import drawn, one
from components.kit.link import select
from components.kit.pictures import ROW_HEIGHT, as_picture, gallery, picture_column, single_picture
from components.kit.reference import Usual, texts_request, usual
from components.kit.spaces import inspect_item, query_sentence, view_item
from components.kit.texts import how
from components.kit.words import escape, shorten
from components.views.query import Query
from embeddings.collection import Item
from embeddings.encoders import find_spec
from embeddings.kinds import kind_of
from embeddings.metrics import METRICS
from embeddings.neighbours import PAIRS, Neighbours, changed, least_similar, nearest, rarity
from embeddings.space import Space, Vectors, lengths
from embeddings.store import is_given

# In pixels: lists of pictures scroll, those of texts show all of the 50 lines that can be asked for.
TALLEST, WHOLE = 756, 1_800
NARROW = 125
TOKENS = 120
HIGH = 240


def neighbours(space: Space, query: Query | None, left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The lists and what they mean on the left; how many, centring and what the encoder saw on the right."""
    with right:
        k = st.slider("How many neighbours", 1, min(50, max(2, len(space))), min(10, max(1, len(space) - 1)), key="k")
        help = "Takes the mean vector away before comparing. Off, nothing is changed."
        centre = st.toggle("Centre the space", key="centre", bind="query-params", help=help)
        help = "The items that point most nearly the opposite way, by cosine."
        least = st.toggle("Also the least similar", key="least", bind="query-params", help=help)
    if query is None:
        return
    found = {metric: nearest(space, query.target, k=k, metric=metric) for metric in METRICS}
    with left:
        _lists(space, query, found, k)
        if least:
            _least_similar(space, query, k)
        _meaning(space, query, found["cosine"])
        how("neighbours")
    with right:
        if centre:
            _centring(space, query, found["cosine"], k)
        if query.item is not None:
            _seen(space, query.item, query.vector(space), looked_up=not isinstance(query.target, int))


def _lists(space: Space, query: Query, found: Mapping[str, Neighbours], k: int) -> None:
    said = list_note(space, query.vector(space), found["cosine"], k, one(space.collection))
    if said:
        st.info(said, icon=":material/info:")
    if not any(len(each.rows) for each in found.values()):
        return
    if drawn(space.collection):
        _as_pictures(space, query, found["cosine"])
    show_table(lists(space, found, k))


def lists(space: Space, found: Mapping[str, Neighbours], k: int) -> Table:
    """The lists of several metrics side by side; the caption says what lengths mean for them."""
    whole, asked = side_by_side(space, found), len(found)
    pictured, alike = drawn(space.collection), all_alike(space, found)
    if alike:
        found = dict(list(found.items())[:1])
    seen = side_by_side(space, found)
    shown = in_powers(with_pictures(space, seen, found) if pictured else seen)
    columns: dict[str, object] = {"rank": st.column_config.NumberColumn("#", width=40)}
    for name in found:
        words = pa.types.is_string(shown.column(f"{name} score").type)
        columns[f"{name} score"] = (
            st.column_config.TextColumn("score", width=80, alignment="right")
            if words
            else st.column_config.NumberColumn("score", format="%.3f", width=70)
        )
        if pictured:
            columns |= {f"{name} picture": as_picture(), name: st.column_config.TextColumn(width=NARROW)}
    ties = "Ties are broken at random, the same way every time."
    if alike:
        others = "cosine, dot product and Euclidean distance" if asked == len(METRICS) else "all metrics"
        said = f"All vectors have length 1, so {others} give this same list; the file holds them all. {ties}"
    else:
        low, high = space.norms.min(), space.norms.max()
        said = (
            "↑ ↓ ranked differently by cosine, ● not in the cosine list. Cosine and dot: larger is nearer; Euclidean "
            f"distance: smaller is nearer. {ties} Vectors have lengths from {low:.3g} to {high:.3g}, so the three may "
            "disagree."
        )
    return Table(
        shown,
        "The nearest items by three metrics",
        columns,
        height=TALLEST if pictured else WHOLE,
        row_height=ROW_HEIGHT if pictured else None,
        caption=said,
        label="These neighbours (CSV)",
        file="neighbours.csv",
        whole=lambda: whole,
        settings=settings_of(space, k=k),
    )


def all_alike(space: Space, found: Mapping[str, Neighbours]) -> bool:
    """Whether all vectors have length 1 and all metrics found the same items in the same order."""
    first = next(iter(found.values())).rows
    return bool(abs(space.norms - 1).max() < 1e-3) and all(np.array_equal(each.rows, first) for each in found.values())


def side_by_side(space: Space, found: Mapping[str, Neighbours]) -> pa.Table:
    """The lists of several metrics; ↑ ↓ mark a place that differs from the first metric's, ● an item it lacks."""
    first = next(iter(found.values()))
    places = {int(row): place for place, row in enumerate(first.rows)}
    longest = max(len(each.rows) for each in found.values())
    columns: dict[str, list[object]] = {"rank": list(range(1, longest + 1))}
    for metric, each in found.items():
        names = [
            shorten(space.collection.text(int(row)), 60) + ("" if each is first else _mark(places.get(int(row)), place))
            for place, row in enumerate(each.rows)
        ]
        missing = [None] * (longest - len(names))
        columns[metric] = [*names, *missing]
        columns[f"{metric} score"] = [*(float(score) for score in each.scores), *missing]
    return pa.table(columns)


def _mark(old: int | None, place: int) -> str:
    if old is None:
        return "  ●"
    if old == place:
        return ""
    return f"  ↑{old - place}" if old > place else f"  ↓{place - old}"


def with_pictures(space: Space, table: pa.Table, found: Mapping[str, Neighbours]) -> pa.Table:
    """The same lists with a column of thumbnails before each metric's items, for `st.dataframe`."""
    columns: dict[str, object] = {}
    for name in table.column_names:
        if name in found:
            pictures = picture_column(space.collection, found[name].rows).to_pylist()
            columns[f"{name} picture"] = pa.array([*pictures, *[None] * (table.num_rows - len(pictures))], pa.string())
        columns[name] = table.column(name)
    return pa.table(columns)


def in_powers(table: pa.Table) -> pa.Table:
    """The same lists with scores as powers of ten where three decimals would say nothing or run out of the column."""
    for place, name in enumerate(table.column_names):
        scores = table.column(name).to_pylist() if name.endswith(" score") else []
        largest = max((abs(score) for score in scores if score is not None), default=0)
        if largest >= 1e5 or 0 < largest < 0.01:
            words = [None if score is None else f"{score:.2e}" for score in scores]
            table = table.set_column(place, name, [words])
    return table


def _as_pictures(space: Space, query: Query, found: Neighbours) -> None:
    """The query large, and its neighbours to pick from."""
    left, right = st.columns([0.28, 0.72], gap="medium")
    with left:
        if isinstance(query.item, bytes):
            single_picture(query.item, alt="what is looked up", key="looked_up", height=220)
        elif query.item is not None:
            st.text(shorten(query.item, 300))
        else:
            st.caption("Nearest to the vector")
    with right:
        scores = [f"{score:.3f}" for score in found.scores]
        gallery(space.collection, found.rows.tolist(), key="neighbour_pictures", captions=scores, on_pick=_look_up)
        st.caption("By cosine similarity; a click looks that one up.")


def _look_up(row: int) -> None:
    select(row)
    st.session_state["look_up"] = "item"


def _least_similar(space: Space, query: Query, k: int) -> None:
    st.markdown("**The least similar**")
    found, level = least_similar(space, query.target, k=k)
    if not len(found.rows):
        st.caption("Nothing here is less similar than the rest.")
        return
    if drawn(space.collection):
        scores = [f"{each:.3f}" for each in found.scores]
        gallery(space.collection, found.rows.tolist(), key="least_pictures", captions=scores)
    lines = items_of(space.collection, found.rows, first={"cosine": found.scores}, numbered=False)
    columns = {"cosine": st.column_config.NumberColumn(format="%.3f", width=70)}
    tied = f" {level:,} items share the last cosine here, so which of them are listed says nothing." if level else ""
    said = "Lowest cosine first: what points most nearly the opposite way. That is seldom the opposite in meaning."
    show_table(Table(lines, "The items of lowest cosine", columns, height=TALLEST, caption=said + tied))


def _meaning(space: Space, query: Query, found: Neighbours) -> None:
    """How rare the first cosine is among random pairs of such a query with an item."""
    known = _usual(space, query)
    if known is None:
        st.caption("Nothing here has a caption or a label, so there is no telling what a high score is.")
        return
    sample, pair = ask(known.sample), "items" if known.query == "item" else f"{known.query}s and {known.item}s"
    if not len(sample) or not len(found.rows):
        return
    st.markdown("**What does such a similarity mean here?**")
    alt = "Histogram of the cosine similarity of random pairs, with the neighbours marked"
    show_chart(similarity_chart(sample, found.scores, page_colours()), alt=alt)
    st.caption(
        f"Random pairs of {pair} have a cosine of {sample.mean():.2f} on average. The nearest neighbour has "
        f"{found.scores[0]:.2f}: more alike than {rarity(found.scores[0], sample)}"
        + (f" ({PAIRS:,} pairs, seed 0)." if len(sample) >= PAIRS else ".")
    )


def _usual(space: Space, query: Query) -> Usual | None:
    """What the scores are held against; a vector of no kind is held against all pairs of items."""
    if query.item is None:
        return Usual(space)
    kind = kind_of(query.item)
    about = texts_request(space) if kind == "text" else None
    return usual(space, kind, None if about is None else ask(about))


def similarity_chart(sample: NDArray[np.floating], scores: NDArray[np.floating], colours: Colours) -> go.Figure:
    """Histogram of the cosines of random pairs with a line for each neighbour's."""
    counts, edges = np.histogram(sample, bins=60)
    share = counts / max(1, counts.sum()) * 100
    top = float(share.max(initial=1.0))
    lines = go.Scatter(
        x=np.repeat(scores, 3),
        y=np.tile([0, top, np.nan], len(scores)),
        mode="lines",
        line={"color": colours.accent, "width": 1.5},
        hoverinfo="skip",
        name="these neighbours",
    )
    bars = chance_bars(share, edges, "%{x:.2f}: %{y:.1f} % of random pairs", "random pairs", colours)
    return figure(bars, lines, height=260, x="cosine similarity of two items", y="% of random pairs", bargap=0)


def _centring(space: Space, query: Query, before: Neighbours, k: int) -> None:
    mean = space.vectors.mean(axis=0, dtype=np.float64)
    target = query.target if isinstance(query.target, int) else query.target - mean
    after = nearest(centred_space(space), target, k=k)
    gone, come = changed(before, after)
    st.markdown(f"**Centring changes {len(come)} of the first {len(before.rows)}**")
    text = space.collection.text
    lines = pa.table({
        "centred": [shorten(text(int(row)), 60) for row in after.rows],
        "cosine": after.scores,
        "": ["new" if row in come else "" for row in after.rows],
    })  # fmt: skip
    columns = {"cosine": st.column_config.NumberColumn(format="%.3f", width="small")}
    show_table(Table(lines, "Nearest items in the centred space", columns, height=WHOLE))
    if gone:
        st.caption("No longer among them: " + escape(", ".join(shorten(text(row), 40) for row in gone)))


def _seen(space: Space, item: Item, vector: Vectors, *, looked_up: bool) -> None:
    """Of a text its tokens, of a picture the part that is left after the encoder's own crop and resize."""
    st.markdown("**What the encoder saw**")
    fact = f"vector of {space.dimension} numbers, length {float(lengths(vector)):.4g}"
    if is_given(space.encoder):
        st.caption(f"{encoder_name(space.encoder)}: {fact}. Nothing is known of how they were made.")
        return
    if isinstance(item, str):
        _tokens(space, item, fact, looked_up=looked_up)
    elif find_spec(space.encoder).takes("image"):
        _crop(space, item, fact)
    if space.params:
        st.caption("How it ran: " + escape(", ".join(f"{name} {value}" for name, value in space.params.items())))


def _tokens(space: Space, text: str, fact: str, *, looked_up: bool) -> None:
    seen = inspect_item(space, text, looked_up=looked_up)
    with st.container(border=True):
        st.text(" · ".join(seen.tokens[:TOKENS]) + (" …" if len(seen.tokens) > TOKENS else "") or "nothing")
    limit = f" of at most {seen.limit}" if seen.limit else ""
    st.caption(f"{len(seen.tokens)} tokens{limit}; {fact}.")
    if looked_up and (said := query_sentence(space)):
        st.caption(escape(said))
    if seen.dropped:
        st.warning(f"{seen.dropped:,} tokens were cut off at the encoder's limit of {seen.limit}: it never saw them.")
    if unread := unread_sentence(space.encoder, seen.unread, [text]):
        st.warning(escape(unread), icon=":material/translate:")
    if seen.unknown:
        st.warning("No vector for: " + escape(", ".join(seen.unknown[:20])))


def _crop(space: Space, item: bytes, fact: str) -> None:
    """The picture with the part that was used, and beside it what the encoder got."""
    view = view_item(space, item)
    if view is None:
        return
    name = hashlib.blake2b(item, digest_size=6).hexdigest()
    whole = tuple(round(side, 3) for side in view.box) == (0.0, 0.0, 1.0, 1.0)
    left, right = st.columns(2, gap="small")
    with left:
        st.caption("The picture" if whole else "The picture; what lies outside the frame was cut off")
        single_picture(item, alt="the picture", key=f"original_{name}", height=HIGH, box=None if whole else view.box)
    with right:
        st.caption("What the encoder got")
        single_picture(view.picture, alt="what the encoder got", key=f"seen_{name}", height=HIGH)
    st.caption(escape(f"{view.note} {fact[0].upper()}{fact[1:]}."))
