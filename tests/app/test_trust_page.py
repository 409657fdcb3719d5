"""The Trust page: its pure parts by hand, its job layer, then the page itself against the core called directly."""

import io
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from driving import data_of, metric, press, said, settle
from PIL import Image

from components import caching
from components.map import PLAIN_COLOURING, by_category, by_number
from components.palettes import CATEGORICAL, MISSING, SEQUENTIAL
from components.spaces import LayoutSettings
from components.trust import colours
from components.trust.asked import VIEWS, Asked, obstacle, usual_k
from components.trust.compared import cell_table, grid_sentence, methods_sentence
from components.trust.filtering import picked, picked_sentence
from components.trust.islands import island_colours, island_names, island_table, islands_sentence, members
from components.trust.methods import wished_maps
from components.trust.proof import hull, inside_sentence, island_on, outcome, proof_sentence, telling_island
from components.trust.requests import MethodScores, known_cell, known_layout
from components.trust.score_list import hit_score, score_table, scores_of, shepard_score, tied_sentence
from components.trust.scores_panel import label_columns
from components.trust.seed_requests import seeds_settings
from components.trust.shepard_chart import shepard_chart, shepard_table
from components.trust.small_map import point_tints, small_map
from components.trust.tables import both_lists, near_on_map, point_sentence, points_table, truly_near
from embeddings.collection import Collection
from embeddings.errors import Cancelled
from embeddings.jobs.job import Job
from embeddings.jobs.trusting import Part, trust_arrays, trust_from
from embeddings.neighbours import knn_graph
from embeddings.projections import Layout, project
from embeddings.space import Space
from embeddings.trust import (
    Cell,
    Islands,
    IslandStability,
    NeighbourhoodHit,
    Shepard,
    SweptCell,
    island_stability,
    neighbourhood_hit,
    neighbours_inside,
    point_trust,
    seed_spread,
    shepard,
    trust,
    trust_sentence,
)

LABELS = ["red", "green", "blue"]


