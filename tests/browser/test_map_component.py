"""The map in a real browser, on a small page of its own."""

import re
import shutil
import socket
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[2]
DEMO = Path(__file__).with_name("map_demo") / "app.py"
CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-unsafe-swiftshader --use-angle=swiftshader"
).split()
PATIENCE = 60_000
READY = """() => {
  const map = document.querySelector(".vs-plot")
  return map?._fullLayout && document.querySelector(".vs-message").hidden
    && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
}"""
EVIL = "<img src=x onerror=\"document.title='broken'\">"


@pytest.fixture(scope="module")
def address():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(DEMO), "--server.port", str(port), "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**_environment(), "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as server:
        assert any("URL" in line for line in server.stdout), "the demo server did not start"
        yield f"http://127.0.0.1:{port}/"
        server.terminate()


def _environment():
    import os

    return os.environ


@pytest.fixture(scope="module")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright):
    with playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM) as browser:
        yield browser


@pytest.fixture
def visit(browser, address):
    """Open the demo with a query; nothing may be complained about in the console."""
    opened, complaints = [], []

    def open_page(query="", *, browser=browser, wait=True, **options):
        page = browser.new_page(viewport={"width": 1200, "height": 900}, **options)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        opened.append(page)
        page.goto(address + query)
        if wait:
            page.wait_for_function(READY)
        return page

    yield SimpleNamespace(page=open_page, complaints=complaints)
    for page in opened:
        page.close()
    assert complaints == []


# --- what the tests see


def plot(page):
    """The ranges and the frame of a flat map, as Plotly has them."""
    return page.evaluate("""() => {
      const map = document.querySelector(".vs-plot"), full = map._fullLayout, box = map.getBoundingClientRect()
      const axis = ({ range, _length, _offset }) => ({ range: [...range], length: _length, offset: _offset })
      return { x: axis(full.xaxis), y: axis(full.yaxis), left: box.left, top: box.top }
    }""")


def to_pixels(page, coordinates):
    """Window pixels of points of a flat map, from Plotly's ranges alone."""
    seen = plot(page)
    coordinates = np.asarray(coordinates, dtype=float)
    share = [
        (coordinates[:, k] - axis["range"][0]) / (axis["range"][1] - axis["range"][0])
        for k, axis in enumerate((seen["x"], seen["y"]))
    ]
    x = seen["left"] + seen["x"]["offset"] + share[0] * seen["x"]["length"]
    y = seen["top"] + seen["y"]["offset"] + (1 - share[1]) * seen["y"]["length"]
    return np.stack([x, y], axis=1)


def camera(page):
    return page.evaluate("() => document.querySelector('.vs-plot')._fullLayout.scene._scene.getCamera().eye")


def demo_points(n=3000, dims=2, seed=7, shift=0):
    rng = np.random.default_rng(seed)
    group = np.arange(n) % 8
    centres = np.random.default_rng(1).normal(0, 6, (64, dims))
    return (centres[(group + shift) % 64] + rng.normal(0, 1.3, (n, dims))).astype("f4")


def loneliest(pixels, count=1):
    """Rows whose nearest other point is farthest away on the screen, away from the frame and the tools."""
    gaps = ((pixels[:, None] - pixels[None]) ** 2).sum(axis=2)
    np.fill_diagonal(gaps, np.inf)
    clear = (pixels[:, 1] > 320) & (pixels[:, 1] < 720) & (pixels[:, 0] > 120) & (pixels[:, 0] < 1080)
    order = np.argsort(-gaps.min(axis=1))
    return [int(row) for row in order if clear[row]][:count]


def choose(page, name):
    page.get_by_text(name, exact=True).first.click()


def settled(page):
    page.wait_for_function(READY)


# --- drawing


def test_it_draws_all_points_and_the_browser_complains_about_nothing(visit):
    page = visit.page()
    drawn = page.evaluate("() => document.querySelector('.vs-plot').data.map((trace) => [trace.type, trace.x.length])")
    assert drawn == [["scattergl", 0], ["scattergl", 3000]]
    expect(page.locator(".vs-word").first).to_be_visible()
    assert 5 < page.locator(".vs-word").count() <= 40
    expect(page.get_by_role("img", name="3000 made-up words in 2 dimensions.")).to_be_visible()
    assert page.locator(".vs-note").is_hidden()


