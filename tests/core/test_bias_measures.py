import numpy as np
import pytest
from scipy import stats
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

from embeddings.bias.coherence import ect
from embeddings.bias.direction import DEFINITIONAL_PAIRS, bias_direction, direct_bias
from embeddings.bias.mean_cosine import mac
from embeddings.bias.negative_sentiment import rnsb
from embeddings.bias.norm_distance import rnd
from embeddings.bias.ripa import ripa
from embeddings.bias.sentences import Wording, seat, seat_sentences
from embeddings.bias.templates import TEMPLATES, fill, sentences
from embeddings.bias.word_by_word import wefat
from embeddings.errors import EmbeddingError
from embeddings.space import Space


@pytest.fixture(scope="module")
def town():
    """Five pairs that differ along the first dimension among much else, 20 leaning occupations, 100 other words."""
    rng = np.random.default_rng(2)
    words = [f"{side}{i}" for i in range(5) for side in ("she", "he")]
    words += [f"job{i}" for i in range(20)] + [f"other{i}" for i in range(100)]
    vectors = rng.normal(size=(130, 20)) * rng.uniform(0.5, 2, size=(130, 1))
    for pair in range(5):
        vectors[2 * pair + 1] = vectors[2 * pair] + rng.normal(scale=0.2, size=20)
        vectors[2 * pair, 0], vectors[2 * pair + 1, 0] = 4, -4
    vectors[10:30, 0] = np.linspace(-3, 3, 20)
    return Space.from_vectors(words, vectors, name="town")


PAIRS = [(f"she{i}", f"he{i}") for i in range(5)]
SHE, HE = [she for she, _ in PAIRS], [he for _, he in PAIRS]
JOBS = [f"job{i}" for i in range(20)]


def raw(space, words):
    return space.vectors[[space.collection.rows[word] for word in words]].astype(np.float64)


def units(space, words):
    vectors = raw(space, words)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_direction_is_the_first_component_of_centred_pairs(town):
    found = bias_direction(town, PAIRS)
    centred = np.concatenate([pair - pair.mean(axis=0) for pair in (units(town, pair) for pair in PAIRS)])
    reference = PCA().fit(centred)
    assert abs(found.vector @ reference.components_[0]) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(found.explained, reference.explained_variance_ratio_[:5], atol=1e-5)
    assert found.vector[0] > 0.9
    np.testing.assert_allclose(found.along, units(town, town.collection.items) @ found.vector, atol=1e-6)
    assert bias_direction(town, [(he, she) for she, he in PAIRS]).vector[0] < -0.9


def test_true_pairs_agree_more_than_random_ones(town):
    found = bias_direction(town, PAIRS)
    assert found.random_explained.shape == (1000,)
    assert found.p_value == 1 / 1001
    others = [(f"other{i}", f"other{i + 5}") for i in range(5)]
    assert bias_direction(town, others).p_value > 0.01
    few = Space.from_vectors(["a", "b", "c", "d"], np.eye(4), name="few")
    assert np.isnan(bias_direction(few, [("a", "b"), ("c", "d")]).p_value)


def test_direct_bias_by_its_definition(town):
    vector = bias_direction(town, PAIRS).vector
    cosines = units(town, JOBS) @ vector
    found = direct_bias(town, PAIRS, JOBS)
    assert found.value == pytest.approx(np.abs(cosines).mean(), abs=1e-6)
    assert direct_bias(town, PAIRS, JOBS, strictness=2).value == pytest.approx((cosines**2).mean(), abs=1e-6)
    assert direct_bias(town, PAIRS, JOBS, strictness=0).value == 1
    assert found.value > found.of_all
    assert found.cosines[0] < 0 < found.cosines[-1]
    with pytest.raises(ValueError, match="strictness"):
        direct_bias(town, PAIRS, JOBS, strictness=-1)


def test_ripa_by_hand():
    space = Space.from_vectors(["she", "he", "nurse", "long"], [[3, 4], [0, 0], [1, 2], [10, 20]], name="ripa")
    found = ripa(space, [("she", "he")], ["nurse", "long"])
    np.testing.assert_allclose(found.scores, [[(3 + 8) / 5], [(30 + 80) / 5]])
    assert found.value == pytest.approx((2.2 + 22) / 2)
    alike = ripa(space, [("she", "he")], ["nurse", "long"], unit=True).scores
    np.testing.assert_allclose(alike, [[2.2 / np.sqrt(5)]] * 2)
    with pytest.raises(EmbeddingError, match="“she” and “she2” have the same vector"):
        ripa(space, [("she", "she2")], ["nurse", "long"], vectors_of={"she2": [3, 4]})


