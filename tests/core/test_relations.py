"""Pairs of words in one relation: those of the Google set, and which a space can measure."""

import numpy as np
import pytest

from embeddings.analogies.offsets import offsets
from embeddings.analogies.questions import Question, Questions, google_questions
from embeddings.analogies.relations import NAMES, compare_relations, relations_of, usable_pairs
from embeddings.space import Space


@pytest.fixture
def space():
    rng = np.random.default_rng(1)
    lows = rng.normal(size=(4, 8))
    highs = lows + 5 * np.eye(8)[0]
    words = ["one", "two", "three", "four", "ONE-HIGH", "two-high", "three-high", "four-high", "zero", "twice one"]
    return Space.from_vectors(words, np.vstack([lows, highs, np.zeros((1, 8)), 2 * lows[:1]]), name="pairs")


def test_the_google_set_has_fourteen_named_relations():
    google = google_questions()
    relations = relations_of(google)
    assert set(google.categories) == set(NAMES)
    assert list(relations) == [NAMES[category] for category in google.categories]
    capitals = relations["capital → country"]
    assert len(capitals) == 23
    assert ("Athens", "Greece") in capitals
    assert capitals.index(("London", "England")) < capitals.index(("Kabul", "Afghanistan"))
    assert all(len(set(pairs)) == len(pairs) for pairs in relations.values())


def test_both_pairs_of_a_question_are_taken_once_and_own_categories_keep_their_names():
    asked = [Question("mine", "a", "b", "c", "d"), Question("mine", "c", "d", "e", "f")]
    assert set(relations_of(Questions("q", tuple(asked)))["mine"]) == {("a", "b"), ("c", "d"), ("e", "f")}


def test_pairs_are_found_as_the_space_spells_them_and_the_others_say_why(space):
    pairs = [
        ("One", "one-high"), ("two", "two-high"), ("TWO", "Two-high"),
        ("two", "nowhere"), ("zero", "two"), ("one", "twice one"), ("three", "new"),
    ]  # fmt: skip
    found = usable_pairs(space, pairs, vectors_of={"new": np.ones(8)})
    assert found.pairs == (("one", "ONE-HIGH"), ("two", "two-high"), ("three", "new"))
    assert [other.place for other in found.others] == [2, 3, 4, 5]
    assert [other.unknown for other in found.others] == ["", "nowhere", "", ""]
    reasons = [other.reason for other in found.others]
    assert reasons[0] == "This pair is there already."
    assert reasons[1] == "“nowhere” is not among the candidates."
    assert "“zero” has a vector of length zero" in reasons[2]
    assert "“one” and “twice one” have the same direction here." in reasons[3]
    offsets(space, found.pairs, vectors_of={"new": np.ones(8)})


def test_relations_are_compared_by_their_own_offsets_the_most_one_direction_first(space):
    numbers = ("one", "two", "three", "four")
    up = [(word, f"{word}-high") for word in numbers]
    mixed = [(word, numbers[(place + 1) % 4]) for place, word in enumerate(numbers)]
    few = [("one", "one-high"), ("five", "six")]
    found = compare_relations(space, {"few": few, "mixed": mixed, "up": up})
    assert [each.name for each in found] == ["up", "mixed", "few"]
    assert [(each.pairs, each.of) for each in found] == [(4, 4), (4, 4), (1, 2)]
    here = offsets(space, [("one", "ONE-HIGH"), *up[1:]])
    assert (found[0].mean, found[0].shuffled) == (here.mean, here.shuffled)
    assert np.isnan(found[2].mean)
