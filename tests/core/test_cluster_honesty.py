from math import comb, log

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_score,
    v_measure_score,
)

from embeddings.clusters import CLUSTERINGS, NOISE, Clustering, cluster, cluster_map
from embeddings.clusters.agreement import OTHER, agreement, frequent_labels, overlap
from embeddings.clusters.counts import COUNTED, REFERENCES, first_gap, how_many
from embeddings.clusters.noise import against_noise, gaussian_noise
from embeddings.clusters.scores import SAMPLE, cluster_scores
from embeddings.clusters.stability import best_jaccards, stability, verdict
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.projections import project
from embeddings.space import Space
from embeddings.units import unit


def clustering(labels, metric="Euclidean"):
    return Clustering(np.array(labels), "K-means", {"clusters": 2, "restarts": 1, "metric": metric}, 0)


def space_of(vectors):
    return Space.from_vectors(map(str, range(len(vectors))), vectors, name="space")


def cancel(done, total):
    raise Cancelled("stop")


@pytest.mark.parametrize("metric", ["cosine", "Euclidean"])
def test_scores_agree_with_scikit_learn_and_leave_noise_out(blobs, metric):
    labels = np.repeat([0, 1, 2], 100)
    labels[::7] = NOISE
    kept = labels != NOISE
    vectors = (unit(blobs.vectors) if metric == "cosine" else blobs.vectors)[kept]
    found = cluster_scores(blobs, clustering(labels, metric))
    assert found.silhouette == pytest.approx(silhouette_score(vectors, labels[kept]), abs=1e-5)
    assert found.calinski_harabasz == pytest.approx(calinski_harabasz_score(vectors, labels[kept]), rel=1e-5)
    assert found.davies_bouldin == pytest.approx(davies_bouldin_score(vectors, labels[kept]), rel=1e-5)
    assert (found.clusters, found.sampled) == (3, kept.sum())
    assert found.noise == pytest.approx(1 - kept.mean())


def test_the_silhouette_of_many_items_is_that_of_a_sample():
    vectors = np.random.default_rng(0).normal(size=(2 * SAMPLE, 3)).astype(np.float32)
    found = cluster_scores(space_of(vectors), clustering(vectors[:, 0] > 0))
    assert found.sampled == SAMPLE
    assert found.silhouette == pytest.approx(silhouette_score(vectors, vectors[:, 0] > 0), abs=0.02)


@pytest.mark.parametrize("labels", [[0] * 300, [NOISE] * 300, list(range(300))], ids=["one", "noise", "each its own"])
def test_what_has_no_scores_has_none(blobs, labels):
    found = cluster_scores(blobs, clustering(labels))
    assert np.isnan([found.silhouette, found.calinski_harabasz, found.davies_bouldin]).all()


@pytest.mark.parametrize("method", COUNTED)
def test_three_planted_groups_are_counted(blobs, method):
    found = how_many(blobs, cluster(blobs, method, metric="Euclidean", clusters=7), most=6)
    assert found.counts.tolist() == [1, 2, 3, 4, 5, 6]
    assert np.isnan([found.silhouette[0], found.calinski_harabasz[0], found.davies_bouldin[0]]).all()
    assert np.nanargmax(found.silhouette) == np.nanargmax(found.calinski_harabasz) == 2
    # Clusters of one item have no spread, and average linkage splits them off: the index likes them.
    assert np.nanargmin(found.davies_bouldin) == 2 or method == "Average linkage"
    assert found.gap_choice == 3
    assert found.items == 300
    if method == "K-means":
        labels = KMeans(4, n_init=3, random_state=0).fit_predict(blobs.vectors)
        assert found.silhouette[3] == pytest.approx(silhouette_score(blobs.vectors, labels), abs=1e-5)


def test_the_gap_finds_a_single_group():
    one = space_of(np.random.default_rng(0).normal(size=(200, 2)))
    assert how_many(one, cluster(one, metric="Euclidean", clusters=2), most=5).gap_choice == 1


def test_the_gap_by_hand():
    three = space_of([[0.0], [1.0], [3.0]])
    found = how_many(three, cluster(three, metric="Euclidean", clusters=2), most=9)
    assert found.counts.tolist() == [1, 2]
    # One axis from −4/3 to 5/3 around the mean, or turned round; three places are drawn in it for each reference.
    expected = []
    for low, high in ((-4 / 3, 5 / 3), (-5 / 3, 4 / 3)):
        rng = np.random.default_rng(0)
        drawn = [rng.uniform(low, high, 3) for _ in range(REFERENCES)]
        logs = np.array([log(np.square(each - each.mean()).sum()) for each in drawn])
        expected.append(logs.mean() - log(np.square(np.array([0, 1, 3]) - 4 / 3).sum()))
    assert expected[0] == pytest.approx(expected[1])
    assert found.gap[0] == pytest.approx(expected[0], abs=1e-5)
    assert found.gap_error[0] == pytest.approx(logs.std() * np.sqrt(1.1), abs=1e-5)


