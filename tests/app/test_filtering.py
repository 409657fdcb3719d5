"""The filter of the map: a link with conditions, chips, charts, what is listed, and what is saved."""

import datetime as dt

import pyarrow as pa
import pytest
from driving import data_of, press, said, settle

from components.kit import caching
from embeddings.collection import Collection

N = 60
TOPICS = ["sport", "politics, home", "garden"]
RATINGS = [None if row % 10 == 9 else 1 + row % 5 for row in range(N)]
NOTES = [f"a note about the {'battery' if row % 4 == 0 else 'screen'} of it, number {row}" for row in range(N)]
DAYS = [dt.date(2020 + row % 4, 1 + row % 12, 1) for row in range(N)]


@pytest.fixture(scope="module")
def reviews(cluster):
    """The id of 60 reviews with ratings, topics, notes and days."""
    texts = [f"review {row} on {TOPICS[row % 3].split()[-1]} and {'rain' if row % 6 else 'snow'}" for row in range(N)]
    metadata = pa.table({"topic": [TOPICS[row % 3] for row in range(N)], "rating": RATINGS, "note": NOTES, "day": DAYS})
    return caching.store().save(Collection.from_texts(texts, name="reviews", metadata=metadata)).id


def sent(app, name):
    """What the last component of a kind was sent: the map has points, the filter charts."""
    found = [data_of(each) for each in app.main if type(getattr(each, "proto", None)).__name__ == "BidiComponent"]
    return next(each for each in reversed(found) if name in each)


def charts(app):
    return {chart["column"]: chart for chart in sent(app, "charts")["charts"]}


def lit(app):
    """The rows that keep their colour; None where all do."""
    hits = sent(app, "hits")["hits"]
    return None if hits is None else hits["count"]


def listed(app):
    lists = [data_of(each) for each in app.main if type(getattr(each, "proto", None)).__name__ == "BidiComponent"]
    return [item["row"] for each in lists if each.get("listed") for item in each["items"]]


def chips(app):
    return [button.label.replace("\\", "") for button in app.button if (button.key or "").startswith("chip_")]


def test_a_link_filters_map_panel_and_charts(open_page, reviews):
    app = open_page(collection=reviews, filter='rating: 4..5; topic: "politics, home"')
    kept = [row for row in range(N) if RATINGS[row] in (4, 5) and row % 3 == 1]
    assert chips(app) == ["rating 4 to 5", "topic: politics, home"]
    assert f"{len(kept)} of 60 items" in said(app)
    assert f"{len(kept)} of 60 kept" in said(app)
    assert listed(app) == kept
    assert lit(app) == len(kept)
    app = press(app, "Filter")
    drawn = charts(app)
    assert list(drawn) == ["topic", "rating", "note", "day", "item"]
    of_topic = [sum(RATINGS[row] in (4, 5) for row in range(N) if row % 3 == part) for part in range(3)]
    assert dict(zip(drawn["topic"]["labels"], drawn["topic"]["kept"], strict=True)) == dict(
        zip(TOPICS, of_topic, strict=True)
    )
    assert drawn["topic"]["picked"] == [name == "politics, home" for name in drawn["topic"]["labels"]]
    assert drawn["rating"]["kept"] == [sum(RATINGS[row] == value and row % 3 == 1 for row in range(N))
                                       for value in (1, 2, 3, 4, 5)]  # fmt: skip
    assert drawn["note"]["labels"][:2] == ["note", "number"]
    assert app.query_params["filter"] == 'rating: 4..5; topic: "politics, home"'


def test_chips_take_conditions_away(open_page, reviews):
    app = open_page(collection=reviews, filter="rating: 4..5; note ~ battery")
    app.button(key="chip_0").click()
    settle(app.run())
    assert chips(app) == ["note has “battery”"]
    assert "15 of 60 items" in said(app)
    assert app.query_params["filter"] == "note ~ battery"
    press(app, "Clear all")
    assert chips(app) == []
    assert lit(app) is None
    assert "filter" not in app.query_params
    assert any("Click" in each.value for each in app.markdown)


