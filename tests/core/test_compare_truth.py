"""Where the truth is known: labels, probes, scored pairs, and the row an encoder is chosen by."""

from dataclasses import replace

import numpy as np
import pytest
from gensim.models import KeyedVectors
from gensim.test.utils import datapath
from scipy.stats import spearmanr
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier

from embeddings.compare import (
    PAIR_SETS,
    encoder_row,
    label_accuracy,
    linear_probe,
    load_scored_pairs,
    probe,
    read_scored_pairs,
    similarity_correlation,
)
from embeddings.errors import Cancelled, EmbeddingError, EncoderUnavailable, ReadError
from embeddings.labelled import labelled, same_by_chance
from embeddings.space import Space

LABELS = ["red"] * 100 + ["green"] * 100 + ["blue"] * 100


def test_labels_without_the_missing_ones():
    found = labelled(["b", None, "a", float("nan"), "", "b", 7], 7)
    assert found.rows.tolist() == [0, 2, 5, 6]
    assert found.codes.tolist() == [0, 1, 0, 2]
    assert found.names == ("b", "a", "7")
    assert labelled(["a", "b", "a", "b", "c"], 5, at_least=2).rows.tolist() == [0, 1, 2, 3]
    assert same_by_chance(np.array([0, 0, 1])) == pytest.approx(1 / 3)


@pytest.mark.parametrize("k", [1, 5])
def test_accuracy_of_neighbours_is_that_of_scikit_learn(k):
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(120, 6)).astype(np.float32)
    labels = np.where(vectors[:, 0] + 0.7 * rng.normal(size=120) > 0, "up", "down").tolist()
    space = Space.from_vectors(map(str, range(120)), vectors, name="s")
    found = label_accuracy(space, labels, k=k, metric="Euclidean")
    theirs = cross_val_predict(KNeighborsClassifier(k), vectors, labels, cv=LeaveOneOut())
    assert [found.names[code] for code in found.predicted] == theirs.tolist()
    assert found.accuracy.share == pytest.approx((theirs == labels).mean())
    assert found.accuracy.low < found.accuracy.share < found.accuracy.high
    assert found.most_frequent == max(labels.count("up"), labels.count("down")) / 120
    assert found.asked == 120
    assert found.right.tolist() == (theirs == labels).tolist()
    alone = label_accuracy(space, labels, k=1, metric="Euclidean")
    assert found.first == alone.accuracy
    assert found.first_right.tolist() == alone.right.tolist()


def test_equal_votes_go_to_the_nearest_and_items_without_label_do_not_vote():
    space = Space.from_vectors("abcde", [[0, 0], [1, 0], [2.5, 0], [-0.1, 0], [50, 0]], name="line")
    found = label_accuracy(space, ["x", "y", "x", None, "y"], k=2, metric="Euclidean")
    # a sees b (y) and c (x): the nearest decides.
    assert found.predicted.tolist() == [1, 0, 1, -1, 0]
    assert found.accuracy.share == 0


def test_a_probe_tells_blobs_apart_and_only_memorises_random_labels(blobs):
    seen = []
    found = linear_probe(blobs, LABELS, on_progress=lambda done, total: seen.append((done, total)))
    assert found.accuracy.share == 1
    assert found.control.share == pytest.approx(1 / 3, abs=0.1)
    assert found.selectivity == pytest.approx(1 - found.control.share)
    assert found.control.share < found.memorised < 1
    assert found.most_frequent == pytest.approx(1 / 3)
    assert (found.names, found.items, found.left_out) == (("red", "green", "blue"), 300, 0)
    assert seen == [(done, 10) for done in range(1, 11)]
    np.testing.assert_equal(found, linear_probe(blobs, LABELS))
    assert found.right.all()


def test_repeated_items_share_their_random_label():
    """As in the control task of Hewitt & Liang, a probe can then look items up."""
    rng = np.random.default_rng(1)
    words = [f"word {i % 30}" for i in range(300)]
    meanings = rng.normal(size=(30, 40))
    space = Space.from_vectors(words, np.tile(meanings, (10, 1)), name="repeated")
    labels = ["even" if i % 2 else "odd" for i in range(300)]
    found = linear_probe(space, labels)
    assert found.accuracy.share == 1
    assert found.control.share > 0.95
    assert found.selectivity < 0.05


def test_a_probe_leaves_rare_labels_out_and_samples_large_collections(blobs, monkeypatch):
    labels = ["rare"] * 4 + [None] * 6 + LABELS[10:]
    found = linear_probe(blobs, labels)
    assert (found.items, found.left_out) == (290, 4)
    monkeypatch.setattr(probe, "MOST_ITEMS", 50)
    few = [*["seldom"] * 5, *LABELS[5:]]
    sampled = linear_probe(blobs, few)
    assert sampled.items == 50
    assert len(sampled.names) == 4

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        linear_probe(blobs, labels, on_progress=stop)


def test_bad_labels(blobs):
    with pytest.raises(EmbeddingError, match=r"At least 2 different labels are needed .*, got 1"):
        label_accuracy(blobs, ["a"] * 300)
    with pytest.raises(EmbeddingError, match=r"on at least 5 items each are needed .*, got 1"):
        linear_probe(blobs, ["a"] * 296 + ["b"] * 4)
    with pytest.raises(EmbeddingError, match="too many for 4 items: choose at most 3"):
        label_accuracy(blobs, ["a", "b"] * 2 + [None] * 296)
    with pytest.raises(ValueError, match="n = 300 items, got 2"):
        label_accuracy(blobs, ["a", "b"])


