"""Who else works in the project now, and the page drawn anew when one of them changed something.

Only in a project with a list of people: who works alone asks the project nothing in between.
"""

from __future__ import annotations

import time
from threading import Lock

import streamlit as st

from qualcode.errors import QualcodeError, UnreachableServerError
from qualcode.model import Event
from qualcode.project import Project

from . import session
from .widgets.text import escape_markdown

SECONDS = 1.0
"""Time between two looks at the project."""

GONE_SECONDS = 5.0
"""Time after which somebody whose window does not look any more is away."""

_SEEN = "revision-seen"
_MOST_EVENTS = 200


class Presence:
    """Who has a window open on which project, in this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen_at: dict[tuple[str, str], float] = {}

    def note(self, place: str, name: str, now: float) -> None:
        """Note that somebody is in a project."""
        with self._lock:
            self._seen_at[place, name] = now

    def others(self, place: str, name: str, now: float) -> list[str]:
        """Return who else is in a project, by name."""
        with self._lock:
            return sorted(
                other
                for (where, other), at in self._seen_at.items()
                if where == place and other != name and now - at < GONE_SECONDS
            )


@st.cache_resource
def _presence() -> Presence:
    return Presence()


_ASKING = {"answers", "codebook", "figures", "findings", "framework", "typology"}
"""Pages on which a colleague's text would take the place of what is typed: a button shows it."""

_WITHOUT = {"coding": ("coding.",)}
"""What a page shows nothing of, by the beginning of its action: two who code at once would draw
each other's screen anew at every passage, for nothing.
"""


def show(page: str) -> None:
    """Draw who else is here, and look for their changes from now on.

    Args:
        page: The page that is drawn, by its name in the address.
    """
    if not session.has_list() or session.is_stranger():
        return
    st.session_state[_SEEN] = session.project().history.revision()
    _look(page)


@st.fragment(run_every=SECONDS)
def _look(page: str) -> None:
    _, place = session.words(), session.project_path()
    now = time.monotonic()
    try:
        # Where people sign in, the name is looked up in the project too.
        name = session.coder()
        # Asked before the changes: what is made in between is looked at the next time.
        revision = session.project().history.revision()
        hidden_actions = _WITHOUT.get(page, ())
        changed = changes_of_others(
            session.project(), name, st.session_state[_SEEN], hidden_actions
        )
    except UnreachableServerError as error:
        # Nobody changed anything: what is typed stays, and the next look may find the server back.
        st.caption(_.translate(str(error)))
        return
    except QualcodeError:
        # The page says the rest: who was taken off the list, a file that was moved.
        st.rerun(scope="app")
    if changed and page not in _ASKING:
        st.rerun(scope="app")
    if changed:
        st.caption(_("A colleague changed something. Save what you typed first."))
        if st.button(_("Show the changes"), key="show-changes"):
            st.rerun(scope="app")
    else:
        st.session_state[_SEEN] = revision
    _presence().note(place, name, now)
    colleagues = _presence().others(place, name, now)
    if colleagues:
        st.caption(_("Also here: {names}", names=escape_markdown(", ".join(colleagues))))


def changes_of_others(
    project: Project, name: str, since: int, hidden_actions: tuple[str, ...] = ()
) -> bool:
    """Tell whether somebody else changed what a coder may see, after an event.

    Args:
        project: The project, as the coder sees it: a blind round tells nothing here either.
        name: The coder.
        since: Number of the event.
        hidden_actions: Beginnings of actions that do not count: ``coding.``.
    """
    count = project.history.revision() - since
    if count < 1:
        return False
    events: tuple[Event, ...] = project.history.events(limit=min(count, _MOST_EVENTS))
    return any(
        event.number > since and event.who != name and not event.action.startswith(hidden_actions)
        for event in events
    )
