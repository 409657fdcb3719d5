"""The view “Test set” against the core called directly."""

import pytest
from driving import said, settle
from pair_questions import TEST, frame, press, upload

from components.analogy_test.tables import percent
from components.kit import caching
from embeddings.analogies.accuracy import analogy_accuracy
from embeddings.analogies.questions import google_questions
from embeddings.analogies.vocabulary import Matching
from embeddings.collection import Collection
from embeddings.space import Space


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
    assert not app.metric
    assert "run" not in app.query_params
    app = press(app, "run_test")
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
