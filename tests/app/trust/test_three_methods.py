"""Three methods side by side: the parts alone, then the page."""

from dataclasses import replace

import numpy as np
import pytest
from driving import said
from trust_maps import map_of

from components.kit.spaces import LayoutSettings
from components.views.three_methods import scores_by_method, wished_maps
from components.views.trust import Asked, known_layouts
from embeddings.projections import PROJECTIONS
from embeddings.trust import NeighbourhoodHit, Shepard, shepard, trust, trust_sentence
from embeddings.trust.which_map import MethodScores, methods_sentence


def test_scores_of_methods_are_one_line_each_with_how_it_was_drawn(line):
    space, layout = line
    hit = NeighbourhoodHit(0.9, 0.5, 0.3, np.zeros(6, "f4"))
    scores = MethodScores(trust(space, layout, k=2), shepard(space, layout), hit)
    assert "By topic, UMAP shows more order than the space has." in methods_sentence({"UMAP": scores}, "topic")
    table = scores_by_method(Asked(space, LayoutSettings(), 2, "cosine"), dict.fromkeys(PROJECTIONS, scores), "topic")
    assert table.lines["same topic in the space"].to_pylist() == [0.5] * 3
    drawn = ["", "n_neighbors 15, min_dist 0.1, metric cosine", "perplexity 30, metric cosine"]
    assert table.whole()["settings"].to_pylist() == drawn


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
    wished = wished_maps(LayoutSettings("PCA"))
    for number, (settings, layout) in enumerate(zip(wished, known_layouts(space, wished), strict=True)):
        found = trust(space, layout, k=10)
        assert table["neighbours kept"][number] == pytest.approx(found.kept)
        assert table["trustworthiness"][number] == pytest.approx(found.trustworthiness)
        assert trust_sentence(found) in said(app)
        sent = map_of(app, f"method_{settings.method}")
        assert sent["group"] == "trust_methods"
        assert sent["selected"]["row"] == 4
    assert table["explained variance"].notna().tolist() == [True, False, False]
