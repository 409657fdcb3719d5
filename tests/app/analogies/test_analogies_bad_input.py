"""Sums, expected answers and links that cannot be used are answered, and lose nothing."""

import pytest
from royal_sums import SUM, lists, plain, press


@pytest.mark.parametrize(
    "link", [{"answers": "0"}, {"answers": "9999"}, {"answers": "x"}, {"picture": "4D"}, {"inputs": "maybe"}]
)
def test_a_link_with_unusable_settings_still_opens(open_royal, link):
    app = open_royal(sum=SUM, **link)
    assert not app.exception
    assert len(lists(app))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("king - man + wmoan", "“wmoan” is not in this collection"),
        ("   +  ", "A word is missing"),
        ("king - (man + woman", "This bracket is never closed"),
        ("king - man) + woman", "This bracket was never opened"),
        ("king / man", "There is no division"),
        ("king - king", "cancel each other out"),
        ("king - #3", "are the same item here and cancel out"),
        ("king - KING", "are the same item here and cancel out"),
        ("a + " * 1500, "at most 4,000 can be read"),
        ("#99", "There is no #99"),
        ("☃️ + 国", "is not in this collection"),
        ("<script>alert(1)</script>", "has no meaning here"),
        ('"<b>*prince*</b>" - "[x](y)"', "“[x](y)” is not in this collection"),
        ("\x00\x01", "is not in this collection"),
    ],
)
def test_bad_sums_are_answered_with_their_place_and_lose_nothing(open_royal, text, message):
    app = open_royal(sum=text, expected="queen")
    assert not app.exception
    assert message in plain(app)
    assert app.text_input(key="sum").value == text
    assert app.text_input(key="expected").value == "queen"
    assert "^" in app.code[0].value
    assert not any("3CosAdd" in frame.value.columns for frame in app.dataframe)


def test_an_empty_sum_is_no_error(open_royal):
    app = open_royal(sum="   ")
    assert not app.exception
    assert not app.error


def test_a_suggestion_repairs_the_sum_on_one_click(open_royal):
    app = press(open_royal(sum="king - man + wman"), "woman")
    assert app.text_input(key="sum").value == "king - man + woman"
    assert not app.error
    assert "queen comes first" in plain(app)


def test_an_expected_answer_that_is_no_candidate_is_said_and_repaired(open_royal):
    app = open_royal(sum=SUM, expected="quen")
    assert "“quen” is not among the candidates" in plain(app)
    assert len(lists(app))
    app = press(app, "queen")
    assert app.text_input(key="expected").value == "queen"
    assert "queen is the expected answer" in plain(app)