def test_two_different_items_cannot_be_counted():
    pair = space_of([[0.0], [1.0], [1.0], [0.0]])
    with pytest.raises(EmbeddingError, match="3 were asked for, the 4 items have 2"):
        how_many(pair, cluster(pair, metric="Euclidean", clusters=2))


def test_the_rule_of_the_gap():
    gap, error = np.array([0.1, 0.5, 0.9, 0.88, 0.95]), np.full(5, 0.05)
    assert first_gap(gap, error) == 3
    assert first_gap(np.array([0.5, 0.52, 0.9]), error[:3]) == 1
    assert first_gap(np.array([0.1, 0.5, 0.9]), error[:3]) is None


def test_counting_reports_cancels_and_says_what_it_cannot(blobs):
    seen = []
    found = cluster(blobs, "Ward", clusters=3)
    how_many(blobs, found, most=3, on_progress=lambda *step: seen.append(step))
    assert seen == [(step, 33) for step in range(1, 34)]
    with pytest.raises(Cancelled):
        how_many(blobs, found, on_progress=cancel)
    with pytest.raises(EmbeddingError, match="for K-means, Ward, Average linkage, not for HDBSCAN"):
        how_many(blobs, cluster(blobs, "HDBSCAN"))


def test_stability_tells_real_clusters_from_a_split_one(blobs):
    three = stability(blobs, cluster(blobs, clusters=3), draws=15)
    assert three.means == pytest.approx([1, 1, 1], abs=0.01)
    four = cluster(blobs, clusters=4)
    found = stability(blobs, four, draws=15)
    whole = np.flatnonzero(four.sizes == 100)
    split = np.flatnonzero(four.sizes < 100)
    assert (len(whole), len(split)) == (2, 2)
    assert found.means[whole].min() > 0.75
    assert found.means[split].max() < 0.75
    assert found.means[whole].min() > found.means[split].max()
    assert found.jaccards.shape == (15, 4)


@pytest.mark.parametrize("method", CLUSTERINGS)
def test_every_method_can_be_drawn_again(blobs, method):
    settings = {"clusters": 3} if CLUSTERINGS[method].counted else {}
    found = cluster(blobs, method, **settings)
    seen = []
    result = stability(blobs, found, draws=2, on_progress=lambda *step: seen.append(step))
    assert result.means.min() > 0.7
    assert seen == [(1, 2), (2, 2)]
    again = stability(blobs, found, draws=2)
    assert np.array_equal(result.jaccards, again.jaccards)
    assert against_noise(blobs, found, draws=1).data.clusters == 3


def test_jaccards_by_hand():
    labels, others = np.array([0, 0, 0, 0, 1, 1, -1, 3]), np.array([1, 1, 0, -1, 0, 0, 0, -1])
    # {0,1,2,3} with {0,1}: 2/4; {4,5} with {2,4,5,6}: 2/4; cluster 2 is empty; cluster 3 meets noise only.
    assert best_jaccards(labels, others, 4) == pytest.approx([0.5, 0.5, np.nan, 0], nan_ok=True)
    assert best_jaccards(labels[:6], np.full(6, -1), 2).tolist() == [0, 0]


def test_verdicts():
    assert [verdict(mean) for mean in (0.75, 0.74, 0.6, 0.59)] == [
        "stable", "a pattern, but who belongs to it is doubtful", "a pattern, but who belongs to it is doubtful",
        "not to be trusted",
    ]  # fmt: skip


def test_stability_of_nothing_is_said(blobs):
    with pytest.raises(EmbeddingError, match="no cluster here whose stability"):
        stability(blobs, clustering([NOISE] * 300))
    with pytest.raises(ValueError, match="labels must be those of n = 300 items, got 4"):
        stability(blobs, clustering([0, 0, 1, 1]))
    with pytest.raises(ValueError, match="at least 1"):
        stability(blobs, cluster(blobs, clusters=3), draws=0)
    with pytest.raises(Cancelled):
        stability(blobs, cluster(blobs, clusters=3), on_progress=cancel)


@pytest.mark.parametrize("shape", [(5000, 4), (300, 300)], ids=["few dimensions", "as many dimensions as items"])
def test_noise_has_the_mean_and_covariance_of_the_data(shape):
    rng = np.random.default_rng(0)
    vectors = (rng.normal(size=shape) @ rng.normal(size=(shape[1], shape[1])) + 3).astype(np.float32)
    noise = np.concatenate([gaussian_noise(vectors, rng) for _ in range(1 if shape[0] > 300 else 40)])
    assert noise.dtype == np.float32
    scale = float(vectors.std(axis=0).max())
    assert noise.mean(axis=0) == pytest.approx(vectors.mean(axis=0), abs=0.1 * scale)
    assert np.cov(noise.T) == pytest.approx(np.cov(vectors.T), abs=0.12 * scale**2)


