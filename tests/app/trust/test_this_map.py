"""The view of one map: what it did to single points, alone and on the page beside the core called directly."""

import numpy as np
from driving import metric, press, said, settle
from trust_maps import map_of

from components.kit.evidence import with_settings
from components.kit.spaces import LayoutSettings
from components.views.map_point import both_lists, near_on_map, truly_near
from components.views.this_map import SHADES, TITLES, picked_sentence, points, shade_of, true_distance
from components.views.trust import Asked
from embeddings.projections import Layout, project
from embeddings.trust import neighbourhood_hit, point_trust, shepard, trust, trust_sentence
from embeddings.trust.point import distances
from embeddings.trust.sentence import mostly_false_sentence, point_sentence
from embeddings.trust.worst import FALSE, KEPT, MISSING, mostly_false, picked


def test_points_are_coloured_by_what_the_map_did_to_them(line):
    space, layout = line
    found = trust(space, layout, k=1)
    kept = shade_of(KEPT, found)
    np.testing.assert_array_equal(kept.codes, found.point_kept)
    assert (kept.low, kept.high) == (0, 1)
    np.testing.assert_allclose(shade_of(FALSE, found).codes, 1 - found.point_trustworthiness)
    np.testing.assert_allclose(shade_of(MISSING, found).codes, 1 - found.point_continuity)


def test_true_distances_grow_with_the_angle_and_the_clicked_point_is_nearest(line):
    space, layout = line
    found = true_distance(point_trust(space, layout, 0, k=2), 0, metric="cosine")
    np.testing.assert_allclose(found.codes[1:], 1 - np.cos([0.1, 0.2, 0.3, 0.4, 0.5]), atol=1e-6)
    assert found.codes[0] == found.codes[1]
    euclidean = distances(point_trust(space, layout, 0, k=2, metric="Euclidean"), metric="Euclidean")
    np.testing.assert_allclose(euclidean, np.linalg.norm(space.vectors - space.vectors[0], axis=1), atol=1e-6)


def test_mostly_false_points_come_worst_first(line):
    space, layout = line
    found = trust(space, layout, k=2)
    rows = mostly_false(found)
    assert set(rows) == set(np.flatnonzero(found.point_kept < 0.5))
    assert (np.diff(found.point_kept[rows]) >= 0).all()
    assert f"{len(rows)} of 6 points" in mostly_false_sentence(found)


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
    assert both.column_names == ["item", "kind", "true rank", "rank on the map", "cosine", "row"]
    assert both["item"].to_pylist() == ["b", "c", "f"]
    assert both["kind"].to_pylist() == ["kept", "missing", "false"]
    assert both["true rank"].to_pylist() == [1, 2, 5]
    assert both["rank on the map"].to_pylist() == [2, 3, 1]
    assert point_sentence(point).startswith("Of its 2 true neighbours the map shows 1 near it; 1 of the 2 points")


def test_the_file_of_points_holds_all_of_them_and_how_the_map_was_drawn(line):
    space, layout = line
    asked = Asked(space, LayoutSettings("UMAP", 2, 7, {"n_neighbors": 4, "metric": "Euclidean"}), 2, "Euclidean")
    table = points(asked, trust(space, layout, k=2), np.array([0]), alt="Points")
    assert table.lines["false"].to_pylist() == [1]
    assert table.whole().equals(table.lines)
    written = with_settings(table.lines, table.settings).to_pylist()[0]
    settings = {"method": "UMAP", "dims": 2, "seed": 7, "metric": "Euclidean", "n_neighbors": 4, "k": 2}
    expected = {"collection": "arc", "encoder": "given vectors"}
    expected |= {name.replace("_", " "): value for name, value in settings.items()}
    assert {name: written[name] for name in expected} == expected


def test_a_point_that_keeps_everything_or_nothing_is_said_plainly(line):
    space, layout = line
    kept = point_trust(space, Layout(space.vectors, "PCA", {}, 0), 0, k=2)
    assert point_sentence(kept) == "All of its 2 true neighbours are its nearest on the map too."
    assert point_sentence(point_trust(space, layout, 0, k=1)) == "Its nearest on the map is a stranger."


