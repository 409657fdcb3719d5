"""What a class does with clusters and outliers, in a real browser; its numbers are worked out again by others."""

import csv
import re

import numpy as np
import pyarrow as pa
import pytest
from map_page import READY
from playwright.sync_api import expect
from sklearn.metrics import adjusted_rand_score

from embeddings.space import Space
from embeddings.store import Store

TOPICS = {"astronomy": "planets", "music": "musicians", "law": "courts", "cooking": "recipe", "weather": "weather"}
NOISE = 0.3
ODD = (40, 200)
TWINS = (10, 11, 12)


@pytest.fixture(scope="module")
def planted(server):
    """Three groups of 80 items far apart, two items far from all and three that are the same, in the server's store."""
    rng = np.random.default_rng(5)
    vectors = np.repeat(4 * np.eye(8)[:3], 80, axis=0) + NOISE * rng.normal(size=(240, 8))
    vectors[ODD[0]], vectors[ODD[1]] = -4 * np.eye(8)[6], -4 * np.eye(8)[7]
    vectors[list(TWINS)] = vectors[TWINS[0]]
    groups = pa.table({"group": np.repeat(["north", "east", "south"], 80)})
    items = [f"item {row}" for row in range(240)]
    space = Space.from_vectors(items, vectors, name="planted", metadata=groups)
    return Store(str(server.home)).save(space).id


def downloaded(page, button):
    """The rows of a table that a button downloads."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return list(csv.DictReader(waiting.value.path().read_text(encoding="utf-8-sig").splitlines()))


def test_the_twelve_topics_are_clustered_named_and_held_against_their_labels(page):
    page.goto("/clusters?collection=sentences&encoder=MiniLM")
    page.wait_for_function(READY)
    expect(page.get_by_text(re.compile("^12 clusters of"))).to_be_visible()
    page.locator(".vs-name").first.wait_for()

    rows = downloaded(page, "Items with clusters (CSV)")
    assert len(rows) == 600
    found = adjusted_rand_score([row["topic"] for row in rows], [row["cluster"] for row in rows])
    expect(page.get_by_test_id("stMetric").filter(has_text="ARI")).to_contain_text(f"{found:.2f}")
    assert found > 0.3

    shown = page.locator(".vs-name").all_text_contents()
    for topic, word in TOPICS.items():
        names = [row["cluster name"] for row in rows if row["topic"] == topic]
        commonest = max(set(names), key=names.count)
        assert word in commonest
        assert any(word in name for name in shown)

    page.get_by_role("button", name="Colour the map").click()
    page.wait_for_function(READY)
    expect(page.locator(".vs-legend").first).to_contain_text("planets")


def test_stability_and_noise_tell_real_clusters_from_a_split_one(page, planted):
    page.goto(f"/clusters?collection={planted}&drawn_by=PCA&clusters=4")
    expect(page.get_by_text(re.compile("^4 clusters of"))).to_be_visible()
    page.locator(".st-key-ask_stability button").click()
    expect(page.get_by_text(re.compile(r"^2 of 4 clusters are stable\..*Not to be trusted: "))).to_be_visible()
    page.locator(".st-key-ask_noise button").click()
    expect(page.get_by_text("Noise does not do as well.")).to_be_visible()


def test_clusters_of_the_map_come_with_a_warning(page, planted):
    page.goto(f"/clusters?collection={planted}&drawn_by=PCA&clusters=3&cluster_of=2D map")
    expect(page.get_by_text(re.compile(r"ARI"))).to_be_visible()


def test_planted_outliers_come_first_and_copies_are_dropped(page, planted):
    page.goto(f"/outliers?collection={planted}")
    expect(page.get_by_text("The first 2 items stand apart")).to_be_visible()
    rows = downloaded(page, "All scores (CSV)")
    assert {row["item"] for row in rows[:2]} == {f"item {row}" for row in ODD}

    page.get_by_text("Near-duplicates").click()
    expect(page.get_by_text(re.compile("^3 items form 1 group .* 238 items stay"))).to_be_visible()
    page.locator(".st-key-without_duplicates button").click()
    expect(page.get_by_text(re.compile("^No two items are alike"))).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_contain_text("planted without near-duplicates")
