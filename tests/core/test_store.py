import errno
import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from full_disk import full_disk
from safetensors import SafetensorError

from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.errors import EmbeddingError, NotStored, storing
from embeddings.space import Space
from embeddings.store import Store, Upload, tables
from embeddings.store.collections import CATALOGUE
from embeddings.store.results import Results
from embeddings.store.store import vector_identity, vector_keys
from embeddings.store.tables import FRAGMENTS, Database
from embeddings.store.uploads import Uploads
from embeddings.store.vectors import VectorCache, item_keys


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path))


def some(**columns):
    return Collection.from_texts(["a", "b", "ünïcode 👩‍🚀"], name="some", metadata=pa.table(columns), notes=["a note"])


def test_a_collection_comes_back_whole(store):
    before = some(label=["x", None, "z"], number=[1.5, None, 3.0])
    saved = store.save(before)
    after = Store(store.home).load(saved.fingerprint)
    assert after.items == before.items
    assert after.metadata.to_pydict() == before.metadata.to_pydict()
    assert (after.name, after.notes, after.fingerprint) == (before.name, before.notes, before.fingerprint)
    assert Collection(after.name, after.kind, after.items, after.metadata).fingerprint == before.fingerprint


def test_columns_of_any_type_and_name_can_be_kept(store):
    odd = pa.table(
        {
            "a.b `c`": pa.array([1, 2, 3]).dictionary_encode(),
            "": pa.array([[1], None, [2, 3]]),
            "when": pa.array([0, 1, None], pa.timestamp("s")),
            "none": pa.nulls(3),
        }
    )
    saved = store.save(Collection.from_texts("abc", name="odd", metadata=odd))
    after = store.load(saved.fingerprint)
    assert after.columns == odd.column_names
    assert after.column("a.b `c`").to_pylist() == [1, 2, 3]
    assert after.column("").to_pylist() == ["[1]", None, "[2, 3]"]
    assert after.column("none").to_pylist() == [None] * 3


def test_ids_are_unguessable_and_content_is_kept_once(store):
    one, two = store.save(some(label=["x", "y", "z"])), store.save(some(label=["x", "y", "z"]))
    assert one.id != two.id
    assert len(one.id) >= 16
    assert one.fingerprint == two.fingerprint


def test_only_the_owner_deletes_and_content_goes_with_the_last_id(store):
    one, two = store.save(some()), store.save(some())
    with pytest.raises(EmbeddingError, match="Only the person who saved"):
        store.delete(one.id, two.owner)
    store.delete(one.id, one.owner)
    assert store.load(two.fingerprint).items
    store.delete(two.id, two.owner)
    with pytest.raises(KeyError):
        store.load(two.fingerprint)


@pytest.mark.parametrize("id", ["nothing", "", "x' OR '1'='1", "../../etc", "ü"])
def test_links_to_nothing_are_answered(store, id):
    store.save(some())
    with pytest.raises(EmbeddingError, match="not on this server"):
        store.find(id)


def test_a_link_is_answered_as_soon_as_its_collection_is_deleted(store):
    saved = store.save(some())
    assert store.find(saved.id) == saved
    store.delete(saved.id, saved.owner)
    with pytest.raises(EmbeddingError, match="not on this server"):
        store.find(saved.id)


def test_many_collections_lie_in_few_files_and_all_are_found(store):
    saved = [store.save(some()) for _ in range(2 * FRAGMENTS)]
    table = Database(f"{store.home}/store").open(CATALOGUE)
    assert table.stats()["fragment_stats"]["num_fragments"] <= FRAGMENTS
    after = Store(store.home)
    assert [after.find(each.id) for each in saved] == saved


def test_servers_of_one_home_that_join_files_at_the_same_time_do_not_disturb_each_other(store, monkeypatch):
    monkeypatch.setattr(tables, "FRAGMENTS", 2)
    store.results.put("first", {"number": np.array([0])})
    failed = []

    def keep(who):
        other = Store(store.home)
        try:
            for number in range(12):
                other.results.put(f"{who} {number}", {"number": np.array([number])})
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=keep, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert all(store.results.get(f"{who} {n}")["number"] == n for who in range(4) for n in range(12))


FIRST_ROWS = """
import sys
import pyarrow as pa
from embeddings.store.tables import Database

database = Database(sys.argv[1])
for table in sys.stdin:
    database.append(table.strip(), lambda: pa.table({"key": [sys.argv[2]]}))
    print(table.strip(), flush=True)
"""


def test_processes_that_write_the_first_row_of_a_table_at_the_same_time_lose_none(tmp_path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", FIRST_ROWS, str(tmp_path), who],
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for who in "abc"
    ]
    tables_of_all = [f"table_{number}" for number in range(12)]
    for name in ["warm_up", *tables_of_all]:
        for writer in writers:
            print(name, file=writer.stdin, flush=True)
        assert [writer.stdout.readline().strip() for writer in writers] == [name] * 3
    for writer in writers:
        writer.communicate(timeout=60)
    database = Database(str(tmp_path))
    kept = [sorted(database.open(name).to_arrow()["key"].to_pylist()) for name in tables_of_all]
    assert kept == [["a", "b", "c"]] * 12


