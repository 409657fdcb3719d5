"""Many settings of UMAP side by side: the parts alone, then the page."""

import pytest
from driving import said, settle

from components.kit.evidence import with_settings
from components.kit.spaces import LayoutSettings
from components.views.trust import Asked
from components.views.umap_settings import grid, known_cell
from embeddings.trust import Cell, SweptCell, trust, trust_sentence
from embeddings.trust.sweep import grid_sentence


def test_a_grid_says_what_the_settings_change(line):
    space, layout = line
    cells = [SweptCell(Cell(2, 0.1), layout, trust(space, layout, k=2))]
    assert "n_neighbors 2 and min_dist 0.1" in grid_sentence(cells)
    table = grid(Asked(space, LayoutSettings(seed=7), 2, "cosine"), cells)
    assert table.lines["neighbours kept"].to_pylist() == [cells[0].trust.kept]
    written = with_settings(table.lines, table.settings).to_pylist()[0]
    assert [written[name] for name in ("method", "seed", "n_neighbors", "k")] == ["UMAP", 7, 2, 2]
    assert "n neighbors" not in written


def test_the_grid_comes_by_itself_and_a_cell_opens(open_page, groups):
    space, id = groups
    app = open_page(
        "trust.py",
        collection=id,
        look_at="Settings of UMAP",
        grid_n_neighbors=["5", "10"],
        grid_min_dist=["0.1", "0.5"],
    )
    assert len(app.get("image")) == 4
    asked = Asked(space, LayoutSettings("PCA"), 10, "cosine")
    for cell in (Cell(5, 0.1), Cell(5, 0.5), Cell(10, 0.1), Cell(10, 0.5)):
        swept = known_cell(asked, cell)
        assert swept.trust.kept == pytest.approx(trust(space, swept.layout, k=10).kept)
        assert f"keeps {10 * swept.trust.kept:.1f} of 10" in said(app)
    app.button(key="open_10_0.5").click()
    app = settle(app.run())
    assert app.segmented_control(key="method").value == "UMAP"
    assert app.slider(key="n_neighbors").value == 10
    assert trust_sentence(swept.trust) in said(app)


def test_a_grid_of_nothing_is_one_sentence(open_page, groups):
    app = open_page("trust.py", collection=groups[1], look_at="Settings of UMAP")
    app.multiselect(key="grid_min_dist").set_value([])
    assert "Choose at least one value of min_dist." in said(settle(app.run()))
