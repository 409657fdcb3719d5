import numpy as np
import pytest

from embeddings.bias.before_after import before_after
from embeddings.bias.direction import bias_direction
from embeddings.bias.hard_debias import hard_debias
from embeddings.bias.nullspace import most_biased, nullspace_debias
from embeddings.bias.remaining import what_remains
from embeddings.bias.renaming import name_before_after
from embeddings.errors import Cancelled, EmbeddingError, UnknownItem
from embeddings.space import Space

PAIRS = [(f"she{i}", f"he{i}") for i in range(4)]


@pytest.fixture(scope="module")
def biased():
    """Four pairs, and 400 words that lean to a side by a direction and, half as much, by five other features."""
    rng = np.random.default_rng(1)
    sides = np.repeat([1, -1], 200)
    others = rng.normal(size=(400, 24))
    others[:, 0] += 3 * sides
    others[:, 1:6] += 1.2 * sides[:, None]
    pairs = np.repeat(rng.normal(size=(4, 24)), 2, axis=0) + rng.normal(scale=0.1, size=(8, 24))
    pairs[:, 0] = np.tile([4, -4], 4)
    words = [word for pair in PAIRS for word in pair] + [f"w{i}" for i in range(400)]
    return Space.from_vectors(words, np.vstack([pairs, others]), name="biased")


@pytest.fixture(scope="module")
def direction(biased):
    return bias_direction(biased, PAIRS)


def units(space):
    return space.vectors / np.linalg.norm(space.vectors, axis=1, keepdims=True)


def test_neutral_words_lose_the_direction_and_pairs_keep_it(biased, direction):
    found = hard_debias(biased, direction, keep=["w0"])
    along = found.space.vectors @ direction.vector
    assert np.abs(along[9:]).max() < 1e-6
    np.testing.assert_allclose(found.space.vectors[:9], units(biased)[:9], atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(found.space.vectors, axis=1), 1, atol=1e-6)
    assert found.kept.tolist() == list(range(9))
    assert found.space.collection is biased.collection
    assert found.space.params["debiased"] == found.method == "hard debias"
    assert found.space.fingerprint != biased.fingerprint


def test_what_is_left_is_the_rest_of_the_vector(biased, direction):
    vector = units(biased)[50].astype(np.float64)
    rest = vector - (vector @ direction.vector) * direction.vector
    found = hard_debias(biased, direction).space.vectors[50]
    np.testing.assert_allclose(found, rest / np.linalg.norm(rest), atol=1e-6)


def test_equalised_pairs_are_equally_near_to_all_neutral_words(biased, direction):
    found = hard_debias(biased, direction, equalise=PAIRS)
    vectors = units(found.space)
    for pair in range(4):
        she, he = vectors[2 * pair], vectors[2 * pair + 1]
        np.testing.assert_allclose(vectors[8:] @ she, vectors[8:] @ he, atol=1e-6)
        assert she @ direction.vector == pytest.approx(-(he @ direction.vector), abs=1e-6)
        assert she @ direction.vector > 0
        assert np.linalg.norm(she) == pytest.approx(1, abs=1e-6)
    assert found.method == "hard debias, pairs equalised"


def test_typed_words_are_changed_alike(biased, direction):
    typed = {"typed": 3 * biased.vectors[50], "kept": biased.vectors[51], "other she": biased.vectors[0] + 0.5}
    found = hard_debias(biased, direction, keep=["kept"], equalise=[("other she", "he0")], vectors_of=typed)
    np.testing.assert_allclose(found.vectors_of["typed"], found.space.vectors[50], atol=1e-6)
    np.testing.assert_allclose(found.vectors_of["kept"], units(biased)[51], atol=1e-6)
    she, he = np.array(found.vectors_of["other she"]), found.space.vectors[1]
    assert she @ direction.vector == pytest.approx(-(he @ direction.vector), abs=1e-6)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"keep": ["w0", "nobody"]}, UnknownItem, "nobody"),
        ({"equalise": [("she0", "nobody")]}, EmbeddingError, "Second words"),
        ({"equalise": [("she0", "she0")]}, EmbeddingError, "same words"),
        ({"equalise": [("p", "q")]}, EmbeddingError, "nothing to equalise"),
    ],
)
def test_bad_words_are_named(biased, direction, options, error, message):
    with pytest.raises(error, match=message):
        hard_debias(biased, direction, vectors_of={"p": np.ones(24), "q": np.ones(24)}, **options)


def test_the_most_biased_words_are_the_furthest_along(biased, direction):
    first, second = most_biased(biased, direction, 30)
    along = direction.along[8:]
    assert set(first) == set(8 + np.argsort(-along)[:30])
    assert set(second) == set(8 + np.argsort(along)[:30])
    with pytest.raises(
        EmbeddingError, match="300 words for each side were asked for, but the collection holds only 400"
    ):
        most_biased(biased, direction, 300)