def test_a_filter_survives_a_visit_to_another_page_and_ends_with_the_collection(open_page, reviews):
    app = open_page(collection=reviews, filter="topic: sport")
    app.switch_page("../../pages/data.py")
    settle(app.run())
    app.switch_page("../../pages/map.py")
    settle(app.run())
    assert chips(app) == ["topic: sport"]
    app.sidebar.selectbox[0].select("sentences")
    settle(app.run())
    assert chips(app) == []


def test_a_filtered_part_becomes_a_collection(open_page, reviews):
    app = open_page(collection=reviews, filter="rating: missing")
    press(app, "As new collection")
    new = caching.store().find(app.query_params["collection"])
    assert new.name == "reviews: 6 kept"
    part = caching.store().load(new.fingerprint, new.name)
    assert part.column("note").to_pylist() == NOTES[9::10]
    assert chips(app) == []


@pytest.mark.parametrize(
    ("link", "reason", "kept"),
    [
        ("colour: red; rating: 5", "“colour” is not in this collection, so the filter goes by the rest", 6),
        ("rating: many; rating: 5", "“rating” holds numbers, and “many” in the filter is none", 6),
        ("topic: cooking", "“topic” has no value “cooking”", 0),
        ('topic: "sport', 'A quotation mark in “topic: "sport” is not closed', None),
    ],
)
def test_a_bad_link_is_answered_in_words(open_page, reviews, link, reason, kept):
    app = open_page(collection=reviews, filter=link)
    assert reason in said(app)
    assert lit(app) == kept
    assert not app.exception
    press(app, "Clear all")
    assert reason not in said(app)


def test_hits_of_a_search_are_those_that_the_filter_keeps(open_page, reviews):
    app = open_page(collection=reviews, filter="topic: sport", search="snow")
    assert "10 of 60 items match “snow”; the filter keeps 10 of them" in said(app)
    assert lit(app) == 10
    app = open_page(collection=reviews, filter="topic: garden", search="snow")
    assert "the filter keeps 0 of them" in said(app)
    assert lit(app) == 0
    assert set(listed(app)) == {row for row in range(N) if row % 3 == 2}
    app = open_page(collection=reviews, filter="topic: garden", search="garden 20", search_by="Meaning")
    assert "nearest items that the filter keeps are lit" in said(app)
    assert listed(app)[0] == 20
    assert {row % 3 for row in listed(app)} == {2}


def test_an_item_that_is_left_out_can_be_looked_at_and_says_so(open_page, reviews):
    app = open_page(collection=reviews, filter="topic: sport", item="2")
    assert "The filter leaves this one out. Neighbours are those in the whole collection" in said(app)
    app = open_page(collection=reviews, filter="topic: sport", item="1")
    assert "leaves this one out" not in said(app)
    assert "Neighbours are those in the whole collection" in said(app)


def test_a_lasso_holds_what_the_filter_keeps(open_page, reviews):
    app = open_page(collection=reviews, filter="topic: sport")
    points = sent(app, "hits")["points"]
    around = [[-9e3, -9e3], [9e3, -9e3], [9e3, 9e3], [-9e3, 9e3]]
    app.session_state["map"] = {"selection": {"shape": "box", "polygon": around, "points": points, "id": "a"}}
    settle(app.run())
    assert "Selection: 20 of 60 items, as filtered" in said(app)
    assert {row % 3 for row in listed(app)} == {0}


def test_measures_of_the_graph_colour_size_and_filter(open_page, reviews):
    app = open_page(collection=reviews, colour="hubness", size="PageRank", filter="hubness: 10..")
    assert not app.exception
    assert sent(app, "hits")["colour"]["title"] == "hubness"
    app = press(app, "Filter")
    assert "PageRank" not in charts(app)
    app.checkbox(key="filter_graph").check()
    settle(app.run())
    drawn = charts(app)
    assert list(drawn)[-3:] == ["hubness", "PageRank", "clustering coefficient"]
    assert sum(drawn["hubness"]["of_all"]) == N
    assert chips(app) == ["hubness from 10"]