def test_the_scale_is_the_same_on_both_axes(visit):
    seen = plot(visit.page())
    per_pixel = [(axis["range"][1] - axis["range"][0]) / axis["length"] for axis in (seen["x"], seen["y"])]
    assert per_pixel[0] == pytest.approx(per_pixel[1], rel=1e-3)


def test_dark_pages_get_the_dark_palette(visit):
    page = visit.page(color_scheme="dark")
    scale = page.evaluate("() => document.querySelector('.vs-plot').data[1].marker.colorscale[0][1]")
    assert scale == "#3f9add"
    assert page.locator(".vs-legend-entry path").first.get_attribute("fill") == "#3f9add"


def test_many_points_are_sampled_and_it_says_so(visit):
    page = visit.page("?n=60000&colour=none")
    expect(page.locator(".vs-note")).to_have_text("showing a random 50,000 of 60,000 points; zoom in for more")
    assert page.evaluate("() => document.querySelector('.vs-plot')._fullLayout.images.length") == 1
    for _ in range(5):
        page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".vs-note")).to_be_hidden()
    seen = plot(page)
    points = demo_points(60_000)
    in_sight = ((points >= [seen["x"]["range"][0], seen["y"]["range"][0]]) & (points <= [seen["x"]["range"][1], seen["y"]["range"][1]])).all(axis=1)  # fmt: skip # noqa: E501
    assert page.evaluate("() => document.querySelector('.vs-plot').data[1].x.length") >= in_sight.sum() > 1000


def test_many_points_in_3d_are_sampled_and_it_says_so(visit):
    page = visit.page("?n=30000&dims=3")
    expect(page.locator(".vs-note")).to_have_text("showing a random 20,000 of 30,000 points")


def test_without_webgl_there_is_a_simpler_map(playwright, visit):
    arguments = [*CHROMIUM, "--disable-3d-apis"]
    with playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments) as plain:
        page = visit.page("?n=6000&dims=3", browser=plain)
        note = "This browser offers no WebGL: a simpler flat map, showing a random 5,000 of 6,000 points"
        expect(page.locator(".vs-note")).to_have_text(note)
        assert page.evaluate("() => document.querySelector('.vs-plot').data[1].type") == "scatter"
        visit.complaints[:] = [said for said in visit.complaints if "WebGL" not in said]


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
    before = plot(page)["x"]["range"]
    page.mouse.click(150, 700)
    row = loneliest(pixels)[0]
    page.mouse.move(*pixels[row])
    page.mouse.down()
    page.mouse.move(pixels[row][0] + 60, pixels[row][1] + 30, steps=5)
    page.mouse.up()
    page.wait_for_function(f"() => document.querySelector('.vs-plot')._fullLayout.xaxis.range[0] < {before[0]}")
    settled(page)
    expect(page.get_by_text("clicked: None", exact=True)).to_be_visible()


def test_a_click_selects_in_3d_and_a_rotation_does_not(visit):
    page = visit.page("?n=300&dims=3&colour=group")
    pixels = np.array(
        page.evaluate("""async () => {
          const map = document.querySelector(".vs-plot"), box = map.getBoundingClientRect()
          const { full, camera, scale } = { full: map._fullLayout, camera: map._fullLayout.scene._scene.glplot.cameraParams, scale: map._fullLayout.scene._scene.dataScale }
          const times = (m, v) => [0, 1, 2, 3].map((i) => m[i] * v[0] + m[4 + i] * v[1] + m[8 + i] * v[2] + m[12 + i] * v[3])
          const { x, y, z } = map.data[1]
          return Array.from(x, (_, i) => {
            const at = [x[i] * scale[0], y[i] * scale[1], z[i] * scale[2], 1]
            const [px, py, , w] = times(camera.projection, times(camera.view, times(camera.model, at)))
            return [box.left + (0.5 + px / w / 2) * full.width, box.top + (0.5 - py / w / 2) * full.height]
          })
        }""")  # noqa: E501
    )
    row = loneliest(pixels)[0]
    shown = screenshot(page, pixels[row])
    colour = page.evaluate(f"() => {{ const m = document.querySelector('.vs-plot').data[1].marker; return m.colorscale[2 * Math.floor(m.color[{row}])][1] }}")  # noqa: E501
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    assert np.abs(np.array(shown) - wanted).max() < 60, "the point is not drawn where the projection puts it"
    page.mouse.move(*pixels[row])
    page.mouse.down()
    page.mouse.move(pixels[row][0] + 80, pixels[row][1] + 20, steps=6)
    page.mouse.up()
    before = camera(page)
    assert before["x"] != pytest.approx(0.95, abs=1e-3)
    expect(page.get_by_text("clicked: None", exact=True)).to_be_visible()
    page.get_by_role("button", name="Show the whole map").click()
    page.wait_for_function("() => Math.abs(document.querySelector('.vs-plot')._fullLayout.scene._scene.getCamera().eye.x - .95) < .01")  # noqa: E501
    page.mouse.click(*pixels[row])
    expect(page.get_by_text(f"clicked: {row}", exact=True)).to_be_visible()


