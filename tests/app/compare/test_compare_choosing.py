"""One table to choose an encoder by, and what it says in words: alone and on the page."""

import re
from dataclasses import replace

import numpy as np
import pytest
from driving import press, said
from encoder_pairs import ONE, OTHER, random_space, table_with

from components.kit.words import table_csv
from components.views import choosing
from components.views.choosing import beside_shown, known_row, speed
from embeddings.compare import (
    EncoderRow,
    LabelAccuracy,
    SimilarityCorrelation,
    advice,
    label_accuracy,
    linear_probe,
    load_scored_pairs,
    paired_correlations,
    similarity_correlation,
)
from embeddings.compare.advice import number_table
from embeddings.compare.choice import standings
from embeddings.encoders import load_encoder
from embeddings.intervals import Interval
from embeddings.space import Space


def recommendation(rows):
    return advice.recommendation(rows, standings(rows))


def shown_table(rows):
    return choosing.shown_table(rows, standings(rows))


def beside_table(rows):
    return advice.beside_table(rows, standings(rows))


def test_one_table_to_choose_by(open_compare, few, spaces):
    app = open_compare(compare="Which one?", label_column="topic")
    assert not app.exception
    table = table_with(app, "licence").set_index("encoder")
    assert list(table.index) == [ONE, OTHER]
    for space in spaces:
        accuracy = label_accuracy(space, few.column("topic").to_pylist()).accuracy.share
        assert table.loc[space.encoder, "neighbours name the label"].startswith(f"{100 * accuracy:.1f} %")
        assert table.loc[space.encoder, "dimension"] == space.dimension
        assert table.loc[space.encoder, "items a second"] != "—"
    assert re.search("For these items take|are level here|None is best at everything", said(app))
    pairs = load_scored_pairs("WordSim-353")
    texts = pairs.collection()
    vectors = load_encoder(OTHER).fit(few.items).encode(texts.items)
    rho = similarity_correlation(Space(texts, vectors, OTHER), pairs).spearman
    assert table.loc[OTHER, "agrees with people (ρ)"].startswith(f"{rho:.2f}")


def test_a_file_of_pairs_runs_on_one_click(open_compare):
    app = open_compare(compare="Which one?", pairs_set="your own file")
    assert not app.exception
    app = press(app, "Try the example")
    assert not app.exception
    assert "agrees with people (ρ)" in table_with(app, "licence").columns


def test_the_table_to_choose_by_holds_what_was_measured():
    one, other = random_space(1, 16), random_space(2, 12)
    labels = ["a" if row % 2 else "b" for row in range(len(one))]
    first = replace(
        known_row(replace(one, encoder="TF-IDF")),
        labels=label_accuracy(one, labels),
        probe=linear_probe(one, labels),
        items_per_second=1234.0,
    )
    second = replace(known_row(replace(other, encoder="given:abc")), labels=label_accuracy(other, labels))
    table = shown_table([first, second]).to_pydict()
    assert table["encoder"] == ["TF-IDF", "ready-made vectors"]
    assert table["bytes an item"] == [64, 48]
    assert table["licence"] == ["BSD-3-Clause", "—"]
    assert table["linear probe"][1] == "—"
    assert table["items a second"] == ["1,200", "—"]
    numbers = number_table([first, second]).to_pydict()
    assert numbers["k-NN label accuracy"][0] == pytest.approx(first.labels.accuracy.share)
    assert numbers["selectivity"] == [pytest.approx(first.probe.selectivity), None]
    assert b"licence" in table_csv(number_table([first, second]))
    assert [speed(None), speed(3.25), speed(56_789.0)] == ["—", "3.2", "57,000"]


