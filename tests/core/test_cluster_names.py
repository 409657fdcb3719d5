from math import log

import numpy as np
import pyarrow as pa
import pytest

from embeddings.clusters import NOISE, Clustering
from embeddings.clusters.members import centres, typical
from embeddings.clusters.naming import label_clusters, nearest_words
from embeddings.clusters.shapes import contours, hulls, peaks
from embeddings.clusters.terms import Term, c_tf_idf, cluster_terms, names_from_terms
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.projections import Layout
from embeddings.space import Space


def clustering(labels, metric="cosine"):
    return Clustering(np.array(labels), "K-means", {"metric": metric}, 0)


def layout(places):
    return Layout(np.array(places, dtype=np.float32), "PCA", {}, 0)


def collection(texts):
    return Collection.from_texts(texts, name="texts")


def test_c_tf_idf_by_hand():
    # 6 and 2 words: A = int(4). The first word stands 4 times, the second 3 times, the third once, the last never.
    found = c_tf_idf([[3, 3, 0, 0], [1, 0, 1, 0]])
    first, second, third = log(1 + 4 / 4), log(1 + 4 / 3), log(1 + 4 / 1)
    np.testing.assert_allclose(found, [[first / 2, second / 2, 0, 0], [first / 2, 0, third / 2, 0]])
    # 4 and 3 words: the mean 3.5 loses its fraction.
    assert c_tf_idf([[4, 0], [0, 3]])[0, 0] == pytest.approx(log(1 + 3 / 4))
    assert c_tf_idf([[0, 0], [1, 1]])[0].tolist() == [0, 0]


def test_terms_of_texts_by_hand():
    texts = collection(["Cat, cat and dog!", "the cat", "A fish.", "fish in the sea", "dog dog"])
    found = cluster_terms(texts, clustering([0, 0, 1, 1, NOISE]))
    # Words that count: cat ×3 and dog; fish ×2 and sea; dog ×2 as noise. A = int(9 / 3).
    assert [term.word for term in found[0]] == ["cat", "dog"]
    assert [term.score for term in found[0]] == pytest.approx([3 / 4 * log(1 + 3 / 3), 1 / 4 * log(1 + 3 / 3)])
    assert found[1] == (Term("fish", pytest.approx(2 / 3 * log(2.5))), Term("sea", pytest.approx(1 / 3 * log(4))))
    assert names_from_terms(found) == ("cat, dog", "fish, sea")
    assert len(cluster_terms(texts, clustering([0, 0, 1, 1, NOISE]), count=1)[0]) == 1
    everything = cluster_terms(texts, clustering([0, 0, 1, 1, NOISE]), leave_out=())
    assert {"the", "and"} <= {term.word for term in everything[0]}


def test_a_cluster_without_words_is_called_by_its_number():
    found = cluster_terms(collection(["cat", "cat", "!!!"]), clustering([0, 0, 1]))
    assert names_from_terms(found) == ("cat", "cluster 2")


def test_a_word_counts_once_in_its_most_used_form_and_addresses_hold_none():
    texts = ["printers print", "a printed page", "printing prints", "prints, prints", "cats and a cat", "a pint"]
    texts += ["see https://www.exa-lib.org/item/20482?q=cat", "www.exa-lib.org, mail to a.b@exa-lib.org", "C, C++ & C#"]
    found = cluster_terms(collection(texts), clustering([0, 0, 0, 0, 1, 1, 2, 2, 3]), count=4)
    # print ×6 (prints ×3) and printers, page; cat ×2 and pint; mail; c, c#, c++: A = int(15 / 4).
    assert [term.word for term in found[0]] == ["prints", "page", "printers"]
    assert found[0][0].score == pytest.approx(6 / 8 * log(1 + 3 / 6))
    assert [term.word for term in found[1]] == ["cat", "pint"]
    assert names_from_terms(found) == ("prints, page", "cat, pint", "mail", "c, c#, c++")


def test_pictures_are_named_by_their_captions():
    captions = pa.table({"caption": ["a red square", "a red disc", None]})
    pictures = Collection("drawn", (b"1", b"2", b"3"), captions)
    assert [term.word for term in cluster_terms(pictures, clustering([0, 0, 1]))[0]] == ["red", "disc", "square"]
    with pytest.raises(EmbeddingError, match="cannot be named by words"):
        cluster_terms(Collection("bare", (b"1", b"2", b"3"), pa.table({})), clustering([0, 0, 1]))


