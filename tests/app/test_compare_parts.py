"""The pure parts of the Compare page: tables, charts and sentences."""

from dataclasses import replace

import numpy as np
import pytest

from components.compare.agreement_charts import measures_chart, pair_chart, spread_chart
from components.compare.agreement_tables import (
    MEASURES,
    measure_table,
    moved_table,
    p_words,
    pair_table,
    tied_sentence,
    verdict,
)
from components.compare.geometry_tables import distinct, fact_table, hub_table, norms_chart, pairs_chart, shown
from components.compare.lists import both_table
from components.compare.maps import laid_sentence, usual
from components.compare.perturb_tables import (
    before_after,
    kept_chart,
    live_table,
    moved_most,
    moved_sentence,
    summary_table,
)
from components.compare.scenes import blended, map_scene, places_table
from components.compare.smaller_tables import lost_table, recall_chart, recall_table, setting_name
from components.compare.turned import turned_sentence
from components.kit.colours import DARK, LIGHT
from embeddings.compare import agreement_table, both_neighbours, compare
from embeddings.compare.aligned import Rotation
from embeddings.compression import Setting, compress, compression_recall, lost_neighbours
from embeddings.geometry import facts, geometry
from embeddings.graph import knn_graph
from embeddings.intervals import Interval
from embeddings.perturb import movement, movement_summary
from embeddings.space import Space

N = 60


def space_of(seed, d, scale=1.0):
    rng = np.random.default_rng(seed)
    return Space.from_vectors([f"item {row}" for row in range(N)], scale * rng.normal(size=(N, d)), name="parts")


@pytest.fixture(scope="module")
def one():
    return space_of(1, 16)


@pytest.fixture(scope="module")
def other(one):
    moved = one.vectors[:, :12] + 0.4 * np.random.default_rng(2).normal(size=(N, 12))
    return Space.from_vectors(one.collection.items, moved, name="parts")


@pytest.fixture(scope="module")
def found(one, other):
    return compare(one, other)


def test_every_measure_stands_beside_its_chance(found):
    table = measure_table(found).to_pydict()
    assert table["measure"] == [measure.name for measure in MEASURES]
    assert table["value"][0] == pytest.approx(found.overlap.value)
    assert table["by chance"][3] == pytest.approx(found.cka.null.mean())
    assert table["p"] == [0.01] * 6
    assert all(len(says) > 20 for says in table["in plain words"])


def test_the_verdict_is_in_plain_words(found):
    names = ["one", "other"]
    assert f"share **{10 * found.overlap.value:.1f}** on average" in verdict(found, names)
    assert "(p = .01, the least 99 shuffles can show)" in verdict(found, names)
    level = found.overlap._replace(p_value=0.4)
    assert "**no more than chance**" in verdict(replace(found, overlap=level), names)
    assert "**the vectors are the same**" in verdict(replace(found, identical=True), names)
    for share, said in ((0.9, "largely see the same"), (0.6, "most neighbours"), (0.3, "in part"), (0.1, "hardly")):
        assert said in verdict(replace(found, overlap=found.overlap._replace(value=share)), names)
    assert p_words(float("nan")) == "unknown"
    assert p_words(0.4) == "= 0.40"


def test_ties_are_stated_only_where_they_are(found):
    assert tied_sentence(found, ["one", "other"]) == ""
    said = tied_sentence(replace(found, tied=(0.0, 0.66)), ["one", "other"])
    assert said.startswith("Ties: for other 66 % of the items")
    assert "Ties are broken at random, the same way in both spaces" in said


