"""The map in a real browser, on a small page of its own."""

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from get_chromium import installed
from map_page import (
    READY,
    camera,
    choose,
    colour_given,
    colour_seen,
    count_steps,
    demo_points,
    distances_from_sides,
    drag,
    drawn,
    frame,
    loneliest,
    ranges,
    settled,
    space_to_pixels,
    to_pixels,
)
from PIL import Image
from playwright.sync_api import expect
from serving import CHROMIUM, PATIENCE, Server

DEMO = Path(__file__).with_name("map_demo") / "app.py"
SIZE = {"width": 1200, "height": 900}
EVIL = "<img src=x onerror=\"document.title='broken'\">"
GONE = "This map is no longer on the server. Reload the page."


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("demo-home"), DEMO) as server:
        yield f"{server.address}/"


@pytest.fixture(scope="module")
def context(chromium):
    """One context for all tests, so that scripts are fetched and compiled once."""
    context = chromium.new_context(viewport=SIZE)
    yield context
    context.close()


@pytest.fixture
def visit(context, address):
    """Open the demo with a query; nothing may be complained about in the console unless the test allows it."""
    opened = []
    visit = SimpleNamespace(complaints=[], allowed=None)

    def open_page(query="", *, context=context, prepare=None, **media):
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.emulate_media(**media)
        page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
        opened.append(page)
        if prepare:
            prepare(page)
        page.goto(address + query)
        if not prepare:
            page.wait_for_function(READY)
        return page

    visit.page = open_page
    yield visit
    for page in opened:
        page.close()
    assert [said for said in visit.complaints if not (visit.allowed and visit.allowed in said)] == []


# --- drawing


def test_it_draws_all_points_and_the_browser_complains_about_nothing(visit):
    page = visit.page()
    assert drawn(page) == [0, 3000]
    assert page.evaluate("() => document.querySelector('.vs-plot').data[1].type") == "scattergl"
    expect(page.locator(".vs-word").first).to_be_visible()
    assert 5 < page.locator(".vs-word").count() <= 40
    expect(page.get_by_role("img", name="3000 made-up words in 2 dimensions.")).to_be_visible()
    expect(page.locator(".vs-note")).to_be_hidden()


def test_the_scale_is_the_same_on_both_axes(visit):
    seen = frame(visit.page())
    per_pixel = [(axis["range"][1] - axis["range"][0]) / axis["length"] for axis in (seen["x"], seen["y"])]
    assert per_pixel[0] == pytest.approx(per_pixel[1], rel=1e-3)


def test_dark_pages_get_the_dark_palette(visit):
    page = visit.page(color_scheme="dark")
    assert colour_given(page, 1).tolist() == [0x3F, 0x9A, 0xDD]
    assert page.locator(".vs-legend-entry path").first.get_attribute("fill") == "#3f9add"


def test_the_colours_follow_the_theme_without_losing_the_view(visit):
    page = visit.page(color_scheme="light")
    page.get_by_role("button", name="Zoom in").click()
    before = ranges(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".vs-legend-entry path").first).to_have_attribute("fill", "#3f9add")
    assert ranges(page) == pytest.approx(before)


def test_many_points_are_sampled_and_it_says_so(visit):
    page = visit.page("?n=60000&colour=none")
    expect(page.locator(".vs-note")).to_have_text("showing a random 25,000 of 60,000 points; zoom in for more")
    assert page.evaluate("() => document.querySelector('.vs-plot')._fullLayout.images.length") == 1
    for _ in range(5):
        page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".vs-note")).to_be_hidden()
    x0, x1, y0, y1 = ranges(page)
    points = demo_points(60_000)
    in_sight = ((points > [x0, y0]) & (points < [x1, y1])).all(axis=1).sum()
    assert drawn(page)[1] >= in_sight > 1000


def test_many_points_in_3d_are_sampled_and_it_says_so(visit):
    page = visit.page("?n=30000&dims=3")
    expect(page.locator(".vs-note")).to_have_text("showing a random 20,000 of 30,000 points")


def test_without_webgl_there_is_a_simpler_map(playwright, visit):
    visit.allowed = "WebGL"
    arguments = [*CHROMIUM, "--disable-3d-apis"]
    with playwright.chromium.launch(executable_path=installed(), args=arguments) as plain:
        page = visit.page("?n=6000&dims=3", context=plain.new_context(viewport=SIZE))
        note = "This browser offers no WebGL: a simpler flat map, showing a random 5,000 of 6,000 points"
        expect(page.locator(".vs-note")).to_have_text(note)
        assert page.evaluate("() => document.querySelector('.vs-plot').data[1].type") == "scatter"


