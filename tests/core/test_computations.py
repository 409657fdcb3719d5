"""Every row of the table of computations: a worker gives what the core gives, once, and it comes back as it was."""

import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from inspect import Parameter, signature
from pathlib import Path

import numpy as np
import pytest
from distributed import Client
from distributed.protocol.pickle import dumps
from joint_spaces import space_of
from PIL import Image

from embeddings.analogies.questions import Question, Questions
from embeddings.analogies.vocabulary import Matching
from embeddings.bias.lookup import ReadBySpace
from embeddings.bias.plan import Plan
from embeddings.bias.sentences import Wording
from embeddings.bias.templates import sentences
from embeddings.clusters import cluster
from embeddings.collection import Collection
from embeddings.compare.scored_pairs import ScoredPair, ScoredPairs
from embeddings.compression import Setting
from embeddings.computations import COMPUTATIONS, GRAPH_SIZES, EncoderOf, graph_of, key_of
from embeddings.embedding import embed
from embeddings.encoders import load_encoder
from embeddings.encoders.base import FittedEncoder
from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph
from embeddings.images import keep_any
from embeddings.jobs import client, computing
from embeddings.jobs.computing import compute
from embeddings.jobs.job import Job
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.store import Store
from embeddings.store.packing import fields_of, is_record, pack, unpack
from embeddings.store.results import _digest

pytestmark = pytest.mark.usefixtures("cluster")

ROOT = Path(__file__).resolve().parents[2]
RNG = np.random.default_rng(0)
N = 60
LABELS = [None if row == 5 else "abc"[row % 3] for row in range(N)]
TEXTS = Collection.from_texts([f"item number {i} of the list {i % 7}" for i in range(N)], name="texts")
GROUPED = 4 * np.eye(12)[np.arange(N) % 3] + RNG.normal(size=(N, 12))
MAPS = [Layout(GROUPED[:, columns].astype("f4"), "t-SNE", {"perplexity": 8}, 0) for columns in ([0, 1], [1, 2])]

SETS = dict(zip("xyab", (["rose", "tulip"], ["ant", "wasp"], ["love", "joy"], ["agony", "war"]), strict=True))
X, Y, A, B = SETS.values()
NAMED = [*X, *Y, *A, *B]
PAIRS = [(f"low{i}", f"high{i}") for i in range(8)]
WORDS = [*NAMED, *(word for pair in PAIRS for word in pair), *(f"other{i}" for i in range(60))]
MEANT = RNG.normal(size=(len(WORDS), 8))
LOW, HIGH = (slice(len(NAMED) + side, len(NAMED) + 16, 2) for side in (0, 1))
MEANT[HIGH] = MEANT[LOW] + 3 * np.eye(8)[0]

WORDING = Wording(("This is {}.", "{} is here."), ("It is {}.",))
TYPED = {text: RNG.normal(size=8) for part in WORDING[:2] for text in sentences(WORDS, part)}
PICTURE = keep_any(Image.fromarray(RNG.integers(0, 256, size=(20, 30, 3), dtype=np.uint8)), name="noise").data
TABLE = b"text,label\none,a\ntwo,b\n"


@cache
def store():
    return Store()


def kept(space):
    return store().space(space.collection, store().keep_vectors(space))


@cache
def grouped():
    return kept(Space.from_vectors([f"item {row}" for row in range(N)], GROUPED, name="grouped"))


@cache
def moved():
    """Of another encoder, and not in the store: it travels to the workers as it is."""
    return Space(grouped().collection, GROUPED[:, :9] + RNG.normal(size=(N, 9)), "given vectors")


@cache
def words():
    return kept(Space.from_vectors(WORDS, MEANT, name="words"))


@cache
def joint():
    return space_of(RNG.normal(size=(20, 6)), RNG.normal(size=(20, 6)))


@cache
def vocabulary():
    """Words as the encoder of the grouped items sees them."""
    return Space(Collection.from_texts(WORDS, name="vocabulary"), RNG.normal(size=(len(WORDS), 12)), grouped().encoder)


