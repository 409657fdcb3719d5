"""The view “Test set”: how many analogy questions are answered as expected, beside guesses without arithmetic."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components.kit import caching, link
from components.kit.ask import ask, ask_or_why_not, asking, asking_as, wanted
from components.kit.candidates import Candidates, candidate_controls
from components.kit.charts import show_chart, table_twin
from components.kit.colours import page_colours
from components.kit.evidence import Setting, download, settings_of, show_table
from components.kit.files import ChosenFile, chosen_file
from components.kit.texts import examples, how
from components.kit.widgets import pick, pick_from_list
from components.kit.words import escape
from components.views.analogy_accuracy import (
    BEST,
    MOST,
    accuracy_chart,
    categories,
    category_name,
    coverage_sentence,
    gensim_sentence,
    guess_sentence,
    inputs_named,
    inputs_sentence,
    interval_sentence,
    nothing_sentence,
    summary,
    wrong_answers,
)
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Questions, read_questions
from embeddings.analogies.runs import AnalogyRuns
from embeddings.analogies.vocabulary import Matching
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.space import Space

GOOGLE, OWN = "Google set", "Your own file"
EXAMPLE_ON = "test_example"
RUN, OPENED = "run", "test_opened"
ALL = "all categories"
SHORT_FILE = 20_000


def analogy_test() -> None:
    """The view below the heading."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="content"):
            name = pick(
                "Test set",
                [GOOGLE, OWN],
                key="set",
                help="The Google set holds 19,544 questions in 14 categories (Mikolov et al. 2013). A file of your own "
                "stays in this session: a link does not carry it.",
                hide_label=True,
            )
        with st.popover("Settings", icon=":material/tune:", width="content"):
            candidates = candidate_controls()
            fold_case = st.toggle(
                "Fold case",
                value=True,
                key="fold",
                bind="query-params",
                persist_state="session",
                help="Takes Paris and paris as the same word, as gensim does unless told otherwise.",
            )
    st.caption("How many questions “a is to b as c is to …?” are answered as expected, and how many by mere guesses?")
    questions = _own_questions() if name == OWN else _google_questions()
    if questions is not None:
        _test(candidates, questions, Matching(fold_case=fold_case), begun=name == GOOGLE)
    how("analogy_test")


def _google_questions() -> Questions | None:
    """The Google set; None, with the reason in its place, where it is not on this machine."""
    try:
        return caching.google_set()
    except EmbeddingError as error:
        st.warning(escape(str(error)), icon=":material/cloud_off:")
        return None


