"""Maps that point out together."""

import numpy as np
import pytest
from layers_page import ROW, boxes, demo_points, middles
from map_page import drag, ranges, to_pixels
from playwright.sync_api import expect


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
