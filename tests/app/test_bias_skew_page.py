"""Search skew and names given: the pure parts by hand-made cases, then the view over small collections."""

import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from driving import settle, texts

from components import caching
from components.bias.files import settings_of, with_settings
from components.bias.skew.examples import names
from components.bias.skew.groups import group_columns
from components.bias.skew.label_chart import rate_chart
from components.bias.skew.label_question import usual_names
from components.bias.skew.label_tables import label_table, labels_verdict, rates_table
from components.bias.skew.search_chart import drawn, share_chart
from components.bias.skew.search_tables import (
    AS_USUAL,
    FEWER,
    MORE,
    group_table,
    p_text,
    ranked_table,
    shown_table,
    skew_text,
    standings,
)  # fmt: skip
from components.bias.skew.search_words import measures, notes, verdict
from components.text import table_csv
from embeddings.bias.label_skew import label_skew
from embeddings.bias.search_skew import search_skew
from embeddings.collection import Collection
from embeddings.encoders import load_encoder
from embeddings.space import Space
from embeddings.zero_shot import zero_shot


def ranking(groups, **columns):
    """Items in a quarter circle, in this order from the first axis; an item of its own is the query."""
    angles = np.linspace(0.01, 1.5, len(groups))
    vectors = np.vstack([[1, 0], np.stack([np.cos(angles), np.sin(angles)], axis=1)])
    table = pa.table({"group": pa.array([None, *groups], pa.string()), **columns})
    return Space.from_vectors(["query", *(f"item {n}" for n in range(len(groups)))], vectors, name="r", metadata=table)


@pytest.fixture
def skewed():
    """30 of group a, then 30 of b; 2 of c last."""
    space = ranking(["a"] * 30 + ["b"] * 30 + ["c"] * 2)
    return space, search_skew(space, "query", space.collection.column("group").to_pylist(), k=20)


def test_groups_stand_in_a_table_the_most_favoured_first(skewed):
    _, found = skewed
    table = group_table(found).to_pydict()
    assert table["group"] == ["a", "c", "b"]
    assert table["in the first 20"] == [20, 0, 0]
    assert table["share there"] == [1, 0, 0]
    assert table["share in the collection"][0] == pytest.approx(30 / 62)
    assert table["Skew@20"] == [pytest.approx(np.log(62 / 30)), None, None]
    assert table["p"] == pytest.approx(found.p_values[[0, 2, 1]])
    shown = shown_table(found).to_pydict()
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
    said = verdict(found, "query")
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
    assert verdict(fair, "q").standing == "even"
    assert "no absence of bias" in verdict(fair, "q").sentence


def test_the_chart_draws_shares_bands_and_what_they_are_compared_with(skewed):
    _, found = skewed
    for dark in (False, True):
        chart = share_chart(found, expected="share of the collection", dark=dark)
        band, *bars = [trace for trace in chart.data if trace.type == "bar"]
        assert list(band.base) == [100 * low / 20 for low in found.usual[[0, 2, 1], 0]]
        assert [list(bar.x) for bar in bars] == [[100.0], [0.0], [0.0]]
        diamonds = next(trace for trace in chart.data if trace.name == "share of the collection")
        assert list(diamonds.x) == pytest.approx(100 * found.expected[[0, 2, 1]])


def test_of_many_groups_the_most_and_the_least_favoured_are_drawn():
    space = ranking([f"group {n:02}" for n in range(25) for _ in range(2)])
    found = search_skew(space, "query", space.collection.column("group").to_pylist(), k=10)
    assert len(drawn(found)) == 20
    assert len(share_chart(found, expected="e", dark=False).layout.yaxis.ticktext) == 20


def test_columns_with_groups_come_first_and_all_are_offered():
    collection = Collection.from_texts(
        [f"text {n}" for n in range(60)],
        name="t",
        metadata=pa.table({"file": [f"f{n}" for n in range(60)], "many": [f"m{n}" for n in range(60)],
                           "score": np.linspace(0, 1, 60), "gender": ["f", "m"] * 30}),
    )  # fmt: skip
    assert group_columns(collection) == ["gender", "many", "score", "file"]
    assert group_columns(Collection.from_texts(["a", "b"], name="n")) == []


def test_the_names_of_a_published_test_carry_their_groups():
    collection = names()
    assert len(collection) == 64
    assert set(collection.column("group").to_pylist()) == {"European American names", "African American names"}


