"""The map in a real browser: names, outlines, crosses, halos, maps that point out together, and a slider's steps."""

import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from map_page import choose, drag, drawn, frame, ranges, settled, space_to_pixels, to_pixels
from PIL import Image
from playwright.sync_api import expect
from serving import Server

DEMO = Path(__file__).parent / "map_demo" / "layers_app.py"
TOPICS = ["weather", "music", "kitchen", "harbour"]
CENTRES = np.array([(0, 0), (10, 0), (0, 10), (10, 10)], dtype=float)
COLOURS = ["#0072b2", "#d98c00", "#009e73", "#c8451b"]
EVIL = "<img src=x onerror=\"document.title='broken'\">"
FAINT = 0.22
_BOXES = """(selector) => Array.from(document.querySelectorAll(selector), (part) => {
  const { left, top, right, bottom } = part.getBoundingClientRect()
  return [left, top, right, bottom]
})"""
_PLACES = "() => Array.from(document.querySelector('.vs-plot').data[1].x)"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("layers-home"), DEMO) as server:
        yield f"{server.address}/"


def demo_points(n=120):
    """The coordinates of the demo: four sunflowers of radius 2 on the corners of a square of side 10."""
    turn = np.arange(n) // 4
    reach, angle = 2 * np.sqrt((turn + 0.5) / (n / 4)), turn * 2.39996
    return CENTRES[np.arange(n) % 4] + np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=1)


def boxes(page, selector):
    return np.array(page.evaluate(_BOXES, selector))


def middles(found):
    return (found[:, :2] + found[:, 2:]) / 2


def covering(found):
    """Pairs of boxes that lie over each other."""
    low, high = np.maximum(found[:, None, :2], found[None, :, :2]), np.minimum(found[:, None, 2:], found[None, :, 2:])
    return np.count_nonzero(np.triu((high - low > 1).all(axis=2), 1))


def pixel(page, at):
    return np.array(picture(page).getpixel((round(at[0]), round(at[1]))))


def picture(page):
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def only(page, topic):
    page.get_by_role("button", name=topic).click()
    settled(page)


# --- unused


def test_a_map_without_layers_draws_none(visit):
    page = visit.page()
    expect(page.locator(".vs-signs")).to_be_hidden()
    expect(page.locator(".vs-halos")).to_be_hidden()
    assert page.locator(".vs-outlines > *, .vs-name, [data-crossed]").count() == 0
    assert page.locator(".vs-described").inner_text() == ""


# --- names


def test_names_stand_at_their_places_larger_than_words_and_over_nothing(visit):
    page = visit.page("?show=names")
    expect(page.locator(".vs-word").first).to_be_visible()
    names = page.locator(".vs-name")
    assert [name.replace("\n", " ") for name in names.all_text_contents()][:4] == TOPICS
    np.testing.assert_allclose(middles(boxes(page, ".vs-name"))[:3], to_pixels(page, CENTRES)[:3], atol=6)
    size = float(names.first.get_attribute("font-size"))
    assert size > float(page.locator(".vs-word").first.get_attribute("font-size"))
    assert covering(boxes(page, ".vs-name, .vs-word")) == 0


def test_names_are_text_and_take_the_colour_of_their_category(visit):
    page = visit.page("?show=names")
    written = page.locator(".vs-name").nth(4)
    assert written.text_content() == "<img src=xonerror=\"document.title='bro…"
    assert page.locator(".vs-map img").count() == 0
    assert page.title() != "broken"
    fills = [name.get_attribute("fill") for name in page.locator(".vs-name").all()]
    assert len(set(fills)) == 5
    red, green, blue = (int(part) for part in fills[2].removeprefix("rgb(").removesuffix(")").split(","))
    assert green > max(red, blue)


def test_the_most_important_names_find_room_and_the_others_are_left_out(visit):
    page = visit.page("?show=crowded")
    written = page.locator(".vs-name").all_text_contents()
    assert written == [f"name {k}" for k in range(len(written))]
    assert 3 <= len(written) < 60
    assert covering(boxes(page, ".vs-name")) == 0


