"""The figures of a search: tables, sentences and the chart."""

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from ranked_groups import ranking

from components.kit.colours import DARK, LIGHT
from components.kit.evidence import settings_of, with_settings
from components.kit.words import p_text, table_csv
from components.views.search_skew import (
    AS_USUAL,
    FEWER,
    MORE,
    drawn_groups,
    group_table,
    groups_found,
    measures,
    notes,
    ranked_table,
    search_verdict,
    share_chart,
    skew_text,
    standings,
)
from components.views.skew_groups import group_columns
from embeddings.bias.search_skew import search_skew
from embeddings.collection import Collection


def test_groups_stand_in_a_table_the_most_favoured_first(skewed):
    _, found = skewed
    table = group_table(found).to_pydict()
    assert table["group"] == ["a", "c", "b"]
    assert table["in the first 20"] == [20, 0, 0]
    assert table["share there"] == [1, 0, 0]
    assert table["share in the collection"][0] == pytest.approx(30 / 62)
    assert table["Skew@20"] == [pytest.approx(np.log(62 / 30)), None, None]
    assert table["p"] == pytest.approx(found.p_values[[0, 2, 1]])
    shown = groups_found(found, "share", {}).lines.to_pydict()
    assert shown["Skew@20"] == ["+0.73", "no place", "no place"]
    assert standings(found) == [MORE, FEWER, AS_USUAL]
    assert skew_text(-0.5) == "−0.50"
    assert [p_text(p) for p in (0.0004, 0.0432, 0.5)] == ["< .001", "0.043", "0.50"]


def test_the_ranking_stands_with_its_groups(skewed):
    space, found = skewed
    table = ranked_table(space.collection, found, "group", most=2).to_pydict()
    assert table == {"rank": [1, 2], "group": ["a", "a"], "item": ["item 0", "item 1"]}
    assert ranked_table(space.collection, found, "group").num_rows == 62


def test_a_skew_is_told_with_its_figures_and_evenness_with_what_it_does_not_show(skewed):
    _, found = skewed
    said = search_verdict(found, "query")
    assert said.standing == "skewed"
    assert "a (20 of the first 20; 48 % of the collection)" in said.sentence
    assert "Less often: b (0 of the first 20; 48 %" in said.sentence
    assert "MaxSkew@20 = 0.73 (p = 0.10)" in measures(found)
    assert notes(found, equal=False) == [
        "1 item without a value in this column is left out.",
        "The smallest group has 2 items: of so few little can be said.",
    ]
    assert "even a random order counts as skewed" in " ".join(notes(found, equal=True))
    even = ranking(["a", "b"] * 30)
    fair = search_skew(even, "query", even.collection.column("group").to_pylist(), k=20)
    assert search_verdict(fair, "q").standing == "even"
    assert "no absence of bias" in search_verdict(fair, "q").sentence


def test_the_chart_draws_shares_bands_and_what_they_are_compared_with(skewed):
    _, found = skewed
    for theme in (LIGHT, DARK):
        chart = share_chart(found, expected="share of the collection", colours=theme)
        band, *bars = [trace for trace in chart.data if trace.type == "bar"]
        assert list(band.base) == [100 * low / 20 for low in found.usual[[0, 2, 1], 0]]
        assert [list(bar.x) for bar in bars] == [[100.0], [0.0], [0.0]]
        diamonds = next(trace for trace in chart.data if trace.name == "share of the collection")
        assert list(diamonds.x) == pytest.approx(100 * found.expected[[0, 2, 1]])


def test_of_many_groups_the_most_and_the_least_favoured_are_drawn():
    space = ranking([f"group {n:02}" for n in range(25) for _ in range(2)])
    found = search_skew(space, "query", space.collection.column("group").to_pylist(), k=10)
    assert len(drawn_groups(found)) == 20
    assert len(share_chart(found, expected="e", colours=LIGHT).layout.yaxis.ticktext) == 20


def test_columns_with_groups_come_first_and_all_are_offered():
    collection = Collection.from_texts(
        [f"text {n}" for n in range(60)],
        name="t",
        metadata=pa.table({"file": [f"f{n}" for n in range(60)], "many": [f"m{n}" for n in range(60)],
                           "score": np.linspace(0, 1, 60), "gender": ["f", "m"] * 30}),
    )  # fmt: skip
    assert group_columns(collection) == ["gender", "many", "score", "file"]
    assert group_columns(Collection.from_texts(["a", "b"], name="n")) == []


def test_a_file_says_what_it_was_computed_from(skewed):
    space, found = skewed
    table = with_settings(group_table(found), settings_of(space, query="query", k=20, group_column="group"))
    rows = list(csv.DictReader(io.StringIO(table_csv(table).decode("utf-8-sig"))))
    assert (rows[0]["collection"], rows[0]["encoder"], rows[0]["query"]) == ("r", "given vectors", "query")
    assert rows[0]["group column"] == "group"
