import pytest

from embeddings.bias.checking import MOST_WORDS, check_sets, split_words
from embeddings.bias.ready import NOTICE, ready_tests
from embeddings.bias.word_sets import Rules
from embeddings.errors import EmbeddingError
from embeddings.space import Space

WORDS = ["aster", "clover", "Rose", "tulip", "ant", "flea", "wasp", "moth", "love", "peace", "agony", "filth", "2001"]


@pytest.fixture(scope="module")
def garden():
    return Space.from_vectors(WORDS, [[i + 1, i * i, 1] for i in range(len(WORDS))], name="garden")


def sets(x=("aster", "clover"), y=("ant", "flea"), a=("love", "peace"), b=("agony", "filth")):
    return {"X": x, "Y": y, "A": a, "B": b}


def test_good_sets_have_nothing_to_say(garden):
    found = check_sets(garden, sets())
    assert found.usable
    assert found.problems == found.notes == found.overlaps == ()
    assert [each.name for each in found.sets] == ["X", "Y", "A", "B"]
    assert found.names("Y") == ("ant", "flea")
    found.require()


def test_missing_words_come_with_the_nearest_spellings(garden):
    found = check_sets(garden, sets(x=["aster", "tulpi", "clvoer", "qqq"]))
    assert [(each.word, each.suggestions) for each in found.sets[0].missing] == [
        ("tulpi", ("tulip",)),
        ("clvoer", ("clover",)),
        ("qqq", ()),
    ]
    assert found.problems[0] == (
        "Only 1 of the 4 words of X are in this collection; at least 80 % and 2 words are needed. "
        "Missing: “tulpi” (did you mean tulip?), “clvoer” (did you mean clover?) and “qqq”."
    )
    with pytest.raises(EmbeddingError, match="did you mean tulip"):
        found.require()


def test_few_missing_words_are_a_note(garden):
    found = check_sets(garden, sets(a=[*WORDS[:2], "love", "peace", "lvoe"]), rules=Rules())
    assert found.usable
    assert found.names("A") == ("aster", "clover", "love", "peace")
    assert any("A goes without “lvoe”" in note for note in found.notes)


def test_any_text_can_be_encoded_later(garden):
    found = check_sets(garden, sets(x=["aster", "daisy", "lilac"], y=["ant", "flea", "bee"]), any_text=True)
    assert found.usable
    assert found.sets[0].to_encode == ("daisy", "lilac")
    assert found.names("X") == ("aster", "daisy", "lilac")
    numbers = check_sets(garden, sets(x=["aster", "12"]), any_text=True)
    assert "X holds the number 12" in numbers.problems[0]


def test_given_words_are_known(garden):
    found = check_sets(garden, sets(x=["aster", "daisy"]), vectors_of={"daisy": [1, 2, 3]})
    assert found.usable
    assert found.sets[0].to_encode == ()


def test_doubles_count_once_in_any_case(garden):
    found = check_sets(garden, sets(x=["aster", "ASTER", "aster", "clover"]))
    assert found.usable
    assert found.sets[0].duplicates == ("ASTER", "aster")
    assert found.names("X") == ("aster", "clover")
    assert any("more than once" in note for note in found.notes)


def test_another_case_is_said(garden):
    found = check_sets(garden, sets(x=["aster", "rose"]))
    assert found.sets[0].respelt == (("rose", "Rose"),)
    assert found.notes == ("X: found in another case of the letters: “rose” as “Rose”.",)


def test_rows_and_words_are_the_same_items(garden):
    found = check_sets(garden, sets(x=[0, "aster", 1]))
    assert found.names("X") == (0, 1)
    assert found.sets[0].duplicates == ("aster",)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"x": ["aster"]}, "X needs at least 2 words, got 1."),
        ({"x": []}, "X needs at least 2 words, got 0."),
        ({"x": ["", "  "]}, "X needs at least 2 words, got 0."),
        ({"x": ["aster", "ASTER"]}, "X needs at least 2 words, got 1."),
        ({"x": ["aster", "clover", "tulip"]}, "take 1 from X."),
        ({"y": ["aster", "clover"]}, "X and Y hold the same words, so there is nothing to compare."),
        ({"b": ["love", "agony"]}, "“love” stands in both A and B; a word can be in one only."),
        ({"x": ["aster", "3,5 %"]}, "X holds the number 3,5 %; a set holds words."),
        ({"x": ["aster", 2.5]}, "X holds the number 2.5; a set holds words."),
        ({"x": ["w"] * 5_000}, f"X has 5,000 words; a set can hold up to {MOST_WORDS:,}."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_problems_are_sentences(garden, changes, problem):
    found = check_sets(garden, sets(**changes))
    assert not found.usable
    assert found.problems[0].endswith(problem)
    with pytest.raises(EmbeddingError):
        found.require()


def test_a_number_that_is_an_item_is_a_word(garden):
    assert check_sets(garden, sets(x=["aster", "2001"])).usable


def test_targets_may_be_attributes_but_it_is_said(garden):
    found = check_sets(garden, sets(x=["aster", "love"]))
    assert found.usable
    assert found.overlaps[0].words == ("love",)
    assert found.notes == ("“love” in both X and A: a word is always nearest to itself.",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rose, tulip;aster", ["rose", "tulip", "aster"]),
        ("rose tulip\taster lily", ["rose tulip", "aster lily"]),
        ("rose tulip aster", ["rose", "tulip", "aster"]),
        ("ice cream\n\n bread \n", ["ice cream", "bread"]),
        (" rose tulip \n", ["rose", "tulip"]),
        ("", []),
    ],
)
def test_pasted_words_are_divided(text, words):
    assert split_words(text) == words


def test_the_ten_published_tests():
    tests = ready_tests()
    assert list(tests) == [f"WEAT{number}" for number in range(1, 11)]
    assert [test.published for test in tests.values()] == [1.50, 1.53, 1.41, 1.50, 1.28, 1.81, 1.06, 1.24, 1.38, 1.21]
    assert [len(test.x.words) for test in tests.values()] == [25, 25, 32, 16, 16, 8, 8, 8, 6, 8]
    assert [len(test.a.words) for test in tests.values()] == [25, 25, 25, 25, 8, 8, 8, 8, 7, 8]
    assert [test.sensitive for test in tests.values()] == [False, False] + [True] * 8


@pytest.mark.parametrize("name", ready_tests())
def test_ready_lists_can_be_used_as_they_are(name):
    test = ready_tests()[name]
    words = [word for each in test.sets for word in each]
    space = Space.from_vectors(words, [[i + 1, 1] for i in range(len(words))], name=name)
    found = check_sets(space, dict(zip("XYAB", test.sets, strict=True)))
    assert found.usable
    assert found.notes == ()
    assert len(test.x.words) == len(test.y.words)
    assert "Caliskan" in test.source
    assert test.origin[-4:].isdigit()
    assert test.title
    assert all(each.name for each in (test.x, test.y, test.a, test.b))
    assert test.notice == (NOTICE if test.sensitive else "")