def test_relative_norm_distance_by_its_definition(town):
    for lengths, vectors in (("unit", units), ("raw", raw)):
        she, he, jobs = (vectors(town, words) for words in (SHE, HE, JOBS))
        by_word = np.linalg.norm(jobs - she.mean(0), axis=1) - np.linalg.norm(jobs - he.mean(0), axis=1)
        found = rnd(town, SHE, HE, JOBS, lengths=lengths, total="sum", draws=100)
        np.testing.assert_allclose(found.by_word, by_word, atol=1e-6)
        assert found.value == pytest.approx(by_word.sum(), abs=1e-5)
        assert rnd(town, SHE, HE, JOBS, lengths=lengths, draws=100).value == pytest.approx(by_word.mean(), abs=1e-6)


def test_relative_norm_distance_has_a_direction_and_a_p_value(town):
    leaning = rnd(town, SHE, HE, JOBS[:5])
    assert leaning.value > 0  # nearer to group 2
    assert leaning.p_value < 0.05
    assert rnd(town, HE, SHE, JOBS[:5]).value == pytest.approx(-leaning.value)
    even = rnd(town, ["other1", "other2", "other3"], ["other4", "other5"], ["other6", "other7"])
    assert even.p_value > 0.05


def test_mean_average_cosine_by_hand(compass):
    found = mac(compass, ["east", "north"], [["east", "west"], ["south"]])
    # east: 1 − (1 − 1)/2 and 1 − 0; north: 1 − 0 and 1 + 1.
    np.testing.assert_allclose(found.scores, [[1, 1], [1, 2]], atol=1e-7)
    assert found.value == pytest.approx(1.25)
    alike = mac(compass, ["east", "north"], [["east", "west"], ["south"]], similarity=True)
    assert alike.value == pytest.approx(-0.25)
    assert alike.similarity
    with pytest.raises(EmbeddingError, match="no attribute set"):
        mac(compass, ["east"], [])


def test_random_items_have_a_mean_cosine_too(town):
    found = mac(town, JOBS, [SHE, HE])
    assert found.random.shape == (1000,)
    everything = (
        1 - np.mean([units(town, words).mean(0) for words in (SHE, HE)], axis=0) @ units(town, town.collection.items).T
    )
    assert found.random.mean() == pytest.approx(everything.mean(), abs=0.01)


def test_coherence_agrees_with_spearman(town):
    found = ect(town, SHE, HE, JOBS)
    first, second = (units(town, JOBS) @ raw(town, words).mean(0) for words in (SHE, HE))
    assert found.value == pytest.approx(stats.spearmanr(first, second).statistic)
    assert ect(town, SHE, HE, JOBS, lengths="unit").value == pytest.approx(found.value, abs=0.2)
    same = Space.from_vectors("abcdefg", [[1, 0], [1, 0], [1, 0], [1, 0], [1, 1], [1, 3], [0, 1]], name="same")
    assert ect(same, "ab", "cd", "efg").value == pytest.approx(1)
    with pytest.raises(EmbeddingError, match="at least 3 words, got 2"):
        ect(town, SHE, HE, JOBS[:2])
    with pytest.raises(EmbeddingError, match="no order"):
        ect(same, "ef", "cg", "abd", vectors_of={})  # all three words are one vector


def test_negative_sentiment_by_its_definition(town):
    found = rnsb(town, HE, SHE, JOBS)
    classifier = LogisticRegression().fit(units(town, [*HE, *SHE]), [0] * 5 + [1] * 5)
    negative = classifier.predict_proba(units(town, JOBS))[:, 1]
    shares = negative / negative.sum()
    np.testing.assert_allclose(found.shares, shares, atol=1e-4)
    assert found.value == pytest.approx((shares * np.log(shares * 20)).sum(), abs=1e-4)
    assert found.splits.shape == (10,)
    assert found.accuracy == 1
    assert found.random.shape == (1000,)
    assert found.shares[-1] > found.shares[0]
    assert np.array_equal(rnsb(town, HE, SHE, JOBS).splits, found.splits)
    with pytest.raises(EmbeddingError, match="at least 5 positive and 5 negative words, got 4 and 5"):
        rnsb(town, HE[:4], SHE, JOBS)


def test_equal_words_have_no_negative_sentiment(town):
    same = {"p": np.ones(20), "q": 3 * np.ones(20)}
    assert rnsb(town, HE, SHE, ["p", "q"], vectors_of=same).value == pytest.approx(0, abs=1e-12)


