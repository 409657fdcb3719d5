"""Figures do not depend on the unit of the vectors, and very narrow cones are told apart."""

import numpy as np
import pytest

from embeddings.clusters import cluster, cluster_map
from embeddings.clusters.counts import how_many
from embeddings.clusters.members import centres, typical
from embeddings.clusters.scores import cluster_scores
from embeddings.compare.comparison import compare
from embeddings.compare.probe import linear_probe
from embeddings.errors import EmbeddingError
from embeddings.geometry import geometry
from embeddings.geometry.hubs import hubness
from embeddings.graph import knn_graph
from embeddings.metrics import METRICS
from embeddings.neighbours import nearest, similarity_sample
from embeddings.outliers import OUTLIERS, outliers
from embeddings.outliers.mislabelled import mislabelled
from embeddings.pairs import Pairs, pair_distances
from embeddings.projections import Layout, project
from embeddings.projections.placing import place
from embeddings.ranks import Points, nearest_rows
from embeddings.space import Space, centred
from embeddings.trust import neighbours_kept, point_trust, shepard, trust
from embeddings.units import crowded, scaled, unit

KINDS = np.arange(90) % 3
LONG, SHORT = 2.0**100, 2.0**-100
METHODS = {"K-means": 3, "HDBSCAN": None, "Ward": 3, "Average linkage": 3, "Gaussian mixture": 3}


def in_unit(factor):
    rng = np.random.default_rng(4)
    vectors = rng.normal(size=(90, 6)) + 6 * np.eye(6)[KINDS]
    return Space.from_vectors(map(str, range(90)), vectors.astype(np.float32) * np.float32(factor), name="s")


def of_neighbours(space, factor):
    powers = {"cosine": 0, "Euclidean": 1, "dot": 2}
    found = {metric: nearest(space, 5, k=8, metric=metric) for metric in METRICS}
    graphs = {metric: knn_graph(space, k=20, metric=metric) for metric in ("cosine", "Euclidean")}
    card = geometry(space, graphs["Euclidean"])
    return [
        *(near.rows for near in found.values()),
        *(near.scores / factor ** powers[metric] for metric, near in found.items()),
        *(graph.rows for graph in graphs.values()),
        *(graph.distances.astype(float) / factor ** powers[metric] for metric, graph in graphs.items()),
        similarity_sample(space, pairs=50),
        [card.mean_cosine, card.dimension.mle, card.spectrum.effective_rank, card.norms.median / factor],
        compare(in_unit(1), space, k=5).cka.value,
        linear_probe(space, KINDS.tolist()).right,
    ]


def of_clusters(space, factor):
    found = {
        name: cluster(space, name, metric="Euclidean", **({"clusters": count} if count else {}))
        for name, count in METHODS.items()
    }
    k_means = found["K-means"]
    return [
        *(clustering.labels for clustering in found.values()),
        found["Average linkage"].merges[:, 2] / factor,
        found["HDBSCAN"].condensed.lambdas * factor,
        cluster_scores(space, k_means),
        centres(space, k_means) / factor,
        *(each.spread for each in typical(space, k_means)),
        how_many(space, found["Ward"], most=3).gap,
    ]


def of_outliers(space, factor):
    doubtful = mislabelled(space, ["a", *KINDS[1:].tolist()], metric="Euclidean")
    scores = {method: outliers(space, method, metric="Euclidean") for method in OUTLIERS}
    return [scores["kNN distance"] / factor, scores["LOF"], scores["Isolation Forest"], doubtful.distances / factor]


def of_maps(space, factor):
    plain = project(space)
    scored = trust(space, plain, metric="Euclidean", k=10)
    return [
        plain.coordinates / factor,
        plain.linear.explained,
        place(space, plain, knn_graph(space), space.vectors[3]).coordinates / factor,
        cluster_map(plain, clusters=3).labels,
        [scored.trustworthiness, scored.continuity, shepard(space, plain, metric="Euclidean").correlation],
    ]


@pytest.mark.parametrize("figures", [of_neighbours, of_clusters, of_outliers, of_maps])
def test_figures_do_not_depend_on_the_unit_of_the_vectors(figures):
    expected = figures(in_unit(1), 1)
    for factor in (LONG, SHORT):
        for got, want in zip(figures(in_unit(factor), factor), expected, strict=True):
            np.testing.assert_array_equal(np.asarray(got), np.asarray(want))


@pytest.mark.parametrize("factor", [2e-41, 1e37])
def test_at_the_ends_of_float32_neighbours_are_those_of_float64(factor):
    space = in_unit(factor)
    exact = space.vectors.astype(np.float64)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    order = np.argsort(-(exact @ exact[7]), kind="stable")
    assert nearest(space, 7, k=5).rows.tolist() == order[1:6].tolist()
    np.testing.assert_allclose(nearest(space, 7, k=5).scores, np.sort(exact @ exact[7])[-2:-7:-1], atol=1e-12)
    assert not (space.norms == 0).any()
    assert np.abs(unit(space.vectors) - exact).max() < 1e-7


