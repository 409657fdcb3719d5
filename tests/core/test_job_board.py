"""Jobs without workers: who waits for them, and when they stop."""

import threading

import pytest

from embeddings.errors import Cancelled, EmbeddingError, WorkersLost
from embeddings.jobs.job import IN_ADVANCE, SERVER, Job, JobBoard, Part


def finished(board, key, work, visitor="v"):
    return board.start(key, work, visitor=visitor).future.result(timeout=120)


def test_equal_requests_are_one_job():
    board, gate, runs = JobBoard(), threading.Event(), []

    def work(job):
        runs.append(job)
        gate.wait(20)
        return "done"

    one, two = board.start("k", work, visitor="a"), board.start("k", work, visitor="b")
    gate.set()
    assert one is two
    assert one.future.result(timeout=20) == "done"
    assert len(runs) == 1


def test_a_job_stops_only_when_nobody_waits_any_more():
    board, gate = JobBoard(), threading.Event()
    job = board.start("k", lambda job: gate.wait(20), visitor="a")
    board.start("k", lambda job: None, visitor="b")
    job.leave("a")
    job.check()
    job.leave("b")
    with pytest.raises(Cancelled):
        job.check()
    gate.set()


def test_what_only_the_server_prepares_gives_way_until_a_visitor_asks():
    board, gate = JobBoard(), threading.Event()
    job = board.start("k", lambda job: gate.wait(20), visitor=SERVER)
    assert job.urgency == IN_ADVANCE
    board.start("k", lambda job: None, visitor="a visitor")
    assert job.urgency == 0
    gate.set()


def test_a_failure_reaches_whoever_waits():
    def work(job):
        raise EmbeddingError("no items")

    with pytest.raises(EmbeddingError, match="no items"):
        finished(JobBoard(), "k", work)


def test_many_jobs_that_wait_do_not_keep_a_quick_one_waiting():
    board, gate = JobBoard(), threading.Event()
    waiting = [board.start(f"slow|{i}", lambda job: gate.wait(60), visitor=f"v{i}") for i in range(60)]
    try:
        assert finished(board, "typed|a", lambda job: "answered") == "answered"
    finally:
        gate.set()
    assert all(job.future.result(timeout=60) for job in waiting)


def test_a_visitor_has_only_so_many_jobs_at_once(monkeypatch):
    monkeypatch.setattr("embeddings.jobs.job.PER_VISITOR", 2)
    board, gate = JobBoard(), threading.Event()
    for i in range(2):
        board.start(f"slow|{i}", lambda job: gate.wait(60), visitor="one")
    with pytest.raises(EmbeddingError, match="2 computations under way"):
        board.start("slow|3", lambda job: None, visitor="one")
    assert finished(board, "slow|3", lambda job: "done", visitor="another") == "done"
    gate.set()


def waits_at(gate):
    def work(job):
        while not gate.wait(0.01):
            job.check()
        return "done"

    return work


def test_a_moved_slider_stops_what_it_passed_and_keeps_what_another_waits_for():
    board, gate = JobBoard(), threading.Event()
    passed, shared = (board.start(f"layout|{i}", waits_at(gate), visitor="a") for i in (1, 2))
    board.start("layout|2", waits_at(gate), visitor="b")
    now = board.start("layout|3", waits_at(gate), visitor="a")
    board.looks_at("a", {"layout|3"})
    with pytest.raises(Cancelled):
        passed.future.result(timeout=20)
    gate.set()
    assert shared.future.result(timeout=20) == now.future.result(timeout=20) == "done"


def test_what_nobody_looks_at_for_a_while_stops_and_what_is_looked_at_again_goes_on(monkeypatch):
    monkeypatch.setattr("embeddings.jobs.job.SILENCE", 0.0)
    board, gate, here = JobBoard(lambda visitor: visitor in here), threading.Event(), {"a", "b"}
    elsewhere = board.start("layout|1", waits_at(gate), visitor="a")
    board.looks_at("a", set())
    with pytest.raises(Cancelled):
        elsewhere.future.result(timeout=20)
    closed = board.start("layout|2", waits_at(gate), visitor="b")
    here.remove("b")
    with pytest.raises(Cancelled):
        closed.future.result(timeout=20)
    monkeypatch.setattr("embeddings.jobs.job.SILENCE", 60.0)
    back = board.start("layout|3", waits_at(gate), visitor="a")
    board.looks_at("a", set())
    board.looks_at("a", {"layout|3"})
    gate.set()
    assert back.future.result(timeout=20) == "done"


def test_who_joins_in_the_moment_that_another_leaves_is_never_cancelled():
    job = Job("k")
    job.join("a")
    job.leave("a")
    assert not job.join("b")
    board = JobBoard()
    for _ in range(200):
        gate = threading.Event()
        first = board.start("k", waits_at(gate), visitor="a")
        leaver = threading.Thread(target=first.leave, args=("a",))
        leaver.start()
        second = board.start("k", waits_at(gate), visitor="b")
        leaver.join()
        gate.set()
        assert second.future.result(timeout=20) == "done"


def test_work_that_ends_the_workers_each_time_says_so():
    def work(job):
        raise WorkersLost("gone")

    with pytest.raises(WorkersLost, match="broken off twice"):
        finished(JobBoard(), "k", work)


def test_a_part_tells_its_stage_counts_the_parts_and_stops_with_the_whole():
    whole = Job("key")
    whole.join("reader")
    part = Part(whole, 2, 5)
    part.enter("Drawing", total=600)
    assert (whole.stage, whole.done, whole.total) == ("Drawing", 2, 5)
    whole.leave("reader")
    with pytest.raises(Cancelled):
        part.enter("Drawing")
