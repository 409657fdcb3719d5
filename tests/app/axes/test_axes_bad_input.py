"""Mistaken seeds, words and links are answered on the Axes page and nothing is lost."""

import numpy as np
import pytest
from driving import settle, texts
from size_axis import LINES

from components.kit import caching
from embeddings.space import Space


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("tiny, huge", "An axis needs at least 2 pairs"),
        ("tiny, huge\ntiny, big", "stands twice on the low side"),
        ("tiny, huge\nhuge, big", "stands on both sides"),
        ("tiny, huge\ntinny, big", "Did you mean"),
        ("tiny, huge\nlittle", "a pair has two sides"),
        ("\n".join(f"a{i} b{i}" for i in range(5_000)), "at most 200 pairs"),
        ("#1, #6\n#2, #999", "There is no item"),
    ],
)
def test_mistakes_are_answered_beside_the_seeds_and_nothing_is_lost(open_sizes, lines, said):
    app = open_sizes()
    app.text_area(key="axis_pairs").set_value(lines)
    app = settle(app.run())
    assert not app.exception
    assert said in app.error[0].value.replace("\\", "")
    assert app.text_area(key="axis_pairs").value == lines
    app.text_area(key="axis_pairs").set_value(LINES)
    assert settle(app.run()).success


def test_equal_sides_have_no_direction(open_page):
    vectors = np.array([[1, 0], [1, 0], [1, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    saved = caching.store().save(Space.from_vectors("abcdef", vectors, name="equal"))
    app = open_page("axes.py", collection=saved.id, axis="pairs*a~b*c~d")
    assert "no direction between them" in app.error[0].value
    app.text_area(key="axis_pairs").set_value("a, e\nb, f")
    app = settle(app.run())
    assert not app.error
    assert "Too few seeds" in app.warning[0].value


def test_mistaken_held_out_and_placed_words_are_answered_and_the_axis_stays(open_sizes):
    app = open_sizes(held_low="tiny", held_high="whale", placed="mouse, nobody")
    said = [error.value.replace("\\", "") for error in app.error]
    assert any("“tiny” is a seed of the axis" in each for each in said)
    assert any("“nobody” is not in this collection" in each for each in said)
    assert any(verdict_box.value for verdict_box in app.success)


def test_a_malformed_link_is_answered_on_the_page_and_on_the_map(open_sizes):
    app = open_sizes(axis="pairs*nonsense")
    assert "The axis in this link cannot be read" in app.error[0].value
    app = open_sizes("map.py", axis="pairs*nonsense", colour="axis: a ↔ b")
    assert not app.exception
    assert "The axis in this link cannot be read" in texts(app)