def test_one_space_may_hold_long_and_short_vectors():
    space = Space.from_vectors("abcd", [[1e30, 0, 0], [0, 1e-30, 0], [0, 0, 1], [1e30, 1e30, 0]], name="s")
    assert nearest(space, "a", k=1).scores.tolist() == pytest.approx([0.5**0.5])
    assert knn_graph(space, k=1).rows[:, 0].tolist()[0] == 3
    assert unit(space.vectors)[1].tolist() == [0, 1, 0]


@pytest.mark.parametrize(("factor", "size"), [(LONG, "too large"), (SHORT, "too small")])
def test_products_that_are_no_numbers_are_refused_with_the_reason(factor, size):
    with pytest.raises(EmbeddingError, match=f"by dot that are {size} to be told apart: use cosine"):
        knn_graph(in_unit(factor), metric="dot")


def test_scaling_changes_no_digit():
    vectors = np.array([[0.3, -5.5], [1e-3, 2.0]], dtype=np.float32)
    assert (scaled(vectors) * 8 == vectors).all()
    assert np.abs(scaled(vectors)).max() == 5.5 / 8
    assert not scaled(np.zeros((2, 2), dtype=np.float32)).any()


@pytest.mark.parametrize("width", [1e-3, 1e-5])
def test_neighbours_in_a_narrow_cone_are_those_of_exact_cosines(width):
    """Mean cosines of .99999 and .9999999999: float32 finds 1 of 10 neighbours by products of unit vectors."""
    rng = np.random.default_rng(0)
    middle = rng.normal(size=24)
    vectors = (middle / np.linalg.norm(middle) + width * rng.normal(size=(400, 24)) / 5).astype(np.float32)
    vectors[11] = vectors[3]
    vectors[40] = 0
    exact = vectors.astype(np.longdouble)
    lengths = np.sqrt(np.square(exact).sum(axis=1, keepdims=True))
    exact = np.divide(exact, lengths, out=np.zeros_like(exact), where=lengths > 0)
    distances = np.where((lengths > 0) & (lengths.T > 0), np.square(exact[:, None] - exact).sum(axis=2) / 2, 1)
    np.fill_diagonal(distances, np.inf)
    right = np.sort(distances, axis=1)[:, :10]
    others = np.delete(np.arange(400), 40)
    space = Space.from_vectors(map(str, range(400)), vectors, name="cone")
    graph = knn_graph(space, k=10)
    listed = (graph.rows, nearest_rows(Points(vectors, "cosine"), 10).rows)
    for rows in listed:
        np.testing.assert_array_equal(np.take_along_axis(distances, rows, 1)[others], right[others])
    np.testing.assert_allclose(graph.distances[others], right[others].astype(float), rtol=1e-4, atol=1e-15)
    for row in (0, 3, 399):
        np.testing.assert_array_equal(distances[row, nearest(space, row, k=10).rows], right[row])
    pairs = Pairs(np.arange(39), np.arange(1, 40))
    np.testing.assert_allclose(
        pair_distances(vectors, pairs, "cosine"), np.diagonal(distances, 1)[:39].astype(float), rtol=1e-4
    )


def test_a_random_map_keeps_nothing_of_a_narrow_cone_and_its_lists_are_not_tied():
    rng = np.random.default_rng(2)
    vectors = np.eye(1, 24) + 1e-5 * rng.normal(size=(300, 24))
    space = Space.from_vectors(map(str, range(300)), vectors, name="cone")
    layout = Layout(rng.normal(size=(300, 2)), "random", {}, 0)
    found = trust(space, layout, k=10)
    assert found.chance == pytest.approx(10 / 299)
    assert found.kept == pytest.approx(10 / 299, abs=0.02)
    assert found.trustworthiness == pytest.approx(0.5, abs=0.05)
    quick = neighbours_kept(space, knn_graph(space), layout)
    assert quick.shares.mean() == pytest.approx(quick.chance, abs=0.02)
    assert not len(point_trust(space, layout, 0, k=1).kept)
    assert hubness(knn_graph(space)).tied < 0.01


def test_only_close_directions_are_crowded():
    rng = np.random.default_rng(1)
    spread = rng.normal(size=(300, 16)).astype(np.float32)
    assert not crowded(unit(spread))
    assert not crowded(unit(np.repeat(spread[:30], 10, axis=0)))
    assert crowded(unit(np.repeat(spread[:5], 60, axis=0) + 1e-3 * spread))
    assert not crowded(unit(np.zeros((5, 3))))
    assert not crowded(unit(np.ones((1, 3))))


def test_centring_far_from_the_origin_is_exact():
    offsets = np.array([[1.0, -1.0], [-1.0, 1.0]])
    space = Space.from_vectors(map(str, range(2000)), np.tile(offsets, (1000, 1)) * 2.0**-10 + 4, name="s")
    np.testing.assert_array_equal(centred(space).vectors[:2], offsets * 2.0**-10)
