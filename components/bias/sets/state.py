"""Which sets this session looks at: ready ones by their name, or the reader's own, which the link then carries."""

from __future__ import annotations

import streamlit as st

from components.bias.sets.ready import ReadySets, ready_sets
from components.kit import link
from components.kit.words import escape, shorten
from components.views.bias_inputs import sets_from_text, sets_to_text
from components.views.bias_word_sets import Slot, WordSets
from embeddings.bias.ready import NOTICE
from embeddings.errors import EmbeddingError

READY, LISTS = "ready_sets", "lists"
FIRST, OWN = "occupations", "own"
LINKED = {READY: FIRST, LISTS: ""}
BEGUN, BROKEN = "sets_begun", "sets_broken"
LONGEST = 8_000
EDITOR = WordSets(
    "sets",
    (
        Slot("Group 1", "Words that stand for one group.", "she, woman, girl"),
        Slot("Group 2", "Words that stand for another.", "he, man, boy"),
        Slot("Words", "Words that should be neutral between them.", "nurse, engineer, pilot"),
        Slot("Positive", "Words of praise, at least 5; for RNSB only.", "love, peace, joy"),
        Slot("Negative", "Words of blame, at least 5; for RNSB only.", "ugly, poison, grief"),
    ),
)


def begin() -> None:
    """Fill the editor once in a session with what the link names."""
    if st.session_state.get(BEGUN):
        return
    st.session_state[BEGUN] = True
    name, lists = link.read(READY, FIRST), link.read(LISTS)
    try:
        if lists:
            EDITOR.fill(sets_from_text(lists))
            link.write(READY, OWN)
            return
    except EmbeddingError as error:
        st.session_state[BROKEN] = f"{error} Ready ones stand here instead."
    if name not in (*ready_sets(), OWN):
        st.session_state[BROKEN] = f"There are no ready sets “{shorten(name, 40)}”; others stand here instead."
    take(name if name in ready_sets() else FIRST)


def take(name: str) -> None:
    """Take ready sets, also as a callback."""
    EDITOR.fill(ready_sets()[name].sets)
    link.write(READY, name)


def ready() -> ReadySets | None:
    """The ready sets that stand in the editor; None once they were changed."""
    found = ready_sets().get(link.read(READY, FIRST))
    same = found is not None and [each.words for each in EDITOR.sets()] == [each.words for each in found.sets]
    return found if same else None


def ready_row() -> None:
    """The ready sets side by side, and what is said of those that stand for groups of people."""
    begin()
    now = ready()
    with st.container(horizontal=True, gap="small"):
        for name, each in ready_sets().items():
            st.button(
                escape(each.title),
                key=f"ready_sets_{name}",
                type="primary" if each is now else "secondary",
                on_click=take,
                args=(name,),
            )
    if st.session_state.get(BROKEN):
        st.error(escape(str(st.session_state[BROKEN])))
    if now is not None and now.sensitive:
        st.info(NOTICE, icon=":material/info:")


def carry() -> None:
    """Let the link carry the name of ready sets, or the reader's own where they are not too long for it."""
    own = ready() is None and not EDITOR.is_empty()
    text = sets_to_text(EDITOR.sets()) if own else ""
    if len(text) > LONGEST:
        st.caption("These sets are too long for a link: it will open the ready ones.")
        text = ""
    link.write(LISTS, text)
    link.show(LINKED)
