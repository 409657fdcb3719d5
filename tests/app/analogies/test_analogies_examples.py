"""The examples that the page offers where nothing is typed."""

from driving import settle, texts
from royal_sums import SUM, lists, plain, press

from components.analogies.examples import WORDS, find_example
from components.kit import caching
from components.kit.spaces import space_request
from embeddings.analogies.parsing import parse
from embeddings.analogies.solving import solve
from embeddings.jobs.job import Job
from embeddings.samples.frequent import most_frequent
from embeddings.space import Space


def test_every_example_reads_and_names_words_of_the_default_vocabulary():
    words = set(most_frequent(12_000))
    for group in WORDS.groups.values():
        for example in group:
            assert {term.name for term in parse(example.sum).terms} <= words
            assert {example.expected, example.first} <= words
            assert example.notice.endswith((".", ")."))
    assert find_example(WORDS, f" {SUM} ").expected == "queen"
    assert find_example(WORDS, "a - b") is None
    assert all(example.first != example.expected for example in WORDS.groups["Ones that fail"])


def test_nothing_typed_teaches_and_the_example_runs_on_one_click(open_page):
    app = open_page("analogies.py", encoder="MiniLM", collection="words")
    assert not app.exception
    assert "can be added and subtracted" in texts(app)
    assert not app.dataframe
    app = press(app, "king − man + woman")
    assert not app.exception
    assert app.text_input(key="sum").value == SUM
    assert app.text_input(key="expected").value == "queen"
    said = plain(app)
    assert "queen comes first by 3CosAdd (0.58) and 3CosMul" in said
    assert "With inputs allowed queen would be 3rd by 3CosAdd, behind king and woman" in said
    assert "the sum finds what its parts do not" in said
    assert lists(app)["3CosAdd"][0] == "queen ✓"
    assert len(lists(app)) == 10
    app.toggle(key="inputs").set_value(True)
    app = settle(app.run())
    assert "king, an input, comes first by 3CosAdd" in plain(app)
    assert lists(app)["3CosAdd"].tolist()[:3] == ["king (input)", "woman (input)", "queen ✓"]
    ranks = lists(app, "inputs left out")
    assert ranks["inputs left out"].tolist() == [1, 1, 3]
    assert ranks["inputs in"].tolist() == [3, 1, 4]


def test_what_the_examples_say_holds_with_their_encoder():
    space = space_request(caching.words(12_000), WORDS.encoder)[1](Job("test"))
    for group in WORDS.groups.values():
        for example in group:
            first = solve(space, example.sum, k=1).rows[0]
            assert space.collection.items[first] == example.first, example.sum


def test_ready_made_vectors_are_invited_by_what_they_hold(open_royal, open_page):
    labels = [button.label for button in open_royal().button]
    assert any("king" in label for label in labels)
    assert not any("france" in label for label in labels)
    saved = caching.store().save(
        Space.from_vectors(["a", "b", "c", "d"], [[1, 0], [1, 1], [0, 1], [-1, 1]], name="four")
    )
    app = press(open_page("analogies.py", collection=saved.id, encoder=""), "#2 − #1 + #3")
    assert not app.exception
    assert app.text_input(key="sum").value == "#2 - #1 + #3"
    assert lists(app)["3CosAdd"][0] == "d"


def test_pictures_without_words_are_invited_by_number(open_page):
    app = open_page("analogies.py", collection="digits", encoder="Pixels", sum="seven")
    assert "“seven” is not in this collection" in plain(app)
    app.text_input(key="sum").set_value("")
    app = press(settle(app.run()), "#2 − #1 + #3")
    assert not app.exception
    assert "3CosAdd picture" in lists(app).columns
