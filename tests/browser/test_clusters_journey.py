"""What a class does with clusters and outliers, in a real browser; its numbers are worked out again by others."""

import re

import numpy as np
import pyarrow as pa
import pytest
from downloads import downloaded
from map_page import IDLE, READY
from playwright.sync_api import expect
from sklearn.metrics import adjusted_rand_score

from embeddings.space import Space
from embeddings.store import Store

# What may stand in the name of a topic's cluster: vectors, and so clusters, differ a little between processors.
TOPICS = {
    "astronomy": "planet|solar|cosmic",
    "music": "music|vocal",
    "law": "court|defendant|unconstitutional",
    "cooking": "recipe|cook|food",
    "weather": "weather|rain|storm",
}
SIZES, NOISE = (160, 40, 40), 0.3
ODD = (40, 200)
TWINS = (10, 11, 12)


def three_groups():
    """Vectors of a large group and two small ones, far apart."""
    rng = np.random.default_rng(5)
    return np.repeat(4 * np.eye(8)[:3], SIZES, axis=0) + NOISE * rng.normal(size=(sum(SIZES), 8))


@pytest.fixture(scope="module")
def keep(server):
    """Put vectors into the server's store, with their group as a column; the answer is what a link calls them."""

    def kept(vectors, name):
        items = [f"item {row}" for row in range(len(vectors))]
        groups = pa.table({"group": np.repeat(["north", "east", "south"], SIZES)})
        space = Space.from_vectors(items, vectors, name=name, metadata=groups)
        return Store(str(server.home)).save(space).id

    return kept


@pytest.fixture(scope="module")
def groups(keep):
    return keep(three_groups(), "three groups")


@pytest.fixture(scope="module")
def planted(keep):
    """The groups, with two items far from all and three that are the same."""
    vectors = three_groups()
    vectors[ODD[0]], vectors[ODD[1]] = -4 * np.eye(8)[6], -4 * np.eye(8)[7]
    vectors[list(TWINS)] = vectors[TWINS[0]]
    return keep(vectors, "planted")


def test_the_twelve_topics_are_clustered_named_and_held_against_their_labels(page):
    page.goto("/clusters?collection=sentences&encoder=MiniLM")
    page.wait_for_function(READY)
    expect(page.get_by_text(re.compile("^12 clusters of"))).to_be_visible()
    expect(page.locator(".vs-legend").first).to_contain_text(re.compile(TOPICS["astronomy"]))
    page.wait_for_function(READY)
    rows = downloaded(page, "Items with clusters (CSV)")
    assert len(rows) == 600
    found = adjusted_rand_score([row["topic"] for row in rows], [row["cluster"] for row in rows])
    with_labels = page.get_by_test_id("stMetric").filter(has_text="ARI").first  # the second is of space and map
    expect(with_labels).to_contain_text(f"{found:.2f}")
    assert found > 0.3

    shown = page.locator(".vs-name").all_text_contents()
    for topic, words in TOPICS.items():
        names = [row["cluster name"] for row in rows if row["topic"] == topic]
        commonest = max(set(names), key=names.count)
        assert re.search(words, commonest)
    assert sum(any(re.search(words, name) for name in shown) for words in TOPICS.values()) >= 3

    page.get_by_role("button", name="Colour the map").click()
    page.wait_for_function(READY)
    expect(page.locator(".vs-legend").first).to_contain_text(re.compile(TOPICS["astronomy"]))


def test_stability_and_noise_tell_real_clusters_from_a_split_one(page, groups):
    page.goto(f"/clusters?collection={groups}&drawn_by=PCA&clusters=4")
    expect(page.get_by_text(re.compile("^4 clusters of"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"^2 of 4 clusters are stable\..*Not to be trusted: "))).to_be_visible()
    expect(page.get_by_text("Noise does not do as well.")).to_be_visible()


def test_clusters_of_the_map_come_with_a_warning(page, groups):
    page.goto(f"/clusters?collection={groups}&drawn_by=PCA&clusters=3&cluster_of=2D map")
    expect(page.get_by_text(re.compile(r"^These are clusters of the map.*ARI 1.00 between both"))).to_be_visible()


def test_planted_outliers_come_first_and_copies_are_dropped(page, planted):
    page.goto(f"/outliers?collection={planted}")
    expect(page.get_by_text("The first 2 items stand apart")).to_be_visible()
    rows = downloaded(page, "All scores (CSV)")
    assert {row["item"] for row in rows[:2]} == {f"item {row}" for row in ODD}

    page.get_by_test_id("stButtonGroup").get_by_text("Near-duplicates").click()
    page.get_by_role("slider").press("End")
    expect(page.get_by_text(re.compile("^3 items form 1 group .* leaves 238 items"))).to_be_visible()
    page.wait_for_function(IDLE)
    page.get_by_role("button", name="Without the duplicates").click()
    expect(page.get_by_text(re.compile("^No two items are alike"))).to_be_visible()
    expect(page.get_by_role("combobox", name="Collection")).to_have_value("planted: 238 without near-duplicates")
