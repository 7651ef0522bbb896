"""Jobs that run in the background: the page shows their progress and can stop them.

A job runs in its own thread and reports its progress. Reporting also ends the job after somebody
pressed Stop. When the job is done, the page is drawn again. A job has a name and a subject (a
revision, a filter): its result is not shown for another subject.

A job must not call Streamlit: get the project before the job starts. An error that ends a job is
raised on the page that asks for its result; an unexpected one is written to the log at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from typing import Any, Final

import streamlit as st

from qualcode.errors import QualcodeError

from . import session

_LOG = logging.getLogger(__name__)

PAUSE: Final = 1.0
"""Seconds between two updates of the progress bar."""

PATIENCE: Final = 1.2
"""Seconds that a page waits for a job before it shows a progress bar."""

Tell = Callable[[float, str], None]
"""Reports the share that is done, 0 to 1, and the current work; ends a job that was stopped."""


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody pressed Stop."""


class Job:
    """One job.

    Attributes:
        about: Its subject.
        share: The part that is done, 0 to 1.
        text: What the job does at the moment.
        result: Its result; None while it runs or if it has no result.
        error: The error that ended it; None if there was no error.
        told: Whether a page has raised that error.
    """

    def __init__(self, about: Hashable, label: str, work: Callable[[Tell], Any]) -> None:
        self.about = about
        self.label = label
        self.share = 0.0
        self.text = ""
        self.result: Any = None
        self.error: BaseException | None = None
        self.told = False
        self._work = work
        self._patience = PATIENCE
        self._stop = threading.Event()
        # A daemon thread: a job must never keep the server from ending.
        self._thread = threading.Thread(target=self._run, name=label, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = self._work(self.tell)
        except BaseException as error:  # noqa: BLE001 - raised again on the page
            self.error = error
            # It goes to the log of the server too: who asked may never come back to the page that
            # would raise it.
            if not isinstance(error, QualcodeError | Stopped):
                _LOG.exception("%s: unexpected error", self.label)

    def tell(self, share: float, text: str = "") -> None:
        """Report progress.

        Raises:
            Stopped: somebody pressed Stop.
        """
        if self._stop.is_set():
            raise Stopped
        # Rounding can bring a share just outside of what the progress bar accepts.
        self.share, self.text = min(max(share, 0.0), 1.0), text

    def stop(self) -> None:
        """End the job at its next report of progress."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether somebody pressed Stop."""
        return self._stop.is_set()

    @property
    def busy(self) -> bool:
        """Tell whether the job runs."""
        return self._thread.is_alive()

    def runs_on(self) -> bool:
        """Wait a moment for a short job to end; tell whether it still runs."""
        # Most jobs take less than a second; a progress bar that flashes by is a distraction.
        self._thread.join(self._patience)
        # Only the first look waits: the later ones must show progress at once.
        self._patience = 0.0
        return self.busy


def _jobs() -> dict[str, Job]:
    jobs: dict[str, Job] = st.session_state.setdefault("jobs", {})
    return jobs


def start(name: str, about: Hashable, label: str, work: Callable[[Tell], Any]) -> None:
    """Start a job; an earlier job of this name ends, and its result is dropped.

    Args:
        name: The kind of job; a window runs one job of a kind.
        about: Its subject; the result is shown for no other subject.
        label: What the page says while the job runs.
        work: The work; it receives a function that reports progress.
    """
    forget(name)
    _jobs()[name] = Job(about, label, work)


def forget(name: str) -> None:
    """Stop the job of this name and drop its result."""
    job = _jobs().pop(name, None)
    if job is not None:
        job.stop()


def result(name: str, about: Hashable) -> Any:
    """Return the result of a job; None if there is no result for this subject.

    While the job runs, the page shows its progress and a button to stop it.

    Raises:
        Exception: what ended the job; a ``QualcodeError`` unless something is wrong with qualcode.
    """
    job = _jobs().get(name)
    if job is None or job.about != about:
        return None
    # A fragment redraws only the bar, not the whole page, every second.
    if job.runs_on():
        st.fragment(_show_progress, run_every=PAUSE)(name)
        return None
    if job.error is None:
        return job.result
    if isinstance(job.error, Stopped):
        _ = session.words()
        st.info(_("Stopped. What was done before that stays."))
        return None
    job.told = True
    # Raised here, in the page's thread, where the page can show it as a sentence.
    raise job.error


def result_or_progress(name: str, about: Hashable, label: str, work: Callable[[Tell], Any]) -> Any:
    """Return the result of a job that starts without a button; None while it runs.

    The arguments are those of :func:`start`. After Stop, the reader decides whether to start again.
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


def take_untold_errors() -> list[BaseException]:
    """Return the errors of jobs whose page was left before they ended, each once."""
    failed = [
        job for job in _jobs().values() if not job.busy and job.error is not None and not job.told
    ]
    errors = [job.error for job in failed if job.error and not isinstance(job.error, Stopped)]
    for job in failed:
        job.told = True
    return errors


def busy(name: str) -> bool:
    """Tell whether the job runs."""
    job = _jobs().get(name)
    return job is not None and job.busy


def _show_progress(name: str) -> None:
    _ = session.words()
    job = _jobs().get(name)
    # The whole page is drawn again: what waited for the result is outside this fragment.
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
