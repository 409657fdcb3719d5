"""What each space is like: the view of geometry, its parts alone and on the page."""

import numpy as np
from encoder_pairs import N

from components.kit.colours import DARK, LIGHT
from components.views.geometry import fact_table, hubs, norms_chart, norms_sentence, number_table, pairs_chart, shown
from embeddings.geometry import facts, geometry
from embeddings.graph import knn_graph
from embeddings.space import Space


def card_of(space):
    return geometry(space, knn_graph(space, k=20))


def test_the_card_is_that_of_the_core(open_compare, few, spaces):
    app = open_compare(compare="Geometry")
    assert not app.exception
    card = card_of(spaces[0])
    assert app.table[0].value.iloc[0, 1].replace("\\", "") == f"{card.mean_cosine:.2f}"
    assert app.dataframe[0].value["item"][0] == few.text(int(card.hubness.hubs[0]))[:80]


def test_the_card_stands_side_by_side(one, other):
    cards = [card_of(one), card_of(other)]
    table = fact_table(cards, ["x", "y"])
    assert table.column_names == ["what", "x", "y", "how to read it", "reference"]
    assert table.num_rows == len(facts(cards[0]))
    assert table["x"][0].as_py() == f"{cards[0].mean_cosine:.2f}"
    assert "12 dimensions" not in " ".join(table["how to read it"].to_pylist())
    assert number_table(cards, ["x", "y"]).to_pylist()[-1] == {"measure": "dimension", "x": 16, "y": 12}
    assert [shown("copies", 12.0), shown("length", float("nan")), shown("x", 12.34)] == ["12", "—", "12.3"]
    listed = hubs(one, cards[0])
    assert listed.lines["in lists"].to_pylist() == sorted(cards[0].hubness.counts, reverse=True)[:10]
    assert listed.rows == cards[0].hubness.hubs.tolist()


def test_cosines_and_lengths_are_drawn_line_by_line(one):
    sample = np.random.default_rng(0).normal(size=500).astype(np.float32)
    first, second = pairs_chart([sample, sample], ["x", "<b>"], LIGHT).data
    assert second.name == "&lt;b&gt;"
    assert sum(first.y[::2]) == sum(second.y[::2])
    level, partly = np.eye(N), np.eye(N)
    partly[0] = 0
    even, lame = (card_of(Space.from_vectors(one.collection.items, each, name="even")) for each in (level, partly))
    spike = norms_chart([even], ["x"], DARK).data[0]
    assert (list(spike.x), list(spike.y)) == ([1, 1], [0, 100])
    assert norms_sentence([even, lame], ["x", "y"]) == (
        "All vectors of x have length 1. y has 1 vectors of length 0: they have no direction."
    )
