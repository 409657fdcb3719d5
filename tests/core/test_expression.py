import pickle
import random

import pytest

from embeddings.analogies.parsing import MAX_DEPTH, MAX_LENGTH, parse
from embeddings.errors import EmbeddingError, ExpressionError


def weights(text, **options):
    return {term.name: term.weight for term in parse(text, **options).terms}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("king", {"king": 1}),
        ("king - man + woman", {"king": 1, "man": -1, "woman": 1}),
        ("king-man+woman", {"king": 1, "man": -1, "woman": 1}),
        ("  king\n−\tman – boy — lad ", {"king": 1, "man": -1, "boy": -1, "lad": -1}),
        ("2*paris - france + 0.5*italy", {"paris": 2, "france": -1, "italy": 0.5}),
        ("paris × 2 + .5 * rome", {"paris": 2, "rome": 0.5}),
        ("king - (man - woman)", {"king": 1, "man": -1, "woman": 1}),
        ("2*(a - 3*(b + c)) + -0.5*-d", {"a": 2, "b": -6, "c": -6, "d": 0.5}),
        ("--king", {"king": 1}),
        ("king + king", {"king": 2}),
        ("king + man - king + woman", {"man": 1, "woman": 1}),
        ("ice   cream - cold", {"ice cream": 1, "cold": -1}),
        ("world war 2 + peace", {"world war 2": 1, "peace": 1}),
        ('"ice cream" + “New York” - „ja“ + «oui» - \'o k\'', {
            "ice cream": 1, "New York": 1, "ja": -1, "oui": 1, "o k": -1,
        }),
        (r'"say \"hi\" \\ - bye"', {r'say "hi" \ - bye': 1}),
        ("don't + l’été + naïve + 東京 + 🐈", {"don't": 1, "l’été": 1, "naïve": 1, "東京": 1, "🐈": 1}),
        ("1990s + 2pac + c#", {"1990s": 1, "2pac": 1, "c#": 1}),
        ('"2" + "#3"', {"2": 1, "#3": 1}),
    ],
)  # fmt: skip
def test_sums_mean_what_they_say(text, expected):
    assert weights(text) == expected


def test_rows_are_counted_from_one():
    terms = parse('#12 - #1 + "#12"').terms
    assert [(term.name, term.row, term.weight) for term in terms] == [("#12", 11, 1), ("#1", 0, -1), ("#12", None, 1)]


def test_terms_know_their_places():
    text = 'king - "ice cream"'
    assert [text[term.start : term.end] for term in parse(text).terms] == ["king", '"ice cream"']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mother-in-law - mother", {"mother-in-law": 1, "mother": -1}),
        ("mother-in-law-man", {"mother-in-law": 1, "man": -1}),
        ("covid-19 + x", {"covid-19": 1, "x": 1}),
        ("mother - in - law", {"mother": 1, "in": -1, "law": -1}),
        ("mother−in−law", {"mother": 1, "in": -1, "law": -1}),
        ("king-man", {"king": 1, "man": -1}),
    ],
)
def test_hyphens_join_only_names_that_exist(text, expected):
    assert weights(text, known={"mother-in-law", "covid-19"}.__contains__) == expected


@pytest.mark.parametrize(
    "text", ["king - man + woman", "-2*(a - 0.25*b)", '"a - b" + #7', 'x - "1st" + "say \\"hi\\""', "-a + b"]
)
def test_the_agreed_form_reads_back_as_the_same_sum(text):
    once = parse(text)
    again = parse(str(once))
    assert str(again) == str(once)
    assert [term[:3] for term in again.terms] == [term[:3] for term in once.terms]


def test_the_agreed_form_is_as_one_would_write_it():
    assert str(parse("king-man+(2*woman)")) == "king − man + 2*woman"
    assert str(parse("-man+king")) == "−man + king"


BAD = {
    "": ("Write a sum", ""),
    "  \n": ("Write a sum", "  \n"),
    "(king - man": ("never closed", "("),
    "king - man)": ("never opened", ")"),
    "king / man": ("no division", "/"),
    "king ÷ 2": ("no division", "÷"),
    "king - king": ("cancel", "king - king"),
    "0*king": ("cancel", "0*king"),
    "king -": ("missing after “-”", "-"),
    "* king": ("missing here", "*"),
    "king - ()": ("missing here", ")"),
    "king + * man": (r"missing after “\+”", "+"),
    "king * man": ("cannot be multiplied", "king * man"),
    "7": ("number needs a word", "7"),
    "king + 2": ("number needs a word", "2"),
    "2 + king": ("number needs a word", "2"),
    "2 paris": (r"Write \* between", "2 paris"),
    "king (man)": ("Write", "king ("),
    '"ice" cream': ("Write", '"ice" cream'),
    'x + "ice cream': ("never closed", '"ice cream'),
    'x + " "': ("nothing between", '" "'),
    "king = queen": ("no meaning", "="),
    "#0 + king": ("first item is #1", "#0"),
    "9999999*king": ("at most 1,000,000", "9999999"),
    "9999*(9999*king)": ("at most 1,000,000", "9999*(9999*king)"),
    "king" * 2_500: ("10,000 characters", ("king" * 2_500)[MAX_LENGTH:]),
    "(" * 200 + "king" + ")" * 200: (f"than {MAX_DEPTH} brackets", "("),
}


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:20] or "empty")
def test_bad_expressions_say_what_is_wrong_and_where(text):
    reason, place = BAD[text]
    with pytest.raises(ExpressionError, match=reason) as caught:
        parse(text)
    assert text[caught.value.start : caught.value.end] == place
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["+".join(["a"] * 1_999), "-" * 3_998 + "a", "a " * 1_999, "2*" * 15 + "a"])
def test_long_expressions_are_read(text):
    assert len(parse(text).terms) == 1


def test_the_error_survives_the_way_from_a_worker():
    error = pickle.loads(pickle.dumps(ExpressionError("“kng” is not here.", 3, 6, ["king"])))
    assert (str(error), error.start, error.end, error.suggestions) == (
        "“kng” is not here. Did you mean king?", 3, 6, ("king",),
    )  # fmt: skip
    assert isinstance(error, EmbeddingError)


def test_whatever_is_typed_is_a_sum_or_an_error_with_a_place():
    rng = random.Random(0)
    pieces = [
        "king",
        "x y",
        " ",
        "-",
        "−",
        "+",
        "*",
        "/",
        "(",
        ")",
        "2",
        ".5",
        '"',
        "“",
        "”",
        "'",
        "#",
        "#3",
        "\\",
        "é",
        "\n",
    ]
    read = 0
    places = []
    for _ in range(5_000):
        text = "".join(rng.choices(pieces, k=rng.randint(1, 12)))
        try:
            sum_ = parse(text)
        except ExpressionError as error:
            places.append((error.start, error.end, len(text)))
        else:
            read += 1
            assert str(parse(str(sum_))) == str(sum_)
    assert read > 200
    assert all(0 <= start <= end <= length for start, end, length in places)
