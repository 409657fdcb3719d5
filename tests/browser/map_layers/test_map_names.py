"""Names on the map."""

import numpy as np
from layers_page import CENTRES, TOPICS, boxes, demo_points, middles
from map_page import space_to_pixels, to_pixels
from playwright.sync_api import expect


def covering(found):
    """Pairs of boxes that lie over each other."""
    low, high = np.maximum(found[:, None, :2], found[None, :, :2]), np.minimum(found[:, None, 2:], found[None, :, 2:])
    return np.count_nonzero(np.triu((high - low > 1).all(axis=2), 1))


def covered(found, pixels):
    """How many points lie within boxes."""
    within = (pixels[:, None] >= found[None, :, :2]) & (pixels[:, None] <= found[None, :, 2:])
    return np.count_nonzero(within.all(axis=2))


def test_names_stand_beside_the_points_of_their_places_larger_than_words_and_over_nothing(visit):
    page = visit.page("?show=names")
    expect(page.locator(".vs-word").first).to_be_visible()
    names = page.locator(".vs-name")
    assert [name.replace("\n", " ") for name in names.all_text_contents()][:4] == TOPICS
    found = boxes(page, ".vs-name")[:4]
    away = to_pixels(page, CENTRES) - middles(found)
    assert np.linalg.norm(away, axis=1).max() < 90
    pixels = to_pixels(page, demo_points())
    assert covered(found, pixels) <= covered(found + np.tile(away, 2), pixels)
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
    assert np.linalg.norm(found[:4] - expected, axis=1).max() < 90


def test_names_are_told_to_those_who_do_not_see_them(visit):
    page = visit.page("?show=names,outlines")
    told = page.locator(".vs-described").text_content()
    assert told.startswith("Names on the map: weather, music, kitchen, harbour, ")
    assert told.endswith("Outlines: hull of a topic.")
    assert page.locator(".vs-stage").get_attribute("aria-describedby") == page.locator(".vs-described").get_attribute(
        "id"
    )


def test_the_words_button_takes_names_away_too(visit):
    page = visit.page("?show=names")
    button = page.get_by_role("button", name="Labels on the map")
    button.click()
    expect(page.locator(".vs-name, .vs-word")).to_have_count(0)
    button.click()
    expect(page.locator(".vs-name")).to_have_count(5)