def test_texts_without_words_and_clusters_without_items_are_said():
    for texts, labels in ((["...", "the", "?"], [0, 0, 1]), (["cat", "dog", "fish"], [NOISE] * 3)):
        with pytest.raises(EmbeddingError, match="no item in them holds any that counts"):
            cluster_terms(collection(texts), clustering(labels))
    with pytest.raises(ValueError, match="those of 1 items, got 2"):
        cluster_terms(collection(["cat"]), clustering([0, 0]))


def test_centres_are_means(compass):
    found = centres(compass, clustering([0, 0, 1, 1, NOISE]))
    np.testing.assert_allclose(found, [[0.5, 0.5], [-0.5, -0.5]])
    longer = Space.from_vectors("abc", [[4, 0], [0, 2], [0, 2]], name="longer")
    np.testing.assert_allclose(centres(longer, clustering([0, 0, 0])), [[1 / 3, 2 / 3]])
    np.testing.assert_allclose(centres(longer, clustering([0, 0, 0], "Euclidean")), [[4 / 3, 4 / 3]])
    assert centres(longer, clustering([NOISE] * 3)).shape == (0, 2)


def test_typical_members_by_eye():
    line = Space.from_vectors(map(str, range(11)), np.arange(11.0)[:, None], name="line")
    (found,) = typical(line, clustering([0] * 11, "Euclidean"), count=3)
    assert found.nearest.tolist() == [5, 4, 6]
    # Of the central half 5, 4, 6, 3, 7, 2: the middle, then the farthest end, then the other one.
    assert found.spread.tolist() == [5, 2, 7]
    small = typical(line, clustering([0, 0, *[NOISE] * 9], "Euclidean"), count=5)
    assert (small[0].nearest.tolist(), sorted(small[0].spread.tolist())) == ([0, 1], [0, 1])
    assert typical(line, clustering([NOISE] * 11)) == ()


def test_spread_members_of_equal_items_are_different_rows():
    same = Space.from_vectors(map(str, range(6)), np.ones((6, 2)), name="same")
    (found,) = typical(same, clustering([0] * 6), count=3)
    assert len(set(found.spread.tolist())) == 3


def test_nearest_words_of_centres(compass):
    words = Space.from_vectors(["right", "up", "left", "down"], compass.vectors[:4], name="words")
    found = nearest_words(compass, clustering([0, 1, 2, 3, NOISE]), words, count=1)
    assert [each.rows.tolist() for each in found] == [[0], [1], [2], [3]]


def test_words_near_to_everything_name_nothing():
    rng = np.random.default_rng(0)
    common = np.array([5, 0, 0.0])
    items = Space.from_vectors(map(str, range(40)), common + np.repeat(np.eye(3)[1:], 20, axis=0), name="items")
    labels = clustering(np.repeat([0, 1], 20))
    vectors = np.vstack([common, common * 0.2 + np.eye(3)[1:], rng.normal(size=(20, 3)) - np.eye(3)[0]])
    words = Space.from_vectors(["thing", "cat", "dog", *map(str, range(20))], vectors, name="words")
    plain = nearest_words(items, labels, words, count=1, contrast=False)
    assert [each.rows.tolist() for each in plain] == [[0], [0]]
    found = nearest_words(items, labels, words, count=1)
    assert [each.rows.tolist()[0] != 0 for each in found] == [True, True]
    assert found[0].rows.tolist() != found[1].rows.tolist()


def test_words_of_another_encoder_are_refused(compass):
    words = Space.from_vectors(["thing"], [[1, 0, 0]], name="words")
    with pytest.raises(EmbeddingError, match="given vectors with 2 dimensions, got given vectors with 3"):
        nearest_words(compass, clustering([0, 0, 1, 1, NOISE]), words)