def test_deleting_goes_on_when_another_process_joins_the_files_first(store):
    saved = store.save(some())

    class Preempted:
        def __init__(self, table):
            self.table, self.tries = table, 0

        def delete(self, which):
            self.tries += 1
            if self.tries == 1:
                raise RuntimeError("lance error: Retryable commit conflict for version 7")
            self.table.delete(which)

        def checkout_latest(self):
            self.table.checkout_latest()

    database = Database(f"{store.home}/store")
    database.delete(Preempted(database.open(CATALOGUE)), f"id = '{saved.id}'")
    assert database.open(CATALOGUE).count_rows() == 0


def test_many_results_are_looked_up_by_an_index(store, monkeypatch):
    monkeypatch.setattr(tables, "FRAGMENTS", 2)
    for number in range(6):
        store.results.put(f"key {number}", {"number": np.array([number])})
    table = Database(f"{store.home}/store").open("results")
    assert [index.columns for index in table.list_indices()] == [["key"]]
    assert all(store.results.get(f"key {n}")["number"] == n for n in range(6))


def test_keys_of_stored_vectors_are_read_once_until_there_are_more(tmp_path, monkeypatch):
    cache, keys = VectorCache(Database(str(tmp_path))), item_keys(["a", "b", "c"])
    cache.add("encoder", keys[:2], np.eye(2, dtype=np.float32), {})
    assert cache.find("encoder", keys)[0].tolist() == [True, True, False]
    read = []
    opened = cache._database.open
    monkeypatch.setattr(cache._database, "open", lambda name: read.append(name) or Watched(opened(name), read))
    assert cache.find("encoder", keys)[0].tolist() == [True, True, False]
    assert "keys" not in read
    cache.add("encoder", keys[2:], np.ones((1, 2), np.float32), {})
    assert cache.find("encoder", keys)[0].all()
    assert "keys" in read


class Watched:
    """A table that notes when its keys are read."""

    def __init__(self, table, read):
        self._table, self._read = table, read

    def __getattr__(self, name):
        if name == "search":
            self._read.append("keys")
        return getattr(self._table, name)


def test_given_vectors_come_back_with_their_rows_even_for_equal_items(store):
    space = Space.from_vectors(["a", "a", "b"], [[1, 0], [0, 1], [1, 1]], name="given")
    saved = store.save(space)
    after = Store(store.home).space(store.load(saved.fingerprint), saved.encoder)
    assert np.array_equal(after.vectors, space.vectors)


def test_other_vectors_of_the_same_items_are_another_space(store):
    one, two = (store.save(Space.from_vectors(["a", "b"], v, name="s")) for v in (np.eye(2), 2 * np.eye(2)))
    collection = store.load(one.fingerprint)
    assert store.space(collection, one.encoder).vectors[0, 0] == 1
    assert store.space(collection, two.encoder).vectors[0, 0] == 2


@pytest.mark.parametrize("encoder", ["TF-IDF", "GloVe", "Scenes CLIP"])
def test_vectors_of_another_version_of_an_encoder_are_not_found(monkeypatch, encoder):
    before = vector_identity(some(), encoder)
    monkeypatch.setitem(ENCODERS, encoder, replace(ENCODERS[encoder], version="another"))
    assert vector_identity(some(), encoder) != before


def test_deleting_takes_ready_made_vectors_along(store):
    space = Space.from_vectors(["a", "b"], np.eye(2), name="s")
    saved = store.save(space)
    collection = store.load(saved.fingerprint)
    store.delete(saved.id, saved.owner)
    assert store.space(collection, saved.encoder) is None


@pytest.mark.parametrize("encoder", [name for name, spec in ENCODERS.items() if spec.fits])
def test_deleting_takes_along_what_an_encoder_learned_from_the_texts(store, encoder):
    collection = some()
    saved = store.save(collection)
    identity, keys = vector_identity(collection, encoder), vector_keys(collection, encoder)
    store.vectors.add(identity, keys, np.ones((3, 2), np.float32), {})
    store.delete(saved.id, saved.owner)
    assert not store.vectors.find(identity, keys)[0].any()


def test_vectors_are_found_by_content_in_any_order(tmp_path):
    cache = VectorCache(Database(str(tmp_path)))
    items = [f"item {i}" for i in range(50)]
    vectors = np.random.default_rng(0).normal(size=(50, 4)).astype(np.float32)
    keys = item_keys(items)
    assert cache.find("e", keys)[1] is None
    for start in range(0, 40, 10):
        cache.add("e", keys[start : start + 10], vectors[start : start + 10], {"dtype": "float32"})
    order = np.random.default_rng(1).permutation(50)
    mask, found = cache.find("e", keys[order])
    assert mask.tolist() == (order < 40).tolist()
    np.testing.assert_array_equal(found[mask], vectors[order[mask]])
    assert cache.params("e") == {"dtype": "float32"}
    assert not cache.find("another", keys)[0].any()


