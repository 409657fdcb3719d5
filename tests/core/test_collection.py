import pyarrow as pa
import pytest

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError


def collection(*texts, **columns):
    return Collection.from_texts(texts, name="some", metadata=pa.table(columns) if columns else None)


def test_equal_content_has_an_equal_fingerprint_whatever_its_name():
    assert collection("a", "b").fingerprint == Collection.from_texts(["a", "b"], name="other").fingerprint


@pytest.mark.parametrize(
    "other",
    [
        collection("ab"),
        collection("b", "a"),
        collection("a", "b", ""),
        collection("a", "b", label=["x", "y"]),
        collection("a", "b", label=["x", None]),
        collection("a", "b", label=["x", "y"], more=[1, 2]),
    ],
    ids=["joined", "other order", "one more", "labels", "a missing label", "more labels"],
)
def test_other_content_has_another_fingerprint(other):
    others = [collection("a", "b"), collection("a", "b", label=["x", "z"])]
    assert other.fingerprint not in {each.fingerprint for each in others}


def test_rows_give_the_first_of_equal_items():
    assert collection("a", "b", "a").rows == {"a": 0, "b": 1}


def test_an_empty_collection_is_refused_in_words():
    with pytest.raises(EmbeddingError, match="holds no items"):
        collection()


def test_metadata_must_have_a_row_for_each_item():
    with pytest.raises(ValueError, match="n = 2 rows, got 1"):
        collection("a", "b", label=["x"])


def test_odd_texts_can_be_fingerprinted():
    assert collection("\ud800", "مرحبا", "👩‍🚀").fingerprint
