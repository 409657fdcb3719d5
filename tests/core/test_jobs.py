import os
import signal
import threading

import numpy as np
import pytest
from distributed import Event

from embeddings.collection import Collection
from embeddings.computations import EncoderOf, what_answers_depend_on
from embeddings.embedding import embed
from embeddings.encoders.progress import report, reporting_to
from embeddings.errors import Cancelled, EmbeddingError, WorkersLost
from embeddings.jobs import client, encoding
from embeddings.jobs.cluster import LONG, QUICK
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job, JobBoard
from embeddings.jobs.running import reporter
from embeddings.store import Store, space_fingerprint

ENCODER = "TF-IDF"
SLOW = "MiniLM"


pytestmark = pytest.mark.usefixtures("cluster")


def texts(n, word="item"):
    return Collection.from_texts([f"{word} number {i} of the list {i % 7}" for i in range(n)], name="texts")


def finished(board, key, work, visitor="v"):
    return board.start(key, work, visitor=visitor).future.result(timeout=120)


def test_embedding_through_workers_equals_embedding_here(store):
    collection = texts(300)
    space = encoding.embed(store, collection, ENCODER, Job("k"))
    here = embed(collection, ENCODER)
    np.testing.assert_allclose(space.vectors, here.vectors, atol=1e-6)
    assert dict(space.params) == dict(here.params)


def test_vectors_are_computed_once_for_equal_items_whatever_the_collection(store):
    first = encoding.embed(store, texts(200), SLOW, Job("a"))
    job = Job("b")
    second = encoding.embed(store, texts(260), SLOW, job)
    assert job.total == job.done == 60
    np.testing.assert_array_equal(first.vectors, second.vectors[:200])


def test_a_second_opening_asks_no_worker(store, monkeypatch):
    collection = texts(50)
    encoding.embed(store, collection, ENCODER, Job("a"))
    monkeypatch.setattr(encoding, "submit", lambda *_, **__: pytest.fail("a worker was asked"))
    again = encoding.embed(Store(store.home), collection, ENCODER, Job("b"))
    assert len(again) == 50


def test_a_stopped_run_goes_on_where_it_was(store, monkeypatch):
    collection = texts(600)
    job = Job("a")
    monkeypatch.setattr(encoding, "BATCH", 1)
    original = Job.advance

    def stop_halfway(self, by):
        original(self, by)
        if self is job and self.done >= 256:
            job.leave("everybody")

    monkeypatch.setattr(Job, "advance", stop_halfway)
    with pytest.raises(Cancelled):
        encoding.embed(store, collection, SLOW, job)
    left = len(store.missing(collection, SLOW))
    assert 0 < left <= 600 - 256
    second = Job("b")
    encoding.embed(Store(store.home), collection, SLOW, second)
    assert second.total == left


def test_a_worker_killed_while_encoding_does_not_end_the_job(store):
    collection = texts(900, "killed")
    pids = client.client().run(os.getpid)
    job = Job("a")
    killed = threading.Event()
    original = job.advance

    def kill_one(by):
        original(by)
        if not killed.is_set():
            killed.set()
            os.kill(next(iter(pids.values())), signal.SIGKILL)

    job.advance = kill_one
    space = encoding.embed(store, collection, SLOW, job)
    assert killed.is_set()
    assert len(space) == 900


def test_typed_text_is_encoded_as_the_collection_was(store):
    collection = texts(60)
    space = encoding.embed(store, collection, ENCODER, Job("a"))
    typed = compute(store, Job("b"), "look-up", EncoderOf(collection, ENCODER), [collection.items[5], "unheard"])
    np.testing.assert_allclose(typed[0], space.vectors[5], atol=1e-6)
    assert not typed[1].any()


