"""A picture with words added and taken away: “this picture, but at night”."""

from __future__ import annotations

import streamlit as st

from components.kit.ask import ask
from components.kit.link import selected_row
from components.kit.spaces import typed_request
from components.kit.widgets import pick
from components.neighbours.lookup import Query
from components.neighbours.uploaded import uploaded_picture
from embeddings.collection import Item
from embeddings.joint import combine
from embeddings.space import Space


def sum_query(space: Space) -> Query | None:
    """The picker of a picture and the words around it; None, with a hint, while something is missing."""
    row = selected_row(space)
    ways = ["The selected item", "Another picture"]
    way = pick("Start from", ways, key="sum_from", default=ways[row is None], linked=False, kept=False)
    left, middle, right = st.columns([0.4, 0.4, 0.2])
    plus = left.text_input("Add", key="sum_plus", bind="query-params", placeholder="at night").strip()
    minus = middle.text_input("Take away", key="sum_minus", bind="query-params", placeholder="on grass").strip()
    strength = right.slider("Weight of the words", 0.1, 3.0, 1.0, 0.1, key="sum_weight", bind="query-params")
    start = uploaded_picture("sum_picture") if way == ways[1] else None if row is None else space.collection.items[row]
    if start is None:
        st.caption("Choose an item on the map or under “An item”, or bring a picture.")
        return None
    if not plus and not minus:
        st.caption("Write what should be added or taken away.")
        return None
    parts: list[tuple[Item, float]] = [(start, 1.0)]
    parts += [(plus, strength)] if plus else []
    parts += [(minus, -strength)] if minus else []
    vectors = [ask(typed_request(space, item)) for item, _ in parts]
    return Query(combine(vectors, [weight for _, weight in parts]))
