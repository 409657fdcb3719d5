"""The view “Association”: are X nearer to A, and Y to B, than the other way round?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import link
from components.kit.ask import known
from components.kit.charts import show_chart
from components.kit.choice import chosen_collection, encoder_name
from components.kit.colours import page_colours
from components.kit.evidence import show_table
from components.kit.kinds import drawn
from components.kit.texts import examples, how
from components.kit.widgets import pick
from components.kit.words import escape, number, shorten
from components.views.association_column import column_panel
from components.views.association_pictures import pictures_panel
from components.views.association_results import Shown, show_test
from components.views.association_settings import (
    Settings,
    encoder_picker,
    how_to_read,
    names_of,
    offer_beside,
    place_of,
    say_if_current_cannot,
    settings,
    stated,
    text_encoders,
    wording,
)
from components.views.association_tests import (
    TESTED,
    Question,
    Waiting,
    ask_all,
    associations_request,
    await_answer,
)
from components.views.bias_inputs import NamedSet, named_sets, sets_from_text
from components.views.bias_word_sets import Edited, WordSets, slots_of
from components.views.effect_sizes import forest_chart, results_shown, summary
from embeddings.bias.measured import Line
from embeddings.bias.ready import NOTICE, SOURCE, ReadyTest, ready_tests
from embeddings.bias.sentences import Wording
from embeddings.bias.word_sets import ASSOCIATION
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError

OVER = "over"
WORDS, SENTENCES, PICTURES, COLUMN = "Words", "Sentences", "Pictures", "Against a column"
QUESTIONS = {
    WORDS: "Are X nearer to A, and Y to B, than the other way round? (word embedding association test, WEAT)",
    SENTENCES: "Does it hold when the words stand in sentences? (sentence encoder association test, SEAT)",
    PICTURES: "Which pictures are nearer to which? (image embedding association test, iEAT)",
    COLUMN: "Do associations follow a number from the world? (word embedding factual association test, WEFAT)",
}
ENCODERS, TEST, SETS = "encoders", "test", "sets"
ALL, OWN, FIRST = "all", "own", "WEAT1"
PICKER, BEGUN, BROKEN, REVEALED = "association_test", "association_begun", "association_broken", "association_revealed"
ENDS = ("against", "the published direction", "with")
EDITOR = WordSets("association", slots_of("WEAT"))


def association() -> None:
    """The view below the heading."""
    own, _ = chosen_collection()
    usual = PICTURES if drawn(own) else WORDS
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="one_row_association")
    with row:
        chosen = pick("Asked about", list(QUESTIONS), key=OVER, default=usual, hide_label=True)
    say_if_current_cannot(own)
    if chosen in (WORDS, SENTENCES):
        waiting = words_panel(own, row, in_sentences=chosen == SENTENCES)
    else:
        waiting = (pictures_panel if chosen == PICTURES else column_panel)(own, row)
    st.caption(QUESTIONS[chosen])
    link.show({TEST: FIRST, SETS: "", TESTED: ""})
    how("association")
    await_answer(waiting)


def words_panel(own: Collection, row: DeltaGenerator, *, in_sentences: bool = False) -> Waiting | None:
    """The test, its word sets beside its results, or all published tests at once; the choices stand in a row."""
    _begin()
    options, first = text_encoders(own)
    with row:
        with st.container(width=330):
            _test_picker()
        with st.popover("Settings", icon=":material/tune:", width="content"):
            encoders = encoder_picker(options, first, ENCODERS)
            form = wording() if in_sentences else None
            run = settings(own)
    if st.session_state.get(BROKEN):
        st.error(escape(str(st.session_state[BROKEN])))
    waiting = None
    if not encoders:
        st.info("Choose at least one encoder to ask.", icon=":material/info:")
    elif _chosen() == ALL:
        waiting = _all_tests(own, encoders, run, form)
    elif not _is_hidden():
        waiting = _one_test(own, encoders, run, form)
        offer_beside(options, encoders, ENCODERS)
        return waiting
    _provenance()
    how_to_read("SEAT" if in_sentences else "WEAT")
    return waiting


def _one_test(own: Collection, encoders: Sequence[str], run: Settings, form: Wording | None) -> Waiting | None:
    right, left = st.columns([0.7, 0.3], gap="medium")
    place = place_of(own, encoders[0], run.pool)
    with left:
        edited = EDITOR.draw(names_of(place, encoders[0]), own, ASSOCIATION)
        EDITOR.carry(SETS, () if _ready() is None or _is_edited() else EDITOR.sets())
        _provenance()
    with right:
        if edited.usable:
            return _answers(own, encoders, run, form, edited)
        _not_yet(edited)
        how_to_read()
    return None


def _answers(
    own: Collection, encoders: Sequence[str], run: Settings, form: Wording | None, edited: Edited
) -> Waiting | None:
    x, y, a, b = edited.names
    questions = [
        Question(_title(), place_of(own, each, run.pool), each, (x, y, a, b), form, run.match, run.seed)
        for each in encoders
    ]
    answers, waiting = ask_all([each.request for each in questions])
    test = _ready()
    show_test(
        Shown(
            questions,
            answers,
            edited.called,
            {"name of test": _title(), "collection": own.name, **stated(run, form)},
            published=test.published if test is not None and not _is_edited() and form is None else None,
            before=_before(questions),
            probe="WEAT" if form is None else "SEAT",
        )
    )
    return waiting


def _before(questions: Sequence[Question]) -> dict[str, float]:
    """The effect sizes with the published words, by encoder, where the reader changed them and they were measured."""
    test = _ready()
    if test is None or not _is_edited():
        return {}
    found = [(each.encoder, known(replace(each, sets=test.sets).request)) for each in questions]
    return {
        encoder_name(encoder): measured.test.effect_size
        for encoder, measured in found
        if measured is not None and measured.test is not None
    }


def _not_yet(edited: Edited) -> None:
    """What stands in place of the results while the sets cannot be used."""
    if EDITOR.is_empty():
        with st.container(border=True):
            st.markdown("**Four word sets: are X nearer to A, and Y to B, than the other way round?**")
            st.caption("Type or paste words beside this, at least two in each set, as many in X as in Y; or begin with")
            ready = named_sets(examples("association")["own"])
            st.button("an example: drinks and seasons", key="own_example", on_click=EDITOR.fill, args=(ready,))
        return
    st.info(escape(edited.problems[0]), icon=":material/edit:")
    _even_out(edited)


def _even_out(edited: Edited) -> None:
    """A button that leaves out the last words of the longer of X and Y, where that is all that is wrong."""
    if len(edited.problems) != 1 or edited.check is None or not edited.check.sets:
        return
    x, y = edited.names[:2]
    if len(x) == len(y) or min(len(x), len(y)) < ASSOCIATION.fewest:
        return
    longer, place = (x, 0) if len(x) > len(y) else (y, 1)
    last = [str(name) for name in longer[min(len(x), len(y)) :]]
    sets = list(edited.sets)
    sets[place] = sets[place]._replace(words=tuple(word for word in sets[place].words if word not in last))
    st.button(
        escape(f"Leave out {', '.join(last[:3])}{' …' if len(last) > 3 else ''} of {edited.called[place]}"),
        key="even_out",
        icon=":material/content_cut:",
        on_click=EDITOR.fill,
        args=(sets,),
    )


def _all_tests(own: Collection, encoders: Sequence[str], run: Settings, form: Wording | None) -> Waiting | None:
    """The ten published tests at once, p-values corrected: the more one looks, the more one finds by chance."""
    questions = [
        Question(name, place_of(own, encoder, run.pool), encoder, test.sets, form, run.match, run.seed)
        for name, test in ready_tests().items()
        for encoder in encoders
    ]
    answers = [each for question in questions if (each := known(question.request)) is not None]
    if len(answers) < len(questions):
        _, waiting = ask_all([associations_request(questions)], "Run all ten tests")
        st.caption(
            f"{len(questions)} tests: ten for each encoder. Some of the lists set groups of people beside words of "
            "praise, blame or illness; the words themselves are not shown here."
        )
        return waiting
    lines = [
        Line(
            _test_name(question.name),
            encoder_name(question.encoder),
            found,
            ready_tests()[question.name].published if form is None else None,
        )
        for question, found in zip(questions, answers, strict=True)
    ]
    for sentence in summary(lines):
        st.markdown(sentence)
    show_chart(
        forest_chart(lines, ENDS, colours=page_colours()),
        key="forest_of_all",
        alt="Effect sizes of the ten published tests by each encoder, over what random sets give",
    )
    show_table(results_shown(lines, stated(run, form), several=True))
    return None


def _test_picker() -> None:
    """The choice of a ready test, all of them, or one's own sets."""
    st.session_state.setdefault(PICKER, _chosen())
    st.selectbox(
        "Test",
        [*ready_tests(), ALL, OWN],
        format_func=_test_name,
        key=PICKER,
        persist_state="session",
        on_change=_take,
        label_visibility="collapsed",
    )


