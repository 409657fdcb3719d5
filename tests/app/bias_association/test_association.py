"""Association tests of words and sentences on the page against the core called directly."""

from dataclasses import replace

import numpy as np
import pytest
from driving import said
from garden_sets import SETS, A, B, X, Y

from components.kit import caching
from components.kit.words import number, p_is, p_text
from components.views.association_settings import own_encoders, text_encoders
from components.views.association_tests import Question
from components.views.bias_inputs import sets_to_text
from embeddings.bias.association import weat
from embeddings.bias.ready import ready_tests
from embeddings.bias.sentences import Wording
from embeddings.samples.frequent import most_frequent
from embeddings.space import Space


def test_questions_have_one_key_whatever_the_test_is_called(garden):
    question = Question("a", garden.collection, "MiniLM", (X, Y, A, B))
    assert question.request.key == replace(question, name="b").request.key
    others = [replace(question, seed=1), replace(question, wording=Wording()), replace(question, match="none"),
              replace(question, sets=(Y, X, A, B)), replace(question, encoder="MiniLM static")]  # fmt: skip
    assert len({each.request.key for each in (question, *others)}) == 6


def test_the_results_are_those_of_the_core(open_sets, test):
    app = open_sets()
    assert not app.exception
    table = next(each.value for each in app.dataframe if "d" in each.value.columns)
    assert table["d"].tolist() == [number(test.effect_size, ".2f")]
    assert f"exact over all {test.partitions} reshuffles" in said(app)
    assert f"{p_is(test.p_value)} one-sided, {p_text(test.p_two_sided)} two-sided" in said(app)
    assert "Flowers go with Pleasant" in said(app)
    assert "What do random sets give?" in said(app)
    assert "1,000 times as many random items" in said(app)
    assert "not harm" in said(app)
    assert "No effect is no proof of no bias" in said(app)


def test_the_first_test_is_answered_without_a_click_and_all_ten_wait_for_one(open_page, garden):
    saved = caching.store().save(garden)
    sets = sets_to_text((SETS[1], SETS[0], SETS[2], SETS[3]))
    app = open_page("bias.py", collection=saved.id, encoder="", test="own", sets=sets)
    assert "Flowers" in said(app)
    assert "Effect size d = −" in said(app)
    assert not [each for each in app.button if each.key == "run_association"]
    ten = open_page("bias.py", collection=saved.id, encoder="", test="all")
    assert ten.button(key="run_association")


def test_all_ten_tests_run_at_once_with_holm(open_page):
    tests = ready_tests()
    words = list(dict.fromkeys([word for test in tests.values() for each in test.sets for word in each]))
    words += [word for word in most_frequent(600) if word not in words]
    vectors = np.random.default_rng(0).normal(size=(len(words), 8)).astype(np.float32)
    space = Space.from_vectors(words, vectors, name="all words")
    saved = caching.store().save(space)
    app = open_page("bias.py", collection=saved.id, encoder="", test="all", tested="1")
    assert not app.exception
    table = next(each.value for each in app.dataframe if "test" in each.value.columns)
    assert len(table) == 10
    found = weat(space, *tests["WEAT7"].sets)
    assert table["d"][6] == number(found.effect_size, ".2f")
    assert "after Holm’s correction" in said(app)
    assert table["published d"][0] == "1.50"


def test_one_encoder_is_asked_at_first():
    words = caching.sample("words")

    def first_of(collection, encoder):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("components.views.association_settings._current", lambda own: encoder)
            return text_encoders(collection)[1]

    assert first_of(words, "MiniLM") == ["MiniLM"]
    assert first_of(words, "TF-IDF") == ["TF-IDF"]
    assert first_of(words, "Pixels") == ["MiniLM"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("components.views.association_settings._current", lambda own: "Pixels")
        assert own_encoders(caching.sample("digits"))[1] == ["Pixels"]


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
