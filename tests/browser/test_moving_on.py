"""From page to page and from question to question: what the reader chose comes along, and Back undoes one choice."""

import re

from map_page import IDLE
from playwright.sync_api import expect

OVERLAP = """() => {
  window.beside = []
  const main = document.querySelector("[data-testid=stMain]")
  new MutationObserver(() => {
    const old = main.querySelector(".st-key-compare_left"), now = main.innerText.includes("neighbours on average")
    if (old && now) window.beside.push(main.innerText)
    window.gone ??= old ? undefined : now ? "late" : "before"
  }).observe(main, { childList: true, subtree: true })
}"""


def opened(page, address):
    page.goto(address)
    page.wait_for_function("window.vsHistory?.arriving() === false")
    page.wait_for_function(IDLE)


def test_back_from_another_page_is_one_step_and_the_method_comes_along(page):
    opened(page, "/?collection=sentences")
    page.get_by_role("radio", name="PCA").click()
    page.wait_for_url(re.compile("method=PCA"))
    page.wait_for_function(IDLE)
    left, steps = page.url, page.evaluate("history.length")
    page.get_by_role("link", name="Clusters").click()
    expect(page.get_by_role("radio", name="PCA")).to_be_checked()
    page.wait_for_url(re.compile("/clusters.*drawn_by=PCA"))
    page.wait_for_function("window.vsHistory.arriving() === false")
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    expect(page).to_have_url(left)
    expect(page.get_by_role("radio", name="PCA")).to_be_checked()


def test_the_answer_to_another_question_goes_before_the_next_is_there(page):
    opened(page, "/compare?collection=sentences&with=TF-IDF&method=PCA")
    page.locator(".st-key-compare_left .vs-canvas").wait_for()
    page.evaluate(OVERLAP)
    page.get_by_role("radio", name="Agreement").click()
    expect(page.get_by_text(re.compile("share .* on average")).first).to_be_visible()
    assert page.evaluate("[window.gone, window.beside]") == ["before", []]