def three():
    return cluster(grouped(), "K-means", clusters=3)


def encoder(name="TF-IDF"):
    return EncoderOf(TEXTS, name)


def call(*args, **settings):
    return args, settings


CASES = {
    "graph": lambda: call(grouped(), k=15, metric="Euclidean"),
    "layout": lambda: call(grouped(), method="t-SNE", dims=2, seed=1, perplexity=8, metric="cosine"),
    "graph measures": lambda: call(grouped()),
    "terms": lambda: call(TEXTS, "item"),
    "neighbours kept": lambda: call(grouped(), layout=MAPS[0]),
    "trust": lambda: call(grouped(), layouts=MAPS, k=5, metric="cosine"),
    "shepard": lambda: call(moved(), MAPS[0], metric="cosine"),
    "neighbourhood hit": lambda: call(grouped(), MAPS[0], LABELS, k=5, metric="cosine"),
    "seed spread": lambda: call(MAPS),
    "island stability": lambda: call(MAPS),
    "clusters": lambda: call(grouped(), method="HDBSCAN", seed=0, min_cluster_size=5, min_samples=3, metric="cosine"),
    "map clusters": lambda: call(MAPS[0], method="Ward", seed=0, clusters=3, metric="Euclidean"),
    "merges": lambda: call(grouped(), method="Average linkage", seed=0, metric="cosine"),
    "map merges": lambda: call(MAPS[0], method="Ward", seed=0, metric="Euclidean"),
    "cluster counts": lambda: call(grouped(), three(), most=4),
    "cluster stability": lambda: call(grouped(), three(), draws=4),
    "clusters of noise": lambda: call(grouped(), three(), draws=2),
    "clusters like these": lambda: call(MAPS[0].coordinates, three()),
    "cluster words": lambda: call(grouped(), three(), vocabulary(), count=3),
    "outliers": lambda: call(grouped(), method="LOF", k=20),
    "wrong labels": lambda: call(grouped(), LABELS, k=5, metric="cosine"),
    "near-duplicates": lambda: call(grouped(), threshold=0.9),
    "comparison": lambda: call(grouped(), moved(), k=5, metric="cosine"),
    "agreement": lambda: call([grouped(), moved()], k=5, metric="cosine"),
    "rotation": lambda: call(grouped(), moved()),
    "geometry": lambda: call(grouped()),
    "random pairs": lambda: call(grouped(), queries=vocabulary()),
    "pairs of rows": lambda: call(grouped(), np.array([1, 2, 40])),
    "labels": lambda: call(grouped(), LABELS),
    "speed": lambda: call(encoder(), list(TEXTS.items), machine="this"),
    "similarity": lambda: call(
        words(), ScoredPairs("rated", tuple(ScoredPair(*pair, float(i % 4)) for i, pair in enumerate(PAIRS)))
    ),
    "retrieval": lambda: call(joint(), np.column_stack([np.arange(20), np.arange(20, 40)])),
    "smaller": lambda: call(grouped(), (Setting("binary"), Setting("int8")), k=5),
    "compressed": lambda: call(grouped(), Setting("binary")),
    "changed": lambda: call(encoder(), list(TEXTS.items), name="typo"),
    "movement": lambda: call(grouped(), np.array([1, 2]), GROUPED[3:5], k=5),
    "sum": lambda: call(words(), "low1 + high2 - new", 5, vectors_of={"new": np.arange(8.0)}),
    "analogies": lambda: call(
        words(),
        Questions("pairs", tuple(Question("up", *PAIRS[i], *PAIRS[i + 1]) for i in range(7))),
        matching=Matching(),
    ),
    "relations": lambda: call(words(), {"up": PAIRS, "few": PAIRS[:1]}),
    "axis of lists": lambda: call(words(), X, [*Y, "new"], vectors_of={"new": np.arange(8.0)}),
    "axis of pairs": lambda: call(words(), PAIRS, vectors_of={}),
    "gap": lambda: call(joint(), np.column_stack([np.arange(20), np.arange(20, 40)])),
    "probe": lambda: call(words(), probe="WEAT", **SETS, vectors_of={}),
    "probes": lambda: call(words(), [("WEAT", SETS), ("WEAT", SETS | {"b": ["?"]})]),
    "association": lambda: call(words(), (X, Y, A, B), wording=WORDING, match="none", vectors_of=TYPED),
    "label skew": lambda: call(np.arange(N) % 2, LABELS, ("one", "two"), draws=50),
    "leaning": lambda: call(words(), PAIRS, NAMED, vectors_of={}),
    "debiasing": lambda: call(words(), Plan(PAIRS, "hard", a_side=10)),
    "vectors": lambda: call(encoder(), ["item of the list", "unheard"]),
    "look-up": lambda: call(encoder(), ["item of the list"]),
    "inspection": lambda: call(encoder(), "item of the list", looked_up=True),
    "view": lambda: call(EncoderOf(TEXTS, "Pixels"), PICTURE),
    "tokens": lambda: call(encoder(), TEXTS.items),
    "understanding": lambda: call(TABLE, name="table.csv"),
    "reading": lambda: call(TABLE, name="table.csv", text_column="text"),
    "questions": lambda: call(b"low,high,one,two", name="mine.csv"),
    "scored pairs": lambda: call(b"low,high,3\none,two,1\nup,down,2", name="mine.csv"),
    "picture": lambda: call(PICTURE, name="noise.webp"),
}
KEPT = [name for name in CASES if COMPUTATIONS[name].kept]