def _own_questions() -> Questions | None:
    """Those of a file; None, with the reason beside it, while there are none."""
    example = examples("analogy_questions")
    left, right = st.columns([0.55, 0.45], gap="medium")
    with left:
        file = chosen_file("Four columns: a, b, c and the answer", ["csv", "tsv", "txt"], key="test_file")
    with right:
        st.caption(
            "One question a line: man, woman, king, queen asks “man is to woman as king is to …?”. Columns are divided "
            "by tabs, semicolons, commas or spaces; a line such as “: family” begins a category."
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Try the example", key="use_example", icon=":material/play_arrow:", on_click=_use_example)
            download("The example (CSV)", example["lines"].encode, "analogies.csv")
    if file is not None:
        st.session_state[EXAMPLE_ON] = False
    elif st.session_state.get(EXAMPLE_ON):
        file = ChosenFile("example", example["name"], example["lines"].encode())
    else:
        return None
    try:
        questions = _read(file)
    except EmbeddingError as error:
        st.error(escape(str(error)))
        return None
    for note in questions.notes:
        st.caption(escape(note))
    return questions


def _use_example() -> None:
    st.session_state[EXAMPLE_ON] = True


def _read(file: ChosenFile) -> Questions:
    """The questions of an upload; a long one is read by a worker.

    Raises:
        EmbeddingError: it cannot be read.
    """
    if len(file.data) <= SHORT_FILE:
        return read_questions(file.data, name=file.name)
    found: Questions | EmbeddingError = ask_or_why_not(asking_as(file.id, "questions", file.data, name=file.name))
    if isinstance(found, EmbeddingError):
        raise found
    return found


def _test(candidates: Candidates, questions: Questions, matching: Matching, *, begun: bool) -> None:
    if not any(isinstance(item, str) for item in candidates.collection.items):
        remedy = (
            "Let answers come from frequent words."
            if candidates.reads
            else "Choose a collection of words, or an encoder that reads texts too, such as Scenes CLIP."
        )
        st.info(f"The questions ask for words, and all candidates are pictures. {remedy}", icon=":material/image:")
        return
    space = candidates.space()
    covered = caching.covered_questions(space, questions, matching)
    if not covered:
        st.info(escape(nothing_sentence(questions, len(space))), icon=":material/info:")
        return
    st.caption(coverage_sentence(covered, len(questions), len(space)))
    runs = _runs(space, questions, matching, begun=begun)
    if runs is not None:
        settings = settings_of(space, test_set=questions.name, fold_case=matching.fold_case)
        _results(runs, questions, space.collection, settings)


def _runs(space: Space, questions: Questions, matching: Matching, *, begun: bool) -> AnalogyRuns | None:
    """The answers; of a file of one's own None, with the button that asks for them, while nobody has asked.

    The link then says whether they are there, so that whoever opens it elsewhere gets them too.
    """
    request = asking("analogies", space, questions, matching=matching)
    if link.read(RUN) == "1":
        st.session_state.setdefault(OPENED, request.key)
    # What a link asks for is meant for its own settings; others are asked for anew.
    asked = begun or st.session_state.get(OPENED) == request.key
    asked = asked or wanted(request, "Run the test", key="run_test", primary=True)
    link.write(RUN, "1" if asked else "")
    link.show({RUN: ""})
    return ask(request) if asked else None


def _results(runs: AnalogyRuns, questions: Questions, collection: Collection, settings: Mapping[str, Setting]) -> None:
    """The headline and what it is worth, every category, and the wrong answers."""
    left, right = st.columns([0.44, 0.56], gap="large")
    with left:
        _headline(runs, questions, collection)
    with right:
        st.markdown("**All covered questions**")
        show_table(summary(runs))
    exclude = not st.toggle(
        "Let inputs be answers in the chart and the list below",
        key="with_inputs",
        bind="query-params",
        help="Off, as in all published numbers: a, b and c may not be answers.",
    )
    left, right = st.columns([0.58, 0.42], gap="large")
    with left:
        st.markdown("**Which relations does it answer?**")
        show_chart(
            accuracy_chart(runs, exclude_inputs=exclude, colours=page_colours()),
            key="accuracy_chart",
            alt="Accuracy by category: methods with 95 % intervals, guesses in grey",
        )
        covered = sum(tally.covered > 0 for tally in runs.reports[0].categories)
        if covered > MOST:
            st.caption(f"The first {MOST} of {covered} covered categories are drawn; the table below holds all.")
    with right:
        _wrong(runs, questions, collection, {**settings, "inputs may be answers": not exclude})
    twin = table_twin("Every category as a table", key="category_twin")
    if twin.open:
        with twin:
            show_table(categories(runs, settings))


def _headline(runs: AnalogyRuns, questions: Questions, collection: Collection) -> None:
    report = runs.report(BEST, exclude_inputs=True)
    st.metric(
        f"{BEST}, inputs left out",
        f"{100 * report.total.accuracy.share:.1f} %",
        help="Share of the covered questions whose best answer is the expected one.",
    )
    st.caption(interval_sentence(report.total))
    st.markdown(guess_sentence(report.total))
    named = inputs_named(runs.report(BEST, exclude_inputs=False), questions, collection)
    st.markdown(inputs_sentence(runs, named))
    st.caption(gensim_sentence(report))


def _wrong(runs: AnalogyRuns, questions: Questions, collection: Collection, settings: Mapping[str, Setting]) -> None:
    """Wrong answers of a category by a method."""
    st.markdown("**What it gets wrong**")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        named: dict[str, str | None] = {ALL: None} | {category_name(each): each for each in questions.categories}
        category = named[pick_from_list("Category", list(named), key="category", width=240, kept=False)]
        method = str(st.selectbox("Answered by", list(METHODS), key="wrong_by", width=150) or BEST)
    report = runs.report(method, exclude_inputs=not settings["inputs may be answers"])
    covered = sum(each.covered for each in report.categories if category in (None, each.name))
    table = wrong_answers(report, questions, collection, category, {**settings, "answered by": method})
    if not covered:
        st.caption("No question of this category has all four words among the candidates.")
    elif not table.lines.num_rows:
        st.caption(f"Nothing: all {covered:,} covered questions are answered as expected.")
    else:
        show_table(table)
