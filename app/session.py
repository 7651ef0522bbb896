"""The session of one browser window: its language, coder, project and transcript.

The project is shared by all windows of this app; language, coder and the transcript on screen
belong to one window.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import CONSENSUS, Codebook, Round
from qualcode.project import Project
from qualcode.translation import Translator, translator

from . import auth
from .recent_projects import remember_project
from .server import launched

# --- language ---------------------------------------------------------------------------------


def language() -> str:
    """Return the language of this window: chosen, set at the start, or the browser's."""
    chosen = st.session_state.get("language") or launched().language
    # A choice in the window goes before the option of the command.
    if chosen:
        return str(chosen)
    return "nl" if (st.context.locale or "").lower().startswith("nl") else "en"


def words() -> Translator:
    """Return the messages of this window's language."""
    return translator(language())


# --- the project ------------------------------------------------------------------------------


# Shared by all windows: who opens a project opens it for this app, not for one window.
@st.cache_resource
def _shared_settings() -> dict[str, Any]:
    return {"project": launched().project, "coder": launched().coder}


# A project stays open between runs: opening takes longer than drawing a page.
@st.cache_resource(max_entries=4)
def _open_project(path: str) -> Project:
    return Project.open(path)


def project_path() -> str:
    """Return the path of the open project; ``""`` where none is open."""
    return str(_shared_settings()["project"])


def has_project() -> bool:
    """Tell whether a project is open."""
    return bool(project_path())


# One per coder: what a coder may see is decided where codings are read, not on the page.
@st.cache_resource(max_entries=12)
def _project_seen_by(path: str, name: str) -> Project:
    return _open_project(path).acting_as(name)


def project() -> Project:
    """Return the open project with what the coder of this window may see."""
    return project_of(coder())


def project_of(name: str) -> Project:
    """Return the open project with what a coder may see, to act as that coder.

    Where others are served, ask first whether the coder of this window has that name.
    """
    return _project_seen_by(project_path(), name)


def view() -> str:
    """Return a key for what this window may see, to cache results by."""
    return f"{project().info.key}|{coder()}"


def reload_transcripts() -> None:
    """Make every window read the transcripts again: some were added, removed or changed."""
    # The views of each coder keep texts of their own.
    _project_seen_by.clear()


def open_project(path: str) -> None:
    """Open a project for all windows of this app.

    Raises:
        QualcodeError: the project cannot be opened; the earlier project stays open.
    """
    # Opened before anything changes, so that a failure leaves the earlier project open.
    _open_project(path)
    _shared_settings().update(project=path, coder="")
    for key in ("transcript", "focus", "coder", "round"):
        st.session_state.pop(key, None)
    remember_project(path)


def close_project() -> None:
    """Go back to the welcome page; a served app keeps its one project."""
    if launched().serving is None:
        _shared_settings().update(project="", coder="")


# --- the coder --------------------------------------------------------------------------------


def coders() -> tuple[str, ...]:
    """Return the coders, without the consensus."""
    everyone = _open_project(project_path()).rounds.coders()
    return tuple(name for name in everyone if name != CONSENSUS)


def coder() -> str:
    """Return the coder of this window; ``""`` if nobody was chosen.

    If other machines are served, the coder is the person who signed in.
    """
    if launched().serving is not None:
        # Never from the window: it could be set to another coder's name.
        return auth.coder()
    path = project_path()
    path_of_coder, name = st.session_state.get("coder", ("", ""))
    # A coder chosen in another project may not exist in this one.
    if path_of_coder != path:
        name = _shared_settings()["coder"] or (coders()[0] if len(coders()) == 1 else "")
    if name:
        # Kept from now on: another window may choose somebody else.
        st.session_state["coder"] = (path, name)
    return str(name)


def set_coder(name: str) -> None:
    """Set the coder of this window; the next window starts with the same coder."""
    if launched().serving is not None:
        return
    _shared_settings()["coder"] = name
    st.session_state["coder"] = (project_path(), name)


def open_round() -> Round | None:
    """Return the open round of this coder; the first one if there are several."""
    name = coder()
    for round_ in project().rounds.collect():
        # Work that was handed in is fixed, so new codings cannot belong to that round.
        unfinished = name not in round_.handed_in
        if not round_.closed and unfinished and (not round_.coders or name in round_.coders):
            return round_
    return None


# --- the transcript and the codebook ----------------------------------------------------------


def offers() -> dict[str, Any]:
    """Return the suggestions that this coder requested in this window, by transcript."""
    # Kept per view: another coder in this window must not see them.
    offers_by_transcript: dict[str, Any] = st.session_state.setdefault(f"offers-{view()}", {})
    return offers_by_transcript


def transcript() -> str:
    """Return the name of the transcript on screen: the chosen one, otherwise the first."""
    names = [text.name for text in project().transcripts.collect()]
    chosen = st.session_state.get("transcript")
    # The chosen transcript may have been removed in another window.
    return chosen if chosen in names else (names[0] if names else "")


def find_codebook() -> Codebook | None:
    """Return the codebook; None if there is none yet."""
    try:
        return codebook()
    except UndefinedRequestError:
        return None


def codebook() -> Codebook:
    """Return the codebook.

    Raises:
        UndefinedRequestError: the project has no codebook yet.
    """
    return project().codebook.get()


def labels() -> dict[str, str]:
    """Return the label of each code by its path, in the language of this window."""
    return {code.path: code.title(language()) for code in codebook().codes}