def test_names_stand_in_3d_too(visit):
    page = visit.page("?show=names&dims=3")
    pixels = space_to_pixels(page)
    expected = np.array([pixels[np.arange(120) % 4 == topic].mean(axis=0) for topic in range(4)])
    found = middles(boxes(page, ".vs-name"))
    assert len(found) == 5
    assert np.abs(found[1:3] - expected[1:3]).max() < 14


def test_names_are_told_to_those_who_do_not_see_them(visit):
    page = visit.page("?show=names,outlines")
    told = page.locator(".vs-described").text_content()
    assert told.startswith("Names on the map: weather, music, kitchen, harbour, ")
    assert told.endswith("Outlines: hull of a topic.")
    assert page.locator(".vs-stage").get_attribute("aria-describedby") == page.locator(".vs-described").get_attribute(
        "id"
    )


# --- outlines


def test_outlines_enclose_their_places_beneath_the_points(visit):
    page = visit.page("?show=outlines")
    found = boxes(page, "[data-outline]")
    assert len(found) == 8
    wanted = [to_pixels(page, CENTRES[1] + size * np.array([[-2, 2], [2, -2]])).ravel() for size in (1.2, 0.6)]
    np.testing.assert_allclose(found[2:4], wanted, atol=1.5)
    strokes = [path.get_attribute("stroke") for path in page.locator("[data-outline]").all()]
    assert strokes == [colour for colour in COLOURS for _ in range(2)]
    assert page.evaluate("() => Boolean(document.querySelector('.vs-outlines + .vs-plot'))")
    expect(page.locator("[data-sign=outline]")).to_have_text("hull of a topic")


def test_outlines_and_names_follow_the_legend_and_the_colouring(visit):
    page = visit.page("?show=outlines,names")
    only(page, "music")
    expect(page.locator("[data-outline]")).to_have_count(2)
    assert drawn(page) == [90, 30]
    faint = [name.get_attribute("fill") == "#6b7080" for name in page.locator(".vs-name").all()]
    assert sum(faint) == 3
    only(page, "music")
    choose(page, "reach")
    page.locator(".vs-legend-bar").wait_for()
    expect(page.locator("[data-outline='']")).to_have_count(8)
    assert len({name.get_attribute("fill") for name in page.locator(".vs-name").all()}) == 1


# --- halos

ROW = 117  # the outermost of “music”, with a halo of .5; nothing else lies beyond it


def beyond(page, away):
    place = demo_points()[ROW]
    outwards = (place - CENTRES[1]) / np.linalg.norm(place - CENTRES[1])
    return to_pixels(page, (place + away * outwards)[None])[0]


def test_a_halo_reaches_as_far_as_its_radius_at_every_zoom(visit):
    page = visit.page("?show=halos")
    tinted = 255 + FAINT * (rgb(COLOURS[1]) - 255.0)
    for _ in range(2):
        np.testing.assert_allclose(pixel(page, beyond(page, 0.42)), tinted, atol=4)
        assert pixel(page, beyond(page, 0.58)).tolist() == [255, 255, 255]
        page.mouse.move(*to_pixels(page, demo_points()[[ROW]])[0])
        before = ranges(page)
        page.mouse.wheel(0, -300)
        page.wait_for_function(
            f"() => document.querySelector('.vs-plot')._fullLayout.xaxis.range[0] > {before[0]} + 0.5"
        )
        settled(page)
    expect(page.locator("[data-sign=halo]")).to_have_text("spread over five seeds")


def test_halos_of_greyed_points_step_back(visit):
    page = visit.page("?show=halos")
    only(page, "kitchen")
    assert pixel(page, beyond(page, 0.42)).tolist() == [255, 255, 255]


# --- false neighbours


