"""A slider that mixes layouts."""

import numpy as np
import pytest
from layers_page import demo_points
from map_page import ranges, settled
from playwright.sync_api import expect

_PLACES = "() => Array.from(document.querySelector('.vs-plot').data[1].x)"


def arrived(page, row, x):
    """Wait until a point stands at this place; for a moment there may be no plot."""
    page.wait_for_function(f"() => Math.abs(document.querySelector('.vs-plot')?.data?.[1]?.x[{row}] - {x}) < 1e-4")


def test_steps_of_a_slider_keep_the_view_and_the_points_arrive(visit):
    page = visit.page("?show=morph,names")
    whole = ranges(page)
    page.get_by_role("button", name="Zoom in").click()
    settled(page)
    before = ranges(page)
    assert before != whole
    page.get_by_role("slider").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    places = demo_points()
    wanted = places.mean(axis=1)
    arrived(page, 5, wanted[5])
    settled(page)
    np.testing.assert_allclose(page.evaluate(_PLACES), wanted, atol=1e-4)
    assert ranges(page) == pytest.approx(before, rel=1e-6)
    page.keyboard.press("Home")
    arrived(page, 5, places[5, 0])
    assert ranges(page) == pytest.approx(before, rel=1e-6)


def test_without_a_kept_view_the_last_of_many_layouts_is_the_one_that_is_shown_whole(visit):
    page = visit.page("?show=mix")
    page.get_by_role("slider").focus()
    # Each layout is asked for while points still travel to the one before it; only the last is the one waited for.
    for key, share in ("ArrowRight", 0.1), ("ArrowRight", 0.2), ("Home", 0.0), ("ArrowRight", 0.1), ("End", 1.0):
        page.keyboard.press(key)
        expect(page.get_by_text(f"mixed: {share}", exact=True)).to_be_visible()
    wanted = demo_points()[:, ::-1]
    arrived(page, 1, wanted[1, 0])
    settled(page)
    page.wait_for_function("() => document.querySelector('.vs-word')")
    np.testing.assert_allclose(page.evaluate(_PLACES), wanted[:, 0], atol=1e-4)
    low, high = ranges(page)[2:]
    spare = 0.05 * np.ptp(wanted[:, 1]) + 0.01
    # All of it, with a little room around it, and below the tools where a point would lie under them.
    assert low <= wanted[:, 1].min() - spare + 0.1
    assert high >= wanted[:, 1].max() + spare - 0.1
    assert high - low < 1.2 * (np.ptp(wanted[:, 1]) + 2 * spare)


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
    arrived(page, 13, wanted)
    settled(page)
    apart = page.evaluate("() => window.apart")
    assert len(apart) > 1
    assert max(apart) < 2
