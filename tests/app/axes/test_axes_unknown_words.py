"""Words that the collection does not hold or the encoder does not know."""

import numpy as np
import pytest
from driving import settle, texts
from size_axis import all_said

from components.axes.lookup import look_up
from embeddings.errors import EmbeddingError


def test_unknown_words_of_given_vectors_are_named_with_their_nearest_spellings(given):
    with pytest.raises(EmbeddingError, match=r"“tinny” is not in this collection\. Did you mean tiny"):
        look_up(given, ["huge", "tinny"])
    assert look_up(given, ["HUGE", "tiny"]).to_encode == []


def test_items_can_be_named_by_their_number(given):
    np.testing.assert_array_equal(look_up(given, ["#2"]).given["#2"], given.vectors[1])
    for number in ("#0", "#9999"):
        with pytest.raises(EmbeddingError, match=f"There is no item {number}: this collection has #1 to #214"):
            look_up(given, [number])


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