def test_items_that_move_most_come_first(one, found):
    table = moved_table(one.collection, found, most=7).to_pydict()
    assert table["row"] == (found.moved[:7] + 1).tolist()
    assert table["shared"] == sorted(table["shared"])
    assert table["item"][0] == one.collection.text(int(found.moved[0]))
    assert moved_table(one.collection, found).num_rows == N


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_agreement_is_drawn_with_its_chance(one, other, found, theme):
    chart = measures_chart(found, colours=theme)
    bars, dots = chart.data
    assert list(dots.x) == [found.overlap.value, found.jaccard.value, found.rbo.value, found.cka.value,
                            found.cka_debiased.value, found.rsa.value]  # fmt: skip
    assert bars.base[0] == pytest.approx(found.overlap.null.min())
    spread = spread_chart(found, colours=theme).data[0]
    assert sum(spread.y) == N
    assert sum(x * y for x, y in zip(spread.x, spread.y, strict=True)) == pytest.approx(N * 10 * found.overlap.value)
    every = agreement_table([one, other, one])
    heat = pair_chart(every, ["a", "b", "c"], colours=theme).data[0]
    assert heat.z[0][1] == pytest.approx(found.overlap.value)
    pairs = pair_table(every, ["a", "b", "c"]).to_pydict()
    assert list(zip(pairs["one"], pairs["other"], strict=True)) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert pairs["shared neighbours"][1] == 1


def test_both_lists_mark_what_they_share(one, other):
    near = both_neighbours(one, other, 4)
    table = both_table(one.collection, near, ["x", "x"])
    assert table.column_names == ["#", "x", "x (2)"]
    marked = [name for name in table["x"].to_pylist() if name.startswith("✓ ")]
    assert [name.removeprefix("✓ ") for name in marked] == [one.collection.text(int(row)) for row in near.shared]


def test_no_agreement_is_told_where_an_encoder_has_no_neighbours(one):
    apart = Space.from_vectors(list(one.collection.items), np.eye(N), name="apart")
    found = compare(one, apart)
    assert verdict(found, ["a", "b"]).startswith("**No answer by neighbours**")
    assert f"{N} items have no neighbours by one of the two" in tied_sentence(found, ["a", "b"])
    assert moved_table(one.collection, found).to_pydict()["shared"] == [None] * N
    assert measure_table(found).to_pydict()["value"][0] is None
    assert measures_chart(found, colours=DARK).data[1].text[0] == "—"
    near = both_neighbours(one, apart, 4)
    table = both_table(one.collection, near, ["x", "y"]).to_pydict()
    assert table["y"] == [None] * len(table["x"])


def test_a_morph_ends_at_both_maps(one):
    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(2, N, 2)).astype(np.float32)
    np.testing.assert_array_equal(blended(first, second, 0), first)
    np.testing.assert_array_equal(blended(first, second, 1), second)
    np.testing.assert_allclose(blended(first, second, 0.5), (first + second) / 2, rtol=1e-6)
    assert "60 items" in map_scene(one, first, "nothing").description
    table = places_table(one.collection, np.array([3, 5]), (first, second), ["a", "a"])
    assert table.column_names == ["item", "a x", "a y", "a (2) x", "a (2) y", "row"]
    assert table["row"].to_pylist() == [4, 6]
    assert "**25 %**" in laid_sentence(0.25, "PCA")
    assert "coincide" in laid_sentence(float("nan"), "PCA")
    assert usual("PCA").params == {}
    assert usual("t-SNE").params["metric"] == "cosine"


def test_a_turned_space_is_told_from_another():
    names = ["a", "b"]
    well = turned_sentence(Rotation(Interval(0.97, 0.95, 0.98), 0.003), names)
    assert "counterpart for **97 %** of the other half [95–98]; a guess finds 0.3 %." in well
    assert "vectors can be carried over" in well
    assert "survive the turn" in turned_sentence(Rotation(Interval(0.6, 0.5, 0.7), 0.003), names)
    assert "must encode again" in turned_sentence(Rotation(Interval(0.1, 0.05, 0.2), 0.003), names)


def test_the_card_stands_side_by_side(one, other):
    cards = [geometry(space, knn_graph(space, k=20)) for space in (one, other)]
    table = fact_table(cards, ["x", "x"])
    assert table.column_names == ["what", "x", "x (2)", "how to read it", "reference"]
    assert table.num_rows == len(facts(cards[0]))
    assert table["x"][0].as_py() == f"{cards[0].mean_cosine:.2f}"
    assert "12 dimensions" not in " ".join(table["how to read it"].to_pylist())
    hubs = hub_table(one.collection, cards[0]).to_pydict()
    assert hubs["in lists"] == sorted(cards[0].hubness.counts, reverse=True)[:10]
    assert [shown("copies", 12.0), shown("length", float("nan")), shown("x", 12.34)] == ["12", "—", "12.3"]
    assert distinct(["a", "b", "a"]) == ["a", "b", "a (3)"]
    sample = np.random.default_rng(0).normal(size=500).astype(np.float32)
    assert len(pairs_chart([sample, sample], ["x", "<b>"], colours=LIGHT).data) == 2
    level = Space.from_vectors(one.collection.items, np.eye(60), name="even")
    spike = norms_chart([geometry(level, knn_graph(level, k=20))], ["x"], colours=DARK).data[0]
    assert list(spike.x) == [1, 1]
    assert list(spike.y) == [0, 100]