@pytest.mark.parametrize("dims", [2, 3])
def test_where_webgl_fails_after_all_there_is_a_simpler_map(visit, dims):
    visit.allowed = "WebGL"

    def break_webgl(page):
        page.add_init_script("""
          const get = HTMLCanvasElement.prototype.getContext
          HTMLCanvasElement.prototype.getContext = function (kind, ...given) {
            const drawing = kind.includes("webgl") && document.querySelector(".vs-plot .plot-container")
            return drawing ? null : get.call(this, kind, ...given)
          }
        """)

    page = visit.page(f"?n=300&dims={dims}", prepare=break_webgl)
    expect(page.locator(".vs-note")).to_contain_text("This browser offers no WebGL")
    settled(page)
    assert drawn(page) == [0, 300]


def test_it_follows_the_width_of_the_page(visit):
    page = visit.page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.querySelector('.vs-plot')._fullLayout.width < 390")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


# --- selecting


def test_a_click_selects_the_point_under_it(visit):
    page = visit.page()
    pixels = to_pixels(page, demo_points())
    for row in loneliest(pixels, 2):
        page.mouse.click(*pixels[row])
        expect(page.get_by_text(f"clicked: {row}", exact=True)).to_be_visible()
        expect(page.locator(f"circle[data-row='{row}']")).to_be_visible()


def test_a_click_beside_the_points_and_a_drag_select_nothing(visit):
    page = visit.page()
    pixels = to_pixels(page, demo_points())
    x0 = ranges(page)[0]
    page.mouse.click(150, 700)
    at = pixels[loneliest(pixels)[0]]
    drag(page, at, at + np.array([60, 30]))
    page.wait_for_function(f"() => document.querySelector('.vs-plot')._fullLayout.xaxis.range[0] < {x0}")
    settled(page)
    expect(page.get_by_text("clicked: None", exact=True)).to_be_visible()


def test_a_click_selects_in_3d_and_a_rotation_does_not(visit):
    page = visit.page("?n=300&dims=3")
    pixels = space_to_pixels(page)
    row = loneliest(pixels)[0]
    assert np.abs(colour_seen(page, pixels[row]) - colour_given(page, row)).max() < 60
    drag(page, pixels[row], pixels[row] + np.array([80, 20]))
    expect(page.get_by_text("clicked: None", exact=True)).to_be_visible()
    turned = space_to_pixels(page)
    assert np.abs(turned - pixels).max() > 20
    row = loneliest(turned)[0]
    page.mouse.click(*turned[row])
    expect(page.get_by_text(f"clicked: {row}", exact=True)).to_be_visible()


def test_a_lasso_holds_what_it_encircles(visit):
    page = visit.page()
    page.get_by_role("button", name="Select with a lasso").click()
    corners = np.array([[420.0, 330.0], [860.0, 420.0], [640.0, 690.0]])
    drag(page, *corners, corners[0])
    expect(page.get_by_text(re.compile(r"holds: \d+ lasso"))).to_be_visible()
    assert_holds(page, distances_from_sides(corners, to_pixels(page, demo_points())))


def test_a_box_holds_what_it_encloses_and_can_be_taken_away(visit):
    page = visit.page()
    page.get_by_role("button", name="Select with a box").click()
    drag(page, (500, 400), (700, 560))
    expect(page.get_by_text(re.compile(r"holds: \d+ box"))).to_be_visible()
    pixels = to_pixels(page, demo_points())
    assert_holds(page, np.hstack([pixels - [500, 400], [700, 560] - pixels]))
    choose(page, "value")
    page.locator(".vs-legend-bar").wait_for()
    expect(page.locator(".vs-overlay polygon")).to_be_visible()
    page.get_by_role("button", name="Take the selection away").click()
    expect(page.get_by_text("holds: 0", exact=True)).to_be_visible()
    expect(page.locator(".vs-overlay polygon")).to_have_count(0)


def assert_holds(page, distances):
    """The rows that the server found are those on the inner side of all sides; pixels on the outline may be either."""
    text = page.get_by_text(re.compile("^rows: ")).inner_text().removeprefix("rows: ")
    held = np.isin(np.arange(len(distances)), [int(row) for row in text.split(",")])
    sure = np.abs(distances).min(axis=1) > 1.5
    expected = (distances > 0).all(axis=1)
    assert expected.sum() > 100
    np.testing.assert_array_equal(held[sure], expected[sure])


def test_another_layout_ends_the_shape_that_was_drawn_on_the_first(visit):
    page = visit.page()
    page.get_by_role("button", name="Select with a box").click()
    drag(page, (500, 400), (700, 560))
    expect(page.get_by_text(re.compile(r"holds: \d+ box"))).to_be_visible()
    choose(page, "second")
    expect(page.get_by_text("holds: 0", exact=True)).to_be_visible()
    expect(page.locator(".vs-overlay polygon")).to_have_count(0)


