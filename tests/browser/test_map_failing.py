"""The map in a real browser: no WebGL, evil labels, lost content; and taking the picture away."""

import pytest
from get_chromium import installed
from map_page import SIZE, demo_points, drawn, loneliest, settled, to_pixels
from PIL import Image
from playwright.sync_api import expect
from serving import CHROMIUM

EVIL = "<img src=x onerror=\"document.title='broken'\">"
GONE = "This map is no longer on the server. Reload the page."


@pytest.fixture
def address(map_demo):
    return map_demo


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
        assert waiting.value.suggested_filename == file.replace("map", "demo-words")
        waiting.value.save_as(tmp_path / file)
    drawing = (tmp_path / "map.svg").read_text()
    assert "orange 5" in drawing
    assert "professions" in drawing
    assert "300 made-up words in 2 dimensions." in drawing
    assert "keeps 7 of 10 true neighbours" in drawing
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.width == 2 * page.locator(".vs-canvas").bounding_box()["width"]
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 50
