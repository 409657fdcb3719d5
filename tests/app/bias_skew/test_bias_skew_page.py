"""The view “Search skew” against the core called directly."""

import pytest
from driving import settle, texts
from ranked_groups import column, saved, search

from components.kit import caching
from components.kit.words import p_text
from components.views.skew_groups import first_names
from embeddings.collection import Collection


def test_the_names_of_a_published_test_carry_their_groups():
    collection = first_names()
    assert len(collection) == 64
    assert set(collection.column("group").to_pylist()) == {"European American names", "African American names"}


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
    app = open_page("bias.py", probe="Search skew", skew_query="the", skew_groups="topic", skew_k="15",
                    skew_expected="Equal shares")  # fmt: skip
    assert not app.exception
    assert app.text_input(key="skew_query").value == "the"
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
