"""Three methods and many settings side by side: the parts alone, then the page."""

from dataclasses import replace

import numpy as np
import pytest
from driving import press, said, settle
from trust_maps import map_of

from components.kit.spaces import LayoutSettings
from components.trust.asked import Asked
from components.trust.compared import cell_table, grid_sentence, methods_sentence
from components.trust.methods import wished_maps
from components.trust.requests import MethodScores, known_cell, known_layout
from embeddings.trust import Cell, NeighbourhoodHit, Shepard, SweptCell, shepard, trust, trust_sentence


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