def test_planted_groups_stand_out_from_noise_and_noise_does_not(blobs):
    found = against_noise(blobs, cluster(blobs, clusters=3))
    assert found.stands_out
    assert len(found.noise) == 5
    assert found.data.silhouette > 2 * max(each.silhouette for each in found.noise)
    assert all(each.clusters == 3 for each in found.noise)
    rng = np.random.default_rng(1)
    shares = [
        against_noise(space, cluster(space, metric="Euclidean", clusters=3), draws=4).stands_out
        for space in (space_of(rng.normal(size=(150, 5)) * [3, 2, 1, 1, 1]) for _ in range(10))
    ]
    # By chance the data beat all four in one case of five.
    assert sum(shares) <= 6


def test_a_method_without_clusters_has_nothing_that_stands_out(blobs):
    noise = space_of(np.random.default_rng(0).normal(size=(100, 30)))
    assert against_noise(noise, cluster(noise, "HDBSCAN", min_cluster_size=30), draws=1).stands_out is None
    found = against_noise(blobs, cluster(blobs, "HDBSCAN"), draws=2)
    assert found.stands_out
    # In noise HDBSCAN keeps a few tight spots alone, and their silhouette is as good as that of real groups.
    assert found.noise[0].noise > 0.7
    with pytest.raises(Cancelled):
        against_noise(blobs, cluster(blobs, clusters=3), on_progress=cancel)


def test_agreement_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 200)
    labels = np.where(rng.random(200) < 0.3, rng.integers(-1, 5, 200), truth)
    found = agreement(clustering(labels), [f"topic {each}" for each in truth])
    assert found.ari == pytest.approx(adjusted_rand_score(truth, labels))
    assert found.ami == pytest.approx(adjusted_mutual_info_score(truth, labels))
    assert found.v_measure == pytest.approx(v_measure_score(truth, labels))
    kept = labels != NOISE
    assert found.ari_clustered == pytest.approx(adjusted_rand_score(truth[kept], labels[kept]))
    assert found.confusion.shape == (4, 6)
    assert found.confusion[:, -1].sum() == (labels == NOISE).sum()
    assert found.confusion.sum(axis=1).tolist() == sorted(np.bincount(truth).tolist(), reverse=True)


def test_agreement_by_hand():
    # Of 15 pairs 4 are together in the clusters, 4 by label and 2 in both: by chance 4 · 4 / 15 would be.
    found = agreement(clustering([0, 0, 1, 1, 0, 2]), ["a", "a", "b", "b", "c", "b"])
    pairs = comb(6, 2)
    assert found.ari == pytest.approx((2 - 4 * 4 / pairs) / ((4 + 4) / 2 - 4 * 4 / pairs))
    assert found.names == ("b", "a", "c")
    assert found.confusion.tolist() == [[0, 2, 1], [2, 0, 0], [1, 0, 0]]


def test_missing_labels_are_left_out_and_counted():
    found = agreement(clustering([0, 0, 1, 1, 0, 1, 1]), ["a", "a", "b", "b", None, float("nan"), "  "])
    assert (found.ari, found.used, found.left_out) == (1, 4, 3)
    numbers = agreement(clustering([0, 0, 1, 1]), [1, 1, 0, 0])
    assert (numbers.ari, numbers.names) == (1, ("0", "1"))


def test_noise_alone_agrees_with_nothing():
    found = agreement(clustering([NOISE] * 4), ["a", "a", "b", "b"])
    assert found.ari == 0
    assert np.isnan(found.ari_clustered)
    assert found.confusion.tolist() == [[2], [2]]


def test_five_hundred_labels_are_counted_and_drawn_as_thirty():
    labels = np.arange(2000) % 500
    found = agreement(clustering(labels % 7), [f"label {each:03}" for each in labels])
    assert (len(found.names), found.confusion.shape) == (500, (500, 7))
    names, table = frequent_labels(found)
    assert (len(names), names[-1], table.shape) == (30, OTHER, (30, 7))
    assert table.sum() == 2000
    assert frequent_labels(found, most=500) == (found.names, found.confusion)


@pytest.mark.parametrize(
    ("known", "message"),
    [
        ([None] * 4, "No item has a known label"),
        (["a", "a", None, "a"], "All 3 known labels are “a”"),
        (["a", "b", "c", None], "Each of the 3 known labels stands once"),
    ],
)
def test_columns_that_cannot_tell_are_said(known, message):
    with pytest.raises(EmbeddingError, match=message):
        agreement(clustering([0, 0, 1, 1]), known)


def test_wrong_lengths_are_the_callers_bug():
    with pytest.raises(ValueError, match="n = 2 labels, got 1"):
        agreement(clustering([0, 1]), ["a"])
    with pytest.raises(ValueError, match="got 2 and 3"):
        overlap(clustering([0, 1]), clustering([0, 1, 1]))


def test_space_and_map_are_compared(blobs):
    found = overlap(cluster(blobs, clusters=3), cluster_map(project(blobs, "PCA"), clusters=3))
    assert (found.ari, found.ami) == (1, pytest.approx(1))
    assert found.table.sum() == 300
    noisy = overlap(clustering([0, 0, 1, NOISE]), clustering([0, NOISE, NOISE, 1]))
    assert noisy.table.tolist() == [[1, 0, 1], [0, 0, 1], [0, 1, 0]]