def screenshot(page, at):
    import io

    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.getpixel((round(at[0]), round(at[1])))


def test_a_lasso_holds_what_it_encircles(visit):
    page = visit.page()
    page.get_by_role("button", name="Select with a lasso").click()
    corners = np.array([[420, 330], [860, 420], [640, 690]], dtype=float)
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in (*corners[1:], corners[0]):
        page.mouse.move(*corner, steps=12)
    page.mouse.up()
    expect(page.get_by_text(re.compile(r"holds: \d+ lasso"))).to_be_visible()
    held = rows_held(page)
    distance = signed_distances(corners, to_pixels(page, demo_points()))
    sure = np.abs(distance).min(axis=1) > 1.5
    expected = (distance > 0).all(axis=1)
    got = np.isin(np.arange(3000), held)
    assert expected[sure].sum() > 100
    np.testing.assert_array_equal(got[sure], expected[sure])


def signed_distances(corners, pixels):
    """Distance of each pixel from each side of a triangle drawn clockwise on the screen; positive is inside."""
    sides = [*pairwise(corners), (corners[-1], corners[0])]
    return np.stack(
        [np.cross(b - a, pixels - a) / np.linalg.norm(b - a) if False else
         ((b - a)[0] * (pixels - a)[:, 1] - (b - a)[1] * (pixels - a)[:, 0]) / np.linalg.norm(b - a) for a, b in sides],
        axis=1,
    )  # fmt: skip


def rows_held(page):
    text = page.get_by_text(re.compile("^rows: ")).inner_text().removeprefix("rows: ")
    return [int(row) for row in text.split(",") if row]


def test_a_box_holds_what_it_encloses_and_can_be_taken_away(visit):
    page = visit.page()
    page.get_by_role("button", name="Select with a box").click()
    page.mouse.move(500, 400)
    page.mouse.down()
    page.mouse.move(700, 560, steps=5)
    page.mouse.up()
    expect(page.get_by_text(re.compile(r"holds: \d+ box"))).to_be_visible()
    pixels = to_pixels(page, demo_points())
    expected = np.flatnonzero(((pixels > [500, 400]) & (pixels < [700, 560])).all(axis=1))
    assert set(expected) ^ set(rows_held(page)) <= set(np.flatnonzero((np.abs(pixels[:, :1] - [500, 700]) < 1.5).any(axis=1) | (np.abs(pixels[:, 1:] - [400, 560]) < 1.5).any(axis=1)))  # noqa: E501
    choose(page, "value")
    settled(page)
    expect(page.locator(".vs-overlay polygon")).to_be_visible()
    page.get_by_role("button", name="Take the selection away").click()
    expect(page.get_by_text("holds: 0", exact=True)).to_be_visible()
    expect(page.locator(".vs-overlay polygon")).to_have_count(0)


def test_arrow_keys_walk_from_point_to_point(visit):
    page = visit.page("?marks=neighbours")
    page.locator(".vs-stage").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"clicked: \d+"))).to_be_visible()
    points = demo_points()
    row = int(page.get_by_text(re.compile(r"clicked: \d+")).inner_text().removeprefix("clicked: "))
    assert points[row, 0] > points[5, 0]
    expect(page.locator(".vs-unseen")).to_have_text(re.compile(str(row)))


# --- keeping the view


