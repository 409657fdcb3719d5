"""Filters: the language, which rows are kept, what the charts count, and the measures of the neighbour graph."""

import datetime as dt
import decimal
from collections import Counter

import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from embeddings.collection import Collection
from embeddings.columns import is_numeric, kind_of_column
from embeddings.conditions import Condition, Span, read, replaced, said, write
from embeddings.errors import EmbeddingError
from embeddings.facets import BINS, ITEM, MOST_BARS, Words, facet_names, facet_of, scale_facet, terms_of, words_facet
from embeddings.filters import changed, cross, filtered, keep, summary
from embeddings.graph import KnnGraph, graph_measures, knn_graph, local_clustering, page_rank
from embeddings.reading import read as read_file
from embeddings.space import Space

REVIEWS = [
    "The battery is excellent and the screen too",
    "Battery failed after a week",
    "A screen that was far too slow",
    "Nothing to say about it at all",
    "the delivery made me happy again",
    "The battery, the battery, the battery",
]
TABLE = pa.table(
    {
        "rating": pa.array([5, 1, 2, None, 4, 5]),
        "price": pa.array([9.5, float("nan"), 20.0, 3.25, None, 9.5]),
        "topic": ["sport", "politics, home", 'say "hi"', None, "", "sport"],
        "a: b; c": ["x", "y", "x", "y", "x", "missing"],
        "bought": pa.array([dt.date(2020, 1, 31), None, *(dt.date(2021, m, 1) for m in (3, 4, 4, 12))]),
        "kept": [True, False, True, None, True, False],
        "review": [*REVIEWS[:3], None, " ", REVIEWS[5]],
    }
)


@pytest.fixture
def reviews():
    return Collection.from_texts(REVIEWS, name="reviews", metadata=TABLE)


def rows(collection, text):
    return np.flatnonzero(keep(collection, read(text))).tolist()


# --- the language

WRITTEN = [
    "rating: 4..5",
    "rating: ..5, missing",
    "rating: 4..",
    "rating: ..",
    "rating: -3..1e-5, 7",
    'topic: sport, "politics, home"',
    'topic: "say ""hi"""',
    'topic: "missing", missing',
    'topic: "", " x ", "a..b"',
    "when: 2024-05..2025, 2024-05-31 12:30",
    "review ~ battery, screen",
    'review ~ "a; b", missing',
    '"a: b; c": x',
    '"~": ~',
    '"": x',
    "rating: 4..5; topic: sport; review ~ battery; rating: 5",
    "größe: ≥ 4; 语: 好",
    "",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_written_is_read_and_written_again(text):
    assert write(read(text)) == text


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Condition("rating", (Span("4", "5"),)), "rating: 4..5"),
        (Condition("a: b; c", values=("x",)), '"a: b; c": x'),
        (Condition('"', values=('"', ",", ";", "4..5", "missing", "MISSING", " ")),
         '"""": """", ",", ";", "4..5", "missing", "MISSING", " "'),
        (Condition("t", words=("a", "b,c"), missing=True), 't ~ a, "b,c", missing'),
        (Condition("line\nbreak", values=("a\nb",)), "line\nbreak: a\nb"),
    ],
)  # fmt: skip
def test_any_condition_can_be_written(condition, text):
    assert write([condition]) == text
    assert read(text) == (condition,)


