"""Smaller vectors: a contract over the table, codes by hand, and recall against brute force."""

import numpy as np
import pytest

from embeddings.compression import (
    COMPRESSIONS,
    Setting,
    compress,
    compression_recall,
    find_compression,
    lost_neighbours,
    trained_for_truncation,
    usual_settings,
)
from embeddings.encoders import ENCODERS
from embeddings.errors import Cancelled, EmbeddingError
from embeddings.ranks import by_lot
from embeddings.space import Space

AMOUNTS = {"binary, rescored": 4, "first components": 10, "principal components": 10}


def space_of(vectors):
    return Space.from_vectors(map(str, range(len(vectors))), vectors, name="space")


@pytest.fixture(scope="module")
def space():
    """Vectors whose variance falls with the component, as in models trained for truncation."""
    rng = np.random.default_rng(0)
    return space_of(rng.normal(size=(300, 40)) / np.sqrt(1 + np.arange(40)))


def neighbours(similarities, k):
    similarities = similarities.astype(np.float64).copy()
    np.fill_diagonal(similarities, -np.inf)
    rows = np.arange(len(similarities))
    return np.lexsort((by_lot(rows[:, None], np.tile(rows, (len(rows), 1))), -similarities), axis=1)[:, :k]


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize("name", COMPRESSIONS)
def test_every_way_is_smaller_and_finds_most_neighbours(space, name):
    spec = COMPRESSIONS[name]
    assert spec.summary.endswith(".")
    assert bool(spec.amount) == (name in AMOUNTS)
    setting = Setting(name, AMOUNTS.get(name, 0))
    small = compress(space, setting)
    assert small.vectors.dtype == np.float32
    assert len(small.vectors) == 300
    (found,) = compression_recall(space, [setting], k=5)
    assert found.bytes_per_item == small.bytes_per_item <= 4 * 40
    assert found.item_recall.shape == found.asked.shape == (300,)
    assert 0.1 < found.recall <= 1
    assert found.recall == pytest.approx(found.item_recall.mean())
    lost = lost_neighbours(space, small, 7, k=5)
    assert len(lost.lost) == len(lost.wrong) == round(5 * (1 - found.item_recall[7]))
    assert set(lost.lost) <= set(lost.true)
    assert not set(lost.wrong) & set(lost.true)


def test_sizes():
    space = space_of(np.random.default_rng(1).normal(size=(30, 20)))
    sizes = {row.setting: (row.bytes_per_item, row.bytes_kept) for row in compression_recall(space, k=3)}
    assert sizes[Setting("float32")] == (80, 0)
    assert sizes[Setting("int8")] == sizes[Setting("int8, one range a vector")] == (20, 0)
    assert sizes[Setting("binary")] == (3, 0)
    assert sizes[Setting("binary, rescored", 10)] == (3, 80)
    assert sizes[Setting("first components", 5)] == (20, 0)
    assert list(sizes) == list(usual_settings(space))


def test_codes_by_hand():
    space = space_of([[1, -0.5, 0], [0, 0, 0], [-3, 3, 1.5]])
    by_vector = compress(space, Setting("int8, one range a vector")).vectors
    assert by_vector.tolist() == [[127, -64, 0], [0, 0, 0], [-127, 127, 64]]
    # Component 0 has steps of 4/255 from −3 on, component 1 of 3.5/255, component 2 of 1.5/255.
    read_back = [[1, -0.5, 0], [-3 + 191 * 4 / 255, -0.5 + 36 * 3.5 / 255, 0], [-3, 3, 1.5]]
    assert compress(space, Setting("int8")).vectors == pytest.approx(np.array(read_back), abs=1e-6)
    level = space_of([[1, 5], [2, 5], [4, 5]])
    assert compress(level, Setting("int8")).vectors[:, 1].tolist() == [5, 5, 5]
    assert compress(space, Setting("binary")).vectors.tolist() == [[1, -1, -1], [-1, -1, -1], [-1, 1, 1]]
    assert compress(space, Setting("first components", 2)).vectors.tolist() == [[1, -0.5], [0, 0], [-3, 3]]


