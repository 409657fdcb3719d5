"""Naming pictures by texts: hand-made answers, and agreement with scikit-learn and SciPy."""

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

from embeddings.errors import EmbeddingError
from embeddings.units import unit
from embeddings.zero_shot import (
    TEMPLATES,
    UNKNOWN,
    check_labels,
    check_templates,
    label_prompts,
    label_vectors,
    logit_bias,
    logit_scale,
    mistakes,
    none_of_these,
    same_labels,
    truth,
    zero_shot,
    zero_shot_report,
)


@pytest.fixture
def guesses():
    """200 pictures around 4 directions, with their true labels; some are named wrongly."""
    rng = np.random.default_rng(5)
    true = rng.integers(0, 4, size=200)
    pictures = np.eye(6)[true] + 0.6 * rng.normal(size=(200, 6))
    return zero_shot(pictures.astype(np.float32), np.eye(6, dtype=np.float32)[:4], scale=10), true, pictures


def test_a_picture_gets_the_name_of_the_nearest_label():
    pictures = np.array([[1, 0.1], [0.2, 3]], dtype=np.float32)
    found = zero_shot(pictures, np.eye(2, dtype=np.float32), scale=2)
    assert found.predicted.tolist() == [0, 1]
    np.testing.assert_allclose(found.cosines[0], [1 / np.sqrt(1.01), 0.1 / np.sqrt(1.01)], rtol=1e-6)
    np.testing.assert_allclose(found.confidence[0], 1 / (1 + np.exp(-2 * 0.9 / np.sqrt(1.01))), rtol=1e-6)


def test_probabilities_agree_with_scipy_at_any_scale(guesses):
    result, _, pictures = guesses
    for scale in (1, 10, 100, 10_000):
        again = zero_shot(pictures.astype(np.float32), np.eye(6, dtype=np.float32)[:4], scale=scale)
        expected = softmax(scale * again.cosines.astype(np.float64), axis=1)
        np.testing.assert_allclose(again.probabilities, expected, atol=1e-6)
        assert np.array_equal(again.predicted, result.predicted)


def test_a_larger_scale_is_surer(guesses):
    _, _, pictures = guesses
    sure = [zero_shot(pictures.astype(np.float32), np.eye(6, dtype=np.float32)[:4], scale=s).confidence for s in (1, 9)]
    assert (sure[1] > sure[0]).all()


def test_the_report_agrees_with_scikit_learn(guesses):
    result, true, _ = guesses
    counted = zero_shot_report(result, true)
    expected = confusion_matrix(true, result.predicted, labels=range(4))
    assert np.array_equal(counted.confusion, expected)
    precision, recall, _, _ = precision_recall_fscore_support(true, result.predicted, zero_division=np.nan)
    np.testing.assert_allclose(counted.precision, precision)
    np.testing.assert_allclose(counted.recall, recall)
    assert counted.accuracy.share == pytest.approx((true == result.predicted).mean())
    assert counted.accuracy.low < counted.accuracy.share < counted.accuracy.high
    assert counted.chance == 0.25
    assert counted.majority == pytest.approx(np.bincount(true).max() / 200)
    assert counted.confidence == pytest.approx(result.probabilities.max(axis=1).mean())


def test_pictures_without_a_known_label_do_not_count(guesses):
    result, true, _ = guesses
    some = np.where(np.arange(200) < 50, true, -1)
    counted = zero_shot_report(result, some)
    assert (counted.known, counted.unknown) == (50, 150)
    assert counted.confusion.sum() == 50
    with pytest.raises(EmbeddingError, match="No picture has a true label"):
        zero_shot_report(result, np.full(200, -1))


def test_a_label_never_named_has_no_precision():
    pictures = np.eye(3, dtype=np.float32)[[0, 0, 1]]
    counted = zero_shot_report(zero_shot(pictures, np.eye(3, dtype=np.float32)), np.array([0, 0, 1]))
    assert counted.precision.tolist()[:2] == [1, 1]
    assert np.isnan(counted.precision[2])
    assert np.isnan(counted.recall[2])


def test_mistakes_come_surest_first(guesses):
    result, true, _ = guesses
    rows = mistakes(result, true)
    assert len(rows) == (result.predicted != true).sum() > 5
    assert (result.predicted[rows] != true[rows]).all()
    assert (np.diff(result.confidence[rows]) <= 0).all()
    assert not len(mistakes(result, np.full(200, -1)))


def test_prompts_run_label_by_label_and_an_ensemble_is_their_normalised_mean():
    assert label_prompts(["cat", " dog "], ["a {}", "{} {}"]) == ["a cat", "cat cat", "a dog", "dog dog"]
    vectors = np.array([[2, 0], [0, 1], [3, 3], [1, 1]], dtype=np.float32)
    np.testing.assert_allclose(label_vectors(vectors, 2), [[np.sqrt(0.5)] * 2] * 2, atol=1e-6)
    np.testing.assert_allclose(label_vectors(vectors, 4), unit(vectors))
    with pytest.raises(ValueError, match="as many prompts for each of 3 labels"):
        label_vectors(vectors, 3)


def test_braces_in_a_label_are_only_letters():
    assert label_prompts(["{}", "{0.__class__}"], ["a {}"]) == ["a {}", "a {0.__class__}"]