def test_word_by_word_agrees_with_its_definition(town):
    values = [*np.linspace(0, 1, 19), None]
    found = wefat(town, JOBS, values, SHE, HE)
    to_she, to_he = (units(town, JOBS[:19]) @ units(town, words).T for words in (SHE, HE))
    expected = (to_she.mean(1) - to_he.mean(1)) / np.hstack([to_she, to_he]).std(axis=1, ddof=1)
    np.testing.assert_allclose(found.associations, expected, atol=1e-6)
    assert found.r == pytest.approx(np.corrcoef(expected, np.linspace(0, 1, 19))[0, 1])
    half = stats.norm.ppf(0.975) / np.sqrt(19 - 3)
    np.testing.assert_allclose(found.interval, np.tanh(np.arctanh(found.r) + np.array([-half, half])))
    assert found.r > 0.8
    assert (found.without_value, found.words) == (1, tuple(JOBS[:19]))
    assert found.rho == pytest.approx(stats.spearmanr(expected, np.linspace(0, 1, 19)).statistic)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1.0] * 20, "All words have the same number"),
        ([1.0, 2.0, 3.0] + [None] * 17, "at least 4 words with a number, got 3"),
        ([float("nan")] * 20, "got 0"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_columns_are_named(town, values, message):
    with pytest.raises(EmbeddingError, match=message):
        wefat(town, JOBS, values, SHE, HE)


def test_columns_of_another_length_are_a_bug(town):
    with pytest.raises(ValueError, match="as many as words = 20, got 1"):
        wefat(town, JOBS, [1.0], SHE, HE)


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (PAIRS[:1], "at least 2 pairs, got 1"),
        ([], "at least 2 pairs, got 0"),
        ([*PAIRS, ("she0", "job1")], "“she0” stands in two pairs"),
        ([*PAIRS, ("job1", "she0")], "“she0” stands in both"),
        ([*PAIRS, ("job1", "jbo2")], "“jbo2” has no vector here"),
        ([("p", "q"), ("r", "s")], "nothing lies between them"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_pairs_are_named(town, pairs, message):
    with pytest.raises(EmbeddingError, match=message):
        bias_direction(town, pairs, vectors_of=dict.fromkeys("pqrs", np.ones(20)))


def test_the_definitional_pairs_are_the_published_ones():
    assert len(DEFINITIONAL_PAIRS) == 10
    assert ("she", "he") in DEFINITIONAL_PAIRS


@pytest.mark.parametrize("kind", TEMPLATES)
def test_templates_make_sentences(kind):
    for template in TEMPLATES[kind]:
        for word in ("apple", "lily", "Ann"):
            text = fill(template, word)
            assert word.lower() in text.lower()
            assert text[0].isupper()
            assert text.endswith(".")
            assert "{" not in text


def test_articles_and_order_of_sentences():
    assert sentences(["ant", "bee"], ["This is {a} {}.", "{} is here."]) == [
        "This is an ant.",
        "Ant is here.",
        "This is a bee.",
        "Bee is here.",
    ]
    with pytest.raises(EmbeddingError, match="has no"):
        sentences(["ant"], ["This is it."])


@pytest.mark.parametrize("by_word", [False, True])
def test_sentences_are_tested_like_words(by_word):
    wording = Wording(("This is {}.", "{} is here."), ("It is {}.",), by_word)
    sets = (["rose", "tulip"], ["ant", "wasp"], ["love", "joy"], ["agony", "war"])
    rng = np.random.default_rng(0)
    typed = {
        text: rng.normal(scale=0.3, size=6)
        + np.eye(6)[0 if any(w in text.lower() for w in [*sets[0], *sets[2]]) else 1]
        for text in seat_sentences(*sets, wording=wording)
    }
    assert len(typed) == 2 * 4 + 4
    anything = Space.from_vectors(["x"], [[1, 0, 0, 0, 0, 0]], name="anything")
    found = seat(anything, *sets, wording=wording, vectors_of=typed)
    assert found.effect_size > 1
    assert len(found.x) == (2 if by_word else 4)
    assert found.partitions == (6 if by_word else 70)
    with pytest.raises(EmbeddingError, match="must be encoded first: “This is rose"):
        seat(anything, *sets, wording=wording)
    with pytest.raises(EmbeddingError, match="X holds the number 12"):
        seat(anything, ["rose", "12"], *sets[1:], wording=wording, vectors_of=typed)
    with pytest.raises(EmbeddingError, match="must be as many"):
        seat(anything, ["rose", "tulip", "lily"], *sets[1:], wording=wording, vectors_of=typed)


def test_a_whole_lexicon_is_no_obstacle_to_negative_sentiment():
    rng = np.random.default_rng(0)
    sides = np.repeat([1.0, -1.0, 0.0], [1855, 4443, 20])
    vectors = rng.normal(size=(len(sides), 4)) + np.outer(sides, [2, 0, 0, 0])
    space = Space.from_vectors([f"w{row}" for row in range(len(sides))], vectors, name="lexicon")
    words = space.collection.items
    found = rnsb(space, words[:1855], words[1855:-20], words[-20:])
    assert found.accuracy > 0.9
    with pytest.raises(EmbeddingError, match="Words has 1,001 words; a set can hold up to 1,000"):
        rnsb(space, words[:20], words[1855:1900], words[:1001])
