"""Pictures and texts in one space: joined, paired, combined."""

import numpy as np
import pyarrow as pa
import pytest
from joint_spaces import pictures_of, space_of

from embeddings.collection import Collection
from embeddings.embedding import embed
from embeddings.encoders import ENCODERS
from embeddings.encoders.base import EncoderSpec, JointEncoder
from embeddings.encoders.inspection import View
from embeddings.errors import EmbeddingError
from embeddings.joint import (
    combine,
    is_joint,
    join,
    join_spaces,
    nearest_distances,
    pairs_by,
    picture_rows,
    similarities,
    similarity_of_rows,
    split,
    text_rows,
    unit,
)
from embeddings.space import Space


class Bytewise(JointEncoder):
    """Pictures and texts by the counts of four letters; pictures lie off to one side."""

    name = "Bytewise"

    def _encode_texts(self, texts):
        return _counts([text.encode() for text in texts], 0.0)

    def _encode_images(self, images):
        return _counts(images, 2.0)

    def view(self, item):
        return View(item, (0, 0, 1, 1), "All of it.")


def _counts(items, aside):
    vectors = np.array([[*(item.count(letter) for letter in b"abcd"), aside] for item in items], dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_joining_keeps_the_order_the_columns_and_says_what_is_what():
    pictures = pictures_of(b"1", b"2", caption=["one", "two"], size=[1, 2], kind=["x", "y"])
    texts = Collection.from_texts(["one", "two", "three"], name="t", metadata=pa.table({"size": ["a", "b", "c"]}))
    joined = join(pictures, texts)
    assert joined.kinds == ("image", "text")
    assert joined.items == (b"1", b"2", "one", "two", "three")
    assert joined.metadata.to_pydict() == {
        "kind": ["picture", "picture", "text", "text", "text"],
        "caption": ["one", "two", None, None, None],
        "size": ["1", "2", "a", "b", "c"],
        "own kind": ["x", "y", None, None, None],
    }
    assert picture_rows(joined).tolist() == [0, 1]
    assert text_rows(joined).tolist() == [2, 3, 4]


def test_splitting_gives_back_what_was_joined():
    pictures = pictures_of(b"1", b"2", caption=["one", "two"])
    apart, texts = split(join(pictures, ["a", "b", "a"]))
    assert (apart.kinds, apart.items, texts) == (("image",), pictures.items, ("a", "b"))
    assert apart.fingerprint == pictures.fingerprint
    assert split(pictures) == (pictures, ())
    with pytest.raises(EmbeddingError, match="“words” holds no pictures"):
        split(Collection.from_texts(["a"], name="words"))


def test_columns_of_one_type_keep_it():
    joined = join(pictures_of(b"1", size=[1]), Collection.from_texts(["t"], name="t", metadata=pa.table({"size": [2]})))
    assert joined.column("size").to_pylist() == [1, 2]
    assert join(pictures_of(b"1", size=[1]), ["t"]).column("size").to_pylist() == [1, None]


def test_only_pictures_and_texts_can_be_joined():
    words = Collection.from_texts(["a"], name="words")
    with pytest.raises(EmbeddingError, match="“words” does not hold pictures only"):
        join(words, ["b"])
    with pytest.raises(EmbeddingError, match="“drawings” does not hold texts only"):
        join(pictures_of(b"1"), pictures_of(b"2"))
    with pytest.raises(EmbeddingError, match="holds no items"):
        join(pictures_of(b"1"), [])


def test_joined_spaces_are_what_the_encoder_gives_for_the_joined_collection():
    pictures, texts = pictures_of(b"aab", b"cd"), Collection.from_texts(["ab", "dddd"], name="t")
    together = embed(join(pictures, texts), Bytewise())
    joined = join_spaces(embed(pictures, Bytewise()), embed(texts, Bytewise()))
    np.testing.assert_array_equal(joined.vectors, together.vectors)
    assert joined.collection.fingerprint == together.collection.fingerprint
    other = Space(texts, np.zeros((2, 5)), "Another")
    with pytest.raises(EmbeddingError, match="one joint encoder must see both"):
        join_spaces(embed(pictures, Bytewise()), other)


def test_an_encoder_of_one_kind_only_has_no_joint_space(monkeypatch):
    spec = EncoderSpec("", "x:y", kinds=frozenset({"text", "image"}), joint=True)
    monkeypatch.setitem(ENCODERS, "Bytewise", spec)
    assert is_joint("Bytewise")
    assert not is_joint("MiniLM")
    assert not is_joint("given:abc")


def test_pairs_come_from_a_column():
    pictures = pictures_of(b"1", b"2", b"3", b"4", caption=["red", "blue", None, "red"], size=[1, 2, 3, 4])
    joined = join(pictures, ["blue", "red", "red", "4"])
    assert pairs_by(joined, "caption").tolist() == [[0, 5], [1, 4], [3, 5]]
    assert pairs_by(joined, "size").tolist() == [[3, 7]]
    with pytest.raises(EmbeddingError, match="has no column “title”; it has kind, caption, size"):
        pairs_by(joined, "title")
    with pytest.raises(EmbeddingError, match="No picture’s “size” is one of the texts"):
        pairs_by(join(pictures, ["green"]), "size")


def test_a_combination_is_the_normalised_sum_of_directions():
    np.testing.assert_allclose(combine([[2, 0], [0, 5]], [1, 1]), [np.sqrt(0.5)] * 2, atol=1e-6)
    np.testing.assert_allclose(combine([[3, 0], [1, 1], [0, 7]], [1, 1, -1]), unit(np.array([1.7071, -0.2929])), 1e-3)
    with pytest.raises(EmbeddingError, match="cancel each other out"):
        combine([[1, 2], [2, 4]], [1, -1])
    with pytest.raises(ValueError, match="weights must have shape"):
        combine([[1, 2]], [1, 1])


def test_a_combination_finds_what_it_describes():
    shapes, colours = np.eye(6)[:3], np.eye(6)[3:]
    space = space_of([shape + colour for shape in shapes for colour in colours], [*colours])
    for shape in range(3):
        wanted = combine(space.vectors[[3 * shape, 9, 10]], [1, -1, 1])
        assert (space.vectors[:9] @ wanted).argmax() == 3 * shape + 1


def test_random_pairs_of_one_kind_are_all_pairs_in_which_one_of_it_stands():
    space = space_of([[1, 0], [0.8, 0.6]], [[0, 1], [0.6, 0.8], [-1, 0]])
    cosines = space.vectors @ space.vectors.T
    expected = [cosines[text, other] for text in (2, 3, 4) for other in range(5) if other != text]
    assert sorted(similarity_of_rows(space, text_rows(space.collection))) == pytest.approx(sorted(expected), abs=1e-6)
    # However few the rows are among many, as many pairs are drawn.
    assert len(similarity_of_rows(space, text_rows(space.collection), pairs=9)) == 9
    assert nearest_distances(space, np.array([[0, 2.0], [-1, 0]])) == pytest.approx([0, 0], abs=1e-6)


def test_similarities_have_texts_in_rows():
    space = space_of([[1, 0], [1, 1]], [[0, 2], [-1, 0]])
    np.testing.assert_allclose(similarities(space, [2, 3], [0, 1]), [[0, np.sqrt(0.5)], [-1, -np.sqrt(0.5)]], 1e-6)
