import numpy as np
import pytest
from gensim.models import KeyedVectors

from embeddings.analogies.inputs import find_inputs, unknown_names
from embeddings.analogies.methods import METHODS
from embeddings.analogies.parsing import parse
from embeddings.analogies.solving import baselines, expected_rank, solve
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError, ExpressionError, UnknownItem
from embeddings.space import Space

WORDS = ["king", "man", "woman", "queen", "carrot", "King", "nowhere"]
# The directions: royal, male, female, vegetable.
VECTORS = [[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 1, 0], [0, 0, 0, 1], [1, 1, 0, 0.2], [0, 0, 0, 0]]


@pytest.fixture
def court():
    return Space.from_vectors(WORDS, VECTORS, name="court")


@pytest.fixture(scope="module")
def many():
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(400, 20)) * rng.uniform(0.5, 3, size=(400, 1)) + 0.3
    return Space.from_vectors([f"w{i}" for i in range(400)], vectors, name="many")


@pytest.fixture(scope="module")
def keyed(many):
    vectors = KeyedVectors(many.dimension)
    vectors.add_vectors(list(many.collection.items), np.array(many.vectors))
    return vectors


def texts(space, found):
    return [space.collection.text(row) for row in found.rows]


@pytest.mark.parametrize("method", METHODS)
def test_king_minus_man_plus_woman_is_queen(court, method):
    found = solve(court, "king - man + woman", k=1, method=method)
    assert texts(court, found) == ["queen"]
    assert found.rows.dtype == np.int32
    assert found.scores.dtype == np.float64


def test_scores_are_those_worked_out_by_hand(court):
    # king = (1,1,0,0)/√2; the sum (1/√2, 1/√2 − 1, 1, 0), its product with queen/√2 is 1/2 + 1/√2.
    length = np.sqrt(0.5 + (np.sqrt(0.5) - 1) ** 2 + 1)
    found = solve(court, "king - man + woman", k=1)
    assert found.scores[0] == pytest.approx((0.5 + np.sqrt(0.5)) / length, abs=1e-6)
    # Shifted cosines of queen: with king (1 + 1/2)/2, woman (1 + 1/√2)/2, man 1/2.
    multiplied = solve(court, "king - man + woman", k=1, method="3CosMul")
    assert multiplied.scores[0] == pytest.approx(0.75 * (1 + np.sqrt(0.5)) / 2 / (0.5 + 1e-6), abs=1e-5)


def test_east_minus_north_plus_west_goes_south(compass):
    found = solve(compass, "east - north + west", k=5)
    assert texts(compass, found) == ["south", "nowhere"]
    assert found.scores.tolist() == [1, 0]


def test_pair_direction_on_the_compass(compass):
    # From west, the step from north to east (1, −1) leads to south; the item of length zero cannot be an answer.
    found = solve(compass, "east - north + west", method="PairDirection", exclude_inputs=False)
    assert texts(compass, found)[0] == "south"
    assert found.scores[0] == pytest.approx(1)
    assert dict(zip(texts(compass, found), found.scores, strict=True))["nowhere"] == 0


def test_inputs_may_be_let_in_and_are_then_often_the_answer(court):
    assert texts(court, solve(court, "king - man + woman", k=10, exclude_inputs=False))[0] == "queen"
    assert texts(court, solve(court, "king + 0.1*woman", k=1, exclude_inputs=False)) == ["king"]
    assert "King" not in texts(court, solve(court, "king - man + woman"))


# gensim calls its own deprecated function.
@pytest.mark.filterwarnings("ignore:Call to deprecated `init_sims`")
@pytest.mark.parametrize(
    ("text", "positive", "negative"),
    [
        ("w1 - w2 + w3", ["w1", "w3"], ["w2"]),
        ("w1 + w2 + w3 - w4 - w5", ["w1", "w2", "w3"], ["w4", "w5"]),
        ("w9", ["w9"], []),
        ("2*w1 - w2", ["w1", "w1"], ["w2"]),
    ],
)
def test_multiplying_agrees_with_gensim(many, keyed, text, positive, negative):
    found = solve(many, text, k=20, method="3CosMul")
    expected = keyed.most_similar_cosmul(positive=positive, negative=negative, topn=20)
    assert texts(many, found) == [word for word, _ in expected]
    np.testing.assert_allclose(found.scores, [score for _, score in expected], rtol=1e-4)


@pytest.mark.parametrize(
    ("text", "positive", "negative"),
    [
        ("w1 - w2 + w3", ["w1", "w3"], ["w2"]),
        ("2*w1 - 0.3*w2 + (w3 - w4)", [("w1", 2.0), "w3"], [("w2", -0.3), "w4"]),
        ("- w4 - w5", [], ["w4", "w5"]),
    ],
)
def test_adding_agrees_with_gensim(many, keyed, text, positive, negative):
    found = solve(many, text, k=20)
    expected = keyed.most_similar(positive=positive, negative=negative, topn=20)
    assert texts(many, found) == [word for word, _ in expected]
    np.testing.assert_allclose(found.scores, [score for _, score in expected], atol=1e-5)


def test_pair_direction_agrees_with_its_definition(many):
    units = many.vectors / many.norms[:, None]
    step = units[1] - units[2]
    others = units - units[3]
    with np.errstate(invalid="ignore"):
        cosines = others @ step / np.linalg.norm(others, axis=1) / np.linalg.norm(step)
    cosines[[1, 2, 3]] = -np.inf
    found = solve(many, "w1 - w2 + w3", k=20, method="PairDirection")
    assert found.rows.tolist() == np.argsort(-cosines)[:20].tolist()
    np.testing.assert_allclose(found.scores, cosines[found.rows], atol=1e-5)


