"""Searches that cannot be counted are answered beside them."""

from datetime import date

import numpy as np
import pytest
from driving import settle, texts
from ranked_groups import ranking, search

from embeddings.space import Space


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


def test_days_are_groups_too(open_page):
    days = [date(2024, 1, 1 + place % 2) for place in range(63)]
    app = search(open_page, ranking(["a"] * 62, day=days), skew_query="query", skew_groups="day")
    assert not app.exception
    table = next(frame.value for frame in app.dataframe if "compared with" in frame.value.columns)
    assert sorted(table["group"]) == ["2024-01-01", "2024-01-02"]


def test_a_collection_without_groups_says_what_to_bring(open_page):
    app = search(open_page, Space.from_vectors(["a", "b", "c"], np.eye(3), name="bare"))
    assert not app.exception
    assert "No column of this collection says which group" in texts(app)


def test_a_query_that_a_fitted_encoder_does_not_know_is_told_so(open_page):
    app = open_page("bias.py", probe="Search skew", skew_query="xyzzy")
    assert "knows no part of “xyzzy”" in texts(app).replace("\\", "")
    app.text_input(key="skew_query").set_value("the")
    assert not settle(app.run()).error
    app.text_input(key="skew_query").set_value("bread")
    assert "Only 2 labelled items are nearer to the query than all the rest" in texts(settle(app.run()))


def test_no_query_is_answered_with_what_to_type(open_page, skewed):
    app = search(open_page, skewed[0])
    assert "Type what a search would be for" in texts(app)
