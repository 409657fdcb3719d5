"""What a newcomer does, from the bare address to a shared link, in a real browser against the whole application."""

import csv
import re
import signal
from http.client import HTTPConnection

import numpy as np
import pytest
from downloads import downloaded
from map_page import IDLE, READY, camera, choose, drag, drawn, ranges, settled, to_pixels
from playwright.sync_api import expect
from serving import PATIENCE, ROOT, Server

from embeddings import load_encoder
from embeddings.store import Store

TITLED = "() => document.querySelector('.vs-plot')?._fullLayout?.xaxis?.title?.text?.startsWith('PC 1')"
EVIL = '<img src=x onerror="document.title=1"> **bold** ![x](http://example.invalid/x.png)'
FORMULA = '=HYPERLINK("http://example.invalid")'


@pytest.fixture(scope="module")
def own_table(tmp_path_factory):
    """A CSV as somebody would bring it: a text column, labels, and texts that must stay texts."""
    subjects = ["The battery", "The screen", "The delivery", "Customer support", "The price", "The camera"]
    verdicts = ["is excellent", "failed after a week", "was far too slow", "made me happy", "could be better"]
    rows = [(f"{s} {v}.", s.split()[-1], i) for i, (s, v) in enumerate((s, v) for s in subjects for v in verdicts)]
    rows += [(EVIL, "odd", 98), (FORMULA, "odd", 99)]
    path = tmp_path_factory.mktemp("upload") / "reviews.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("review", "about", "number"), *rows])
    return path, [row[0] for row in rows]


def wait_idle(page):
    page.wait_for_function(IDLE)


def open_map(page, address="/"):
    page.goto(address)
    page.wait_for_function(READY)
    wait_idle(page)


def bring(page, path):
    page.goto("/data")
    page.locator("input[type=file]").first.set_input_files(path)
    page.get_by_role("button", name="Show the map").click()
    page.wait_for_url(re.compile(r"collection="))
    page.wait_for_function(READY)
    page.get_by_text(re.compile(r"true neighbours \(by chance")).wait_for()
    wait_idle(page)


def test_the_bare_address_shows_the_living_map(page):
    open_map(page)
    expect(page.get_by_text("Each dot is a word; near means similar to this model. Click one.")).to_be_visible()
    assert sum(drawn(page)) == 3240
    box, window = page.locator(".vs-plot").bounding_box(), page.viewport_size
    assert box["width"] > 0.6 * window["width"]
    assert box["height"] > 0.65 * window["height"]
    page.get_by_role("button", name="king − man + woman").click()
    page.wait_for_url(re.compile(r"/analogies\?.*sum=king"))


def test_a_newcomer_brings_a_table_and_shares_what_is_seen(page, chromium, server, own_table):
    path, texts = own_table
    bring(page, path)

    page.get_by_text("3D", exact=True).click()
    page.wait_for_function("() => document.querySelector('.vs-plot')?._fullLayout?.scene?._scene")
    settled(page)
    before = camera(page)
    box = page.locator(".vs-plot").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    drag(page, middle, (middle[0] + 120, middle[1] + 40))
    assert camera(page) != before

    page.get_by_text("2D", exact=True).click()
    page.get_by_text("PCA", exact=True).first.click()
    page.wait_for_function(TITLED)
    settled(page)
    row = click_a_point(page)

    vectors = load_encoder("MiniLM").encode(texts)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    nearest = [r for r in np.argsort(-(unit @ unit[row]), kind="stable") if r != row]
    shown = neighbours_in(page)
    assert shown[0] == " ".join(texts[nearest[0]].split())
    assert set(shown[:5]) <= {" ".join(texts[r].split()) for r in nearest[:7]}

    link = page.url
    other = chromium.new_context(viewport={"width": 1440, "height": 900})
    other.set_default_timeout(PATIENCE)
    visitor = other.new_page()
    visitor.goto(link)
    visitor.wait_for_function(READY)
    wait_idle(visitor)
    assert visitor.get_by_test_id("stProgress").count() == 0
    assert neighbours_in(visitor) == shown
    other.close()


