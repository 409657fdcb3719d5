"""Pictures on the map in a real browser: drawn, under the pointer, and taken away."""

import re

import numpy as np
import pytest
from map_page import HEAD, PAINTED, drag, settled, space_to_pixels, to_pixels
from PIL import Image
from playwright.sync_api import expect

RED, GREEN, BLUE, YELLOW = (220, 20, 20), (20, 160, 40), (30, 60, 220), (240, 200, 20)
COLOURS = [RED, GREEN, BLUE, YELLOW]
_PIXEL = """([layer, x, y]) => {
  const canvas = document.querySelectorAll(".vs-pictures")[layer], box = canvas.getBoundingClientRect()
  const ratio = canvas.width / box.width
  const at = [Math.round((x - box.left) * ratio), Math.round((y - box.top) * ratio)]
  return Array.from(canvas.getContext("2d").getImageData(...at, 1, 1).data)
}"""


@pytest.fixture
def address(pictures_demo):
    return pictures_demo


def places(n, dims=2):
    """The coordinates that the demo page draws."""
    return np.random.default_rng(3).uniform(-10, 10, (n, dims)).astype("f4")


def painted(page, layer=1):
    return page.evaluate(PAINTED)[layer]


def wait_for_pictures(page, layer=1):
    page.wait_for_function(f"() => ({PAINTED})()[{layer}] > 100")


def pixel(page, at, layer=1):
    """Red, green, blue and opacity on the canvas of greyed pictures (0) or of those in colour (1)."""
    return np.array(page.evaluate(_PIXEL, [layer, float(at[0]), float(at[1])]))


def near(seen, colour):
    return seen[3] == 255 and np.abs(seen[:3] - colour).max() < 40


def loneliest(pixels, count):
    gaps = np.abs(pixels[:, None] - pixels[None]).max(axis=2)
    np.fill_diagonal(gaps, np.inf)
    return [int(row) for row in np.argsort(-gaps.min(axis=1))[:count]]


# --- on the map


def test_pictures_are_drawn_at_their_points_with_a_border_in_their_colour(visit):
    page = visit.page("?n=12")
    wait_for_pictures(page)
    pixels = to_pixels(page, places(12))
    for row in loneliest(pixels, 6):
        assert near(pixel(page, pixels[row]), COLOURS[row % 4])
    legend = page.locator(".vs-legend-entry", has_text="red").locator("path").get_attribute("fill")
    border = [int(legend[i : i + 2], 16) for i in (1, 3, 5)]
    row = next(row for row in loneliest(pixels, 12) if row % 4 == 0)
    along = [pixel(page, pixels[row] + [offset, 0]) for offset in range(20, 45)]
    assert any(near(seen, border) for seen in along)
    assert along[-1][3] == 0


def test_dark_pages_show_them_too(visit):
    page = visit.page("?n=12", color_scheme="dark")
    wait_for_pictures(page)
    pixels = to_pixels(page, places(12))
    row = loneliest(pixels, 1)[0]
    assert near(pixel(page, pixels[row]), COLOURS[row % 4])


def test_wide_pictures_stay_wide(visit):
    page = visit.page("?n=12&size=96,32")
    wait_for_pictures(page)
    pixels = to_pixels(page, places(12))
    row = loneliest(pixels, 1)[0]
    assert near(pixel(page, pixels[row] + [20, 0]), COLOURS[row % 4])
    assert pixel(page, pixels[row] + [0, 20])[3] == 0


def test_they_move_with_the_map(visit):
    page = visit.page("?n=12")
    wait_for_pictures(page)
    before = to_pixels(page, places(12))
    drag(page, (300, 600), (380, 640))
    settled(page)
    after = to_pixels(page, places(12))
    assert np.abs(after - before - [80, 40]).max() < 3
    row = next(row for row in loneliest(after, 12) if 250 < after[row, 1] < 750)
    assert near(pixel(page, after[row]), COLOURS[row % 4])


def test_what_is_no_hit_is_greyed(visit):
    page = visit.page("?n=12&marks=hits")
    wait_for_pictures(page)
    pixels = to_pixels(page, places(12))
    for row in loneliest(pixels, 4):
        hit = row % 4 == 0
        assert near(pixel(page, pixels[row], layer=int(hit)), COLOURS[row % 4])
        assert hit or pixel(page, pixels[row], layer=1)[3] == 0
    greyed = page.locator(".vs-greyed").evaluate("(canvas) => getComputedStyle(canvas).filter")
    assert "grayscale" in greyed


def test_more_than_2000_are_dots_until_the_view_holds_few_enough(visit):
    page = visit.page("?n=3000&colour=none")
    expect(page.locator(".vs-note")).to_have_text("zoom in to see the pictures")
    assert page.evaluate(PAINTED) == [0, 0]
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
        settled(page)
    wait_for_pictures(page)
    expect(page.locator(".vs-note")).to_be_hidden()


def test_pictures_can_be_turned_off(visit):
    page = visit.page("?n=12")
    wait_for_pictures(page)
    toggle = page.get_by_role("button", name="Pictures in place of dots")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    page.wait_for_function(f"() => ({PAINTED})()[1] === 0")
    toggle.click()
    wait_for_pictures(page)