def test_what_the_encoder_sees_and_counts(store):
    collection = texts(10)
    encoder = EncoderOf(collection, SLOW)
    seen = compute(store, Job("a"), "inspection", encoder, "a cat")
    assert [token for token in seen.tokens if token.isalpha()] == ["a", "cat"]
    counted = compute(store, Job("b"), "tokens", encoder, collection.items)
    assert len(counted.lengths) == 10
    assert counted.limit == 256


def test_urgent_work_does_not_wait_for_long_work():
    name = f"gate-{os.getpid()}"

    def wait_at_the_gate():
        return Event(name).wait(timeout=60)

    long = client.submit(wait_at_the_gate, place=LONG)
    try:
        assert client.submit(len, "urgent", place=QUICK).result(timeout=60) == 6
        assert not long.done()
    finally:
        Event(name, client=client.client()).set()
    assert long.result(timeout=60)


def test_preparing_an_encoder_reports_its_progress():
    seen, last = [], threading.Event()

    def prepare(topic):
        with reporting_to(reporter(topic)):
            for done in (1, 2, 3):
                report(done, 3)

    def listen(*part):
        seen.append(part)
        if part == (3, 3):
            last.set()

    future = client.submit_reporting(prepare, listener=listen, key="prepare")
    assert last.wait(60)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    del future


def test_progress_of_many_tasks_leaves_one_topic_in_the_scheduler():
    last = threading.Event()

    def tell(topic):
        reporter(topic)(1, 1)

    def topics(dask_scheduler):
        return list(dask_scheduler._broker._topics)

    before = client.client().run_on_scheduler(topics)
    for number in range(5):
        last.clear()
        client.submit_reporting(tell, listener=lambda *_: last.set(), key=f"tell-{number}").result(timeout=60)
        assert last.wait(60)
    new = set(client.client().run_on_scheduler(topics)) - set(before)
    assert {name for name in new if "progress" in name} <= {client.CHANNEL}


def test_a_submission_asks_the_scheduler_for_its_workers_only_now_and_then(monkeypatch):
    asked = client.client()
    client.submit(len, "a", place=QUICK).result(timeout=60)
    monkeypatch.setattr(asked, "scheduler_info", lambda **_: pytest.fail("the scheduler was asked"))
    assert client.submit(len, "ab", place=QUICK).result(timeout=60) == 2


def test_the_schedulers_death_is_repaired_and_the_job_goes_on():
    stages = []

    def work(job):
        stages.append(job.stage)
        if len(stages) > 1:
            return job.wait_for(client.submit(len, "answered", place=QUICK))
        endless = client.submit(lambda: Event("never").wait(), place=LONG)
        os.kill(client._process.pid, signal.SIGKILL)
        return job.wait_for(endless)

    assert finished(JobBoard(), "space|repaired", work) == 8
    assert stages == ["Waiting for a free worker", "This was broken off; starting again"]


def test_nothing_starts_workers_after_the_end():
    client.close()
    try:
        with pytest.raises(WorkersLost):
            client.submit(len, "late", place=QUICK)
        assert client._process is None
    finally:
        client.start()


def test_workers_that_would_compute_something_else_are_refused(monkeypatch):
    me = os.getpid()

    def another_numpy_here():
        return what_answers_depend_on() | ({"numpy": "1.0"} if os.getpid() == me else {})

    client._check_workers(client.client())
    with monkeypatch.context() as patch:
        patch.setenv("VECTORSCOPE_HOME", "memory://")
        with pytest.raises(EmbeddingError, match="does not see what this server keeps in memory://"):
            client._check_workers(client.client())
    monkeypatch.setattr(client, "what_answers_depend_on", another_numpy_here)
    with pytest.raises(EmbeddingError, match=r"numpy: [\d.]+ there, 1.0 here"):
        client._check_workers(client.client())


def test_two_visitors_with_the_same_upload_share_one_computation(store):
    one, two = (store.save(texts(5)) for _ in range(2))
    assert one.id != two.id
    keys = {space_fingerprint(store.load(saved.fingerprint, saved.name), SLOW) for saved in (one, two)}
    assert len(keys) == 1