@pytest.mark.parametrize("text", ["king", "king + man", "2*king - man + woman", "king - man - woman"])
def test_pair_direction_needs_an_analogy(court, text):
    with pytest.raises(ExpressionError, match=r"form b - a \+ c"):
        solve(court, text, method="PairDirection")


def test_the_rank_of_the_expected_answer(court):
    rank = expected_rank(court, "king + 0.5*woman", "queen")
    everything = texts(court, solve(court, "king + 0.5*woman", k=10, exclude_inputs=False))
    assert rank.with_inputs == everything.index("queen") + 1 == 3
    assert rank.without_inputs == 1
    assert rank.candidates == 7
    assert expected_rank(court, "king + woman", "King").without_inputs is None
    with pytest.raises(UnknownItem, match="quen"):
        expected_rank(court, "king", "quen")


def test_ranks_agree_with_the_order_of_answers_even_among_equals(compass):
    for row in range(5):
        order = solve(compass, "east", k=5, exclude_inputs=False).rows.tolist()
        assert expected_rank(compass, "east", row).with_inputs == order.index(row) + 1


def test_baselines_are_the_nearest_to_each_added_word(court):
    found = baselines(court, "king - man + woman", k=2)
    assert [baseline.name for baseline in found] == ["king", "woman"]
    assert [texts(court, baseline.neighbours)[0] for baseline in found] == ["queen", "queen"]
    with_inputs = baselines(court, "king - man + woman", k=1, exclude_inputs=False)
    assert [texts(court, baseline.neighbours) for baseline in with_inputs] == [["king"], ["woman"]]


def test_typed_words_bring_their_vectors(court):
    typed = {"prince": [1, 0.9, 0, 0], "#1": [0, 0, 1, 0]}
    assert unknown_names(court, parse("prince - MAN + woman + #1")) == ("prince",)
    found = solve(court, "prince - man + woman", k=1, vectors_of=typed)
    assert texts(court, found) == ["queen"]
    assert texts(court, solve(court, "prince - man + #1", k=1, vectors_of=typed)) == ["queen"]


def test_names_are_found_in_any_case_and_merged(court):
    inputs = find_inputs(court, "KING - Man + woman + king")
    assert [(term.name, term.weight) for term in inputs.terms] == [("KING", 2), ("Man", -1), ("woman", 1)]
    assert inputs.rows == (0, 1, 2)
    assert inputs.same == {0, 1, 2, 5}
    assert find_inputs(court, "king - man + woman").analogy == (1, 0, 2)
    assert find_inputs(court, "woman + king - man").analogy == (2, 0, 1)
    assert inputs.analogy is None


def test_rows_and_pictures_take_part(court):
    pictures = Collection("mixed", ("king", b"picture", "man", "woman", b"picture", "King"), court.collection.metadata)
    space = Space(pictures, court.vectors[[0, 3, 1, 2, 3, 5]], "given vectors")
    inputs = find_inputs(space, "#2 - woman + #1")
    assert inputs.rows == (1, 3, 0)
    assert inputs.same == {0, 1, 3, 4, 5}
    assert solve(space, "#2 - woman + #1").rows.tolist() == [2]
    with pytest.raises(ExpressionError, match="no #7; the last item is #6") as caught:
        solve(space, "man + #7")
    assert (caught.value.start, caught.value.end) == (6, 8)


def test_unknown_words_come_with_their_place_and_the_nearest_spelling(court):
    with pytest.raises(ExpressionError, match=r"“quen” is not in this collection\. Did you mean queen") as caught:
        solve(court, "king - quen")
    assert (caught.value.start, caught.value.end) == (7, 11)
    assert caught.value.suggestions[0] == "queen"
    with pytest.raises(ExpressionError, match=r"put \+ or - between"):
        solve(court, "king man")


def test_sums_without_a_direction_are_refused(compass):
    with pytest.raises(ExpressionError, match="points nowhere"):
        solve(compass, "east + west")
    with pytest.raises(ExpressionError, match="“nowhere” has a vector of length zero"):
        solve(compass, "east + nowhere")
    with pytest.raises(ExpressionError, match="same item"):
        solve(compass, "East - east")


def test_what_is_only_taken_away_finds_what_is_least_like_it(court):
    alone, merged = solve(court, "-man", k=20), solve(court, "woman - WOMAN - man", k=20)
    assert alone.rows.tolist() == merged.rows.tolist()
    assert texts(court, alone)[-2:] == ["King", "king"]
    assert baselines(court, "-man") == ()


def test_one_candidate_and_none(court):
    lonely = Space.from_vectors(["king"], [[1, 1, 0, 0]], name="one")
    assert solve(lonely, "prince", vectors_of={"prince": [0, 1, 0, 0]}).rows.tolist() == [0]
    assert solve(lonely, "king", exclude_inputs=False).rows.tolist() == [0]
    for act in (solve, baselines):
        with pytest.raises(EmbeddingError, match="Every candidate is an input"):
            act(lonely, "king")
    assert expected_rank(lonely, "king", "king")[2:4] == (1, None)


def test_given_vectors_must_fit(court):
    with pytest.raises(EmbeddingError, match="must have 4 numbers like this space, got 2"):
        solve(court, "prince", vectors_of={"prince": [1, 0]})
    with pytest.raises(EmbeddingError, match="not a finite number"):
        solve(court, "prince", vectors_of={"prince": [1, 0, np.nan, 0]})


def test_wrong_options_are_named(court):
    with pytest.raises(EmbeddingError, match="no method “4Cos”; choose one of 3CosAdd, 3CosMul, PairDirection"):
        solve(court, "king", method="4Cos")
    with pytest.raises(ValueError, match="k must be at least 1"):
        solve(court, "king", k=0)
