"""Two maps laid over each other: the view of maps, its parts alone and on the page."""

import numpy as np
from driving import press, said
from encoder_pairs import OTHER, N, table_with

from components.kit import evidence
from components.views.compared_encoders import neighbour_lists
from components.views.side_by_side_maps import Maps, blended, laid_sentence, map_scene, places_table
from embeddings.compare import both_neighbours


def test_an_item_stands_beside_its_own_neighbours_by_both_encoders(open_compare, few, spaces):
    app = open_compare(item="5")
    assert not app.exception
    near = both_neighbours(*spaces, 4)
    assert f"share {len(near.shared)} of 10 neighbours" in said(app)
    table = table_with(app, OTHER)
    assert [name.removeprefix("✓ ") for name in table[OTHER]] == [few.text(int(row)) for row in near.b]


def test_play_goes_to_the_other_map_and_back(open_compare):
    app = open_compare(maps_as="Morph", morph="70")
    app = press(app, "Play")
    assert app.slider(key="morph").value == 100
    app = press(app, "Play")
    assert app.slider(key="morph").value == 0
    assert not app.exception


def test_a_morph_ends_at_both_maps(one):
    first, second = np.random.default_rng(0).normal(size=(2, N, 2)).astype(np.float32)
    np.testing.assert_array_equal(blended(first, second, 0), first)
    np.testing.assert_array_equal(blended(first, second, 1), second)
    np.testing.assert_allclose(blended(first, second, 0.5), (first + second) / 2, rtol=1e-6)
    assert "60 items" in map_scene(one, first, "nothing").description
    assert "**25 %**" in laid_sentence(0.25, "PCA")
    assert "coincide" in laid_sentence(float("nan"), "PCA")


def test_places_on_both_maps_are_a_file_that_carries_its_settings(few, spaces):
    first, second = np.random.default_rng(0).normal(size=(2, len(few), 2)).astype(np.float32)
    found = places_table(Maps(tuple(spaces), (first, second), "PCA", "nothing"), np.array([3, 5]), "both_maps.csv")
    assert found.whole().column_names == ["item", "TF-IDF x", "TF-IDF y", f"{OTHER} x", f"{OTHER} y", "row"]
    assert found.whole()["row"].to_pylist() == [4, 6]
    assert found.whole()["item"].to_pylist() == [few.text(3), few.text(5)]
    assert found.lines[f"{OTHER} y"].to_pylist() == second[[3, 5], 1].tolist()
    assert found.settings == {"collection": "few", "encoder": "TF-IDF", "beside": OTHER, "method": "PCA"}


def test_both_lists_mark_what_they_share_and_a_click_looks_up_its_own_side(one, other, monkeypatch):
    near = both_neighbours(one, other, 4)
    table = neighbour_lists(one.collection, near, ["x", "y"])
    assert table.lines.column_names == ["#", "x", "y"]
    marked = [name for name in table.lines["x"].to_pylist() if name.startswith("✓ ")]
    assert [name.removeprefix("✓ ") for name in marked] == [one.collection.text(int(row)) for row in near.shared]
    seen = []
    for cell in ([1, "x"], [1, "y"], [1, "#"], [99, "y"]):
        monkeypatch.setattr(evidence.st, "session_state", {"both": {"selection": {"cells": [cell]}}})
        evidence._follow("both", table.rows, seen.append)
    assert seen == [near.a[1], near.b[1]]
