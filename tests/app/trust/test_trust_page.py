"""One map on the Trust page against the core called directly."""

import pytest
from driving import metric, press, said, settle
from trust_maps import map_of

from components.trust import colours
from components.trust.filtering import picked, picked_sentence
from components.trust.tables import point_sentence
from embeddings.projections import project
from embeddings.trust import neighbourhood_hit, point_trust, shepard, trust, trust_sentence


def test_the_page_says_the_sentence_and_the_scores_of_the_core(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id)
    layout = project(space, "PCA")
    found = trust(space, layout)
    assert trust_sentence(found) in said(app)
    assert metric(app, "Are the near ones truly near?") == f"{found.trustworthiness:.3f}"
    assert metric(app, "Do the truly near stay near?") == f"{found.continuity:.3f}"
    assert metric(app, "Neighbours kept") == f"{100 * found.kept:.0f} %"
    assert metric(app, "Spread that is shown") == f"{100 * found.explained:.0f} %"
    assert metric(app, "Do distances agree?").endswith(f"{shepard(space, layout).correlation:.2f}")
    labels = space.collection.column("colour").to_pylist()
    hit = neighbourhood_hit(space, layout, labels)
    assert metric(app, "Same colour near by") == f"{100 * hit.on_map:.0f} %"
    assert "How is this computed?" in [expander.label for expander in app.expander]


def test_another_k_is_scored_anew_and_stands_in_a_link(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id, neighbours="4")
    assert trust_sentence(trust(space, project(space, "PCA"), k=4)) in said(app)


def test_a_clicked_point_shows_both_lists_lines_and_crosses(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id, item="8")
    point = point_trust(space, project(space, "PCA"), 7)
    assert point_sentence(point) in said(app)
    lists = [frame.value for frame in app.dataframe if "item" in frame.value.columns]
    assert lists[0]["item"].tolist() == [space.collection.text(int(row)) for row in point.true]
    assert lists[1]["item"].tolist() == [space.collection.text(int(row)) for row in point.shown]
    sent = map_of(app, "trust_map")
    assert [each["row"] for each in sent["marked"]] == point.true.tolist()
    assert [each["row"] for each in sent["crossed"]] == point.false.tolist()
    assert sent["colour"]["title"].startswith("true distance")


def test_the_filter_leaves_only_points_within_its_range(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id)
    app.slider(key="only_kept").set_value((0, 40))
    app = settle(app.run())
    found = trust(space, project(space, "PCA"))
    expected = picked(colours.KEPT, found, 0, 40)
    assert 0 < len(expected.rows) < len(space)
    assert picked_sentence(expected, found) in said(app)
    assert map_of(app, "trust_map")["hits"]["count"] == len(expected.rows)
    table = next(frame.value for frame in app.dataframe if "false" in frame.value.columns)
    assert table["row"].tolist() == (expected.rows + 1).tolist()


def test_points_with_mostly_false_neighbours_are_shown_with_one_click(open_page, groups):
    space, id = groups
    app = press(open_page("trust.py", collection=id), "Show only those")
    found = trust(space, project(space, "PCA"))
    assert app.slider(key="only_kept").value == (0, 49)
    assert map_of(app, "trust_map")["hits"]["count"] == len(colours.mostly_false(found))


@pytest.mark.parametrize("shade", ["false", "missing"])
def test_the_colours_stand_in_a_link(open_page, groups, shade):
    _, id = groups
    app = open_page("trust.py", collection=id, shade=colours.SHADES[shade], **{f"only_{shade}": ["10", "100"]})
    assert app.slider(key=f"only_{shade}").value == (10, 100)
    assert map_of(app, "trust_map")["colour"]["title"] == colours.TITLES[shade]


def test_a_worst_point_is_tried_with_one_click(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id)
    worst = int(colours.mostly_false(trust(space, project(space, "PCA")))[0])
    app.button(key=f"try_wrong_{worst}").click()
    app = settle(app.run())
    assert app.query_params["item"] == str(worst + 1)
    assert app.segmented_control(key="shade").value == "distance"
    app.button(key="unselect").click()
    app = settle(app.run())
    assert app.segmented_control(key="shade").value == "kept"
