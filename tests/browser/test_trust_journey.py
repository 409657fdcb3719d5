"""Why an island is no proof, and which of two encoders to take, as a newcomer finds out in a real browser."""

import re

import numpy as np
import pytest
from downloads import downloaded
from map_page import IDLE, READY
from playwright.sync_api import expect
from sklearn.neighbors import NearestNeighbors

from embeddings import load_sample
from embeddings.store import Store

ISLAND = re.compile(r"This island of (\d+) points appears on (\d) of 5 maps\. .+ true neighbours \d+ % lie on it too")


def test_the_map_leads_here_with_its_own_settings(page):
    page.goto("/?collection=sentences&encoder=MiniLM&method=PCA&seed=3")
    page.get_by_role("button", name="Where does this map mislead?").click()
    expect(page.get_by_text(re.compile(r"^Of each point's 10 true neighbours this map keeps [\d.]+"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Are UMAP.s islands real"))).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("heading", name="Map", exact=True)).to_be_visible()
    page.wait_for_function(READY)
    expect(page).to_have_url(re.compile("^[^?]*/\\?.*method=PCA.*seed=3"))
    page.get_by_role("button", name="Bring your own data").click()
    expect(page.get_by_role("heading", name="Data")).to_be_visible()


def test_an_island_on_umap_is_no_proof(page):
    page.goto("/trust?collection=sentences&encoder=MiniLM")
    expect(page.get_by_text(re.compile(r"^Of each point's 10 true neighbours this map keeps [\d.]+"))).to_be_visible()
    page.get_by_role("button", name="Are its islands real?").click()
    expect(page.get_by_text(re.compile(r"^Of \d+ islands on this map \d+ appears? on all 5 maps"))).to_be_visible()
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text(ISLAND)
    points, maps = ISLAND.search(alert.inner_text()).groups()
    assert int(maps) < 5
    expect(page.locator("img[alt^='Map of seed']")).to_have_count(5)

    page.wait_for_function(IDLE)
    shared = page.context.new_page()
    shared.goto(page.url)
    expect(shared.get_by_test_id("stAlert")).to_contain_text(f"This island of {points} points appears on {maps} of 5")
    shared.close()

    page.get_by_role("radio", name="This map").click()
    page.locator("[class*=st-key-try_wrong_] button").first.click()
    expect(page.get_by_text(re.compile(r"^Of its 10 true neighbours the map shows \d+ near it"))).to_be_visible()
    expect(page.get_by_text("false neighbour: near on this map only")).to_be_visible()


def test_a_newcomer_picks_between_two_encoders_with_a_table(page, server):
    page.goto("/compare?collection=sentences&encoder=MiniLM&with=TF-IDF")
    page.get_by_role("radio", name="Agreement").click()
    said = page.get_by_text(re.compile(r"MiniLM and TF-IDF share [\d.]+ on average")).first
    expect(said).to_be_visible()
    shared = float(re.search(r"share ([\d.]+) on average", said.inner_text())[1])
    assert abs(shared - _shared(server, 10)) < 0.06

    page.get_by_role("radio", name="Which one?").click()
    advice = page.get_by_text(re.compile(r"^For these items take MiniLM: its neighbours name the label of \d+ %"))
    expect(advice).to_be_visible()
    rows = downloaded(page, "This table (CSV)")
    assert [row["encoder"] for row in rows] == ["MiniLM", "TF-IDF"]
    assert float(rows[0]["k-NN label accuracy low"]) > float(rows[1]["k-NN label accuracy high"])
    assert rows[0]["licence"] == "Apache-2.0"
    assert float(rows[0]["bytes per item"]) == 4 * 384

    page.get_by_text("The best beside each other one, on the same items").click()
    beside = downloaded(page, "These comparisons (CSV)")
    labels = beside[0]
    assert (labels["what"], labels["best"], labels["beside it"]) == ("neighbours name the label", "MiniLM", "TF-IDF")
    apart = int(labels["only the best is right"]) - int(labels["only the other is right"])
    assert apart / 600 == pytest.approx(float(labels["difference"]))
    assert float(labels["p"]) < 0.001


def _shared(server, k):
    """How many of the k nearest two encoders have in common, by scikit-learn on the vectors that the server keeps."""
    store, sentences = Store(str(server.home)), load_sample("sentences")
    lists = []
    for encoder in ("MiniLM", "TF-IDF"):
        vectors = store.space(sentences, encoder).vectors
        found = NearestNeighbors(n_neighbors=k + 1, metric="cosine").fit(vectors).kneighbors(vectors)[1]
        lists.append([set(row) - {own} for own, row in enumerate(found.tolist())])
    return np.mean([len(one & other) for one, other in zip(*lists, strict=True)])
