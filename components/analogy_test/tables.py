"""A test set's results as tables: the whole, every category, and the wrong answers."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import numpy as np
import pyarrow as pa

from embeddings.analogies.accuracy import BASELINES, RANDOM, AnalogyReport, Tally
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Question, Questions
from embeddings.analogies.relations import NAMES
from embeddings.analogies.runs import AnalogyRuns
from embeddings.collection import Collection
from embeddings.intervals import Interval

BEST = "3CosAdd"
GUESSES = (*reversed(BASELINES), RANDOM)
NOTHING = "—"
INPUTS_IN = ", inputs in"


def percent(interval: Interval) -> str:
    """A share with its interval: “41.2 % [38.0, 44.4]”; a dash where nothing was tried."""
    if isnan(interval.share):
        return NOTHING
    share, low, high = (100 * part for part in interval)
    return f"{share:.1f} % [{low:.1f}, {high:.1f}]"


def category_name(category: str) -> str:
    """A category in plain words."""
    return NAMES.get(category, category)


def summary(runs: AnalogyRuns) -> pa.Table:
    """All questions together: each method and each guess, with the inputs left out and with them in."""
    rows = [(method, method, "") for method in METHODS] + [(guess, BEST, guess) for guess in GUESSES]
    totals = {
        exclude: {method: runs.report(method, exclude_inputs=exclude).total for method in METHODS}
        for exclude in (True, False)
    }
    return pa.table(
        {
            "answered by": [name for name, _, _ in rows],
            "inputs left out": [percent(_of(totals[True][method], guess)) for _, method, guess in rows],
            "inputs in": [percent(_of(totals[False][method], guess)) for _, method, guess in rows],
        }
    )


def category_table(runs: AnalogyRuns) -> pa.Table:
    """Each category, and all of them, with coverage and every share as a text."""
    shares = _columns(runs)
    tallies = _tallies(runs)
    return pa.table(
        {
            "category": [category_name(tally.name) for tally in tallies],
            "questions": [tally.questions for tally in tallies],
            "covered": [tally.covered for tally in tallies],
            **{name: [percent(each) for each in column] for name, column in shares.items()},
        }
    )


def category_numbers(runs: AnalogyRuns) -> pa.Table:
    """The same as numbers between 0 and 1, with the ends of the intervals; empty where nothing is covered."""
    tallies = _tallies(runs)
    columns: dict[str, object] = {
        "category": [tally.name for tally in tallies],
        "questions": [tally.questions for tally in tallies],
        "covered": [tally.covered for tally in tallies],
    }
    for name, shares in _columns(runs).items():
        for part, end in enumerate(("", " low", " high")):
            values = [None if isnan(each.share) else each[part] for each in shares]
            columns[f"{name}{end}"] = pa.array(values, pa.float64())
    return pa.table(columns)


def wrong_answers(
    report: AnalogyReport, questions: Questions, collection: Collection, category: str | None = None
) -> pa.Table:
    """The covered questions that were not answered as expected, of one category or of all."""
    places = wrong_places(report, questions, category)
    asked = [questions.questions[place] for place in places]
    return pa.table(
        {
            "question": pa.array([in_words(question) for question in asked], pa.string()),
            "expected": pa.array([question.expected for question in asked], pa.string()),
            "answered": pa.array(_answers(report, places, collection), pa.string()),
            "category": pa.array([category_name(question.category) for question in asked], pa.string()),
        }
    )


def wrong_places(report: AnalogyReport, questions: Questions, category: str | None = None) -> list[int]:
    """Places of these questions."""
    places = np.flatnonzero(report.covered & ~report.correct).tolist()
    return [place for place in places if category in (None, questions.questions[place].category)]


def in_words(question: Question) -> str:
    """A question as it is written: “man : woman :: king : ?”."""
    return f"{question.a} : {question.b} :: {question.c} : ?"


def inputs_named(report: AnalogyReport, questions: Questions, collection: Collection) -> int:
    """How many covered questions were answered by one of their own three words."""
    named = 0
    for place in np.flatnonzero(report.covered).tolist():
        answer = collection.items[int(report.answers[place])]
        question = questions.questions[place]
        named += str(answer).upper() in {question.a.upper(), question.b.upper(), question.c.upper()}
    return named


def _answers(report: AnalogyReport, places: Sequence[int], collection: Collection) -> list[str]:
    """What was answered; a dash where nothing may be."""
    rows = report.answers[places].tolist()
    return [collection.text(row) if row >= 0 else NOTHING for row in rows]


def _tallies(runs: AnalogyRuns) -> tuple[Tally, ...]:
    report = runs.reports[0]
    return (*report.categories, report.total._replace(name="all questions"))


def _columns(runs: AnalogyRuns) -> dict[str, list[Interval]]:
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


def _of(tally: Tally, guess: str) -> Interval:
    return tally.baseline(guess) if guess else tally.accuracy
