"""Word sets asked of one encoder or of several, as words or within sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.bias.association import state
from components.bias.association.all_tests import all_tests
from components.bias.association.asking import Waiting, ask_all
from components.bias.association.encoders import encoder_picker, names_of, place_of, text_encoders
from components.bias.association.how import how_to_read
from components.bias.association.picker import is_hidden, provenance, test_picker
from components.bias.association.request import Question, association_request
from components.bias.association.results import Shown, show_test
from components.bias.association.settings import Settings, settings, stated, wording
from components.bias.word_sets import Edited
from components.kit import caching
from components.kit.choice import encoder_name
from components.kit.words import escape
from embeddings.bias.sentences import Wording
from embeddings.bias.word_sets import ASSOCIATION
from embeddings.collection import Collection

ENCODERS = "encoders"


def words_panel(own: Collection, *, in_sentences: bool = False) -> Waiting | None:
    """The test, its word sets beside its results, or all published tests at once."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=430):
            test = test_picker()
        with st.container(width=330):
            options, first = text_encoders(own)
            encoders = encoder_picker(options, first, ENCODERS)
        how = settings(own)
    provenance()
    form = wording() if in_sentences else None
    probe = "SEAT" if in_sentences else "WEAT"
    if not encoders:
        st.info("Choose at least one encoder to ask.", icon=":material/info:")
    elif test == state.ALL:
        waiting = all_tests(own, encoders, how, form)
        how_to_read(probe)
        return waiting
    elif not is_hidden():
        return _one_test(own, encoders, how, form)
    how_to_read(probe)
    return None


def _one_test(own: Collection, encoders: Sequence[str], how: Settings, form: Wording | None) -> Waiting | None:
    left, right = st.columns([0.3, 0.7], gap="medium")
    place = place_of(own, encoders[0], how.pool)
    with left:
        edited = state.EDITOR.draw(names_of(place, encoders[0]), own, ASSOCIATION)
        if not state.carry():
            st.caption("These sets are too long for a link; export the results to keep them.")
    with right:
        waiting = None
        if not edited.usable:
            _not_yet(edited)
            how_to_read()
        else:
            waiting = _answers(own, encoders, how, form, edited)
    return waiting


def _answers(
    own: Collection, encoders: Sequence[str], how: Settings, form: Wording | None, edited: Edited
) -> Waiting | None:
    x, y, a, b = edited.names
    questions = [
        Question(state.title(), place_of(own, each, how.pool), each, (x, y, a, b), form, how.match, how.seed)
        for each in encoders
    ]
    answers, waiting = ask_all([association_request(each) for each in questions], "Run the test")
    test = state.ready()
    published = test.published if test is not None and not state.is_edited() and form is None else None
    told = {"name of test": state.title(), "collection": own.name, **stated(how, form)}
    shown = Shown.of(questions, answers, edited.called, published, told)
    show_test(shown._replace(before=_before(questions), probe="WEAT" if form is None else "SEAT"))
    return waiting


def _before(questions: Sequence[Question]) -> dict[str, float]:
    """The effect sizes with the published words, by encoder, where the reader changed them and they were measured."""
    test = state.ready()
    if test is None or not state.is_edited():
        return {}
    found = [(each.encoder, caching.outcomes().get(replace(each, sets=test.sets).key)) for each in questions]
    return {
        encoder_name(encoder): measured.test.effect_size
        for encoder, measured in found
        if measured is not None and measured.test is not None
    }


def _not_yet(edited: Edited) -> None:
    """What stands in place of the results while the sets cannot be used."""
    if state.EDITOR.is_empty():
        with st.container(border=True):
            st.markdown("**Four word sets: are X nearer to A, and Y to B, than the other way round?**")
            st.caption("Type or paste words on the left, at least two in each set, as many in X as in Y; or begin with")
            st.button("an example: drinks and seasons", key="own_example", on_click=state.use_example)
        return
    st.info(escape("Mend the word sets first. " + edited.problems[0]), icon=":material/edit:")
    _even_out(edited)


def _even_out(edited: Edited) -> None:
    """A button that leaves out the last words of the longer of X and Y, where that is all that is wrong."""
    if len(edited.problems) != 1 or edited.check is None or not edited.check.sets:
        return
    x, y = edited.names[:2]
    if len(x) == len(y) or min(len(x), len(y)) < ASSOCIATION.fewest:
        return
    longer, number = (x, 0) if len(x) > len(y) else (y, 1)
    last = [str(name) for name in longer[min(len(x), len(y)) :]]
    st.button(
        escape(f"Leave out {', '.join(last[:3])}{' …' if len(last) > 3 else ''} of {edited.called[number]}"),
        key="even_out",
        icon=":material/content_cut:",
        on_click=_leave_out,
        args=(number, tuple(last)),
    )


def _leave_out(number: int, words: tuple[str, ...]) -> None:
    sets = list(state.EDITOR.sets())
    sets[number] = sets[number]._replace(words=tuple(word for word in sets[number].words if word not in words))
    state.EDITOR.fill(sets)
