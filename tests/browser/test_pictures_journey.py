"""What a newcomer does with pictures, in a real browser against the whole application."""

import re
import zipfile

import numpy as np
import pytest
from map_page import IDLE, PAINTED, READY
from pictures import encoded, plain
from PIL import Image
from playwright.sync_api import expect

from components.views.modality_gap import percent
from embeddings import load_sample
from embeddings.gap import close_gap, modality_gap
from embeddings.joint import join, pairs_by
from embeddings.retrieval import retrieval_recall
from embeddings.store import Store

PAINTED_IN_ALL = f"() => ({PAINTED})().reduce((sum, count) => sum + count, 0)"
PER_LABEL = 12


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A ZIP as a camera's owner would make it: three folders of photographs, and two files that are none."""
    rng = np.random.default_rng(0)
    path = tmp_path_factory.mktemp("upload") / "holiday.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for folder, colour in {"sea": (30, 90, 190), "forest": (30, 120, 40), "desert": (210, 160, 80)}.items():
            for number in range(PER_LABEL):
                coarse = np.clip(np.array(colour) + rng.normal(0, 25, (6, 8, 3)), 0, 255).astype(np.uint8)
                packed.writestr(f"{folder}/{number}.jpg", encoded(Image.fromarray(coarse).resize((1200, 900)), "JPEG"))
        packed.writestr("sea/broken.jpg", plain("blue", (640, 480), "JPEG")[:700])
        packed.writestr("desert/letter.png", b"Dear all, this is not a picture.")
    return path


def idle(page):
    page.wait_for_function(IDLE)


def test_a_zip_of_photographs_becomes_a_map_of_thumbnails(page, archive):
    page.goto("/data")
    page.locator("input[type=file]").first.set_input_files(archive)
    page.get_by_text("broken.jpg").first.wait_for(state="attached")
    page.get_by_text("letter.png").first.wait_for(state="attached")
    page.get_by_role("button", name="Show the map").click()
    page.wait_for_url(re.compile(r"collection="))
    page.wait_for_function(READY)
    # Pictures that would cover each other are left out: there is room for one of each folder at least.
    page.wait_for_function(f"() => ({PAINTED_IN_ALL})() > 3000")
    expect(page.locator(".vs-legend-entry", has_text="forest")).to_contain_text(str(PER_LABEL))
    page.get_by_text(re.compile(r"true neighbours \(by chance")).wait_for()


def test_typed_words_bring_the_right_drawn_scenes_first(page):
    page.goto("/neighbours?collection=scenes")
    page.get_by_role("radio", name="Any text").click()
    page.get_by_label("Text", exact=True).fill("red circle left of a blue square")
    page.keyboard.press("Enter")
    first = page.locator(".vs-gallery img").first
    first.wait_for()
    idle(page)
    names = [image.get_attribute("alt") for image in page.locator(".vs-gallery img").all()[:3]]
    assert all(re.search(r"red circle.* left of a .*blue square", name) for name in names), names


def test_closing_the_gap_moves_recall_as_the_core_says(page, server):
    page.goto("/joint?collection=scenes")
    page.wait_for_function(READY)
    page.wait_for_function(f"() => ({PAINTED_IN_ALL})() > 5000")
    pictures = load_sample("scenes")
    joined = join(pictures, list(dict.fromkeys(pictures.column("caption").to_pylist())))
    space = Store(str(server.home)).space(joined, "Scenes CLIP")
    pairs = pairs_by(space.collection, "caption")
    as_it_is, closed = (retrieval_recall(close_gap(space, share), pairs).text_to_image for share in (0, 1))
    gap = page.locator("[data-testid=stMetric]", has_text="Modality gap").locator("[data-testid=stMetricValue]")
    expect(gap).to_have_text(f"{modality_gap(space).size:.2f}")
    assert cells(page, "Recall before and after", column=1) == [percent(share) for share in as_it_is.shares]
    page.get_by_role("slider", name="Close the gap").focus()
    page.keyboard.press("End")
    expect(gap).to_have_text(f"{modality_gap(close_gap(space, 1)).size:.2f}")
    idle(page)
    assert cells(page, "Recall before and after", column=2) == [percent(share) for share in closed.shares]
    assert "close=" in page.url


def test_the_digits_are_named_by_words(page):
    never_seen = load_sample("digits").column("Scenes CLIP").to_pylist().count("held out")
    page.goto("/zero_shot?collection=digits")
    accuracy = page.locator("[data-testid=stMetric]", has_text="Accuracy").locator("[data-testid=stMetricValue]")
    accuracy.wait_for()
    idle(page)
    assert float(accuracy.inner_text().removesuffix("%").strip()) > 90
    expect(page.get_by_text(f"Of {never_seen} pictures; 95 % interval")).to_be_visible()
    expect(page.get_by_label("Labels, one a line")).to_have_value(re.compile(r"^zero\none\ntwo"))
    page.get_by_label("Labels, one a line").fill("zero")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("“zero” is the only label")).to_be_visible()


def cells(page, name, *, column):
    """One column of a table, from the twin that its canvas holds for screen readers."""
    rows = page.get_by_role("region", name=name).locator("canvas table tbody tr")
    rows.first.wait_for(state="attached")
    return rows.evaluate_all("(rows, column) => rows.map((row) => row.cells[column].textContent)", column)
