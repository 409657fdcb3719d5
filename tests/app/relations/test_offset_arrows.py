"""The arrows of a relation, the labels beside them, and the heat map of cosines."""

import numpy as np
import pytest
from pair_offsets import offsets_of

from components.kit.colours import DARK, LIGHT
from components.views.analogy_charts import (
    DRAWN,
    agreement,
    by_agreement,
    cosines_chart,
    offsets_chart,
    oriented,
    short,
)
from embeddings.label_placing import SMALL_LETTER, SMALL_LINE, fitting_labels


def test_the_mean_points_right_and_up(measured):
    found, _ = measured
    mean = oriented(found).mean(axis=0)
    assert (mean >= 0).all()
    assert np.abs(oriented(found)) == pytest.approx(np.abs(found.coordinates))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_arrows_begin_at_one_origin_with_equal_scales_and_a_bound(measured, theme):
    found, pairs = measured
    chart = offsets_chart(found, pairs, colours=theme)
    assert chart.layout.yaxis.scaleanchor == "x"
    assert chart.layout.yaxis.scaleratio == 1
    arrows, mean, labels = chart.data[:3]
    assert len(arrows.x) == 3 * DRAWN
    assert set(arrows.x[::3]) == {0}
    assert list(arrows.x[1::3]) == pytest.approx(oriented(found)[:DRAWN, 0].tolist())
    assert arrows.hovertext[4] == "first1 → second1"
    assert mean.x[1] == pytest.approx(oriented(found)[:, 0].mean())
    assert 1 <= len(labels.text) <= DRAWN


def test_the_heat_map_shows_those_that_agree_first_and_no_diagonal(measured):
    found, pairs = measured
    few, some = offsets_of(found, 26), pairs[:26]
    chart = cosines_chart(few, some, colours=LIGHT)
    heat = chart.data[0]
    assert len(heat.z) == DRAWN
    assert np.isnan(np.diag(np.array(heat.z, dtype=float))).all()
    order = by_agreement(few, DRAWN)
    assert agreement(few)[order[0]] == agreement(few)[:DRAWN].max()
    assert heat.z[0][1] == pytest.approx(float(few.cosines[order[0], order[1]]))
    assert heat.text[0][1] == short(heat.z[0][1])
    assert heat.y[0].endswith("  1")
    assert heat.zmin == -heat.zmax


def test_labels_are_left_out_where_they_would_cover_others():
    apart = np.array([[100.0, 0.0], [-100.0, 0.0], [0.0, 100.0]])
    none = np.empty((0, 2))
    assert fitting_labels(apart, ["one", "two", "three"], also=none) == ["middle right", "middle left", "top center"]
    crowd = np.array([[100.0, float(number)] for number in range(12)])
    sides = fitting_labels(crowd, ["a long label"] * 12, also=none)
    assert sides[0] is not None
    assert None in sides
    above = np.array([[100.0 + SMALL_LETTER, 0.0]])
    assert fitting_labels(np.array([[100.0 - SMALL_LINE, 0.0]]), ["behind"], also=above)[0] != "middle right"