def test_rates_of_names_stand_with_intervals_and_the_largest_spread_first():
    groups = ["a"] * 40 + ["b"] * 40 + [None]
    predicted = [0] * 36 + [1] * 4 + [0] * 4 + [1] * 36 + [0]
    found = label_skew(predicted, groups, ["x", "y", "z"])
    table = label_table(found).to_pydict()
    assert table["name"][-1] == "z"
    assert table["spread"][0] == pytest.approx(0.8)
    assert table["most often in"][0] == "a, 90 %"
    cells = rates_table(found).to_pylist()
    assert len(cells) == 6
    assert (cells[0]["rate"], cells[0]["named so"]) == (0.9, 36)
    said = labels_verdict(found)
    assert "“x” is given to 90 % of “a” and to 10 % of “b”" in said.sentence
    for dark in (False, True):
        chart = rate_chart(found, 0, dark=dark)
        assert list(chart.data[0].x) == pytest.approx([90, 10])
        assert chart.data[0].error_x.array[0] == pytest.approx(100 * (found.rates[0][0].high - 0.9))
    assert labels_verdict(label_skew([0, 1] * 30, ["a", "a", "b", "b"] * 15, ["x", "y"])).standing == "even"


def test_names_on_offer_begin_with_what_another_column_tells():
    pictures = Collection(
        "p", "image", tuple(bytes([n]) for n in range(4)), pa.table({"colour": list("rgrg"), "shape": list("xxoo")})
    )
    assert usual_names(pictures, "colour") == ("o", "x")
    assert usual_names(Collection.from_texts(["a", "b"], name="t"), "g") == ("a woman", "a man")


def test_a_file_says_what_it_was_computed_from(skewed):
    space, found = skewed
    table = with_settings(group_table(found), settings_of(space, query="query", k=20, group_column="group"))
    rows = list(csv.DictReader(io.StringIO(table_csv(table).decode("utf-8-sig"))))
    assert (rows[0]["collection"], rows[0]["encoder"], rows[0]["query"]) == ("r", "given vectors", "query")
    assert rows[0]["group column"] == "group"


# The view


def saved(content):
    return caching.store().save(content).id


def search(open_page, space, **link):
    return open_page("bias.py", probe="Search skew", collection=saved(space), encoder="", **link)


def column(app, name):
    return next(frame.value[name].tolist() for frame in app.dataframe if name in frame.value.columns)


def test_a_search_over_a_labelled_collection_is_counted_as_the_core_counts(open_page, skewed):
    space, found = skewed
    app = search(open_page, space, skew_query="query", skew_k="20")
    assert not app.exception
    assert not app.error
    assert column(app, "first 20") == found.counts[[0, 2, 1]].tolist()
    assert column(app, "p") == [p_text(p) for p in found.p_values[[0, 2, 1]]]
    assert f"NDKL = {found.ndkl:.3f}" in texts(app)
    assert column(app, "item") == [f"item {n}" for n in range(20)]
    app.segmented_control(key="skew_expected").set_value("equal")
    app = settle(app.run())
    assert column(app, "compared with") == pytest.approx([100 / 3] * 3)


def test_an_item_is_searched_by_its_number(open_page, skewed):
    space, _ = skewed
    app = search(open_page, space, skew_query="#1", skew_k="20")
    assert column(app, "item")[0] == "item 0"


def test_a_link_carries_query_groups_places_and_shares(open_page):
    app = open_page("bias.py", probe="Search skew", skew_query="bread", skew_groups="topic", skew_k="15",
                    skew_expected="Equal shares")  # fmt: skip
    assert not app.exception
    assert app.text_input(key="skew_query").value == "bread"
    assert "first 15" in [name for frame in app.dataframe for name in frame.value.columns]
    assert column(app, "compared with") == pytest.approx([100 / 12] * 12)


def test_an_example_runs_on_one_click(open_page):
    app = open_page("bias.py", probe="Search skew", encoder="MiniLM")
    next(button for button in app.button if button.label == "CEO").click()
    app = settle(app.run())
    assert "“CEO” does not show all groups alike" in texts(app)
    assert column(app, "group")[0] == "finance"


