"""Long work: it tells how far it is, ends where it is stopped, and its error reaches the page."""

from __future__ import annotations

import threading

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.errors import UndefinedRequestError


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


def other_page() -> None:
    """Draw a page that asks for no result, while a job may have failed."""
    import streamlit as st
    from qualcode.app.widgets.notices import show_error

    from qualcode.app import background_jobs

    if st.button("Go"):
        background_jobs.start("job", "this", "Counting…", st.session_state["work"])
    for error in background_jobs.take_untold_errors():
        show_error(error)


def shown_errors(error: Exception) -> list[str]:
    """Return what a page says of a job that failed while nobody looked, drawn until it does."""
    ended = threading.Event()

    def work(_tell: object) -> None:
        try:
            raise error
        finally:
            ended.set()

    app = AppTest.from_function(other_page, default_timeout=60)
    app.session_state["language"] = "nl"
    app.session_state["work"] = work
    app.run().button[0].click().run()
    assert ended.wait(30)
    errors = [str(one.value) for one in app.error]
    for _ in range(50):
        if errors:
            break
        errors = [str(one.value) for one in app.run().error]
    # Once is enough.
    assert not app.run().error
    return errors


def test_an_unexpected_error_reaches_the_log_and_whatever_page_is_open(
    caplog: pytest.LogCaptureFixture,
) -> None:
    (text,) = shown_errors(KeyError("what a respondent said"))
    assert "iets mis in qualcode zelf (KeyError)" in text
    assert "respondent" not in text
    (record,) = (one for one in caplog.records if one.name.endswith("background_jobs"))
    assert record.exc_info is not None
    assert "Counting" in record.getMessage()


def test_a_request_that_cannot_be_met_is_told_after_its_page_was_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    (text,) = shown_errors(
        UndefinedRequestError("There is no codebook yet. Make or import one first.")
    )
    assert "nog geen codeboek" in text
    assert not [one for one in caplog.records if one.name.endswith("background_jobs")]