def test_missing_items_are_distinct_and_shortest_first(store):
    collection = Collection.from_texts(["long text", "b", "long text", "cc"], name="s")
    assert store.missing(collection, "MiniLM") == [1, 3, 0]


def test_results_come_back_and_the_oldest_go(tmp_path):
    results = Results(Database(str(tmp_path)), max_bytes=5000)
    assert results.get("graph|x") is None
    for number in range(5):
        results.put(f"key {number}", {"a": np.full(300, number, np.float32), "b": np.array("text")})
    assert results.get("key 0") is None
    assert results.get("key 4")["a"][0] == 4
    assert str(results.get("key 4")["b"]) == "text"


def test_a_collection_that_several_keep_at_the_same_time_is_stored_once(store):
    collection = Collection.from_texts([f"item {n}" for n in range(50)], name="fifty")
    together = threading.Barrier(4)

    def keep():
        together.wait()
        store.keep(collection)

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.load(collection.fingerprint).items == collection.items


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk of this server is full"),
        (RuntimeError("lance error: LanceError(IO): No space left on device (os error 28), x.rs:191:9"), "is full"),
        (SafetensorError("I/O error: No space left on device (os error 28)"), "is full"),
        (OSError(errno.EROFS, "Read-only file system", "/home"), "may not write to the folder"),
        (RuntimeError("lance error: LanceError(IO): Permission denied (os error 13), x.rs:1:2"), "may not write"),
    ],
)
def test_a_full_disk_and_a_closed_folder_are_told_in_words(error, said):
    with pytest.raises(NotStored, match=said), storing(SafetensorError):
        raise error


@pytest.mark.parametrize("error", [OSError(errno.ENOENT, "No such file"), RuntimeError("lance error: (os error 5)")])
def test_other_errors_of_the_system_stay_what_they_are(error):
    with pytest.raises(type(error)) as raised, storing():
        raise error
    assert raised.value is error


def test_what_a_full_disk_cannot_take_is_told_and_works_once_there_is_room(store):
    fruit = Collection.from_texts(["apple", "pear"], name="fruit")
    store.save(Collection.from_texts(["one"], name="before"))
    vectors = np.ones((2, 3), np.float32)
    writings = (
        lambda: store.save(fruit),
        lambda: store.keep_vectors(Space(fruit, vectors, "given")),
        lambda: store.vectors.add("MiniLM", item_keys(fruit.items), vectors, {}),
        lambda: store.uploads.keep("secret", [Upload("a.csv", b"a,b")]),
    )
    with full_disk():
        for write in writings:
            with pytest.raises(NotStored, match="disk of this server is full"):
                write()
    for write in writings:
        write()
    assert store.load(fruit.fingerprint).items == fruit.items
    assert store.vectors.find("MiniLM", item_keys(fruit.items))[0].all()
    assert store.uploads.find("secret") == [("a.csv", b"a,b")]


def test_a_result_that_cannot_be_written_is_not_lost(tmp_path):
    ours, theirs = (Results(Database(str(tmp_path))) for _ in range(2))
    ours.put("before", {"x": np.arange(2)})
    with full_disk():
        ours.put("first", {"x": np.arange(3)})
        assert ours.get("first")["x"].tolist() == [0, 1, 2]
        assert ours.get("before")["x"].tolist() == [0, 1]
    assert theirs.get("first") is None
    ours.put("second", {"x": np.arange(4)})
    assert [len(theirs.get(key)["x"]) for key in ("before", "first", "second")] == [2, 3, 4]


def test_a_home_that_cannot_be_made_is_told_when_it_is_needed_and_found_once_it_can(tmp_path):
    place = tmp_path / "home"
    place.write_text("a file where a folder is to be")
    store = Store(str(place))
    with pytest.raises(NotStored, match="may not write to the folder"):
        store.save(Collection.from_texts(["one"], name="one"))
    place.unlink()
    assert store.find(store.save(Collection.from_texts(["one"], name="one")).id).name == "one"


def test_an_upload_is_kept_for_an_hour_for_whoever_has_its_secret(tmp_path, monkeypatch):
    now = [1_000_000.0]
    monkeypatch.setattr("embeddings.store.uploads.time.time", lambda: now[0])
    uploads = Uploads(Database(str(tmp_path)), max_bytes=10)
    both = [Upload("a.txt", b"123"), Upload("b.txt", b"45")]
    uploads.keep("a", both)
    uploads.keep("a", both)
    uploads.keep("too large", [Upload("b.txt", bytes(11))])
    assert uploads.find("a") == both
    assert uploads.find("b") is None
    assert uploads.find("too large") is None
    now[0] += 60
    uploads.keep("c", [Upload("c.txt", b"123456")])
    assert uploads.find("a") is None  # made room
    now[0] += 3541
    assert uploads.find("c") is not None
    now[0] += 60
    assert uploads.find("c") is None
    assert not list(tmp_path.rglob("*.lance"))
