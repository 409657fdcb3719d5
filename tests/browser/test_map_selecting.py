"""The map in a real browser: clicks, shapes and keys."""

import re

import numpy as np
import pytest
from map_page import (
    choose,
    colour_given,
    colour_seen,
    demo_points,
    distances_from_sides,
    drag,
    loneliest,
    ranges,
    settled,
    space_to_pixels,
    to_pixels,
)
from playwright.sync_api import expect


@pytest.fixture
def address(map_demo):
    return map_demo


def test_a_click_selects_the_point_under_it(visit):
    page = visit.page()
    pixels = to_pixels(page, demo_points())
    for row in loneliest(pixels, 2):
        page.mouse.click(*pixels[row])
        expect(page.get_by_text(f"clicked: {row}", exact=True)).to_be_visible()
        expect(page.locator(f"circle[data-row='{row}']")).to_be_visible()


@pytest.mark.parametrize("how", ["a click beside all points", "Escape"])
def test_what_was_selected_can_be_let_go(visit, how):
    page = visit.page()
    row = loneliest(to_pixels(page, demo_points()))[0]
    page.mouse.click(*to_pixels(page, demo_points())[row])
    expect(page.get_by_text(f"clicked: {row}", exact=True)).to_be_visible()
    if how == "Escape":
        page.locator(".vs-stage").press("Escape")
    else:
        box = page.locator(".vs-canvas").bounding_box()
        page.mouse.click(box["x"] + 8, box["y"] + box["height"] - 8)
    expect(page.get_by_text("clicked: None", exact=True)).to_be_visible()
    expect(page.locator("circle[data-row]")).to_have_count(0)


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
