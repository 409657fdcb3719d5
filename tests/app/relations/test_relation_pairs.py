"""Pairs as they are typed."""

import pytest

from components.views.relation_pairs import LONGEST, MOST, read_pairs


def test_pairs_are_read_however_they_are_divided():
    typed = read_pairs("france paris\n\nitaly, rome\njapan → tokyo\n ice cream\tices \nnew york -> usa\nmilk;cow")
    assert typed.pairs == (
        ("france", "paris"), ("italy", "rome"), ("japan", "tokyo"), ("ice cream", "ices"),
        ("new york", "usa"), ("milk", "cow"),
    )  # fmt: skip
    assert typed.lines == (1, 3, 4, 5, 6, 7)
    assert typed.mistakes == ()


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("alone", "Line 1: “alone” stands alone; a pair is two words, such as france → paris."),
        ("a b\nice cream cone", "Line 2: 3 words; put → or a comma between the two parts of a pair."),
        ("a → b → c", "Line 1: 3 words; put"),
        ("a →", "Line 1: “a” stands alone"),
        (", b", "Line 1: “b” stands alone"),
        ("→", "Line 1: there is no word; a pair is"),
        ("x" * (LONGEST + 1) + " y", "Line 1: a word of 201 characters; at most 200 can be read."),
        ("\n".join(f"a{n} b{n}" for n in range(MOST + 1)), "Line 201: only 200 pairs are compared at once"),
    ],
)
def test_mistakes_are_named_by_their_line_and_lose_nothing_else(text, mistake):
    typed = read_pairs(text + "\nlast one")
    assert typed.mistakes[0].startswith(mistake)
    assert len(typed.pairs) == min(MOST, text.count("\n") + 1)
