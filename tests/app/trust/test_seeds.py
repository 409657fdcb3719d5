"""The islands of a map over five seeds: the parts alone, then the page."""

import numpy as np
from driving import press, said
from trust_maps import map_of

from components.kit.spaces import LayoutSettings
from components.views.seeds import island_colours, island_names, island_on, island_table, seeds_settings
from components.views.trust import known_layouts
from embeddings.collection import Collection
from embeddings.graph import knn_graph
from embeddings.trust import Islands, IslandStability, island_stability, neighbours_inside, seed_spread
from embeddings.trust.islands import members, telling_island
from embeddings.trust.sentence import inside_sentence, islands_sentence, outcome, proof_sentence


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


def test_pca_has_no_seeds_to_compare(open_page, groups):
    app = open_page("trust.py", collection=groups[1], look_at="Over five seeds")
    assert "no random steps" in said(app)
    assert "Look at UMAP over five seeds" in [button.label for button in app.button]


def test_five_seeds_are_laid_over_each_other(open_page, groups):
    space, id = groups
    app = open_page("trust.py", collection=id, look_at="Over five seeds", method="t-SNE", perplexity="8", item="1")
    settings = LayoutSettings("t-SNE", 2, 0, {"perplexity": 8, "metric": "cosine"})
    layouts = known_layouts(space, seeds_settings(settings))
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
    stability = island_stability(known_layouts(space, seeds_settings(settings)))
    island = telling_island(stability)
    assert stability.sentence(island) in said(app)
    assert proof_sentence(stability, island) in said(app)
    inside = neighbours_inside(stability.islands, knn_graph(space, k=10), k=10)
    assert inside_sentence(stability, island, inside, 10) in said(app)