def test_every_ready_template_has_a_place_for_the_label():
    assert check_templates(TEMPLATES) == TEMPLATES


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([], "There are no labels"),
        (["", "  "], "There are no labels"),
        (["cat", ""], "“cat” is the only label"),
        (["cat", "dog", "cat "], "“cat” stands there twice"),
        ([str(number) for number in range(5000)], "Up to 1,000 labels .* these are 5,000"),
    ],
)
def test_unusable_labels_are_answered_in_words(labels, message):
    with pytest.raises(EmbeddingError, match=message):
        check_labels(labels)


@pytest.mark.parametrize(
    ("templates", "message"),
    [([], "There is no template"), ([" "], "There is no template"), (["a {}", "a photo"], "“a photo” has no {}")],
)
def test_unusable_templates_are_answered_in_words(templates, message):
    with pytest.raises(EmbeddingError, match=message):
        check_templates(templates)


def test_too_many_texts_are_counted():
    with pytest.raises(EmbeddingError, match="900 labels in 30 templates are 27,000 texts"):
        label_prompts([f"l{number}" for number in range(900)], [f"{number} {{}}" for number in range(30)])


def test_the_truth_is_found_by_name():
    assert truth(["a", "b", None, "c"], {}, ["b", "a"]).tolist() == [1, 0, -1, -1]
    assert truth([0, 1, 7], {"0": "zero", "1": "one"}, ["zero", "one"]).tolist() == [0, 1, -1]
    with pytest.raises(EmbeddingError, match="None of the labels is a value of this column, which holds “0”, “1”"):
        truth([0, 1], {}, ["zero", "one"])
    with pytest.raises(EmbeddingError, match="which holds nothing"):
        truth([None], {}, ["zero", "one"])


def test_labels_that_the_encoder_cannot_tell_apart_are_answered_in_words():
    with pytest.raises(EmbeddingError, match="All labels have the same vector"):
        zero_shot(np.eye(2, dtype=np.float32), np.ones((3, 2), dtype=np.float32))
    with pytest.raises(EmbeddingError, match="at least 2 labels"):
        zero_shot(np.eye(2, dtype=np.float32), np.ones((1, 2), dtype=np.float32))
    with pytest.raises(ValueError, match="same dimension"):
        zero_shot(np.eye(2, dtype=np.float32), np.eye(3, dtype=np.float32))
    with pytest.raises(ValueError, match="scale must be positive"):
        zero_shot(np.eye(2, dtype=np.float32), np.eye(2, dtype=np.float32), scale=0)


def test_pictures_of_one_vector_all_get_one_name():
    found = zero_shot(np.ones((4, 2), dtype=np.float32), np.eye(2, dtype=np.float32))
    assert found.predicted.tolist() == [0] * 4
    np.testing.assert_allclose(found.probabilities, 0.5)


def test_the_scale_is_the_encoders_own_where_it_is_known():
    assert logit_scale({"logit scale": 14.3}) == 14.3
    assert logit_scale({}) is None
    assert logit_scale({"logit scale": "?"}) is None


def test_labels_with_one_direction_are_named_and_the_first_of_them_wins():
    labels = np.array([[1, 0, 0], [0, 1, 0], [2, 1e-4, 0], [0, 0, 1], [0.5, 0, -1e-4]], dtype=np.float32)
    assert same_labels(labels) == ((0, 2), (0, 4))
    pictures = np.array([[1, 0.01, -0.01], [1, -0.01, 0.02], [0, 1, 0]], dtype=np.float32)
    found = zero_shot(pictures, labels)
    assert found.same == ((0, 2), (0, 4))
    assert found.predicted.tolist() == [0, 0, 1]
    assert zero_shot(pictures, labels[[0, 1, 3]]).same == ()


def test_none_of_these_by_the_models_own_sigmoid_and_by_what_wrong_labels_reach():
    angles = np.array([0, 10, 40, 90, 80, 50])
    pictures = np.stack([np.cos(np.radians(angles)), np.sin(np.radians(angles))], axis=1).astype(np.float32)
    named = zero_shot(pictures, np.eye(2, dtype=np.float32), scale=10)
    own = none_of_these(named, scale=10.0, bias=-9.0)
    sigmoid = 1 / (1 + np.exp(-(10 * named.cosines.max(axis=1) - 9)))
    assert (own.predicted == 2).tolist() == (sigmoid < 0.5).tolist() == [False, False, True, False, False, True]
    assert own.needed == pytest.approx(0.9)
    others = np.sort(named.cosines, axis=1)[:, 0]
    for given in ({}, {"scale": 10.0}, {"bias": -9.0}):
        rule = none_of_these(named, **given)
        assert rule.needed == pytest.approx(np.quantile(others, 0.95))
        assert (rule.predicted == 2).tolist() == (named.cosines.max(axis=1) < rule.needed).tolist()
    counted = zero_shot_report(own, np.array([0, 0, 0, 1, 1, UNKNOWN]))
    assert counted.confusion.tolist() == [[2, 0, 1], [0, 2, 0]]
    assert counted.accuracy.share == pytest.approx(4 / 5)
    assert counted.recall.tolist() == pytest.approx([2 / 3, 1])
    assert counted.precision.tolist() == [1, 1]
    assert mistakes(own, np.array([0, 0, 0, 1, 1, UNKNOWN])).tolist() == [2]
    assert logit_bias({"logit bias": -9.5}) == -9.5
    assert logit_bias({}) is None
