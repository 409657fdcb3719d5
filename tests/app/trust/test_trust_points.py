"""What a map did to single points: their colours, their lists of neighbours, and filters."""

import numpy as np

from components.trust import colours
from components.trust.filtering import picked, picked_sentence
from components.trust.tables import both_lists, near_on_map, point_sentence, points_table, truly_near
from embeddings.projections import Layout
from embeddings.trust import point_trust, trust


def test_points_are_coloured_by_what_the_map_did_to_them(line):
    space, layout = line
    found = trust(space, layout, k=1)
    kept = colours.shade_of(colours.KEPT, found)
    np.testing.assert_array_equal(kept.codes, found.point_kept)
    assert (kept.low, kept.high) == (0, 1)
    np.testing.assert_allclose(colours.shade_of(colours.FALSE, found).codes, 1 - found.point_trustworthiness)
    np.testing.assert_allclose(colours.shade_of(colours.MISSING, found).codes, 1 - found.point_continuity)


def test_true_distances_grow_with_the_angle_and_the_clicked_point_is_nearest(line):
    space, layout = line
    found = colours.true_distance(point_trust(space, layout, 0, k=2), 0, metric="cosine")
    np.testing.assert_allclose(found.codes[1:], 1 - np.cos([0.1, 0.2, 0.3, 0.4, 0.5]), atol=1e-6)
    assert found.codes[0] == found.codes[1]
    euclidean = colours.distances(point_trust(space, layout, 0, k=2, metric="Euclidean"), metric="Euclidean")
    np.testing.assert_allclose(euclidean, np.linalg.norm(space.vectors - space.vectors[0], axis=1), atol=1e-6)


def test_mostly_false_points_come_worst_first(line):
    space, layout = line
    found = trust(space, layout, k=2)
    rows = colours.mostly_false(found)
    assert set(rows) == set(np.flatnonzero(found.point_kept < 0.5))
    assert (np.diff(found.point_kept[rows]) >= 0).all()
    assert f"{len(rows)} of 6 points" in colours.mostly_false_sentence(found)


def test_both_lists_name_each_neighbour_once(line):
    space, layout = line
    point = point_trust(space, layout, 0, k=2)
    true = truly_near(space.collection, point, metric="cosine")
    assert true["item"].to_pylist() == ["b", "c"]
    assert true["on the map"].to_pylist() == ["✓ 2", "○ 3"]
    near = near_on_map(space.collection, point, metric="cosine")
    assert near["item"].to_pylist() == ["f", "b"]
    assert near["in the space"].to_pylist() == ["× 5", "✓ 1"]
    both = both_lists(space.collection, point, metric="cosine")
    assert both["item"].to_pylist() == ["b", "c", "f"]
    assert both["kind"].to_pylist() == ["kept", "missing", "false"]
    assert both["true rank"].to_pylist() == [1, 2, 5]
    assert both["rank on the map"].to_pylist() == [2, 3, 1]
    assert point_sentence(point).startswith("Of its 2 true neighbours the map shows 1 near it; 1 of the 2 points")
    assert points_table(space.collection, trust(space, layout, k=2), np.array([0]))["false"].to_pylist() == [1]


def test_a_point_that_keeps_everything_or_nothing_is_said_plainly(line):
    space, layout = line
    kept = point_trust(space, Layout(space.vectors, "PCA", {}, 0), 0, k=2)
    assert point_sentence(kept) == "All of its 2 true neighbours are its nearest on the map too."
    assert point_sentence(point_trust(space, layout, 0, k=1)) == "Its nearest on the map is a stranger."


def test_a_filter_takes_both_ends_and_puts_the_worst_first(line):
    space, layout = line
    found = trust(space, layout, k=2)
    low = picked(colours.KEPT, found, 0, 50)
    assert set(low.rows) == set(np.flatnonzero(found.point_kept <= 0.5))
    assert (np.diff(found.point_kept[low.rows]) >= 0).all()
    assert "keep 0 to 50 % of their true neighbours" in picked_sentence(low, found)
    false = picked(colours.FALSE, found, 1, 100)
    assert (np.diff(found.point_trustworthiness[false.rows]) >= 0).all()
    assert set(false.rows) == set(np.flatnonzero(found.point_trustworthiness < 0.99))
