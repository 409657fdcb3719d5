"""The zero-shot page: its pure parts, then the page itself over the digits."""

import csv
import io

import numpy as np
import pytest
from driving import metric, said, settle
from joint_spaces import numbered_pictures
from some_pictures import first_of

from components.kit import caching
from components.kit.colours import DARK, LIGHT
from components.kit.evidence import with_settings
from components.kit.labels import called, held_out, label_columns, match_labels, usual_labels, values_of
from components.kit.words import table_csv
from components.views.confusion import confusion, confusion_chart, most_confused, names_chart
from components.views.named_pictures import (
    accuracy_sentence,
    calibration_sentence,
    every_picture,
    none_sentence,
    per_label,
    per_picture,
    rows_in_cell,
    verdicts,
)
from components.views.zero_shot import Question, answers
from embeddings.encoders import load_encoder
from embeddings.space import Space
from embeddings.zero_shot import label_prompts, label_vectors, none_of_these, zero_shot, zero_shot_report


def test_label_columns_are_those_that_can_be_a_truth():
    pictures = numbered_pictures(
        4, ink=[0.1, 0.2, 0.3, 0.4], colour=["r", "b", "r", None], Pixels=["held out", "x"] * 2,
        shape=["o", "x", "x", "o"], name=list("abcd"), caption=["a", "a", "b", "b"], same=["s"] * 4,
    )  # fmt: skip
    assert label_columns(pictures) == ["shape", "colour"]
    assert values_of(pictures, "colour") == ["b", "r"]
    assert held_out(pictures, "Pixels").tolist() == [True, False, True, False]
    assert held_out(pictures, "MiniLM") is None


def test_digits_are_called_by_their_words_and_found_again():
    values = values_of(numbered_pictures(4, digit=["10", "2", "0", "2"]), "digit")
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
    pictures = numbered_pictures(6, kind=["cat", "cat", "cat", "dog", "dog", "owl"])
    vectors = np.array([[1, 0], [0.9, 0.1], [0.1, 1], [0, 1], [0.3, 0.9], [1, 1]], dtype=np.float32)
    result = zero_shot(vectors, np.eye(2, dtype=np.float32), scale=5)
    return answers(Space(pictures, vectors, "Fake"), Question(("cat", "dog"), ("{}",), "kind", {}), result)


def test_answers_stand_beside_the_truth(given):
    assert given.true.tolist() == [0, 0, 0, 1, 1, -1]
    assert given.report.confusion.tolist() == [[2, 1], [0, 2]]
    assert rows_in_cell(given, 0, 1).tolist() == [2]
    assert rows_in_cell(given, None, 0).tolist() == [0, 1, 5]
    assert verdicts(given, np.array([2]))[0].startswith("cat → dog 9")
    assert verdicts(given, np.array([0]))[0].startswith("cat 9")
    assert verdicts(given, np.array([5]))[0] == "cat 50 %"


def test_pictures_that_do_not_count_are_named_all_the_same(given):
    counted = given.question._replace(counted=np.arange(6) > 2)
    again = answers(given.pictures, counted, given.result)
    assert again.true.tolist() == [-1, -1, -1, 1, 1, -1]
    assert (again.report.known, again.report.unknown) == (2, 4)
    assert "4 pictures were seen in training" in accuracy_sentence(again.report, held_out=True)


