"""How many analogy questions a space answers, beside guesses: as sentences, a chart, and tables with their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components.kit.charts import figure, named_rows, whiskers
from components.kit.colours import Colours
from components.kit.evidence import Setting, Table
from components.kit.words import chart_text
from embeddings.analogies.accuracy import BASELINES, RANDOM, AnalogyReport, Tally
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Questions
from embeddings.analogies.relations import NAMES
from embeddings.analogies.runs import AnalogyRuns
from embeddings.collection import Collection
from embeddings.intervals import Interval
from embeddings.reading.wording import several

BEST = "3CosAdd"
GUESSES = (*reversed(BASELINES), RANDOM)
NOTHING = "—"
INPUTS_IN = ", inputs in"
MOST = 40
SHOWN = 1_000
APART = 0.24
SHAPES = ("circle", "diamond", "square")
FAINT = ("triangle-right", "triangle-left", "x-thin", "line-ns")


def percent(interval: Interval) -> str:
    """A share with its interval: “41.2 % [38.0, 44.4]”; a dash where nothing was tried."""
    if isnan(interval.share):
        return NOTHING
    share, low, high = (100 * part for part in interval)
    return f"{share:.1f} % [{low:.1f}, {high:.1f}]"


def category_name(category: str) -> str:
    """A category in plain words."""
    return NAMES.get(category, category)


def coverage_sentence(covered: int, questions: int, candidates: int) -> str:
    """How many questions can be asked at all."""
    if covered == questions:
        return f"All {questions:,} questions have all four words among the {several(candidates, 'candidate')}."
    return (
        f"{covered:,} of {questions:,} questions ({100 * covered / questions:.0f} %) have all four words among the "
        f"{several(candidates, 'candidate')}; the others are left out of every share."
    )


def nothing_sentence(questions: Questions, candidates: int) -> str:
    """Why a test cannot be run."""
    first = questions.questions[0]
    return (
        f"No question has all four of its words among the {several(candidates, 'candidate')}, so there is nothing to "
        f"answer. The first asks for {first.a}, {first.b}, {first.c} and {first.expected}."
    )


def interval_sentence(total: Tally) -> str:
    """How sure the headline is."""
    low, high = 100 * total.accuracy.low, 100 * total.accuracy.high
    return (
        f"95 % interval {low:.1f} to {high:.1f} % (Wilson): {total.correct:,} of {total.covered:,} covered questions."
    )


def guess_sentence(total: Tally) -> str:
    """What the arithmetic adds to the best guess without it."""
    share, name = max(((total.baseline(guess).share, guess) for guess in BASELINES), key=lambda found: found[0])
    gain = 100 * (total.accuracy.share - share)
    worth = f"the arithmetic adds {gain:.1f} points" if gain > 0 else "the arithmetic adds nothing to it"
    return f"The best guess without arithmetic, {name}, reaches {100 * share:.1f} %: {worth}."


def inputs_sentence(runs: AnalogyRuns, named: int) -> str:
    """What it is worth that inputs may not be answers; `named` counts answers that are inputs, where they may be."""
    out, inside = (runs.report(BEST, exclude_inputs=exclude).total for exclude in (True, False))
    worth = 100 * (out.accuracy.share - inside.accuracy.share)
    return (
        f"Leaving the inputs out is worth {worth:.1f} points: with them in, {BEST} reaches "
        f"{100 * inside.accuracy.share:.1f} % and answers {100 * named / inside.covered:.0f} % of the questions with "
        "one of their own three words."
    )


def inputs_named(report: AnalogyReport, questions: Questions, collection: Collection) -> int:
    """How many covered questions were answered by one of their own three words."""
    named = 0
    for place in np.flatnonzero(report.covered).tolist():
        answer = collection.items[int(report.answers[place])]
        question = questions.questions[place]
        named += str(answer).upper() in {question.a.upper(), question.b.upper(), question.c.upper()}
    return named


def gensim_sentence(report: AnalogyReport) -> str:
    """The same total as the library that most published numbers come from."""
    total = report.total
    folded = "" if report.matching.fold_case else " with case_insensitive=False"
    return (
        f"The same as gensim’s evaluate_word_analogies{folded}, question by question, on these vectors: "
        f"{total.correct:,} / {total.covered:,} = {total.accuracy.share:.6f}."
    )


def summary(runs: AnalogyRuns) -> Table:
    """All questions together: each method and each guess, with the inputs left out and with them in."""
    lines: dict[str, list[str]] = {"answered by": [*METHODS, *GUESSES]}
    for exclude, name in ((True, "inputs left out"), (False, "inputs in")):
        totals = {method: runs.report(method, exclude_inputs=exclude).total for method in METHODS}
        shares = [total.accuracy for total in totals.values()] + [totals[BEST].baseline(guess) for guess in GUESSES]
        lines[name] = [percent(share) for share in shares]
    return Table(
        pa.table(lines),
        "Accuracy of every method and guess over all covered questions",
        caption="Below the methods the guesses, among the same candidates: three without arithmetic, and 3CosAdd with "
        "other words of the category in place of a, b and c (random triples). In brackets 95 % intervals.",
    )


def categories(runs: AnalogyRuns, settings: Mapping[str, Setting]) -> Table:
    """Each category, and all of them, with coverage and every share as a text; as numbers in the file."""
    names = [category_name(tally.name) for tally in _tallies(runs)]
    shares = {name: [percent(each) for each in column] for name, column in _shares(runs).items()}
    return Table(
        pa.table({"category": names, **_counts(runs), **shares}),
        "Coverage and accuracy of every category by every method and guess",
        {"category": st.column_config.TextColumn("category", pinned=True)},
        height=600,
        caption="“—”: no question of the category has all four words among the candidates.",
        label="Every category (CSV)",
        file="analogy_accuracy.csv",
        whole=lambda: category_numbers(runs),
        settings=settings,
    )


def category_numbers(runs: AnalogyRuns) -> pa.Table:
    """The same as numbers between 0 and 1, with the ends of the intervals; empty where nothing is covered."""
    columns: dict[str, object] = {"category": [tally.name for tally in _tallies(runs)], **_counts(runs)}
    for name, shares in _shares(runs).items():
        for part, end in enumerate(("", " low", " high")):
            values = [None if isnan(each.share) else each[part] for each in shares]
            columns[f"{name}{end}"] = pa.array(values, pa.float64())
    return pa.table(columns)


def _tallies(runs: AnalogyRuns) -> tuple[Tally, ...]:
    report = runs.reports[0]
    return (*report.categories, report.total._replace(name="all questions"))


def _counts(runs: AnalogyRuns) -> dict[str, list[int]]:
    tallies = _tallies(runs)
    return {"questions": [each.questions for each in tallies], "covered": [each.covered for each in tallies]}


def _shares(runs: AnalogyRuns) -> dict[str, list[Interval]]:
    """The shares of every category and of all: methods, methods with inputs in, guesses."""
    columns: dict[str, list[Interval]] = {}
    for exclude, ending in ((True, ""), (False, INPUTS_IN)):
        for method in METHODS:
            report = runs.report(method, exclude_inputs=exclude)
            columns[method + ending] = [tally.accuracy for tally in (*report.categories, report.total)]
    best = runs.report(BEST, exclude_inputs=True)
    for guess in GUESSES:
        columns[guess] = [tally.baseline(guess) for tally in (*best.categories, best.total)]
    return columns


def wrong_answers(
    report: AnalogyReport,
    questions: Questions,
    collection: Collection,
    category: str | None = None,
    settings: Mapping[str, Setting] | None = None,
) -> Table:
    """The covered questions that were not answered as expected, of one category or of all."""
    wrong = np.flatnonzero(report.covered & ~report.correct).tolist()
    places = [place for place in wrong if category in (None, questions.questions[place].category)]
    asked = [questions.questions[place] for place in places]
    # Where every candidate is an input, nothing may be answered.
    answered = [collection.text(row) if row >= 0 else NOTHING for row in report.answers[places].tolist()]
    columns = {
        "question": [f"{each.a} : {each.b} :: {each.c} : ?" for each in asked],
        "expected": [each.expected for each in asked],
        "answered": answered,
        "category": [category_name(each.category) for each in asked],
    }
    whole = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    covered = sum(each.covered for each in report.categories if category in (None, each.name))
    shown = whole.slice(0, SHOWN)
    part = f"; the first {SHOWN:,} are shown, the file holds all" if whole.num_rows > SHOWN else ""
    return Table(
        shown if category is None else shown.drop_columns(["category"]),
        "Questions answered otherwise than expected",
        {"question": 205, "expected": 80, "answered": 80},
        height=560,
        caption=f"{whole.num_rows:,} of {covered:,} covered questions{part}.",
        label="These answers (CSV)",
        file="wrong_answers.csv",
        whole=lambda: whole,
        settings=settings or {},
    )


def accuracy_chart(runs: AnalogyRuns, *, exclude_inputs: bool, colours: Colours) -> go.Figure:
    """All questions on top, then each category that is covered, at most 40: methods with intervals, guesses faint."""
    report = runs.report(BEST, exclude_inputs=exclude_inputs)
    covered = [place for place, tally in enumerate(report.categories) if tally.covered]
    shown = covered[:MOST] if len(report.categories) > 1 else []
    rows = [report.total, *(report.categories[place] for place in shown)]
    names = ["all questions", *(category_name(tally.name) for tally in rows[1:])]
    traces = [
        _guess(guess, [tally.baseline(guess) for tally in rows], names, colours.other, FAINT[number])
        for number, guess in enumerate(GUESSES)
    ]
    for number, method in enumerate(METHODS):
        own = runs.report(method, exclude_inputs=exclude_inputs)
        shares = [tally.accuracy for tally in (own.total, *(own.categories[place] for place in shown))]
        traces.append(_method(method, shares, names, colours.categorical[number], number))
    drawn = figure(
        *traces,
        height=120 + 38 * len(names),
        x={"title": "% answered as expected", "rangemode": "tozero"},
        y=named_rows(names, length=34),
    )
    if shown:
        drawn.add_hline(y=0.5, line={"color": colours.other, "width": 1, "dash": "dot"})
    return drawn


def _method(name: str, shares: Sequence[Interval], rows: Sequence[str], colour: str, number: int) -> go.Scatter:
    values, low, high = 100 * np.array(shares).T
    return go.Scatter(
        x=values,
        y=np.arange(len(rows)) + (number - 1) * APART,
        mode="markers",
        marker={"color": colour, "size": 9, "symbol": SHAPES[number]},
        error_x=whiskers(values, low, high, colour, thickness=1.5, width=0),
        customdata=list(zip(rows, low.tolist(), high.tolist(), strict=True)),
        hovertemplate="%{customdata[0]}: %{x:.1f} % [%{customdata[1]:.1f}, %{customdata[2]:.1f}]"
        f"<extra>{name}</extra>",
        name=name,
        legendrank=number,
    )


def _guess(name: str, shares: Sequence[Interval], rows: Sequence[str], colour: str, symbol: str) -> go.Scatter:
    return go.Scatter(
        x=[100 * each.share for each in shares],
        y=np.arange(len(rows)),
        mode="markers",
        marker={"color": colour, "size": 8, "symbol": symbol, "opacity": 0.7, "line": {"width": 1.5, "color": colour}},
        customdata=[chart_text(row, 34) for row in rows],
        hovertemplate="%{customdata}: %{x:.1f} %<extra>" + name + "</extra>",
        name=name,
    )
