"""Do clusters stand out from those of noise?"""

import numpy as np
from check_panel import IN_NOISE
from components.clusters.checks.noise_views import noise_chart, noise_sentence, noise_table
from driving import press, said

from components.kit.colours import DARK
from embeddings.clusters import cluster
from embeddings.clusters.noise import NoiseComparison, against_noise
from embeddings.clusters.scores import ClusterScores
from embeddings.space import Space

NAN = float("nan")


def scored(silhouette, noise=0.0, clusters=3):
    return ClusterScores(clusters, noise, silhouette, 10.0, 1.0, 100)


def test_what_beats_noise_is_said_with_the_figures():
    heading, sentence = noise_sentence(NoiseComparison(scored(0.4), (scored(0.1), scored(0.2, 0.5)), True))
    assert heading == "Noise does not do as well."
    assert "0.400; the best of 2 sets of noise reaches 0.100" in sentence
    assert "once in 3 times" in sentence


def test_what_noise_does_as_well_is_a_plain_warning():
    heading, sentence = noise_sentence(NoiseComparison(scored(0.1), (scored(0.1), scored(NAN)), False))
    assert "do not read groups into these clusters" in heading
    assert "reaches 0.100" in sentence


def test_noise_without_clusters_and_clusters_without_a_score_are_sentences():
    assert "found no clusters to score" in noise_sentence(NoiseComparison(scored(0.3), (scored(NAN),), True))[1]
    heading, sentence = noise_sentence(NoiseComparison(scored(NAN, clusters=1), (scored(0.1),), None))
    assert heading == "There is nothing to compare."
    assert "at least two clusters" in sentence


def test_the_table_of_noise_leaves_what_is_no_number_empty():
    table = noise_table(NoiseComparison(scored(0.4, 0.5), (scored(NAN),), True))
    assert table["clusters of"].to_pylist() == ["these items", "noise 1"]
    assert table["silhouette"].to_pylist() == [0.4, None]
    assert table["over all items"].to_pylist() == [0.2, None]


def test_the_chart_of_noise_holds_the_data_and_each_noise():
    figure = noise_chart(NoiseComparison(scored(0.4, 0.5), (scored(0.1), scored(0.2)), True), colours=DARK)
    assert [list(trace.x) for trace in figure.data] == [[0.1, 0.2], [0.2]]


def test_planted_groups_stand_out_from_noise(open_panel, planted):
    app = press(open_panel(3), IN_NOISE)
    expected = against_noise(planted, cluster(planted, "K-means", clusters=3))
    assert expected.stands_out
    assert noise_sentence(expected)[1] in said(app)
    table = next(frame.value for frame in app.dataframe if "clusters of" in frame.value.columns)
    np.testing.assert_allclose(table["silhouette"], noise_table(expected)["silhouette"].to_numpy(), rtol=1e-5)


def test_noise_itself_does_not_stand_out(open_panel):
    vectors = np.random.default_rng(1).normal(size=(120, 8))
    space = Space.from_vectors([f"item {row}" for row in range(120)], vectors, name="noise")
    app = press(open_panel(5, space=space), IN_NOISE)
    assert "Noise does as well" in said(app)