def test_a_filter_takes_both_ends_and_puts_the_worst_first(line):
    space, layout = line
    found = trust(space, layout, k=2)
    low = picked(KEPT, found, 0, 50)
    assert set(low.rows) == set(np.flatnonzero(found.point_kept <= 0.5))
    assert (np.diff(found.point_kept[low.rows]) >= 0).all()
    assert "keep 0 to 50 % of their true neighbours" in picked_sentence(low, found)
    false = picked(FALSE, found, 1, 100)
    assert (np.diff(found.point_trustworthiness[false.rows]) >= 0).all()
    assert set(false.rows) == set(np.flatnonzero(found.point_trustworthiness < 0.99))


def test_the_page_says_the_sentence_and_the_scores_of_the_core(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id)
    layout = project(space, "PCA")
    found = trust(space, layout, k=10)
    assert trust_sentence(found) in said(app)
    assert metric(app, "Are the near ones truly near?") == f"{found.trustworthiness:.3f}"
    assert metric(app, "Do the truly near stay near?") == f"{found.continuity:.3f}"
    assert metric(app, "Neighbours kept") == f"{100 * found.kept:.0f} %"
    assert metric(app, "Spread that is shown") == f"{100 * found.explained:.0f} %"
    assert metric(app, "Do distances agree?").endswith(f"{shepard(space, layout).correlation:.2f}")
    hit = neighbourhood_hit(space, layout, space.collection.column("colour").to_pylist(), k=10)
    assert metric(app, "Same colour near by") == f"{100 * hit.on_map:.0f} %"
    assert "How is this computed?" in [expander.label for expander in app.expander]
    labels = [button.label for button in app.button]
    assert "Are UMAP’s islands real?" in labels
    assert "Are its islands real?" not in labels


def test_a_clicked_point_shows_both_lists_lines_and_crosses(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id, item="8")
    point = point_trust(space, project(space, "PCA"), 7, k=10)
    assert point_sentence(point) in said(app)
    lists = [frame.value for frame in app.dataframe if "item" in frame.value.columns]
    assert lists[0]["item"].tolist() == [space.collection.text(int(row)) for row in point.true]
    assert lists[1]["item"].tolist() == [space.collection.text(int(row)) for row in point.shown]
    sent = map_of(app, "trust_map")
    assert [each["row"] for each in sent["marked"]] == point.true.tolist()
    assert [each["row"] for each in sent["crossed"]] == point.false.tolist()
    assert sent["colour"]["title"].startswith("true distance")


def test_points_with_mostly_false_neighbours_are_filtered_with_one_click(open_page, groups):
    space, id = groups
    app = press(open_page("trust.py", collection=id), "Show only those")
    found = trust(space, project(space, "PCA"), k=10)
    assert app.slider(key="only_kept").value == (0, 49)
    assert map_of(app, "trust_map")["hits"]["count"] == len(mostly_false(found))
    expected = picked(KEPT, found, 0, 49)
    assert 0 < len(expected.rows) < len(space)
    assert picked_sentence(expected, found) in said(app)
    table = next(frame.value for frame in app.dataframe if "false" in frame.value.columns)
    assert table["row"].tolist() == (expected.rows + 1).tolist()


def test_colours_and_another_k_stand_in_a_link(open_page, groups):
    space, id = groups
    for shade in (FALSE, MISSING):
        link = {"shade": SHADES[shade], f"only_{shade}": ["10", "100"]}
        app = open_page("trust.py", collection=id, neighbours="4", **link)
        assert app.slider(key=f"only_{shade}").value == (10, 100)
        assert map_of(app, "trust_map")["colour"]["title"] == TITLES[shade]
    assert trust_sentence(trust(space, project(space, "PCA"), k=4)) in said(app)


def test_a_worst_point_is_tried_with_one_click(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id)
    worst = int(mostly_false(trust(space, project(space, "PCA"), k=10))[0])
    app.button(key=f"try_wrong_{worst}").click()
    app = settle(app.run())
    assert app.query_params["item"] == str(worst + 1)
    assert app.segmented_control(key="shade").value == "distance"
    app.button(key="unselect").click()
    app = settle(app.run())
    assert app.segmented_control(key="shade").value == "kept"
