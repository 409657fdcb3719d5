"""Association tests over sentences: random words stand in the same templates."""

from driving import said
from garden_sets import SETS

from components.views.bias_inputs import sets_to_text

LINK = {"over": "Sentences", "test": "own", "sets": sets_to_text(SETS), "encoders": "Character n-grams", "tested": "1"}


def test_sentences_are_held_against_random_words_in_the_same_templates(open_page):
    app = open_page("bias.py", collection="words", **LINK)
    assert not app.exception
    table = next(each.value for each in app.dataframe if "d" in each.value.columns)
    assert "random sets, 95 %" in table.columns
    assert "1,000 times as many random items" in said(app)


def test_a_collection_without_words_says_why_there_are_no_random_sets(open_page):
    app = open_page("bias.py", collection="sentences", **LINK)
    assert not app.exception
    assert "made of single words: 32 others are needed for these 8 words, this vocabulary has 0" in said(app)
