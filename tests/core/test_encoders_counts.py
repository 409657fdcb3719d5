"""The encoders that learn from the collection, against values worked out by hand."""

import numpy as np
import pytest

from embeddings.encoders import ENCODERS, Encoder, FittedEncoder, load_encoder
from embeddings.encoders.counts import vocabulary_bound
from embeddings.encoders.words import words
from embeddings.errors import EmbeddingError

FITTED = [name for name, spec in ENCODERS.items() if spec.fits]
RHYME = ["a rose is a rose", "a king", "king and queen", "rose and queen and king"]


def fitted(name: str, items: list[str]) -> Encoder:
    encoder = load_encoder(name)
    assert isinstance(encoder, FittedEncoder)
    return encoder.fit(items)


def test_bag_of_words_counts() -> None:
    # In alphabetical order: a, and, is, king, queen, rose.
    assert fitted("Bag of words", RHYME).encode(["a rose is a ROSE, truly", "nothing"]).tolist() == [
        [2, 0, 1, 0, 0, 2],
        [0, 0, 0, 0, 0, 0],
    ]


@pytest.mark.parametrize("name", ["Bag of words", "One-hot", "TF-IDF"])
def test_languages_that_differ_by_a_sign_are_other_words(name: str) -> None:
    vectors = fitted(name, ["C", "C++", "C#", "F#", ".NET", "net"]).encode(["c", "c++", "c#", "f#", ".net", "net"])

    assert np.count_nonzero(vectors @ vectors.T) == 6
    assert words("C++17, ASP.NET #tag item#3 C##") == ["c++", "17", "asp", "net", "tag", "item", "3", "c"]


def test_one_hot_sets_all_single_words_equally_far_apart() -> None:
    vectors = fitted("One-hot", ["king", "queen", "rose"]).encode(["king", "queen", "rose"])

    np.testing.assert_array_equal(vectors, np.eye(3))
    assert fitted("One-hot", RHYME).encode(["a rose is a rose"]).max() == 1


def test_tfidf_follows_its_formula() -> None:
    vector = fitted("TF-IDF", ["king queen", "king"]).encode(["king queen"])[0]

    weights = np.array([np.log(3 / 3) + 1, np.log(3 / 2) + 1])
    np.testing.assert_allclose(vector, weights / np.linalg.norm(weights), rtol=1e-6)


def test_lsa_keeps_the_geometry_of_tfidf_up_to_its_rank() -> None:
    reduced, full = fitted("LSA", RHYME).encode(RHYME), fitted("TF-IDF", RHYME).encode(RHYME)

    assert reduced.shape[1] <= len(RHYME)
    np.testing.assert_allclose(reduced @ reduced.T, full @ full.T, atol=1e-5)
    assert fitted("LSA", RHYME).params["share kept"] == 1


def test_lsa_brings_words_of_the_same_company_together() -> None:
    rng = np.random.default_rng(0)
    themes = [[f"{theme}{word}" for word in range(40)] for theme in "ab"]
    texts = [" ".join(rng.choice(themes[row % 2], 6)) for row in range(600)]
    texts += [" ".join(f"w{word}" for word in rng.integers(0, 1000, 6)) for _ in range(600)]
    encoder = fitted("LSA", texts)

    same, other = encoder.encode(["a0", "a1"]), encoder.encode(["a0", "b0"])

    assert encoder.params["components"] == 200
    assert same[0] @ same[1] > other[0] @ other[1]


def test_character_ngrams_compare_spelling() -> None:
    spelled = ["colour", "color", "queen"]
    colour, color, queen = fitted("Character n-grams", spelled).encode(spelled)

    assert colour @ color > 0.4
    assert colour @ queen == 0


@pytest.mark.parametrize("name", [name for name in FITTED if name != "Character n-grams"])
def test_a_collection_without_words_is_answered_in_words(name: str) -> None:
    with pytest.raises(EmbeddingError, match="needs words, and none of the 3 items holds any"):
        fitted(name, ["!!!", "…", ""])


def test_character_ngrams_need_characters_only() -> None:
    assert fitted("Character n-grams", ["🙂🙂", "!!"]).encode(["🙂🙂"]).max() > 0
    with pytest.raises(EmbeddingError, match="needs characters"):
        fitted("Character n-grams", ["", "  "])


@pytest.mark.parametrize("name", FITTED)
def test_unknown_pieces_are_listed_once_and_give_zero(name: str) -> None:
    encoder = fitted(name, RHYME)

    assert not encoder.encode(["zzz"]).any()
    assert set(encoder.inspect("king zzz zzz").unknown) >= {"zzz"}
    assert len(set(encoder.inspect("zzz zzz").unknown)) == len(encoder.inspect("zzz zzz").unknown)


@pytest.mark.parametrize("name", FITTED)
def test_encoding_before_fitting_is_the_callers_mistake(name: str) -> None:
    with pytest.raises(ValueError, match="must be fitted"):
        load_encoder(name).encode(["king"])
    with pytest.raises(ValueError, match="must be fitted"):
        load_encoder(name).inspect("king")


def test_the_vocabulary_is_bounded() -> None:
    texts = [f"word{row} common" for row in range(5000)]
    encoder = fitted("Bag of words", texts)

    assert encoder.params == {"vocabulary": 4096, "vocabulary bound": 4096, "learned from items": 5000}
    assert encoder.inspect("common").tokens == ("common",)
    assert vocabulary_bound(200_000, 4096) == 1342
    assert vocabulary_bound(10**9, 4096) == 256


def test_words_hold_together_in_every_script() -> None:
    assert words("King's  rosé, हिन्दी 42!") == ["king", "s", "rosé", "हिन्दी", "42"]
