"""The map in a real browser: what is drawn, and that the view stays while it changes."""

import numpy as np
import pytest
from map_page import (
    camera,
    choose,
    colour_given,
    count_steps,
    demo_points,
    drag,
    drawn,
    frame,
    ranges,
    settled,
)
from playwright.sync_api import expect


@pytest.fixture
def address(map_demo):
    return map_demo


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


def test_it_follows_the_width_of_the_page(visit):
    page = visit.page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.querySelector('.vs-plot')._fullLayout.width < 390")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


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
