"""Maps over seeds and settings: alignment, halos, islands that come back, and the sweep."""

import numpy as np
import pytest
from scipy.spatial import procrustes

from embeddings.alignment import align
from embeddings.errors import EmbeddingError
from embeddings.graph import KnnGraph
from embeddings.projections import Layout
from embeddings.space import Space
from embeddings.trust import (
    Cell,
    Islands,
    island_stability,
    islands,
    neighbours_inside,
    seed_spread,
    sweep,
    sweep_cell,
    sweep_plan,
)
from embeddings.trust.sweep import sweep_graph

pytestmark = pytest.mark.filterwarnings("ignore::numba.core.errors.NumbaWarning")
ANGLE = 0.7
TURN = np.array([[np.cos(ANGLE), -np.sin(ANGLE)], [np.sin(ANGLE), np.cos(ANGLE)]])
MIRROR = np.diag([1, -1])


def drawn(places, seed=0):
    return Layout(np.asarray(places, dtype=np.float32), "UMAP", {}, seed)


def blobs_at(centres, each=40, seed=0):
    rng = np.random.default_rng(seed)
    return np.vstack([np.array(centre) + 0.2 * rng.normal(size=(each, 2)) for centre in centres])


@pytest.fixture
def cloud():
    return np.random.default_rng(1).normal(size=(50, 2)) * [3, 1]


