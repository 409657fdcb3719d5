"""Recall between pictures and texts, counted by hand, and what closing the gap does to it."""

import numpy as np
import pytest
from joint_spaces import space_of
from scipy.stats import hypergeom

from embeddings.errors import EmbeddingError
from embeddings.gap import close_gap, modality_gap
from embeddings.joint import unit
from embeddings.retrieval import gap_sweep, retrieval_recall


def test_the_gap_shrinks_step_by_step(twenty_kinds):
    space, pairs = twenty_kinds
    sweep = gap_sweep(space, pairs)
    assert sweep.shares[0] == 0
    assert sweep.gaps[0].size == modality_gap(space).size
    assert (np.diff([gap.size for gap in sweep.gaps]) < 0).all()
    assert len(sweep.gaps[0].pairs) == len(pairs)
    assert gap_sweep(space, shares=(0, 1)).retrievals == ()
    np.testing.assert_equal(sweep.retrievals[0], retrieval_recall(space, pairs))
    np.testing.assert_equal(sweep.retrievals[-1], retrieval_recall(close_gap(space, 1), pairs))
    for retrieval in sweep.retrievals:
        shares = [each.share for each in retrieval.text_to_image.shares]
        assert shares == sorted(shares)


def test_recall_of_a_case_that_can_be_counted_by_hand():
    # Texts point at 0°, 90°, 180°; pictures at 10°, 80°, 100°. The third text's picture is the third.
    angles = np.radians([10, 80, 100, 0, 90, 180])
    vectors = np.column_stack([np.cos(angles), np.sin(angles)])
    found = retrieval_recall(space_of(vectors[:3], vectors[3:]), [[0, 3], [1, 4], [2, 5]], k=(1, 2))
    # The first two texts find their pictures at once, though 90° is as far from 80° as from 100°: a tie counts against.
    assert [each.share for each in found.text_to_image.shares] == pytest.approx([2 / 3, 1])
    # 100° is nearer to 90° than to 180°.
    assert [each.share for each in found.image_to_text.shares] == pytest.approx([2 / 3, 1])
    assert found.text_to_image.chance == pytest.approx([1 / 3, 2 / 3])
    assert (found.text_to_image.queries, found.text_to_image.candidates) == (3, 3)
    assert sorted(found.text_to_image.before.tolist()) == [0, 0, 1]
    assert found.image_to_text.before.tolist() == [0, 0, 1]


def test_equal_texts_are_one_and_a_text_finds_any_of_its_pictures():
    pictures = [[1, 0], [0.9, 0.1], [0, 1]]
    texts = [[1, 0.04], [0, 1], [1, 0.04]]
    space = space_of(pictures, texts, names=["red", "blue", "red"])
    found = retrieval_recall(space, [[0, 3], [1, 5], [2, 4]], k=(1,))
    assert (found.text_to_image.queries, found.image_to_text.queries) == (2, 3)
    assert (found.text_to_image.candidates, found.image_to_text.candidates) == (3, 2)
    assert found.text_to_image.shares[0].share == found.image_to_text.shares[0].share == 1
    assert found.text_to_image.chance[0] == pytest.approx((2 / 3 + 1 / 3) / 2)
    assert found.image_to_text.chance[0] == pytest.approx(1 / 2)


def test_recall_agrees_with_counting_one_by_one_and_chance_with_the_hypergeometric(twenty_kinds):
    space, pairs = twenty_kinds
    found = retrieval_recall(space, pairs, k=(1, 5))
    vectors = unit(space.vectors)
    scores = vectors[60:] @ vectors[:60].T
    first = np.argsort(-scores, axis=1)
    for place, k in enumerate((1, 5)):
        hits = [any(row // 3 == text for row in first[text, :k]) for text in range(20)]
        assert found.text_to_image.shares[place].share == pytest.approx(np.mean(hits))
        assert found.text_to_image.chance[place] == pytest.approx(1 - hypergeom(60, 3, k).pmf(0))
        assert found.image_to_text.chance[place] == pytest.approx(k / 20)


def test_texts_without_a_picture_stand_in_the_way_but_are_not_asked():
    space = space_of([[1, 0]], [[0.9, 0.1], [1, 0]])
    found = retrieval_recall(space, [[0, 1]], k=(1, 2))
    assert (found.text_to_image.queries, found.image_to_text.candidates) == (1, 2)
    assert [each.share for each in found.image_to_text.shares] == [0, 1]


def test_more_queries_than_asked_for_are_sampled_with_a_seed(twenty_kinds):
    space, pairs = twenty_kinds
    found = retrieval_recall(space, pairs, queries=10)
    assert found.image_to_text.queries == found.text_to_image.queries == 10
    np.testing.assert_equal(found, retrieval_recall(space, pairs, queries=10))


def test_nothing_to_find_is_said_in_words(twenty_kinds):
    space, pairs = twenty_kinds
    with pytest.raises(EmbeddingError, match="No picture is paired"):
        retrieval_recall(space, [])
    with pytest.raises(EmbeddingError, match="Every picture has the same vector"):
        retrieval_recall(space_of([[1, 1]] * 3, [[1, 0], [0, 1]]), [[0, 3]])
    with pytest.raises(EmbeddingError, match="Every text has the same vector"):
        retrieval_recall(space_of([[1, 0], [0, 1]], [[1, 1]] * 3), [[0, 3]])
    with pytest.raises(ValueError, match="picture first"):
        retrieval_recall(space, pairs[:, ::-1])
    with pytest.raises(ValueError, match="positive"):
        retrieval_recall(space, pairs, k=(0,))
