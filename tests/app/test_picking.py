"""Buttons and lists that pick one option: never none, never a foreign one, in the link and kept from page to page."""

import pytest
from streamlit.testing.v1 import AppTest

TITLES = {"one": "The first", "two": "The second", "three": "The third"}
PLAIN = ["one", "two", "three"]
BOTH = pytest.mark.parametrize("helper", ["pick", "pick_from_list"])


def page(helper, options, settings):
    import streamlit as st

    from components.kit import widgets

    few = st.checkbox("few", key="few")
    away = st.checkbox("away", key="away")
    st.text_input("write", key="write", on_change=lambda: st.session_state.update(way=st.session_state["write"]))
    offered = {key: title for key, title in options.items() if key != "three"} if few else options
    if not away:
        st.text(getattr(widgets, helper)("Way", offered, key="way", **settings))


@pytest.fixture
def opened():
    """Open a page that picks; what a link says of it is `way`."""

    def open_it(helper, options=TITLES, way=None, **settings):
        app = AppTest.from_function(page, args=(helper, options, settings), default_timeout=60)
        if way is not None:
            app.query_params["way"] = way
        return app.run()

    return open_it


def control(app):
    return next(iter([*app.segmented_control, *app.selectbox]))


def picked(app):
    assert not app.exception
    assert control(app).value in (None, app.text[0].value)
    return app.text[0].value


def in_link(app):
    return app.query_params.get("way", "")


@BOTH
def test_the_first_is_picked_unless_a_default_is_named(opened, helper):
    assert picked(opened(helper)) == "one"
    assert picked(opened(helper, default="two")) == "two"


@BOTH
def test_titles_are_shown_and_stand_in_the_link_and_keys_are_given(opened, helper):
    app = opened(helper, way="The second")
    assert list(control(app).options) == list(TITLES.values())
    assert picked(app) == "two"
    assert in_link(app) == "The second"
    plain = opened(helper, options=PLAIN, way="two")
    assert list(control(plain).options) == PLAIN
    assert picked(plain) == "two"


@BOTH
def test_a_picked_value_stands_in_the_link_and_a_default_does_not(opened, helper):
    app = opened(helper)
    app.text_input(key="write").set_value("three").run()
    assert (picked(app), in_link(app)) == ("three", "The third")
    app.text_input(key="write").set_value("one").run()
    assert (picked(app), in_link(app)) == ("one", "")


@BOTH
def test_a_link_to_what_is_not_offered_gives_the_default_and_is_mended(opened, helper):
    app = opened(helper, way="The fourth", default="two")
    assert (picked(app), in_link(app)) == ("two", "")


@BOTH
def test_a_foreign_value_of_the_session_gives_the_default(opened, helper):
    app = opened(helper, way="The third", default="two")
    app.text_input(key="write").set_value("a column of another collection").run()
    assert (picked(app), in_link(app)) == ("two", "")


@BOTH
def test_a_value_that_is_no_longer_offered_gives_the_default_and_the_browser_hears_of_it(opened, helper):
    app = opened(helper, way="The second")
    control(app).set_value("three").run()
    assert picked(app) == "three"
    app.checkbox(key="few").check().run()
    assert (picked(app), in_link(app)) == ("one", "")
    assert control(app).proto.set_value


def test_a_link_that_says_nothing_and_a_button_let_go_give_the_default(opened):
    assert picked(opened("pick", way="", default="two")) == "two"
    app = opened("pick", default="two")
    assert picked(control(app).set_value(None).run()) == "two"


@pytest.mark.parametrize(
    ("settings", "then"),
    [({"linked": False}, "three"), ({"kept": False}, "three"), ({"linked": False, "kept": False}, "one")],
)
def test_a_value_outlives_its_page_where_it_is_linked_or_kept(opened, settings, then):
    app = control(opened("pick", **settings)).set_value("three").run()
    app.checkbox(key="away").check().run()
    app.checkbox(key="away").uncheck().run()
    assert picked(app) == then


def test_a_value_that_is_not_linked_neither_comes_from_the_link_nor_goes_there(opened):
    assert picked(opened("pick", way="The second", linked=False)) == "one"
    app = opened("pick", linked=False)
    app.text_input(key="write").set_value("three").run()
    assert (picked(app), in_link(app)) == ("three", "")