@pytest.fixture
def line():
    """Six vectors along an arc, and a map that puts the last one beside the first."""
    angles = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    space = Space.from_vectors(list("abcdef"), np.c_[np.cos(angles), np.sin(angles)], name="arc")
    return space, Layout(np.array([[0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [0.4, 0]], "f4"), "UMAP", {}, 0)


@pytest.fixture(scope="module")
def groups():
    """60 labelled vectors in three loose groups, saved, as a space and as a link."""
    rng = np.random.default_rng(3)
    vectors = np.repeat(3 * np.eye(30)[:3], 20, axis=0) + rng.normal(size=(60, 30))
    metadata = pa.table({"colour": np.repeat(LABELS, 20), "number": np.arange(60)})
    space = Space.from_vectors([f"item {i}" for i in range(60)], vectors, name="groups", metadata=metadata)
    saved = caching.store().save(space)
    return caching.store().space(caching.saved_collection(saved.fingerprint, saved.name), saved.encoder), saved.id


def map_of(app, key):
    """What the map of a key was sent."""
    found = [element for element in app.main if type(getattr(element, "proto", None)).__name__ == "BidiComponent"]
    return next(data_of(element) for element in found if element.proto.id.endswith(f"-{key}"))


# --- pure parts


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


def test_every_score_has_one_line_of_meaning(line):
    space, layout = line
    found = trust(space, layout, k=2)
    scores = [*scores_of(found), shepard_score(shepard(space, layout))]
    hit = NeighbourhoodHit(0.57, 0.52, 0.33, np.zeros(6, "f4"))
    scores.append(hit_score(hit, "topic"))
    assert all(score.meaning.endswith(".") for score in scores)
    assert "more order than there is" in scores[-1].meaning
    assert score_table(scores)["number"].to_pylist()[:3] == [found.kept, found.trustworthiness, found.continuity]
    assert tied_sentence(found) == "" or "Ties" in tied_sentence(found)
    flat = Shepard(float("nan"), None, np.zeros(1), np.zeros(1))
    assert shepard_score(flat).value == "—"


def test_the_shepard_diagram_counts_every_pair(line):
    space, layout = line
    found = shepard(space, layout)
    for dark in (False, True):
        heat = shepard_chart(found, metric="cosine", dark=dark).data[0]
        assert np.nansum(heat.customdata) == 15
    assert sum(shepard_table(found)["pairs"].to_pylist()) == 15


def test_only_columns_that_group_the_items_are_labels():
    columns = {"kind": list("ababab"), "name": list("abcdef"), "one": ["x"] * 6, "file": list("aabbcc")}
    collection = Collection("c", "text", tuple("uvwxyz"), pa.table(columns))
    assert label_columns(collection, 2) == ["kind"]
    assert label_columns(collection, 6) == []


def test_a_small_map_draws_each_point_in_its_colour():
    places = np.array([[0, 0], [10, 10]], "f4")
    pixels = np.asarray(Image.open(io.BytesIO(small_map(places, by_category("kind", ["a", "b"]), dark=False))))
    below, above = pixels[pixels.shape[0] // 2 :], pixels[: pixels.shape[0] // 2]
    assert "#{:02x}{:02x}{:02x}".format(*below[below[..., 3] > 0][0, :3]) == CATEGORICAL.light[0]
    assert "#{:02x}{:02x}{:02x}".format(*above[above[..., 3] > 0][0, :3]) == CATEGORICAL.light[1]
    assert small_map(np.zeros((3, 2), "f4"), PLAIN_COLOURING, dark=True)


def test_tints_follow_the_scale_and_missing_ones_are_grey():
    tints = point_tints(by_number("x", [0, 1, np.nan]), 3, dark=True)
    named = ["#{:02x}{:02x}{:02x}".format(*tint) for tint in tints]
    assert named == [SEQUENTIAL.dark[0], SEQUENTIAL.dark[-1], MISSING.dark[0]]


def test_islands_are_counted_named_and_tabled():
    places = np.array([[0, 0], [0, 1], [5, 5], [5, 6], [9, 0]], "f4")
    jaccard = np.array([[1, 0.9, 0.2], [1, 1, 1]], "f4")
    islands = Islands(np.array([1, 1, 0, 0, -1], "i4"), (2, 2))
    stability = IslandStability(islands, jaccard, jaccard > 0.5, (jaccard > 0.5).sum(axis=1), islands.labels[None])
    assert islands_sentence(stability) == "Of 2 islands on this map 1 appears on all 3 maps and 0 on this one only."
    assert [name.text for name in island_names(stability, places)] == ["2 of 3", "3 of 3"]
    np.testing.assert_array_equal(island_colours(stability).codes, np.array([3, 3, 2, 2, np.nan], "f4"))
    assert members(stability, 1).tolist() == [0, 1]
    collection = Collection.from_texts(list("abcde"), name="c")
    assert island_table(collection, stability, places)["appears on"].to_pylist() == ["2 of 3", "3 of 3"]


def test_a_grid_says_what_the_settings_change(line):
    space, layout = line
    cells = [SweptCell(Cell(2, 0.1), layout, trust(space, layout, k=2))]
    assert "n_neighbors 2 and min_dist 0.1" in grid_sentence(cells)
    assert cell_table(cells)["neighbours kept"].to_pylist() == [cells[0].trust.kept]
    scores = MethodScores(cells[0].trust, shepard(space, layout), NeighbourhoodHit(0.9, 0.5, 0.3, np.zeros(6, "f4")))
    assert "By topic, UMAP shows more order than the space has." in methods_sentence({"UMAP": scores}, "topic")


def test_a_method_leads_only_where_it_leads_clearly(line):
    space, layout = line
    found = trust(space, layout, k=2)

    def scored(kept, rho):
        return MethodScores(replace(found, kept=kept), Shepard(rho, None, np.zeros(1), np.zeros(1)), None)

    clear = methods_sentence({"PCA": scored(0.1, 0.8), "UMAP": scored(0.4, 0.3)}, "")
    assert clear == "UMAP keeps most neighbours. Gaps and long distances mean most on PCA."
    close = methods_sentence({"PCA": scored(0.1, 0.33), "UMAP": scored(0.34, 0.3), "t-SNE": scored(0.35, np.nan)}, "")
    assert close == "UMAP and t-SNE keep most neighbours. Gaps and long distances mean little on any of them."


def test_every_method_is_drawn_the_chosen_one_as_it_is_set():
    chosen = LayoutSettings("UMAP", 3, 7, {"n_neighbors": 4, "min_dist": 0.5, "metric": "Euclidean"})
    pca, umap, tsne = wished_maps(chosen)
    assert umap is chosen
    assert (pca.dims, pca.seed, pca.params) == (3, 7, {})
    assert tsne.params == {"perplexity": 30, "metric": "Euclidean"}


def test_what_stands_in_the_way_is_one_sentence(line, compass):
    space, _ = line
    asked = Asked(LayoutSettings(), 2, "cosine")
    assert obstacle(space, asked) == ""
    assert "at most 2" in obstacle(space, asked._replace(k=3))
    same = Space.from_vectors(list("abcde"), np.ones((5, 3)), name="same")
    assert "same vector" in obstacle(same, asked)
    parallel = Space.from_vectors(list("abcde"), 2.0 ** np.arange(5)[:, None] * np.ones((5, 3)), name="parallel")
    assert "same vector" in obstacle(parallel, asked)
    assert obstacle(parallel, asked._replace(metric="Euclidean")) == ""
    assert [usual_k(n) for n in (1, 3, 10, 600)] == [1, 1, 4, 15]


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


def test_the_telling_island_is_the_largest_that_most_seeds_do_not_draw():
    jaccard = np.array([[1, 1, 1, 1, 1], [1, 0.2, 0.6, 0.2, 0], [1, 0.1, 0.1, 0.1, 0.1]], "f4")
    islands = Islands(np.array([0, 0, 0, 1, 1, 2, -1], "i4"), (3, 2, 1))
    labels = np.stack([islands.labels, np.array([-1, 0, 0, 1, 0, 0, 1], "i4")])
    stability = IslandStability(islands, jaccard, jaccard > 0.5, (jaccard > 0.5).sum(axis=1), labels)
    assert telling_island(stability) == 1
    assert "habit of the method" in proof_sentence(stability, 0)
    assert proof_sentence(stability, 1).startswith("3 of the 4 other seeds do not draw it")
    assert proof_sentence(stability, 2).startswith("No other seed draws it")
    sentence = inside_sentence(stability, 0, np.array([0.4, 0, 0]), 15)
    assert "15 true neighbours 40 % lie on it too (33 % on a random island" in sentence
    assert [outcome(stability, 1, number) for number in range(3)] == [
        "this map",
        "not there: 20 % shared",
        "there: 60 % shared",
    ]
    np.testing.assert_array_equal(island_on(stability, 0, 0).codes, [0, 0, 0] + 4 * [np.nan])
    np.testing.assert_array_equal(island_on(stability, 0, 1).codes, [1, 0, 0, np.nan, 2, 2, np.nan])
    none = IslandStability(Islands(np.full(7, -1, "i4"), ()), jaccard[:0], jaccard[:0] > 1, np.zeros(0, int), labels)
    assert telling_island(none) is None


def test_the_outline_of_an_island_is_its_convex_hull():
    square = np.array([[0, 0], [2, 0], [2, 2], [0, 2], [1, 1], [1, 0]], "f4")
    assert hull(square) == [(0, 0), (2, 0), (2, 2), (0, 2)]
    assert len(hull(np.array([[0, 0], [1, 1], [2, 2]], "f4"))) == 2


# --- the job layer


def test_scores_come_back_from_the_store_as_they_were(line):
    space, _ = line
    found = trust(space, project(space, "PCA"), k=2)
    again = trust_from(trust_arrays(found))
    for name in ("k", "metric", "trustworthiness", "continuity", "kept", "chance", "tied", "explained"):
        assert getattr(again, name) == getattr(found, name)
    np.testing.assert_array_equal(again.point_kept, found.point_kept)


def test_a_part_tells_its_stage_counts_the_parts_and_stops_with_the_whole():
    whole = Job("key")
    whole.join("reader")
    part = Part(whole, 2, 5)
    part.enter("Drawing", total=600)
    assert (whole.stage, whole.done, whole.total) == ("Drawing", 2, 5)
    whole.leave("reader")
    with pytest.raises(Cancelled):
        part.enter("Drawing")


# --- the page: one map


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


def test_pca_has_no_seeds_so_its_islands_are_not_tested_but_those_of_umap(open_page, groups):
    labels = [button.label for button in open_page("trust.py", collection=groups[1]).button]
    assert "Are UMAP’s islands real?" in labels
    assert "Are its islands real?" not in labels


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


# --- the page: bad input


def test_too_many_neighbours_for_three_items_are_one_sentence_beside_the_input(open_page):
    saved = caching.store().save(Space.from_vectors(["e", "n", "w"], [[1, 0.1], [0, 1], [-1, 0]], name="three"))
    app = open_page("trust.py", collection=saved.id)
    assert not app.exception
    assert "nearest neighbour" in said(app)
    for view in ("map", "seeds", "methods", "settings"):
        app = open_page("trust.py", collection=saved.id, neighbours="10", look_at=VIEWS[view])
        assert not app.exception
        assert view == "seeds" or "k = 10 neighbours are too many for 3 items: choose at most 1." in said(app)
        assert app.number_input(key="neighbours").value == 10


def test_three_items_have_no_islands_and_that_is_said(open_page):
    saved = caching.store().save(Space.from_vectors(["e", "n", "w"], [[1, 0.1], [0, 1], [-1, 0]], name="few"))
    app = open_page("trust.py", collection=saved.id, look_at=VIEWS["seeds"], method="t-SNE")
    assert not app.exception
    assert "This map has no islands: nothing on it stands apart." in said(app)


@pytest.mark.parametrize("view", ["map", "seeds", "methods", "settings"])
def test_constant_vectors_are_one_sentence(open_page, view):
    saved = caching.store().save(Space.from_vectors([f"i{i}" for i in range(8)], np.ones((8, 3)), name="constant"))
    app = open_page("trust.py", collection=saved.id, look_at=VIEWS[view], method="UMAP")
    assert not app.exception
    assert "the same vector" in said(app)


def test_duplicates_are_tied_and_it_is_said(open_page):
    vectors = np.repeat(np.random.default_rng(0).normal(size=(8, 4)), 4, axis=0)
    saved = caching.store().save(Space.from_vectors([f"i{i}" for i in range(32)], vectors, name="twins"))
    app = open_page("trust.py", collection=saved.id, neighbours="2")
    assert "Ties: for 100 % of the points" in said(app)


# --- the page: seeds, methods, settings


def test_pca_has_no_seeds_to_compare(open_page, groups):
    app = open_page("trust.py", collection=groups[1], look_at="Over five seeds")
    assert "no random steps" in said(app)
    assert "Look at UMAP over five seeds" in [button.label for button in app.button]


def test_five_seeds_are_laid_over_each_other(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id, look_at="Over five seeds", method="t-SNE", perplexity="8", item="1")
    settings = LayoutSettings("t-SNE", 2, 0, {"perplexity": 8, "metric": "cosine"})
    layouts = [known_layout(space, each) for each in seeds_settings(settings)]
    assert [layout.seed for layout in layouts] == [0, 1, 2, 3, 4]
    stability = island_stability(layouts)
    assert islands_sentence(stability) in said(app)
    island = int(stability.islands.labels[0])
    assert (stability.sentence(island) if island >= 0 else "lies between islands") in said(app)
    sent = map_of(app, "seeds_map")
    assert sent["halos"] is not None
    assert f"{100 * seed_spread(layouts).relative:.0f} %" in said(app)
    assert len(app.get("image")) == 5


def test_one_click_shows_that_an_island_is_no_proof(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id, method="t-SNE", perplexity="8", item="1")
    app = press(app, "Are its islands real?")
    assert app.segmented_control(key="look_at").value == "seeds"
    assert "item" not in app.query_params
    settings = LayoutSettings("t-SNE", 2, 0, {"perplexity": 8, "metric": "cosine"})
    stability = island_stability([known_layout(space, each) for each in seeds_settings(settings)])
    island = telling_island(stability)
    assert stability.sentence(island) in said(app)
    assert proof_sentence(stability, island) in said(app)
    inside = neighbours_inside(stability.islands, knn_graph(space, k=15), k=15)
    assert inside_sentence(stability, island, inside, 15) in said(app)


def test_three_methods_stand_side_by_side_with_their_scores(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id, look_at="Three methods", item="5")
    table = next(frame.value for frame in app.dataframe if "method" in frame.value.columns)
    assert table["method"].tolist() == ["PCA", "UMAP", "t-SNE"]
    for number, settings in enumerate(wished_maps(LayoutSettings("PCA"))):
        found = trust(space, known_layout(space, settings))
        assert table["neighbours kept"][number] == pytest.approx(found.kept)
        assert table["trustworthiness"][number] == pytest.approx(found.trustworthiness)
        assert trust_sentence(found) in said(app)
        sent = map_of(app, f"method_{settings.method}")
        assert sent["group"] == "trust_methods"
        assert sent["selected"]["row"] == 4
    assert table["explained variance"].notna().tolist() == [True, False, False]


def test_the_grid_comes_on_a_click_and_a_cell_opens(open_page, groups):
    space, id = groups
    app = open_page(
        "trust.py",
        collection=id,
        look_at="Settings of UMAP",
        grid_n_neighbors=["5", "10"],
        grid_min_dist=["0.1", "0.5"],
    )
    assert "4 maps of the same items" in said(app)
    app = press(app, "Draw the grid")
    assert len(app.get("image")) == 4
    asked = Asked(LayoutSettings("PCA"), 15, "cosine")
    for cell in (Cell(5, 0.1), Cell(5, 0.5), Cell(10, 0.1), Cell(10, 0.5)):
        swept = known_cell(space, cell, asked)
        assert swept.trust.kept == pytest.approx(trust(space, swept.layout).kept)
        assert f"keeps {15 * swept.trust.kept:.1f} of 15" in said(app)
    app.button(key="open_10_0.5").click()
    app = settle(app.run())
    assert app.segmented_control(key="method").value == "UMAP"
    assert app.slider(key="n_neighbors").value == 10
    assert trust_sentence(swept.trust) in said(app)


def test_a_grid_of_nothing_is_one_sentence(open_page, groups):
    app = open_page("trust.py", collection=groups[1], look_at="Settings of UMAP")
    app.multiselect(key="grid_min_dist").set_value([])
    assert "Choose at least one value of min_dist." in said(settle(app.run()))
