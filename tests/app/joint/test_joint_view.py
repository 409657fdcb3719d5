"""What pages about a joint space need: where it is missing, which texts, and what the encoder reads of them."""

import numpy as np
import pyarrow as pa
import pytest
from driving import press, said
from joint_spaces import numbered_pictures

from components.kit import caching
from embeddings.collection import Collection
from embeddings.joint import text_columns, texts_of_column, texts_of_lines
from embeddings.space import Space


@pytest.mark.parametrize("page", ["joint.py", "zero_shot.py"])
def test_beside_texts_the_drawn_scenes_are_shown_at_once_and_open_on_one_click(open_page, page):
    app = open_page(page)
    assert "has no pictures, so these are the drawn scenes" in said(app)
    assert app.metric
    assert app.query_params["collection"] == "sentences"
    app = press(app, "Open the drawn scenes with Scenes CLIP")
    assert not app.exception
    assert app.query_params["collection"] == "scenes"
    assert app.metric


def test_an_encoder_without_a_joint_space_is_changed_on_one_click(open_page, some_scenes):
    app = open_page("joint.py", **some_scenes | {"encoder": "Pixels"})
    assert "Pixels does not put pictures and texts into one space" in said(app)
    app = press(app, "Use Scenes CLIP")
    assert not app.exception
    assert app.metric


def test_ready_made_vectors_have_no_joint_space(open_page):
    pictures = Collection("given", caching.sample("scenes").items[:5], pa.table({}))
    saved = caching.store().save(Space(pictures, np.eye(5), "given vectors"))
    app = open_page("zero_shot.py", collection=saved.id)
    assert "does not put pictures and texts into one space" in said(app)
    assert "Open the drawn scenes with Scenes CLIP" in [button.label for button in app.button]


def test_texts_come_from_a_column_each_once_with_its_pictures():
    pictures = numbered_pictures(4, caption=["red", "blue", None, "red"], digit=[1, 2, 1, 1], ink=[0.1, 0.2, 0.3, 0.4])
    found = texts_of_column(pictures, "caption")
    assert found.texts == ("red", "blue")
    assert found.pairs.tolist() == [[0, 4], [1, 5], [3, 4]]
    assert texts_of_column(pictures, "digit", "the digit {}").texts == ("the digit 1", "the digit 2")
    assert text_columns(pictures) == ["caption", "digit"]


def test_typed_lines_belong_to_the_pictures_whose_captions_they_are():
    found = texts_of_lines([" red ", "", "green", "red"], ["red", None, "blue"])
    assert found.texts == ("red", "green")
    assert found.pairs.tolist() == [[0, 3]]


def test_more_texts_than_the_bound_are_counted(monkeypatch):
    monkeypatch.setattr("embeddings.joint.MOST_TEXTS", 2)
    found = texts_of_lines(["a", "b", "c"], ["c", "a"])
    assert (found.texts, found.left_out, found.own.tolist()) == (("a", "b"), 1, [-1, 0])
