"""Long work: it tells how far it is, ends where it is stopped, and its error reaches the page."""

from __future__ import annotations

import threading

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    """Draw a page with one piece of long work; what it does is told by the session's state."""
    import streamlit as st

    from qualcode.app import background_jobs

    if st.button("Go"):
        background_jobs.start("job", "this", "Counting…", st.session_state["work"])
    st.write(f"result: {background_jobs.result('job', 'this')}")
    st.write(f"for something else: {background_jobs.result('job', 'that')}")


@pytest.fixture
def drawn() -> AppTest:
    """The page before the work began."""
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["language"] = "en"
    return app


def words(app: AppTest) -> str:
    return " ".join(str(one.value) for one in [*app.markdown, *app.info])


def test_what_came_of_work_is_shown_for_what_it_was_asked_for_only(drawn: AppTest) -> None:
    drawn.session_state["work"] = lambda tell: tell(0.5, "half") or 42
    drawn.run().button[0].click().run()
    assert "result: 42" in words(drawn)
    assert "for something else: None" in words(drawn)


def test_work_that_is_stopped_ends_when_it_next_tells_how_far_it_is(drawn: AppTest) -> None:
    go_on, ended = threading.Event(), threading.Event()

    def work(tell: object) -> None:
        assert callable(tell)
        try:
            tell(0.1, "first")
            go_on.wait(30)
            tell(0.2, "second")
        finally:
            ended.set()

    drawn.session_state["work"] = work
    drawn.run().button[0].click().run()
    stop = next(one for one in drawn.button if one.label == "Stop")
    stop.click().run()
    go_on.set()
    assert ended.wait(30)
    for _ in range(50):
        drawn.run()
        if "Stopped" in words(drawn):
            break
    assert "Stopped. What was done before that stays." in words(drawn)
    assert "result: None" in words(drawn)


def test_an_error_of_the_work_is_raised_on_the_page(drawn: AppTest) -> None:
    def work(_tell: object) -> None:
        raise ValueError("there is no such thing")

    drawn.session_state["work"] = work
    drawn.run().button[0].click().run()
    assert "there is no such thing" in drawn.exception[0].value
