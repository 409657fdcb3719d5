"""The first minute: one sentence and three things to try with one click."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import streamlit as st

from components import places
from components.explore.controls import KEPT, meaning_obstacle
from components.explore.inspector import bars
from components.text import escape
from embeddings.neighbours import nearest
from embeddings.space import Space

SUM = ("king", "man", "woman")
OPEN = "invited_sum"
LONGEST = 24


@dataclass(frozen=True)
class Invitation:
    """The answer to king − man + woman.

    Attributes:
        rows: the three words and, last, the best answer that is not one of them.
        table: the ranked answers, inputs marked.
    """

    rows: list[int]
    table: pa.Table

    def draw(self) -> None:
        """Draw the answers in place of the inspector."""
        with st.container(border=True):
            st.markdown("**king − man + woman**")
            st.dataframe(
                self.table,
                hide_index=True,
                height=36 * (self.table.num_rows + 1),
                column_config=bars("cosine"),
                alt="Items nearest to king − man + woman",
            )
            st.caption(
                "The three vectors, each of length 1, added up; then the nearest items by cosine. Nothing is left out: "
                "words of the sum itself are marked, and they often come first."
            )
            st.button("Close", on_click=decline, icon=":material/close:")


def invitations(space: Space) -> Invitation | None:
    """The buttons that fit the collection; the answer when the sum was asked for."""
    if space.collection.kind != "text":
        _for_pictures(space)
        return None
    known = all(word in space.collection.rows for word in SUM)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "king − man + woman",
            type="tertiary",
            on_click=_open,
            disabled=not known,
            icon=":material/calculate:",
            help=None if known else "This collection does not hold the three words.",
        )
        _for_all("Bring your own data")
    return king_minus_man_plus_woman(space) if known and st.session_state.get(OPEN) else None


def example_search(space: Space) -> str:
    """Words to look for among pictures by their meaning; empty where there are none or the encoder does not read."""
    collection = space.collection
    if meaning_obstacle(space) or "caption" not in collection.columns:
        return ""
    captions = [str(each) for each in collection.column("caption").to_pylist() if each and len(str(each)) <= LONGEST]
    return captions[len(captions) // 2] if captions else ""


def _for_pictures(space: Space) -> None:
    example = example_search(space)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if example:
            label = f"Find “{escape(example)}”"
            st.button(label, type="tertiary", on_click=_look_for, args=(example,), icon=":material/image_search:")
        _for_all("Bring your own pictures")


def _for_all(bring: str) -> None:
    st.button("Where does this map lie?", type="tertiary", on_click=_show_kept, icon=":material/troubleshoot:")
    if st.button(bring, type="tertiary", icon=":material/upload_file:"):
        st.switch_page(places.DATA)


def king_minus_man_plus_woman(space: Space, *, k: int = 8) -> Invitation | None:
    """The items nearest to the sum of the three unit vectors, inputs not excluded."""
    rows = [space.collection.rows[word] for word in SUM]
    lengths = space.norms[rows]
    if not lengths.all():
        return None
    king, man, woman = space.vectors[rows] / lengths[:, None]
    found = nearest(space, king - man + woman, k=k)
    others = [int(row) for row in found.rows if int(row) not in rows]
    names = [space.collection.text(int(row)) + (" (input)" if int(row) in rows else "") for row in found.rows]
    return Invitation([*rows, *others[:1]], pa.table({"item": names, "cosine": found.scores}))


def decline() -> None:
    """Put the answer away."""
    st.session_state[OPEN] = False


def _look_for(text: str) -> None:
    st.session_state["search"] = text
    st.session_state["search_by"] = "meaning"


def _open() -> None:
    st.session_state[OPEN] = True


def _show_kept() -> None:
    st.session_state["colour"] = KEPT
    decline()
