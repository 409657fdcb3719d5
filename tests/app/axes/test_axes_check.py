"""How far to trust an axis: its verdict, and the check as a chart and as tables."""

import numpy as np
from size_axis import HIGH, LOW

from components.kit.axes import held_out_sentence, verdict
from components.kit.colours import DARK
from components.views.axis_checks import held_out_table, random_axes, random_table, seed_table
from embeddings.axes import axis_from_lists, axis_from_pairs, separation
from embeddings.space import Space


def test_the_verdict_states_the_figures_of_the_check(axis):
    said = verdict(axis)
    assert said.standing == "holds"
    assert "5 of 5 pairs of its own seeds come out the right way round" in said.sentence
    mean = 100 * axis.check.random_accuracies.mean()
    reached = (axis.check.random_aucs >= np.float32(axis.check.held_out.auc)).sum()
    assert f"do so in {mean:.0f} %, and {reached} of 200" in said.sentence


def test_a_random_axis_is_not_to_be_read(sizes, other):
    said = verdict(other)
    assert other.check.p_value > 0.05
    assert said.heading == "No better than random axes: do not read anything into it"


def test_two_pairs_are_too_few_whatever_they_say(sizes):
    assert verdict(axis_from_pairs(sizes, [("tiny", "huge"), ("little", "big")])).standing == "too few"


def test_a_tiny_collection_has_no_random_axes():
    space = Space.from_vectors("abcd", np.random.default_rng(0).normal(size=(4, 5)), name="four")
    small = axis_from_lists(space, ["a", "b"], ["c", "d"])
    assert verdict(small).standing in ("holds", "fails", "too few")
    none = axis_from_pairs(
        Space.from_vectors(["a", "b", "c"], space.vectors[:3], name="three"),
        [("a", "b"), ("c", "e")],
        vectors_of={"e": space.vectors[3]},
    )
    assert verdict(none).standing == "unknown"
    assert "too few items" in verdict(none).sentence


def test_held_out_words_in_a_sentence_and_a_table(sizes, axis):
    low, high = ("mouse", "ant"), ("whale", "elephant")
    found = separation(sizes, axis, low, high)
    assert held_out_sentence(found).startswith(f"{4 * found.auc:.3g} of 4 pairs")
    table = held_out_table(low, high, found)
    assert table["cosine"].to_pylist() == sorted([*found.low, *found.high])
    assert dict(zip(*table.select(["word", "expected"]).to_pydict().values(), strict=True))["whale"] == "high"


def test_the_check_as_a_chart_and_as_tables(axis):
    figure = random_axes(axis.check, DARK)
    assert sum(figure.data[0].y) == 200
    assert figure.data[1].x[0] == axis.check.held_out.auc
    assert seed_table(axis)["seed"].to_pylist() == [*LOW, *HIGH]
    np.testing.assert_array_equal(random_table(axis)["AUC"], axis.check.random_aucs)
