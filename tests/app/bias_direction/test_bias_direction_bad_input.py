"""Pairs, words and collections that make no direction are answered."""

import pytest
from gendered_words import answered, saved, view

from embeddings.collection import Collection


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ({"bias_pairs": "she 0, he 0"}, "A direction needs at least 2 pairs, got 1."),
        ({"bias_pairs": "she 0, he 0\nshe 0, he 1"}, "stands in two pairs"),
        ({"bias_pairs": "she 0, he 0\nshee 1, he 1"}, "Did you mean she 1"),
        ({"bias_pairs": "she 0, he 0\nalone"}, "Line 2, “alone”: a pair has two sides"),
        ({"bias_pairs": "she 0, she 0\nhe 1, he 1"}, "there is nothing to compare"),
        ({"bias_words": '"word 1"'}, "needs at least 2 words, got 1"),
        ({"bias_words": "word 1, wurd 2, wurd 3"}, "is not in this collection"),
        ({"bias_pairs": "\n".join(f"a{n}, b{n}" for n in range(201))}, "At most 200 pairs"),
    ],
)
def test_pairs_that_make_no_direction_are_answered_beside_them(open_page, hidden, link, message):
    app = view(open_page, hidden, **link)
    assert not app.exception
    assert message in answered(app)


def test_words_that_a_fitted_encoder_does_not_know_are_named(open_page):
    app = open_page("bias.py", probe="Direction and debiasing", candidates="The collection",
                    bias_pairs="xyzzy, qwfp\nbread, salt", bias_words="")  # fmt: skip
    assert "knows nothing of “xyzzy” and “qwfp”" in answered(app)


def test_a_word_to_keep_that_is_not_there_is_answered(open_page, hidden):
    app = view(open_page, hidden, direction_part="Take it out?", taken_out="1", bias_keep="granny")
    assert "“granny” is not in this collection" in answered(app)


@pytest.mark.parametrize("probe", ["Direction and debiasing", "Sets", "Search skew"])
@pytest.mark.parametrize("items", [["only one"], ["", " ", "\x00"], ["same"] * 5])
def test_tiny_and_odd_collections_are_answered(open_page, items, probe):
    id = saved(Collection.from_texts(items, name="tiny"))
    app = open_page("bias.py", probe=probe, collection=id, encoder="Bag of words", candidates="The collection")
    assert not app.exception
