"""The view “Test set” against the core called directly, and a test set from a file of one’s own."""

import pytest
from driving import said, settle
from pair_questions import TEST, frame, press, upload

from components.kit import caching
from components.kit.texts import examples
from components.views.analogy_accuracy import percent
from embeddings.analogies.accuracy import analogy_accuracy
from embeddings.analogies.questions import MAX_QUESTIONS, google_questions
from embeddings.analogies.vocabulary import Matching
from embeddings.collection import Collection
from embeddings.space import Space


def test_the_google_set_is_asked_at_once_and_its_total_is_that_of_the_core(open_page, google, google_space):
    app = open_page("analogies.py", **TEST, **google)
    assert not app.exception
    expected = analogy_accuracy(google_space, google_questions())
    covered = f"{expected.total.covered:,} of 19,544 questions"
    assert covered in said(app)
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
    monkeypatch.setattr("embeddings.jobs.computing.submit_reporting", lambda *_, **__: pytest.fail("asked again"))
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
    exact = analogy_accuracy(google_space, google_questions(), matching=Matching(fold_case=False))
    assert "with case_insensitive=False" in said(app)
    assert app.metric[0].value == f"{100 * exact.total.accuracy.share:.1f} %"


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
    some = Collection("some digits", digits.items[:20], digits.metadata.slice(0, 20))
    saved = caching.store().save(some)
    app = open_page("analogies.py", **TEST, collection=saved.id, encoder="Pixels")
    assert not app.exception
    assert not app.error
    assert "all candidates are pictures. Choose a collection of words" in said(app)
    app = open_page("analogies.py", **TEST, collection=saved.id, encoder="Scenes CLIP")
    assert "Let answers come from frequent words." in said(app)


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
    words = sorted({word for line in examples("analogy_questions")["lines"].split() for word in line.split(",")})
    saved = caching.store().save(Collection.from_texts(words, name="example words"))
    app = open_page(
        "analogies.py", **TEST, collection=saved.id, encoder="One-hot", candidates="The collection", set="Your own file"
    )
    app = press(app, "use_example")
    assert f"All 5 questions have all four words among the {len(words)} candidates." in said(app)
    app = press(app, "run_test")
    assert not app.exception
    assert app.metric[0].value.endswith(" %")