def chosen_row(encoder, share, *, seed=None, rho=None, speed=100.0, room=100):
    """A made row of 1,000 items: what neighbours read off, and how 200 pairs follow people.

    Without a seed the first items are the right ones, so that of two rows one is right wherever the other is.
    """
    right = np.arange(1000) < 1000 * share
    if seed is not None:
        right = np.random.default_rng(seed).permutation(right)
    interval = Interval(share, share - 0.02, share + 0.02)
    labels = LabelAccuracy(interval, 0.1, np.zeros(1, int), ("a",), 1000, interval, right, right)
    people = None if rho is None else followed(rho)
    return EncoderRow(encoder, room // 4, room, "MIT", 1, speed, labels, similarity=people)


def followed(rho):
    """Cosines of 200 pairs that follow the scores about so well."""
    rng = np.random.default_rng(round(100 * rho))
    scores = np.arange(200.0)
    cosines = rho * (scores - scores.mean()) / scores.std() + np.sqrt(1 - rho**2) * rng.normal(size=200)
    return SimilarityCorrelation(rho, rho - 0.1, rho + 0.1, np.ones(200, bool), cosines, scores)


def test_the_table_is_read_in_a_sentence():
    good, poor = chosen_row("good", 0.8, speed=10.0, room=400), chosen_row("poor", 0.4)
    assert recommendation([poor, good]) == (
        "**For these items take good**: its neighbours name the label of 80 % of the items (poor 40 %). "
        "The price: poor is 10 × as fast and needs 100 bytes an item instead of 400."
    )
    assert recommendation([replace(good, items_per_second=100.0, bytes_per_item=100), poor]).endswith(
        "(poor 40 %). It costs no more, in time or in room."
    )
    level = recommendation([replace(good, labels=chosen_row("", 0.8, seed=1).labels), chosen_row("near", 0.79, seed=2)])
    assert level.startswith("**good and near are level here**: on the same items they do not differ by more than")
    assert "near is 10 × as fast as good and near needs least room: 100 bytes an item." in level
    divided = recommendation([chosen_row("one", 0.8, rho=0.2), chosen_row("other", 0.4, rho=0.7)])
    assert divided.startswith("**None is best at everything**: ahead are one in “neighbours name the label”")
    assert "other in “agrees with people (ρ)”" in divided
    bare = [EncoderRow(name, 2, 8, "", None) for name in "ab"]
    assert "takes a column of labels, or pairs scored by people. They cost about the same." in recommendation(bare)
    assert "Choose a second encoder" in recommendation(bare[:1])


def test_the_best_is_starred_with_all_that_may_be_as_good():
    rows = [chosen_row("a", 0.8, seed=1), chosen_row("b", 0.79, seed=2), chosen_row("c", 0.3, seed=3)]
    column = shown_table(rows)["neighbours name the label"].to_pylist()
    assert column == ["80.0 % [78–82] ★", "79.0 % [77–81] ★", "30.0 % [28–32]"]
    assert "★" not in "".join(shown_table(rows[:2])["neighbours name the label"].to_pylist())
    assert standings([replace(rows[0], labels=None)]) == []


def test_a_small_lead_is_sure_where_one_is_right_wherever_the_other_is():
    rows = [chosen_row("behind", 0.79), chosen_row("ahead", 0.8), chosen_row("far", 0.2)]
    assert standings(rows)[0].leaders == {1}
    table = beside_table(rows).to_pylist()
    assert [row["what"] for row in table] == ["neighbours name the label"] * 2 + ["nearest has the label"] * 2
    assert [(row["best"], row["beside it"]) for row in table[:2]] == [("ahead", "behind"), ("ahead", "far")]
    assert (table[0]["only the best is right"], table[0]["only the other is right"]) == (10, 0)
    assert table[0]["difference"] == pytest.approx(0.01)
    # Of two tests the larger p stands alone: 2 / 2 ** 10.
    assert table[0]["p"] == pytest.approx(2 / 2**10)
    assert beside_table(rows[:1]).num_rows == 0


def test_pairs_scored_by_people_are_compared_as_pairs_too():
    rows = [chosen_row("one", 0.5, rho=0.7), chosen_row("other", 0.5, rho=0.2)]
    last = beside_table(rows).to_pylist()[-1]
    assert (last["what"], last["best"], last["only the best is right"]) == ("agrees with people (ρ)", "one", None)
    assert last["p"] == pytest.approx(paired_correlations(rows[0].similarity, rows[1].similarity))
    assert last["p"] < 0.001
    shown = beside_shown(beside_table(rows)).to_pylist()
    assert shown[-1] == last | {
        "difference": "0.50",
        "only the best is right": "—",
        "only the other is right": "—",
        "p": "< .001",
    }
    assert (shown[0]["difference"], shown[0]["only the best is right"], shown[0]["p"]) == ("0.0 points", "0", "1.00")
