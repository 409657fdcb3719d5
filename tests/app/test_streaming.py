"""Work that comes in parts."""

from streamlit.testing.v1 import AppTest


def page():
    """A page whose work ends while its parts are drawn."""
    import streamlit as st

    from components import caching
    from components.streaming import known, stream

    request = "streamed|ends early", lambda job: "the whole"
    whole = known(request)
    progress = st.container()
    st.text("a part" if whole is None else whole)
    caching.outcomes().put(request[0], "the whole")
    stream(request, whole, lambda: ["a part"], progress)


def test_what_ends_while_its_parts_are_drawn_is_shown_whole():
    app = AppTest.from_function(page).run()
    assert [text.value for text in app.text] == ["the whole"]