def test_the_names_open_with_a_plain_notice(open_page):
    app = open_page("bias.py", probe="Search skew", encoder="MiniLM")
    next(button for button in app.button if "first names" in button.label).click()
    app = settle(app.run())
    assert not app.exception
    assert "not as statements about anyone" in texts(app)
    assert sum(column(app, "first 16")) == 16


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ({"skew_query": "qery"}, "Did you mean query"),
        ({"skew_query": "#900"}, "There is no item #900"),
        ({"skew_query": "query", "skew_k": "500"}, "The first 500 results were asked for, but only 62"),
        ({"skew_query": "query", "skew_groups": "one"}, "only “same”"),
        ({"skew_query": "query", "skew_groups": "each"}, "up to 50 groups can be compared"),
    ],
)
def test_a_search_that_cannot_be_counted_is_answered_beside_it(open_page, link, message):
    groups = ["a"] * 30 + ["b"] * 30 + ["c"] * 2
    space = ranking(groups, one=["same"] * 63, each=[f"e{n}" for n in range(63)])
    app = search(open_page, space, **link)
    assert not app.exception
    assert message in "\n".join(error.value for error in app.error).replace("\\", "")


def test_a_collection_without_groups_says_what_to_bring(open_page):
    app = search(open_page, Space.from_vectors(["a", "b", "c"], np.eye(3), name="bare"))
    assert not app.exception
    assert "No column of this collection says which group" in texts(app)


def test_a_query_that_a_fitted_encoder_does_not_know_is_told_so(open_page):
    app = open_page("bias.py", probe="Search skew", skew_query="xyzzy")
    assert "knows no part of “xyzzy”" in texts(app).replace("\\", "")
    app.text_input(key="skew_query").set_value("bread")
    assert not settle(app.run()).error


def test_no_query_is_answered_with_what_to_type(open_page, skewed):
    app = search(open_page, skewed[0])
    assert "Type what a search would be for" in texts(app)


def test_texts_are_named_and_the_rates_are_those_of_the_core(open_page):
    app = open_page("bias.py", probe="Search skew", skew_part="Names given (zero-shot)",
                    skew_labels="the bread\nthe stars")  # fmt: skip
    assert not app.exception
    assert not app.error
    assert set(column(app, "name")) == {"the bread", "the stars"}
    collection = caching.sample("sentences")
    encoder = load_encoder("TF-IDF")
    encoder.fit(collection.items)
    result = zero_shot(encoder.encode(collection.items), encoder.encode(["the bread", "the stars"]))
    expected = label_skew(result.predicted, collection.column("topic").to_pylist(), ["the bread", "the stars"])
    assert sorted(column(app, "spread")) == pytest.approx(sorted(expected.spread))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ("only", "a choice needs at least 2"),
        ("a\na", "stands there twice"),
        ("xyzzy\nqwfp", "knows nothing of “xyzzy” and “qwfp”"),
    ],
)
def test_names_that_cannot_be_given_are_answered_beside_them(open_page, labels, message):
    app = open_page("bias.py", probe="Search skew", skew_part="Names given (zero-shot)", skew_labels=labels)
    assert message in "\n".join(error.value for error in app.error).replace("\\", "")


def test_names_have_no_vectors_beside_ready_made_ones(open_page, skewed):
    app = search(open_page, skewed[0], skew_part="Names given (zero-shot)")
    assert "Names have no vectors here" in texts(app)


def test_pictures_are_searched_and_named_in_a_joint_space(open_page):
    whole = caching.sample("scenes")
    link = {"collection": saved(Collection("few", "image", whole.items[:60], whole.metadata.slice(0, 60))),
            "encoder": "Scenes CLIP", "probe": "Search skew", "skew_groups": "things"}  # fmt: skip
    app = open_page("bias.py", **link, skew_query="a red shape", skew_k="12")
    assert not app.exception
    assert sum(column(app, "first 12")) == 12
    app = open_page("bias.py", **link, skew_part="Names given (zero-shot)")
    assert not app.exception
    assert not app.error
    assert len(column(app, "name")) >= 2


def test_pictures_without_a_joint_encoder_are_searched_by_number_and_offered_one(open_page):
    whole = caching.sample("scenes")
    link = {"collection": saved(Collection("few", "image", whole.items[:60], whole.metadata.slice(0, 60))),
            "encoder": "Pixels", "probe": "Search skew", "skew_groups": "things"}  # fmt: skip
    app = open_page("bias.py", **link, skew_query="CEO")
    assert "looks at pictures only" in texts(app).replace("\\", "")
    app = open_page("bias.py", **link, skew_query="#3", skew_k="12")
    assert sum(column(app, "first 12")) == 12
    app = open_page("bias.py", **link, skew_part="Names given (zero-shot)")
    assert "does not put pictures and texts into one space" in texts(app)