def test_blanks_and_repetitions_mean_nothing():
    assert read(" rating :4 .. 5 ;; topic:sport,sport ;rating: 4..5") == read("rating: 4..5; topic: sport")
    assert read("review ~ Battery") == read("review~battery")
    assert read("topic: Missing") == (Condition("topic", missing=True),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rating 4", "“rating 4” in the filter cannot be read"),
        ('topic: "sport', "not closed"),
        ("topic: sport,", "“topic: sport,” in the filter cannot be read"),
        (": sport", "cannot be read"),
        ("topic:", "“topic:” in the filter cannot be read"),
        ('topic: a"b"c', "cannot be read"),
        ("a" * 7000, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_quoted(text, said):
    with pytest.raises(EmbeddingError, match=said):
        read(text)


def test_conditions_are_said_in_words():
    texts = ["rating: 4..5", "rating: 4..", "rating: ..5, missing", "rating: ..", "topic: a, b", "review ~ battery",
             "topic: a, b, c, d, e"]  # fmt: skip
    assert [said(read(text)[0]) for text in texts] == [
        "rating 4 to 5", "rating from 4", "rating up to 5 or no value", "rating known", "topic: a or b",
        "review has “battery”", "topic: a or b or c or 2 more",
    ]  # fmt: skip


def test_a_condition_takes_the_place_of_those_on_its_column():
    before = read("a: 1; b: 2; a: 3")
    assert write(replaced(before, "a", read("a: 4")[0])) == "a: 4; b: 2"
    assert write(replaced(before, "c", read("c: 5")[0])) == "a: 1; b: 2; a: 3; c: 5"
    assert write(replaced(before, "a", None)) == "b: 2"


# --- which rows are kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rating: 4..5", [0, 4, 5]),
        ("rating: 4.., missing", [0, 3, 4, 5]),
        ("rating: missing", [3]),
        ("rating: ..", [0, 1, 2, 4, 5]),
        ("rating: 1, 4", [1, 4]),
        ("rating: 5..4", []),
        ("rating: 1e0", [1]),
        ("rating: −5..1", [1]),
        ("price: missing", [1, 4]),
        ("price: 9.5", [0, 5]),
        ("price: ..9.5", [0, 3, 5]),
        ("topic: sport", [0, 5]),
        ('topic: "politics, home", "say ""hi"""', [1, 2]),
        ("topic: missing", [3, 4]),
        ("topic: cooking", []),
        ('"a: b; c": x', [0, 2, 4]),
        ('"a: b; c": "missing"', [5]),
        ('"a: b; c": missing', []),
        ("bought: 2021", [2, 3, 4, 5]),
        ("bought: 2021-04..", [3, 4, 5]),
        ("bought: ..2020-01-31", [0]),
        ("bought: ..2020-01-30", []),
        ("bought: 2021-03-01, missing", [1, 2]),
        ("kept: True", [0, 2, 4]),
        ("kept: missing", [3]),
        ("review ~ battery", [0, 1, 5]),
        ("review ~ screen, week", [0, 1, 2]),
        ("review ~ the", [0, 5]),
        ("review ~ batter", []),
        ("review: missing", [3, 4]),
        ("item ~ delivery, nothing", [3, 4]),
        ("rating: 4..5; topic: sport; review ~ battery", [0, 5]),
        ("rating: 4..5; rating: 5", [0, 5]),
        ("rating: 1; topic: sport", []),
        ("", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_a_filter_keeps_the_rows_for_which_all_conditions_hold(reviews, text, expected):
    assert rows(reviews, text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour: red", "“colour” is not in this collection"),
        ("rating: many", "“rating” holds numbers, and “many” in the filter is none"),
        ("rating: nan..5", "“nan” in the filter is none"),
        ("bought: 2021-13", "“bought” holds dates, and “2021-13” in the filter is none"),
        ("bought: soon", "“soon” in the filter is none"),
        ("topic: a..b", "“topic” holds names without an order"),
        ("topic ~ sport", "“topic” holds names"),
        ("review: battery", "“review” holds texts"),
        ("rating ~ four", "“rating” holds numbers: write"),
    ],
)
def test_what_does_not_fit_is_said_and_the_rest_is_used(reviews, text, said):
    with pytest.raises(EmbeddingError, match=said):
        keep(reviews, read(text))
    found = filtered(f"kept: True; {text}", (), lambda name: facet_of(reviews, name), len(reviews))
    assert [write([each]) for each in found.used] == ["kept: True"]
    assert found.rows.tolist() == [0, 2, 4]
    assert len(found.reasons) == 1
    assert said in found.reasons[0]
    assert write(found.wanted) == f"kept: True; {text}"


def test_values_that_there_are_not_are_said():
    collection = Collection.from_texts(REVIEWS, name="r", metadata=TABLE)
    found = filtered("topic: cooking; review ~ xyz", (), lambda name: facet_of(collection, name), 6)
    assert found.rows.tolist() == []
    assert found.reasons == ("“topic” has no value “cooking”.", "No text of “review” has the word “xyz”.")


def test_a_filter_that_cannot_be_read_filters_nothing(reviews):
    found = filtered('topic: "sport', (), lambda name: facet_of(reviews, name), len(reviews))
    assert found.rows is None
    assert "not closed" in found.reasons[0]


def test_a_column_that_is_not_ready_waits_and_the_rest_is_used(reviews):
    ready = lambda name: None if name == "review" else facet_of(reviews, name)  # noqa: E731
    found = filtered("review ~ battery; rating: 5", ["review"], ready, len(reviews))
    assert found.rows.tolist() == [0, 5]
    assert "“review” is being looked at" in found.reasons[0]
    assert summary(found, "review") is None
    assert write(found.wanted) == "review ~ battery; rating: 5"


def test_random_filters_agree_with_pandas():
    rng = np.random.default_rng(0)
    n = 3_000
    frame = pd.DataFrame({
        "number": np.where(rng.random(n) < 0.1, np.nan, rng.normal(size=n).round(2)),
        "whole": rng.integers(-40, 400, n),
        "name": rng.choice([None, *(f"n{i}" for i in range(30))], n),
        "day": pd.to_datetime("1950-06-01") + pd.to_timedelta(rng.integers(0, 40_000, n), "D"),
    })  # fmt: skip
    collection = Collection.from_texts(map(str, range(n)), name="n", metadata=pa.Table.from_pandas(frame))
    conditions = read("number: -0.5..0.73, missing; whole: ..250; name: n1, n2, n29, n5, n7; day: 1960-02..2030")
    masks = {
        "number": frame["number"].between(-0.5, 0.73) | frame["number"].isna(),
        "whole": frame["whole"] <= 250,
        "name": frame["name"].isin(["n1", "n2", "n29", "n5", "n7"]),
        "day": (frame["day"] >= "1960-02-01") & (frame["day"] < "2031-01-01"),
    }
    facets = {name: facet_of(collection, name) for name in masks}
    found = cross(facets, conditions, n)
    np.testing.assert_array_equal(found.rows, np.logical_and.reduce(list(masks.values())))
    for name, facet in facets.items():
        others = np.logical_and.reduce([mask for other, mask in masks.items() if other != name])
        assert found.totals[name] == others.sum() == found.counts[name].sum()
        assert found.counts[name][-1] == frame[name][others].isna().sum()
        for bar, count in zip(facet.bars, found.counts[name], strict=False):
            here = _in_bar(frame[name], bar, facet)
            assert count == (here & others).sum()
    assert sum(len(each.bars) > 12 for each in facets.values()) == 3


def _in_bar(values, bar, facet):
    """Which values are in a bar by what it says of itself."""
    if facet.kind == "categories":
        return values == bar.low
    if facet.kind == "dates":
        return (values.dt.year >= int(bar.low)) & (values.dt.year <= int(bar.high))
    low, high = float(bar.low), float(bar.high)
    last = bar == facet.bars[-1]
    return values.between(low, high) if last or values.dtype.kind == "i" else (values >= low) & (values < high)


# --- charts


def test_few_numbers_have_a_bar_each_and_many_round_edges(reviews):
    assert [bar.label for bar in facet_of(reviews, "rating").bars] == ["1", "2", "4", "5"]
    assert [bar.label for bar in facet_of(reviews, "price").bars] == ["3.25", "9.5", "20"]
    many = scale_facet("x", np.linspace(0.013, 2.97, 500))
    assert many.bars[0].low == "0"
    assert many.bars[1] == ("0.1 to 0.2", "0.1", "0.2")
    assert many.bars[-1].high == "3"
    whole = scale_facet("x", np.arange(3, 1_001))
    assert whole.bars[0] == ("0 to 49", "0", "49")
    assert whole.bars[-1] == ("1000 to 1049", "1000", "1049")
    single = scale_facet("x", np.arange(20))
    assert [bar.label for bar in single.bars] == [str(i) for i in range(20)]
    huge = scale_facet("x", np.array([-1e300, 1e-9, 1e300, *range(12), np.inf, np.nan]))
    assert len(huge.bars) <= BINS + 1
    assert huge.counts()[-1] == 2


@pytest.mark.parametrize(
    ("days", "first", "count"),
    [
        (["2024-02-27", "2024-03-02"], "2024-02-27", 5),
        (["2023-11-05", "2025-02-01"], "2023-11", 16),
        (["1969-01-01", "2003-01-01"], "1969", 35),
        (["1800-01-01", "2003-01-01"], "1800 to 1809", 21),
        (["2024-02-27"], "2024-02-27", 1),
    ],
)
def test_dates_are_counted_by_days_months_or_years(days, first, count):
    column = pa.array([*days, None]).cast(pa.timestamp("s"))
    facet = facet_of(Collection.from_texts(["a"] * len(column), name="d", metadata=pa.table({"day": column})), "day")
    assert (facet.bars[0].label, len(facet.bars)) == (first, count)
    assert facet.counts()[[0, count - 1, -1]].tolist() == [1, 1, 1]
    assert facet.counts().sum() == len(column)


def test_moments_count_to_the_last_second_of_their_day():
    moments = pa.array([dt.datetime(2024, 5, 31, 23, 59, 59), dt.datetime(2024, 6, 1)]).cast(pa.timestamp("us", "UTC"))
    collection = Collection.from_texts(["a", "b"], name="m", metadata=pa.table({"at": moments}))
    assert rows(collection, "at: ..2024-05") == [0]
    assert rows(collection, "at: 2024-05-31 23:59..") == [0, 1]
    assert rows(collection, "at: 2024-06-01T00:00:00") == [1]


def test_categories_without_a_bar_are_counted_and_can_be_filtered_by():
    names = [f"n{i:02}" for i in range(20) for _ in range(20 - i)]
    collection = Collection.from_texts(names, name="n", metadata=pa.table({"name": names}))
    found = filtered("name: n19, n00", ["name"], lambda name: facet_of(collection, name), len(names))
    chart = summary(found, "name")
    assert chart.labels == [f"n{i:02}" for i in range(MOST_BARS)]
    assert (chart.others, chart.other) == (8, sum(20 - i for i in range(12, 20)))
    assert chart.picked == [True, *[False] * 11]
    assert chart.offered == [f"n{i}" for i in range(12, 20)]
    assert len(found.rows) == 21
    assert write(changed(found, {"column": "name", "bars": [0, 1], "missing": False})) == "name: n19, n00, n01"


def test_words_are_counted_by_the_texts_that_have_them(reviews):
    facet = facet_of(reviews, "review")
    assert isinstance(facet, Words)
    assert [bar.label for bar in facet.bars] == ["battery", "screen"]
    assert facet.counts().tolist() == [3, 2, 0, 2]
    assert facet.counts(np.arange(6) < 2).tolist() == [2, 1, 0, 0]
    everything = Counter(word for text in REVIEWS for word in {*text.lower().replace(",", "").split()} if len(word) > 1)
    terms = terms_of(reviews, ITEM)
    assert dict(zip(terms.words, np.diff(terms.starts).tolist(), strict=True)) == everything
    assert list(terms.words) == sorted(terms.words)
    none = terms_of(Collection.from_texts(["!", "?"], name="signs"), ITEM)
    assert words_facet("item", none).counts().tolist() == [0, 0]


def test_each_chart_counts_among_what_the_other_conditions_keep(reviews):
    found = filtered("rating: 4..5; kept: True", ["topic", "rating"], lambda name: facet_of(reviews, name), 6)
    ratings, topics, kept = (summary(found, name) for name in ("rating", "topic", "kept"))
    assert (ratings.labels, ratings.of_all, ratings.kept) == (["1", "2", "4", "5"], [1, 1, 1, 2], [0, 1, 1, 1])
    assert ratings.picked == [False, False, True, True]
    assert dict(zip(topics.labels, topics.kept, strict=True)) == {"sport": 1, "politics, home": 0, 'say "hi"': 0}
    assert (topics.missing, topics.missing_kept, topics.known) == (2, 1, 1)
    assert dict(zip(kept.labels, kept.kept, strict=True)) == {"True": 2, "False": 1}


@pytest.mark.parametrize(
    ("column", "told", "text"),
    [
        ("rating", {"bars": [2, 3]}, "rating: 4..5"),
        ("rating", {"bars": [0, 2, 3]}, "rating: 4..5, 1"),
        ("rating", {"bars": [0], "missing": True}, "rating: 1, missing"),
        ("rating", {"bars": [0, 1, 2, 3]}, "rating: .."),
        ("rating", {"bars": [3, 3, 99, -1, "x", None, True]}, "rating: 2, 5"),
        ("rating", {"bars": [0, 1, 2, 3], "missing": True}, ""),
        ("rating", {"bars": []}, ""),
        ("rating", {"typed": "2..4.5"}, "rating: 2..4.5"),
        ("topic", {"bars": [0]}, "topic: sport"),
        ("topic", {"typed": "politics, home"}, 'topic: "politics, home"'),
        ("review", {"typed": "Battery life"}, "review ~ battery, life"),
        ("review", {"bars": [1]}, "review ~ screen"),
        ("kept", {"bars": [], "missing": True}, "kept: missing"),
    ],
)
def test_what_is_picked_becomes_a_condition(reviews, column, told, text):
    found = filtered("", facet_names(reviews), lambda name: facet_of(reviews, name), 6)
    now = changed(found, {"column": column, **told})
    assert write(now) == text
    again = filtered(text, [column], lambda name: facet_of(reviews, name), 6)
    if "bars" in told and text and text != "rating: 2, 5":
        assert [place for place, on in enumerate(summary(again, column).picked) if on] == told["bars"]


@pytest.mark.parametrize("told", [None, 3, [], {}, {"column": "x", "bars": [0]}, {"column": "rating"},
                                  {"column": "rating", "bars": "all"}, {"column": ["rating"], "bars": []},
                                  {"column": "rating", "typed": '"'}])  # fmt: skip
def test_what_cannot_be_picked_changes_nothing(reviews, told):
    found = filtered("", ["rating"], lambda name: facet_of(reviews, name), 6)
    assert changed(found, told) is None


def test_a_brush_of_round_bars_picks_them_again():
    collection = Collection.from_texts(map(str, range(500)), name="n",
                                       metadata=pa.table({"x": np.linspace(0.013, 2.97, 500)}))  # fmt: skip
    facet = lambda name: facet_of(collection, name)  # noqa: E731
    for bars, text in (([3, 4, 5], "x: 0.3..0.6"), ([0, 1], "x: ..0.2"), ([28, 29], "x: 2.8.."), ([3, 7], None)):
        now = changed(filtered("", ["x"], facet, 500), {"column": "x", "bars": bars})
        assert text is None or write(now) == text
        found = filtered(write(now), ["x"], facet, 500)
        assert [place for place, on in enumerate(summary(found, "x").picked) if on] == bars
        assert found.rows.size == sum(summary(found, "x").kept[bar] for bar in bars)


EVERY_KIND = {
    "int": pa.array([1, None, 3]),
    "unsigned": pa.array([1, 2, None], pa.uint8()),
    "identifier": pa.array([2**62, 2**62 + 1, None]),
    "float": pa.array([1.5, float("nan"), float("inf")]),
    "half": pa.array(np.array([1, 2, 3], np.float16)),
    "decimal": pa.array([decimal.Decimal("1.50"), None, decimal.Decimal("2.25")]),
    "bool": pa.array([True, False, None]),
    "text": pa.array(["one", "two", None]),
    "large": pa.array(["one", "two", None], pa.large_string()),
    "view": pa.array(["one", "two", None], pa.string_view()),
    "coded": pa.array(["a", "b", "a"]).dictionary_encode(),
    "bytes": pa.array([b"a", b"b", None]),
    "date": pa.array([dt.date(2020, 1, 1), None, dt.date(1900, 1, 1)]),
    "date64": pa.array([dt.date(2020, 1, 1), None, dt.date(1900, 1, 1)], pa.date64()),
    "moment": pa.array([dt.datetime(2020, 1, 1, 12, 30), None, dt.datetime(1900, 1, 1)], pa.timestamp("ns")),
    "zoned": pa.array([dt.datetime(2020, 1, 1, tzinfo=dt.UTC), None, None]),
    "time": pa.array([dt.time(12, 30), None, dt.time(1)]),
    "duration": pa.array([dt.timedelta(1), None, dt.timedelta(2)]),
    "list": pa.array([[1, 2], None, [1, 2]]),
    "struct": pa.array([{"a": 1}, None, {"a": 2}]),
    "empty": pa.nulls(3),
    "no numbers": pa.array([None, None, None], pa.float64()),
    "no dates": pa.array([None, None, None], pa.date32()),
    "no texts": pa.array([None, "", " "]),
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_column_has_a_summary(kind):
    collection = Collection.from_texts(["a", "b", "c"], name="k", metadata=pa.table({kind: EVERY_KIND[kind]}))
    found = filtered(f'"{kind}": missing', [kind], lambda name: facet_of(collection, name), 3)
    chart = summary(found, kind)
    assert found.reasons == ()
    assert sum(chart.of_all) + chart.other + chart.missing == 3
    assert len(found.rows) == chart.missing
    for place in range(len(chart.labels)):
        alone = filtered(write(changed(found, {"column": kind, "bars": [place]})), [kind],
                         lambda name: facet_of(collection, name), 3)  # fmt: skip
        assert (len(alone.rows) if alone.used else 3) == chart.of_all[place]


def test_what_a_file_holds_can_be_filtered_by():
    lines = ["review,rating,price,day,ok,code", *(f"text number {i},{i % 5},{i / 7},2024-01-{i % 28 + 1:02},true,0{i}"
             for i in range(40))]  # fmt: skip
    collection = read_file("\n".join(lines).encode(), name="r.csv")
    kinds = {name: kind_of_column(collection.column(name)) for name in collection.columns}
    assert kinds["rating"] == kinds["price"] == "numbers"
    assert (kinds["day"], kinds["ok"], kinds["code"]) == ("dates", "categories", "categories")
    found = filtered("rating: 4; day: ..2024-01-15", kinds, lambda name: facet_of(collection, name), 40)
    assert found.rows.tolist() == [i for i in range(40) if i % 5 == 4 and i % 28 < 15]


def test_numbers_that_float64_mixes_up_are_names():
    assert not is_numeric(pa.chunked_array([[2**53 + 1, 5]]))
    assert is_numeric(pa.chunked_array([[2**53, None]]))
    collection = Collection.from_texts("ab", name="i", metadata=pa.table({"id": [2**60, 2**60 + 1]}))
    assert rows(collection, f"id: {2**60 + 1}") == [1]


# --- the neighbour graph


def measured_by_networkx(graph):
    directed = nx.DiGraph([(i, int(j)) for i, near in enumerate(graph.rows[:, :10]) for j in near])
    ranks = nx.pagerank(directed, tol=1e-12, max_iter=1_000)
    return directed, np.array([ranks[i] for i in range(len(graph.rows))]), nx.clustering(directed.to_undirected())


def test_measures_of_the_graph_agree_with_networkx():
    vectors = np.random.default_rng(0).normal(size=(120, 5)).astype("f4")
    space = Space.from_vectors(map(str, range(120)), vectors, name="random")
    graph = knn_graph(space, k=15)
    found = graph_measures(space, graph=graph)
    directed, ranks, clustering = measured_by_networkx(graph)
    assert found.k == 10
    assert found.in_degree.tolist() == [directed.in_degree(i) for i in range(120)]
    np.testing.assert_allclose(found.pagerank, 120 * ranks, rtol=1e-5)
    np.testing.assert_allclose(found.clustering, [clustering[i] for i in range(120)])
    assert found.pagerank.mean() == pytest.approx(1)


def test_measures_of_graphs_known_by_eye():
    from scipy.sparse import csr_array

    # A triangle, a fourth node that only points to it, and one that has no arrows at all.
    arrows = csr_array(np.array([[0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0] * 5], float))
    assert local_clustering(arrows).tolist()[:3] == pytest.approx([1 / 3, 1, 1])
    assert np.isnan(local_clustering(arrows)[3:]).all()
    ranks = page_rank(arrows)
    assert ranks.sum() == pytest.approx(1)
    assert ranks[3] == pytest.approx(ranks[4])
    assert ranks[0] > ranks[1] > ranks[2] > ranks[3]


def test_neighbours_in_name_only_are_no_arrows():
    graph = KnnGraph(np.array([[1, 2], [0, 2], [0, 1]], "i4"), np.zeros((3, 2), "f4"), "cosine",
                     apart=np.array([[False, True], [False, True], [True, True]]))  # fmt: skip
    space = Space.from_vectors("abc", np.eye(3, dtype="f4"), name="three")
    found = graph_measures(space, graph=graph)
    assert found.in_degree.tolist() == [1, 1, 0]
    assert np.isnan(found.clustering).all()
