"""Pictures and texts in one space, on hand-made vectors whose gap and answers are known."""

from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import binomtest, hypergeom
from sklearn.decomposition import PCA

from embeddings.collection import Collection
from embeddings.embedding import embed
from embeddings.encoders import ENCODERS
from embeddings.encoders.base import EncoderSpec, JointEncoder, View
from embeddings.errors import EmbeddingError
from embeddings.gap import close_gap, gap_view, modality_gap
from embeddings.intervals import wilson
from embeddings.joint import (
    check_joint,
    combine,
    join,
    join_spaces,
    pairs_by,
    picture_rows,
    similarities,
    split,
    text_rows,
    unit,
)
from embeddings.retrieval import gap_sweep, retrieval_recall
from embeddings.space import Space


class Bytewise(JointEncoder):
    """Pictures and texts by the counts of four letters; pictures lie off to one side."""

    name = "Bytewise"

    def _encode_texts(self, texts):
        return _counts([text.encode() for text in texts], 0.0)

    def _encode_images(self, images):
        return _counts(images, 2.0)

    def view(self, item):
        return View(item, (0, 0, 1, 1), "All of it.")


def _counts(items, aside):
    vectors = np.array([[*(item.count(letter) for letter in b"abcd"), aside] for item in items], dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def pictures_of(*items, **columns):
    return Collection("drawings", "image", items, pa.table(columns) if columns else pa.table({}))


def space_of(pictures, texts, names=None):
    """A joint space with given vectors; texts are called t0, t1, … unless named."""
    names = names or [f"t{number}" for number in range(len(texts))]
    joined = join(pictures_of(*(f"p{number}".encode() for number in range(len(pictures)))), names)
    return Space(joined, np.array([*pictures, *texts], dtype=np.float32), "Bytewise")


@pytest.fixture
def drawn():
    """60 pictures in 20 kinds with their texts, pushed apart along one axis."""
    rng = np.random.default_rng(3)
    kinds = rng.normal(size=(20, 12))
    pictures = kinds.repeat(3, axis=0) + 0.5 * rng.normal(size=(60, 12)) + 2 * np.eye(12)[0]
    space = space_of(pictures, kinds + 0.2 * rng.normal(size=(20, 12)) - 2 * np.eye(12)[0])
    return space, np.column_stack([np.arange(60), 60 + np.arange(60) // 3])


def test_joining_keeps_the_order_the_columns_and_says_what_is_what():
    pictures = pictures_of(b"1", b"2", caption=["one", "two"], size=[1, 2], kind=["x", "y"])
    texts = Collection.from_texts(["one", "two", "three"], name="t", metadata=pa.table({"size": ["a", "b", "c"]}))
    joined = join(pictures, texts)
    assert joined.kind == "mixed"
    assert joined.items == (b"1", b"2", "one", "two", "three")
    assert joined.metadata.to_pydict() == {
        "kind": ["picture", "picture", "text", "text", "text"],
        "caption": ["one", "two", None, None, None],
        "size": ["1", "2", "a", "b", "c"],
        "own kind": ["x", "y", None, None, None],
    }
    assert picture_rows(joined).tolist() == [0, 1]
    assert text_rows(joined).tolist() == [2, 3, 4]


def test_splitting_gives_back_what_was_joined():
    pictures = pictures_of(b"1", b"2", caption=["one", "two"])
    apart, texts = split(join(pictures, ["a", "b", "a"]))
    assert (apart.kind, apart.items, texts) == ("image", pictures.items, ("a", "b"))
    assert apart.fingerprint == pictures.fingerprint
    assert split(pictures) == (pictures, ())
    with pytest.raises(EmbeddingError, match="“words” holds no pictures"):
        split(Collection.from_texts(["a"], name="words"))


def test_columns_of_one_type_keep_it():
    joined = join(pictures_of(b"1", size=[1]), Collection.from_texts(["t"], name="t", metadata=pa.table({"size": [2]})))
    assert joined.column("size").to_pylist() == [1, 2]
    assert join(pictures_of(b"1", size=[1]), ["t"]).column("size").to_pylist() == [1, None]


def test_only_pictures_and_texts_can_be_joined():
    words = Collection.from_texts(["a"], name="words")
    with pytest.raises(EmbeddingError, match="“words” does not hold pictures only"):
        join(words, ["b"])
    with pytest.raises(EmbeddingError, match="“drawings” does not hold texts only"):
        join(pictures_of(b"1"), pictures_of(b"2"))
    with pytest.raises(EmbeddingError, match="holds no items"):
        join(pictures_of(b"1"), [])


def test_joined_spaces_are_what_the_encoder_gives_for_the_joined_collection():
    pictures, texts = pictures_of(b"aab", b"cd"), Collection.from_texts(["ab", "dddd"], name="t")
    together = embed(join(pictures, texts), Bytewise())
    joined = join_spaces(embed(pictures, Bytewise()), embed(texts, Bytewise()))
    np.testing.assert_array_equal(joined.vectors, together.vectors)
    assert joined.collection.fingerprint == together.collection.fingerprint
    other = Space(texts, np.zeros((2, 5)), "Another")
    with pytest.raises(EmbeddingError, match="one joint encoder must see both"):
        join_spaces(embed(pictures, Bytewise()), other)


def test_an_encoder_of_one_kind_only_has_no_joint_space(monkeypatch):
    spec = EncoderSpec("", "x:y", kinds=frozenset({"text", "image"}), joint=True)
    monkeypatch.setitem(ENCODERS, "Bytewise", spec)
    check_joint("Bytewise")
    for encoder in ("MiniLM", "given:abc"):
        with pytest.raises(EmbeddingError, match="does not put pictures and texts into one space"):
            check_joint(encoder)


def test_the_gap_of_four_hand_made_vectors():
    gap = modality_gap(space_of([[2, 0, 0], [0, 5, 0]], [[0, 0, 1], [0, 0, 3]]), [[0, 2], [1, 3]])
    np.testing.assert_allclose(gap.vector, [0.5, 0.5, -1])
    assert gap.size == pytest.approx(np.sqrt(1.5))
    assert gap.within_pictures.tolist() == [0]
    assert gap.within_texts.tolist() == [1]
    assert gap.across.tolist() == [0, 0, 0, 0]
    assert gap.pairs.tolist() == [0, 0]
    # Along (½, ½, −1)/√1.5 the four lie at ±: pictures at .408, texts at −.816; across it only the pictures differ.
    assert gap.variance == pytest.approx(1.5 / 2.5)


def test_the_size_by_chance_is_that_of_all_ways_to_deal_out_the_kinds():
    rng = np.random.default_rng(0)
    vectors = unit(rng.normal(size=(7, 3)).astype(np.float32))
    gap = modality_gap(space_of(vectors[:3], vectors[3:]))
    squares = []
    for chosen in combinations(range(7), 3):
        rest = [row for row in range(7) if row not in chosen]
        squares.append(np.square(vectors[list(chosen)].mean(axis=0) - vectors[rest].mean(axis=0)).sum())
    assert gap.by_chance == pytest.approx(np.sqrt(np.mean(squares)), rel=1e-5)


def test_the_view_from_the_side_shows_the_whole_gap_and_then_the_most_there_is(drawn):
    space, _ = drawn
    view, gap = gap_view(space), modality_gap(space)
    vectors = unit(space.vectors)
    places = (vectors - view.mean) @ view.axes.T
    assert places[:60, 0].mean() - places[60:, 0].mean() == pytest.approx(gap.size, rel=1e-5)
    assert places[:60, 0].mean() == pytest.approx(-places[60:, 0].mean(), rel=1e-4)
    np.testing.assert_allclose(view.axes @ view.axes.T, np.eye(2), atol=1e-5)
    assert view.explained[0] == pytest.approx(gap.variance, rel=1e-4)
    rest = vectors - np.outer(vectors @ view.axes[0], view.axes[0])
    assert view.explained[1] == pytest.approx(
        PCA(1).fit(rest).explained_variance_[0] * 79 / np.square(vectors - vectors.mean(axis=0)).sum(), rel=1e-4
    )
    with pytest.raises(EmbeddingError, match="no gap to look along"):
        gap_view(space_of([[1, 0]], [[2, 0]]))


def test_kinds_that_lie_apart_are_told_apart_and_kinds_dealt_at_random_are_not(drawn):
    space, _ = drawn
    assert modality_gap(space).told_apart > 0.9
    rng = np.random.default_rng(1)
    same = space_of(rng.normal(size=(300, 20)), rng.normal(size=(300, 20)))
    assert modality_gap(same).told_apart == pytest.approx(0.5, abs=0.06)


def test_cosine_samples_are_seeded_and_bounded(drawn):
    space, _ = drawn
    one, two, other = (modality_gap(space, sample=50, seed=seed) for seed in (0, 0, 1))
    assert len(one.within_pictures) == len(one.across) == 50
    assert np.array_equal(one.across, two.across)
    assert not np.array_equal(one.across, other.across)
    assert modality_gap(space).within_pictures.mean() == pytest.approx(
        (np.square(unit(space.vectors[:60]).sum(axis=0)).sum() - 60) / (60 * 59), rel=1e-4
    )  # Ethayarajh 2019


def test_a_gap_needs_two_of_each():
    with pytest.raises(EmbeddingError, match="at least 2 of each; here are 2 pictures and 1 texts"):
        modality_gap(space_of([[1, 0], [0, 1]], [[1, 1]]))


def test_equal_vectors_have_no_gap_and_no_direction():
    gap = modality_gap(space_of([[1, 0]] * 3, [[2, 0]] * 3))
    assert (gap.size, gap.variance, gap.by_chance, gap.told_apart) == (0, 0, 0, 0.5)


def test_closing_the_gap_moves_both_means_to_the_middle(drawn):
    space, _ = drawn
    vectors = unit(space.vectors)
    images, texts = vectors[:60], vectors[60:]
    gap = images.mean(axis=0) - texts.mean(axis=0)
    half = close_gap(space, 0.5)
    np.testing.assert_allclose(half.vectors[:60], unit(images - 0.25 * gap), atol=1e-6)
    np.testing.assert_allclose(half.vectors[60:], unit(texts + 0.25 * gap), atol=1e-6)
    assert half.params["gap closed"] == 0.5
    assert close_gap(space, 0) is space
    closed = close_gap(space, 1)
    before = (images - gap / 2).mean(axis=0) - (texts + gap / 2).mean(axis=0)
    assert np.linalg.norm(before) < 1e-6
    assert modality_gap(closed).size < 0.2 * modality_gap(space).size
    assert len({space.fingerprint, half.fingerprint, closed.fingerprint}) == 3


@pytest.mark.parametrize("share", [-0.1, 1.1, np.nan])
def test_a_share_lies_between_nothing_and_all(drawn, share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        close_gap(drawn[0], share)


def test_the_gap_shrinks_step_by_step(drawn):
    space, pairs = drawn
    sweep = gap_sweep(space, pairs)
    assert sweep.shares[0] == 0
    assert sweep.gaps[0].size == modality_gap(space).size
    assert (np.diff([gap.size for gap in sweep.gaps]) < 0).all()
    assert len(sweep.gaps[0].pairs) == len(pairs)
    assert gap_sweep(space, shares=(0, 1)).retrievals == ()
    assert sweep.retrievals[0] == retrieval_recall(space, pairs)
    assert sweep.retrievals[-1] == retrieval_recall(close_gap(space, 1), pairs)
    for retrieval in sweep.retrievals:
        shares = [each.share for each in retrieval.text_to_image.shares]
        assert shares == sorted(shares)


def test_recall_of_a_case_that_can_be_counted_by_hand():
    # Texts point at 0°, 90°, 180°; pictures at 10°, 80°, 100°. The third text's picture is the third.
    angles = np.radians([10, 80, 100, 0, 90, 180])
    vectors = np.column_stack([np.cos(angles), np.sin(angles)])
    found = retrieval_recall(space_of(vectors[:3], vectors[3:]), [[0, 3], [1, 4], [2, 5]], k=(1, 2))
    # The first two texts find their pictures at once, though 90° is as far from 80° as from 100°: a tie counts against.
    assert [each.share for each in found.text_to_image.shares] == pytest.approx([2 / 3, 1])
    # 100° is nearer to 90° than to 180°.
    assert [each.share for each in found.image_to_text.shares] == pytest.approx([2 / 3, 1])
    assert found.text_to_image.chance == pytest.approx([1 / 3, 2 / 3])
    assert (found.text_to_image.queries, found.text_to_image.candidates) == (3, 3)


def test_equal_texts_are_one_and_a_text_finds_any_of_its_pictures():
    pictures = [[1, 0], [0.9, 0.1], [0, 1]]
    texts = [[1, 0.04], [0, 1], [1, 0.04]]
    space = space_of(pictures, texts, names=["red", "blue", "red"])
    found = retrieval_recall(space, [[0, 3], [1, 5], [2, 4]], k=(1,))
    assert (found.text_to_image.queries, found.image_to_text.queries) == (2, 3)
    assert (found.text_to_image.candidates, found.image_to_text.candidates) == (3, 2)
    assert found.text_to_image.shares[0].share == found.image_to_text.shares[0].share == 1
    assert found.text_to_image.chance[0] == pytest.approx((2 / 3 + 1 / 3) / 2)
    assert found.image_to_text.chance[0] == pytest.approx(1 / 2)


def test_recall_agrees_with_counting_one_by_one_and_chance_with_the_hypergeometric(drawn):
    space, pairs = drawn
    found = retrieval_recall(space, pairs, k=(1, 5))
    vectors = unit(space.vectors)
    scores = vectors[60:] @ vectors[:60].T
    first = np.argsort(-scores, axis=1)
    for place, k in enumerate((1, 5)):
        hits = [any(row // 3 == text for row in first[text, :k]) for text in range(20)]
        assert found.text_to_image.shares[place].share == pytest.approx(np.mean(hits))
        assert found.text_to_image.chance[place] == pytest.approx(1 - hypergeom(60, 3, k).pmf(0))
        assert found.image_to_text.chance[place] == pytest.approx(k / 20)


def test_texts_without_a_picture_stand_in_the_way_but_are_not_asked():
    space = space_of([[1, 0]], [[0.9, 0.1], [1, 0]])
    found = retrieval_recall(space, [[0, 1]], k=(1, 2))
    assert (found.text_to_image.queries, found.image_to_text.candidates) == (1, 2)
    assert [each.share for each in found.image_to_text.shares] == [0, 1]


def test_more_queries_than_asked_for_are_sampled_with_a_seed(drawn):
    space, pairs = drawn
    found = retrieval_recall(space, pairs, queries=10)
    assert found.image_to_text.queries == found.text_to_image.queries == 10
    assert found == retrieval_recall(space, pairs, queries=10)


def test_nothing_to_find_is_said_in_words(drawn):
    space, pairs = drawn
    with pytest.raises(EmbeddingError, match="No picture is paired"):
        retrieval_recall(space, [])
    with pytest.raises(EmbeddingError, match="Every picture has the same vector"):
        retrieval_recall(space_of([[1, 1]] * 3, [[1, 0], [0, 1]]), [[0, 3]])
    with pytest.raises(EmbeddingError, match="Every text has the same vector"):
        retrieval_recall(space_of([[1, 0], [0, 1]], [[1, 1]] * 3), [[0, 3]])
    with pytest.raises(ValueError, match="picture first"):
        retrieval_recall(space, pairs[:, ::-1])
    with pytest.raises(ValueError, match="positive"):
        retrieval_recall(space, pairs, k=(0,))


def test_pairs_come_from_a_column():
    pictures = pictures_of(b"1", b"2", b"3", b"4", caption=["red", "blue", None, "red"], size=[1, 2, 3, 4])
    joined = join(pictures, ["blue", "red", "red", "4"])
    assert pairs_by(joined, "caption").tolist() == [[0, 5], [1, 4], [3, 5]]
    assert pairs_by(joined, "size").tolist() == [[3, 7]]
    with pytest.raises(EmbeddingError, match="has no column “title”; it has kind, caption, size"):
        pairs_by(joined, "title")
    with pytest.raises(EmbeddingError, match="No picture’s “size” is one of the texts"):
        pairs_by(join(pictures, ["green"]), "size")


def test_a_combination_is_the_normalised_sum_of_directions():
    np.testing.assert_allclose(combine([[2, 0], [0, 5]], [1, 1]), [np.sqrt(0.5)] * 2, atol=1e-6)
    np.testing.assert_allclose(combine([[3, 0], [1, 1], [0, 7]], [1, 1, -1]), unit(np.array([1.7071, -0.2929])), 1e-3)
    with pytest.raises(EmbeddingError, match="cancel each other out"):
        combine([[1, 2], [2, 4]], [1, -1])
    with pytest.raises(ValueError, match="weights must have shape"):
        combine([[1, 2]], [1, 1])


def test_a_combination_finds_what_it_describes():
    shapes, colours = np.eye(6)[:3], np.eye(6)[3:]
    space = space_of([shape + colour for shape in shapes for colour in colours], [*colours])
    for shape in range(3):
        wanted = combine(space.vectors[[3 * shape, 9, 10]], [1, -1, 1])
        assert (space.vectors[:9] @ wanted).argmax() == 3 * shape + 1


def test_similarities_have_texts_in_rows():
    space = space_of([[1, 0], [1, 1]], [[0, 2], [-1, 0]])
    np.testing.assert_allclose(similarities(space, [2, 3], [0, 1]), [[0, np.sqrt(0.5)], [-1, -np.sqrt(0.5)]], 1e-6)


@pytest.mark.parametrize(("hits", "tries"), [(0, 7), (3, 7), (7, 7), (95, 100), (1, 1000)])
def test_the_interval_agrees_with_scipy(hits, tries):
    expected = binomtest(hits, tries).proportion_ci(0.95, method="wilson")
    np.testing.assert_allclose(wilson(hits, tries), [hits / tries, expected.low, expected.high], atol=1e-12)


def test_an_interval_of_nothing_is_not_a_number():
    assert np.isnan(wilson(0, 0)).all()
    with pytest.raises(ValueError, match="between 0 and tries"):
        wilson(3, 2)
