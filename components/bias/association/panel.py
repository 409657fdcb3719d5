"""The view “Association”: are X nearer to A, and Y to B, than the other way round?"""

from __future__ import annotations

import streamlit as st

from components.bias.association import asking, state
from components.bias.association.column_panel import column_panel
from components.bias.association.encoders import say_if_current_cannot
from components.bias.association.how import how_computed
from components.bias.association.pictures_panel import pictures_panel
from components.bias.association.words_panel import words_panel
from components.kit import link
from components.kit.choice import chosen_collection
from components.kit.kinds import drawn
from components.kit.widgets import pick

OVER = "over"
WORDS, SENTENCES, PICTURES, COLUMN = "Words", "Sentences", "Pictures", "Against a column"
QUESTIONS = {
    WORDS: "Are X nearer to A, and Y to B, than the other way round? (word embedding association test, WEAT)",
    SENTENCES: "Does it hold when the words stand in sentences? (sentence encoder association test, SEAT)",
    PICTURES: "Which pictures are nearer to which? (image embedding association test, iEAT)",
    COLUMN: "Do associations follow a number from the world? (word embedding factual association test, WEFAT)",
}


def association_view() -> None:
    """The view below the heading."""
    own, _ = chosen_collection()
    usual = WORDS if not drawn(own) else PICTURES
    chosen = pick("Asked about", list(QUESTIONS), key=OVER, default=usual, hide_label=True)
    st.caption(QUESTIONS[chosen])
    say_if_current_cannot(own)
    if chosen in (WORDS, SENTENCES):
        waiting = words_panel(own, in_sentences=chosen == SENTENCES)
    else:
        waiting = (pictures_panel if chosen == PICTURES else column_panel)(own)
    link.show({**state.LINKED, asking.TESTED: ""})
    how_computed()
    asking.await_answer(waiting)
