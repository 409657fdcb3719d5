"""Tables that several processes and threads read and write."""

import subprocess
import sys
import threading

import numpy as np
import pyarrow as pa
import pytest

from embeddings.collection import Collection
from embeddings.items import item_keys
from embeddings.store import Store, tables
from embeddings.store import vectors as vectors_of_items
from embeddings.store.collections import CATALOGUE
from embeddings.store.tables import FRAGMENTS, Database
from embeddings.store.vectors import VectorCache


def some(**columns):
    return Collection.from_texts(["a", "b", "ünïcode 👩‍🚀"], name="some", metadata=pa.table(columns), notes=["a note"])


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


@pytest.mark.parametrize("in_order", [True, False])
@pytest.mark.parametrize("joined", [False, True])
def test_each_key_of_a_large_table_of_many_files_gets_its_own_vector(tmp_path, monkeypatch, joined, in_order):
    monkeypatch.setattr(vectors_of_items, "LARGE", 0)
    monkeypatch.setattr(vectors_of_items, "ROWS_READ", 7)
    database = Database(str(tmp_path))
    cache, keys = VectorCache(database), item_keys([f"item {n}" for n in range(200)])
    vectors = np.random.default_rng(0).normal(size=(200, 3)).astype(np.float32)
    for start in range(0, 180, 6):
        cache.add("encoder", keys[start : start + 6], vectors[start : start + 6], {})
    (name,) = database.names("vectors_")
    if joined:
        database.open(name).optimize(cleanup_older_than=tables.READ_BY_THEN)
        cache.add("encoder", keys[180:190], vectors[180:190], {})
    assert database.open(name).stats()["fragment_stats"]["num_fragments"] == (2 if joined else 30)
    opened = database.open
    if not in_order:
        monkeypatch.setattr(database, "open", lambda name: Backwards(opened(name)))
    stored = 190 if joined else 180
    for wanted in (np.arange(200), np.random.default_rng(1).permutation(200), np.array([150, *range(100), 3, 3, 199])):
        there, found = cache.find("encoder", keys[wanted])
        assert isinstance(found, np.memmap)
        assert there.tolist() == (wanted < stored).tolist()
        np.testing.assert_array_equal(found[there], vectors[wanted[there]])


class Backwards:
    """A table, or what is asked of it, whose last batches come first."""

    def __init__(self, asked):
        self._asked = asked

    def __getattr__(self, name):
        return getattr(self._asked, name)

    def search(self):
        return Backwards(self._asked.search())

    def select(self, columns):
        return Backwards(self._asked.select(columns))

    def limit(self, most):
        return Backwards(self._asked.limit(most))

    def to_batches(self, size):
        return reversed([*self._asked.to_batches(size)])


class Watched:
    """A table that notes when its keys are read."""

    def __init__(self, table, read):
        self._table, self._read = table, read

    def __getattr__(self, name):
        if name == "search":
            self._read.append("keys")
        return getattr(self._table, name)


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
