"""The view “Direction and debiasing” against the core called directly."""

import numpy as np
from driving import settle
from gendered_words import NEUTRAL, PAIRS, saved, texts, view

from components.kit.words import p_text
from embeddings.bias.leaning import leaning
from embeddings.samples import load_sample
from embeddings.space import Space


def test_the_view_shows_direction_direct_bias_and_the_value_for_all(open_page, hidden):
    app = view(open_page, hidden)
    assert not app.exception
    assert not app.error
    found = leaning(hidden, PAIRS, NEUTRAL)
    shown = {each.label: each.value for each in app.metric}
    assert shown["Direct bias"] == f"{found.direct.value:.3f}"
    assert shown["of any item"] == f"{found.direct.of_all:.3f}"
    assert "The pairs share a direction" in texts(app)
    assert f"p {p_text(found.direction.p_value)}" in texts(app).replace("\\", "")
    assert "what may not be concluded" in texts(app).casefold()


def test_strictness_and_ripa_are_switches_of_the_link(open_page, hidden):
    app = view(open_page, hidden, bias_strictness="2", lean_shown="RIPA", ripa_unit="true")
    assert not app.exception
    found = leaning(hidden, PAIRS, NEUTRAL, strictness=2)
    assert next(each.value for each in app.metric if each.label == "Direct bias") == f"{found.direct.value:.3f}"
    assert "all vectors at length 1" in texts(app)


def test_without_pairs_the_view_says_what_to_type(open_page, hidden):
    app = view(open_page, hidden, bias_pairs="")
    assert not app.exception
    assert "Pairs of words that differ in one thing make a direction" in texts(app)


def test_the_ready_pairs_open_with_a_notice_and_where_they_come_from(open_page):
    words = load_sample("words")
    vectors = np.random.default_rng(0).normal(size=(len(words), 8))
    app = open_page("bias.py", probe="Direction and debiasing", encoder="", candidates="The collection",
                    collection=saved(Space.from_vectors(words.items, vectors, name="words")))  # fmt: skip
    assert not app.exception
    said = texts(app).replace("\\", "")
    assert "say nothing about anyone" in said
    assert "Bolukbasi, Chang, Zou, Saligrama & Kalai 2016" in said
    next(button for button in app.button if button.label == "Large and small").click()
    assert "say nothing about anyone" not in texts(settle(app.run()))
