"""A direction: its sentences, charts and tables by the core, then the view."""

import numpy as np
import pytest
from driving import metric, said
from gendered_words import NEUTRAL, PAIRS, view

from components.kit.colours import DARK, LIGHT
from components.kit.words import p_is
from components.views.bias_direction import (
    as_axis,
    direct_sentence,
    direction_verdict,
    explained_chart,
    lean_chart,
    ripa_sentence,
    word_table,
)
from components.views.bias_pairs import Typed
from embeddings.bias.direction import bias_direction, component_table, direct_bias
from embeddings.bias.leaning import leaning, pair_table
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
    assert found.direction.middle == pytest.approx(found.places.mean())
    assert leaning(hidden, PAIRS).direct is None


def test_a_direction_is_told_against_random_pairs(hidden):
    found = bias_direction(hidden, PAIRS)
    verdict = direction_verdict(found)
    assert verdict.standing == "holds"
    assert f"{100 * found.explained[0]:.0f} % of the variance of the 5 pairs" in verdict.sentence
    assert f"random pairs it holds {100 * found.random_explained.mean():.0f} %" in verdict.sentence
    loose = bias_direction(hidden, [(f"word {2 * n}", f"word {2 * n + 1}") for n in range(3, 8)])
    assert direction_verdict(loose).standing == "fails"
    few = Space.from_vectors(["a", "b", "c", "d"], np.eye(4) + 0.1, name="few")
    assert direction_verdict(bias_direction(few, [("a", "b"), ("c", "d")])).standing == "unknown"


def test_direct_bias_is_told_beside_that_of_any_item(hidden):
    found = leaning(hidden, PAIRS, NEUTRAL)
    leans = found.direct.cosines - found.places.mean()
    sentence = direct_sentence(found.direct, ("he", "she"))
    assert f"{(leans > 0).sum()} of the 12 words lie towards “she”, {(leans < 0).sum()} towards “he”" in sentence
    assert f"lean {np.abs(leans).mean():.3f} on average" in sentence
    assert f"any item of the space {np.abs(found.direction.along - found.places.mean()).mean():.3f}" in sentence
    assert "as the encoder gives them" in ripa_sentence(found.ripa)
    assert "all vectors at length 1" in ripa_sentence(found.ripa_unit)


def test_direction_charts_and_tables_hold_the_numbers_of_the_core(hidden):
    found = leaning(hidden, PAIRS, NEUTRAL)
    for theme in (LIGHT, DARK):
        chart = explained_chart(found.direction, colours=theme)
        assert list(chart.data[0].y) == pytest.approx(100 * found.direction.explained)
        assert chart.data[1].y[0] == pytest.approx(100 * np.median(found.direction.random_explained))
        bars = lean_chart(list(NEUTRAL), found.direct.cosines, middle=0.2, title="t", usual=0.1, colours=theme)
        assert bars.data[0].base == 0.2
        assert list(bars.data[0].x + 0.2) == pytest.approx(sorted(found.direct.cosines, reverse=True))
        assert [line.x0 for line in bars.layout.shapes] == pytest.approx([0.1, 0.3, 0.2])
    components = component_table(found.direction).to_pydict()
    assert components["share of variance"] == pytest.approx(found.direction.explained)
    assert components["random pairs"][1:] == [None] * 4
    words = word_table(found.direct, found.ripa, found.ripa_unit).to_pydict()
    place = NEUTRAL.index(words["word"][0])
    assert words["lean"][0] == pytest.approx(found.direct.cosines[place] - found.places.mean())
    assert abs(words["lean"][0]) == max(map(abs, words["lean"]))
    assert words["RIPA"][0] == pytest.approx(found.ripa.scores[place].mean())
    assert pair_table(found.direct, found.ripa).column_names[3] == "RIPA she 0 − he 0"


def test_the_direction_is_drawn_as_an_axis_from_the_second_words_to_the_first(hidden):
    typed = Typed(PAIRS, ())
    axis = as_axis(typed, leaning(hidden, PAIRS))
    assert typed.ends == ("he 0", "she 0")
    assert axis.projections[0] > axis.middle > axis.projections[1]
    assert (axis.low[0], axis.high[0]) == ("he 0", "she 0")


def test_bars_and_strip_have_one_origin_where_all_words_lie_to_one_side_of_0():
    # Of four pairs the first words have .9 and the second .1 of what they share; the rest is different for each pair.
    own = np.eye(4)
    rows = [
        *(np.hstack([share, np.sqrt(1 - share**2) * one, 0]) for one in own for share in (0.9, 0.1)),
        *(np.hstack([share, np.zeros(4), np.sqrt(1 - share**2)]) for share in (0.7, 0.2, 0.6, 0.3)),
    ]
    pairs = [(f"she {n}", f"he {n}") for n in range(4)]
    names = [*(word for pair in pairs for word in pair), "nurse", "pilot", "baker", "farmer"]
    space = Space.from_vectors(names, rows, name="s")
    found = leaning(space, pairs, names[8:])
    assert (found.direct.cosines > 0).all()
    sides = [found.direct.cosines - found.direction.middle > 0, found.direct.leans > 0]
    for side in sides:
        assert side.tolist() == [True, False, True, False]
    unit = space.vectors / space.norms[:, None]
    middle = (unit[:8] @ found.direction.vector).mean()
    assert found.direction.middle == pytest.approx(middle, abs=1e-6)
    bars = lean_chart(
        names[8:], found.direct.cosines, middle=found.direction.middle, title="t", usual=None, colours=LIGHT
    )
    axis = as_axis(Typed(tuple(pairs), ()), found)
    assert bars.data[0].base == axis.middle
    # By RIPA a word as near to the one as to the other is in the middle, whatever the lengths.
    assert found.ripa_unit.middle == pytest.approx(0, abs=1e-6)
    halves = Space.from_vectors(["x", "y", "between", "too"], [[3, 0], [0, 1], [1.5, 0.5], [1.5, 0.5]], name="s")
    half = ripa(halves, [("x", "y")], ["between", "too"])
    assert half.middle == pytest.approx(float(half.scores[0, 0]))


def test_the_view_shows_direction_direct_bias_and_the_value_for_all(open_page, hidden):
    app = view(open_page, hidden)
    assert not app.exception
    assert not app.error
    found = leaning(hidden, PAIRS, NEUTRAL)
    assert metric(app, "Direct bias") == f"{found.direct.value:.3f}"
    assert metric(app, "of any item") == f"{found.direct.of_all:.3f}"
    assert "The pairs share a direction" in said(app)
    assert p_is(found.direction.p_value) in said(app)
    assert "what may not be concluded" in said(app).casefold()


def test_strictness_and_ripa_are_switches_of_the_link(open_page, hidden):
    app = view(open_page, hidden, bias_strictness="2", lean_shown="RIPA", ripa_unit="true")
    assert not app.exception
    assert metric(app, "Direct bias") == f"{leaning(hidden, PAIRS, NEUTRAL, strictness=2).direct.value:.3f}"
    assert "all vectors at length 1" in said(app)
