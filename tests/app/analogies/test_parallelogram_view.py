"""The parallelogram of a sum, where it has one."""

import numpy as np
import pytest

from components.kit.colours import DARK, LIGHT
from components.views.analogy_charts import corners, described, flat_chart, space_chart
from embeddings.analogies.parallelogram import parallelogram
from embeddings.label_placing import LETTER, LINE, label_places


def test_labels_overlap_neither_each_other_nor_the_frame():
    points = np.array([[60, 40], [200, 40], [110, 160], [250, 160], [205, 44]], dtype=float)
    names = ["man", "king", "woman", "king − man + woman", "kings"]
    places = label_places(points, names, ((0, 1), (2, 3)), (330, 200))
    boxes = [
        (
            x + place.x - LETTER * len(name) / 2,
            y + place.y - LINE / 2,
            x + place.x + LETTER * len(name) / 2,
            y + place.y,
        )
        for (x, y), place, name in zip(points, places, names, strict=True)
    ]
    for one, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[2] <= 330
        for other in boxes[one + 1 :]:
            assert box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_parallelogram_is_drawn_with_equal_scales_and_parallel_arrows(royal, theme):
    drawn = parallelogram(*royal.vectors[[0, 2, 1, 3]])
    figure = flat_chart(drawn, ["man", "king", "woman", "<i>sum</i>", "queen"], theme)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.yaxis.scaleratio == 1
    arrows = [(each.x - each.ax, each.y - each.ay) for each in figure.layout.annotations if each.showarrow]
    np.testing.assert_allclose(arrows[0], arrows[1], atol=1e-6)
    assert "&lt;i&gt;sum&lt;/i&gt;" in [each.text for each in figure.layout.annotations]
    assert any(trace.line.dash == "dash" for trace in figure.data)


def test_in_space_the_answer_stands_above_its_foot(royal):
    drawn = parallelogram(*royal.vectors[[0, 2, 1, 3]], dims=3)
    names = ["man", "king", "woman", "sum", "queen"]
    figure = space_chart(drawn, names, LIGHT)
    assert figure.layout.scene.aspectmode == "data"
    points = next(trace for trace in figure.data if trace.type == "scatter3d" and trace.text)
    np.testing.assert_allclose(points.z[4], drawn.height, atol=1e-6)
    assert corners(drawn, names, {}).lines.column_names == [
        "corner", "item", "x", "y", "z", "share of its squared length in the picture",
    ]  # fmt: skip
    assert "so nothing is lost" in described(drawn, names)


def test_the_caption_tells_what_the_plane_leaves_out(royal):
    drawn = parallelogram(*royal.vectors[[0, 2, 1, 3]])
    said = described(drawn, ["man", "king", "woman", "sum", "queen"])
    assert f"it lies {drawn.height:.2f} above the plane" in said
    assert f"{100 * drawn.answer_share:.0f} % of its squared distance from man" in said
    assert f"{100 * drawn.shares[0]:.0f} % of the squared length of man, king and woman" in said
    assert f"is {drawn.miss:.2f}" in said
