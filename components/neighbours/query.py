"""What is looked up on the Neighbours page: an item, a text, a picture, a picture with words, or a vector."""

from __future__ import annotations

import re

import numpy as np
import streamlit as st

from components.kit.ask import ask
from components.kit.candidates import find_text
from components.kit.link import select, selected_row
from components.kit.pictures import gallery
from components.kit.spaces import typed_request
from components.kit.widgets import pick
from components.kit.words import escape, shorten
from components.neighbours.lookup import Query
from components.neighbours.sum import sum_query
from components.neighbours.uploaded import uploaded_picture
from embeddings.encoders import find_spec
from embeddings.errors import EmbeddingError
from embeddings.neighbours import find_row
from embeddings.space import Space, Vectors
from embeddings.store import is_given

WAYS = {"item": "An item", "typed": "Any text", "picture": "A picture", "sum": "Picture ± words", "vector": "A vector"}
OFFERED = 50


def query_picker(space: Space) -> Query | None:
    """The chosen query; None, with a hint, while there is none. A mistake is answered beside the input."""
    way = pick("Look up", {each: WAYS[each] for each in ways_of(space)}, key="look_up")
    try:
        asked = {"item": _item, "typed": _typed, "picture": _picture, "sum": sum_query, "vector": _vector}
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


def parse_vector(text: str, dimension: int) -> Vectors:
    """A vector from pasted numbers, however they are separated.

    Raises:
        EmbeddingError: something is not a number, not finite, or their count is wrong.
    """
    parts = [part for part in re.split(r"[\s,;\[\]()]+", text) if part]
    try:
        numbers = np.array([float(part) for part in parts], dtype=np.float32)
    except ValueError:
        wrong = next(part for part in parts if not _is_number(part))
        raise EmbeddingError(f"“{shorten(wrong, 30)}” is not a number.") from None
    if len(numbers) != dimension:
        raise EmbeddingError(f"A vector of this space has {dimension} numbers, you gave {len(numbers)}.")
    if not np.isfinite(numbers).all():
        raise EmbeddingError("Every number of the vector must be finite.")
    return numbers


def _item(space: Space) -> Query | None:
    row = selected_row(space)
    default = shorten(space.collection.text(row), 200) if row is not None else ""
    typed = st.text_input("Item", value=default, placeholder="type an item, or a part of it").strip()
    if not typed and space.collection.kind != "text":
        st.caption("Pick a picture, or find one by its caption, file or number.")
        gallery(space.collection, range(min(OFFERED, len(space))), key="any_picture", most=OFFERED)
        return None
    if not typed:
        examples = [shorten(space.collection.text(each), 40) for each in range(min(3, len(space)))]
        st.caption(escape(f"For example: {', '.join(examples)}"))
        return None
    if row is not None and typed == default:
        return Query(row, space.collection.items[row])
    picked = _pick_among(space, typed)
    if picked is None:
        return None
    select(picked)
    st.rerun()


def _pick_among(space: Space, typed: str) -> int | None:
    """The item itself, or the reader's choice among items that hold the typed text; None before the choice."""
    if typed in space.collection.rows:
        return space.collection.rows[typed]
    rows = find_text(space.collection, typed).tolist()
    if not rows:
        return find_row(space, typed)
    if space.collection.kind != "text":
        gallery(space.collection, rows, key="found_pictures", most=OFFERED)
        return None
    picked = st.selectbox(
        f"{len(rows):,} items hold it" + (f"; the first {OFFERED}" if len(rows) > OFFERED else ""),
        rows[:OFFERED],
        index=None,
        placeholder="choose one",
        format_func=lambda each: shorten(space.collection.text(each), 100),
    )
    return None if picked is None else int(picked)


def _typed(space: Space) -> Query | None:
    typed = st.text_input("Text", key="typed_query", bind="query-params", placeholder="any text at all").strip()
    return Query(ask(typed_request(space, typed)), typed) if typed else None


def _picture(space: Space) -> Query | None:
    item = uploaded_picture("query_picture")
    return None if item is None else Query(ask(typed_request(space, item)), item)


def _vector(space: Space) -> Query | None:
    text = st.text_area("Vector", placeholder=f"{space.dimension} numbers, separated by spaces or commas", height=100)
    return Query(parse_vector(text, space.dimension)) if text.strip() else None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
