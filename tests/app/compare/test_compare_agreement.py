"""Neighbours before any map is drawn: the view of agreement, its parts alone and on the page."""

from dataclasses import replace

import numpy as np
import pytest
from driving import said, settle
from encoder_pairs import ONE, OTHER, N, encoded, table_with

from components.kit.colours import DARK, LIGHT
from components.views import agreement as view
from components.views.compared_encoders import neighbour_lists
from embeddings.compare import agreement_table, align_spaces, both_neighbours, compare
from embeddings.compare.aligned import Rotation
from embeddings.intervals import Interval
from embeddings.space import Space

NAMES = ["one", "other"]


@pytest.fixture(scope="module")
def found(one, other):
    return compare(one, other)


def test_agreement_is_that_of_the_core_also_two_by_two_and_turned(open_compare, few, spaces):
    app = open_compare(compare="Agreement", beside="LSA", **{"with": [OTHER, "LSA"]})
    assert not app.exception
    assert app.selectbox(key="beside").value == "LSA"
    beside = encoded(few, "LSA")
    found = compare(spaces[0], beside)
    table = table_with(app, "by chance")
    each = [found.overlap, found.jaccard, found.rbo, found.cka, found.cka_debiased, found.rsa]
    np.testing.assert_allclose(table["value"], [one.value for one in each], atol=1e-6)
    np.testing.assert_allclose(table["by chance"], [one.by_chance for one in each], atol=1e-6)
    assert f"share **{10 * found.overlap.value:.1f}** on average" in said(app)
    assert table_with(app, "RBO")["row"].tolist() == (found.moved[:50] + 1).tolist()
    pairs = table_with(app, "other")
    assert list(zip(pairs["one"], pairs["other"], strict=True)) == [(ONE, OTHER), (ONE, "LSA"), (OTHER, "LSA")]
    assert "of the other half" not in said(app)
    app.session_state["turned_open"] = True
    app = settle(app.run())
    assert not app.exception
    turned = align_spaces(spaces[0], beside)
    assert f"counterpart for **{100 * turned.found.share:.0f} %** of the other half" in said(app)


def test_k_and_metric_stand_in_the_link(open_compare, spaces):
    app = open_compare(compare="Agreement", k_agree="5", metric_agree="Euclidean")
    assert not app.exception
    found = compare(*spaces, k=5, metric="Euclidean")
    assert table_with(app, "by chance")["value"][0] == pytest.approx(found.overlap.value)


def test_a_link_that_asks_too_much_falls_back(open_compare):
    app = open_compare(compare="Agreement", k_agree="500", metric_agree="Manhattan")
    assert not app.exception
    assert 1 <= app.number_input(key="k_agree").value <= 50
    assert app.segmented_control(key="metric_agree").value == "cosine"


def test_every_measure_stands_beside_its_chance(found):
    table = view.measure_table(found).to_pydict()
    assert table["measure"] == [measure.name for measure in view.MEASURES]
    assert table["value"][0] == pytest.approx(found.overlap.value)
    assert table["by chance"][3] == pytest.approx(found.cka.null.mean())
    assert table["p"] == [0.01] * 6
    assert all(len(says) > 20 for says in table["in plain words"])


def test_the_verdict_is_in_plain_words(found):
    assert f"share **{10 * found.overlap.value:.1f}** on average" in view.verdict(found, NAMES)
    assert "(p = .01, the least 99 shuffles can show)" in view.verdict(found, NAMES)
    level = found.overlap._replace(p_value=0.4)
    assert "**no more than chance**" in view.verdict(replace(found, overlap=level), NAMES)
    for share, words in ((0.9, "largely see the same"), (0.6, "most neighbours"), (0.3, "in part"), (0.1, "hardly")):
        assert words in view.verdict(replace(found, overlap=found.overlap._replace(value=share)), NAMES)
    assert view.p_words(float("nan")) == "unknown"
    assert view.p_words(0.4) == "= 0.40"


def test_identical_encoders_and_ties_are_stated_only_where_they_are(found):
    assert view.tied_sentence(found, NAMES) == ""
    coins = 1 + np.random.default_rng(3).integers(0, 2, size=(N, 5)).astype(float)
    same = [Space.from_vectors([f"item {row}" for row in range(N)], coins, name=name) for name in NAMES]
    twice = compare(*same)
    assert "**the vectors are the same**" in view.verdict(twice, NAMES)
    assert view.tied_sentence(twice, NAMES).startswith(f"Ties: for one {100 * twice.tied[0]:.0f} % and other ")
    assert "Ties are broken at random, the same way in both spaces" in view.tied_sentence(twice, NAMES)


def test_items_that_move_most_come_first_and_the_file_has_all(one, found):
    table = view.moved(one.collection, found, {"encoder": "x", "k": 10})
    lines = table.lines.to_pydict()
    assert lines["row"] == (found.moved[:50] + 1).tolist()
    assert lines["shared"] == sorted(lines["shared"])
    assert lines["item"][0] == one.collection.text(int(found.moved[0]))
    assert table.rows == found.moved[:50].tolist()
    assert table.whole().num_rows == N
    assert table.settings == {"encoder": "x", "k": 10}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_agreement_is_drawn_with_its_chance(one, other, found, theme):
    bars, dots = view.measures_chart(found, theme).data
    assert list(dots.x) == [found.overlap.value, found.jaccard.value, found.rbo.value, found.cka.value,
                            found.cka_debiased.value, found.rsa.value]  # fmt: skip
    assert bars.base[0] == pytest.approx(found.overlap.null.min())
    spread = view.spread_chart(found, theme).data[0]
    assert sum(spread.y) == N
    assert sum(x * y for x, y in zip(spread.x, spread.y, strict=True)) == pytest.approx(N * 10 * found.overlap.value)
    every = agreement_table([one, other, one])
    assert view.pair_chart(every, ["a", "b", "c"], theme).data[0].z[0][1] == pytest.approx(found.overlap.value)
    pairs = view.pair_table(every, ["a", "b", "c"]).to_pydict()
    assert list(zip(pairs["one"], pairs["other"], strict=True)) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert pairs["shared neighbours"][1] == 1


def test_no_agreement_is_told_where_an_encoder_has_no_neighbours(one):
    apart = Space.from_vectors(list(one.collection.items), np.eye(N), name="apart")
    found = compare(one, apart)
    assert view.verdict(found, NAMES).startswith("**No answer by neighbours**")
    assert f"{N} items have no neighbours by one of the two" in view.tied_sentence(found, NAMES)
    assert view.moved(one.collection, found, {}).whole()["shared"].to_pylist() == [None] * N
    assert view.measure_table(found).to_pydict()["value"][0] is None
    assert view.measures_chart(found, DARK).data[1].text[0] == "—"
    table = neighbour_lists(one.collection, both_neighbours(one, apart, 4), NAMES).lines.to_pydict()
    assert table["other"] == [None] * len(table["one"])


def test_a_turned_space_is_told_from_another():
    well = view.turned_sentence(Rotation(Interval(0.97, 0.95, 0.98), 0.003), NAMES)
    assert "counterpart for **97 %** of the other half [95–98]; a guess finds 0.3 %." in well
    assert "vectors can be carried over" in well
    assert "survive the turn" in view.turned_sentence(Rotation(Interval(0.6, 0.5, 0.7), 0.003), NAMES)
    assert "must encode again" in view.turned_sentence(Rotation(Interval(0.1, 0.05, 0.2), 0.003), NAMES)