def test_false_neighbours_are_crossed_out_where_they_are_and_it_says_what_that_means(visit):
    page = visit.page("?show=crossed")
    np.testing.assert_allclose(
        middles(boxes(page, "[data-crossed]")), to_pixels(page, demo_points()[[12, 7]]), atol=1.5
    )
    assert page.locator(".vs-overlay circle[data-row]").count() == 4
    assert page.locator(".vs-overlay line:not(.vs-struck)").count() == 2 * 3
    assert page.locator(".vs-struck").count() == 2
    signs = page.locator(".vs-signs [role=listitem]")
    assert signs.all_inner_texts() == ["true neighbour", "false neighbour: near on this map only"]


def test_a_chosen_point_is_read_aloud_with_its_neighbours(visit):
    page = visit.page("?show=crossed")
    assert page.locator(".vs-unseen").text_content() == ""
    page.mouse.click(*to_pixels(page, demo_points())[110])
    expect(page.get_by_text("row: 110", exact=True)).to_be_visible()
    expect(page.locator(".vs-unseen")).to_have_text(
        "kitchen 110. Tied by lines (true neighbour): weather 4, weather 8, music 13. "
        f"Crossed out (false neighbour: near on this map only): weather 12, {EVIL[:39]}…"
    )


# --- linked maps


def two(visit, show="two"):
    page = visit.page(f"?show={show}")
    page.wait_for_function("() => document.querySelectorAll('.vs-message[hidden]').length === 2")
    return page


def test_what_is_pointed_at_in_one_map_is_pointed_out_in_the_other_without_the_server(visit):
    page = two(visit)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.mouse.move(*to_pixels(page, demo_points())[ROW])
    ring = page.locator(f"[data-pointed='{ROW}']")
    expect(ring).to_have_count(1)
    expect(page.locator(".vs-overlay text.vs-label")).to_have_text(f"music {ROW}")
    np.testing.assert_allclose(
        middles(boxes(page, f"[data-pointed='{ROW}']"))[0], to_pixels(page, -demo_points(), 1)[ROW], atol=1.5
    )
    page.mouse.move(*(to_pixels(page, np.array([[5.0, 5.0]]))[0]))
    expect(ring).to_have_count(0)
    assert all("/api/labels/" in url for url in sent)


def test_a_lasso_in_one_map_lights_up_both_and_the_others_view_stays(visit):
    page = two(visit)
    page.locator(".vs-map").nth(1).get_by_role("button", name="Zoom in").click()
    before = ranges(page, 1)
    assert before != pytest.approx(ranges(page, 0))
    page.locator(".vs-map").nth(0).get_by_role("button", name="Select with a box").click()
    corners = to_pixels(page, np.array([[-2.5, 2.5], [2.5, -2.5]]))
    drag(page, *corners)
    expect(page.get_by_text("held: 30", exact=True)).to_be_visible()
    page.wait_for_function(
        "() => Array.from(document.querySelectorAll('.vs-plot')).every((map) => map.data[1].x.length === 30)"
    )
    assert ranges(page, 1) == pytest.approx(before, rel=1e-6)
    expect(page.locator(".vs-overlay polygon")).to_have_count(1)


def test_a_click_in_one_map_selects_in_both(visit):
    page = two(visit)
    page.mouse.click(*to_pixels(page, -demo_points(), 1)[ROW])
    expect(page.get_by_text(f"row: {ROW}", exact=True)).to_be_visible()
    expect(page.locator(f"circle[data-row='{ROW}']")).to_have_count(2)


# --- a slider that mixes two layouts


def test_steps_of_a_slider_keep_the_view_and_the_points_arrive(visit):
    page = visit.page("?show=morph,names")
    page.get_by_role("button", name="Zoom in").click()
    before = ranges(page)
    page.get_by_role("slider").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    places = demo_points()
    wanted = places.mean(axis=1)
    page.wait_for_function(f"() => Math.abs(document.querySelector('.vs-plot').data[1].x[5] - {wanted[5]}) < 1e-4")
    settled(page)
    np.testing.assert_allclose(page.evaluate(_PLACES), wanted, atol=1e-4)
    assert ranges(page) == pytest.approx(before, rel=1e-6)
    page.keyboard.press("Home")
    page.wait_for_function(f"() => Math.abs(document.querySelector('.vs-plot').data[1].x[5] - {places[5, 0]}) < 1e-4")
    assert ranges(page) == pytest.approx(before, rel=1e-6)


