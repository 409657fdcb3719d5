"""The tables of an axis: its ends, every item, and its check."""

import numpy as np
from size_axis import HIGH, LOW

from components.axes.tables import end_table, ends, random_table, seed_table, whole_table
from embeddings.axes import axis_from_lists
from embeddings.space import Space


def test_the_ends_are_the_outermost_items(sizes, axis):
    low, high = ends(axis)
    ordered = np.sort(axis.projections)
    np.testing.assert_array_equal(axis.projections[low], ordered[:12])
    np.testing.assert_array_equal(axis.projections[high], ordered[::-1][:12])
    table = end_table(sizes.collection, axis, low)
    np.testing.assert_allclose(table["from the middle"], axis.middle - ordered[:12], atol=1e-6)


def test_the_ends_of_few_items_do_not_overlap():
    space = Space.from_vectors("abcde", np.random.default_rng(1).normal(size=(5, 4)), name="five")
    low, high = ends(axis_from_lists(space, "ab", "cd"))
    assert len(low) == len(high) == 2
    assert not set(low) & set(high)


def test_the_whole_table_holds_every_item_along_both_axes(sizes, axis, other):
    table = whole_table(sizes.collection, [("size", axis), ("other", other)])
    rows = table["row"].to_numpy() - 1
    assert sorted(rows) == list(range(len(sizes)))
    np.testing.assert_array_equal(table["size"], axis.projections[rows])
    np.testing.assert_array_equal(table["other"], other.projections[rows])
    np.testing.assert_allclose(table["size, from the middle"], axis.projections[rows] - axis.middle, atol=1e-6)
    assert (np.diff(table["size"].to_numpy()) >= 0).all()


def test_the_check_as_tables(axis):
    assert seed_table(axis)["seed"].to_pylist() == [*LOW, *HIGH]
    np.testing.assert_array_equal(random_table(axis)["AUC"], axis.check.random_aucs)
