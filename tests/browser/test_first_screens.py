"""Every page opens by its address, under its own title, and its answer is on the first screen."""

from map_page import IDLE
from playwright.sync_api import expect
from serving import ROOT

# What an answer is drawn as: a map, a chart, a table, pictures or lines of items, a verdict, figures.
ANSWER = ", ".join(
    [
        ".vs-canvas",
        ".vs-gallery",
        ".vs-large",
        "[data-testid=stPlotlyChart]",
        "[data-testid=stDataFrame]",
        "[data-testid=stAlert]",
        "[data-testid=stMetric]",
    ]
)
# These compute for long where nothing is stored yet; what stands there meanwhile is no answer.
LONG = ("/outliers", "/joint", "/compare", "/bias")
# Data has no answer: what there is to open stands there.
ANSWERS = {"/data": "[data-testid=stMain] button"}
_TOP = """(answer) => {
  const main = document.querySelector("[data-testid=stMain]")
  const seen = (each) => each.checkVisibility({ visibilityProperty: true }) && each.getBoundingClientRect().height > 20
  const tops = Array.from(main.querySelectorAll(answer)).filter(seen).map((each) => each.getBoundingClientRect().top)
  return tops.length ? main.scrollTop + Math.min(...tops) : null
}"""
SIZES = [((1280, 720), 360), ((390, 844), 560)]


def top_of(page, answer):
    """How far below the top of the page its answer begins, in pixels; waits until there is one."""
    page.wait_for_function(IDLE)
    return page.wait_for_function(f"(answer) => ({_TOP})(answer)", arg=answer).json_value()


def test_every_page_opens_by_its_address_with_its_answer_on_the_first_screen(page):
    page.goto("/")
    links = page.get_by_test_id("stSidebarNavLink")
    links.first.wait_for()
    addresses = [link.get_attribute("href") for link in links.all()]
    # The first line is the icon, the last the title.
    titles = [text.splitlines()[-1] for text in links.all_inner_texts()]
    assert len(addresses) == len(list((ROOT / "pages").glob("*.py")))
    low = []
    for address, title in zip(addresses, titles, strict=True):
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(address)
        expect(page).to_have_title(f"{title} · Vectorscope")
        for (width, height), lowest in () if address.endswith(LONG) else SIZES:
            page.set_viewport_size({"width": width, "height": height})
            top = top_of(page, next((each for path, each in ANSWERS.items() if address.endswith(path)), ANSWER))
            if top > lowest:
                low.append(f"{title} at {width} × {height}: {top:.0f}")
    assert not low
