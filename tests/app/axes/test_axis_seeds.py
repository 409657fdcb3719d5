"""Seeds as they are typed, as a link carries them, and where their vectors come from."""

import numpy as np
import pytest
from size_axis import SEEDS

from components.kit.seeds import check, look_up, read_lists, read_pairs
from components.kit.words import read_words, write_pairs, write_words
from embeddings.axis_seeds import Seeds, from_text, to_text
from embeddings.errors import EmbeddingError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("small big", [("small", "big")]),
        ("small, big\n\n tiny ↔ huge ", [("small", "big"), ("tiny", "huge")]),
        ("a small circle\ta large circle", [("a small circle", "a large circle")]),
        ('"a small circle" "a large circle"', [("a small circle", "a large circle")]),
        ("“ice, cream”, fire -> ball", [("“ice, cream”, fire", "ball")]),
        ("old <-> new; newer", [("old", "new; newer")]),
        ('"say ""no""" yes', [('say "no"', "yes")]),
        ("#12 #13", [("#12", "#13")]),
        ("straße GROẞ", [("straße", "GROẞ")]),
    ],
)
def test_pairs_are_read_however_they_are_separated(text, expected):
    typed = read_pairs(text)
    assert [(low.text, high.text) for low, high in zip(typed.low, typed.high, strict=True)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("small little tiny", ["small", "little", "tiny"]),
        ("small, a little one,tiny\nvery small", ["small", "a little one", "tiny", "very small"]),
        ('small "ice cream"\ntiny', ["small", "ice cream", "tiny"]),
        (" ,, \n", []),
        ("", []),
    ],
)
def test_lists_are_read_with_commas_lines_or_spaces(text, expected):
    assert [word.text for word in read_words(text)] == expected


@pytest.mark.parametrize(
    "words", [("small", "a, b", 'with "quotes"', "x -> y"), ("ice cream",), ("“curly”", "a;b"), ("↔", "#3", "don't")]
)
def test_what_is_written_reads_back_the_same(words):
    assert tuple(word.text for word in read_words(write_words(words))) == words
    typed = read_pairs(write_pairs(words, words))
    assert tuple(word.text for word in typed.low) == tuple(word.text for word in typed.high) == words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (lambda: read_pairs("small big"), "at least 2 pairs, so that one can be left out; got 1"),
        (lambda: read_pairs("a b\nsmall\nc d"), "Line 2, “small”: a pair has two sides"),
        (lambda: read_pairs("a b\nsmall big huge"), "Line 2, “small big huge”: a pair has two sides, so put a comma"),
        (
            lambda: read_pairs("small big\ntiny huge\nSMALL tall"),
            "“SMALL” stands twice on the low side (lines 1 and 3)",
        ),
        (lambda: read_pairs("small big\ntiny Small"), "“Small” stands on both sides (lines 1 and 2)"),
        (lambda: read_pairs("\n".join(f"a{i} b{i}" for i in range(5_000))), "at most 200 pairs; got 5,000"),
        (lambda: read_lists("a b", "c"), "at least 2 words on each side, so that one can be left out; the high side"),
        (lambda: read_lists("a b", "c a"), "“a” stands on both sides (line 1 of the high side)"),
        (lambda: read_lists(" ".join(f"w{i}" for i in range(5_000)), "c d"), "the low side has 5,000"),
        (lambda: read_lists("a b", f"c {'x' * 10_000}"), "at most 200 characters, this one has 10,000"),
    ],
)
def test_mistaken_seeds_are_answered_with_their_place(typed, said):
    with pytest.raises(EmbeddingError) as caught:
        check(typed())
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "seeds",
    [
        SEEDS,
        Seeds(("a", "b"), ("c", "d"), False),
        Seeds(("100 %", "a*b~c"), ("%2A", "ß ↔ ü"), True, "low*", "high~", "my axis"),
        Seeds(("one",), ("two", "three", "vier"), False, name="only a name"),
    ],
)
def test_a_link_carries_seeds_exactly(seeds):
    assert from_text(to_text(seeds)) == seeds


def test_the_text_of_a_link_is_short():
    assert to_text(Seeds(("small", "little"), ("large", "big"))) == "pairs*small~large*little~big"
    assert to_text(Seeds(("a", "b"), ("c",), False, "low")) == "lists~~low~*a~b*c"


@pytest.mark.parametrize(
    "text",
    [
        *("", "pairs", "pair*a~b", "pairs*a", "pairs*a~b~c", "pairs*a~", "lists*a~b", "lists*a*b*c", "pairs~x*a~b"),
        *("pairs*a%~b", "pairs*a%2a~b", "pairs* a~b", "pairs~~l\n~h*a~b", "<script>", "pairs*" + "~" * 500),
    ],
)
def test_a_malformed_link_is_answered(text):
    with pytest.raises(EmbeddingError, match="The axis in this link cannot be read: "):
        from_text(text)


def test_unknown_words_of_given_vectors_are_named_with_their_nearest_spellings(given):
    with pytest.raises(EmbeddingError, match=r"“tinny” is not in this collection\. Did you mean tiny"):
        look_up(given, ["huge", "tinny"])
    assert look_up(given, ["HUGE", "tiny"]).to_encode == []


def test_items_can_be_named_by_their_number(given):
    np.testing.assert_array_equal(look_up(given, ["#2"]).given["#2"], given.vectors[1])
    for number in ("#0", "#9999"):
        with pytest.raises(EmbeddingError, match=f"There is no item {number}: this collection has #1 to #214"):
            look_up(given, [number])
