"""Every page opens with its answer on the first screen, and leaves nobody out: measured and looked through by axe."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from map_page import IDLE
from serving import ROOT

PAGES = sorted("" if path.stem == "map" else path.stem for path in (ROOT / "pages").glob("*.py"))
PROJECTOR, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}
LOWEST = {1280: 360, 390: 560}
TITLE_ROW = 64
# Maps, charts, tables, pictures, lists and figures; sentences that are a verdict; collections to choose from.
ANSWERS = (
    ".vs-canvas",
    ".stPlotlyChart",
    ".stDataFrame",
    ".vs-gallery",
    ".vs-large",
    ".vs-line",
    "[data-testid=stAlert]",
    "[data-testid=stMetric]",
    "[class*=st-key-association_verdict]",
    "[class*=st-key-ready_]",
)
# The checks of clusters of 3,240 words take minutes.
ASKED = {"clusters": "?collection=sentences"}
DONE = f"""() => {{
  const parts = [...document.querySelectorAll("[data-testid=stMain] .stBidiComponent")]
  return ({IDLE})() && document.querySelector(".st-key-heading")
    && parts.every((each) => each.querySelector("[class*=vs-]"))
    && !document.querySelector("[data-testid=stSkeleton], .st-key-progress")
}}"""
STILL = """async (size) => {
  const main = document.querySelector("[data-testid=stMain]")
  const seen = () => [innerWidth, main.scrollHeight, main.clientWidth].join()
  for (let same = 0, before = ""; same < 8; before = seen()) {
    await new Promise(requestAnimationFrame)
    same = innerWidth === size && seen() === before ? same + 1 : 0
  }
}"""
MEASURE = """(answers) => {
  const main = document.querySelector("[data-testid=stMain]")
  const [title, question] = document.querySelector(".st-key-heading").children
  const boxes = [...main.querySelectorAll(answers)].filter((each) => each.checkVisibility())
    .map((each) => each.getBoundingClientRect()).filter(({ height }) => height > 20)
  return {
    answer: Math.min(...boxes.map(({ top }) => top + main.scrollTop)),
    title: question.getBoundingClientRect().bottom - title.getBoundingClientRect().top,
    sideways: Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth),
  }
}"""
# Streamlit 1.67 puts its navigation's <li> into <div>, which no page can change. The marks within a chart of Plotly are
# hundreds of shapes, over which axe takes most of its time; the chart itself is looked at.
AXE = """async (options) => (await axe.run({ exclude: [[".main-svg > *"]] }, options)).violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .flatMap(({ id, nodes }) => nodes.map(({ target, html, any }) => [id, target.join(" "), html, any[0]?.message]))
  .filter(([id, target]) => !["list", "listitem"].includes(id)
    || !document.querySelector(target).closest("[data-testid=stSidebarNav]"))
  .map((found) => found.join(" · ").slice(0, 400))"""
# What is the same in both themes is looked through in one of them.
LOOKED_FOR = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}


def opened(page, name, size):
    page.set_viewport_size(size)
    page.goto(f"/{name}{ASKED.get(name, '')}")
    page.wait_for_function(DONE)
    page.evaluate(STILL, size["width"])


def shortcomings(page, name, size):
    """What is not where it should be, in words."""
    seen = page.evaluate(MEASURE, ", ".join(ANSWERS))
    lowest, at = LOWEST[size["width"]], f"/{name} at {size['width']}"
    if not seen["answer"] < lowest:
        yield f"{at}: the answer begins at {seen['answer']}, not above {lowest}"
    if seen["title"] > TITLE_ROW:
        yield f"{at}: the title is {seen['title']} pixels high, not {TITLE_ROW} at most"
    if seen["sideways"] > 0:
        yield f"{at}: {seen['sideways']} pixels lie beside the screen"


@pytest.mark.parametrize("theme", LOOKED_FOR)
def test_every_page_answers_on_its_first_screen_and_axe_finds_nothing(page, theme):
    page.emulate_media(color_scheme=theme)
    found = []
    for name in PAGES:
        opened(page, name, PROJECTOR)
        page.evaluate(AXE_SCRIPT)
        found += [f"/{name} {theme}: {each}" for each in page.evaluate(AXE, LOOKED_FOR[theme])]
        if theme == "light":
            found += shortcomings(page, name, PROJECTOR)
            page.set_viewport_size(PHONE)
            page.evaluate(STILL, PHONE["width"])
            found += shortcomings(page, name, PHONE)
    assert found == []
