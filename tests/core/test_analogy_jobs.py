"""Test sets in workers: the same answers as here, kept, with progress, and stopped when nobody waits."""

import os
import threading

import numpy as np
import pytest
from distributed import Event

from embeddings.analogies.accuracy import analogy_accuracy
from embeddings.analogies.questions import Question, Questions
from embeddings.analogies.runs import RUNS, run_all
from embeddings.analogies.vocabulary import Matching
from embeddings.computations import key_of
from embeddings.errors import Cancelled, ReadError
from embeddings.jobs import client, computing
from embeddings.jobs.cluster import LONG
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job, JobBoard
from embeddings.space import Space
from embeddings.store import Store

pytestmark = pytest.mark.usefixtures("cluster")


@pytest.fixture(scope="module")
def space():
    """Pairs low-i, high-i one direction apart, noisily, among other words."""
    rng = np.random.default_rng(5)
    lows = rng.normal(size=(12, 16))
    highs = lows + 2 * np.eye(16)[0] + 0.4 * rng.normal(size=(12, 16))
    words = [*(f"low{i}" for i in range(12)), *(f"high{i}" for i in range(12)), *(f"other{i}" for i in range(600))]
    return Space.from_vectors(words, np.vstack([lows, highs, rng.normal(size=(600, 16))]), name="pairs")


@pytest.fixture(scope="module")
def questions():
    asked = [
        Question("even" if i % 2 else "odd", f"low{i}", f"HIGH{i}", f"low{j}", f"high{j}")
        for i in range(12)
        for j in range(12)
        if i != j
    ]
    return Questions("pairs", (*asked, Question("missing", "low0", "high0", "low1", "nothing")))


def kept(store, space):
    return store.space(space.collection, store.keep_vectors(space))


def equal(one, two):
    assert (one.method, one.exclude_inputs, one.matching) == (two.method, two.exclude_inputs, two.matching)
    assert (one.total, one.categories) == (two.total, two.categories)
    for name in ("answers", "covered", "correct"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_every_way_is_what_analogy_accuracy_gives_and_progress_runs_over_all(space, questions):
    seen = []
    runs = run_all(space, questions, on_progress=lambda *part: seen.append(part))
    for (method, exclude), report in zip(RUNS, runs.reports, strict=True):
        equal(report, analogy_accuracy(space, questions, method=method, exclude_inputs=exclude))
        assert runs.report(method, exclude_inputs=exclude) is report
    total = seen[0][1]
    assert seen == [(done, total) for done in range(1, total + 1)]


def test_a_second_visitor_gets_it_from_the_store(store, space, questions, monkeypatch):
    space = kept(store, space)
    runs = compute(store, Job("a"), "analogies", space, questions, matching=Matching())
    monkeypatch.setattr(computing, "submit_reporting", lambda *_, **__: pytest.fail("a worker was asked"))
    again = compute(Store(store.home), Job("b"), "analogies", space, questions, matching=Matching())
    for one, two in zip(again.reports, runs.reports, strict=True):
        equal(one, two)
    assert again.reports[0].categories[-1].accuracy.share != again.reports[0].categories[-1].accuracy.share


def test_other_questions_or_matching_have_another_key_but_not_another_name(space, questions):
    fewer = Questions("pairs", questions.questions[1:])
    renamed = Questions("the same", questions.questions)
    keys = {
        key_of("analogies", space, each, matching=matching)
        for each in (questions, fewer, renamed)
        for matching in (Matching(), Matching(fold_case=False))
    }
    assert len(keys) == 4


def test_a_running_task_stops_when_its_result_is_given_up():
    begun, stopped = f"begun-{os.getpid()}", f"stopped-{os.getpid()}"

    def go_on_until_given_up(begun, stopped):
        import threading

        from distributed import Event

        from embeddings.errors import Cancelled
        from embeddings.jobs.running import stop_if_given_up

        Event(begun).set()
        try:
            while True:
                stop_if_given_up()
                threading.Event().wait(0.01)
        except Cancelled:
            Event(stopped).set()
            raise

    task = client.submit(go_on_until_given_up, begun, stopped, place=LONG)
    assert Event(begun, client=client.client()).wait(timeout=60)
    task.release()
    assert Event(stopped, client=client.client()).wait(timeout=60)
    assert client.submit(len, "the worker is free", place=LONG).result(timeout=60) == 18


def test_a_task_that_somebody_waits_for_goes_on():
    def check(times):
        from embeddings.jobs.running import stop_if_given_up

        for _ in range(times):
            stop_if_given_up()
        return "done"

    assert client.submit(check, 50, place=LONG).result(timeout=60) == "done"


def test_cancelling_a_test_set_frees_the_worker(store, space, questions):
    many = Questions("many", questions.questions * 1_000)
    space, board, moving = kept(store, space), JobBoard(), threading.Event()

    def work(job):
        measure = job.measure
        job.measure = lambda *part: (measure(*part), moving.set())
        return compute(store, job, "analogies", space, many, matching=Matching())

    job = board.start("test", work, visitor="a")
    assert moving.wait(60)
    assert 0 < job.done < job.total
    job.leave("a")
    with pytest.raises(Cancelled):
        job.future.result(timeout=60)
    assert client.submit(len, "free", place=LONG).result(timeout=60) == 4
    assert store.results.get(key_of("analogies", space, many, matching=Matching())) is None


def test_a_file_of_questions_is_read_by_a_worker(store):
    read = compute(store, Job("a"), "questions", b"king,man,queen,woman", name="mine.csv")
    assert read.questions == (Question("all questions", "king", "man", "queen", "woman"),)
    with pytest.raises(ReadError, match="has 3 columns"):
        compute(store, Job("b"), "questions", b"king,man,queen", name="mine.csv")
