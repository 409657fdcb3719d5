"""Work that comes in parts."""

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from components.kit import caching
from components.kit.visitors import Rate
from embeddings.errors import Cancelled


@pytest.fixture(autouse=True)
def nothing_known():
    """No test knows what another has found."""
    caching.outcomes.cache_clear()
    yield
    caching.outcomes.cache_clear()


def page():
    """A page whose work ends while its parts are drawn."""
    import streamlit as st

    from components.kit import caching
    from components.kit.ask import Request, known, stream

    request = Request("streamed|ends early", lambda job: "the whole")
    whole = known(request)
    progress = st.container()
    st.text("a part" if whole is None else whole)
    caching.outcomes().put(request.key, "the whole")
    stream(request, whole, lambda: ["a part"], progress)


def test_what_ends_while_its_parts_are_drawn_is_shown_whole():
    app = AppTest.from_function(page).run()
    assert [text.value for text in app.text] == ["the whole"]


def slider():
    """A page with a part that waits for the work of a slider's place, which goes on while somebody looks."""
    import time

    import streamlit as st

    from components.kit import caching
    from components.kit.ask import Pending, Request, one_run

    def work(job):
        while not caching.outcomes().get("streamed|gate"):
            job.check()
            time.sleep(0.01)
        return "done"

    @st.fragment
    @one_run()
    def part():
        pending = Pending()
        place = st.slider("place", 1, 3)
        st.text(pending.ask(Request(f"moved|{place}", work)) or "waiting")
        pending.show()

    with one_run():
        part()


def test_a_slider_that_moves_on_stops_the_work_of_the_place_it_left():
    app = AppTest.from_function(slider, default_timeout=60).run()
    app.slider[0].set_value(2).run()
    jobs = {job.key: job for job in caching.board().running()}
    jobs["moved|2"].check()
    if "moved|1" in jobs:
        with pytest.raises(Cancelled):
            jobs["moved|1"].check()
    caching.outcomes().put("streamed|gate", "open")
    jobs["moved|2"].future.result(timeout=60)
    assert [text.value for text in app.run().text] == ["done"]


def test_work_that_stopped_because_nobody_seemed_to_look_begins_again_without_a_word():
    caching.outcomes().put("streamed|gate", "")
    app = AppTest.from_function(slider, default_timeout=60).run()
    app.slider[0].set_value(3).run()
    job = next(job for job in caching.board().running() if job.key == "moved|3")
    job.leave(app.session_state["visitor"])
    assert job.future.exception(timeout=60)
    app.run()
    caching.outcomes().put("streamed|gate", "open")
    assert not app.info
    again = [job for job in caching.board().running() if job.key == "moved|3"]
    assert [job.future.result(timeout=60) for job in again] in ([], ["done"])
    assert [text.value for text in app.run().text] == ["done"]


def two_jobs():
    """A page that starts two computations."""
    from components.kit.ask import Request, ask

    ask(Request("counted|1", lambda job: "done"))
    ask(Request("counted|2", lambda job: "done"))


def test_a_visitor_who_starts_too_much_is_told_when_to_try_again(monkeypatch):
    monkeypatch.setattr("components.kit.visitors.JOBS", Rate(1, 60))
    app = AppTest.from_function(two_jobs, default_timeout=60).run()
    assert "the most for one visitor: try again in" in app.error[0].value.replace("\\", "")


def test_streamlit_does_not_collect_all_garbage_after_each_run():
    """With it a class of thirty waits seconds for each click; the option is Streamlit's own and may go."""
    assert config.get_option("runner.postScriptGC") is False


def nothing():
    """A page whose work finds nothing."""
    import streamlit as st

    from components.kit.ask import Request, ask

    st.text(repr(ask(Request("asked|finds nothing", lambda job: None))))


def test_a_result_that_is_nothing_lets_the_page_go_on():
    assert [text.value for text in AppTest.from_function(nothing).run().text] == ["None"]
