"""The view “Test set”: its pure parts, then the page against the core called directly."""

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from driving import said, settle

from components import caching
from components.analogy_test.charts import MOST, accuracy_chart
from components.analogy_test.controls import EXAMPLE
from components.analogy_test.sentences import (
    coverage_sentence,
    gensim_sentence,
    guess_sentence,
    inputs_sentence,
    interval_sentence,
    nothing_sentence,
)
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
from components.text import table_csv
from embeddings.analogies.accuracy import BASELINES, RANDOM, analogy_accuracy
from embeddings.analogies.methods import METHODS
from embeddings.analogies.questions import MAX_QUESTIONS, Question, Questions, google_questions, read_questions
from embeddings.analogies.runs import run_all
from embeddings.analogies.vocabulary import Matching
from embeddings.collection import Collection
from embeddings.intervals import Interval, wilson
from embeddings.space import Space

TEST = {"view": "Test set"}


@pytest.fixture(scope="module")
def space():
    """Four pairs one direction apart, one pair that is not, a word where that one leads, and other words."""
    rng = np.random.default_rng(4)
    lows = np.eye(16)[:5] * 3
    highs = lows + 2 * np.eye(16)[10]
    highs[4] = lows[4] + 2 * np.eye(16)[11]
    others = np.vstack([lows[:1] + 2 * np.eye(16)[11], rng.normal(size=(29, 16))])
    words = [*(f"low{i}" for i in range(5)), *(f"high{i}" for i in range(5)), *(f"other{i}" for i in range(30))]
    return Space.from_vectors(words, np.vstack([lows, highs, others]), name="pairs")


def asked(category, i, j):
    return Question(category, f"low{i}", f"high{i}", f"low{j}", f"high{j}")


@pytest.fixture(scope="module")
def questions():
    good = [asked("good", i, j) for i in range(4) for j in range(4) if i != j]
    bad = [asked("bad", 4, j) for j in range(3)]
    return Questions("mine", (*good, *bad, Question("nowhere", "low0", "high0", "low1", "nothing")))


@pytest.fixture(scope="module")
def runs(space, questions):
    return run_all(space, questions)


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


@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_has_dots_with_intervals_for_methods_and_dots_alone_for_guesses(runs, dark):
    chart = accuracy_chart(runs, exclude_inputs=True, dark=dark)
    assert list(chart.layout.yaxis.ticktext) == ["all questions", "good", "bad"]
    traces = {trace.name: trace for trace in chart.data}
    assert set(traces) == {*METHODS, *GUESSES}
    mul = runs.report("3CosMul", exclude_inputs=True)
    shares = [mul.total.accuracy, *(tally.accuracy for tally in mul.categories[:2])]
    assert list(traces["3CosMul"].x) == pytest.approx([100 * each.share for each in shares])
    assert list(traces["3CosMul"].error_x.array) == pytest.approx([100 * (each.high - each.share) for each in shares])
    assert traces[RANDOM].error_x.array is None
    assert len({round(float(traces[name].y[0]), 2) for name in METHODS}) == 3
    inside = accuracy_chart(runs, exclude_inputs=False, dark=dark)
    assert list(inside.data[4].x) != list(chart.data[4].x)


def test_one_category_is_drawn_once_and_many_up_to_a_bound(space):
    one = run_all(space, Questions("one", (asked("only", 0, 1),)))
    assert list(accuracy_chart(one, exclude_inputs=True, dark=False).layout.yaxis.ticktext) == ["all questions"]
    many = run_all(space, Questions("many", tuple(asked(f"c{n} <b>", 0, 1) for n in range(MOST + 9))))
    names = accuracy_chart(many, exclude_inputs=True, dark=False).layout.yaxis.ticktext
    assert len(names) == MOST + 1
    assert names[1] == "c0 &lt;b&gt;"


def test_the_example_can_be_read():
    assert len(read_questions(EXAMPLE.encode(), name="example.csv")) == 5


@pytest.fixture(scope="session")
def google_space():
    """2,000 words, those of the Google set among them, whose vectors answer about half of it."""
    rng = np.random.default_rng(3)
    google = google_questions()
    words = {}
    for number, category in enumerate(google.categories):
        for question in (each for each in google.questions if each.category == category):
            for low, high in ((question.a, question.b), (question.c, question.expected)):
                words.setdefault(low, rng.normal(size=24))
                words.setdefault(high, words[low] + 2 * np.eye(24)[number] + 0.9 * rng.normal(size=24))
    for word in list(words)[::4]:
        del words[word]
    words |= {f"word{number}": rng.normal(size=24) for number in range(2_000 - len(words))}
    return Space.from_vectors(list(words), np.array(list(words.values())), name="google words")


@pytest.fixture(scope="session")
def google(cluster, google_space):
    """A link to them, as ready-made vectors."""
    return {"collection": caching.store().save(google_space).id, "encoder": ""}


def press(app, key):
    app.button(key=key).click()
    return settle(app.run())


def frame(app, *columns):
    return next(each.value for each in app.dataframe if list(each.value.columns) == list(columns))


def upload(app, name, data):
    app.file_uploader(key="test_file").set_value([(name, data, "text/csv")])
    return settle(app.run())