def test_one_large_component_costs_neighbours_only_where_vectors_have_one_range():
    large = np.random.default_rng(0).normal(size=(500, 48))
    large[:, 7] = 300 + 3 * large[:, 7]
    recall = compression_recall(space_of(large), [Setting("int8"), Setting("int8, one range a vector")])
    assert recall[0].recall > 0.95
    assert recall[1].recall < 0.3


def test_recall_against_brute_force(space):
    true = neighbours(unit(space.vectors) @ unit(space.vectors).T, 5)
    bits = np.where(space.vectors > 0, 1, -1)
    hamming = bits @ bits.T
    candidates = neighbours(hamming, 20)
    rescored = [
        sorted(sorted(row), key=lambda other, i=i: -float(unit(space.vectors)[i] @ unit(space.vectors)[other]))[:5]
        for i, row in enumerate(candidates.tolist())
    ]
    first = unit(space.vectors[:, :10])
    expected = {
        Setting("binary"): neighbours(hamming, 5),
        Setting("binary, rescored", 4): np.array(rescored),
        Setting("first components", 10): neighbours(first @ first.T, 5),
    }
    found = compression_recall(space, list(expected), k=5)
    for row, lists in zip(found, expected.values(), strict=True):
        shares = [len(set(a) & set(b)) / 5 for a, b in zip(true.tolist(), lists.tolist(), strict=True)]
        np.testing.assert_allclose(row.item_recall, shares, atol=1e-6)


def test_the_order_known_from_practice_holds(space):
    recall = {row.setting: row.recall for row in compression_recall(space)}
    assert recall[Setting("float32")] == 1
    assert recall[Setting("int8")] > 0.95
    assert recall[Setting("int8, one range a vector")] > 0.95
    assert recall[Setting("binary")] < recall[Setting("binary, rescored", 4)] <= recall[Setting("binary, rescored", 10)]
    for cut in (20, 10, 5):
        assert recall[Setting("principal components", cut)] >= recall[Setting("first components", cut)] - 0.05


def test_all_principal_components_keep_all_neighbours(space):
    turned = space_of(space.vectors @ np.linalg.qr(np.random.default_rng(2).normal(size=(40, 40)))[0])
    rows = compression_recall(turned, [Setting("principal components", 40), Setting("principal components", 10)])
    assert rows[0].recall == pytest.approx(1, abs=1e-3)
    assert rows[1].recall > compression_recall(turned, [Setting("first components", 10)])[0].recall


def test_large_collections_are_sampled_and_can_be_stopped(space, monkeypatch):
    from embeddings.compression import recall

    whole = compression_recall(space, [Setting("binary")])[0]
    monkeypatch.setattr(recall, "QUERIES", 50)
    seen = []
    (part,) = compression_recall(space, [Setting("binary")], on_progress=lambda *step: seen.append(step))
    np.testing.assert_array_equal(part.item_recall, whole.item_recall[part.asked])
    assert (len(part.asked), seen) == (50, [(1, 1)])

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        compression_recall(space, on_progress=stop)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (Setting("zip"), "no compression “zip”; choose one of float32, int8"),
        (Setting("first components", 41), "between 1 and 40 dimensions, got 41"),
        (Setting("first components"), "between 1 and 40 dimensions, got 0"),
        (Setting("principal components", 41), "between 1 and 40 dimensions, got 41"),
        (Setting("binary, rescored", 1), "between 2 and 100 times as many candidates, got 1"),
    ],
)
def test_bad_settings(space, setting, message):
    with pytest.raises(EmbeddingError, match=message):
        compression_recall(space, [setting])


def test_bad_spaces(space):
    with pytest.raises(EmbeddingError, match="k = 10 neighbours are too many for 3 items: choose at most 2"):
        compression_recall(space_of(np.eye(3)))
    with pytest.raises(EmbeddingError, match="All vectors of this space are equal"):
        compression_recall(space_of(np.ones((20, 3))))
    with pytest.raises(EmbeddingError, match="choose at most 299"):
        lost_neighbours(space, compress(space, Setting("int8")), 0, k=300)
    assert find_compression("int8").reference


def test_models_trained_for_truncation():
    assert trained_for_truncation("Nomic text")
    assert trained_for_truncation("hub:mixedbread-ai/mxbai-embed-large-v1")
    assert not trained_for_truncation("given vectors")
    assert sum(map(trained_for_truncation, ENCODERS)) == 1
