"""The tables of association tests."""

import numpy as np
import pytest
from garden_sets import NAMES, A, B, X, Y

from components.kit.words import number, table_csv
from components.views.association_results import Seen, words_table
from components.views.association_tests import Measured
from components.views.effect_sizes import Line, adjusted, results_numbers, results_table, verdict
from embeddings.multiple_tests import holm


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
