"""Pairs and words as they are typed, the ready ones, and what is said where they make no direction."""

import numpy as np
import pytest
from driving import answered, press, said
from gendered_words import PAIRS, saved, view

from components.kit.words import write_pairs, write_words
from components.views.bias_inputs import vectors_of_words
from components.views.bias_pairs import listed_pairs, read_typed, ready_pairs
from embeddings.bias.leaning import leaning
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.samples import load_sample
from embeddings.space import Space

LINES = write_pairs(*zip(*PAIRS, strict=True))


@pytest.mark.parametrize(
    ("pairs", "words", "message"),
    [
        ("she 0, he 0", "", "A direction needs at least 2 pairs, got 1."),
        ("she 0, he 0\nshe 0, he 1", "", "stands in two pairs"),
        ("she 0, he 0\nshee 1, he 1", "", "Did you mean she 1"),
        ("she 0, he 0\nalone", "", "Line 2, “alone”: a pair has two sides"),
        ("she 0, she 0\nhe 1, he 1", "", "there is nothing to compare"),
        (LINES, '"word 1"', "needs at least 2 words, got 1"),
        (LINES, "word 1, wurd 2, wurd 3", "is not in this collection"),
        ("\n".join(f"a{n}, b{n}" for n in range(201)), "", "At most 200 pairs"),
    ],
)
def test_pairs_that_make_no_direction_are_refused_with_the_reason(hidden, pairs, words, message):
    given = Space(hidden.collection, hidden.vectors, "given:hidden")

    def measured():
        typed = read_typed(pairs, words)
        return leaning(given, *typed, vectors_of=vectors_of_words(given, typed.all_words))

    with pytest.raises(EmbeddingError, match=message):
        measured()


@pytest.mark.parametrize(
    ("lines", "message"),
    [("she 0, he 0\nalone", "Line 2, “alone”"), ("she 0, she 0\nhe 1, he 1", "there is nothing to compare")],
)
def test_the_reason_stands_beside_the_pairs_and_the_page_goes_on(open_page, hidden, lines, message):
    app = view(open_page, hidden, bias_pairs=lines)
    assert not app.exception
    assert message in answered(app)
    assert "Each pair is centred on its own mean" in said(app)


def test_words_that_a_fitted_encoder_does_not_know_are_named(open_page):
    app = open_page("bias.py", probe="Direction and debiasing", candidates="The collection",
                    bias_pairs="xyzzy, qwfp\nbread, salt", bias_words="")  # fmt: skip
    assert "knows nothing of “xyzzy” and “qwfp”" in answered(app)


def test_without_pairs_the_view_says_what_to_type(open_page, hidden):
    app = view(open_page, hidden, bias_pairs="")
    assert not app.exception
    assert "Pairs of words that differ in one thing make a direction" in said(app)


def test_the_ready_pairs_open_with_a_notice_and_where_they_come_from(open_page):
    words = load_sample("words")
    vectors = np.random.default_rng(0).normal(size=(len(words), 8))
    app = open_page("bias.py", probe="Direction and debiasing", encoder="", candidates="The collection",
                    collection=saved(Space.from_vectors(words.items, vectors, name="words")))  # fmt: skip
    assert not app.exception
    assert "say nothing about anyone" in said(app)
    assert "Bolukbasi, Chang, Zou, Saligrama & Kalai 2016" in said(app)
    assert "say nothing about anyone" not in said(press(app, "Large and small"))


def test_ready_pairs_are_those_that_have_vectors_here(hidden):
    assert ready_pairs(Space(hidden.collection, hidden.vectors, "given:hidden")) == ()
    few = Space.from_vectors(["she", "he", "woman", "man", "nurse"], np.eye(5), name="held")
    (only,) = ready_pairs(Space(few.collection, few.vectors, "given:few"))
    assert only.pairs == (("woman", "man"), ("she", "he"))
    assert only.words == ("nurse",)


@pytest.mark.parametrize("kind", ["text", "picture"])
def test_ready_pairs_read_back_as_they_are_typed(kind):
    for each in listed_pairs(kind):
        assert read_typed(write_pairs(*zip(*each.pairs, strict=True)), write_words(each.words)) == each[1:3]
        assert len(set(each.words)) == len(each.words) > 6
    assert len(listed_pairs("text")[0].words) == 32


@pytest.mark.parametrize(
    ("probe", "items"),
    [("Direction and debiasing", ["only one"]), ("Sets", ["", " ", "\x00"]), ("Search skew", ["same"] * 5)],
)
def test_tiny_and_odd_collections_are_answered(open_page, items, probe):
    id = saved(Collection.from_texts(items, name="tiny"))
    app = open_page("bias.py", probe=probe, collection=id, encoder="Bag of words", candidates="The collection")
    assert not app.exception