def test_arrow_keys_walk_from_point_to_point(visit):
    page = visit.page("?marks=neighbours")
    page.locator(".vs-stage").focus()
    page.keyboard.press("ArrowRight")
    said = page.get_by_text(re.compile(r"^clicked: \d+$"))
    expect(said).to_be_visible()
    row = int(said.inner_text().removeprefix("clicked: "))
    points = demo_points()
    assert points[row, 0] > points[5, 0]
    expect(page.locator(".vs-unseen")).to_contain_text(str(row))


# --- keeping the view


def test_zoom_survives_recolouring_and_highlighting(visit):
    page = visit.page()
    wide = ranges(page)
    page.mouse.move(600, 500)
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"() => document.querySelector('.vs-plot')._fullLayout.xaxis.range[0] > {wide[0]} + 1")
    before = ranges(page)
    shows = {
        "value": ".vs-legend-bar",
        "many": "[data-code='19']",
        "neighbours": "circle[data-row='21']",
        "extra": "[data-extra]",
    }
    for name, shown in shows.items():
        choose(page, name)
        page.locator(shown).first.wait_for(state="attached")
        settled(page)
        assert ranges(page) == pytest.approx(before, rel=1e-6)


def test_a_rerun_sends_little(visit):
    received = []

    def listen(page):
        page.on("websocket", lambda wire: wire.on("framereceived", lambda part: received.append(len(part))))

    page = visit.page("?n=60000&marks=neighbours", prepare=listen)
    settled(page)
    received.clear()
    choose(page, "value")
    page.locator(".vs-legend-bar").wait_for()
    settled(page)
    assert 0 < sum(received) < 10_000


def test_the_camera_survives_recolouring(visit):
    page = visit.page("?n=300&dims=3")
    first = camera(page)
    drag(page, (600, 600), (700, 640))
    before = camera(page)
    assert before != pytest.approx(first, abs=0.02)
    choose(page, "value")
    page.locator(".vs-legend-bar").wait_for()
    settled(page)
    assert camera(page) == pytest.approx(before, rel=1e-3)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_another_layout_lets_the_points_travel_unless_motion_is_unwanted(visit, motion):
    page = visit.page("?n=300", reduced_motion=motion)
    count_steps(page)
    choose(page, "second")
    wanted = demo_points(300, seed=8, shift=3)
    page.wait_for_function(f"() => Math.abs(document.querySelector('.vs-plot').data[1].x[7] - {wanted[7, 0]}) < 1e-5")
    assert (page.evaluate("() => window.steps") > 0) == (motion == "no-preference")
    places = page.evaluate("() => Array.from(document.querySelector('.vs-plot').data[1].y)")
    np.testing.assert_allclose(places, wanted[:, 1], rtol=1e-6)
    low, high = ranges(page)[:2]
    assert low < wanted[:, 0].min() < wanted[:, 0].max() < high


def test_hits_keep_their_colour_and_the_others_turn_grey(visit):
    assert drawn(visit.page("?marks=hits")) == [2625, 375]


def test_the_legend_keeps_one_category_in_colour(visit):
    page = visit.page()
    entry = page.get_by_role("button", name="verbs")
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    assert drawn(page) == [2625, 375]
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "false")
    assert drawn(page) == [0, 3000]


# --- trouble, and taking the picture away


def test_labels_are_text(visit):
    page = visit.page("?n=40")
    at = to_pixels(page, demo_points(40))[0]
    page.mouse.move(*at)
    expect(page.locator(".vs-tip-text")).to_have_text(EVIL)
    page.mouse.click(*at)
    expect(page.get_by_text("clicked: 0", exact=True)).to_be_visible()
    assert page.locator(".vs-map img").count() == 0
    assert page.title() != "broken"


def test_a_map_that_is_gone_says_so(visit):
    visit.allowed = "404"
    refuse = {"status": 404, "json": {"error": GONE}}
    page = visit.page(prepare=lambda page: page.route("**/api/points/**", lambda route: route.fulfill(**refuse)))
    expect(page.get_by_role("alert").filter(has_text=GONE)).to_be_visible()


def test_a_map_that_left_the_servers_memory_comes_back_by_itself(visit):
    visit.allowed = "404"
    page = visit.page("?n=500&colour=none")
    page.get_by_role("button", name="Labels on the map").click()
    page.get_by_role("button", name="forget").click()
    settled(page)
    pixels = to_pixels(page, demo_points(500))
    row = max(loneliest(pixels, 20))
    page.mouse.move(*pixels[row])
    expect(page.locator(".vs-tip-text")).to_contain_text(str(row))


def test_pictures_can_be_downloaded(visit, tmp_path):
    page = visit.page("?n=300&marks=neighbours")
    for name, file in (("Download as SVG", "map.svg"), ("Download as PNG", "map.png")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        waiting.value.save_as(tmp_path / file)
    drawing = (tmp_path / "map.svg").read_text()
    assert "orange 5" in drawing
    assert "professions" in drawing
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.width == 2 * page.locator(".vs-canvas").bounding_box()["width"]
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 50
