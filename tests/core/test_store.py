from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest

from embeddings.collection import Collection
from embeddings.encoders import ENCODERS
from embeddings.errors import EmbeddingError
from embeddings.items import item_keys
from embeddings.space import Space
from embeddings.store import Store, Upload
from embeddings.store.results import Results
from embeddings.store.store import vector_identity, vector_keys
from embeddings.store.tables import Database
from embeddings.store.uploads import Uploads
from embeddings.store.vectors import VectorCache


def some(**columns):
    return Collection.from_texts(["a", "b", "ünïcode 👩‍🚀"], name="some", metadata=pa.table(columns), notes=["a note"])


def test_a_collection_comes_back_whole(store):
    before = some(label=["x", None, "z"], number=[1.5, None, 3.0])
    saved = store.save(before)
    after = Store(store.home).load(saved.fingerprint)
    assert after.items == before.items
    assert after.metadata.to_pydict() == before.metadata.to_pydict()
    assert (after.name, after.notes, after.fingerprint) == (before.name, before.notes, before.fingerprint)
    assert Collection(after.name, after.items, after.metadata).fingerprint == before.fingerprint


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


def test_dates_stay_dates(store):
    moments = pa.array([datetime(2024, 5, 31, 12, 30, 1), None, datetime(1969, 7, 20)])
    days = pa.array([date(1969, 7, 20), None, date(2024, 5, 31)])
    before = some(day=days, at=moments, zoned=moments.cast(pa.timestamp("ms", "UTC")))
    after = store.load(store.save(before).fingerprint)
    assert after.metadata.schema.types == before.metadata.schema.types
    assert after.metadata.to_pydict() == before.metadata.to_pydict()


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
