"""The gallery and the large picture in a real browser."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def address(pictures_demo):
    return pictures_demo


def test_a_click_in_the_gallery_selects(visit):
    page = visit.page("?n=30&gallery=30")
    tiles = page.locator(".vs-tile")
    expect(tiles).to_have_count(20)
    expect(page.get_by_text("the first 20 of 30")).to_be_visible()
    tiles.nth(7).scroll_into_view_if_needed()
    expect(tiles.nth(7).get_by_alt_text("a yellow picture 7")).to_be_visible()
    tiles.nth(7).click()
    expect(page.get_by_text("selected: 7", exact=True)).to_be_visible()


def test_the_gallery_is_reached_and_walked_by_keyboard(visit):
    page = visit.page("?n=30&gallery=12")
    tiles = page.locator(".vs-tile")
    tiles.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(tiles.nth(10)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("selected: 10", exact=True)).to_be_visible()
    assert page.locator(".vs-tile[tabindex='0']").count() == 1


def test_texts_in_the_gallery_are_cards(visit):
    page = visit.page("?n=3&texts=2&gallery=5")
    expect(page.locator(".vs-tile-text")).to_have_text(["word 0", "word 1"])


def test_a_large_picture_shows_which_part_was_used(visit):
    page = visit.page("?n=4&gallery=1")
    outline, picture = page.locator(".vs-large-box"), page.locator(".vs-large-frame img").first
    expect(picture).to_have_class(re.compile("vs-there"))
    whole, part = picture.bounding_box(), outline.bounding_box()
    assert part["width"] == pytest.approx(whole["width"] / 2, abs=3)
    assert part["height"] == pytest.approx(whole["height"], abs=3)
    expect(page.get_by_alt_text("an example")).to_be_visible()
