"""Sets of pictures asked of one encoder or of several."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.bias.association import picture_sets
from components.bias.association.asking import Waiting, ask_all
from components.bias.association.encoders import encoder_picker, names_of, picture_encoders
from components.bias.association.how import how_to_read
from components.bias.association.request import Question, association_request
from components.bias.association.results import Shown, show_test
from components.bias.association.settings import seed_setting
from components.bias.references import MOST
from components.bias.word_sets import Edited
from components.kit import link
from components.kit.choice import choose_collection
from components.kit.evidence import Setting
from components.kit.kinds import drawn
from components.kit.words import escape
from embeddings.bias.effect import RESAMPLES
from embeddings.bias.word_sets import ASSOCIATION
from embeddings.collection import Collection

ENCODERS, MANY = "picture_encoders", "pictures_a_set"


def pictures_panel(own: Collection) -> Waiting | None:
    """The sets of pictures beside their results."""
    if not drawn(own):
        _no_pictures()
        how_to_read("iEAT")
        return None
    picture_sets.begin(own)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=430):
            encoders = encoder_picker(*picture_encoders(own), ENCODERS)
        many = st.number_input(
            "Pictures a set, at most",
            2,
            500,
            MOST,
            key=MANY,
            bind="query-params",
            width=170,
            help="Where a column’s value has more, so many are drawn at random with the seed.",
        )
        seed = seed_setting()
    picture_sets.examples()
    if not encoders:
        st.info("Choose at least one encoder to ask.", icon=":material/info:")
        return None
    left, right = st.columns([0.3, 0.7], gap="medium")
    with left:
        picture_sets.from_columns(own)
        edited = picture_sets.EDITOR.draw(names_of(own, encoders[0]), own, ASSOCIATION, most=int(many), seed=seed)
        if not picture_sets.carry():
            st.caption("These sets are too long for a link; export the results to keep them.")
    with right:
        waiting = _answers(own, encoders, edited, seed)
    link.show(picture_sets.LINKED)
    return waiting


def _answers(own: Collection, encoders: Sequence[str], edited: Edited, seed: int) -> Waiting | None:
    if not edited.usable:
        wrong = "" if picture_sets.EDITOR.is_empty() else " " + edited.problems[0]
        st.info(
            escape(f"Name the pictures of four sets on the left, such as #12 or shape=circle.{wrong}"),
            icon=":material/edit:",
        )
        how_to_read("iEAT")
        return None
    x, y, a, b = edited.names
    name = " and ".join(edited.called[:2])
    questions = [Question(name, own, each, (x, y, a, b), None, "none", seed) for each in encoders]
    answers, waiting = ask_all([association_request(each) for each in questions], "Run the test")
    typed = {
        f"{slot.title} as typed": ", ".join(each.words)
        for slot, each in zip(picture_sets.EDITOR.slots, edited.sets, strict=True)
    }
    settings: dict[str, Setting] = {
        "collection": own.name,
        "seed": seed,
        "resamples of the interval": RESAMPLES,
        **typed,
    }
    show_test(Shown.of(questions, answers, edited.called, None, settings)._replace(probe="iEAT"))
    return waiting


def _no_pictures() -> None:
    with st.container(border=True):
        st.markdown("**This collection holds no pictures.**")
        st.caption("Open a collection of pictures, a ready one or your own, and ask which are nearer to which.")
        st.button(
            "Open the drawn scenes",
            key="open_scenes",
            icon=":material/image:",
            on_click=choose_collection,
            args=("scenes",),
        )
