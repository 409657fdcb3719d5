"""What a store says and keeps where it cannot write."""

import errno

import numpy as np
import pytest
from full_disk import full_disk
from safetensors import SafetensorError

from embeddings.collection import Collection
from embeddings.errors import NotStored, storing
from embeddings.items import item_keys
from embeddings.space import Space
from embeddings.store import Store, Upload
from embeddings.store.results import Results
from embeddings.store.tables import Database


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
