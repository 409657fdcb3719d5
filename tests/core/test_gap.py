"""The gap between pictures and texts, on hand-made vectors: measured, looked at from the side, closed."""

from itertools import combinations

import numpy as np
import pytest
from joint_spaces import space_of
from sklearn.decomposition import PCA

from embeddings.errors import EmbeddingError
from embeddings.gap import close_gap, gap_view, modality_gap
from embeddings.joint import unit


def test_the_gap_of_four_hand_made_vectors():
    gap = modality_gap(space_of([[2, 0, 0], [0, 5, 0]], [[0, 0, 1], [0, 0, 3]]), [[0, 2], [1, 3]])
    np.testing.assert_allclose(gap.vector, [0.5, 0.5, -1])
    assert gap.size == pytest.approx(np.sqrt(1.5))
    assert gap.within_pictures.tolist() == [0]
    assert gap.within_texts.tolist() == [1]
    assert gap.across.tolist() == [0, 0, 0, 0]
    assert gap.pairs.tolist() == [0, 0]
    # Along (½, ½, −1)/√1.5 the four lie at ±: pictures at .408, texts at −.816; across it only the pictures differ.
    assert gap.variance == pytest.approx(1.5 / 2.5)


def test_the_size_by_chance_is_that_of_all_ways_to_deal_out_the_kinds():
    rng = np.random.default_rng(0)
    vectors = unit(rng.normal(size=(7, 3)).astype(np.float32))
    gap = modality_gap(space_of(vectors[:3], vectors[3:]))
    squares = []
    for chosen in combinations(range(7), 3):
        rest = [row for row in range(7) if row not in chosen]
        squares.append(np.square(vectors[list(chosen)].mean(axis=0) - vectors[rest].mean(axis=0)).sum())
    assert gap.by_chance == pytest.approx(np.sqrt(np.mean(squares)), rel=1e-5)


def test_the_view_from_the_side_shows_the_whole_gap_and_then_the_most_there_is(twenty_kinds):
    space, _ = twenty_kinds
    view, gap = gap_view(space), modality_gap(space)
    vectors = unit(space.vectors)
    places = (vectors - view.mean) @ view.axes.T
    assert places[:60, 0].mean() - places[60:, 0].mean() == pytest.approx(gap.size, rel=1e-5)
    assert places[:60, 0].mean() == pytest.approx(-places[60:, 0].mean(), rel=1e-4)
    np.testing.assert_allclose(view.axes @ view.axes.T, np.eye(2), atol=1e-5)
    assert view.explained[0] == pytest.approx(gap.variance, rel=1e-4)
    rest = vectors - np.outer(vectors @ view.axes[0], view.axes[0])
    assert view.explained[1] == pytest.approx(
        PCA(1).fit(rest).explained_variance_[0] * 79 / np.square(vectors - vectors.mean(axis=0)).sum(), rel=1e-4
    )
    with pytest.raises(EmbeddingError, match="no gap to look along"):
        gap_view(space_of([[1, 0]], [[2, 0]]))


def test_kinds_that_lie_apart_are_told_apart_and_kinds_dealt_at_random_are_not(twenty_kinds):
    space, _ = twenty_kinds
    assert modality_gap(space).told_apart > 0.9
    rng = np.random.default_rng(1)
    same = space_of(rng.normal(size=(300, 20)), rng.normal(size=(300, 20)))
    assert modality_gap(same).told_apart == pytest.approx(0.5, abs=0.06)


def test_cosine_samples_are_seeded_and_bounded(twenty_kinds):
    space, _ = twenty_kinds
    one, two, other = (modality_gap(space, sample=50, seed=seed) for seed in (0, 0, 1))
    assert len(one.within_pictures) == len(one.across) == 50
    assert np.array_equal(one.across, two.across)
    assert not np.array_equal(one.across, other.across)
    assert modality_gap(space).within_pictures.mean() == pytest.approx(
        (np.square(unit(space.vectors[:60]).sum(axis=0)).sum() - 60) / (60 * 59), rel=1e-4
    )  # Ethayarajh 2019


def test_a_gap_needs_two_of_each():
    with pytest.raises(EmbeddingError, match="at least 2 of each; here are 2 pictures and 1 texts"):
        modality_gap(space_of([[1, 0], [0, 1]], [[1, 1]]))


def test_equal_vectors_have_no_gap_and_no_direction():
    gap = modality_gap(space_of([[1, 0]] * 3, [[2, 0]] * 3))
    assert (gap.size, gap.variance, gap.by_chance, gap.told_apart) == (0, 0, 0, 0.5)


def test_closing_the_gap_moves_both_means_to_the_middle(twenty_kinds):
    space, _ = twenty_kinds
    vectors = unit(space.vectors)
    images, texts = vectors[:60], vectors[60:]
    gap = images.mean(axis=0) - texts.mean(axis=0)
    half = close_gap(space, 0.5)
    np.testing.assert_allclose(half.vectors[:60], unit(images - 0.25 * gap), atol=1e-6)
    np.testing.assert_allclose(half.vectors[60:], unit(texts + 0.25 * gap), atol=1e-6)
    assert half.params["gap closed"] == 0.5
    assert close_gap(space, 0) is space
    closed = close_gap(space, 1)
    before = (images - gap / 2).mean(axis=0) - (texts + gap / 2).mean(axis=0)
    assert np.linalg.norm(before) < 1e-6
    assert modality_gap(closed).size < 0.2 * modality_gap(space).size
    assert len({space.fingerprint, half.fingerprint, closed.fingerprint}) == 3


@pytest.mark.parametrize("share", [-0.1, 1.1, np.nan])
def test_a_share_lies_between_nothing_and_all(twenty_kinds, share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        close_gap(twenty_kinds[0], share)
