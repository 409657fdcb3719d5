"""The pages about a joint space: their pure parts, then the pages themselves over the drawn scenes and the digits."""

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from driving import settle, texts

from components import caching
from components.joint.charts import cosine_chart, recall_chart
from components.joint.gate import JointChoice
from components.joint.joined import SIDE, Placed
from components.joint.matrix import matrix_chart, pictures_for, spread
from components.joint.page import map_sentence, scene_of
from components.joint.tables import before_and_after, every_step, nearest_of_other_kind, percent, step_of
from components.joint.texts import text_columns, texts_of_column, texts_of_lines
from components.text import table_csv
from components.zero_shot.answers import (
    answers,
    confusion_table,
    most_confused,
    per_label,
    per_picture,
    rows_in_cell,
    verdicts,
)
from components.zero_shot.charts import confusion_chart, names_chart
from components.zero_shot.controls import Question
from components.zero_shot.evidence import accuracy_sentence, calibration_sentence
from components.zero_shot.labels import called, held_out, label_columns, match_labels, usual_labels, values_of
from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.gap import modality_gap
from embeddings.intervals import Interval
from embeddings.joint import join
from embeddings.retrieval import gap_sweep
from embeddings.space import Space
from embeddings.zero_shot import label_prompts, label_vectors, zero_shot, zero_shot_report


def pictures_of(count, **columns):
    items = tuple(f"picture {number}".encode() for number in range(count))
    return Collection("drawings", "image", items, pa.table(columns) if columns else pa.table({}))