@pytest.mark.parametrize(("name", "count", "first"), [("WordSim-353", 353, 6.77), ("SimLex-999", 999, 1.58)])
def test_ready_pairs(name, count, first):
    pairs = load_scored_pairs(name)
    assert (pairs.name, len(pairs), pairs.pairs[0].score) == (name, count, first)
    assert set(PAIR_SETS) == {"WordSim-353", "SimLex-999"}
    assert len(pairs.collection()) < 2 * count


def test_correlation_with_people_is_that_of_gensim():
    pairs = load_scored_pairs("WordSim-353")
    words = pairs.collection().items[:300]
    vectors = np.random.default_rng(0).normal(size=(300, 20)).astype(np.float32)
    found = similarity_correlation(Space.from_vectors(words, vectors, name="words"), pairs)
    keyed = KeyedVectors(20)
    keyed.add_vectors(list(words), vectors)
    _, theirs, missing = keyed.evaluate_word_pairs(datapath("wordsim353.tsv"))
    assert found.spearman == pytest.approx(theirs.statistic, abs=1e-6)
    assert 1 - found.covered.mean() == pytest.approx(missing / 100)
    assert np.isnan(found.cosines[~found.covered]).all()
    assert found.low < found.spearman < found.high
    assert found.scores.shape == (353,)


def test_a_file_of_pairs():
    pairs = read_scored_pairs(
        b'one;other;score\n# note\nA cat.;"A dog; a big one";4.5\n\na;b;1\nc;d;-2e0\n', name="x.csv"
    )
    assert pairs.pairs[0] == ("A cat.", "A dog; a big one", 4.5)
    assert [pair.score for pair in pairs.pairs] == [4.5, 1, -2]
    assert pairs.notes == ("Line 1 was taken for the names of the columns.",)
    assert pairs.name == "x"
    space = Space.from_vectors(pairs.collection().items, np.random.default_rng(0).normal(size=(6, 4)), name="s")
    found = similarity_correlation(space, pairs)
    assert found.spearman == pytest.approx(spearmanr(found.cosines, found.scores).statistic)
    assert np.isnan(found.low)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a\tb\t1\nc\td\n", "Line 2 of “p.tsv” has 2 columns; a pair has three"),
        (b"a\tb\t1\nc\td\tmuch\ne\tf\t2", "score “much” in line 2 of “p.tsv” is not a number"),
        (b"a\tb\tnan\nc\td\tnan\ne\tf\t2\ng\th\t3", "score “nan” in line 2"),
        (b"a\tb\t1\n\td\t2\ne\tf\t2", "A text of line 2 of “p.tsv” is empty"),
        (b"a\tb\t1\n", "holds 1 pair; there must be between 3 and 100,000"),
        (b"# nothing\n", "holds 0 pairs"),
        (b"just words\nand more\n\n and more", "has 1 column"),
    ],
)
def test_bad_files_of_pairs(content, message):
    with pytest.raises(ReadError, match=message):
        read_scored_pairs(content, name="p.tsv")


def test_pairs_that_a_space_does_not_hold():
    pairs = load_scored_pairs("SimLex-999")
    unknown = Space.from_vectors(["qwx", "qwy"], np.eye(2), name="no words")
    with pytest.raises(EmbeddingError, match="both texts of 0 of the 999 pairs of “SimLex-999”; at least 3"):
        similarity_correlation(unknown, pairs)
    with pytest.raises(ReadError, match="There is no set of pairs “SICK”"):
        load_scored_pairs("SICK")


def test_the_row_an_encoder_is_chosen_by(blobs):
    given = encoder_row(blobs)
    assert (given.dimension, given.bytes_per_item, given.licence, given.megabytes) == (16, 64, "", None)
    model = replace_encoder(blobs, "MiniLM")
    row = encoder_row(model)
    assert (row.licence, row.megabytes) == ("Apache-2.0", 91)
    assert (row.labels, row.probe, row.retrieval, row.similarity, row.items_per_second) == (None,) * 5
    assert replace(row, items_per_second=100.0, labels=label_accuracy(model, LABELS)).labels.accuracy.share == 1
    assert encoder_row(replace_encoder(blobs, "hub:someone/something")).licence == ""
    with pytest.raises(EncoderUnavailable, match="is not an encoder"):
        encoder_row(replace_encoder(blobs, "nonsense"))


def replace_encoder(space, encoder):
    return Space(space.collection, space.vectors, encoder)


def test_items_that_share_nothing_get_no_label_by_their_place_in_the_file():
    # Counts of words: the first four share one; the others share nothing with any, and the first rows are of class a.
    vectors = np.vstack([np.tile(np.eye(6)[0], (4, 1)), np.eye(6)[1:]])
    found = label_accuracy(Space.from_vectors(list("abcdefghi"), vectors, name="s"), list("aaaaaaaab"), k=3)
    assert found.predicted.tolist() == [0, 0, 0, 0, *[-1] * 5]
    assert found.accuracy.share == found.first.share == pytest.approx(4 / 9)
