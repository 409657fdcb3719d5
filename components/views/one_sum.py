"""The view “One sum”: typed, answered by every method, compared with what its parts find, and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from components.kit.ask import Pending
from components.kit.caching import remembered
from components.kit.candidates import Candidates, candidate_controls
from components.kit.evidence import Setting, csv_button, settings_of, show_table
from components.kit.kinds import drawn
from components.kit.pictures import gallery, picture_count
from components.kit.texts import how
from components.kit.words import escape, shorten
from components.views.analogy_charts import sum_picture
from components.views.sum_evidence import (
    answers,
    answers_alone,
    answers_by_encoder,
    everything,
    expected_ranks,
    ingredients,
    verdict,
)
from components.views.sum_examples import (
    BY_NUMBER,
    EXPECTED,
    INPUTS,
    SUM,
    example_groups,
    examples_for,
    fill_in,
    find_example,
    first_example,
    pictures_of_examples,
)
from components.views.typed_sum import encoders_for, expected_row, other_request, understand
from embeddings.analogies.solving import solve
from embeddings.analogies.sums import ADD, Answered, Best, Understood, answer_sum, pointed, replaced
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError, ExpressionError, UnknownItem
from embeddings.space import Space

MOST_ANSWERS, USUAL_ANSWERS = 50, 10
MOST_ENCODED = 6


class Asked(NamedTuple):
    """A question.

    Attributes:
        text: the sum as typed.
        expected: the expected answer as typed; empty for none.
        candidates: what answers come from.
        inputs_in: whether inputs may be answers.
        k: how many answers are listed.
        typed: whether the reader asked for it; the first sum of a page is an example.
    """

    text: str
    expected: str
    candidates: Candidates
    inputs_in: bool
    k: int
    typed: bool = True


def one_sum() -> None:
    """The view below the heading."""
    asked = _controls()
    answered = _answer(asked) if asked.text else None
    pictures_of_examples(asked.candidates)
    how("one_sum")
    if answered is not None:
        _other_encoders(asked, answered)


def _controls() -> Asked:
    left, right, more = st.columns([0.46, 0.2, 0.34], vertical_alignment="center", gap="small")
    buttons = more.container(horizontal=True, gap="small")
    with (
        buttons,
        st.popover("Settings", icon=":material/tune:", key="sum_settings", width="content"),
    ):
        candidates = candidate_controls()
        k = st.number_input(
            "Answers listed", 1, MOST_ANSWERS, USUAL_ANSWERS, key="answers", bind="query-params", width=130
        )
        inputs_in = st.toggle(
            "Inputs may be answers",
            key=INPUTS,
            bind="query-params",
            persist_state="session",
            help="Off, as is usual, every item that stands in the sum is left out, in any case of its letters. "
            "On, one sees how often an input itself is nearest to the sum.",
        )
    ready, first = examples_for(candidates), first_example(candidates)
    text = left.text_input(
        "A sum of words, phrases in quotes, or items such as #12",
        key=SUM,
        bind="query-params",
        persist_state="session",
        placeholder="a sum of words, phrases in quotes, or items such as #12" if first is None else first.sum,
        icon=":material/calculate:",
        label_visibility="collapsed",
    )
    expected = right.text_input(
        "Expected answer, if you have one",
        key=EXPECTED,
        bind="query-params",
        persist_state="session",
        placeholder=(first and first.expected) or "expected answer",
        label_visibility="collapsed",
    )
    if ready is not None:
        with buttons.popover("Examples", icon=":material/lightbulb:", key="sum_examples", width="content"):
            example_groups(candidates, ready, 2, "again")
    text, expected = (text or "").strip(), (expected or "").strip()
    asked = Asked(text, expected, candidates, inputs_in, int(k or USUAL_ANSWERS))
    if text or first is None:
        return asked
    example = asked._replace(text=first.sum, expected=expected or first.expected, typed=False)
    able = remembered(f"example|{candidates.space().fingerprint}|{first.sum}", lambda: _can_be_asked(example))
    return example if able else asked._replace(text=BY_NUMBER, typed=False)


def _can_be_asked(asked: Asked) -> bool:
    """Whether the encoder gives the words of an example a direction."""
    space = asked.candidates.space()
    try:
        solve(space, understand(asked.candidates, space, asked.text).inputs, k=1)
    except EmbeddingError:
        return False
    return True


def _answer(asked: Asked) -> Answered | None:
    """The answers, drawn; None, with the reason in their place, where there are none."""
    space = asked.candidates.space()
    try:
        understood = understand(asked.candidates, space, asked.text)
    except EmbeddingError as error:
        _show_mistake(asked.text, error)
        return None
    _show_encoded(asked, understood)
    expected = _expected(asked, space)
    try:
        answered = answer_sum(space, understood.inputs, k=asked.k, inputs_in=asked.inputs_in, expected=expected)
    except EmbeddingError as error:
        _show_mistake(asked.text, error)
        st.button("Let inputs be answers", key="let_inputs", on_click=fill_in, args=(INPUTS, True))
        return None
    _show(asked, understood, answered)
    return answered


def _expected(asked: Asked, space: Space) -> int | None:
    """The row of the expected answer; one that is no candidate is said to be none."""
    if not asked.expected:
        return None
    try:
        return expected_row(asked.candidates, space, asked.expected)
    except UnknownItem as error:
        name = escape(shorten(asked.expected, 60))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"The expected answer “{name}” is not among the candidates, so it has no rank.", width="content")
            for each in error.suggestions:
                label = escape(shorten(each, 40))
                st.button(label, key=f"expect_{each}", on_click=fill_in, args=(EXPECTED, each))
        return None


def _show(asked: Asked, understood: Understood, answered: Answered) -> None:
    settings = settings_of(answered.space, sum=asked.text, inputs_may_be_answers=asked.inputs_in)
    pictured = drawn(answered.space.collection)
    st.markdown(verdict(answered))
    _notice(asked)
    left, right = st.columns([0.6, 0.4], gap="large")
    with left:
        if pictured:
            _galleries(answered, asked.candidates.own)
        else:
            _lists(answered, settings)
    with right:
        sum_picture(answered, settings)
        if answered.expected is not None:
            show_table(expected_ranks(answered, answered.expected))
    if pictured:
        _lists(answered, settings)
    with st.expander("What went into it", icon=":material/list:"):
        st.caption("The sum as it was read")
        st.code(str(understood.expression), language=None, wrap_lines=True)
        show_table(ingredients(understood, settings))


def _notice(asked: Asked) -> None:
    """What to notice in an example, with the encoder for which it was written."""
    ready = examples_for(asked.candidates)
    example = None if ready is None else find_example(ready, asked.text)
    if ready is not None and example is not None:
        other = "" if asked.candidates.encoder == ready.encoder else "; another encoder may answer otherwise"
        st.info(f"{escape(example.notice)} :small[({escape(ready.checked_with)}{other}.)]", icon=":material/lightbulb:")


def _galleries(answered: Answered, own: Collection) -> None:
    """The pictures in the sum, and the best answers as pictures."""
    count = picture_count(own)
    terms = [(term, term.row) for term in answered.inputs.terms if term.row is not None and term.row < count]
    if terms:
        st.markdown("**In the sum**")
        captions = [f"{term.weight:+g} × {term.name}" for term, _ in terms]
        gallery(own, [row for _, row in terms], key="sum_inputs", captions=captions)
    st.markdown(f"**{'Least like it' if answered.only_takes_away else 'Nearest to it'}, by {ADD}**")
    found = answered.lists[ADD]
    scores = zip(found.rows.tolist(), found.scores, strict=True)
    captions = [f"#{row + 1} · {score:.2f}" if row < count else f"{score:.2f}" for row, score in scores]
    gallery(answered.space.collection, found.rows.tolist(), key="sum_answers", captions=captions)


def _lists(answered: Answered, settings: Mapping[str, Setting]) -> None:
    show_table(answers(answered))
    if answered.alone:
        st.markdown("**What the inputs find alone**")
        show_table(answers_alone(answered))
    csv_button("All lists (CSV)", lambda: everything(answered), "sum.csv", settings)


def _other_encoders(asked: Asked, answered: Answered) -> None:
    """The same sum by other encoders; each is asked only while this is open, one after another."""
    panel = st.expander(
        "The same sum by other encoders", icon=":material/compare_arrows:", on_change="rerun", key="sum_others"
    )
    if not panel.open:
        return
    candidates, row = asked.candidates, answered.drawn
    with panel:
        encoders = encoders_for(candidates)
        if not candidates.reads and len(encoders) == 1:
            st.caption("These vectors came ready-made, so no other encoder has seen the same candidates with them.")
            return
        wanted = "" if row is None else answered.short(row)
        pending, found, waiting = Pending(), list[Best](), False
        for encoder in encoders:
            request = other_request(candidates._replace(encoder=encoder), asked.text, wanted)
            answer = None if waiting else pending.ask(request)
            waiting = answer is None
            found.append(answer or Best(encoder, problem="waiting …"))
        settings = settings_of(answered.space, sum=asked.text)
        show_table(answers_by_encoder(found, wanted or "the answer", settings))
        pending.show()


def _show_mistake(text: str, error: EmbeddingError) -> None:
    """Say what is wrong, point at it, and offer what was probably meant; the field keeps what was typed."""
    if not isinstance(error, ExpressionError):
        st.error(escape(str(error)))
        return
    st.error(escape(error.reason))
    if text:
        st.code(pointed(text, error.start, error.end), language=None)
    if error.suggestions:
        _offer(text, error.start, error.end, error.suggestions)


def _show_encoded(asked: Asked, understood: Understood) -> None:
    """Say which names are no candidates, and offer candidates of nearly the same spelling."""
    encoded = understood.encoded
    names = [f"“{escape(shorten(each.term.name, 40))}”" for each in encoded]
    if not names:
        return
    more = f" and {len(names) - MOST_ENCODED} more" if len(names) > MOST_ENCODED else ""
    are, them = ("are", "them") if len(names) > 1 else ("is", "it")
    encoder, held = escape(asked.candidates.encoder), listing_of(asked.candidates)
    st.warning(
        f"{', '.join(names[:MOST_ENCODED])}{more} {are} not in {held}, so {encoder} encoded {them} as typed. Check the "
        "spelling.",
        icon=":material/spellcheck:",
    )
    for each in [each for each in encoded if each.near][:MOST_ENCODED]:
        _offer(asked.text, each.term.start, each.term.end, each.near)


def listing_of(candidates: Candidates) -> str:
    """What the names of a sum are looked for in, within a sentence."""
    return "the collection" if candidates.collection is candidates.own else "the word list"


def _offer(text: str, start: int, end: int, names: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Did you mean", width="content")
        for name in names:
            label, key = escape(shorten(name, 40)), f"instead_{start}_{name}"
            st.button(label, key=key, on_click=fill_in, args=(SUM, replaced(text, start, end, name)))
