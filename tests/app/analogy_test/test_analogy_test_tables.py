"""The tables of a test set: the summary, the categories and the wrong answers."""

import csv
import io

import pyarrow as pa

from components.analogy_test.tables import (
    GUESSES,
    NOTHING,
    category_name,
    category_numbers,
    category_table,
    inputs_named,
    percent,
    summary,
    wrong_answers,
)
from components.kit.words import table_csv
from embeddings.analogies.accuracy import BASELINES, RANDOM, analogy_accuracy
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Question, Questions
from embeddings.intervals import Interval, wilson
from embeddings.space import Space


def test_shares_are_written_with_their_intervals():
    assert percent(Interval(0.412, 0.38, 0.444)) == "41.2 % [38.0, 44.4]"
    assert percent(wilson(0, 0)) == NOTHING
    assert category_name("capital-world") == "capital → country (world)"
    assert category_name("mine") == "mine"


def test_the_summary_holds_every_method_and_guess_both_ways(runs):
    table = summary(runs).to_pydict()
    assert table["answered by"] == [*METHODS, *GUESSES]
    assert set(GUESSES) == {*BASELINES, RANDOM}
    total = runs.report("3CosAdd", exclude_inputs=True).total
    assert table["inputs left out"][0] == percent(total.accuracy)
    assert table["inputs left out"][3] == percent(total.baseline(GUESSES[0]))
    assert table["inputs in"][1] == percent(runs.report("3CosMul", exclude_inputs=False).total.accuracy)
    assert table["inputs in"][6] == percent(runs.report("3CosAdd", exclude_inputs=False).total.baseline(RANDOM))


def test_every_category_has_its_row_and_a_dash_where_nothing_is_covered(runs):
    table = category_table(runs).to_pydict()
    assert table["category"] == ["good", "bad", "nowhere", "all questions"]
    assert table["questions"] == [12, 3, 1, 16]
    assert table["covered"] == [12, 3, 0, 15]
    shares = [name for name in table if name not in ("category", "questions", "covered")]
    assert shares == [*METHODS, *(f"{name}, inputs in" for name in METHODS), *GUESSES]
    assert {table[name][2] for name in shares} == {NOTHING}
    report = runs.report("PairDirection", exclude_inputs=True)
    assert table["PairDirection"][:2] == [percent(tally.accuracy) for tally in report.categories[:2]]


def test_the_file_of_categories_holds_numbers_with_their_ends(runs):
    table = category_numbers(runs)
    best = runs.report("3CosAdd", exclude_inputs=True).categories[0].accuracy
    row = table.slice(0, 1).to_pylist()[0]
    assert (row["3CosAdd"], row["3CosAdd low"], row["3CosAdd high"]) == tuple(best)
    assert table["3CosMul, inputs in"].to_pylist()[2] is None
    lines = list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"))))
    assert len(lines) == 5
    assert len(lines[0]) == 3 + 3 * 10


def test_wrong_answers_are_named_with_what_was_expected(space, questions, runs):
    report = runs.report("3CosAdd", exclude_inputs=True)
    every = wrong_answers(report, questions, space.collection)
    bad = wrong_answers(report, questions, space.collection, "bad")
    assert every.num_rows == report.total.covered - report.total.correct
    assert bad.num_rows == 3 - report.categories[1].correct
    assert bad.num_rows > 0
    for row in bad.to_pylist():
        assert row["question"].startswith("low4 : high4 :: low")
        assert row["answered"] != row["expected"]
    nothing = wrong_answers(report, questions, space.collection, "nowhere")
    assert nothing.num_rows == 0
    assert nothing.schema.field("answered").type == pa.string()


def test_where_nothing_may_be_answered_there_is_a_dash():
    one = Space.from_vectors(["king"], [[1.0, 0.0]], name="one")
    same = Questions("same", (Question("all", "king", "king", "king", "king"),))
    table = wrong_answers(analogy_accuracy(one, same), same, one.collection).to_pydict()
    assert table["answered"] == [NOTHING]


def test_answers_that_are_inputs_are_counted(space, questions, runs):
    inside = runs.report("3CosAdd", exclude_inputs=False)
    words = [
        (space.collection.items[row], question)
        for row, question, covered in zip(inside.answers, questions.questions, inside.covered, strict=True)
        if covered
    ]
    expected = sum(word in (question.a, question.b, question.c) for word, question in words)
    assert inputs_named(inside, questions, space.collection) == expected
    assert inputs_named(runs.report("3CosAdd", exclude_inputs=True), questions, space.collection) == 0