def answered(name):
    args, settings = CASES[name]()
    return compute(store(), Job("test"), name, *args, **settings)


@cache
def expected(name):
    """What the function gives, called here; it makes what it needs, where it can."""
    args, settings = CASES[name]()
    row = COMPUTATIONS[name]
    needed = {argument: need(*args, **settings) for argument, need in row.needs.items()}
    required = [each for each, how in signature(row.function).parameters.items() if how.default is Parameter.empty]
    for argument, need in needed.items():
        if argument in required:
            settings[argument] = COMPUTATIONS[need.name].function(*need.args, **need.settings)
    return row.function(*(_loaded(each) if isinstance(each, EncoderOf) else each for each in args), **settings)


def _loaded(asked):
    model = load_encoder(asked.encoder)
    if isinstance(model, FittedEncoder):
        model.fit(asked.collection.items)
    return model


def assert_same(one, other, *, close=0.0):
    """Two values hold the same, part by part; decimals may be so far apart."""
    assert type(one) is type(other) or isinstance(one, (Mapping, np.generic))
    if isinstance(one, np.ndarray):
        assert one.dtype == other.dtype
    if isinstance(one, (np.ndarray, np.generic, float)):
        if np.asarray(one).dtype.kind == "f":
            np.testing.assert_allclose(other, one, rtol=close, atol=close)
        else:
            np.testing.assert_array_equal(one, other)
        return
    mine, theirs = parts(one), parts(other)
    if mine is None:
        assert one == other
        return
    assert list(mine) == list(theirs)
    for name in mine:
        assert_same(mine[name], theirs[name], close=close)


def parts(value):
    """The parts of a value by name or place; None where it has none."""
    if isinstance(value, (Space, Collection)):
        return {"fingerprint": value.fingerprint}
    if is_record(value):
        return {name: getattr(value, name) for name in fields_of(value)}
    if isinstance(value, EmbeddingError):
        return {"says": str(value)}
    if isinstance(value, (list, tuple)):
        return dict(enumerate(value))
    return value if isinstance(value, Mapping) else None


def test_every_row_has_a_case():
    assert list(CASES) == list(COMPUTATIONS)


@pytest.mark.parametrize("name", CASES)
def test_a_worker_gives_what_the_core_gives_and_the_store_keeps_it(name, monkeypatch):
    found = answered(name)
    if name == "speed":
        assert found > 0
    else:
        # Sums of many threads differ in their last digits, and a map in how far they have carried it.
        assert_same(expected(name), found, close=1e-4)
    if name in KEPT:
        monkeypatch.setattr(computing, "submit_reporting", lambda *_, **__: pytest.fail("a worker was asked"))
        assert_same(found, answered(name))