def click_a_point(page):
    """Click the point that is farthest from the others and give its row, as the link says it."""
    x, y = page.evaluate(
        """() => {
          const { x, y } = document.querySelector(".vs-plot").data[1]
          return [Array.from(x), Array.from(y)]
        }"""
    )
    points = np.column_stack([x, y])
    distances = np.linalg.norm(points[:, None] - points, axis=2)
    np.fill_diagonal(distances, np.inf)
    place = int(distances.min(axis=1).argmax())
    page.mouse.click(*to_pixels(page, points[[place]])[0])
    page.wait_for_url(re.compile(r"item=\d+"))
    wait_idle(page)
    return int(re.search(r"item=(\d+)", page.url)[1]) - 1


def neighbours_in(page):
    """The neighbours in the panel: the lines that have a similarity."""
    lines = page.locator(".vs-line:has(.vs-line-number) .vs-line-text")
    lines.first.wait_for()
    return [" ".join(text.split()) for text in lines.all_text_contents()]


def test_texts_stay_texts_and_formulas_are_neutralised(page, own_table):
    path, _ = own_table
    bring(page, path)
    page.get_by_label("Search", exact=True).fill("bold")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 32 items matches")).to_be_visible()
    assert page.title() == "Map · Vectorscope"
    page.get_by_text("The map as a table").click()
    rows = downloaded(page, "Table (CSV)")
    assert rows[-1]["item"] == f"'{FORMULA}"
    assert rows[-2]["item"] == EVIL
    assert len(rows) == 32


def test_recolouring_and_searching_keep_the_view(page):
    open_map(page, "/?collection=sentences&encoder=MiniLM&method=PCA")
    for _ in range(3):
        page.get_by_role("button", name=re.compile("zoom in", re.IGNORECASE)).click()
    settled(page)
    zoomed = ranges(page)
    page.get_by_label("Search", exact=True).fill("bread")
    page.keyboard.press("Enter")
    expect(page.get_by_text("items match “bread”")).to_be_visible()
    settled(page)
    np.testing.assert_allclose(ranges(page), zoomed, rtol=1e-6)
    choose(page, "Meaning")
    expect(page.get_by_text("would go. The 10 nearest items are lit")).to_be_visible()
    settled(page)
    np.testing.assert_allclose(ranges(page), zoomed, rtol=1e-6)


def test_a_lasso_becomes_a_table_and_a_collection(page):
    open_map(page, "/?collection=sentences&encoder=MiniLM&method=PCA")
    page.get_by_role("button", name=re.compile("lasso", re.IGNORECASE)).click()
    box = page.locator(".vs-plot").bounding_box()
    x, y, w, h = box["x"], box["y"], box["width"], box["height"]
    corners = [(0.3, 0.3), (0.6, 0.3), (0.6, 0.6), (0.3, 0.6)]
    drag(page, *((x + w * across, y + h * down) for across, down in corners))
    heading = page.get_by_text(re.compile(r"Selection: [\d,]+ items"))
    heading.wait_for()
    count = int(re.search(r"[\d,]+", heading.inner_text())[0].replace(",", ""))
    assert 0 < count < 600
    page.get_by_role("button", name="As new collection").click()
    page.wait_for_url(re.compile(r"collection=(?!sentences)"))
    expect(page.get_by_role("combobox", name="Collection")).to_have_value(re.compile(f"{count:,} selected"))


def test_a_brush_filters_the_map_the_other_charts_and_the_link(page):
    open_map(page, "/?collection=sentences&encoder=TF-IDF&method=PCA")
    page.get_by_role("button", name="Filter").click()
    plot = page.locator("[data-column=words] .vs-facet-plot")
    box = plot.bounding_box()
    middle = box["y"] + box["height"] / 2
    drag(page, *((box["x"] + box["width"] * share, middle) for share in (0.3, 0.6)))
    page.wait_for_url(re.compile(r"filter=words"))
    said = page.get_by_text(re.compile(r"^\d+ of 600 items$"))
    said.wait_for()
    settled(page)
    kept = int(said.inner_text().split()[0])
    assert 0 < kept < 600
    assert drawn(page) == [600 - kept, kept]
    expect(page.get_by_text(f"{kept} of 600 kept")).to_be_visible()
    topics = page.locator("[data-column=topic] .vs-facet-bars button .vs-facet-number")
    assert sum(map(int, topics.all_text_contents())) == kept
    page.get_by_label("words, from").press("Home")
    page.wait_for_function("() => new URLSearchParams(location.search).get('filter')?.startsWith('words: 5..')")
    page.get_by_role("button", name=re.compile(r"^words 5 to \d+")).click()
    page.wait_for_function("() => !new URLSearchParams(location.search).has('filter')")
    settled(page)
    assert sum(drawn(page)) == 600
    expect(said).to_have_count(0)


