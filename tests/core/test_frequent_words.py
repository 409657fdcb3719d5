"""The frequent words that sums are answered from, alone and behind a collection."""

import pyarrow as pa
import pytest
import wordfreq

from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.samples.frequent import frequent_words, most_frequent, with_words


def test_words_come_most_frequent_first_and_consist_of_letters():
    words = most_frequent(2_000)
    assert len(words) == len(set(words)) == 2_000
    assert all(word.isalpha() and word.isascii() for word in words)
    frequencies = [wordfreq.zipf_frequency(word, "en") for word in words]
    assert frequencies == sorted(frequencies, reverse=True)


def test_a_smaller_vocabulary_is_the_beginning_of_a_larger_one():
    assert frequent_words(500).items == frequent_words(1_000).items[:500]


def test_rude_words_and_fragments_are_left_out():
    assert not {"fuck", "http", "la"} & set(most_frequent(12_000))


@pytest.mark.parametrize("count", [0, -1, 50_001])
def test_a_count_that_cannot_be_had_is_answered(count):
    with pytest.raises(EmbeddingError, match="Between 1 and 50,000"):
        frequent_words(count)


def test_the_largest_vocabulary_is_full():
    assert len(most_frequent(50_000)) == 50_000


def test_words_behind_a_collection_keep_its_rows_and_are_not_repeated():
    marks = pa.table({"mark": [1, 2, 3]})
    own = Collection.from_texts(["the", "Zanzibar at night", "the"], name="mine", metadata=marks)
    joined = with_words(own, frequent_words(3))
    assert joined.items == ("the", "Zanzibar at night", "the", *frequent_words(3).items[1:])
    assert joined.column("mark").to_pylist() == [1, 2, 3, None, None]
    assert joined.kinds == ("text",)


def test_words_behind_pictures_are_a_mixed_collection(pictures):
    joined = with_words(pictures, frequent_words(2))
    assert joined.kinds == ("image", "text")
    assert joined.items == (*pictures.items, *frequent_words(2).items)


@pytest.fixture
def pictures():
    from PIL import Image

    return Collection.from_images([Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")], name="two")
