"""The charts, tables and sentences of association tests."""

from dataclasses import replace

import numpy as np
import pytest
from garden_sets import NAMES, A, B, X, Y

from components.kit.colours import DARK, LIGHT
from components.kit.words import number, table_csv
from components.views.association_column import correlations_chart
from components.views.association_results import Seen, dots_chart, leverage_chart, random_sets_chart, words_table
from components.views.association_settings import reading
from components.views.effect_sizes import (
    forest_chart,
    results_table,
    verdict,
)
from embeddings.bias.effect import Bounds
from embeddings.bias.lookup import Lookup
from embeddings.bias.measured import Line, Measured, adjusted, leverages, results_numbers
from embeddings.bias.probes import PROBES
from embeddings.bias.word_by_word import wefat
from embeddings.multiple_tests import holm


def test_the_forest_shows_effect_interval_null_and_published(measured):
    lines = [Line("one", "one", measured, 1.5, before=0.5), Line("two", "two", Measured(None, "why"))]
    figure = forest_chart(lines, ("left", "m", "<b>right"), colours=LIGHT)
    null, effect, _, published, before = figure.data
    assert null.x[:2] == pytest.approx(measured.null_bounds)
    assert effect.x[0] == measured.test.effect_size
    assert effect.x[0] + effect.error_x.array[0] == pytest.approx(measured.test.interval.high)
    assert effect.x[0] - effect.error_x.arrayminus[0] == pytest.approx(measured.test.interval.low)
    assert (published.x, before.x) == ((1.5,), (0.5,))
    assert "&lt;b&gt;right" in figure.layout.xaxis.title.text


def test_encoders_of_one_test_lie_side_by_side(measured):
    lines = [Line(row, encoder, measured) for row in ("one", "two") for encoder in ("p", "q")]
    figure = forest_chart(lines, ("", "", ""), colours=DARK)
    assert list(figure.data[1].y) == pytest.approx([-0.175, 0.825])
    assert list(figure.data[2].y) == pytest.approx([0.175, 1.175])


def test_leverage_bars_end_at_the_effect_size_without_the_word(garden, test):
    figure = leverage_chart(Seen(test, garden.collection, NAMES), colours=LIGHT)
    ends = {data[0]: base + x for bar in figure.data for data, x, base in
            zip(bar.customdata, bar.x, [bar.base] * len(bar.x), strict=True)}  # fmt: skip
    # Without rose: by the definition, over the other words.
    lookup = Lookup(garden)
    score = {w: float((lookup.units([w]) @ lookup.units(A).T).mean() - (lookup.units([w]) @ lookup.units(B).T).mean())
             for w in (*X, *Y)}  # fmt: skip
    x, y = [score[w] for w in X[1:]], [score[w] for w in Y]
    assert ends["rose"] == pytest.approx((np.mean(x) - np.mean(y)) / np.std([*x, *y], ddof=1))
    first = leverages(test)[0]
    assert abs(first.change) == max(abs(each.change) for each in leverages(test))


def test_dots_lie_at_their_scores_and_lines_at_the_means(garden, test):
    figure = dots_chart(Seen(test, garden.collection, NAMES), colours=LIGHT)
    assert list(figure.data[0].x) == test.x_scores.tolist()
    assert figure.data[1].x[0] == pytest.approx(test.x_scores.mean())
    assert set(figure.data[0].text) == set(X)


def test_the_null_histogram_counts_all_random_sets(measured):
    figure = random_sets_chart(measured.null, measured.test.effect_size, colours=LIGHT)
    assert sum(figure.data[0].y) == 200
    assert figure.data[1].x[0] == measured.test.effect_size


def test_correlations_of_several_encoders_stand_in_one_chart(garden):
    values = garden.collection.column("size").to_pylist()
    there, back = (wefat(garden, list(range(len(garden))), column, A, B) for column in (values, values[::-1]))
    figure = correlations_chart({"<one>": there, "two": back}, "size", NAMES[2:], colours=LIGHT)
    assert list(figure.data[0].x) == [there.r, back.r]
    reach = figure.data[0].error_x
    np.testing.assert_allclose(np.array(figure.data[0].x) + reach.array, [there.interval.high, back.interval.high])
    np.testing.assert_allclose(np.array(figure.data[0].x) - reach.arrayminus, [there.interval.low, back.interval.low])
    assert figure.layout.yaxis.ticktext == ("&lt;one&gt;", "two")


def test_tables_hold_all_figures_and_holm_counts_tests_that_ran(measured):
    lines = [Line(f"t{n}", "e", measured) for n in range(3)] + [Line("t3", "e", Measured(None, "=why"))]
    one, two = adjusted(lines)
    assert one[:3] == pytest.approx(holm([measured.test.p_value] * 3))
    assert np.isnan(two[3])
    shown = results_table(lines, several=True)
    assert shown["d"].to_pylist() == [number(measured.test.effect_size, ".2f")] * 3 + ["–"]
    assert shown["note"].to_pylist()[-1] == "=why"
    numbers = results_numbers(lines)
    assert numbers["effect size d"].to_pylist() == [measured.test.effect_size] * 3 + [None]
    assert numbers["X"][0].as_py() == "; ".join(X)
    assert "'=why" in table_csv(numbers).decode("utf-8-sig")
    assert results_numbers(lines[::-1]).column_names  # a test that was refused may come first


def test_the_words_table_has_every_word_once(garden, test):
    table = words_table(Seen(test, garden.collection, NAMES))
    assert sorted(table["word"].to_pylist()) == sorted((*X, *Y, *A, *B))
    assert table["called"].to_pylist().count("Pleasant") == len(A)


def test_columns_without_figures_are_left_out_and_the_verdict_claims_no_more(measured, garden):
    without = Measured(measured.test)
    names = results_table([Line("MiniLM", "MiniLM", without)], several=False).column_names
    assert names == ["encoder", "d", "95 % interval", "p one-sided", "p two-sided"]
    assert verdict(without, NAMES, garden.collection).heading.endswith("it stands out by p and interval")


def test_verdicts_tell_the_four_cases_apart(garden, measured):
    sure = replace(measured.test, p_two_sided=0.01, interval=Bounds(0.5, 1.9))
    null = replace(measured.null, p_value=0.01)
    assert Measured(sure, null=null).standing == "stands"
    assert Measured(replace(sure, interval=Bounds(-0.1, 1.9)), null=null).standing == "fragile"
    assert Measured(sure, null=replace(null, p_value=0.2)).standing == "ordinary"
    assert Measured(replace(sure, p_two_sided=0.06), null=null).standing == "nothing"
    reverse = verdict(Measured(replace(sure, effect_size=-1.0)), NAMES, garden.collection)
    assert reverse.heading.startswith("Flowers go with Unpleasant, Insects with Pleasant")
    nothing = verdict(Measured(replace(sure, p_two_sided=0.5)), NAMES, garden.collection)
    assert "does not show that there is nothing" in nothing.heading


@pytest.mark.parametrize("probe", ["WEAT", "SEAT", "iEAT", "WEFAT"])
def test_every_probe_says_what_it_depends_on_and_what_it_cannot_say(probe):
    said = " ".join(reading(probe))
    assert PROBES[probe].caveat in said
    assert "**not harm**" in said
    assert "**No effect is no proof of no bias**" in said
    assert said.count("harm") == 1
    assert ("straight line" in said) == (probe == "WEFAT")