@pytest.fixture
def drawn():
    """12 pictures in 4 kinds and 4 texts, on two sides of one axis."""
    rng = np.random.default_rng(2)
    kinds = np.eye(6)[:4]
    pictures = kinds.repeat(3, axis=0) + 0.2 * rng.normal(size=(12, 6)) + np.eye(6)[5]
    joined = join(pictures_of(12), [f"kind {number}" for number in range(4)])
    space = Space(joined, np.vstack([pictures, kinds - np.eye(6)[5]]), "Fake")
    return space, np.column_stack([np.arange(12), 12 + np.arange(12) // 3])


def test_texts_come_from_a_column_each_once_with_its_pictures():
    pictures = pictures_of(4, caption=["red", "blue", None, "red"], digit=[1, 2, 1, 1], ink=[0.1, 0.2, 0.3, 0.4])
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
    choice = JointChoice(pictures_of(12), (), "Fake")
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
    for dark in (False, True):
        curves = cosine_chart(sweep.gaps[0], dark=dark)
        assert [trace.name.split(" (")[0] for trace in curves.data] == [
            "two pictures", "two texts", "picture and text", "true pairs",
        ]  # fmt: skip
        assert all(sum(trace.y) == pytest.approx(100) for trace in curves.data)
        lines = recall_chart(sweep, "text → picture", 0.5, dark=dark)
        first = next(trace for trace in lines.data if trace.name == "recall@1")
        assert first.y[0] == pytest.approx(100 * sweep.retrievals[0].text_to_image.shares[0].share)
        assert [len(each) for each in (first.x, first.y)] == [11, 11]


def test_cosines_without_true_pairs_have_three_curves(drawn):
    assert len(cosine_chart(modality_gap(drawn[0]), dark=False).data) == 3


def test_the_matrix_shows_each_texts_own_picture_or_the_nearest(drawn):
    space, pairs = drawn
    assert pictures_for(space, [12, 14], pairs, 12) == [0, 6]
    near = pictures_for(space, [12, 12], np.empty((0, 2), int), 12)
    assert len(set(near)) == 2
    assert set(near) <= {0, 1, 2}
    assert spread(4, 8) == [0, 1, 2, 3]
    assert spread(100, 3) == [0, 49, 99]
    chart = matrix_chart(np.array([[0.1, -0.2]], np.float32), ["t"], ["p", "q"], ["a", "b"], dark=False)
    assert [image.source for image in chart.layout.images] == ["a", "b"]
    assert (chart.data[0].zmin, chart.data[0].zmax) == pytest.approx((-0.2, 0.2))


def test_label_columns_are_those_that_can_be_a_truth():
    pictures = pictures_of(
        4, ink=[0.1, 0.2, 0.3, 0.4], colour=["r", "b", "r", None], Pixels=["held out", "x"] * 2,
        shape=["o", "x", "x", "o"], name=list("abcd"), caption=["a", "a", "b", "b"], same=["s"] * 4,
    )  # fmt: skip
    assert label_columns(pictures) == ["shape", "colour"]
    assert values_of(pictures, "colour") == ["b", "r"]
    assert held_out(pictures, "Pixels").tolist() == [True, False, True, False]
    assert held_out(pictures, "MiniLM") is None


def test_digits_are_called_by_their_words_and_found_again():
    values = values_of(pictures_of(4, digit=["10", "2", "0", "2"]), "digit")
    assert values == ["0", "2", "10"]
    assert usual_labels(values) == ["zero", "two", "ten"]
    assert usual_labels(["cat", "3"]) == ["cat", "3"]
    assert usual_labels(["1999", "2000"]) == ["1999", "2000"]
    assert match_labels(values, ["zero", "Two", "dog"]) == {"0": "zero", "2": "Two"}
    assert match_labels(["two", "Cat"], ["2", "cat"]) == {"two": "2", "Cat": "cat"}
    assert called({"0": "zero"}, values) == "No label means “2”, “10”: their pictures are named, but not counted."
    assert called(dict.fromkeys(values, "x"), values) == ""


@pytest.fixture
def given():
    """Six pictures of two kinds, one named wrongly; one of a third kind."""
    pictures = pictures_of(6, kind=["cat", "cat", "cat", "dog", "dog", "owl"])
    vectors = np.array([[1, 0], [0.9, 0.1], [0.1, 1], [0, 1], [0.3, 0.9], [1, 1]], dtype=np.float32)
    result = zero_shot(vectors, np.eye(2, dtype=np.float32), scale=5)
    return answers(pictures, Question(("cat", "dog"), ("{}",), "kind", {}), result)


def test_answers_stand_beside_the_truth(given):
    assert given.true.tolist() == [0, 0, 0, 1, 1, -1]
    assert given.report.confusion.tolist() == [[2, 1], [0, 2]]
    assert rows_in_cell(given, 0, 1).tolist() == [2]
    assert rows_in_cell(given, None, 0).tolist() == [0, 1, 5]
    assert verdicts(given, [2])[0].startswith("cat → dog 9")
    assert verdicts(given, [0])[0].startswith("cat 9")
    assert verdicts(given, [5])[0] == "cat 50 %"


def test_pictures_that_do_not_count_are_named_all_the_same(given):
    counted = given.question._replace(counted=np.arange(6) > 2)
    again = answers(given.pictures, counted, given.result)
    assert again.true.tolist() == [-1, -1, -1, 1, 1, -1]
    assert (again.report.known, again.report.unknown) == (2, 4)
    assert "4 pictures were seen in training" in accuracy_sentence(again.report, held_out=True)


def test_answers_become_tables_and_files(given):
    table = per_picture(given, range(6))
    assert table.column_names == ["row", "item", "named", "confidence", "true", "p(cat)", "p(dog)"]
    assert table["true"].to_pylist() == ["cat", "cat", "cat", "dog", "dog", None]
    sums = np.add(table["p(cat)"].to_numpy(), table["p(dog)"].to_numpy())
    np.testing.assert_allclose(sums, 1, rtol=1e-5)
    rows = list(csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig"))))
    assert len(rows) == 7
    assert confusion_table(given, given.report).to_pydict() == {
        "true": ["cat", "dog"], "named cat": [2, 0], "named dog": [1, 2],
    }  # fmt: skip
    labels = per_label(given, given.report).to_pydict()
    assert labels["pictures"] == [3, 2]
    assert labels["precision"] == [1, pytest.approx(2 / 3)]


def test_many_labels_are_told_by_their_first_choices_and_worst_mistakes(given):
    assert most_confused(given, given.report).to_pydict() == {"true": ["cat"], "named": ["dog"], "pictures": [1]}
    three = Question(("a", "b", "c"), ("{}",))
    result = zero_shot(np.array([[3, 1, 2]], np.float32), np.eye(3, dtype=np.float32))
    table = per_picture(answers(pictures_of(1), three, result), [0], most=2).to_pydict()
    assert (table["named"], table["second choice"], table["third choice"]) == (["a"], ["c"], ["b"])
    assert "p(a)" not in table


def test_the_evidence_names_interval_baselines_and_confidence(given):
    said = accuracy_sentence(given.report)
    assert "Of 5 pictures; 95 % interval 37.6 to 96.4 %" in said
    assert "Guessing reaches 50.0 %, always naming the most frequent label 60.0 %. 1 pictures" in said
    assert "surer than it is right" in calibration_sentence(given.report, 5)
    assert "too modest" in calibration_sentence(given.report._replace(confidence=0.5), 5)


def test_every_cell_of_the_confusion_chart_can_be_picked(given):
    for dark in (False, True):
        chart = confusion_chart(given.report, given.question.labels, dark=dark)
        assert chart.data[0].z.tolist() == [[2 / 3, 1 / 3], [0, 1]]
        assert list(zip(chart.data[1].y, chart.data[1].x, strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
        assert "cat, named dog: 1 (33 % of cat)" in chart.data[1].text
        assert list(names_chart(given.result.predicted, given.question.labels, dark=dark).data[0].x) == [3, 3]


@pytest.fixture(scope="session")
def scenes(cluster):
    """A link to the first 90 of the drawn scenes."""
    return {"collection": _saved(_first("scenes", 90)), "encoder": "Scenes CLIP"}


@pytest.fixture(scope="session")
def digits(cluster):
    """A link to the first 200 digits."""
    return {"collection": _saved(_first("digits", 200)), "encoder": "Scenes CLIP"}


def said(app):
    return texts(app).replace("\\", "")


def metric(app, label):
    return next(each.value for each in app.metric if each.label == label)


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    return settle(app.run())


@pytest.mark.parametrize("page", ["joint.py", "zero_shot.py"])
def test_texts_alone_are_answered_with_an_example_that_opens_on_one_click(open_page, page):
    app = open_page(page)
    assert "holds texts only" in said(app)
    app = press(app, "Open the drawn scenes with Scenes CLIP")
    assert not app.exception
    assert app.query_params["collection"] == "scenes"
    assert app.metric


@pytest.mark.parametrize("page", ["joint.py", "zero_shot.py"])
def test_an_encoder_without_a_joint_space_is_changed_on_one_click(open_page, scenes, page):
    app = open_page(page, **scenes | {"encoder": "Pixels"})
    assert "Pixels does not put pictures and texts into one space" in said(app)
    app = press(app, "Use Scenes CLIP")
    assert not app.exception
    assert app.metric


@pytest.mark.parametrize("page", ["joint.py", "zero_shot.py"])
def test_ready_made_vectors_have_no_joint_space(open_page, page):
    pictures = Collection("given", "image", caching.sample("scenes").items[:5], pa.table({}))
    saved = caching.store().save(Space(pictures, np.eye(5), "given vectors"))
    app = open_page(page, collection=saved.id)
    assert "does not put pictures and texts into one space" in said(app)


def test_the_gap_is_shown_and_closing_it_moves_gap_and_recall(open_page, scenes):
    app = open_page("joint.py", **scenes)
    assert not app.exception
    sweep = _swept(_first("scenes", 90))
    assert metric(app, "Modality gap") == f"{sweep.gaps[0].size:.2f}"
    table = next(frame.value for frame in app.dataframe if "as it is" in frame.value.columns)
    assert table["as it is"].tolist() == [percent(each) for each in sweep.retrievals[0].text_to_image.shares]
    app.slider(key="close").set_value(1.0)
    app = settle(app.run())
    assert metric(app, "Modality gap") == f"{sweep.gaps[-1].size:.2f}"
    table = next(frame.value for frame in app.dataframe if "as it is" in frame.value.columns)
    assert table["100% closed"].tolist() == [percent(each) for each in sweep.retrievals[-1].text_to_image.shares]


@pytest.mark.parametrize("method", ["PCA", "UMAP"])
def test_the_joint_map_can_be_drawn_by_other_methods(open_page, scenes, method):
    app = open_page("joint.py", **scenes, joint_method=method, close="0.5")
    assert not app.exception
    assert f"{method}, seed 0" in said(app)


def test_a_clicked_text_shows_its_nearest_pictures_and_a_picture_its_texts(open_page, scenes):
    app = open_page("joint.py", **scenes, at="91")
    assert "Nearest pictures, by cosine; ✓ its own" in said(app)
    app = open_page("joint.py", **scenes, at="1")
    assert "Nearest texts, by cosine; ✓ its own" in said(app)
    nearest = next(frame.value for frame in app.dataframe if list(frame.value.columns) == ["item", "cosine"])
    assert len(nearest) == 8


def test_typed_texts_and_columns_stand_in_for_captions(open_page, scenes, digits):
    app = open_page("joint.py", **scenes, texts_from="typed lines")
    assert "None of these texts is a picture’s own" in said(app)
    app.text_area(key="typed_texts").set_value("only one")
    assert "at least 2 pictures and 2 different texts; here are 90 and 1." in said(settle(app.run()))
    app = open_page("joint.py", **digits, texts_from="digit", sentence="the digit {}")
    assert "10 texts asked, 200 pictures to choose from" in said(app)
    app.text_input(key="sentence").set_value("no place for it")
    assert "has no {}: that is where the label goes" in said(settle(app.run()))


def test_a_mixed_collection_brings_its_own_texts(open_page):
    some = _first("scenes", 30)
    captions = some.column("caption").to_pylist()
    mixed = _saved(join(some, list(dict.fromkeys([*captions, "an elephant"]))))
    app = open_page("joint.py", collection=mixed, encoder="Scenes CLIP")
    assert not app.exception
    assert app.selectbox(key="texts_from").value == "texts beside them"
    assert f"{len(set(captions))} texts asked, 30 pictures to choose from" in said(app)


def test_the_digits_are_named_in_words_and_counted(open_page, digits):
    app = open_page("zero_shot.py", **digits)
    assert not app.exception
    assert app.text_area(key="labels").value.split() == usual_labels([str(digit) for digit in range(10)])
    assert app.multiselect(key="templates").value == ["a handwritten {}"]
    pictures = caching.store().space(_first("digits", 200), "Scenes CLIP")
    result = _named(pictures, app.text_area(key="labels").value.split(), app.number_input(key="scale").value)
    true = np.array([int(value) for value in pictures.collection.column("digit").to_pylist()])
    held = np.array([value == "held out" for value in pictures.collection.column("Scenes CLIP").to_pylist()])
    expected = zero_shot_report(result, np.where(held, true, -1))
    assert f"{(~held).sum()} pictures were seen in training or have another truth" in said(app)
    assert metric(app, "Accuracy") == f"{100 * expected.accuracy.share:.1f} %"
    assert expected.accuracy.share > 0.5
    assert app.number_input(key="scale").value == pytest.approx(pictures.params["logit scale"], abs=0.06)
    assert ("No picture is named wrongly." in said(app)) == (expected.accuracy.share == 1)


@pytest.mark.parametrize(
    ("labels", "templates", "message"),
    [
        ("", None, "There are no labels"),
        ("zero", None, "“zero” is the only label"),
        ("zero\none\nzero", None, "“zero” stands there twice"),
        ("\n".join(map(str, range(5000))), None, "these are 5,000"),
        ("cat\ndog", None, "None of the labels is a value of this column"),
        ("zero\none", [], "There is no template"),
        ("zero\none", ["a digit"], "“a digit” has no {}"),
    ],
)
def test_an_unusable_question_is_answered_beside_it(open_page, digits, labels, templates, message):
    app = open_page("zero_shot.py", **digits)
    app.text_area(key="labels").set_value(labels)
    if templates is not None:
        app.multiselect(key="templates").set_value(templates)
    app = settle(app.run())
    assert not app.exception
    assert message in said(app)


def test_pictures_of_no_truth_are_named_but_not_counted(open_page, digits):
    app = open_page("zero_shot.py", **digits, truth="not known", labels="zero\none\ntwo")
    assert not app.exception
    assert metric(app, "Mean confidence")
    assert "nobody knows how right the names are" in said(app)


def test_some_labels_leave_the_other_pictures_uncounted(open_page, digits):
    app = open_page("zero_shot.py", **digits, labels="zero\none")
    assert "No label means “2”, “3”, “4”, “5”, “6” …" in said(app)
    app.checkbox(key="held_out").uncheck()
    others = sum(value not in ("0", "1") for value in _first("digits", 200).column("digit").to_pylist())
    assert f"{others} pictures have another truth and are not counted" in said(settle(app.run()))


def test_another_collection_brings_its_own_labels(open_page, digits, scenes):
    app = open_page("zero_shot.py", **digits)
    app.session_state["link_collection"] = scenes["collection"]
    app = settle(app.run())
    assert not app.exception
    assert "circle" in app.text_area(key="labels").value.split("\n")


def test_both_kinds_open_on_the_map_as_one_collection(open_page, scenes):
    app = open_page("joint.py", **scenes)
    app = press(app, "Open both on the Map")
    assert not app.exception
    saved = caching.store().find(str(app.query_params["collection"]))
    assert caching.store().load(saved.fingerprint).kind == "mixed"


def _first(sample, count):
    whole = caching.sample(sample)
    return Collection(f"some {sample}", "image", whole.items[:count], whole.metadata.slice(0, count))


def _saved(content):
    return caching.store().save(content).id


def _swept(collection):
    pictures = caching.store().space(collection, "Scenes CLIP")
    read = texts_of_column(collection, "caption")
    vectors = load_encoder("Scenes CLIP").encode(read.texts)
    joined = Space(join(collection, read.texts), np.vstack([pictures.vectors, vectors]), "Scenes CLIP")
    return gap_sweep(joined, read.pairs)


def _named(pictures, labels, scale):
    vectors = load_encoder("Scenes CLIP").encode(label_prompts(labels, ["a handwritten {}"]))
    return zero_shot(pictures.vectors, label_vectors(vectors, len(labels)), scale=scale)
