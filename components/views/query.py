"""What is looked up among the neighbours: an item, a text, a picture, a picture with words, or a vector."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import streamlit as st

from components.kit.ask import ask, asking_as
from components.kit.candidates import find_text
from components.kit.files import chosen_file
from components.kit.kinds import drawn
from components.kit.link import select, selected_row
from components.kit.pictures import gallery
from components.kit.spaces import typed_request
from components.kit.widgets import pick
from components.kit.words import escape, shorten
from embeddings.collection import Item
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.joint import combine
from embeddings.neighbours import find_row, nearest
from embeddings.space import Space, Vectors
from embeddings.store import is_given

WAYS = {"item": "An item", "typed": "Any text", "picture": "A picture", "sum": "Picture ± words", "vector": "A vector"}
START = ("The selected item", "Another picture")
TYPES = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff"]
OFFERED = 50
# Known to most readers, with neighbours that speak for themselves; else one of a few items, tried quickly.
EXAMPLES = ("piano", "king")
TRIED, ALIKE, TWIN = 12, 5, 0.999


class Query(NamedTuple):
    """What is looked up.

    Attributes:
        target: a row of the space, or a vector of shape (d,).
        item: the text or picture behind it; None for a sum and for a pasted vector.
    """

    target: int | Vectors
    item: Item | None = None

    def vector(self, space: Space) -> Vectors:
        """The vector that is looked up, shape (d,)."""
        return space.vectors[self.target] if isinstance(self.target, int) else self.target


def query_picker(space: Space) -> Query | None:
    """The chosen query; None, with a hint, while there is none. A mistake is answered beside the input."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        way = pick("Look up", {each: WAYS[each] for each in ways_of(space)}, key="look_up", hide_label=True)
        if way == "item" and drawn(space.collection):
            with st.popover("Pick a picture", icon=":material/photo_library:"):
                gallery(space.collection, range(min(OFFERED, len(space))), key="any_picture", most=OFFERED)
    asked = {"item": _item, "typed": _typed, "picture": _picture, "sum": _sum, "vector": _vector}
    try:
        return asked[way](space)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None


def ways_of(space: Space) -> list[str]:
    """The ways to look something up that the encoder of a space allows."""
    if is_given(space.encoder):
        return ["item", "vector"]
    spec = find_spec(space.encoder)
    allowed = {"typed": spec.takes("text"), "picture": spec.takes("image"), "sum": spec.joint}
    return [way for way in WAYS if allowed.get(way, True)]


def _item(space: Space) -> Query | None:
    collection, row = space.collection, selected_row(space)
    if row is None:
        row = example_row(space)
    default = shorten(collection.text(row), 200) if row is not None else ""
    typed = st.text_input(
        "Item", value=default, placeholder="type an item, or a part of it", label_visibility="collapsed"
    ).strip()
    if row is not None and typed in ("", default):
        return Query(row, collection.items[row])
    if not typed:
        return None
    picked = _pick_among(space, typed)
    if picked is None:
        return None
    select(picked)
    st.rerun()


def example_row(space: Space) -> int | None:
    """The item that is shown while none is selected: of a few the one whose neighbours are most alike to it.

    None where nothing has a neighbour. Items that occur twice say little, so they come last.
    """
    rows = space.collection.rows
    for text in EXAMPLES:
        if text in rows:
            return rows[text]
    tried = np.linspace(0, len(space) - 1, min(TRIED, len(space)), dtype=int)
    found = [(nearest(space, int(row), k=ALIKE), int(row)) for row in dict.fromkeys(tried.tolist())]
    scored = [(each.scores[0] < TWIN, float(each.scores.mean()), -row) for each, row in found if len(each.rows)]
    return -max(scored)[2] if scored else None


def _pick_among(space: Space, typed: str) -> int | None:
    """The item itself, or the reader's choice among items that hold the typed text; None before the choice."""
    collection = space.collection
    if typed in collection.rows:
        return collection.rows[typed]
    rows = find_text(collection, typed).tolist()
    if not rows:
        return find_row(space, typed)
    if drawn(collection):
        gallery(collection, rows, key="found_pictures", most=OFFERED)
        return None
    picked = st.selectbox(
        f"{len(rows):,} items hold it" + (f"; the first {OFFERED}" if len(rows) > OFFERED else ""),
        rows[:OFFERED],
        index=None,
        placeholder="choose one",
        format_func=lambda each: shorten(collection.text(each), 100),
    )
    return None if picked is None else int(picked)


def _typed(space: Space) -> Query | None:
    typed = st.text_input("Text", key="typed_query", bind="query-params", placeholder="any text at all").strip()
    return _looked_up(space, typed) if typed else None


def _picture(space: Space) -> Query | None:
    item = _uploaded("query_picture")
    return None if item is None else _looked_up(space, item)


def _looked_up(space: Space, item: Item) -> Query:
    return Query(ask(typed_request(space, item)), item)


def _uploaded(key: str) -> bytes | None:
    """The picture chosen here, as it would be kept in a collection; None while there is none."""
    file = chosen_file("A picture", TYPES, key=key)
    if file is None:
        return None
    kept: bytes = ask(asking_as(file.id, "picture", file.data, name=file.name)).data
    return kept


def _sum(space: Space) -> Query | None:
    """A picture with words added and taken away: “this picture, but at night”."""
    row = selected_row(space)
    way = pick("Start from", START, key="sum_from", default=START[row is None], linked=False, kept=False)
    left, middle, right = st.columns([0.4, 0.4, 0.2])
    plus = left.text_input("Add", key="sum_plus", bind="query-params", placeholder="at night").strip()
    minus = middle.text_input("Take away", key="sum_minus", bind="query-params", placeholder="on grass").strip()
    strength = right.slider("Weight of the words", 0.1, 3.0, 1.0, 0.1, key="sum_weight", bind="query-params")
    start = _uploaded("sum_picture") if way == START[1] else None if row is None else space.collection.items[row]
    if start is None:
        st.caption("Choose an item on the map or under “An item”, or bring a picture.")
        return None
    if not plus and not minus:
        st.caption("Write what should be added or taken away.")
        return None
    words = [(plus, strength), (minus, -strength)]
    parts: list[tuple[Item, float]] = [(start, 1.0), *(each for each in words if each[0])]
    vectors = [ask(typed_request(space, item)) for item, _ in parts]
    return Query(combine(vectors, [weight for _, weight in parts]))


def _vector(space: Space) -> Query | None:
    text = st.text_area("Vector", placeholder=f"{space.dimension} numbers, separated by spaces or commas", height=100)
    return Query(parse_vector(text, space.dimension)) if text.strip() else None


def parse_vector(text: str, dimension: int) -> Vectors:
    """A vector from pasted numbers, however they are separated.

    Raises:
        EmbeddingError: something is not a number, not finite, or their count is wrong.
    """
    parts = [part for part in re.split(r"[\s,;\[\]()]+", text) if part]
    numbers = np.array([_number(part) for part in parts], dtype=np.float32)
    if len(numbers) != dimension:
        raise EmbeddingError(f"A vector of this space has {dimension} numbers, you gave {len(numbers)}.")
    if not np.isfinite(numbers).all():
        raise EmbeddingError("Every number of the vector must be finite.")
    return numbers


def _number(part: str) -> float:
    try:
        return float(part)
    except ValueError:
        raise EmbeddingError(f"“{shorten(part, 30)}” is not a number.") from None
