"""Words of a sum as they are typed: what they stand for, near spellings, and where a mistake is."""

import pytest
from driving import settle
from royal_sums import FOOD, OWN, lists, plain

from components.analogies.mistakes import pointed, replaced
from components.analogies.understanding import expected_row, near_spellings, to_encode
from components.kit import caching
from components.kit.candidates import Candidates
from embeddings.analogies.parsing import parse
from embeddings.collection import Collection
from embeddings.errors import ExpressionError, UnknownItem


def test_names_that_no_candidate_has_are_to_be_encoded(royal):
    other = Collection.from_texts(["first", "second", "king"], name="other")
    candidates = Candidates(royal.collection, other, "MiniLM")
    assert to_encode(candidates, royal, parse("king - #2 + ship")) == {"#2": "second", "ship": "ship"}
    assert to_encode(candidates._replace(own=royal.collection), royal, parse("king - #2")) == {}
    with pytest.raises(ExpressionError, match="There is no #4: the last item of the collection is #3"):
        to_encode(candidates, royal, parse("king - #4"))
    with pytest.raises(ExpressionError, match="as a text and as the number"):
        to_encode(candidates, royal, parse('#2 - "#2"'))
    with pytest.raises(ExpressionError, match="at most 100"):
        to_encode(candidates, royal, parse(" + ".join(f"w{number}x" for number in range(101))))


def test_the_expected_answer_may_be_a_number_of_the_collection(royal, own):
    assert expected_row(own, royal, "#4") == 3
    assert expected_row(own, royal, "QUEEN") == 3
    other = Candidates(royal.collection, Collection.from_texts(["x", "boat"], name="other"), "MiniLM")
    assert expected_row(other, royal, "#2") == 4
    for missing in ("quen", "#1", "#99", "#"):
        with pytest.raises(UnknownItem):
            expected_row(other, royal, missing)


def test_near_spellings_are_found_and_references_have_none(royal):
    assert near_spellings(royal.collection, parse("qeen").terms[0]) == ("queen",)
    assert near_spellings(royal.collection, parse("#3").terms[0]) == ()
    assert near_spellings(royal.collection, parse("z" * 50).terms[0]) == ()


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("king - wmoan", 7, 12, "king - wmoan\n       ^^^^^"),
        ("", 0, 0, "\n^"),
        ("a", 1, 1, "a\n ^"),
        ("国 - x", 4, 5, "国 - x\n     ^"),
        ("e\u0301 + x", 5, 6, "e\u0301 + x\n    ^"),
        ("a\nb", 2, 3, "a·b\n  ^"),
    ],
)
def test_carets_stand_under_the_place(text, start, end, shown):
    assert pointed(text, start, end) == shown


def test_only_the_surroundings_of_a_place_are_shown():
    line, carets = pointed("a + " * 2500, 4000, 10_000).split("\n")
    assert len(line) < 300
    assert line[0] == line[-1] == "…"
    assert carets.strip() == "^" * len(carets.strip())


def test_a_replacement_is_quoted_where_it_needs_it():
    assert replaced("king - wmoan", 7, 12, "woman") == "king - woman"
    assert replaced("x", 0, 1, 'ice "cream"') == '"ice \\"cream\\""'
    assert parse(replaced("x + y", 0, 1, 'a\\"-b')).terms[0].name == 'a\\"-b'


def test_typed_texts_are_encoded_and_near_spellings_offered(open_page):
    saved = caching.store().save(Collection.from_texts(FOOD, name="food"))
    app = open_page("analogies.py", collection=saved.id, sum='"butter milk" - milk + braed', candidates=OWN)
    assert not app.exception
    assert "has a vector of length zero" in plain(app)
    app.text_input(key="sum").set_value('"butter milk" - milk + bread')
    app = settle(app.run())
    assert "“butter milk” is no candidate; TF-IDF encoded it just now" in plain(app)
    assert lists(app)["3CosAdd"][0] == "bread butter"


def test_a_number_means_an_item_of_the_collection_whatever_the_candidates(open_page):
    saved = caching.store().save(Collection.from_texts(["the bread", "the milk"], name="two"))
    app = open_page("analogies.py", collection=saved.id, sum="#1", words="5,000")
    assert not app.exception
    assert "“#1” is no candidate; TF-IDF encoded it just now" in plain(app)
    app.text_input(key="sum").set_value("#3")
    assert "There is no #3: the last item of the collection is #2" in plain(settle(app.run()))