def _test_name(test: str) -> str:
    """A test as it is called in the list of choices."""
    if test in ready_tests():
        return f"{test} · {ready_tests()[test].title}"
    return "All ten published tests" if test == ALL else "Your own word sets"


def _provenance() -> None:
    """Where the words come from, and what the source found."""
    test = _ready()
    if test is None:
        own = "Word sets of your own; the link carries them."
        st.caption(escape(f"Word lists: {SOURCE}.") if _chosen() == ALL else own)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        changed = "Changed by you. " if _is_edited() else ""
        said = (
            f"{changed}Word lists: {test.source}. First used by: {test.origin}. Published with GloVe: "
            f"d = {number(test.published, '.2f')}."
        )
        st.caption(escape(said), width="content")
        if _is_edited():
            st.button(
                "Back to the published words",
                key="restore_words",
                icon=":material/undo:",
                type="tertiary",
                on_click=EDITOR.fill,
                args=(_published_sets(_chosen()),),
            )


def _is_hidden() -> bool:
    """Whether the lists are sensitive and nobody has asked to see them; the notice then stands in their place."""
    test = _ready()
    if test is None or not test.sensitive:
        return False
    if st.session_state.get(REVEALED):
        st.caption(f":material/info: {escape(test.notice)}")
        return False
    with st.container(border=True):
        st.markdown(f"**{escape(test.title)}**")
        st.text(NOTICE)
        st.button("Show the words", key="reveal_words", icon=":material/visibility:", on_click=_reveal)
    return True