def test_smaller_vectors_have_their_price(one):
    rows = compression_recall(one)
    table = recall_table(rows, 10).to_pydict()
    assert table["vectors"][0] == "float32"
    assert table["of 10 found"][0] == 10
    assert table["times smaller"][3] == 32
    assert setting_name(Setting("binary, rescored", 10)) == "binary, rescored × 10"
    assert setting_name(Setting("first components", 96)) == "first components: 96"
    chart = recall_chart(rows, rows[2], colours=LIGHT)
    assert chart.layout.xaxis.type == "log"
    assert chart.data[-1].x == (rows[2].bytes_per_item,)
    setting = Setting("binary")
    lost = lost_neighbours(one, compress(one, setting), 3)
    shown_lost = lost_table(one.collection, lost).to_pydict()
    assert sum(name.startswith("× lost") for name in shown_lost["by float32"]) == len(lost.lost)
    assert sum(name.startswith("● new") for name in shown_lost["by the smaller vectors"]) == len(lost.wrong)


def test_changes_are_counted_by_encoder(one):
    moved = movement(one, np.arange(20), one.vectors[:20] + 0.3)
    found = {("typo", "x"): movement_summary(moved), ("negation", "x"): movement_summary(moved, np.zeros(20, bool))}
    table = summary_table(found, 10).to_pydict()
    assert table["same meaning"] == ["yes", "no"]
    assert table["items changed"] == [20, 0]
    assert table["cosine (median)"] == [pytest.approx(float(np.median(moved.cosines))), None]
    assert "too few items" in moved_most(found, "x", "x")
    shaken = {**found, ("word order", "x"): found["typo", "x"]._replace(kept=0.25)}
    assert "moved most by “word order” (items keep 25 % of their neighbours), least by “typo”" in moved_most(
        shaken, "x", "x"
    )
    assert kept_chart(found, colours=LIGHT).data[0].y == ("typo", "negation *")
    live = live_table({"x": movement(one, [0], one.vectors[:1])}).to_pydict()
    assert live["rank of the original"] == [1]
    assert (live["neighbours before"], live["of them kept"]) == ([10], [10])
    changed = before_after(one.collection, [1, 2], [2, 3]).to_pydict()
    assert changed["after"] == ["item 2", "● item 3"]


def test_an_encoder_that_knows_nothing_of_a_changed_item_gives_no_answer():
    space = Space.from_vectors(list("abcdef"), np.repeat(np.eye(3), 2, axis=0), name="counts")
    gone = movement(space, [0], np.zeros((1, 3)), k=3)
    table = live_table({"x": gone}).to_pydict()
    assert (table["rank of the original"], table["of them kept"]) == ([None], [None])
    assert moved_sentence("x", gone, "item").startswith("**x** gives no answer: it knows nothing of the changed one")
    alone = movement(Space.from_vectors("abc", np.eye(3), name="s"), [0], np.eye(3)[:1], k=1)
    assert moved_sentence("x", alone, "item").startswith("**x** gives no answer: before the change")
    kept = movement(space, [0], np.eye(3)[:1], k=3)
    assert moved_sentence("x", kept, "item") == "**x** sees no difference."
    found = {("typo", "x"): movement_summary(gone), ("prefix", "x"): movement_summary(kept)}
    assert summary_table(found, 3).to_pydict()["no answer"] == [1, 0]
    assert "After “typo” it has no answer for 1 of 1 items" in moved_most(found, "x", "x")
    assert before_after(space.collection, [1], []).to_pydict()["after"] == [None]