@pytest.mark.parametrize("name", KEPT)
def test_what_is_packed_comes_back_as_it_was(name):
    for part in expected(name) if COMPUTATIONS[name].each else [expected(name)]:
        assert_same(part, unpack(pack(part)))


@pytest.mark.parametrize("name", KEPT)
def test_the_key_stands_for_every_argument_and_the_version(name, monkeypatch):
    args, settings = CASES[name]()
    key = key_of(name, *args, **settings)
    assert key == key_of(name, *args, **dict(reversed(settings.items())))
    keys = [key]
    for place, value in enumerate(args):
        keys.append(key_of(name, *args[:place], nudged(value), *args[place + 1 :], **settings))
    for setting, value in settings.items():
        keys.append(key_of(name, *args, **{**settings, setting: nudged(value)}))
    monkeypatch.setitem(COMPUTATIONS, name, replace(COMPUTATIONS[name], version=99))
    keys.append(key_of(name, *args, **settings))
    assert len(set(keys)) == len(keys)


def test_vectors_that_follow_from_the_space_do_not_count_for_the_key():
    given = (ReadBySpace(), ReadBySpace(new=np.ones(8)))
    assert len({key_of("probe", words(), probe="WEAT", **SETS, vectors_of=vectors) for vectors in given}) == 1


def nudged(value):
    """Almost the same: the last of its last part is another."""
    if isinstance(value, EncoderOf):
        return value._replace(encoder="One-hot")
    if isinstance(value, Space):
        return Space(value.collection, nudged(value.vectors), value.encoder)
    if isinstance(value, np.ndarray):
        changed = value.copy()
        changed.flat[-1] += 1
        return changed
    if isinstance(value, (Questions, Collection)):  # what they are called, and what was noted, does not matter
        fewer = {"questions": value.questions[1:]} if isinstance(value, Questions) else {"items": value.items[1:]}
        return replace(value, **fewer)
    if is_record(value):
        last = fields_of(value)[-1]
        made = value._replace if hasattr(value, "_replace") else lambda **new: replace(value, **new)
        return made(**{last: nudged(getattr(value, last))})
    if isinstance(value, Mapping):
        return {**value, "and": 1}
    if isinstance(value, (list, tuple)):
        return type(value)([*value[:-1], nudged(value[-1]) if value else "more"])
    return f"{value} " if isinstance(value, str) else (value or 0) + 1


def test_answers_for_several_values_are_kept_one_by_one(monkeypatch):
    one = compute(store(), Job("one"), "trust", grouped(), layouts=MAPS[:1], k=7, metric="cosine")
    asked = []
    submit = computing.submit_reporting
    monkeypatch.setattr(computing, "submit_reporting", lambda *a, **k: asked.append(a[3]) or submit(*a, **k))
    both = compute(store(), Job("both"), "trust", grouped(), layouts=MAPS, k=7, metric="cosine")
    assert len(asked) == 1
    assert len(asked[0]) == 1
    assert_same(both[:1], one)
    assert both[1].point_kept.tolist() != both[0].point_kept.tolist()


def test_a_second_process_has_every_answer_from_the_store_without_a_worker():
    for name in KEPT:
        answered(name)
    second = """
import sys
from distributed.protocol.pickle import loads
from embeddings.jobs import computing
from embeddings.jobs.job import Job
from embeddings.store import Store
computing.submit_reporting = None
for name, args, settings in loads(sys.stdin.buffer.read()):
    computing.compute(Store(), Job(name), name, *args, **settings)
    print(name)
"""
    asked = dumps([(name, *CASES[name]()) for name in KEPT])
    done = subprocess.run([sys.executable, "-c", second], input=asked, capture_output=True, timeout=120, cwd=ROOT)
    assert done.stdout.decode().splitlines() == KEPT, done.stderr.decode()


