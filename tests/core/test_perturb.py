"""Small changes of texts and pictures, and how far they move an item."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from embeddings.collection import Collection
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.images import open_kept
from embeddings.neighbours import nearest
from embeddings.perturb import PERTURBATIONS, movement, movement_summary, perturb
from embeddings.space import Space

TEXTS = ["The king is tired of war.", "Dogs bark loudly", "42", "", "I can't come.", "κάτι τρέχει εδώ"]
OF_TEXTS = [name for name, spec in PERTURBATIONS.items() if spec.kind == "text"]
OF_PICTURES = [name for name, spec in PERTURBATIONS.items() if spec.kind == "image"]


@pytest.fixture(scope="module")
def pictures():
    rng = np.random.default_rng(0)
    arrays = [rng.integers(0, 256, size=(*size, 3), dtype=np.uint8) for size in ((40, 60), (33, 33), (1, 1))]
    return Collection.from_images([Image.fromarray(array) for array in arrays], name="noise").items


@pytest.mark.parametrize("name", OF_TEXTS)
def test_every_change_of_texts_gives_texts_the_same_way_twice(name):
    changed = perturb(TEXTS, name)
    assert len(changed) == len(TEXTS)
    assert all(isinstance(text, str) for text in changed)
    assert changed[0] != TEXTS[0]
    assert changed == perturb(TEXTS, name)
    # An item's fate hangs on its content alone.
    assert perturb(TEXTS[::-1], name) == changed[::-1]
    assert PERTURBATIONS[name].summary.endswith(".")


@pytest.mark.parametrize("name", OF_PICTURES)
def test_every_change_of_pictures_gives_pictures_the_same_way_twice(pictures, name):
    changed = perturb(pictures, name)
    for before, after in zip(pictures, changed, strict=True):
        assert open_kept(after).mode == "RGB"
        if open_kept(before).size != (1, 1):
            assert after != before
        if name != "crop":
            assert open_kept(after).size == open_kept(before).size
    assert changed == perturb(pictures, name)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("upper case", "The straße", "THE STRASSE"),
        ("prefix", "Cats", "query: Cats"),
        ("typo", "the cat sat", "the cat sat"),
        ("typo", "an oooo", "an oooo"),
        ("word order", "same same", "same same"),
        ("word order", "one two", "two one"),
        ("negation", "The king is tired.", "The king is not tired."),
        ("negation", "You should NOT go", "You should go"),
        ("negation", "It isn’t late", "It is late"),
        ("negation", "I can't come", "I can come"),
        ("negation", "He won't come", "He will come"),
        ("negation", "She cannot come", "She can come"),
        ("negation", "Dogs bark loudly", "It is not true that dogs bark loudly"),
        ("negation", "I bark loudly", "It is not true that I bark loudly"),
        ("negation", "NASA flies on", "It is not true that NASA flies on"),
        ("negation", "island", "not island"),
    ],
)
def test_changes_of_texts_by_eye(name, text, expected):
    assert perturb([text], name) == (expected,)


def test_a_typo_swaps_two_neighbours_and_spares_the_first_letter():
    words = ["elephant", "mountain", "language"]
    for seed in range(10):
        for before, after in zip(words, perturb(words, "typo", seed=seed), strict=True):
            different = [place for place, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
            assert len(different) == 2
            assert different[1] - different[0] == 1
            assert different[0] >= 1
            assert sorted(before) == sorted(after)
    assert len({perturb(words, "typo", seed=seed) for seed in range(10)}) > 3


def test_shuffled_words_are_the_same_words():
    text = "one two three four five six"
    (shuffled,) = perturb([text], "word order")
    assert shuffled != text
    assert sorted(shuffled.split()) == sorted(text.split())


def test_changes_of_pictures_by_eye(pictures):
    picture = open_kept(pictures[0])
    changed = {name: open_kept(perturb(pictures[:1], name)[0]) for name in OF_PICTURES}
    assert changed["crop"].size == (48, 32)
    np.testing.assert_array_equal(np.asarray(changed["crop"]), np.asarray(picture)[4:36, 6:54])
    np.testing.assert_array_equal(np.asarray(changed["flip"]), np.asarray(ImageOps.mirror(picture)))
    grey = np.asarray(changed["grey"])
    assert (grey == grey[..., :1]).all()
    assert np.asarray(changed["blur"]).std() < np.asarray(picture).std()


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: perturb(["a"], "shout"), "no perturbation “shout”; choose one of upper case, typo"),
        (lambda: perturb(["a", b"b"], "typo"), "“typo” changes texts only"),
        (lambda: perturb(["a"], "blur"), "“blur” changes pictures only"),
    ],
)
def test_bad_changes(act, message):
    with pytest.raises(EmbeddingError, match=message):
        act()


def test_movement_by_eye(compass):
    # East turned by 10 degrees stays nearest to east; turned by 60 it is nearer to north.
    angles = np.radians([10, 60])
    moved = np.column_stack([np.cos(angles), np.sin(angles)])
    found = movement(compass, [0, 0], moved, k=1)
    assert found.ranks.tolist() == [1, 2]
    np.testing.assert_allclose(found.cosines, np.cos(angles), atol=1e-6)
    # Both changed items have north first among the others; for east itself the lot decides between three.
    had_north = compass.collection.text(nearest(compass, "east", k=1).rows[0]) == "north"
    assert found.kept.tolist() == [had_north, had_north]
    np.testing.assert_allclose(found.nearest, [0, 0], atol=1e-6)


def test_movement_against_brute_force():
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(80, 6)).astype(np.float32)
    space = Space.from_vectors(map(str, range(80)), vectors, name="s")
    rows = np.array([5, 70, 33])
    moved = vectors[rows] + rng.normal(size=(3, 6)).astype(np.float32)
    found = movement(space, rows, moved, k=4, metric="Euclidean")
    for place, row in enumerate(rows):
        before = np.linalg.norm(vectors - vectors[row], axis=1)
        after = np.linalg.norm(vectors - moved[place], axis=1)
        assert found.ranks[place] == (after < after[row]).sum() + 1
        before[row] = after[row] = np.inf
        shared = set(np.argsort(before)[:4]) & set(np.argsort(after)[:4])
        assert found.kept[place] == pytest.approx(len(shared) / 4)


def test_an_unmoved_item_stays_beside_its_copy():
    vectors = np.vstack([np.eye(4), np.eye(4)[:1]]).astype(np.float32)
    space = Space.from_vectors("abcde", vectors, name="s")
    found = movement(space, [0, 1, 4], vectors[[0, 1, 4]], k=2)
    assert found.ranks.tolist() == [1, 1, 1]
    # The second is equally far from all others: it has no neighbours to keep.
    assert found.had.tolist() == [1, 0, 1]
    assert found.kept.tolist() == pytest.approx([1, np.nan, 1], nan_ok=True)


def test_an_item_that_is_lost_keeps_nothing():
    # Counts of words, two texts of each word: a typo leaves nothing that is known, in place of two neighbours by row.
    texts = np.repeat(np.eye(6), 2, axis=0)
    space = Space.from_vectors(list("abcdefghijkl"), texts, name="counts")
    found = movement(space, [4, 6, 8], [np.zeros(6), np.eye(6)[3], np.eye(6)[0]], k=5)
    assert found.cosines.tolist() == [0, 1, 0]
    assert found.ranks.tolist() == pytest.approx([np.nan, 1, 12], nan_ok=True)
    assert found.had.tolist() == [1, 1, 1]
    assert found.kept.tolist() == pytest.approx([np.nan, 1, 0], nan_ok=True)
    summary = movement_summary(found)
    assert (summary.changed, summary.lost, summary.alone) == (3, 1, 0)
    assert (summary.kept, summary.recognised.share, summary.rank) == pytest.approx((1 / 3, 1 / 3, 6.5))
    # Items that have no neighbours to begin with do not count.
    alone = movement_summary(movement(Space.from_vectors("abc", np.eye(3), name="s"), [0], [np.eye(3)[0]], k=2))
    assert (alone.changed, alone.alone) == (0, 1)


def test_the_summary_leaves_untouched_items_out(compass):
    moved = np.array([[1, 0.1], [0, 1], [0, 1]])
    found = movement(compass, [0, 1, 2], moved, k=1)
    whole, part = movement_summary(found), movement_summary(found, [True, False, True])
    assert (whole.changed, whole.untouched) == (3, 0)
    assert (part.changed, part.untouched) == (2, 1)
    assert part.rank == 1.5
    assert part.recognised.share == 0.5
    assert whole.recognised.share == pytest.approx(2 / 3)
    assert part.cosine == pytest.approx(np.median(found.cosines[[0, 2]]))
    nothing = movement_summary(found, [False] * 3)
    assert (nothing.changed, nothing.untouched) == (0, 3)
    assert np.isnan(nothing.rank)


def test_bad_movements(compass):
    with pytest.raises(EmbeddingError, match="vector of 3 numbers, this space has 2"):
        movement(compass, [0], [[1, 0, 0]], k=1)
    with pytest.raises(EmbeddingError, match="not a finite number"):
        movement(compass, [0], [[np.nan, 0]], k=1)
    with pytest.raises(EmbeddingError, match="k = 10 neighbours are too many for 5 items"):
        movement(compass, [0], [[1, 0]])
    with pytest.raises(ValueError, match="a vector for each of the rows"):
        movement(compass, [0, 1], [[1, 0]], k=1)

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        movement(compass, [0], [[1, 0]], k=1, on_progress=stop)
