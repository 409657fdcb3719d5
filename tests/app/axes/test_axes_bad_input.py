"""Mistaken seeds, words and links are answered on the Axes page and nothing is lost."""

import numpy as np
from driving import settle, texts
from size_axis import LINES, all_said

from components.kit import caching
from embeddings.space import Space


def test_mistakes_are_answered_beside_the_seeds_and_nothing_is_lost(open_sizes):
    app = open_sizes()
    for lines, said in (
        ("tiny, huge\ntiny, big", "stands twice on the low side"),
        ("tiny, huge\ntinny, big", "Did you mean"),
        ("#1, #6\n#2, #999", "There is no item"),
    ):
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


def test_an_encoder_of_pictures_alone_is_asked_by_number(open_page):
    app = open_page("axes.py", collection="digits", encoder="Colour and texture")
    assert "by their numbers" in texts(app)
    app.text_area(key="axis_pairs").set_value("zero, one\ntwo, three")
    app = settle(app.run())
    assert "looks at pictures only" in app.error[0].value
    app.text_area(key="axis_pairs").set_value("#1, #2\n#11, #12\n#21, #22")
    assert "pairs of its own seeds" in all_said(settle(app.run()))


def test_seeds_that_the_encoder_does_not_know_are_named(open_page):
    app = open_page("axes.py", axis="pairs*small~large*qqqq~xxxx*little~big")
    said = all_said(app)
    assert "“qqqq”" in said
    assert " stand at exactly 0 on the axis made without them" in said