def _begin() -> None:
    """Fill the editor once in a session with what the link names."""
    if st.session_state.get(BEGUN):
        return
    st.session_state[BEGUN] = True
    test, sets = link.read(TEST, FIRST), link.read(SETS)
    if test not in (*ready_tests(), ALL, OWN):
        st.session_state[BROKEN] = f"There is no test “{shorten(test, 40)}”, so {FIRST} stands here instead."
        test = FIRST
    try:
        EDITOR.fill(sets_from_text(sets) if sets else _published_sets(test))
    except EmbeddingError as error:
        st.session_state[BROKEN] = f"{error} {FIRST} stands here instead."
        test = FIRST
        EDITOR.fill(_published_sets(FIRST))
    _choose(test)


def _chosen() -> str:
    """The name of a ready test, "own" or "all"."""
    return link.read(TEST, FIRST)


def _ready() -> ReadyTest | None:
    """The ready test that the sets are, or were before they were changed."""
    return ready_tests().get(_chosen())


def _is_edited() -> bool:
    """Whether the sets are no longer those of the ready test."""
    test = _ready()
    return test is not None and [each.words for each in EDITOR.sets()] != list(test.sets)


def _title() -> str:
    """What the test is called."""
    test = _ready()
    if test is None:
        x, y, a, b = (each.name or slot.title for each, slot in zip(EDITOR.sets(), EDITOR.slots, strict=True))
        return f"{x} and {y}, {a} and {b}"
    return f"{_chosen()}: {test.title}" + (", changed by you" if _is_edited() else "")


def _take() -> None:
    """Take the test that was picked."""
    test = str(st.session_state[PICKER])
    st.session_state.pop(BROKEN, None)
    if test != ALL:
        EDITOR.fill(_published_sets(test))
    _choose(test)


def _choose(test: str) -> None:
    link.write(TEST, test)
    st.session_state[PICKER] = test


def _reveal() -> None:
    st.session_state[REVEALED] = True


def _published_sets(test: str) -> Sequence[NamedSet]:
    """The four sets of a ready test; none for any other name but "all", which leaves those of the first."""
    found = ready_tests().get(FIRST if test == ALL else test)
    return [NamedSet(*each) for each in (found.x, found.y, found.a, found.b)] if found else []
