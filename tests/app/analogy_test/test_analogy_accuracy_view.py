"""What is said, drawn and tabulated of the results of a test set."""

import pyarrow as pa
import pytest
from pair_questions import asked

from components.kit.colours import DARK, LIGHT
from components.views.analogy_accuracy import (
    GUESSES,
    MOST,
    NOTHING,
    accuracy_chart,
    categories,
    category_name,
    category_numbers,
    coverage_sentence,
    gensim_sentence,
    guess_sentence,
    inputs_named,
    inputs_sentence,
    interval_sentence,
    nothing_sentence,
    percent,
    summary,
    wrong_answers,
)
from embeddings.analogies.accuracy import BASELINES, RANDOM, analogy_accuracy
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import Question, Questions
from embeddings.analogies.runs import run_all
from embeddings.intervals import Interval, wilson
from embeddings.space import Space


def test_shares_are_written_with_their_intervals():
    assert percent(Interval(0.412, 0.38, 0.444)) == "41.2 % [38.0, 44.4]"
    assert percent(wilson(0, 0)) == NOTHING
    assert category_name("capital-world") == "capital → country (world)"
    assert category_name("mine") == "mine"


def test_sentences_hold_the_numbers(runs, questions):
    report = runs.report("3CosAdd", exclude_inputs=True)
    total = report.total
    assert coverage_sentence(7390, 19544, 12000).startswith("7,390 of 19,544 questions (38 %) have all four words")
    assert coverage_sentence(5, 5, 9) == "All 5 questions have all four words among the 9 candidates."
    assert f"{total.correct} of 15 covered questions" in interval_sentence(total)
    best = max(total.baseline(name).share for name in BASELINES)
    assert f"reaches {100 * best:.1f} %" in guess_sentence(total)
    inside = runs.report("3CosAdd", exclude_inputs=False).total
    worth = 100 * (total.accuracy.share - inside.accuracy.share)
    assert f"is worth {worth:.1f} points" in inputs_sentence(runs, 3)
    assert "answers 20 % of the questions" in inputs_sentence(runs, 3)
    assert f"{total.correct} / 15 = {total.correct / 15:.6f}" in gensim_sentence(report)
    assert "low0, high0, low1 and high1" in nothing_sentence(questions, 3)


def test_a_guess_that_does_better_is_said_to(runs):
    total = runs.report("3CosAdd", exclude_inputs=True).total
    baselines = tuple((name, total.covered) for name, _ in total.baselines)
    assert "adds nothing to it" in guess_sentence(total._replace(baselines=baselines, correct=1))


def test_the_summary_holds_every_method_and_guess_both_ways(runs):
    table = summary(runs).lines.to_pydict()
    assert table["answered by"] == [*METHODS, *GUESSES]
    assert set(GUESSES) == {*BASELINES, RANDOM}
    total = runs.report("3CosAdd", exclude_inputs=True).total
    assert table["inputs left out"][0] == percent(total.accuracy)
    assert table["inputs left out"][3] == percent(total.baseline(GUESSES[0]))
    assert table["inputs in"][1] == percent(runs.report("3CosMul", exclude_inputs=False).total.accuracy)
    assert table["inputs in"][6] == percent(runs.report("3CosAdd", exclude_inputs=False).total.baseline(RANDOM))


def test_every_category_has_its_row_and_a_dash_where_nothing_is_covered(runs):
    table = categories(runs, {}).lines.to_pydict()
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
    assert (table.num_rows, table.num_columns) == (4, 3 + 3 * 10)


def test_wrong_answers_are_named_with_what_was_expected(space, questions, runs):
    report = runs.report("3CosAdd", exclude_inputs=True)
    every = wrong_answers(report, questions, space.collection)
    bad = wrong_answers(report, questions, space.collection, "bad")
    missed = report.total.covered - report.total.correct
    assert every.whole().num_rows == every.lines.num_rows == missed
    assert every.caption == f"{missed} of 15 covered questions."
    assert bad.lines.column_names == ["question", "expected", "answered"]
    assert bad.lines.num_rows == 3 - report.categories[1].correct > 0
    for row in bad.whole().to_pylist():
        assert row["question"].startswith("low4 : high4 :: low")
        assert row["answered"] != row["expected"]
        assert row["category"] == "bad"
    nothing = wrong_answers(report, questions, space.collection, "nowhere").lines
    assert nothing.num_rows == 0
    assert nothing.schema.field("answered").type == pa.string()


def test_where_nothing_may_be_answered_there_is_a_dash():
    one = Space.from_vectors(["king"], [[1.0, 0.0]], name="one")
    same = Questions("same", (Question("all", "king", "king", "king", "king"),))
    table = wrong_answers(analogy_accuracy(one, same), same, one.collection).lines.to_pydict()
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


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_chart_has_dots_with_intervals_for_methods_and_dots_alone_for_guesses(runs, theme):
    chart = accuracy_chart(runs, exclude_inputs=True, colours=theme)
    assert list(chart.layout.yaxis.ticktext) == ["all questions", "good", "bad"]
    traces = {trace.name: trace for trace in chart.data}
    assert set(traces) == {*METHODS, *GUESSES}
    mul = runs.report("3CosMul", exclude_inputs=True)
    shares = [mul.total.accuracy, *(tally.accuracy for tally in mul.categories[:2])]
    assert list(traces["3CosMul"].x) == pytest.approx([100 * each.share for each in shares])
    assert list(traces["3CosMul"].error_x.array) == pytest.approx([100 * (each.high - each.share) for each in shares])
    assert traces[RANDOM].error_x.array is None
    assert len({round(float(traces[name].y[0]), 2) for name in METHODS}) == 3
    inside = accuracy_chart(runs, exclude_inputs=False, colours=theme)
    assert list(inside.data[4].x) != list(chart.data[4].x)


def test_one_category_is_drawn_once_and_many_up_to_a_bound(space):
    one = run_all(space, Questions("one", (asked("only", 0, 1),)))
    assert list(accuracy_chart(one, exclude_inputs=True, colours=LIGHT).layout.yaxis.ticktext) == ["all questions"]
    many = run_all(space, Questions("many", tuple(asked(f"c{n} <b>", 0, 1) for n in range(MOST + 9))))
    names = accuracy_chart(many, exclude_inputs=True, colours=LIGHT).layout.yaxis.ticktext
    assert len(names) == MOST + 1
    assert names[1] == "c0 &lt;b&gt;"