def test_nullspace_projection_ends_at_chance(biased, direction):
    seen = []
    first, second = most_biased(biased, direction, 150)
    found = nullspace_debias(biased, first, second, on_progress=lambda *each: seen.append(each))
    basis = found.debiased.basis
    np.testing.assert_allclose(basis @ basis.T, np.eye(len(basis)), atol=1e-9)
    assert np.abs(found.debiased.space.vectors @ basis.T).max() < 1e-5
    assert found.accuracies[0] > 0.95
    assert found.accuracies[-1] <= found.chance == 0.5
    assert len(found.accuracies) == len(basis) + 1 == len(seen) + 1
    again = nullspace_debias(biased, first, second)
    assert np.array_equal(again.debiased.space.vectors, found.debiased.space.vectors)


def test_nullspace_projection_changes_typed_words_alike(biased, direction):
    first, second = most_biased(biased, direction, 150)
    found = nullspace_debias(biased, first, second, rounds=2, vectors_of={"typed": biased.vectors[9]}).debiased
    assert found.basis.shape == (2, 24)
    np.testing.assert_allclose(found.vectors_of["typed"], found.space.vectors[9], atol=1e-5)
    assert found.method == "nullspace projection, 2 directions"


def test_nullspace_projection_needs_words(biased):
    with pytest.raises(EmbeddingError, match="First needs at least 10 words, got 3"):
        nullspace_debias(biased, [8, 9, 10], list(range(11, 30)))
    with pytest.raises(ValueError, match="rounds must be at least 1"):
        nullspace_debias(biased, list(range(8, 30)), list(range(230, 260)), rounds=0)


def test_bias_remains_after_hard_debiasing(biased, direction):
    seen = []
    hard = hard_debias(biased, direction)
    found = what_remains(biased, hard.space, direction, on_progress=lambda *each: seen.append(each))
    assert len(found.first) == len(found.second) == 102
    assert found.classifier.before.share > 0.95
    assert 0.7 < found.classifier.after.share <= found.classifier.before.share
    assert found.still_told == found.classifier.after.share
    assert found.clusters.before > 0.9
    assert 0.5 <= found.clusters.after <= 1
    assert found.neighbours.before > found.neighbours.after > 0.2
    assert (found.trained, found.queries) == (40, 408)
    assert seen[-1] == (6, 6)


def test_nothing_remains_of_words_that_lean_by_the_direction_alone():
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(408, 30))
    vectors[1:8:2] = vectors[:8:2]
    vectors[8:, 0] = rng.normal(scale=3, size=400)
    vectors[:8:2, 0], vectors[1:8:2, 0] = 9, -9
    space = Space.from_vectors([*(w for pair in PAIRS for w in pair), *map(str, range(400))], vectors, name="alone")
    direction = bias_direction(space, PAIRS)
    found = what_remains(space, hard_debias(space, direction).space, direction)
    assert found.classifier.before.share > 0.9
    assert found.classifier.after.low < 0.6
    assert abs(found.neighbours.after) < 0.3 < found.neighbours.before


def test_the_check_needs_words_of_one_collection(biased, direction):
    with pytest.raises(EmbeddingError, match="at least 20 words a side, got 5"):
        what_remains(biased, biased, direction, count=5)
    small = Space.from_vectors(["a", "b"], np.eye(2), name="small")
    with pytest.raises(ValueError, match="same items, got 408 and 2"):
        what_remains(biased, small, direction)

    def stop(done, total):
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        what_remains(biased, biased, direction, on_progress=stop)


def test_items_are_named_anew_in_the_changed_space(biased, direction):
    hard = hard_debias(biased, direction)
    labels, groups = ("w0", "w1"), ["even" if row % 2 else "odd" for row in range(len(biased))]
    found = name_before_after(biased, hard, labels, groups)
    for space, result in zip((biased, hard.space), found, strict=True):
        unit = space.vectors / np.linalg.norm(space.vectors, axis=1, keepdims=True)
        rows = [space.collection.rows[label] for label in labels]
        predicted = (unit @ unit[rows].T).argmax(axis=1)
        even = np.array(groups) == "even"
        place = result.groups.index("even")
        assert result.counts[place].tolist() == np.bincount(predicted[even], minlength=2).tolist()
    assert found.before.counts.tolist() != found.after.counts.tolist()
    with pytest.raises(EmbeddingError, match="cannot be named “nobody”"):
        name_before_after(biased, hard, ("w0", "nobody"), groups)


def test_probes_run_before_and_after(biased, direction):
    hard = hard_debias(biased, direction)
    words = [f"w{i}" for i in range(0, 400, 20)]
    found = before_after("Direct bias", biased, hard, {"pairs": PAIRS, "words": words})
    assert found.before.value > 0.3
    assert found.after.value < 0.05
    with pytest.raises(ValueError, match="does not look at one space"):
        before_after("What remains", biased, hard, {})
    with pytest.raises(EmbeddingError, match="no probe “Weat”"):
        before_after("Weat", biased, hard, {})
