import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.datasets import load_digits
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from embeddings.clusters import CLUSTERINGS, NOISE, cluster, cluster_map, find_clustering
from embeddings.clusters.base import by_size
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.graph import knn_graph
from embeddings.projections import project
from embeddings.space import Space

ROOT = Path(__file__).resolve().parents[2]
COUNTED = [method for method, spec in CLUSTERINGS.items() if spec.counted]
METRICS = ["cosine", "Euclidean"]


def same(left, right):
    return adjusted_rand_score(left, right) == 1


def space_of(vectors):
    return Space.from_vectors(map(str, range(len(vectors))), vectors, name="space")


def asked(method, clusters=3):
    return {"clusters": clusters} if CLUSTERINGS[method].counted else {"min_cluster_size": 5}


@pytest.fixture(scope="module")
def digits():
    data = load_digits()
    return space_of(data.data), data.target


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("method", CLUSTERINGS)
def test_every_method_finds_planted_groups_the_same_way_twice(blobs, method, metric):
    found = cluster(blobs, method, metric=metric, **asked(method))
    kept = found.labels != NOISE
    assert kept.mean() > 0.6
    assert same(found.labels[kept], np.repeat([0, 1, 2], 100)[kept])
    assert (found.count, found.method, found.params["metric"]) == (3, method, metric)
    assert found.labels.dtype == np.int32
    assert not found.labels.flags.writeable
    assert found.sizes.sum() + found.noise == 300
    assert np.array_equal(found.labels, cluster(blobs, method, metric=metric, **asked(method)).labels)


@pytest.mark.parametrize("method", CLUSTERINGS)
def test_every_row_of_the_table_says_what_it_is(method):
    spec = find_clustering(method)
    assert spec.summary.endswith(".")
    assert spec.reference
    assert all(each.low <= each.default <= each.high and each.summary for each in spec.parameters.values())


@pytest.mark.parametrize("n", [2, 3, 4, 7])
@pytest.mark.parametrize("method", CLUSTERINGS)
def test_every_method_takes_few_items(blobs, method, n):
    found = cluster(space_of(blobs.vectors[:n]), method, **asked(method, 2))
    assert len(found) == n
    assert found.count == (2 if CLUSTERINGS[method].counted else 0)


@pytest.mark.parametrize("method", COUNTED)
def test_as_many_clusters_as_items_are_one_each(compass, method):
    found = cluster(space_of(compass.vectors[:4]), method, clusters=4)
    assert found.labels.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("method", CLUSTERINGS)
def test_progress_ends_at_its_total_and_cancels(blobs, method):
    seen = []
    cluster(blobs, method, on_progress=lambda done, total: seen.append((done, total)), **asked(method))
    assert seen[-1][0] == seen[-1][1]
    assert seen == sorted(seen)

    def cancel(done, total):
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        cluster(blobs, method, on_progress=cancel, **asked(method))


def test_clusters_are_numbered_by_size():
    assert by_size([5, 2, 2, -1, 7, 7, 2, 5]).tolist() == [1, 0, 0, -1, 2, 2, 0, 1]
    assert by_size([-1, -1]).tolist() == [-1, -1]


@pytest.mark.parametrize("seed", [0, 3])
def test_kmeans_is_scikit_learns_own(digits, seed):
    space, _ = digits
    theirs = KMeans(10, n_init=4, random_state=seed).fit(space.vectors)
    assert same(cluster(space, metric="Euclidean", restarts=4, seed=seed).labels, theirs.labels_)


def test_known_figures_of_the_digits(digits):
    space, truth = digits
    kmeans = cluster(space, "K-means", metric="Euclidean")
    ward = cluster(space, "Ward", metric="Euclidean")
    assert adjusted_rand_score(truth, kmeans.labels) == pytest.approx(0.666, abs=0.005)
    assert adjusted_rand_score(truth, ward.labels) == pytest.approx(0.794, abs=0.001)
    assert normalized_mutual_info_score(truth, ward.labels) == pytest.approx(0.868, abs=0.001)


@pytest.mark.parametrize("clusters", [2, 10, 60])
def test_trees_of_merges_agree_with_scikit_learn(digits, clusters):
    space = space_of(digits[0].vectors[:500] + np.random.default_rng(0).normal(size=(500, 64)))
    ward = AgglomerativeClustering(clusters).fit_predict(space.vectors)
    average = AgglomerativeClustering(clusters, metric="cosine", linkage="average").fit_predict(space.vectors)
    assert same(cluster(space, "Ward", metric="Euclidean", clusters=clusters).labels, ward)
    found = cluster(space, "Average linkage", clusters=clusters)
    assert same(found.labels, average)
    assert same(found.labels, fcluster(found.merges, clusters, "maxclust"))


def test_probabilities_lie_between_0_and_1(blobs):
    for method in ("HDBSCAN", "Gaussian mixture"):
        found = cluster(blobs, method, **asked(method))
        assert found.probabilities.shape == (300,)
        assert found.probabilities.min() >= 0
        assert found.probabilities.max() <= 1
        assert (found.probabilities[found.labels == NOISE] == 0).all()


def test_repeated_items_are_no_trouble(blobs):
    space = space_of(np.vstack([blobs.vectors, *[blobs.vectors[:1]] * 30]))
    for method in CLUSTERINGS:
        labels = cluster(space, method, **asked(method)).labels
        assert len(set(labels[300:])) == 1