def first_visit(page, fresh, address, *, known):
    """Streamlit would run a file of `pages/` by itself, without the frame, and one that is no page at all."""
    page.goto(fresh.address + address)
    page.get_by_role("link", name="Neighbours").wait_for()
    expect(page.get_by_text("Page not found")).to_be_visible(visible=not known)


def test_the_first_visit_of_a_fresh_server_may_be_to_no_page_at_all(chromium, server):
    with Server(server.home) as fresh:
        context = chromium.new_context()
        context.set_default_timeout(PATIENCE)
        first_visit(context.new_page(), fresh, "/map", known=False)
        context.close()


def test_every_page_opens_by_deep_link(page):
    page.goto("/")
    links = page.get_by_test_id("stSidebarNavLink")
    links.first.wait_for()
    addresses = [link.get_attribute("href") for link in links.all()]
    # The first line is the icon, the last the title.
    titles = [text.splitlines()[-1] for text in links.all_inner_texts()]
    assert len(addresses) == len(list((ROOT / "pages").glob("*.py")))
    for address, title in zip(addresses, titles, strict=True):
        page.goto(address)
        expect(page).to_have_title(f"{title} · Vectorscope")


def test_a_page_that_is_not_registered_cannot_be_opened(page):
    page.goto("/explore")
    expect(page.get_by_text("Page not found")).to_be_visible()


def test_a_server_answers_to_its_own_names_only(server):
    def asked(path, host):
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        connection.close()
        return answer.status, answer.getheader("X-Content-Type-Options")

    assert asked("/_stcore/health", "127.0.0.1")[0] == 200
    assert asked("/_stcore/health", "other.example") == asked("/", "other.example") == (421, "nosniff")


def test_encoding_goes_on_after_the_server_was_killed_and_a_preview_left_open_still_works(chromium, tmp_path, server):
    """What another server of the same home has stored is there; the first visit of the first one is a deep link."""
    # Short texts come first, and 1,024 vectors are stored at a time: of the long ones, some are left.
    notes = [f"note {i}" for i in range(1100)]
    stories = [f"story {i}: " + " ".join(["about", "the", "long", "winter", "journey"] * 16) for i in range(150)]
    path = tmp_path / "long.txt"
    path.write_text("\n".join([*notes, *stories]))
    home = server.home
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    page, left = context.new_page(), context.new_page()
    with Server(home) as first:
        first_visit(page, first, "/neighbours?item=5", known=True)
        left.goto(first.address + "/data")
        left.locator("input[type=file]").first.set_input_files(
            {"name": "pets.txt", "mimeType": "text/plain", "buffer": b"one cat\ntwo dogs\na horse"}
        )
        left.get_by_role("button", name="Show the map").wait_for()
        page.goto(first.address + "/data")
        page.locator("input[type=file]").first.set_input_files(path)
        page.get_by_role("button", name="Show the map").click()
        page.get_by_text(re.compile(r"Encoding: 1,\d\d\d of 1,250")).wait_for()
        link = page.url.replace(first.address, "")
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    kept = Store(str(home))
    saved = kept.find(re.search(r"collection=([^&]+)", link)[1])
    assert 0 < len(kept.missing(kept.load(saved.fingerprint), "MiniLM")) < 1250
    with Server(home, port=first.port) as second:
        left.get_by_role("button", name="Show the map").click()
        page.goto(f"{second.address}{link}&method=PCA")
        page.wait_for_function(READY)
        left.wait_for_url(re.compile(r"collection="))
    context.close()
