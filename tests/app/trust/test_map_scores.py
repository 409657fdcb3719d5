"""The scores of one map."""

import numpy as np
import pyarrow as pa

from components.kit.colours import DARK, LIGHT
from components.views.map_scores import label_columns, shepard_chart
from embeddings.collection import Collection
from embeddings.trust import NeighbourhoodHit, Shepard, shepard, trust
from embeddings.trust.whole_map import hit_score, score_table, scores_of, shepard_score, shepard_table, tied_sentence


def test_every_score_has_one_line_of_meaning(line):
    space, layout = line
    found = trust(space, layout, k=2)
    scores = [*scores_of(found), shepard_score(shepard(space, layout))]
    hit = NeighbourhoodHit(0.57, 0.52, 0.33, np.zeros(6, "f4"))
    scores.append(hit_score(hit, "topic"))
    assert all(score.meaning.endswith(".") for score in scores)
    assert "more order than there is" in scores[-1].meaning
    assert score_table(scores).column_names == ["score", "term", "value", "number", "meaning"]
    assert score_table(scores)["number"].to_pylist()[:3] == [found.kept, found.trustworthiness, found.continuity]
    assert tied_sentence(found) == "" or "Ties" in tied_sentence(found)
    flat = Shepard(float("nan"), None, np.zeros(1), np.zeros(1))
    assert shepard_score(flat).value == "—"


def test_the_shepard_diagram_counts_every_pair(line):
    space, layout = line
    found = shepard(space, layout)
    for theme in (LIGHT, DARK):
        heat = shepard_chart(found, metric="cosine", colours=theme).data[0]
        assert np.nansum(heat.customdata) == 15
    assert sum(shepard_table(found)["pairs"].to_pylist()) == 15


def test_only_columns_that_group_the_items_are_labels():
    columns = {"kind": list("ababab"), "name": list("abcdef"), "one": ["x"] * 6, "file": list("aabbcc")}
    collection = Collection("c", tuple("uvwxyz"), pa.table(columns))
    assert label_columns(collection, 2) == ["kind"]
    assert label_columns(collection, 6) == []