@pytest.mark.parametrize("turn", [TURN, MIRROR, TURN @ MIRROR], ids=["turned", "mirrored", "both"])
def test_alignment_undoes_shift_turn_mirror_and_scale(cloud, turn):
    found = align(cloud @ turn * 5 + [100, -7], cloud)
    np.testing.assert_allclose(found.places, cloud, atol=1e-4)
    assert found.scale == pytest.approx(0.2)
    assert found.disparity == pytest.approx(0, abs=1e-10)
    assert found.distances.max() < 1e-4
    np.testing.assert_allclose(found.rotation @ found.rotation.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(found.apply(cloud[:3] @ turn * 5 + [100, -7]), cloud[:3], atol=1e-4)


def test_alignment_agrees_with_scipy(cloud):
    other = cloud @ TURN + np.random.default_rng(2).normal(size=(50, 2))
    found = align(other, cloud)
    _, theirs, disparity = procrustes(cloud, other)
    assert found.disparity == pytest.approx(disparity)
    centred = cloud - cloud.mean(axis=0)
    np.testing.assert_allclose(found.places, theirs * np.linalg.norm(centred) + cloud.mean(axis=0), atol=1e-4)


def test_alignment_of_unequal_dimensions_and_flat_sides(cloud):
    lifted = np.hstack([cloud, np.zeros((50, 1))])
    assert align(cloud, lifted).disparity == pytest.approx(0, abs=1e-10)
    assert align(cloud, lifted).places.shape == (50, 3)
    flat = align(np.ones((50, 2)), cloud)
    assert np.isnan(flat.disparity)
    np.testing.assert_allclose(flat.places, np.tile(cloud.mean(axis=0), (50, 1)), atol=1e-6)
    with pytest.raises(ValueError, match="same number of points, got 50 and 49"):
        align(cloud, cloud[1:])


def test_a_map_that_only_turned_has_no_spread(cloud):
    found = seed_spread([drawn(cloud), drawn(cloud @ TURN * 9, 1), drawn(cloud @ MIRROR - 4, 2)])
    assert found.places.shape == (3, 50, 2)
    np.testing.assert_array_equal(found.places[0], cloud.astype(np.float32))
    assert found.spread.max() < 1e-4
    assert found.relative < 1e-4
    assert found.disparities == pytest.approx((0, 0, 0), abs=1e-8)


def test_the_point_that_wanders_has_the_halo(cloud):
    moved = cloud.copy()
    moved[7] += [0, 6]
    found = seed_spread([drawn(cloud), drawn(moved)])
    assert found.spread.argmax() == 7
    # Between two places, the root mean square distance from their mean is half their distance.
    assert found.spread[7] == pytest.approx(np.linalg.norm(found.places[1, 7] - cloud[7]) / 2, rel=1e-5)
    assert found.spread[7] > 10 * np.median(found.spread)


def test_maps_without_anything_in_common_are_as_wide_as_the_map():
    rng = np.random.default_rng(0)
    found = seed_spread([drawn(rng.normal(size=(500, 2)), seed) for seed in range(5)])
    assert found.relative > 0.4
    assert min(found.disparities[1:]) > 0.9


def test_islands_are_found_largest_first():
    places = np.vstack([blobs_at([(0, 0)], 30), blobs_at([(9, 0)], 60), blobs_at([(0, 9)], 45), [[50, 50]]])
    found = islands(drawn(places))
    assert len(found.sizes) == 3
    assert found.sizes[0] >= 55
    assert list(found.sizes) == sorted(found.sizes, reverse=True)
    assert found.labels[-1] == -1
    assert np.bincount(found.labels[30:90] + 1).argmax() - 1 == 0


def test_an_island_that_falls_apart_does_not_come_back():
    there = blobs_at([(0, 0), (9, 0), (0, 9)])
    moved = blobs_at([(30, 5), (-9, 0), (0, -9)], seed=1)
    split = moved.copy()
    split[100:120] += [0, -20]
    rng = np.random.default_rng(5)
    scattered = moved.copy()
    scattered[:40] = rng.permutation(moved)[:40] + rng.normal(size=(40, 2))
    found = island_stability([drawn(there), drawn(moved, 1), drawn(split, 2), drawn(scattered, 3)])
    assert found.islands.sizes == pytest.approx((40, 40, 40), abs=6)
    by_blob = [int(found.islands.labels[place]) for place in (5, 45, 85)]
    assert sorted(by_blob) == [0, 1, 2]
    assert found.appears[:, :2].all()
    assert found.jaccard[:, 0].tolist() == [1, 1, 1]
    # Half of an island is exactly at the limit and does not count.
    assert not found.appears[by_blob[2], 2]
    assert found.appears[by_blob[1], 2]
    assert not found.appears[by_blob[0], 3]
    assert found.counts[by_blob[1]] == 4
    size = found.islands.sizes[by_blob[1]]
    assert found.sentence(by_blob[1]) == f"This island of {size} points appears on 4 of 4 maps."


def test_maps_without_islands():
    nothing = islands(drawn(np.ones((30, 2))))
    assert (nothing.sizes, set(nothing.labels.tolist())) == ((), {-1})
    assert islands(drawn([[0, 0], [1, 1], [2, 2]])).sizes == ()
    found = island_stability([drawn(np.ones((30, 2))), drawn(blobs_at([(0, 0), (9, 0)], 15))])
    assert found.counts.shape == (0,)


def test_bad_input_of_seeds(cloud):
    with pytest.raises(EmbeddingError, match="at least 2 maps"):
        seed_spread([drawn(cloud)])
    with pytest.raises(EmbeddingError, match="UMAP map of seed 4 lie on one place"):
        seed_spread([drawn(cloud), drawn(np.ones((50, 2)), 4)])
    with pytest.raises(EmbeddingError, match="at least 2 maps"):
        island_stability([drawn(cloud)])
    with pytest.raises(ValueError, match="same number of points"):
        island_stability([drawn(cloud), drawn(cloud[1:])])
    with pytest.raises(ValueError, match="at least 2, got 1"):
        islands(drawn(cloud), smallest=1)


def test_the_plan_of_a_sweep():
    assert sweep_plan(600, [5, 15], [0.0, 0.5]) == (Cell(5, 0.0), Cell(5, 0.5), Cell(15, 0.0), Cell(15, 0.5))
    # 20 items cannot tell 30 from 60 neighbours.
    assert sweep_plan(20, [5, 30, 60], [0.1]) == (Cell(5, 0.1), Cell(20, 0.1))


@pytest.mark.parametrize(
    ("counts", "nears", "message"),
    [
        ([1], [0.1], "n_neighbors must lie between 2 and 100, got 1"),
        ([5], [1.5], "min_dist must lie between 0 and 0.99, got 1.5"),
        ([], [0.1], "at least one value of n_neighbors"),
        (range(2, 70), [0.1], "68 maps are too many .* at most 64"),
    ],
)
def test_bad_settings_of_a_sweep(counts, nears, message):
    with pytest.raises(EmbeddingError, match=message):
        sweep_plan(600, counts, nears)


def test_a_sweep_comes_cell_by_cell_from_one_graph(blobs):
    part = Space.from_vectors(blobs.collection.items[::3], blobs.vectors[::3], name="part")
    cells = sweep_plan(len(part), [5, 15], [0.1])
    seen = []
    swept = list(sweep(part, cells, k=5, on_progress=lambda done, total: seen.append((done, total))))
    assert [each.cell for each in swept] == list(cells)
    assert [each.layout.params["n_neighbors"] for each in swept] == [5, 15]
    assert seen == [(1, 2), (2, 2)]
    alone = sweep_cell(part, sweep_graph(part, cells), cells[1], k=5)
    np.testing.assert_array_equal(alone.layout.coordinates, swept[1].layout.coordinates)
    assert alone.trust.trustworthiness == swept[1].trust.trustworthiness
    assert alone.trust.trustworthiness > 0.8


def test_an_island_holds_the_true_neighbours_that_lie_on_it():
    found = Islands(np.array([0, 0, 0, 1, 1, -1], "i4"), (3, 2))
    rows = np.array([[1, 2], [0, 3], [3, 4], [4, 5], [5, 0], [3, 4]], "i4")
    graph = KnnGraph(rows, np.zeros((6, 2), "f4"), "cosine")
    np.testing.assert_allclose(neighbours_inside(found, graph, k=2), [3 / 6, 1 / 4])
    np.testing.assert_allclose(neighbours_inside(found, graph, k=1), [2 / 3, 1 / 2])
    with pytest.raises(ValueError, match="k ≥ 3"):
        neighbours_inside(found, graph, k=3)


def test_the_counterpart_of_an_island_shares_most_with_it():
    first = blobs_at([(0, 0), (10, 0)])
    second = np.vstack([first[:30], first[30:40] + np.array([10, 0]), first[40:]])
    stability = island_stability([drawn(first), drawn(second, 1)])
    np.testing.assert_array_equal(stability.labels[0], stability.islands.labels)
    island = int(stability.islands.labels[0])
    there = stability.counterpart(island, 1)
    own = np.flatnonzero(stability.islands.labels == island)
    shared = len(np.intersect1d(own, there)) / len(np.union1d(own, there))
    assert stability.jaccard[island, 1] == pytest.approx(shared)
    assert stability.counterpart(island, 0).tolist() == own.tolist()
