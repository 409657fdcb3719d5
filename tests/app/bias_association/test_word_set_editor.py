"""The word sets: as text, in a link, and edited on the page."""

import pyarrow as pa
import pytest
from driving import said, settle
from garden_sets import SETS, A, B, X, Y, replaced

from components.kit.words import number
from components.views.bias_inputs import NamedSet, read_set, refer, sets_from_text, sets_to_text, write_set
from embeddings.bias.association import weat
from embeddings.bias.checking import check_sets, display_names, status
from embeddings.bias.ready import NOTICE, ready_tests
from embeddings.bias.word_sets import Rules
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError


@pytest.mark.parametrize(
    "sets",
    [
        SETS,
        (NamedSet("", ("a.b", "50%", "x*y", "~", "ünï 👩‍🚀")), NamedSet("new york", ("New York",))),
        (NamedSet("long", tuple(f"word number {n}" for n in range(400))), NamedSet("", ())),
    ],
)
def test_sets_come_back_from_a_link(sets):
    text = sets_to_text(sets)
    assert sets_from_text(text) == sets
    assert len(text) < 2_500


@pytest.mark.parametrize("text", ["~", "~no!", "~AAAA", sets_to_text(SETS * 60)[:60]])
def test_a_broken_link_is_answered(text):
    assert text.startswith("~")
    with pytest.raises(EmbeddingError, match="cannot be read"):
        sets_from_text(text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("a b  c", "abc"), ("a, b\nc", "abc"), ("new york,", ("new york",)), ("", ()), ("a\tb;c", "abc")],
)
def test_words_are_read_as_typed(typed, words):
    assert read_set(typed) == tuple(words)
    assert read_set(write_set(tuple(words))) == tuple(words)


def test_numbers_and_column_values_name_items():
    pictures = Collection("p", (b"1", b"2", b"3", b"4"), pa.table({"shape": ["o", "x", "o", None]}))
    assert refer(("#2", "#3-#4", "shape=o", "love", "a=b"), pictures) == (1, 2, 3, 0, 2, "love", "a=b")
    assert len(refer(("shape=o",), pictures, most=1)) == 1
    assert refer(("#1",), Collection.from_texts(["one"], name="t")) == ("one",)
    with pytest.raises(EmbeddingError, match="no item #5 here: this collection has #1 to #4"):
        refer(("#5",), pictures)
    with pytest.raises(EmbeddingError, match="No item has “y” in the column “shape”"):
        refer(("shape=y",), pictures)


def test_sets_are_called_by_names_that_are_theirs_alone():
    assert display_names(["X", "Y", "A"], ["Flowers", "flowers ", ""]) == {"X": "Flowers", "Y": "flowers", "A": "A"}
    assert display_names(["X", "Y"], ["same", "same"]) == {"X": "same (X)", "Y": "same (Y)"}


def test_the_status_of_a_set_counts_what_is_known_new_and_doubled(garden):
    check = check_sets(garden, {"X": ("rose", "Rose", "TULIP", "zinnia")}, rules=Rules(), any_text=True).sets[0]
    said = status(check)
    assert said.startswith("3 words, 1 of them outside the word list (encoded as typed: “zinnia”)")
    assert "“Rose” twice" in said
    assert "“TULIP” read as “tulip”" in said


def test_nearest_spellings_are_offered_as_buttons(open_sets):
    app = open_sets(replaced(0, ("rose", "tulip", "daisy", "lilly")))
    next(each for each in app.button if each.label == "lily").click()
    app = settle(app.run())
    assert app.session_state["association_X_words"] == X
    assert not app.error


def test_taking_a_word_out_asks_to_even_out_and_does_it_on_a_click(open_sets, garden):
    app = open_sets()
    app.multiselect(key="association_X_chips").set_value(["rose", "tulip", "daisy"])
    app = settle(app.run())
    assert "Flowers has 3 usable and Insects 4: take 1 from Insects" in said(app)
    app.button(key="even_out").click()
    app = settle(app.run())
    assert not app.error
    found = weat(garden, X[:3], Y[:3], A, B)
    table = next(each.value for each in app.dataframe if "d" in each.value.columns)
    assert table["d"].tolist() == [number(found.effect_size, ".2f")]


def test_pasted_words_are_taken_apart_in_chips_and_in_text(open_sets):
    app = open_sets()
    app.multiselect(key="association_A_chips").set_value([*A, "word1, word2;word3"])
    app = settle(app.run())
    assert app.session_state["association_A_words"] == (*A, "word1", "word2", "word3")
    app.segmented_control(key="association_form").set_value("Text")
    app = settle(app.run())
    app.text_area(key="association_B_text").set_value("ugly\npoison\nword4")
    app = settle(app.run())
    assert app.session_state["association_B_words"] == ("ugly", "poison", "word4")
    assert sets_from_text(app.session_state["link_sets"])[3].words == ("ugly", "poison", "word4")


def test_sensitive_lists_open_with_their_notice(open_page):
    app = open_page("bias.py", test="WEAT3", encoders="Character n-grams", pool="The collection")
    assert NOTICE in said(app)
    assert not [each for each in app.multiselect if each.key == "association_X_chips"]
    app.button(key="reveal_words").click()
    app = settle(app.run())
    assert app.multiselect(key="association_X_chips").value == list(ready_tests()["WEAT3"].x.words)
    assert "stereotypes" in said(app)


def test_a_ready_test_shows_where_its_words_come_from_and_can_be_restored(open_page):
    app = open_page("bias.py", encoders="Character n-grams")
    assert "Caliskan, Bryson & Narayanan 2017" in said(app)
    assert "Greenwald, McGhee & Schwartz 1998" in said(app)
    app.multiselect(key="association_X_chips").set_value(list(ready_tests()["WEAT1"].x.words[1:]))
    app = settle(app.run())
    app = settle(app.run())
    assert "Changed by you" in said(app)
    app.button(key="restore_words").click()
    app = settle(app.run())
    assert len(app.multiselect(key="association_X_chips").value) == 25
    assert app.session_state["link_sets"] == ""


def test_your_own_sets_begin_with_an_example(open_page):
    app = open_page("bias.py", encoders="Character n-grams")
    app.selectbox(key="association_test").set_value("own")
    app = settle(app.run())
    assert "Type or paste words beside this" in said(app)
    app.button(key="own_example").click()
    app = settle(app.run())
    assert not app.error
    assert "coffee" in app.multiselect(key="association_X_chips").value