def test_everything_noise_is_said():
    vectors = np.random.default_rng(0).normal(size=(100, 30))
    found = cluster(space_of(vectors), "HDBSCAN", min_cluster_size=30)
    assert (found.count, found.noise) == (0, 100)
    assert "found no cluster: all 100 items count as noise" in found.notes[0]


def test_one_giant_cluster_is_said():
    vectors = np.vstack([np.random.default_rng(0).normal(size=(97, 4)) * 0.1 + 1, -np.eye(4)[:3]])
    found = cluster(space_of(vectors), "Average linkage", clusters=4)
    assert found.sizes.tolist() == [97, 1, 1, 1]
    assert "97 of 100 clustered items (97%): average linkage has degenerated" in found.notes[0]
    assert not cluster(space_of(vectors[:90]), "Ward", clusters=3).notes


def test_vectors_of_length_zero_are_said(compass):
    assert "1 items have a vector of length zero" in cluster(compass, "Ward", clusters=2).notes[-1]


def test_much_noise_is_said(blobs):
    far = np.random.default_rng(0).normal(scale=60, size=(400, 16))
    found = cluster(space_of(np.vstack([blobs.vectors[:200], far])), "HDBSCAN", metric="Euclidean")
    assert (found.count, found.noise > 300) == (2, True)
    assert "of the items are noise: the clusters speak for the rest only" in found.notes[0]


def test_cosine_does_not_see_lengths(blobs):
    longer = space_of(blobs.vectors * np.linspace(1, 50, 300)[:, None])
    for method in CLUSTERINGS:
        plain, other = cluster(blobs, method, **asked(method)), cluster(longer, method, **asked(method))
        assert adjusted_rand_score(plain.labels, other.labels) > 0.99


def test_clusters_of_the_map_warn(blobs):
    layout = project(blobs, "PCA")
    found = cluster_map(layout, "K-means", clusters=3)
    assert "clusters of the map, not of the vectors" in found.notes[0]
    assert found.params["metric"] == "Euclidean"
    assert same(found.labels, np.repeat([0, 1, 2], 100))


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda space: cluster(space, "DBSCAN"), "no clustering “DBSCAN”; choose one of K-means, HDBSCAN"),
        (lambda space: cluster(space, "Ward", k=3), "Ward has no setting “k”; it has clusters"),
        (lambda space: cluster(space, clusters=1), "between 2 and 500, got 1"),
        (lambda space: cluster(space, clusters=501), "between 2 and 500, got 501"),
        (lambda space: cluster(space, clusters=2.5), "clusters must be a whole number, got 2.5"),
        (lambda space: cluster(space, clusters="many"), "between 2 and 500, got many"),
        (lambda space: cluster(space, metric="dot"), "“dot” is none; choose cosine or Euclidean"),
        (lambda space: cluster(space, clusters=301), "301 were asked for, this collection has 300"),
        (lambda space: cluster(space_of(space.vectors[:1])), "at least 2 items, this collection has 1"),
        (lambda space: cluster(space_of(np.repeat(space.vectors[:3], 9, axis=0)), clusters=4), "27 items have 3"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_clustered_is_said(blobs, act, message):
    with pytest.raises(EmbeddingError, match=message):
        act(blobs)


@pytest.mark.parametrize("method", CLUSTERINGS)
def test_items_all_alike_have_no_clusters(method):
    with pytest.raises(EmbeddingError, match="All 40 items have the same direction here"):
        cluster(space_of(np.ones((40, 5))), method, **asked(method))


@pytest.mark.parametrize("method", [name for name, spec in CLUSTERINGS.items() if spec.counted])
def test_by_cosine_there_are_no_more_clusters_than_directions(method):
    rng = np.random.default_rng(0)
    directions = rng.normal(size=(7, 12))
    # Brought to length 1, vectors of one direction and of many lengths differ by rounding.
    vectors = space_of(np.repeat(directions, 4, axis=0) * rng.uniform(0.1, 9, size=(28, 1)))
    with pytest.raises(EmbeddingError, match=r"more clusters than different directions: 8 .* the 28 items have 7"):
        cluster(vectors, method, clusters=8)
    assert cluster(vectors, method, clusters=7).sizes.tolist() == [4] * 7
    assert cluster(vectors, method, clusters=8, metric="Euclidean").count == 8


def test_too_many_for_all_pairs_is_said():
    space = space_of(np.random.default_rng(0).normal(size=(15_001, 2)))
    with pytest.raises(EmbeddingError, match="Ward takes up to 15,000 items, this collection has 15,001"):
        cluster(space, "Ward")


def test_a_graph_of_another_metric_is_the_callers_bug(blobs):
    with pytest.raises(ValueError, match="graph must be of metric cosine"):
        cluster(blobs, "HDBSCAN", graph=knn_graph(blobs, metric="Euclidean"))


def test_importing_the_names_loads_no_heavy_library():
    code = (
        "import sys, embeddings\n"
        "print(sorted({'sklearn', 'scipy', 'hdbscan', 'skimage', 'faiss'} & set(sys.modules)), embeddings.cluster)"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.startswith("[] <function"), done.stderr


def test_kmeans_announces_each_start(blobs):
    seen = []
    cluster(blobs, clusters=3, restarts=3, on_progress=lambda *step: seen.append(step))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
