"""The answers to a sum: lists, ranks and baselines, and their tables."""

import numpy as np
from royal_sums import SUM, answer_of

from components.analogies.answered import cosines_to
from components.analogies.sum_tables import alone_lists, everything, ingredients, ranked, ranks_table
from components.analogies.understanding import with_vectors
from components.kit.words import table_csv
from embeddings.analogies.parsing import parse
from embeddings.analogies.solving import baselines, expected_rank, solve
from embeddings.space import Space


def test_lists_baselines_and_ranks_are_those_of_the_core(royal, answered):
    for method in ("3CosAdd", "3CosMul", "PairDirection"):
        expected = solve(royal, SUM, k=10, method=method)
        np.testing.assert_array_equal(answered.lists[method].rows, expected.rows)
        np.testing.assert_allclose(answered.lists[method].scores, expected.scores)
        assert answered.ranks[method] == expected_rank(royal, SUM, "queen", method=method)
    assert [each.name for each in answered.alone] == ["king", "woman"]
    for mine, theirs in zip(answered.alone, baselines(royal, SUM), strict=True):
        np.testing.assert_array_equal(mine.neighbours.rows, theirs.neighbours.rows)


def test_the_top_knows_its_place_among_inputs_and_its_ties(royal, answered):
    assert answered.name(answered.top.row) == "queen"
    assert answered.top.rank == expected_rank(royal, SUM, "queen").with_inputs
    assert all(row in answered.inputs.same for row in answered.top.ahead)
    assert answered.top.ties == 1
    flat = Space.from_vectors(["a", "b", "c", "d", "d"], np.eye(5), name="flat")
    assert answer_of(flat, "a", expected=None).top.ties == 3


def test_cosines_of_the_added_inputs_with_the_answer(royal, answered):
    unit = royal.vectors / np.linalg.norm(royal.vectors, axis=1, keepdims=True)
    expected = unit[[2, 1]] @ unit[3]
    assert [name for name, _ in cosines_to(answered, 3)] == ["king", "woman"]
    np.testing.assert_allclose([cosine for _, cosine in cosines_to(answered, 3)], expected, atol=1e-6)


def test_tables_mark_inputs_and_the_expected_answer(royal):
    table = ranked(given := answer_of(royal, SUM, inputs_in=True), given.lists)
    names = table.column("3CosAdd").to_pylist()
    assert "queen ✓" in names
    assert "king (input)" in names
    assert "King (input)" in names
    assert list(alone_lists(given)) == ["to king", "to woman"]
    ranks = ranks_table(given).to_pydict()
    assert ranks["inputs in"] == [rank.with_inputs for rank in given.ranks.values()]


def test_the_file_holds_all_lists_and_no_formula(answered):
    rows = table_csv(everything(answered)).decode("utf-8-sig").splitlines()
    assert rows[0] == "list,rank,item,row,score,input,expected"
    lists = [*answered.lists.values(), *(each.neighbours for each in answered.alone)]
    assert len(rows) == 1 + sum(len(each.rows) for each in lists)


def test_ingredients_tell_length_weight_source_and_cosines(royal):
    understood = with_vectors(royal, parse("2*king - ship"), {"ship": np.array([0, 0, 0, 5])})
    table = ingredients(understood).to_pydict()
    assert table["weight"] == [2, -1]
    np.testing.assert_allclose(table["length"], [np.sqrt(6), 5])
    assert table["vector"] == ["a candidate’s", "encoded just now"]
    np.testing.assert_allclose(table["cosine with king"], [1, 0], atol=1e-6)
    assert str(understood.expression) == "2*king − ship"
