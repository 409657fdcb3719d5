"""Pictures and texts on one map, and what is nearest across the kinds."""

import numpy as np
import pytest
from driving import press, said, settle
from joint_spaces import numbered_pictures
from some_pictures import first_of

from components.kit import caching
from components.views.joint_map import SIDE, Placed, joint_scene, map_sentence, nearest_of_other_kind
from embeddings.joint import join


def test_the_joint_map_draws_pictures_first_and_colours_by_kind(drawn):
    space, _ = drawn
    scene = joint_scene(space, numbered_pictures(12), Placed(np.zeros((16, 2), np.float32), SIDE, ("a", "b")))
    assert scene.pictures.n == 12
    assert scene.colouring.labels == ("picture", "text")
    assert scene.texts[12] == "kind 0"
    assert "12 pictures and 4 texts" in scene.description


def test_the_map_says_that_its_axes_stay_only_where_they_do():
    places = np.zeros((3, 2), np.float32)
    assert "axes stay fixed" in map_sentence(Placed(places, SIDE, ("a", "b")))
    assert "axes stay" in map_sentence(Placed(places, "PCA", ("a", "b")))
    assert "axes stay" not in map_sentence(Placed(places, "UMAP"))


def test_the_nearest_of_the_other_kind_are_found(drawn):
    space, _ = drawn
    rows, cosines = nearest_of_other_kind(space, 13, np.arange(12), k=3)
    assert sorted(rows.tolist()) == [3, 4, 5]
    assert (np.diff(cosines) <= 0).all()


@pytest.mark.parametrize("method", ["PCA", "UMAP"])
def test_the_joint_map_can_be_drawn_by_other_methods(open_page, some_scenes, method):
    app = open_page("joint.py", **some_scenes, joint_method=method, close="0.5")
    assert not app.exception
    assert f"{method}, seed 0" in said(app)


def test_a_clicked_text_shows_its_nearest_pictures_and_a_picture_its_texts(open_page, some_scenes):
    app = open_page("joint.py", **some_scenes, at="91")
    assert "Nearest pictures, by cosine; ✓ its own" in said(app)
    app = open_page("joint.py", **some_scenes, at="1")
    assert "Nearest texts, by cosine; ✓ its own" in said(app)
    nearest = next(frame.value for frame in app.dataframe if list(frame.value.columns) == ["item", "cosine"])
    assert len(nearest) == 8


def test_typed_texts_and_columns_stand_in_for_captions(open_page, some_scenes, some_digits):
    app = open_page("joint.py", **some_scenes, texts_from="typed lines")
    assert "None of these texts is a picture’s own" in said(app)
    app.text_area(key="typed_texts").set_value("only one")
    assert "at least 2 pictures and 2 different texts; here are 90 and 1." in said(settle(app.run()))
    app.text_area(key="typed_texts").set_value("houses\nsuns\ntrees")
    unknown = said(settle(app.run()))
    assert "does not know “houses”, “suns” and “trees”. So every text is the same to it" in unknown
    assert "Try again" not in [button.label for button in app.button]
    app = open_page("joint.py", **some_digits, texts_from="digit", sentence="the digit {}")
    assert "10 texts asked, 200 pictures to choose from" in said(app)
    app.text_input(key="sentence").set_value("no place for it")
    assert "has no {}: that is where the label goes" in said(settle(app.run()))


def test_a_mixed_collection_brings_its_own_texts(open_page):
    some = first_of("scenes", 30)
    captions = some.column("caption").to_pylist()
    mixed = caching.store().save(join(some, list(dict.fromkeys([*captions, "an elephant"])))).id
    app = open_page("joint.py", collection=mixed, encoder="Scenes CLIP")
    assert not app.exception
    assert app.selectbox(key="texts_from").value == "texts beside them"
    assert f"{len(set(captions))} texts asked, 30 pictures to choose from" in said(app)


def test_both_kinds_open_on_the_map_as_one_collection(open_page, some_scenes):
    app = open_page("joint.py", **some_scenes)
    app = press(app, "Open both on the Map")
    assert not app.exception
    saved = caching.store().find(str(app.query_params["collection"]))
    assert caching.store().load(saved.fingerprint).kinds == ("image", "text")
