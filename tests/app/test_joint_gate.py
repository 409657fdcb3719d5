"""What the pages about a joint space say where there is none."""

import numpy as np
import pyarrow as pa
import pytest
from driving import press, said

from components.kit import caching
from embeddings.collection import Collection
from embeddings.space import Space


@pytest.mark.parametrize("page", ["joint.py", "zero_shot.py"])
def test_texts_alone_are_answered_with_an_example_that_opens_on_one_click(open_page, page):
    app = open_page(page)
    assert "holds texts only" in said(app)
    app = press(app, "Open the drawn scenes with Scenes CLIP")
    assert not app.exception
    assert app.query_params["collection"] == "scenes"
    assert app.metric


@pytest.mark.parametrize("page", ["joint.py", "zero_shot.py"])
def test_an_encoder_without_a_joint_space_is_changed_on_one_click(open_page, some_scenes, page):
    app = open_page(page, **some_scenes | {"encoder": "Pixels"})
    assert "Pixels does not put pictures and texts into one space" in said(app)
    app = press(app, "Use Scenes CLIP")
    assert not app.exception
    assert app.metric


@pytest.mark.parametrize("page", ["joint.py", "zero_shot.py"])
def test_ready_made_vectors_have_no_joint_space(open_page, page):
    pictures = Collection("given", caching.sample("scenes").items[:5], pa.table({}))
    saved = caching.store().save(Space(pictures, np.eye(5), "given vectors"))
    app = open_page(page, collection=saved.id)
    assert "does not put pictures and texts into one space" in said(app)
