"""The Axes page against the core called directly."""

import numpy as np
from driving import settle, texts
from size_axis import HIGH, LINES, LOW

from components.kit.axes import SAVED, verdict
from components.views.axis_plane import kinship
from embeddings.axes import separation
from embeddings.axis_seeds import Seeds, from_text, to_text


def test_the_page_shows_the_core_s_figures(open_sizes, sizes, axis):
    app = open_sizes()
    assert verdict(axis).heading in app.success[0].value
    assert "5 of 5 pairs" in app.success[0].value
    low = next(frame.value for frame in app.dataframe if frame.value["item"][0] in LOW)
    np.testing.assert_allclose(low["cosine"], np.sort(axis.projections)[:12], atol=1e-6)


def test_held_out_words_get_their_auc(open_sizes, sizes, axis):
    app = open_sizes(held_low="mouse ant", held_high="whale, elephant")
    expected = separation(sizes, axis, ["mouse", "ant"], ["whale", "elephant"])
    assert app.metric[0].value == f"{expected.auc:.2f}"


def test_the_seeds_are_carried_over_between_pairs_and_lists(open_sizes):
    app = open_sizes()
    app.segmented_control(key="axis_seeds").set_value("Two lists")
    app = settle(app.run())
    assert app.text_area(key="axis_low_words").value == ", ".join(LOW)
    assert "25 of 25 pairs" in texts(app) + app.success[0].value
    app.text_area(key="axis_high_words").set_value("huge big")
    app = settle(app.run())
    app.segmented_control(key="axis_seeds").set_value("Pairs")
    assert settle(app.run()).text_area(key="axis_pairs").value == LINES


def test_without_seeds_the_page_says_what_an_axis_is(open_sizes):
    app = open_sizes(axis="")
    assert "An axis is a direction of meaning" in texts(app)
    assert not app.error


def test_the_link_follows_what_is_typed(open_sizes):
    app = open_sizes()
    app.text_input(key="axis_low_name").set_value("klein")
    app.text_area(key="axis_pairs").set_value("tiny huge\nlittle big\nminor major")
    app = settle(app.run())
    expected = Seeds(LOW[:3], HIGH[:3], True, "klein")
    assert app.query_params["axis"] == to_text(expected)
    assert "klein ↔ huge" in texts(app)


def test_a_saved_axis_is_opened_taken_second_and_deleted(open_sizes):
    app = open_sizes()
    app.text_input(key="axis_name").set_value("size")
    app = settle(app.run())
    app.button(key="save_axis").click()
    app = settle(app.run())
    app.text_area(key="axis_pairs").set_value("tiny huge\nlittle big")
    app.text_input(key="axis_name").set_value("")
    app = settle(app.run())
    app.selectbox(key="second_axis").set_value("size")
    app = settle(app.run())
    assert "The two directions have a cosine of" in texts(app).replace("\\", "")
    assert from_text(app.query_params["axis2"]).name == "size"
    app.button(key="open_axis_0").click()
    app = settle(app.run())
    assert app.text_area(key="axis_pairs").value == LINES
    app.button(key="delete_axis_0").click()
    app = settle(app.run())
    assert not app.session_state[SAVED]


def test_the_link_opens_a_second_axis(open_sizes, axis, other):
    second = Seeds(("other1", "other2", "other3"), ("other4", "other5"), False)
    app = open_sizes(axis2=to_text(second))
    assert app.selectbox(key="second_axis").value == "other1 ↔ other4"
    said = texts(app).replace("\\", "")
    assert f"have a cosine of {kinship(axis, other).cosine:.2f}" in said
    assert "correlate with" in said
    assert "cannot be read" in open_sizes(axis2="lists*a").error[0].value
