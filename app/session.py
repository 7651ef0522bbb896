"""The session of one browser window: its language, coder, project and transcript.

A window keeps its language, project, coder and transcript, whatever other windows do; its address
brings it back there after a reload. Windows on the same project share one connection to it.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import Any

import streamlit as st

from qualcode.errors import QualcodeError, UndefinedRequestError
from qualcode.model import CONSENSUS, Codebook, Right, Round
from qualcode.project import Project, back_up_daily
from qualcode.translation import Translator, translator

from . import auth
from .recent_projects import recent_projects, remember_project
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


# What all windows know: a new window begins with the project that was opened last.
@st.cache_resource
def _shared_settings() -> dict[str, Any]:
    return {"project": launched().project, "opened": {launched().project}}


# A project stays open between runs: opening takes longer than drawing a page.
@st.cache_resource(max_entries=4)
def _open_project(path: str) -> Project:
    project_ = Project.open(path)
    # On a server, the list of recent projects would be somebody else's.
    if launched().serving is None:
        remember_project(path, project_.info.name)
    # A full disk is no reason to keep the project closed; the page of backups shows the latest.
    with suppress(QualcodeError):
        back_up_daily(project_)
    return project_


def project_path() -> str:
    """Return the path of the project of this window; ``""`` where none is open."""
    if launched().serving is not None:
        return launched().project
    if "project" not in st.session_state:
        # A window that is loaded again goes on where it was; a new one opens the latest project.
        token = st.query_params.get("study", "")
        latest = "" if token == _CLOSED else str(_shared_settings()["project"])
        st.session_state["project"] = _known_project(token) or latest
    return str(st.session_state["project"])


def _known_project(token: str) -> str:
    """Return the project that an address names, of those opened here before; ``""`` for none."""
    # Never a path in the address: a link from elsewhere could then open any file.
    paths = (*sorted(_shared_settings()["opened"]), *recent_projects()) if token else ()
    return next((path for path in paths if path and _token(path) == token), "")


# In the address of a window that closed its project: a reload does not open it again.
_CLOSED = "none"


def _token(text: str) -> str:
    """Return what stands for a path or a name in the address, which the browser remembers."""
    return sha256(text.encode()).hexdigest()[:10] if text else ""


def keep_address() -> None:
    """Write project, coder and transcript of this window into its address, for when it reloads."""
    path = project_path()
    if path and "text" in st.query_params and "transcript" not in st.session_state:
        # Read now: a link to another page empties the address.
        transcript()
    places = {
        "study": _token(path) or _CLOSED,
        "coder": _token(coder()) if path else "",
        "text": _token(str(st.session_state.get("transcript") or "")) if path else "",
    }
    for key, token in places.items():
        if not token:
            st.query_params.pop(key, None)
        elif st.query_params.get(key) != token:
            st.query_params[key] = token


def has_project() -> bool:
    """Tell whether a project is open."""
    return bool(project_path())


# One per coder: what a coder may see is decided where codings are read, not on the page.
@st.cache_resource(max_entries=12)
def _project_seen_by(path: str, name: str) -> Project:
    # Where people sign in, nobody brings in work in another's name.
    return _open_project(path).acting_as(name, signed_in=launched().serving is not None)


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
    # A restored copy of a project has the same key: only the path tells them apart.
    return f"{project_path()}|{project().info.key}|{coder()}"


def reload_transcripts() -> None:
    """Make every window read the transcripts again: some were added, removed or changed."""
    # The views of each coder keep texts of their own.
    _project_seen_by.clear()


def open_project(path: str) -> None:
    """Open a project in this window; other windows keep theirs.

    Raises:
        QualcodeError: the project cannot be opened; the earlier project stays open.
    """
    # Opened before anything changes, so that a failure leaves the earlier project open.
    _open_project(path)
    _shared_settings()["project"] = path
    _shared_settings()["opened"].add(path)
    # Also what was said of a damaged project: there is a sound one now.
    for key in ("transcript", "focus", "round", "damaged", "rescued", "restore-backup"):
        st.session_state.pop(key, None)
    # Asked anew: the coder of another project may be somebody else here.
    st.session_state.update(project=path, coder=(path, ""))
    remember_project(path, _open_project(path).info.name)


def leave_lost_project(path: str) -> None:
    """Open a project where it is now, instead of the one whose file lost its name.

    Raises:
        QualcodeError: it cannot be opened; no project is open then.
    """
    name = st.session_state.get("coder", ("", ""))[1]
    close_lost_project()
    open_project(path)
    if name:
        # The same study and the same window, so also the same coder.
        st.session_state["coder"] = (path, name)


def close_lost_project() -> None:
    """Go back to the welcome page from a project whose file lost its name."""
    path = project_path()
    close_project()
    _let_go(path)


def _let_go(path: str) -> None:
    # Else the same path, with the file back in its place, would still be refused.
    _open_project(path).close()
    _open_project.clear(path)
    _project_seen_by.clear()


def close_project() -> None:
    """Go back to the welcome page in this window; a served app keeps its one project."""
    if launched().serving is None:
        st.session_state.update(project="", coder=("", ""))


# --- the coder --------------------------------------------------------------------------------


def coders() -> tuple[str, ...]:
    """Return the coders, without the consensus."""
    everyone = _open_project(project_path()).rounds.coders()
    return tuple(name for name in everyone if name != CONSENSUS)


def people() -> tuple[str, ...]:
    """Return who may be chosen as the coder of a window: the list of people, else the coders."""
    return _open_project(project_path()).rounds.team.names() or coders()


def find_person(login: str) -> tuple[str, tuple[str, ...]]:
    """Return who has a login by the list of people of the project, and all names on that list."""
    team = _open_project(project_path()).rounds.team
    return team.find_name(login), team.names()


def has_list() -> bool:
    """Tell whether the project has a list of people."""
    return bool(_open_project(project_path()).rounds.team.names())


def is_stranger() -> bool:
    """Tell whether the project has a list of people, and who is in this window is not on it."""
    names = _open_project(project_path()).rounds.team.names() if has_project() else ()
    return bool(names) and coder() not in names


def has_right(right: Right) -> bool:
    """Tell whether the coder of this window may do something; the project refuses it anyway."""
    return project().rounds.team.may(right)


def coder() -> str:
    """Return the coder of this window; ``""`` if nobody was chosen.

    If other machines are served, the coder is the person who signed in.
    """
    if launched().serving is not None:
        # Never from the window: it could be set to another coder's name.
        return auth.coder()
    path = project_path()
    path_of_coder, name = st.session_state.get("coder", (None, ""))
    if path_of_coder is None:
        name = _coder_at_start(path)
        # Kept from now on: another window may choose somebody else.
        st.session_state["coder"] = (path, name)
    # A coder chosen in another project may not exist in this one.
    elif path_of_coder != path:
        name = ""
    return str(name)


def _coder_at_start(path: str) -> str:
    """Return the coder of a window that has just been loaded; ``""`` to ask."""
    token = st.query_params.get("coder", "")
    if path and token:
        return next((name for name in people() if _token(name) == token), "")
    # Only the command names a coder for every window: who was last here may be somebody else.
    return launched().coder if path and path == launched().project else ""


def set_coder(name: str) -> None:
    """Set the coder of this window; other windows keep theirs."""
    if launched().serving is None:
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
    token = st.query_params.get("text", "")
    if chosen is None and token:
        chosen = next((name for name in names if _token(name) == token), None)
        st.session_state["transcript"] = chosen
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