def test_a_shared_graph_serves_all_that_need_fewer_neighbours(monkeypatch):
    asked = []
    submit = computing.submit_reporting
    monkeypatch.setattr(computing, "submit_reporting", lambda *a, **k: asked.append(a[2]) or submit(*a, **k))
    space = kept(Space.from_vectors([f"item {row}" for row in range(N)], 2 * GROUPED + 1, name="anew"))
    for k in (GRAPH_SIZES[0], 3, GRAPH_SIZES[0] - 1):
        compute(store(), Job("k"), "wrong labels", space, LABELS, k=k, metric="cosine")
    assert asked == ["graph", *3 * ["wrong labels"]]


def test_what_is_needed_is_made_anew_where_its_class_was_another_or_it_is_gone(monkeypatch):
    space = kept(Space.from_vectors([f"item {row}" for row in range(N)], GROUPED + 1, name="gone"))
    before = compute(store(), Job("before"), "wrong labels", space, LABELS, k=5)
    name, args, settings = graph_of(space)
    key = key_of(name, *args, **settings)
    graph = compute(store(), Job("graph"), name, *args, **settings)
    store().results._drop(_digest(key))
    with monkeypatch.context() as patch:
        patch.setattr(KnnGraph, "__module__", "embeddings.older")
        store().results.put(key, graph)
    monkeypatch.setitem(COMPUTATIONS, "wrong labels", replace(COMPUTATIONS["wrong labels"], version=2))
    assert_same(before, compute(store(), Job("after"), "wrong labels", space, LABELS, k=5), close=1e-6)
    assert store().results.get(key) is not None


def test_a_map_gets_the_graph_that_its_method_asks_for():
    need = COMPUTATIONS["layout"].needs["graph"]
    assert need(grouped(), method="PCA") is None
    for n_neighbors, size in ((2, 15), (15, 15), (31, 60)):
        made = need(grouped(), method="UMAP", n_neighbors=n_neighbors, metric="Euclidean")
        assert (made.name, dict(made.settings)) == ("graph", {"k": size, "metric": "Euclidean"})


def test_two_servers_that_ask_for_the_same_have_it_computed_once(monkeypatch):
    first = client.client()
    servers = {"first": first, "second": Client(first.scheduler.address, set_as_default=False)}
    both_looked, tasks, found = threading.Barrier(2, timeout=60), [], {}
    submit = computing.submit_reporting

    def submit_together(*args, **how):
        both_looked.wait()
        tasks.append(submit(*args, **how))
        return tasks[-1]

    def serve(name):
        with servers[name].as_current():
            found[name] = compute(Store(), Job(name), "near-duplicates", moved(), threshold=0.7)

    def times_computed(dask_scheduler, key):
        return sum(step[0] == key and step[2] == "memory" for step in dask_scheduler.transition_log)

    monkeypatch.setattr(client, "client", lambda: servers.get(threading.current_thread().name, first))
    monkeypatch.setattr(computing, "submit_reporting", submit_together)
    threads = [threading.Thread(target=serve, args=(name,), name=name) for name in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert_same(found["first"], found["second"])
    assert tasks[0].client is not tasks[1].client
    assert tasks[0].key == tasks[1].key
    assert first.run_on_scheduler(times_computed, key=tasks[0].key) == 1
    servers["second"].close()


def test_an_error_that_the_reader_can_act_on_comes_from_the_worker_and_is_not_kept():
    settings = {"method": "K-means", "clusters": N + 1}
    with pytest.raises(EmbeddingError, match="more clusters than items"):
        compute(store(), Job("test"), "clusters", grouped(), **settings)
    assert store().results.get(key_of("clusters", grouped(), **settings)) is None


def test_vectors_of_an_encoder_that_learns_are_as_it_learnt_from_the_collection():
    space = embed(TEXTS, "TF-IDF")
    found = compute(store(), Job("test"), "vectors", encoder(), list(TEXTS.items[:4]))
    np.testing.assert_allclose(found, space.vectors[:4], atol=1e-6)
