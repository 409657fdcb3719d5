"""How far pictures lie from texts, what closing the gap does, and single cosines of the two."""

import numpy as np
import pytest
from driving import metric, settle
from some_pictures import first_of

from components.kit import caching
from components.kit.colours import DARK, LIGHT
from components.views.modality_gap import (
    before_and_after,
    cosine_chart,
    matrix_chart,
    percent,
    pictures_for,
    recall_chart,
    spread,
    step_of,
    steps,
)
from embeddings.encoders import load_encoder
from embeddings.gap import modality_gap
from embeddings.intervals import Interval
from embeddings.joint import join, texts_of_column
from embeddings.retrieval import gap_sweep
from embeddings.space import Space


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
    table = steps(space, gap_sweep(space, pairs))
    assert table.lines.num_rows == 11
    assert {"closed", "gap", "text → picture recall@1 low", "picture → text chance@10"} <= set(table.lines.column_names)
    assert table.settings["encoder"] == "Fake"
    assert np.isnan(steps(space, gap_sweep(space)).lines["mean cosine pairs"].to_pylist()).all()


def test_the_charts_hold_what_they_say(drawn):
    sweep = gap_sweep(*drawn)
    for theme in (LIGHT, DARK):
        curves = cosine_chart(sweep.gaps[0], theme)
        assert [trace.name.split(" (")[0] for trace in curves.data] == [
            "two pictures", "two texts", "picture and text", "true pairs",
        ]  # fmt: skip
        assert all(sum(trace.y) == pytest.approx(100) for trace in curves.data)
        lines = recall_chart(sweep, "text → picture", 0.5, theme)
        first = next(trace for trace in lines.data if trace.name == "recall@1")
        assert first.y[0] == pytest.approx(100 * sweep.retrievals[0].text_to_image.shares[0].share)
        assert [len(each) for each in (first.x, first.y)] == [11, 11]


def test_cosines_without_true_pairs_have_three_curves(drawn):
    assert len(cosine_chart(modality_gap(drawn[0]), LIGHT).data) == 3


def test_the_matrix_shows_each_texts_own_picture_or_the_nearest(drawn):
    space, pairs = drawn
    assert pictures_for(space, [12, 14], pairs, 12) == [0, 6]
    near = pictures_for(space, [12, 12], np.empty((0, 2), int), 12)
    assert len(set(near)) == 2
    assert set(near) <= {0, 1, 2}
    assert spread(4, 8) == [0, 1, 2, 3]
    assert spread(100, 3) == [0, 49, 99]
    chart = matrix_chart(np.array([[0.1, -0.2]], np.float32), ["t"], ["p", "q"], ["a", "b"], LIGHT)
    assert [image.source for image in chart.layout.images] == ["a", "b"]
    assert (chart.data[0].zmin, chart.data[0].zmax) == pytest.approx((-0.2, 0.2))


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


def _swept(collection):
    pictures = caching.store().space(collection, "Scenes CLIP")
    read = texts_of_column(collection, "caption")
    vectors = load_encoder("Scenes CLIP").encode(read.texts)
    joined = Space(join(collection, read.texts), np.vstack([pictures.vectors, vectors]), "Scenes CLIP")
    return gap_sweep(joined, read.pairs)
