"""Items in Arrow's memory: what goes in comes out, in order, and is found again."""

import pickle

import numpy as np
import pytest

from embeddings.collection import Collection
from embeddings.items import AT_ONCE, FirstRows, Items, item_keys
from embeddings.store.tables import Database
from embeddings.store.vectors import VectorCache

TEXTS = ("a", "", "b", "a", "é\u2028", "\x00", "b" * 5_000)
PICTURES = (b"\x89PNG 1", b"", b"\xff\xfe", b"\x89PNG 1")


@pytest.mark.parametrize(
    "given",
    [TEXTS, PICTURES, (*PICTURES, *TEXTS), ("\ud800", "a"), (b"a", "a", "\udfff"), tuple(map(str, range(AT_ONCE + 2)))],
    ids=["texts", "pictures", "both", "half a pair", "half a pair beside a picture", "more than at once"],
)
def test_what_goes_in_comes_out(given):
    items = Items.of(given)
    assert tuple(items) == given == items[:]
    assert len(items) == len(given)
    assert [items[row] for row in range(len(given))] == list(given)
    assert (items[-1], items[1:3], items[np.int32(1)]) == (given[-1], given[1:3], given[1])
    assert items.texts.tolist() == [isinstance(item, str) for item in given]
    assert items == Items.of(list(given)) == pickle.loads(pickle.dumps(items))
    assert items != Items.of(given[1:])
    assert tuple(items.take([1, 0, 1])) == (given[1], given[0], given[1])
    assert (items.keys == item_keys(given)).all()


def test_items_end_where_they_end():
    with pytest.raises(IndexError):
        Items.of(TEXTS)[len(TEXTS)]


def test_the_first_row_of_each_distinct_item_is_found():
    given = (b"a", *PICTURES, *TEXTS)
    expected: dict[str | bytes, int] = {}
    for row, item in enumerate(given):
        expected.setdefault(item, row)
    found = FirstRows(Items.of(given))
    assert {item: found.get(item) for item in expected} == dict(found) == expected
    assert list(found.items()) == list(expected.items())
    assert not {"c", b"b", 3} & set(found)
    assert all(other not in found for other in ("c", b"b", 3))


def test_a_collection_holds_what_it_is_given_in_arrow():
    collection = Collection.from_texts(TEXTS, name="seven")
    assert isinstance(collection.items, Items)
    assert collection.items is Collection.from_texts(collection.items, name="x").items
    assert collection.items.nbytes < sum(map(len, TEXTS)) + 200


def test_large_vectors_are_mapped_from_a_file_and_equal_those_in_memory(tmp_path, monkeypatch):
    cache, keys = VectorCache(Database(str(tmp_path))), item_keys([f"item {row}" for row in range(50)])
    vectors = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    for start in (0, 20):
        cache.add("encoder", keys[start : start + 20], vectors[start : start + 20], {})
    wanted = keys[[3, 41, 3, 0, *range(39, 4, -1)]]
    there, expected = cache.find("encoder", wanted)
    monkeypatch.setattr("embeddings.store.vectors.LARGE", 0)
    monkeypatch.setattr("embeddings.store.vectors.ROWS_READ", 7)
    again, mapped = cache.find("encoder", wanted)
    assert isinstance(mapped, np.memmap)
    assert not there[1]
    np.testing.assert_array_equal(again, there)
    np.testing.assert_array_equal(mapped[there], expected[there])
    np.testing.assert_array_equal(mapped[0], vectors[3])
