"""The tables of a relation and of several beside each other."""

import csv
import io

import numpy as np
import pytest
from pair_offsets import offsets_of

from components.kit.words import table_csv
from components.views.one_relation import comparison_table, cosine_table, pair_table
from embeddings.analogies.relations import Compared


def test_every_pair_has_its_row(measured):
    found, pairs = measured
    table = pair_table(found, pairs).to_pydict()
    assert list(zip(table["first"], table["second"], strict=True)) == list(pairs)
    others = found.cosines[3, [place for place in range(30) if place != 3]]
    assert table["mean cosine with the others"][3] == pytest.approx(others.mean(), abs=1e-5)
    assert np.mean(table["mean cosine with the others"]) == pytest.approx(found.mean, abs=1e-5)
    assert table["length"][0] == pytest.approx(float(np.linalg.norm(found.vectors[0])), rel=1e-5)
    assert all(0 <= share <= 1 for share in table["share in the plane"])
    shares = np.array(table["share in the plane"]) * np.array(table["length"]) ** 2
    assert shares.sum() / (np.array(table["length"]) ** 2).sum() == pytest.approx(found.share, abs=1e-5)


def test_every_cosine_has_its_cell_and_equal_names_are_told_apart(measured):
    found, pairs = measured
    table = cosine_table(found, pairs)
    assert table.num_columns == 31
    assert table["first2 → second2"].to_pylist()[5] == pytest.approx(float(found.cosines[5, 2]))
    twice = cosine_table(offsets_of(found, 2), [("x" * 50, "y"), ("x" * 60, "y")])
    assert len(set(twice.column_names)) == 3
    rows = list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"))))
    assert len(rows) == 31


def test_relations_without_numbers_have_empty_cells():
    nan = float("nan")
    table = comparison_table([Compared("a", 5, 9, 0.4, 0.1), Compared("b", 1, 9, nan, nan)]).to_pydict()
    assert table == {"relation": ["a", "b"], "mean": [0.4, None], "shuffled": [0.1, None], "pairs": ["5 / 9", "1 / 9"]}