def test_answers_become_tables_and_files(given):
    table = per_picture(given, np.arange(6))
    assert table.column_names == ["row", "item", "named", "confidence", "true", "p(cat)", "p(dog)"]
    assert table["true"].to_pylist() == ["cat", "cat", "cat", "dog", "dog", None]
    sums = np.add(table["p(cat)"].to_numpy(), table["p(dog)"].to_numpy())
    np.testing.assert_allclose(sums, 1, rtol=1e-5)
    every = every_picture(given)
    file = table_csv(with_settings(every.whole(), every.settings)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [len(rows), rows[5]["encoder"], rows[5]["templates"], rows[5]["logit scale"]] == [6, "Fake", "{}", "5"]
    assert confusion(given, given.report).lines.to_pydict() == {
        "true": ["cat", "dog"], "named cat": [2, 0], "named dog": [1, 2],
    }  # fmt: skip
    labels = per_label(given, given.report).lines.to_pydict()
    assert labels["pictures"] == [3, 2]
    assert labels["precision"] == [1, pytest.approx(2 / 3)]


def test_many_labels_are_told_by_their_first_choices_and_worst_mistakes(given):
    assert most_confused(given, given.report).to_pydict() == {"true": ["cat"], "named": ["dog"], "pictures": [1]}
    three = Question(("a", "b", "c"), ("{}",))
    result = zero_shot(np.array([[3, 1, 2]], np.float32), np.eye(3, dtype=np.float32))
    space = Space(numbered_pictures(1), np.eye(1), "Fake")
    table = per_picture(answers(space, three, result), np.array([0]), most=2).to_pydict()
    assert (table["named"], table["second choice"], table["third choice"]) == (["a"], ["c"], ["b"])
    assert "p(a)" not in table


def test_the_evidence_names_interval_baselines_and_confidence(given):
    said = accuracy_sentence(given.report)
    assert "Of 5 pictures; 95 % interval 37.6 to 96.4 %" in said
    assert "Guessing reaches 50.0 %, always naming the most frequent label 60.0 %. 1 pictures" in said
    assert "surer than it is right" in calibration_sentence(given.report, 5)
    assert "too modest" in calibration_sentence(given.report._replace(confidence=0.5), 5)


def test_every_cell_of_the_confusion_chart_can_be_picked(given):
    for theme in (LIGHT, DARK):
        chart = confusion_chart(given.report, given.question.labels, theme)
        assert chart.data[0].z.tolist() == [[2 / 3, 1 / 3], [0, 1]]
        assert list(zip(chart.data[1].y, chart.data[1].x, strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
        assert "cat, named dog: 1 (33 % of cat)" in chart.data[1].text
        assert list(names_chart(given.result.predicted, given.question.labels, theme).data[0].x) == [3, 3]


# --- the page


def test_the_digits_are_named_in_words_and_counted(open_page, some_digits):
    app = open_page("zero_shot.py", **some_digits)
    assert not app.exception
    assert app.text_area(key="labels").value.split() == usual_labels([str(digit) for digit in range(10)])
    assert app.multiselect(key="templates").value == ["a handwritten {}"]
    pictures = caching.store().space(first_of("digits", 200), "Scenes CLIP")
    result = _named(pictures, app.text_area(key="labels").value.split(), app.number_input(key="scale").value)
    true = np.array([int(value) for value in pictures.collection.column("digit").to_pylist()])
    held = np.array([value == "held out" for value in pictures.collection.column("Scenes CLIP").to_pylist()])
    expected = zero_shot_report(result, np.where(held, true, -1))
    assert f"{(~held).sum()} pictures were seen in training or have another truth" in said(app)
    assert metric(app, "Accuracy") == f"{100 * expected.accuracy.share:.1f} %"
    assert expected.accuracy.share > 0.5
    assert app.number_input(key="scale").value == pytest.approx(pictures.params["logit scale"], abs=0.06)
    assert ("No picture is named wrongly." in said(app)) == (expected.accuracy.share == 1)


def test_an_unusable_question_is_answered_beside_it(open_page, some_digits):
    app = open_page("zero_shot.py", **some_digits)
    for labels, templates, message in (
        ("", ["{}"], "There are no labels"),
        ("cat\ntwo", ["{}"], "does not know “cat”"),
        ("houses\nsuns", ["{}"], "does not know “houses” and “suns”. So every label is the same to it"),
        ("one circle\ntwo circles", ["{}"], "None of the labels is a value of this column"),
        ("zero\none", [], "There is no template"),
    ):
        app.text_area(key="labels").set_value(labels)
        app.multiselect(key="templates").set_value(templates)
        app = settle(app.run())
        assert not app.exception
        assert message in said(app)


def test_pictures_of_no_truth_are_named_but_not_counted(open_page, some_digits):
    app = open_page("zero_shot.py", **some_digits, truth="not known", labels="zero\none\ntwo")
    assert not app.exception
    assert metric(app, "Mean confidence")
    assert "nobody knows how right the names are" in said(app)


def test_a_picture_may_be_none_of_the_labels(given, open_page, some_digits):
    allowed = answers(given.pictures, given.question, none_of_these(given.result, scale=1.0, bias=-0.9))
    assert allowed.names == ("cat", "dog", "none of these")
    assert verdicts(allowed, np.array([0, 5]))[1] == "none of these"
    assert per_picture(allowed, np.array([5]))["named"].to_pylist() == ["none of these"]
    assert confusion(allowed, allowed.report).lines["named none of these"].to_pylist() == [0, 0]
    chart = confusion_chart(allowed.report, allowed.names, LIGHT)
    assert chart.data[0].z.shape == (2, 3)
    assert "1 of 6 pictures are none of these: their best cosine is below 0.900" in none_sentence(allowed)
    app = open_page("zero_shot.py", **some_digits, labels="zero\none", none="true")
    assert not app.exception
    assert "pictures are none of these" in said(app)


def test_labels_that_the_encoder_cannot_tell_apart_and_cuts_are_said(open_page, some_digits):
    long = "three " * 60
    app = open_page("zero_shot.py", **some_digits, labels=f"zero\nZERO\n{long}\n{long} two")
    assert not app.exception
    assert "cannot tell “zero” and “ZERO”, “three three" in said(app)
    assert "cuts off the rest of “three three" in said(app)


def test_some_labels_leave_the_other_pictures_uncounted(open_page, some_digits):
    app = open_page("zero_shot.py", **some_digits, labels="zero\none")
    assert "No label means “2”, “3”, “4”, “5”, “6” …" in said(app)
    app.checkbox(key="held_out").uncheck()
    others = sum(value not in ("0", "1") for value in first_of("digits", 200).column("digit").to_pylist())
    assert f"{others} pictures have another truth and are not counted" in said(settle(app.run()))


def test_another_collection_brings_its_own_labels(open_page, some_digits, some_scenes):
    app = open_page("zero_shot.py", **some_digits)
    app.session_state["link_collection"] = some_scenes["collection"]
    app = settle(app.run())
    assert not app.exception
    assert "circle" in app.text_area(key="labels").value.split("\n")


def _named(pictures, labels, scale):
    vectors = load_encoder("Scenes CLIP").encode(label_prompts(labels, ["a handwritten {}"]))
    return zero_shot(pictures.vectors, label_vectors(vectors, len(labels)), scale=scale)
