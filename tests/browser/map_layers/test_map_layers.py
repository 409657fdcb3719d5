"""Layers on the map: outlines, halos, crosses, and all of them in a download."""

import io
from xml.etree import ElementTree

import numpy as np
from layers_page import CENTRES, ROW, TOPICS, boxes, demo_points, middles, only
from map_page import HEAD, choose, drawn, frame, ranges, settled, to_pixels
from PIL import Image
from playwright.sync_api import expect

COLOURS = ["#0072b2", "#d98c00", "#009e73", "#c8451b"]
EVIL = "<img src=x onerror=\"document.title='broken'\">"
FAINT = 0.22


def pixel(page, at):
    return np.array(picture(page).getpixel((round(at[0]), round(at[1]))))


def picture(page):
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def beyond(page, away):
    place = demo_points()[ROW]
    outwards = (place - CENTRES[1]) / np.linalg.norm(place - CENTRES[1])
    return to_pixels(page, (place + away * outwards)[None])[0]


def test_a_map_without_layers_draws_none(visit):
    page = visit.page()
    expect(page.locator(".vs-signs")).to_be_hidden()
    expect(page.locator(".vs-halos")).to_be_hidden()
    assert page.locator(".vs-outlines > *, .vs-name, [data-crossed]").count() == 0
    assert page.locator(".vs-described").inner_text() == ""


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
        at = 2 * (beyond(page, 0.42) - [seen["left"], seen["top"]] + [0, HEAD])
        assert saved.width == 2 * canvas["width"]
        tint = np.array(saved.convert("RGB").getpixel((round(at[0]), round(at[1]))))
        np.testing.assert_allclose(tint, pixel(page, beyond(page, 0.42)), atol=3)
        assert tint.max() - tint.min() > 30
