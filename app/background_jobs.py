"""Long work beside the page: it shows how far it is, and can be stopped.

The work runs in a thread of its own and tells how far it is; telling also ends it where
somebody pressed Stop. The page is drawn again when the work is done. Work is asked for under a
name and for something (a revision, a filter): a result for something else is not shown.

In the work itself nothing of Streamlit may be called: take the project before it begins.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, Final

import streamlit as st

from . import session

PAUSE: Final = 1.0
"""Seconds between two looks at how far the work is."""

PATIENCE: Final = 1.2
"""Seconds that a page waits for work before it shows how far it is."""

Tell = Callable[[float, str], None]
"""Says which part is done, 0 to 1, and what is being done; ends the work where it was stopped."""


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody pressed Stop."""


class Job:
    """One piece of long work.

    Attributes:
        about: What it is for.
        share: Which part is done, 0 to 1.
        text: What is being done.
        result: What came of it; None while it runs, or where nothing came of it.
        error: What ended it; None where nothing did.
    """

    def __init__(self, about: Hashable, label: str, work: Callable[[Tell], Any]) -> None:
        self.about = about
        self.label = label
        self.share = 0.0
        self.text = ""
        self.result: Any = None
        self.error: BaseException | None = None
        self._work = work
        self._patience = PATIENCE
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=label, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = self._work(self.tell)
        except BaseException as error:  # noqa: BLE001 - raised again on the page
            self.error = error

    def tell(self, share: float, text: str = "") -> None:
        """Say how far the work is.

        Raises:
            Stopped: somebody pressed Stop.
        """
        if self._stop.is_set():
            raise Stopped
        self.share, self.text = min(max(share, 0.0), 1.0), text

    def stop(self) -> None:
        """End the work when it next tells how far it is."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether somebody pressed Stop."""
        return self._stop.is_set()

    @property
    def busy(self) -> bool:
        """Whether it still runs."""
        return self._thread.is_alive()

    def runs_on(self) -> bool:
        """Give short work a moment to end; tell whether it runs longer."""
        self._thread.join(self._patience)
        self._patience = 0.0
        return self.busy


def _jobs() -> dict[str, Job]:
    jobs: dict[str, Job] = st.session_state.setdefault("jobs", {})
    return jobs


def start(name: str, about: Hashable, label: str, work: Callable[[Tell], Any]) -> None:
    """Begin work; what ran or was kept under this name ends.

    Args:
        name: What kind of work it is; one of a kind runs in a window.
        about: What it is for: its result is shown for nothing else.
        label: What the reader is told.
        work: What to do; it is given a function to tell how far it is.
    """
    forget(name)
    _jobs()[name] = Job(about, label, work)


def forget(name: str) -> None:
    """Stop the work of a name and forget what came of it."""
    job = _jobs().pop(name, None)
    if job is not None:
        job.stop()


def result(name: str, about: Hashable) -> Any:
    """Return what came of work; None where there is none for this.

    While the work runs, how far it is stands here, with a button to stop it.

    Raises:
        QualcodeError: the work could not be done.
    """
    job = _jobs().get(name)
    if job is None or job.about != about:
        return None
    if job.runs_on():
        st.fragment(_show_progress, run_every=PAUSE)(name)
        return None
    if job.error is None:
        return job.result
    if isinstance(job.error, Stopped):
        _ = session.words()
        st.info(_("Stopped. What was done before that stays."))
        return None
    raise job.error


def result_or_progress(name: str, about: Hashable, label: str, work: Callable[[Tell], Any]) -> Any:
    """Return what comes of work that needs no button to begin; None while it runs.

    Args are those of :func:`start`; after Stop the reader is asked before it begins again.
    """
    job = _jobs().get(name)
    if job is None or job.about != about:
        start(name, about, label, work)
    outcome = result(name, about)
    job = _jobs()[name]
    if isinstance(job.error, Stopped):
        _ = session.words()
        if st.button(_("Begin again"), key=f"again-{name}"):
            start(name, about, label, work)
            st.rerun()
    return outcome


def busy(name: str) -> bool:
    """Tell whether work of this name runs."""
    job = _jobs().get(name)
    return job is not None and job.busy


def _show_progress(name: str) -> None:
    _ = session.words()
    job = _jobs().get(name)
    if job is None or not job.busy:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = f"{job.label} {job.text}".strip()
        st.progress(job.share, text=_("Stopping…") if job.stopping else text)
        st.button(
            _("Stop"),
            icon=":material/stop:",
            key=f"stop-{name}",
            disabled=job.stopping,
            on_click=job.stop,
        )
