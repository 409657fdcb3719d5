"""From "this looks biased" to evidence, and how fragile it is, in a real browser; effect sizes are worked out again."""

import re

import numpy as np
import pytest
from map_page import IDLE
from playwright.sync_api import expect

from embeddings import embed
from embeddings.bias.ready import ready_tests
from embeddings.collection import Collection

ENCODERS = ("MiniLM", "MiniLM static")
DATA = """(at) => Array.from(document.querySelectorAll(at + " .js-plotly-plot"))
  .map((each) => each.data).find((data) => data)
  .map(({ name, x, y }) => ({ name, x: Array.from(x?._inputArray ?? x), y: Array.from(y?._inputArray ?? y) }))"""


def effect_size(encoder, test):
    """WEAT's d (Caliskan, Bryson & Narayanan 2017), word by word."""
    sets = [list(getattr(test, name).words) for name in ("x", "y", "a", "b")]
    every = list(dict.fromkeys(word for words in sets for word in words))
    space = embed(Collection.from_texts(every, name="words"), encoder)
    unit = space.vectors / np.linalg.norm(space.vectors, axis=1, keepdims=True)
    of = dict(zip(every, unit.astype(np.float64), strict=True))

    def association(word):
        a, b = ([of[word] @ of[other] for other in words] for words in sets[2:])
        return np.mean(a) - np.mean(b)

    x, y = ([association(word) for word in words] for words in sets[:2])
    return (np.mean(x) - np.mean(y)) / np.std([*x, *y], ddof=1)


@pytest.fixture(scope="module")
def weat1():
    return next(iter(ready_tests().values()))


def test_flowers_and_insects_with_two_encoders_side_by_side(page, weat1):
    page.goto("/bias?encoders=MiniLM&encoders=MiniLM static")
    for encoder in ENCODERS:
        said = page.get_by_text(re.compile(rf"^{encoder}: Flowers go with Pleasant"))
        expect(said).to_be_visible()
    for key in ("forest", "leverage", "random_sets"):
        expect(page.locator(f".st-key-{key} .js-plotly-plot").first).to_be_visible()
    drawn = {each["name"]: each["x"] for each in page.evaluate(DATA, ".st-key-forest")}
    for encoder in ENCODERS:
        assert drawn[encoder] == [pytest.approx(effect_size(encoder, weat1), abs=0.005)]
    expect(page.get_by_text(re.compile("times as many random items in place of X and Y"))).to_be_visible()

    page.locator(".st-key-association_X_chips").get_by_role("button", name="Remove daffodil").click()
    expect(page.get_by_text("must be as many").first).to_be_visible()
    page.get_by_role("button", name="Leave out").click()
    expect(page.get_by_text(re.compile("Before your changes to the words, d was")).first).to_be_visible()
    page.wait_for_function(IDLE)
    assert "sets=Flowers." in page.url
    shared = page.context.new_page()
    shared.goto(page.url)
    expect(shared.locator(".st-key-association_X_chips")).to_contain_text("clover")
    expect(shared.locator(".st-key-association_X_chips")).not_to_contain_text("daffodil")
    shared.close()


def test_a_search_for_ceo_shows_a_table_and_a_chart(page):
    page.goto("/bias?probe=Search skew")
    expect(page.get_by_text("These are 64 first names of a published test").first).to_be_visible()
    expect(page.locator(".st-key-skew_chart .js-plotly-plot").first).to_be_visible()
    expect(page.get_by_text("Every group", exact=True)).to_be_visible()


def test_what_stays_after_debiasing(page):
    page.goto("/bias?probe=Direction and debiasing&direction_part=Take it out?")
    page.get_by_role("button", name="Take it out and look").click()
    expect(page.get_by_text("It is hidden, not removed.")).to_be_visible()
    expect(page.locator(".st-key-remaining_chart .js-plotly-plot").first).to_be_visible()
    before, after = ([*bars["y"]] for bars in page.evaluate(DATA, ".st-key-remaining_chart"))
    assert all(later <= earlier + 0.02 for earlier, later in zip(before, after, strict=True))
    assert after[0] > 0.8
    expect(page.get_by_text("Every probe before and after")).to_be_visible()
    expect(page.locator(".st-key-tests_chart .js-plotly-plot").first).to_be_visible()
