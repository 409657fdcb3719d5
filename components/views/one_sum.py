"""The view “One sum”: typed, answered by every method, compared with what its parts find, and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import streamlit as st

from components.kit import link
from components.kit.ask import Pending
from components.kit.candidates import DEFAULT_SIZE, KEY, OWN, WORDS, Candidates, candidate_controls, ways_of
from components.kit.choice import chosen_collection
from components.kit.evidence import Setting, csv_button, settings_of, show_table
from components.kit.kinds import drawn
from components.kit.pictures import gallery, picture_count
from components.kit.texts import examples, how
from components.kit.words import escape, shorten
from components.views.parallelogram import sum_picture
from components.views.sum_evidence import (
    answers,
    answers_alone,
    answers_by_encoder,
    everything,
    expected_ranks,
    ingredients,
    verdict,
)
from components.views.sums import encoders_for, expected_row, other_request, understand
from embeddings.analogies.methods import EPSILON, METHODS
from embeddings.analogies.parsing import parse
from embeddings.analogies.sums import ADD, Answered, Best, Understood, answer_sum, pointed, replaced
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError, ExpressionError, UnknownItem
from embeddings.space import Space

SUM, EXPECTED, INPUTS = "sum", "expected", "inputs"
MOST_ANSWERS, USUAL_ANSWERS = 50, 10
FIRST_SUM = "king - man + woman"
BY_NUMBER = "#2 - #1 + #3"
SHOWN_PICTURES = 12
MOST_ENCODED = 6


class Asked(NamedTuple):
    """A question.

    Attributes:
        text: the sum as typed.
        expected: the expected answer as typed; empty for none.
        candidates: what answers come from.
        inputs_in: whether inputs may be answers.
        k: how many answers are listed.
    """

    text: str
    expected: str
    candidates: Candidates
    inputs_in: bool
    k: int


def one_sum() -> None:
    """The view below the heading."""
    asked = _controls()
    answered = None
    if asked.text:
        answered = _answer(asked)
    else:
        _invitation(asked.candidates)
    methods = "\n".join(f"- **{name}** ({each.reference}): {each.summary}" for name, each in METHODS.items())
    how("one_sum", methods=methods, epsilon=f"{EPSILON:g}")
    if answered is not None:
        _other_encoders(asked, answered)


def _controls() -> Asked:
    words = not drawn(chosen_collection()[0])
    left, right = st.columns([0.72, 0.28], vertical_alignment="bottom")
    text = left.text_input(
        "A sum of words, phrases in quotes, or items such as #12",
        key=SUM,
        bind="query-params",
        persist_state="session",
        placeholder=FIRST_SUM if words else "#4 - arrow + heart",
        icon=":material/calculate:",
    )
    expected = right.text_input(
        "Expected answer, if you have one",
        key=EXPECTED,
        bind="query-params",
        persist_state="session",
        placeholder="queen" if words else "#12",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
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
        ready = examples_for(candidates) if text else None
        if ready is not None:
            with st.popover("Examples", icon=":material/lightbulb:", key="sum_examples", width="content"):
                _groups(candidates, ready, 2, "again")
    return Asked((text or "").strip(), (expected or "").strip(), candidates, inputs_in, int(k or USUAL_ANSWERS))


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
        st.button("Let inputs be answers", key="let_inputs", on_click=_write, args=(INPUTS, True))
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
                st.button(label, key=f"expect_{each}", on_click=_write, args=(EXPECTED, each))
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


class Example(NamedTuple):
    """A sum that runs on one click.

    Attributes:
        sum: the expression.
        expected: the answer that a reader would give.
        first: what comes first by 3CosAdd, inputs left out, with the encoder and the candidates of its set.
        notice: one line on what to notice.
    """

    sum: str
    expected: str
    first: str
    notice: str


class ExampleSet(NamedTuple):
    """Examples in groups, and what their lines were checked with."""

    encoder: str
    checked_with: str
    groups: dict[str, list[Example]]


@cache
def example_set(name: str) -> ExampleSet:
    """Those of a file of `texts/examples`."""
    read = examples(name)
    groups = {group: [Example(**each) for each in lines] for group, lines in read["groups"].items()}
    return ExampleSet(read["encoder"], read["checked_with"], groups)


def examples_for(candidates: Candidates) -> ExampleSet | None:
    """The examples that can run on what the visitor looks at."""
    own = candidates.own
    if link.read("collection") == "scenes":
        scenes = example_set("sums_of_scenes")
        return scenes if candidates.encoder == scenes.encoder else None
    if drawn(own):
        return None
    words = example_set("sums_of_words")
    if candidates.reads:
        return words
    held = {
        name: [each for each in group if all(term.name in own.rows for term in parse(each.sum).terms)]
        for name, group in words.groups.items()
    }
    held = {name: group for name, group in held.items() if group}
    return words._replace(groups=held) if held else None


def find_example(ready: ExampleSet, text: str) -> Example | None:
    """The example that a sum is, if it is one."""
    return next((each for group in ready.groups.values() for each in group if each.sum == text.strip()), None)


def _invitation(candidates: Candidates) -> None:
    """What the page shows before anything is typed."""
    ready = examples_for(candidates)
    if ready is None:
        _invite_by_number(candidates)
        return
    first = next(iter(ready.groups.values()))[0]
    pictured = drawn(candidates.own)
    with st.container(border=True):
        things = "Pictures and words" if pictured else "Words"
        st.markdown(f"**{things} are vectors here, so they can be added and subtracted.**")
        st.caption(
            "Take king, subtract man, add woman: which word is nearest to where you land? One click answers it, with "
            "the rank of the answer, what the words find alone, and the picture of the sum."
            if first.sum == FIRST_SUM
            else "Take one, subtract something, add something: what is nearest to where you land?"
        )
        _example_button(candidates, first, "first")
    _groups(candidates, ready, 4, "start")
    if pictured:
        terms = [term for group in ready.groups.values() for each in group for term in parse(each.sum).terms]
        _pictures_to_add(candidates.own, [term.row for term in terms if term.row is not None])


def _invite_by_number(candidates: Candidates) -> None:
    """No ready example fits: name items by their number."""
    own = candidates.own
    pictures = picture_count(own)
    with st.container(border=True):
        st.markdown(f"**Any {'pictures' if pictures == len(own) else 'items'} can be added and subtracted.**")
        reads = " Typed words can be mixed in." if candidates.reads else ""
        st.caption(f"Name them by their number, #1 to #{len(own):,}.{reads}")
        if len(own) > 2:
            _example_button(candidates, Example(BY_NUMBER, "", "", ""), "first")
    _pictures_to_add(own, range(min(SHOWN_PICTURES, pictures)))


def _groups(candidates: Candidates, ready: ExampleSet, across: int, key: str) -> None:
    """The groups in reading order, row by row."""
    groups = list(ready.groups.items())
    for start in range(0, len(groups), across):
        columns = st.columns(across, gap="medium")
        for place, (name, group) in enumerate(groups[start : start + across]):
            with columns[place].container(gap="xxsmall"):
                st.markdown(f"**{name}**")
                for number, example in enumerate(group):
                    _example_button(candidates, example, f"{key}_{start + place}_{number}")


def _example_button(candidates: Candidates, example: Example, key: str) -> None:
    first = key == "first"
    st.button(
        escape(example.sum.replace(" - ", " − ")),
        key=f"example_{key}",
        type="primary" if first else "tertiary",
        icon=":material/play_arrow:",
        help=None if first else escape(example.notice),
        on_click=_run,
        args=(candidates, example),
    )


def _run(candidates: Candidates, example: Example) -> None:
    """Run an example over the candidates that its line speaks of, where they can be chosen."""
    _write(SUM, example.sum)
    _write(EXPECTED, example.expected)
    usual = OWN if drawn(candidates.own) else WORDS
    if example.sum == BY_NUMBER or usual not in ways_of(candidates.own, candidates.encoder):
        return
    for key, value in ((KEY, usual), ("words", DEFAULT_SIZE)):
        if st.session_state.get(key, value) != value:
            _write(key, value)


def _pictures_to_add(collection: Collection, rows: Iterable[int]) -> None:
    """Pictures with their numbers, by which a sum names them; a click puts one into the sum in the field."""
    shown = [row for row in dict.fromkeys(rows) if row < picture_count(collection)]
    if shown:
        st.caption("A picture is named by its number; a click puts it into the sum.")
        gallery(collection, shown, key="sum_pictures", captions=[f"#{row + 1}" for row in shown], on_pick=_put_in)


def _put_in(row: int) -> None:
    before = str(st.session_state.get(SUM) or "").strip()
    _write(SUM, f"{before} + #{row + 1}" if before else f"#{row + 1}")


def _write(key: str, value: object) -> None:
    """Fill in a field, as a button's callback."""
    st.session_state[key] = value


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
    are, one = ("are no candidates", "them") if len(names) > 1 else ("is no candidate", "it")
    encoder = escape(asked.candidates.encoder)
    st.caption(f"{', '.join(names[:MOST_ENCODED])}{more} {are}; {encoder} encoded {one} just now.")
    for each in [each for each in encoded if each.near][:MOST_ENCODED]:
        _offer(asked.text, each.term.start, each.term.end, each.near)


def _offer(text: str, start: int, end: int, names: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Did you mean", width="content")
        for name in names:
            label, key = escape(shorten(name, 40)), f"instead_{start}_{name}"
            st.button(label, key=key, on_click=_write, args=(SUM, replaced(text, start, end, name)))
