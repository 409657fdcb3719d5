import hashlib
import subprocess
import sys

import numpy as np
import pytest
from sklearn.decomposition import PCA

from embeddings.errors import EmbeddingError
from embeddings.graph import knn_graph
from embeddings.projections import PROJECTIONS, project
from embeddings.projections.placing import place
from embeddings.space import Space
from embeddings.trust import neighbours_kept

pytestmark = pytest.mark.filterwarnings("ignore::numba.core.errors.NumbaWarning")


@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("method", PROJECTIONS)
@pytest.mark.parametrize("n", [3, 4, 7, 120])
def test_every_projection_draws_every_size_the_same_way_twice(blobs, method, dims, n):
    part = Space.from_vectors(blobs.collection.items[:n], blobs.vectors[:n], name="part")
    layout = project(part, method, dims=dims)
    assert layout.coordinates.shape == (n, dims)
    assert layout.coordinates.dtype == np.float32
    assert np.isfinite(layout.coordinates).all()
    assert np.array_equal(layout.coordinates, project(part, method, dims=dims).coordinates)
    assert not layout.coordinates.flags.writeable


@pytest.mark.parametrize("method", PROJECTIONS)
def test_every_projection_survives_equal_items(method):
    space = Space.from_vectors([str(i) for i in range(40)], np.ones((40, 5)), name="equal")
    assert np.isfinite(project(space, method).coordinates).all()


@pytest.mark.parametrize("method", PROJECTIONS)
def test_groups_far_apart_stay_apart(blobs, method):
    places = project(blobs, method).coordinates
    middles = places.reshape(3, 100, 2).mean(axis=1)
    nearest_middle = np.linalg.norm(places[:, None] - middles, axis=2).argmin(axis=1)
    assert (nearest_middle == np.repeat([0, 1, 2], 100)).mean() > 0.97


def test_pca_agrees_with_scikit_learn_up_to_sign(blobs):
    layout = project(blobs, "PCA", dims=3)
    reference = PCA(3, svd_solver="full").fit(blobs.vectors)
    theirs = reference.transform(blobs.vectors)
    np.testing.assert_allclose(np.abs(layout.coordinates), np.abs(theirs), atol=1e-3)
    np.testing.assert_allclose(layout.linear.explained, reference.explained_variance_ratio_, atol=1e-5)


def test_seed_and_settings_change_the_picture(blobs):
    plain = project(blobs, "UMAP").coordinates
    for other in (
        project(blobs, "UMAP", seed=1),
        project(blobs, "UMAP", min_dist=0.8),
        project(blobs, "UMAP", n_neighbors=5),
    ):
        assert not np.allclose(plain, other.coordinates)


def test_a_shared_graph_gives_the_same_map(blobs):
    graph = knn_graph(blobs, k=30)
    assert np.array_equal(project(blobs, "UMAP", graph=graph).coordinates, project(blobs, "UMAP").coordinates)


def test_settings_are_stated_as_used(blobs):
    small = Space.from_vectors(blobs.collection.items[:7], blobs.vectors[:7], name="small")
    assert project(small, "t-SNE", perplexity=50).params["perplexity"] == pytest.approx(2)
    assert project(small, "UMAP", n_neighbors=50).params["n_neighbors"] == 7


@pytest.mark.parametrize(
    ("method", "params", "message"),
    [
        ("Isomap", {}, "PCA, UMAP, t-SNE"),
        ("UMAP", {"perplexity": 5}, "has no setting “perplexity”"),
        ("UMAP", {"n_neighbors": 1}, "between 2 and 100, got 1"),
        ("t-SNE", {"perplexity": 1000}, "between 2 and 100"),
    ],
)
def test_what_cannot_be_drawn_is_said(blobs, method, params, message):
    with pytest.raises(EmbeddingError, match=message):
        project(blobs, method, **params)


def test_two_items_are_too_few():
    space = Space.from_vectors(["a", "b"], np.eye(2), name="two")
    with pytest.raises(EmbeddingError, match="at least 3 items, this collection has 2"):
        project(space)


def test_a_new_vector_has_its_exact_place_on_pca(blobs):
    layout, graph = project(blobs, "PCA"), knn_graph(blobs)
    for row in (0, 150, 299):
        placed = place(blobs, layout, graph, blobs.vectors[row])
        assert placed.exact
        assert placed.nearest_row == row
        np.testing.assert_allclose(placed.coordinates, layout.coordinates[row], atol=1e-3)


def test_elsewhere_it_stands_between_its_neighbours_and_says_how_far_it_is(blobs):
    layout, graph = project(blobs, "UMAP"), knn_graph(blobs)
    at_home = place(blobs, layout, graph, blobs.vectors[5])
    np.testing.assert_allclose(at_home.coordinates, layout.coordinates[5], atol=0.05)
    assert not at_home.exact
    assert at_home.remoteness == 0
    away = place(blobs, layout, graph, -blobs.vectors[5])
    assert away.remoteness == 1


def test_kept_neighbours_by_eye():
    line = np.array([[0.0, 0], [1, 0], [3, 0], [6, 0]], dtype=np.float32)
    space = Space.from_vectors("abcd", line, name="line")
    graph = knn_graph(space, k=1, metric="Euclidean")
    same = project(space, "PCA")
    found = neighbours_kept(space, graph, same, k=1)
    assert found.shares.tolist() == [1, 1, 1, 1]
    assert (found.chance, found.unrelated) == (pytest.approx(1 / 3), 0)


def repeated():
    """90 vectors in three far groups, each standing 3 to 40 times: their graph is in many pieces."""
    rng = np.random.default_rng(0)
    kinds = np.vstack([rng.normal(size=(30, 12)) + 9 * np.eye(12)[group] for group in range(3)])
    of = rng.permutation(np.repeat(np.arange(90), rng.choice([3, 8, 40], size=90)))
    return Space.from_vectors(map(str, range(len(of))), kinds[of], name="repeated"), of


def test_umap_of_repeated_items_is_the_same_map_in_every_process_and_copies_lie_together():
    code = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "import hashlib, sys; sys.path += ['.', 'tests/core']\n"
        "from test_projections import project, repeated\n"
        "print(hashlib.md5(project(repeated()[0], 'UMAP').coordinates.tobytes()).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    space, of = repeated()
    places = project(space, "UMAP").coordinates
    assert hashlib.md5(places.tobytes()).hexdigest() == done.stdout.strip()
    assert all(np.ptp(places[of == kind], axis=0).max() == 0 for kind in range(90))
    assert len(np.unique(places, axis=0)) == 90


@pytest.mark.parametrize("method", ["UMAP", "t-SNE"])
def test_what_has_nothing_in_common_is_drawn_apart(method):
    pairs = [f"{a} {b}" for a in ("red", "old", "big") for b in ("boat", "house", "tree", "car", "hat", "cup")]
    texts = [*pairs, *(f"word{row}" for row in range(12))]
    known = sorted({word for text in texts for word in text.split()})
    vectors = [[float(word in text.split()) for word in known] for text in texts]
    space = Space.from_vectors(texts, vectors, name="words")
    places = project(space, method).coordinates
    assert np.isfinite(places).all()
    assert places[18:, 1].max() < places[:18, 1].min()
    found = neighbours_kept(space, knn_graph(space), project(space, method), k=3)
    assert np.isnan(found.shares[18:]).all()
    assert found.unrelated == 12
    assert found.shares[:18].mean() > 2 * found.chance
    alone = Space.from_vectors(texts[18:], np.eye(12), name="alone")
    assert np.isfinite(project(alone, method).coordinates).all()
