import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components

from embeddings.errors import Cancelled, EmbeddingError
from embeddings.outliers import duplicates
from embeddings.outliers.duplicates import near_duplicates
from embeddings.space import Space
from embeddings.units import unit


def space_of(vectors):
    return Space.from_vectors(map(str, range(len(vectors))), vectors, name="space")


@pytest.fixture
def planted():
    """200 unrelated items; row 3 comes again as 200 and 201, row 7 as 202, each moved a little."""
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(200, 64))
    again = vectors[[3, 3, 7]] + rng.normal(size=(3, 64)) * 0.05
    return space_of(np.vstack([vectors, again * 4]))


def test_planted_duplicates_are_grouped(planted):
    found = near_duplicates(planted)
    assert [group.tolist() for group in found.groups] == [[3, 200, 201], [7, 202]]
    assert found.dropped.tolist() == [200, 201, 202]
    assert found.kept.tolist() == list(range(200))
    assert found.threshold == 0.95
    for group, similarities in zip(found.groups, found.similarities, strict=True):
        expected = unit(planted.vectors[group]) @ unit(planted.vectors[group[0]])
        assert similarities == pytest.approx(expected)
        assert similarities[0] == pytest.approx(1)


@pytest.mark.parametrize("at_once", [1, 1000, 2**22])
@pytest.mark.parametrize("threshold", [0.2, 0.35, 0.6])
def test_what_goes_is_near_to_what_stays_and_chains_are_components(planted, threshold, at_once, monkeypatch):
    monkeypatch.setattr(duplicates, "AT_ONCE", at_once)
    units = unit(planted.vectors)
    _, component = connected_components(units @ units.T >= threshold)
    expected = {tuple(np.flatnonzero(component == each)) for each in set(component)}
    found = near_duplicates(planted, threshold=threshold)
    several = {rows for rows in expected if len(rows) > 1 and len(set(rows) - set(found.dropped)) > 1}
    assert {tuple(rows) for rows in found.chains} == several
    assert sorted(np.concatenate([*found.groups, []])) == sorted([*found.dropped, *(rows[0] for rows in found.groups)])
    assert sorted([*found.kept, *found.dropped]) == list(range(203))
    near = (units @ units.T >= threshold) & ~np.eye(203, dtype=bool)
    assert near[found.dropped][:, found.kept].any(axis=1).all()
    assert not near[found.kept][:, found.kept].any()
    sizes = [len(group) for group in found.groups]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("block", [1, 4, 512])
def test_of_a_chain_all_that_goes_is_near_to_something_that_stays(block, monkeypatch):
    monkeypatch.setattr(duplicates, "BLOCK", block)
    angles = np.radians(np.arange(29) * 10)
    vectors = np.column_stack([np.cos(angles), np.sin(angles)])
    found = near_duplicates(space_of(vectors), threshold=0.98)
    assert [rows.tolist() for rows in found.chains] == [list(range(29))]
    assert (vectors @ vectors[found.kept].T).max(axis=1).min() >= 0.98
    assert all(similarities.min() >= 0.98 for similarities in found.similarities)
    assert len(found.kept) < 15
    assert near_duplicates(space_of(vectors[:3]), threshold=0.98).groups[0].tolist() == [1, 0, 2]


def test_items_all_alike_are_one_group():
    found = near_duplicates(space_of(np.ones((3000, 3))), threshold=1)
    assert (len(found.groups), len(found.dropped), found.kept.tolist()) == (1, 2999, [0])


def test_nothing_and_zero_vectors_are_no_duplicates(compass):
    found = near_duplicates(space_of(np.vstack([compass.vectors, [[0, 0]]])))
    assert (found.groups, found.similarities) == ((), ())
    assert (found.dropped.tolist(), found.kept.tolist()) == ([], [0, 1, 2, 3, 4, 5])
    assert near_duplicates(space_of([[1.0, 2]])).groups == ()


def test_progress_counts_rows_and_cancels(planted, monkeypatch):
    monkeypatch.setattr(duplicates, "AT_ONCE", 203 * 100)
    seen = []
    near_duplicates(planted, on_progress=lambda *step: seen.append(step))
    assert seen == [(100, 203), (200, 203), (203, 203)]

    def cancel(done, total):
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        near_duplicates(planted, on_progress=cancel)


@pytest.mark.parametrize("threshold", [0, -0.5, 1.01])
def test_thresholds_out_of_range_are_said(planted, threshold):
    with pytest.raises(EmbeddingError, match="above 0 and at most at 1, got"):
        near_duplicates(planted, threshold=threshold)
