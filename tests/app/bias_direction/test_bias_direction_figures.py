"""The figures of a direction: sentences, charts and tables."""

import numpy as np
import pytest
from gendered_words import NEUTRAL, PAIRS

from components.bias.direction.along import as_axis
from components.bias.direction.charts import explained_chart, lean_chart
from components.bias.direction.ready import OCCUPATIONS, WORDS, ready_pairs
from components.bias.direction.tables import component_table, pair_table, word_table
from components.bias.direction.typed import Typed
from components.bias.direction.words import direct_sentence, direction_verdict, ripa_sentence
from embeddings.bias.direction import bias_direction, direct_bias
from embeddings.bias.leaning import leaning
from embeddings.bias.ripa import ripa
from embeddings.space import Space


def test_leaning_is_direction_direct_bias_and_ripa_at_once(hidden):
    found = leaning(hidden, PAIRS, NEUTRAL, strictness=2)
    alone = direct_bias(hidden, PAIRS, NEUTRAL, strictness=2)
    assert (found.direct.value, found.direct.of_all) == (alone.value, alone.of_all)
    np.testing.assert_allclose(found.ripa.scores, ripa(hidden, PAIRS, NEUTRAL).scores)
    assert found.ripa_unit.unit
    unit = hidden.vectors[:10] / hidden.norms[:10, None]
    np.testing.assert_allclose(found.places.ravel(), unit @ found.direction.vector, atol=1e-6)
    assert found.middle == pytest.approx(found.places.mean())
    assert leaning(hidden, PAIRS).direct is None


def test_a_direction_is_told_against_random_pairs(hidden):
    found = bias_direction(hidden, PAIRS)
    said = direction_verdict(found)
    assert said.standing == "holds"
    assert f"{100 * found.explained[0]:.0f} % of the variance of the 5 pairs" in said.sentence
    assert f"random pairs it holds {100 * found.random_explained.mean():.0f} %" in said.sentence
    loose = bias_direction(hidden, [(f"word {2 * n}", f"word {2 * n + 1}") for n in range(3, 8)])
    assert direction_verdict(loose).standing == "fails"
    few = Space.from_vectors(["a", "b", "c", "d"], np.eye(4) + 0.1, name="few")
    assert direction_verdict(bias_direction(few, [("a", "b"), ("c", "d")])).standing == "unknown"


def test_direct_bias_is_told_beside_that_of_any_item(hidden):
    found = leaning(hidden, PAIRS, NEUTRAL)
    said = direct_sentence(found.direct)
    assert f"lean {found.direct.value:.3f} on average" in said
    assert f"any item of the space leans {found.direct.of_all:.3f}" in said
    assert "as the encoder gives them" in ripa_sentence(found.ripa)
    assert "all vectors at length 1" in ripa_sentence(found.ripa_unit)


def test_direction_charts_and_tables_hold_the_numbers_of_the_core(hidden):
    found = leaning(hidden, PAIRS, NEUTRAL)
    for dark in (False, True):
        chart = explained_chart(found.direction, dark=dark)
        assert list(chart.data[0].y) == pytest.approx(100 * found.direction.explained)
        assert chart.data[1].y[0] == pytest.approx(100 * np.median(found.direction.random_explained))
        bars = lean_chart(list(NEUTRAL), found.direct.cosines, title="t", usual=0.1, dark=dark)
        assert list(bars.data[0].x) == sorted(found.direct.cosines)
        assert [line.x0 for line in bars.layout.shapes] == [-0.1, 0.1]
    components = component_table(found.direction).to_pydict()
    assert components["share of variance"] == pytest.approx(found.direction.explained)
    assert components["random pairs"][1:] == [None] * 4
    words = word_table(found.direct, found.ripa, found.ripa_unit).to_pydict()
    place = NEUTRAL.index(words["word"][0])
    assert abs(found.direct.cosines[place]) == max(abs(found.direct.cosines))
    assert words["RIPA"][0] == pytest.approx(found.ripa.scores[place].mean())
    assert pair_table(found.direct, found.ripa).column_names[2] == "RIPA she 0 − he 0"


def test_the_direction_is_drawn_as_an_axis_from_the_second_words_to_the_first(hidden):
    typed = Typed(PAIRS, ())
    axis = as_axis(typed, leaning(hidden, PAIRS))
    assert typed.ends == ("he 0", "she 0")
    assert axis.projections[0] > axis.middle > axis.projections[1]
    assert (axis.low[0], axis.high[0]) == ("he 0", "she 0")


def test_ready_pairs_are_those_that_have_vectors_here(hidden):
    assert ready_pairs(Space(hidden.collection, hidden.vectors, "given:hidden")) == ()
    few = Space.from_vectors(["she", "he", "woman", "man", "nurse"], np.eye(5), name="held")
    held = Space(few.collection, few.vectors, "given:few")
    (only,) = ready_pairs(held)
    assert only.pairs == (("woman", "man"), ("she", "he"))
    assert only.words == ("nurse",)
    assert all(len(set(each.words)) == len(each.words) for each in WORDS)
    assert len(OCCUPATIONS) == 32
