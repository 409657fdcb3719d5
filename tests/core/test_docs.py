"""What the documents say is true: commands exist, links lead somewhere, examples run."""

import re
from pathlib import Path

import pytest

from components.kit.document import SECTIONS, methods_page

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_the_places_of_the_architecture_exist():
    named = re.findall(
        r"`((?:embeddings|components|pages|tests|benchmarks)/[^`]*?)/?`", (ROOT / "docs/architecture.md").read_text()
    )
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_page_on_methods_is_current():
    assert (ROOT / "docs/methods.md").read_text(encoding="utf-8") == methods_page()


def test_every_text_on_how_something_is_computed_is_on_a_page_and_in_the_document():
    texts = {file.stem for file in (ROOT / "components/texts/how").glob("*.md")}
    code = [file.read_text() for folder in ("components", "pages") for file in (ROOT / folder).rglob("*.py")]
    shown = {name for text in code for name in re.findall(r'\bhow(?:=|\()"(\w+)"', text)}
    assert texts == shown == {name for views in SECTIONS.values() for name in views.values()}


def test_commands_of_the_readme_are_targets_of_make():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"`?make ([a-z]+)", README)) - {"it"} <= set(targets)


def test_the_folders_of_the_readme_exist():
    for name in re.findall(r"^([a-z]+/|app\.py) ", README, re.MULTILINE):
        assert (ROOT / name).exists(), name


EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_notebook_examples_are_short():
    for example in EXAMPLES:
        assert len([line for line in example.splitlines() if line.strip()]) <= 10


def test_the_notebook_examples_say_what_they_promise(capsys):
    neighbours, sums, evidence = EXAMPLES
    scope = {}
    exec(compile(neighbours, "README.md", "exec"), scope)  # the project's own file
    assert len(capsys.readouterr().out.splitlines()) == 5
    assert scope["layout"].coordinates.shape == (600, 2)
    exec(compile(evidence, "README.md", "exec"), scope)  # the project's own file
    assert capsys.readouterr().out.startswith("Of each point's 15 true neighbours this map keeps")
    exec(compile(sums, "README.md", "exec"), {})  # the project's own file
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "queen"
    assert int(said[-1]) >= 1


def test_the_readme_is_short_enough_to_read():
    assert len(README.splitlines()) <= 140
