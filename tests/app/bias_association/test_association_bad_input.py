"""Every mistake in word sets and links gets a sentence, and nothing is lost."""

import numpy as np
import pytest
from driving import said, settle
from garden_sets import A, B, X, Y, replaced

from components.kit import caching
from embeddings.space import Space


@pytest.mark.parametrize(
    ("number", "words", "sentence"),
    [
        (0, ("rose",), "Flowers needs at least 2 words, got 1"),
        (0, ("rose", "tulip"), "Flowers and Insects must be as many"),
        (0, Y, "Flowers and Insects hold the same words"),
        (2, (*A, "grief"), "“grief” stands in both Pleasant and Unpleasant"),
        (0, ("rosse", "tulpi", "daisy", "lily"), "Only 2 of the 4 words of Flowers are in this collection"),
        (0, ("1", "2", "3", "4"), "Flowers holds the number 1; a set holds words"),
        (3, tuple(f"w{n}" for n in range(5_000)), "Unpleasant has 5,000 words; a set can hold up to 1,000"),
        (0, ("#900", "rose", "tulip", "lily"), "There is no item #900 here: this collection has #1 to #74"),
    ],
)
def test_every_mistake_has_a_sentence_beside_the_sets(open_page, garden, number, words, sentence):
    saved = caching.store().save(garden)
    app = open_page("bias.py", collection=saved.id, encoder="", test="own", sets="", tested="1")
    for name, each in zip("XYAB", replaced(number, words), strict=True):
        app.session_state[f"association_{name}_words"] = each.words
        app.session_state[f"association_{name}_name"] = each.name
    app = settle(app.run())
    assert not app.exception
    assert sentence in "\n".join(each.value for each in app.error).replace("\\", "")
    assert sentence in said(app)  # in the place of the results too
    kept = app.session_state[f"association_{'XYAB'[number]}_words"]
    assert kept == words  # nothing that was typed is lost


def test_words_without_spread_have_no_effect_size(open_sets):
    same = Space.from_vectors([*X, *Y, *A, *B], np.ones((14, 3), np.float32), name="all the same")
    app = open_sets(space=same)
    assert "exactly the same degree" in said(app)


@pytest.mark.parametrize("link", [{"test": "WEAT99"}, {"sets": "~broken"}])
def test_a_link_that_leads_nowhere_is_answered(open_page, link):
    app = open_page("bias.py", encoders="Character n-grams", **link)
    assert "WEAT1 stands here instead" in said(app)
    assert not app.exception


def test_given_vectors_without_the_words_refuse_and_name_them(open_page, compass):
    saved = caching.store().save(compass)
    app = open_page("bias.py", collection=saved.id, encoder="", tested="1")
    assert not app.exception
    assert "Only 0 of the 25 words of Flowers are in this collection" in said(app)
