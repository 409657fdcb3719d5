import numpy as np
import pytest

from embeddings.errors import EmbeddingError
from embeddings.space import Space, centred


def test_vectors_are_read_only_and_the_callers_array_stays_its_own():
    mine = np.eye(2, dtype=np.float32)
    space = Space.from_vectors(["a", "b"], mine, name="s")
    with pytest.raises(ValueError, match="read-only"):
        space.vectors[0, 0] = 5
    mine[0, 0] = 7
    assert space.vectors[0, 0] == 1


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_not_finite_names_its_item(bad):
    with pytest.raises(EmbeddingError, match="item 2"):
        Space.from_vectors(["a", "b"], [[0.0, 1.0], [1.0, bad]], name="s")


def test_shape_must_fit_the_items():
    with pytest.raises(ValueError, match=r"n = 3 items, got \(2, 2\)"):
        Space.from_vectors(["a", "b", "c"], np.eye(2), name="s")


def test_norms(compass):
    assert compass.norms.tolist() == [1, 1, 1, 1, 0]


def test_fingerprint_follows_the_vectors():
    one, same, other = (Space.from_vectors(["a", "b"], v, name="s") for v in (np.eye(2), np.eye(2), 2 * np.eye(2)))
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_centring_makes_a_named_space_with_mean_zero(blobs):
    middle = centred(blobs)
    assert np.abs(middle.vectors.mean(axis=0)).max() < 1e-5
    assert middle.params["centred"] is True
    assert middle.fingerprint != blobs.fingerprint
