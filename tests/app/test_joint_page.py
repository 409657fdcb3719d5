"""The joint page: its pure parts, then the page itself over the drawn scenes."""

import numpy as np
import pytest
from driving import metric, press, said, settle
from joint_spaces import numbered_pictures
from some_pictures import first_of

from components.joint.charts import cosine_chart, recall_chart
from components.joint.gate import JointChoice
from components.joint.joined import SIDE, Placed
from components.joint.matrix import matrix_chart, pictures_for, spread
from components.joint.page import map_sentence, scene_of
from components.joint.tables import before_and_after, every_step, nearest_of_other_kind, percent, step_of
from components.joint.texts import text_columns, texts_of_column, texts_of_lines
from components.kit import caching
from components.kit.colours import DARK, LIGHT
from embeddings.encoders import load_encoder
from embeddings.gap import modality_gap
from embeddings.intervals import Interval
from embeddings.joint import join
from embeddings.retrieval import gap_sweep
from embeddings.space import Space


@pytest.fixture
def drawn():
    """12 pictures in 4 kinds and 4 texts, on two sides of one axis."""
    rng = np.random.default_rng(2)
    kinds = np.eye(6)[:4]
    pictures = kinds.repeat(3, axis=0) + 0.2 * rng.normal(size=(12, 6)) + np.eye(6)[5]
    joined = join(numbered_pictures(12), [f"kind {number}" for number in range(4)])
    space = Space(joined, np.vstack([pictures, kinds - np.eye(6)[5]]), "Fake")
    return space, np.column_stack([np.arange(12), 12 + np.arange(12) // 3])


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
    monkeypatch.setattr("components.joint.texts.MOST_TEXTS", 2)
    found = texts_of_lines(["a", "b", "c"], ["c", "a"])
    assert (found.texts, found.left_out, found.own.tolist()) == (("a", "b"), 1, [-1, 0])


def test_the_joint_map_draws_pictures_first_and_colours_by_kind(drawn):
    space, _ = drawn
    choice = JointChoice(numbered_pictures(12), (), "Fake")
    scene = scene_of(space, choice, Placed(np.zeros((16, 2), np.float32), SIDE, ("a", "b")))
    assert scene.pictures.n == 12
    assert scene.colouring.labels == ("picture", "text")
    assert scene.texts[12] == "kind 0"
    assert "12 pictures and 4 texts" in scene.description


def test_the_map_says_that_its_axes_stay_only_where_they_do():
    places = np.zeros((3, 2), np.float32)
    assert "axes stay" in map_sentence(Placed(places, SIDE, ("a", "b")))
    assert "axes stay" in map_sentence(Placed(places, "PCA", ("a", "b")))
    assert "axes stay" not in map_sentence(Placed(places, "UMAP"))


def test_recall_before_and_after_stands_side_by_side(drawn):
    sweep = gap_sweep(*drawn)
    table = before_and_after(sweep, "text → picture", 1.0).to_pydict()
    assert table["among the"] == ["first", "first 5", "first 10"]
    assert table["as it is"][0] == percent(sweep.retrievals[0].text_to_image.shares[0])
    assert table["100% closed"][0] == percent(sweep.retrievals[-1].text_to_image.shares[0])
    assert table["chance"][0] == "25.0 %"
    assert "0% closed" not in before_and_after(sweep, "picture → text", 0.0).column_names
    assert step_of(sweep, 0.3) == 3
    assert percent(Interval(0.8123, 0.7, 0.9)) == "81 % [70, 90]"


def test_every_step_has_its_row_with_and_without_pairs(drawn):
    space, pairs = drawn
    table = every_step(gap_sweep(space, pairs))
    assert table.num_rows == 11
    assert {"closed", "gap", "text → picture recall@1 low", "picture → text chance@10"} <= set(table.column_names)
    assert np.isnan(every_step(gap_sweep(space))["mean cosine pairs"].to_pylist()).all()


def test_the_nearest_of_the_other_kind_are_found(drawn):
    space, _ = drawn
    rows, cosines = nearest_of_other_kind(space, 13, np.arange(12), k=3)
    assert sorted(rows.tolist()) == [3, 4, 5]
    assert (np.diff(cosines) <= 0).all()


def test_the_charts_hold_what_they_say(drawn):
    sweep = gap_sweep(*drawn)
    for theme in (LIGHT, DARK):
        curves = cosine_chart(sweep.gaps[0], colours=theme)
        assert [trace.name.split(" (")[0] for trace in curves.data] == [
            "two pictures", "two texts", "picture and text", "true pairs",
        ]  # fmt: skip
        assert all(sum(trace.y) == pytest.approx(100) for trace in curves.data)
        lines = recall_chart(sweep, "text → picture", 0.5, colours=theme)
        first = next(trace for trace in lines.data if trace.name == "recall@1")
        assert first.y[0] == pytest.approx(100 * sweep.retrievals[0].text_to_image.shares[0].share)
        assert [len(each) for each in (first.x, first.y)] == [11, 11]


def test_cosines_without_true_pairs_have_three_curves(drawn):
    assert len(cosine_chart(modality_gap(drawn[0]), colours=LIGHT).data) == 3


def test_the_matrix_shows_each_texts_own_picture_or_the_nearest(drawn):
    space, pairs = drawn
    assert pictures_for(space, [12, 14], pairs, 12) == [0, 6]
    near = pictures_for(space, [12, 12], np.empty((0, 2), int), 12)
    assert len(set(near)) == 2
    assert set(near) <= {0, 1, 2}
    assert spread(4, 8) == [0, 1, 2, 3]
    assert spread(100, 3) == [0, 49, 99]
    chart = matrix_chart(np.array([[0.1, -0.2]], np.float32), ["t"], ["p", "q"], ["a", "b"], colours=LIGHT)
    assert [image.source for image in chart.layout.images] == ["a", "b"]
    assert (chart.data[0].zmin, chart.data[0].zmax) == pytest.approx((-0.2, 0.2))


# --- the page


def test_the_gap_is_shown_and_closing_it_moves_gap_and_recall(open_page, some_scenes):
    app = open_page("joint.py", **some_scenes)
    assert not app.exception
    sweep = _swept(first_of("scenes", 90))
    assert metric(app, "Modality gap") == f"{sweep.gaps[0].size:.2f}"
    table = next(frame.value for frame in app.dataframe if "as it is" in frame.value.columns)
    assert table["as it is"].tolist() == [percent(each) for each in sweep.retrievals[0].text_to_image.shares]
    app.slider(key="close").set_value(1.0)
    app = settle(app.run())
    assert metric(app, "Modality gap") == f"{sweep.gaps[-1].size:.2f}"
    table = next(frame.value for frame in app.dataframe if "as it is" in frame.value.columns)
    assert table["100% closed"].tolist() == [percent(each) for each in sweep.retrievals[-1].text_to_image.shares]


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


def _swept(collection):
    pictures = caching.store().space(collection, "Scenes CLIP")
    read = texts_of_column(collection, "caption")
    vectors = load_encoder("Scenes CLIP").encode(read.texts)
    joined = Space(join(collection, read.texts), np.vstack([pictures.vectors, vectors]), "Scenes CLIP")
    return gap_sweep(joined, read.pairs)