def test_labels_of_clusters_by_hand():
    items = Space.from_vectors("abcde", [[1, 0.1], [1, 0.2], [0.1, 1], [0, 1], [0.2, 1]], name="items")
    found = label_clusters(items, clustering([0, 0, 0, 1, 1]), np.array([[0, 1], [1, 0]], dtype=np.float32))
    assert (found[0].place, found[0].second, found[0].by_centre) == (1, 0, 1)
    assert found[0].share == pytest.approx(2 / 3)
    centre = np.mean([unit / np.linalg.norm(unit) for unit in ([1, 0.1], [1, 0.2], [0.1, 1])], axis=0)
    assert found[0].cosine == pytest.approx(centre[0] / np.linalg.norm(centre), abs=1e-6)
    assert (found[1].place, found[1].share) == (0, 1)
    assert label_clusters(items, clustering([NOISE] * 5), np.eye(2, dtype=np.float32)) == ()
    with pytest.raises(EmbeddingError, match="at least 2 labels"):
        label_clusters(items, clustering([0] * 5), np.eye(2, dtype=np.float32)[:1])


def test_names_stand_where_a_cluster_is_densest():
    rng = np.random.default_rng(0)
    crowd, ring = rng.normal(size=(60, 2)) * 0.1 + 5, rng.normal(size=(60, 2)) * 4
    found = peaks(layout(np.vstack([ring, crowd, [[50, 50]]])), clustering([0] * 120 + [1]))
    assert np.linalg.norm(found.places[0] - 5) < 0.2
    assert found.rows[1] == 120
    assert found.places[1].tolist() == [50, 50]
    deep = peaks(layout(rng.normal(size=(10, 3))), clustering([0] * 10))
    assert deep.places.shape == (1, 3)
    assert peaks(layout(ring), clustering([NOISE] * 60)).places.shape == (0, 2)


def test_the_hull_of_a_square():
    inside = np.random.default_rng(0).uniform(0.2, 0.8, size=(20, 2))
    square = np.vstack([[[0, 0], [1, 0], [1, 1], [0, 1]], inside])
    (found,) = hulls(layout(square), clustering([0] * 24), share=1)
    assert sorted(map(tuple, found.tolist())) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    (inner,) = hulls(layout(np.vstack([square, [[90, 90]]])), clustering([0] * 25), share=0.9)
    assert inner.max() <= 1


@pytest.mark.parametrize(
    "places", [[[0, 0]], [[0, 0], [1, 1]], [[0, 0], [1, 1], [2, 2]], [[3, 3]] * 5], ids=["one", "two", "line", "equal"]
)
def test_what_has_no_area_has_no_hull_but_an_outline(places):
    labels = clustering([0] * len(places))
    assert hulls(layout(places), labels)[0].shape == (0, 2)
    (outlines,) = contours(layout(places), labels)
    assert len(outlines) >= 1
    assert all((outline[0] == outline[-1]).all() for outline in outlines)


def test_contours_have_an_island_for_each_part_and_hold_the_share():
    rng = np.random.default_rng(0)
    parts = np.vstack([rng.normal(size=(200, 2)), rng.normal(loc=(30, 0), size=(200, 2))])
    between = rng.normal(loc=(15, 0), scale=0.5, size=(50, 2))
    (torn, middle) = contours(layout(np.vstack([parts, between])), clustering([0] * 400 + [1] * 50))
    assert (len(torn), len(middle)) == (2, 1)
    (hull, _) = hulls(layout(np.vstack([parts, between])), clustering([0] * 400 + [1] * 50))
    assert inside(hull, between).all()
    assert not any(inside(outline, between).any() for outline in torn)
    held = sum(inside(outline, parts).mean() for outline in torn)
    assert held == pytest.approx(0.9, abs=0.06)


def inside(polygon, points):
    """Whether points lie inside, by the number of edges to their right."""
    ends = np.roll(polygon, -1, axis=0)
    crossing = (polygon[:, 1] > points[:, None, 1]) != (ends[:, 1] > points[:, None, 1])
    rise = np.where(ends[:, 1] == polygon[:, 1], 1, ends[:, 1] - polygon[:, 1])
    at = polygon[:, 0] + (points[:, None, 1] - polygon[:, 1]) / rise * (ends[:, 0] - polygon[:, 0])
    return (crossing & (at > points[:, None, 0])).sum(axis=1) % 2 == 1


def test_shapes_need_two_dimensions_and_a_share():
    for shape in (hulls, contours):
        with pytest.raises(ValueError, match="needs 2 dimensions"):
            shape(layout(np.eye(3)), clustering([0, 0, 0]))
        with pytest.raises(ValueError, match="a share in"):
            shape(layout(np.eye(2)), clustering([0, 0]), share=0)
        with pytest.raises(ValueError, match="those of 2 items, got 3"):
            shape(layout(np.eye(2)), clustering([0, 0, 0]))