def test_without_a_kept_view_the_last_of_many_layouts_is_the_one_that_is_shown_whole(visit):
    page = visit.page("?show=mix")
    page.get_by_role("slider").focus()
    for key in ("End", "ArrowLeft", "Home", "ArrowRight", "End"):
        page.keyboard.press(key)
        page.wait_for_timeout(150)
    wanted = demo_points()[:, ::-1]
    page.wait_for_function(f"() => Math.abs(document.querySelector('.vs-plot').data[1].x[1] - {wanted[1, 0]}) < 1e-4")
    settled(page)
    page.wait_for_function("() => document.querySelector('.vs-word')")
    np.testing.assert_allclose(page.evaluate(_PLACES), wanted[:, 0], atol=1e-4)
    low, high = ranges(page)[2:]
    spare = 0.05 * np.ptp(wanted[:, 1]) + 0.01
    assert wanted[:, 1].min() - spare == pytest.approx(low, abs=0.1)
    assert wanted[:, 1].max() + spare == pytest.approx(high, abs=0.1)


def test_the_words_button_takes_names_away_too(visit):
    page = visit.page("?show=names")
    button = page.get_by_role("button", name="Labels on the map")
    button.click()
    expect(page.locator(".vs-name, .vs-word")).to_have_count(0)
    button.click()
    expect(page.locator(".vs-name")).to_have_count(5)


def test_rings_stay_on_their_points_while_a_slider_moves_them(visit):
    page = visit.page("?show=morph,crossed")
    page.evaluate("""() => {
      window.apart = []
      const plot = document.querySelector(".vs-plot")
      new MutationObserver(() => {
        const cross = document.querySelector("[data-crossed='12']")
        const ring = document.querySelector("circle[data-row='13']")
        if (!cross || !ring) return window.apart.push(Infinity)
        const { xaxis } = plot._fullLayout, x = plot.data[1].x[13]
        const px = xaxis._offset + (x - xaxis.range[0]) / (xaxis.range[1] - xaxis.range[0]) * xaxis._length
        window.apart.push(Math.abs(px - ring.getAttribute("cx")))
      }).observe(document.querySelector(".vs-overlay"), { childList: true })
    }""")
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    wanted = 0.9 * demo_points()[13, 0] + 0.1 * demo_points()[13, 1]
    page.wait_for_function(f"() => Math.abs(document.querySelector('.vs-plot').data[1].x[13] - {wanted}) < 1e-4")
    settled(page)
    apart = page.evaluate("() => window.apart")
    assert len(apart) > 1
    assert max(apart) < 2


# --- taking the picture away


def test_downloads_show_the_same(visit, tmp_path):
    page = visit.page("?show=names,outlines,halos,crossed")
    for name in ("SVG", "PNG"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Download as {name}").click()
        waiting.value.save_as(tmp_path / name)
    root = ElementTree.parse(tmp_path / "SVG").getroot()
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {*TOPICS, "true neighbour", "false neighbour: near on this map only", "hull of a topic"} <= set(texts)
    tags = list(root.iter())
    assert sum("data-outline" in tag.attrib for tag in tags) == 8
    assert sum(bool(tag.get("data-crossed")) for tag in tags) == 2
    with Image.open(tmp_path / "PNG") as saved:
        canvas = page.locator(".vs-canvas").bounding_box()
        seen = frame(page)
        at = 2 * (beyond(page, 0.42) - [seen["left"], seen["top"]])
        assert saved.width == 2 * canvas["width"]
        tint = np.array(saved.convert("RGB").getpixel((round(at[0]), round(at[1]))))
        np.testing.assert_allclose(tint, pixel(page, beyond(page, 0.42)), atol=3)
        assert tint.max() - tint.min() > 30