def test_zoom_survives_recolouring_and_highlighting_and_little_travels(visit):
    page = visit.page()
    page.mouse.move(600, 500)
    page.mouse.wheel(0, -400)
    page.wait_for_function("() => { const [a, b] = document.querySelector('.vs-plot')._fullLayout.xaxis.range; return b - a < 45 }")  # noqa: E501
    before = plot(page)
    for name, done in (
        ("value", ".vs-legend-bar"),
        ("many", "[data-code='19']"),
        ("neighbours", "circle[data-row='1002']"),
        ("hits", ".vs-legend"),
        ("extra", "[data-extra]"),
    ):
        choose(page, name)
        page.locator(done).first.wait_for(state="attached")
        settled(page)
        after = plot(page)
        assert after["x"]["range"] == pytest.approx(before["x"]["range"], rel=1e-6)
        assert after["y"]["range"] == pytest.approx(before["y"]["range"], rel=1e-6)


def test_a_rerun_sends_little(browser, address):
    page = browser.new_page()
    received = []
    page.on("websocket", lambda wire: wire.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(address + "?n=60000&marks=neighbours")
    page.wait_for_function(READY)
    received.clear()
    choose(page, "value")
    page.locator(".vs-legend-bar").wait_for()
    settled(page)
    assert 0 < sum(received) < 10_000
    page.close()


def test_the_camera_survives_recolouring(visit):
    page = visit.page("?n=300&dims=3")
    page.mouse.move(600, 600)
    page.mouse.down()
    page.mouse.move(700, 640, steps=6)
    page.mouse.up()
    page.wait_for_function("() => Math.abs(document.querySelector('.vs-plot')._fullLayout.scene._scene.getCamera().eye.x - .95) > .05")  # noqa: E501
    before = camera(page)
    choose(page, "value")
    page.locator(".vs-legend-bar").wait_for()
    settled(page)
    assert camera(page) == pytest.approx(before, rel=1e-3)


def test_another_layout_lets_the_points_travel_there(visit):
    page = visit.page("?n=300")
    page.evaluate("() => { window.steps = 0; const update = Plotly.update; Plotly.update = (...given) => { window.steps++; return update(...given) } }")  # noqa: E501
    choose(page, "second")
    wanted = demo_points(300, seed=8, shift=3)
    page.wait_for_function(f"() => Math.abs(document.querySelector('.vs-plot').data[1].x[7] - {wanted[7, 0]}) < 1e-5")
    assert page.evaluate("() => window.steps") > 1
    drawn = page.evaluate("() => Array.from(document.querySelector('.vs-plot').data[1].y)")
    np.testing.assert_allclose(drawn, wanted[:, 1], rtol=1e-6)
    low, high = plot(page)["x"]["range"]
    assert low < wanted[:, 0].min() < wanted[:, 0].max() < high


def test_nothing_travels_for_people_who_want_less_motion(visit):
    page = visit.page("?n=300", reduced_motion="reduce")
    page.evaluate("() => { window.steps = 0; const update = Plotly.update; Plotly.update = (...given) => { window.steps++; return update(...given) } }")  # noqa: E501
    choose(page, "second")
    wanted = demo_points(300, seed=8, shift=3)
    page.wait_for_function(f"() => Math.abs(document.querySelector('.vs-plot').data[1].x[7] - {wanted[7, 0]}) < 1e-5")
    assert page.evaluate("() => window.steps") == 0


def test_hits_keep_their_colour_and_the_others_turn_grey(visit):
    page = visit.page("?marks=hits")
    lengths = page.evaluate("() => document.querySelector('.vs-plot').data.map((trace) => trace.x.length)")
    assert lengths == [2625, 375]


def test_the_legend_keeps_one_category_in_colour(visit):
    page = visit.page()
    entry = page.get_by_role("button", name="verbs")
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("() => document.querySelector('.vs-plot').data[1].x.length") == 375
    entry.click()
    page.wait_for_function("() => document.querySelector('.vs-plot').data[1].x.length === 3000")


# --- trouble


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
    page = visit.page(wait=False)
    page.close()
    page = visit.page("about:blank", wait=False) if False else visit.page(wait=False)
    page.close()


def test_a_map_that_left_the_memory_comes_back(visit):
    page = visit.page("?colour=value&n=500")
    page.get_by_role("button", name="forget").click()
    settled(page)
    at = to_pixels(page, demo_points(500))[loneliest(to_pixels(page, demo_points(500)))[0]]
    page.mouse.move(*at)
    expect(page.locator(".vs-tip")).to_be_visible()
    visit.complaints.clear()


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
