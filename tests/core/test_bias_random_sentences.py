"""Random words in the sentences of a test, against asking the test about them one by one."""

import numpy as np
import pytest

from embeddings.bias.matching import ROOM
from embeddings.bias.random_sentences import POOL, random_sentences, words_to_draw
from embeddings.bias.sentences import Wording, seat
from embeddings.bias.templates import sentences
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.space import Space

TARGETS, ATTRIBUTES = ("This is {}.", "{} is here.", "That is {}."), ("It is {}.",)
SETS = (["rose", "tulip"], ["ant", "wasp"], ["love", "joy"], ["agony", "war"])
OTHERS = ["time", "house", "water", "world", "year", "life", "quoin", "gneiss", "kelpie", "ocelot", "vetch", "withy",
          "day", "way", "man", "zeugma"]  # fmt: skip


def vectors_of(words, templates, dimension=6):
    rng = np.random.default_rng(5)
    return {text: rng.normal(size=dimension) * rng.uniform(1, 5) for text in sentences(words, templates)}


@pytest.fixture(scope="module")
def space():
    words = [*OTHERS, "Rose", "joy", "two words"]
    return Space.from_vectors(words, np.random.default_rng(1).normal(size=(len(words), 6)), name="words")


@pytest.fixture(scope="module")
def typed():
    named = [word for each in SETS for word in each]
    return vectors_of([*OTHERS, *named], TARGETS) | vectors_of(named, ATTRIBUTES)


@pytest.mark.parametrize("by_word", [False, True])
def test_every_random_set_is_the_test_of_its_words(space, typed, by_word):
    wording = Wording(TARGETS, ATTRIBUTES, by_word)
    test = seat(space, *SETS, wording=wording, vectors_of=typed)
    pool = words_to_draw(space.collection)
    found = random_sentences(
        space, test, SETS, pool, wording=wording, match="none", vectors_of=typed, draws=5, seed=test.seed
    )
    assert (found.candidates, found.bins, found.match) == (len(OTHERS), 1, "none")
    rng = np.random.default_rng(0)
    for effect in found.effect_sizes:
        drawn = rng.choice(OTHERS, size=4, replace=False).tolist()
        expected = seat(space, drawn[:2], drawn[2:], *SETS[2:], wording=wording, vectors_of=typed)
        assert effect == pytest.approx(expected.effect_size, rel=1e-6)
    beyond = (np.abs(found.effect_sizes) >= abs(test.effect_size)).sum()
    assert found.p_value == (1 + beyond) / 6


def test_words_of_like_frequency_are_drawn():
    # Six common words point where A is and six rare ones where B is: X common and Y rare, matched, always lean apart.
    common, rare = OTHERS[:6], OTHERS[6:12]
    many = [f"{word}{end}" for word in ("a", "b") for end in range(8)]
    words = [*common, "day", "way", *rare, "zeugma", "spandrel", *many]
    pointing = {word: [1, 0, 0.1] if word in [*common, "day", "way", "people"] else [0, 1, 0.1] for word in words}
    pointing |= {"people": [1, 0, 0], "place": [1, 0, 0.2], "quagga": [0, 1, 0], "ibex": [0, 1, 0.2]}
    pointing |= {"a": [1, 0, 0], "aa": [1, 0.1, 0], "b": [0, 1, 0], "bb": [0.1, 1, 0]}
    wording = Wording(("This is {}.",), ("This is {}.",))
    vectors = {f"This is {word}.": np.array(vector) + 0.01 * i for i, (word, vector) in enumerate(pointing.items())}
    sets = (["people", "place"], ["quagga", "ibex"], ["a", "aa"], ["b", "bb"])
    of_words = Space.from_vectors(words, np.random.default_rng(0).normal(size=(len(words), 3)), name="w")
    test = seat(of_words, *sets, wording=wording, vectors_of=vectors)
    matched = random_sentences(of_words, test, sets, words, wording=wording, vectors_of=vectors, draws=100)
    assert matched.bins > 1
    assert matched.effect_sizes.min() > 1
    free = random_sentences(of_words, test, sets, words, wording=wording, match="none", vectors_of=vectors, draws=100)
    assert free.effect_sizes.min() < 0


def test_the_pool_holds_single_words_and_is_the_same_again():
    words = [f"word{number}" for number in range(2 * POOL)]
    drawn = words_to_draw(Collection.from_texts([*words, "two words"], name="many"), seed=3)
    assert len(drawn) == len(set(drawn)) == POOL
    assert "two words" not in drawn
    assert drawn == words_to_draw(Collection.from_texts([*words, "two words"], name="many"), seed=3)
    assert drawn != words_to_draw(Collection.from_texts([*words, "two words"], name="many"), seed=4)


def test_too_few_single_words_are_said(space, typed):
    wording = Wording(TARGETS, ATTRIBUTES)
    test = seat(space, *SETS, wording=wording, vectors_of=typed)
    with pytest.raises(EmbeddingError, match=f"{ROOM * 4} others are needed for these 4 words, this vocabulary has 3"):
        random_sentences(space, test, SETS, OTHERS[:3], wording=wording, vectors_of=typed)
