"""A search among groups: its tables, sentences and chart by the core, then the view."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from driving import answered, press, said, settle
from ranked_groups import column, ranking, saved, search
from some_pictures import first_of

from components.kit.colours import DARK, LIGHT
from components.kit.evidence import settings_of, with_settings
from components.kit.words import p_text
from components.views.bias_forms import group_columns
from components.views.search_skew import (
    drawn_groups,
    groups_found,
    measures,
    notes,
    ranked_table,
    search_verdict,
    share_chart,
    skew_text,
)
from components.views.skew_groups import first_names
from embeddings.bias.search_skew import AS_USUAL, FEWER, MORE, group_table, search_skew
from embeddings.collection import Collection
from embeddings.space import Space


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
    assert shown["Skew@20"] == ["+0.73", "not shown", "not shown"]
    assert found.standings == [MORE, FEWER, AS_USUAL]
    assert skew_text(-0.5) == "−0.50"
    assert [p_text(p) for p in (0.0004, 0.0432, 0.5)] == ["< .001", "0.043", "0.50"]


def test_the_ranking_stands_with_its_groups(skewed):
    space, found = skewed
    table = ranked_table(space.collection, found, "group", most=2).to_pydict()
    assert table == {"rank": [1, 2], "group": ["a", "a"], "item": ["item 0", "item 1"]}
    assert ranked_table(space.collection, found, "group").num_rows == 62


def test_a_skew_is_told_with_its_figures_and_evenness_with_what_it_does_not_show(skewed):
    _, found = skewed
    verdict = search_verdict(found, "query")
    assert verdict.standing == "skewed"
    assert "a (20 of the first 20; 48 % of the collection)" in verdict.sentence
    assert "Less often: b (0 of the first 20; 48 %" in verdict.sentence
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
    names = first_names()
    assert len(names) == 64
    assert set(names.column("group").to_pylist()) == {"European American names", "African American names"}


def test_a_file_says_what_it_was_computed_from(skewed):
    space, found = skewed
    table = groups_found(found, "share", settings_of(space, query="query", group_column="group"))
    line = with_settings(table.whole(), table.settings).to_pylist()[0]
    assert [line[name] for name in ("collection", "encoder", "query", "group column", "group")] == [
        "r", "given vectors", "query", "group", "a"
    ]  # fmt: skip


# The view


def test_a_search_over_a_labelled_collection_is_counted_as_the_core_counts(open_page, skewed):
    space, found = skewed
    app = search(open_page, space, skew_query="query", skew_k="20")
    assert not app.exception
    assert not app.error
    assert column(app, "first 20") == found.counts[[0, 2, 1]].tolist()
    assert column(app, "p") == [p_text(p) for p in found.p_values[[0, 2, 1]]]
    assert f"NDKL = {found.ndkl:.3f}" in said(app)
    assert column(app, "item") == [f"item {n}" for n in range(20)]
    app.segmented_control(key="skew_expected").set_value("equal")
    app = settle(app.run())
    assert column(app, "compared with") == pytest.approx([100 / 3] * 3)


def test_an_item_is_searched_by_its_number_and_days_are_groups_too(open_page):
    days = [date(2024, 1, 1 + place % 2) for place in range(63)]
    app = search(open_page, ranking(["a"] * 62, day=days), skew_query="#1", skew_groups="day", skew_k="20")
    assert not app.exception
    assert column(app, "item")[0] == "item 0"
    groups = next(frame.value["group"] for frame in app.dataframe if "by chance" in frame.value.columns)
    assert sorted(groups) == ["2024-01-01", "2024-01-02"]


def test_a_link_carries_query_groups_places_and_shares(open_page):
    app = open_page("bias.py", probe="Search skew", skew_query="the", skew_groups="topic", skew_k="15",
                    skew_expected="Equal shares")  # fmt: skip
    assert not app.exception
    assert app.text_input(key="skew_query").value == "the"
    assert "first 15" in [name for frame in app.dataframe for name in frame.value.columns]
    assert column(app, "compared with") == pytest.approx([100 / 12] * 12)


def test_an_example_and_the_names_run_on_one_click_with_a_plain_notice(open_page):
    app = open_page("bias.py", probe="Search skew", encoder="MiniLM")
    assert "64 first names of a published test, not" in said(app)
    assert sum(column(app, "first 16")) == 16
    app = press(app, "CEO")
    assert "“CEO” does not show all groups alike" in said(app)
    assert column(app, "group")[0] == "finance"
    app = press(app, "CEO among 64 first names")
    assert not app.exception
    assert "not as statements about anyone" in said(app)
    assert sum(column(app, "first 16")) == 16
    assert app.query_params["collection"] == "sentences"  # the chosen collection and its examples stay
    assert press(app, "Search the collection instead").text_input(key="skew_query").value == "a woman at work"


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
    assert message in answered(app)
    assert "Fisher’s exact test of its count" in said(app)


def test_a_collection_without_groups_says_what_to_bring(open_page):
    app = search(open_page, Space.from_vectors(["a", "b", "c"], np.eye(3), name="bare"))
    assert not app.exception
    assert "No column of this collection says which group" in said(app)


def test_no_query_is_answered_with_what_to_type(open_page, skewed):
    assert "Type what a search would be for" in said(search(open_page, skewed[0]))


def test_a_query_that_a_fitted_encoder_does_not_know_is_told_so(open_page):
    app = open_page("bias.py", probe="Search skew", skew_query="xyzzy")
    assert "knows no part of “xyzzy”" in answered(app)
    app.text_input(key="skew_query").set_value("the")
    assert not settle(app.run()).error
    app.text_input(key="skew_query").set_value("bread")
    assert "Only 2 labelled items are nearer to the query than all the rest" in said(settle(app.run()))


def test_pictures_are_searched_and_named_in_a_joint_space(open_page):
    app = pictures(open_page, "Scenes CLIP", skew_query="a red shape", skew_k="12")
    assert not app.exception
    assert sum(column(app, "first 12")) == 12
    app = pictures(open_page, "Scenes CLIP", skew_part="Names given (zero-shot)")
    assert not app.exception
    assert not app.error
    assert len(column(app, "name")) >= 2


def test_pictures_without_a_joint_encoder_are_searched_by_number_and_offered_one(open_page):
    app = pictures(open_page, "Pixels", skew_query="CEO")
    assert "looks at pictures only" in said(app)
    app = pictures(open_page, "Pixels", skew_query="#3", skew_k="12")
    assert sum(column(app, "first 12")) == 12
    app = pictures(open_page, "Pixels", skew_part="Names given (zero-shot)")
    assert "does not put pictures and texts into one space" in said(app)


def pictures(open_page, encoder, **link):
    id = saved(first_of("scenes", 60))
    return open_page("bias.py", probe="Search skew", collection=id, encoder=encoder, skew_groups="things", **link)