def test_texts_among_pictures_stay_dots_with_labels(visit):
    page = visit.page("?n=12&texts=6")
    wait_for_pictures(page)
    expect(page.locator(".vs-word").first).to_be_visible()
    assert all(re.fullmatch(r"word \d", word) for word in page.locator(".vs-word").all_text_contents())
    pixels = to_pixels(page, places(18))
    free = [row for row in range(12, 18) if np.abs(pixels[:12] - pixels[row]).max(axis=1).min() > 70]
    assert free
    assert all(pixel(page, pixels[row])[3] == 0 for row in free)


# --- pointing and choosing


def test_the_pointer_shows_a_large_preview_with_the_name(visit):
    page = visit.page("?n=12")
    wait_for_pictures(page)
    pixels = to_pixels(page, places(12))
    row = next(row for row in loneliest(pixels, 12) if 300 < pixels[row, 1] < 700)
    page.mouse.move(*(pixels[row] + [12, 12]))
    expect(page.locator(".vs-tip-text")).to_have_text(f"a {['red', 'green', 'blue', 'yellow'][row % 4]} picture {row}")
    preview = page.locator(".vs-tip-picture")
    expect(preview).to_be_visible()
    box = preview.bounding_box()
    assert 150 <= max(box["width"], box["height"]) <= 200
    assert "/api/thumbnail/" in preview.get_attribute("src")


def test_a_click_anywhere_on_a_picture_selects_it_and_it_grows(visit):
    page = visit.page("?n=60")
    wait_for_pictures(page)
    pixels = to_pixels(page, places(60))
    row = next(row for row in loneliest(pixels, 60) if 350 < pixels[row, 1] < 700)
    beside = pixels[row] + [36, 0]
    assert not near(pixel(page, beside), COLOURS[row % 4])
    page.mouse.click(*(pixels[row] + [9, 9]))
    expect(page.get_by_text(f"selected: {row}", exact=True)).to_be_visible()
    settled(page)
    page.wait_for_function(
        f"(given) => Math.abs(({_PIXEL})(given)[0] - {COLOURS[row % 4][0]}) < 40", arg=[1, *map(float, beside)]
    )


def test_a_tap_selects(chromium, address, visit):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, device_scale_factor=2)
    page = visit.page("?n=12", context=context)
    wait_for_pictures(page)
    pixels = to_pixels(page, places(12))
    row = next(row for row in loneliest(pixels, 12) if 500 < pixels[row, 1] < 800)
    page.touchscreen.tap(*pixels[row])
    page.get_by_text(f"selected: {row}", exact=True).wait_for(state="attached")


def test_in_3d_the_selected_and_its_neighbours_are_pictures_and_the_others_dots(visit):
    page = visit.page("?n=40&dims=3&marks=selected")
    wait_for_pictures(page)
    pixels = space_to_pixels(page)
    assert near(pixel(page, pixels[5] + [6, 6]), COLOURS[5 % 4])
    page.mouse.move(*pixels[5])
    expect(page.locator(".vs-tip-picture")).to_be_visible()
    assert painted(page) < 64 * 64 + 4 * 60 * 60


def test_arrow_keys_walk_from_picture_to_picture(visit):
    page = visit.page("?n=12&marks=selected")
    wait_for_pictures(page)
    page.locator(".vs-stage").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"^selected: \d+$"))).to_be_visible()


# --- trouble, and taking away


def test_pictures_that_left_the_servers_memory_come_back(visit):
    visit.allowed = "404"
    page = visit.page("?n=3000&colour=none")
    expect(page.locator(".vs-note")).to_have_text("zoom in to see the pictures")
    page.get_by_role("button", name="forget").click()
    settled(page)
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    wait_for_pictures(page)


def test_the_downloaded_map_holds_the_pictures(visit, tmp_path):
    page = visit.page("?n=12")
    wait_for_pictures(page)
    pixels, box = to_pixels(page, places(12)), page.locator(".vs-canvas").bounding_box()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as PNG").click()
    waiting.value.save_as(tmp_path / "map.png")
    with Image.open(tmp_path / "map.png") as saved:
        for row in loneliest(pixels, 4):
            at = 2 * (pixels[row] - [box["x"], box["y"]] + [0, HEAD])
            assert near(np.array([*saved.convert("RGB").getpixel(tuple(map(int, at))), 255]), COLOURS[row % 4])


def test_the_pictures_need_few_requests_and_nothing_over_the_socket(visit):
    asked, received = [], []

    def listen(page):
        page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
        page.on("websocket", lambda wire: wire.on("framereceived", lambda part: received.append(len(part))))

    page = visit.page("?n=1500", prepare=listen)
    wait_for_pictures(page)
    page.wait_for_function(f"() => ({PAINTED})()[1] > 50000")
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').filter((each) => each.name.includes('/api/sheet/')).length >= 6"
    )
    assert len([url for url in asked if "/api/sheet/" in url]) == 6
    assert not [url for url in asked if "/api/picture/" in url or "/api/thumbnail/" in url]
    assert sum(received) < 40_000