def test_the_google_set_is_asked_on_a_click_and_its_total_is_that_of_the_core(open_page, google, google_space):
    app = open_page("analogies.py", **TEST, **google)
    assert not app.exception
    expected = analogy_accuracy(google_space, google_questions())
    covered = f"{expected.total.covered:,} of 19,544 questions"
    assert covered in said(app)
    assert not app.metric
    app = press(app, "run_test")
    assert not app.exception
    assert 0.1 < expected.total.accuracy.share < 0.95
    assert app.metric[0].value == f"{100 * expected.total.accuracy.share:.1f} %"
    counted = f"{expected.total.correct:,} / {expected.total.covered:,} = {expected.total.accuracy.share:.6f}"
    assert f"gensim’s evaluate_word_analogies, question by question, on these vectors: {counted}" in said(app)
    table = frame(app, "answered by", "inputs left out", "inputs in")
    inside = analogy_accuracy(google_space, google_questions(), method="3CosMul", exclude_inputs=False)
    assert table["inputs in"][1] == percent(inside.total.accuracy)
    wrong = frame(app, "question", "expected", "answered", "category")
    assert len(wrong) == min(1_000, expected.total.covered - expected.total.correct)
    assert app.query_params["run"] == "1"


def test_a_second_visitor_gets_what_is_stored_at_once(open_page, google, google_space, monkeypatch):
    app = open_page("analogies.py", **TEST, **google, run="1")
    assert app.metric
    monkeypatch.setattr("embeddings.jobs.analogy_tests.submit_reporting", lambda *_, **__: pytest.fail("asked again"))
    caching.outcomes.cache_clear()
    app = open_page("analogies.py", **TEST, **google, category="male → female")
    assert not app.exception
    assert app.metric
    report = analogy_accuracy(google_space, google_questions())
    family = next(tally for tally in report.categories if tally.name == "family")
    wrong = frame(app, "question", "expected", "answered")
    assert len(wrong) == family.covered - family.correct
    assert f"{len(wrong)} of {family.covered} covered questions" in said(app)


def test_inputs_may_be_answers_and_other_settings_are_asked_anew(open_page, google, google_space):
    app = open_page("analogies.py", **TEST, **google, run="1", with_inputs="true", wrong_by="3CosAdd")
    inside = analogy_accuracy(google_space, google_questions(), exclude_inputs=False)
    assert f"{inside.total.covered - inside.total.correct:,} of" in said(app)
    app.toggle(key="fold").set_value(False)
    app = settle(app.run())
    assert not app.exception
    assert not app.metric
    assert "run" not in app.query_params
    app = press(app, "run_test")
    exact = analogy_accuracy(google_space, google_questions(), matching=Matching(fold_case=False))
    assert "with case_insensitive=False" in said(app)
    assert app.metric[0].value == f"{100 * exact.total.accuracy.share:.1f} %"


def test_a_file_of_ones_own_is_asked(open_page, google, google_space):
    app = open_page("analogies.py", **TEST, **google, set="Your own file")
    assert not app.exception
    assert "man is to woman as king is to" in said(app)
    held = google_space.collection.rows
    known = next(each[1:] for each in google_questions().questions if all(word in held for word in each[1:]))
    app = upload(app, "mine.csv", f"a,b,c,d\n{','.join(known)}\nAthens,Greece,nowhere,Iraq\n".encode())
    assert "Line 1 was taken for the names of the columns." in said(app)
    assert "1 of 2 questions (50 %)" in said(app)
    app = press(app, "run_test")
    assert not app.exception
    assert app.metric[0].value in ("0.0 %", "100.0 %")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"man,woman,king,queen\nman,woman,king\n", "Line 2 of “mine.csv” has 3 columns; a question has four"),
        (b"", "“mine.csv” is empty"),
        (b"\n\n", "holds no questions"),
        (b"man,woman,,queen\n", "Column 3 of line 1 of “mine.csv” is empty."),
        (b"a b c d\n" * 2 + b"k l m n\n" * (MAX_QUESTIONS + 1), "at most 200,000 can be read"),
        (b"xylo,phone,gramo,fon\n", "No question has all four of its words among the 2,000 candidates"),
    ],
)
def test_a_file_that_cannot_be_asked_is_answered_beside_it(open_page, google, data, message):
    app = upload(open_page("analogies.py", **TEST, **google, set="Your own file"), "mine.csv", data)
    assert not app.exception
    assert message in said(app)
    assert not any(button.key == "run_test" for button in app.button)
    assert app.file_uploader(key="test_file").value


def test_the_example_runs_on_one_click_with_an_encoder_that_reads_words(open_page):
    words = sorted({word for line in EXAMPLE.split() for word in line.split(",")})
    saved = caching.store().save(Collection.from_texts(words, name="example words"))
    app = open_page(
        "analogies.py", **TEST, collection=saved.id, encoder="One-hot", candidates="The collection", set="Your own file"
    )
    app = press(app, "use_example")
    assert f"All 5 questions have all four words among the {len(words)} candidates." in said(app)
    app = press(app, "run_test")
    assert not app.exception
    assert app.metric[0].value.endswith(" %")


def test_a_single_candidate_answers_nothing(open_page):
    one = caching.store().save(Space.from_vectors(["king"], [[1.0, 0.0]], name="one"))
    app = open_page("analogies.py", **TEST, collection=one.id, encoder="")
    assert "No question has all four of its words among the 1 candidate," in said(app)
    app = open_page("analogies.py", **TEST, collection=one.id, encoder="", set="Your own file")
    app = press(upload(app, "same.csv", b"king,king,king,king"), "run_test")
    assert not app.exception
    assert app.metric[0].value == "0.0 %"


def test_pictures_alone_are_answered_calmly(open_page):
    digits = caching.sample("digits")
    some = Collection("some digits", "image", digits.items[:20], digits.metadata.slice(0, 20))
    saved = caching.store().save(some)
    app = open_page("analogies.py", **TEST, collection=saved.id, encoder="Pixels")
    assert not app.exception
    assert not app.error
    assert "all candidates are pictures. Choose a collection of words" in said(app)
    app = open_page("analogies.py", **TEST, collection=saved.id, encoder="Scenes CLIP")
    assert "Let answers come from frequent words." in said(app)
