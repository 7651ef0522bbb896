"""What every page needs: the open project, who is coding, the language; nothing of its own.

The project is shared by all browser windows of this app; language, coder and the transcript
on screen belong to one window.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import admitting
import streamlit as st

from qualcode.errors import QualcodeError, UndefinedRequestError
from qualcode.frontend import Speaker, launched, speaker
from qualcode.model import CONSENSUS, Case, Codebook, Round
from qualcode.project import FINAL, Project

HOME = Path(__file__).parent


# --- language ---------------------------------------------------------------------------------


def language() -> str:
    """Return the language of this window: chosen, given at the start, or the browser's."""
    chosen = st.session_state.get("language") or launched().language
    if chosen:
        return str(chosen)
    return "nl" if (st.context.locale or "").lower().startswith("nl") else "en"


def words() -> Speaker:
    """Return the messages of this window's language."""
    return speaker(language())


# --- the project ------------------------------------------------------------------------------


@st.cache_resource
def _desk() -> dict[str, Any]:
    return {"project": launched().project, "coder": launched().coder}


@st.cache_resource(max_entries=4)
def _opened(path: str) -> Project:
    return Project.open(path)


def project_path() -> str:
    """Return the path of the open project; ``""`` where none is open."""
    return str(_desk()["project"])


def has_project() -> bool:
    """Tell whether a project is open."""
    return bool(project_path())


@st.cache_resource(max_entries=12)
def _seen_by(path: str, name: str) -> Project:
    return _opened(path).acting_as(name)


def project() -> Project:
    """Return the open project as the coder of this window may see it."""
    return _seen_by(project_path(), coder())


def view() -> str:
    """Return a name for what this window may see, to keep results by."""
    return f"{project().info.key}|{coder()}"


def texts_changed() -> None:
    """Let every window read the interviews again: some came, went or have other speakers."""
    _seen_by.clear()


def open_project(path: str) -> None:
    """Open a project for all windows of this app.

    Raises:
        QualcodeError: it cannot be opened; the project that was open stays so.
    """
    _opened(path)
    _desk().update(project=path, coder="")
    for key in ("transcript", "focus", "coder", "round"):
        st.session_state.pop(key, None)
    remember(path)


def close_project() -> None:
    """Go back to the welcome page; who is served has the one project only."""
    if admitting.serving() is None:
        _desk().update(project="", coder="")


def _recent_file() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".config") / "qualcode" / "recent.json"


def recent() -> tuple[str, ...]:
    """Return the projects that were opened lately and are still there, the last one first."""
    try:
        found = json.loads(_recent_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(path for path in found if isinstance(path, str) and Path(path).is_file())


def remember(path: str) -> None:
    """Put a project first in the list of recent ones."""
    if "://" in path:
        return
    whole = str(Path(path).resolve())
    kept = [whole, *(other for other in recent() if other != whole)][:8]
    try:
        _recent_file().parent.mkdir(parents=True, exist_ok=True)
        _recent_file().write_text(json.dumps(kept), encoding="utf-8")
    except OSError:
        # Where nothing may be written there is no list, and all else works.
        return


# --- who is coding ----------------------------------------------------------------------------


def people() -> tuple[str, ...]:
    """Return the coders, without the consensus."""
    everyone = _opened(project_path()).rounds.coders()
    return tuple(name for name in everyone if name != CONSENSUS)


def coder() -> str:
    """Return who is coding in this window; ``""`` where nobody was chosen.

    Where others are served it is who signed in, and nobody chooses.
    """
    if admitting.serving() is not None:
        return admitting.coder()
    path = project_path()
    whose, name = st.session_state.get("coder", ("", ""))
    if whose != path:
        name = _desk()["coder"] or (people()[0] if len(people()) == 1 else "")
    if name:
        # Kept from now on: another window may choose somebody else.
        st.session_state["coder"] = (path, name)
    return str(name)


def set_coder(name: str) -> None:
    """Say who is coding; the next window begins with the same coder."""
    if admitting.serving() is not None:
        return
    _desk()["coder"] = name
    st.session_state["coder"] = (project_path(), name)


def ask_coder() -> str:
    """Return who is coding; ask on the page where nobody was chosen, and stop there."""
    name = coder()
    if not name:
        _ask_coder()
        st.stop()
    return name


def _ask_coder() -> None:
    _ = words()
    st.subheader(_("Who is coding?"))
    st.write(_("Codings carry the name of the coder, so that two coders can be compared."))
    for known in people():
        if st.button(known, key=f"coder-{known}", icon=":material/person:"):
            set_coder(known)
            st.rerun()
    with (
        st.form("new-coder", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        new = st.text_input(_("Your name or initials"), max_chars=40)
        if st.form_submit_button(_("Start coding"), type="primary") and new.strip():
            project().rounds.add_coder(new.strip())
            set_coder(new.strip())
            st.rerun()


def open_round() -> Round | None:
    """Return the open round that this coder works in; the first one where there are several."""
    name = coder()
    for one in project().rounds.collect():
        left = name not in one.handed_in
        if not one.closed and left and (not one.coders or name in one.coders):
            return one
    return None


def refuse_while_blind() -> None:
    """Stop the page for a coder who is in an open blind round: it would show the other's work."""
    for one in project().rounds.collect_hiding():
        _ = words()
        st.info(
            _(
                "You are coding in the blind round “{round}”. What the other coder did is shown "
                "here once all have handed in on the Project page.",
                round=one.name,
            )
        )
        st.stop()


# --- what is on screen ------------------------------------------------------------------------


def offers() -> dict[str, Any]:
    """Return the suggestions that this coder asked for in this window, by transcript."""
    found: dict[str, Any] = st.session_state.setdefault(f"offers-{view()}", {})
    return found


def transcript() -> str:
    """Return the name of the transcript on screen: the one chosen, else the first."""
    names = [one.name for one in project().transcripts.collect()]
    chosen = st.session_state.get("transcript")
    return chosen if chosen in names else (names[0] if names else "")


def show_passage(name: str, start: int, end: int) -> None:
    """Go to a passage on the coding page."""
    count = int(st.session_state.get("jumps", 0)) + 1
    st.session_state["jumps"] = count
    st.session_state["transcript"] = name
    st.session_state["focus"] = {"s": start, "e": end, "n": count}
    st.switch_page(HOME / "views" / "coding.py")


def case_title(name: str, cases: Sequence[Case]) -> str:
    """Return a transcript's name with who is heard in it."""
    for case in cases:
        if name in case.transcripts:
            about = [
                case.attributes[key] for key in list(case.attributes)[:3] if case.attributes[key]
            ]
            return " · ".join([name, ", ".join(about)]) if about else name
    return name


def book() -> Codebook:
    """Return the codebook; where there is none yet, say so on the page and stop."""
    found = book_or_none()
    if found is None:
        _ = words()
        st.info(_("There is no codebook yet. Make or import one first."))
        if st.button(_("Go to the codebook"), type="primary"):
            st.switch_page(HOME / "views" / "codebook.py")
        st.stop()
    return found


def book_or_none() -> Codebook | None:
    """Return the codebook, or None where there is none yet."""
    try:
        return project().codebook.get()
    except UndefinedRequestError:
        return None


def labels() -> dict[str, str]:
    """Return what each code is called, by its path, in this window's language."""
    return {code.path: code.title(language()) for code in book().codes}


def needs_transcripts() -> None:
    """Stop the page where no interview was imported yet, saying what to do."""
    if project().transcripts.collect():
        return
    _ = words()
    st.info(_("There are no interviews yet. Import them on the Project page."))
    if st.button(_("Import interviews"), type="primary"):
        st.switch_page(HOME / "views" / "project.py")
    st.stop()


def layers() -> tuple[str, ...]:
    """Return whose codings can be reported on: the final ones, then each coder's."""
    own = tuple(name for name in project().rounds.coders() if name != FINAL)
    return (FINAL, *own)


def final_is_settled() -> bool:
    """Tell whether the final layer exists: no transcript with two coders and no consensus."""
    try:
        project().codings.collect_layer(FINAL)
    except UndefinedRequestError:
        return False
    return True


def two_coders() -> tuple[str, str] | None:
    """Return the coders to compare; where there are too few, say so and return None."""
    _ = words()
    everyone = people()
    if len(everyone) < 2:
        st.info(
            _(
                "Agreement is between two coders, and this project has {count}. Add the other "
                "coder on the Project page, under Coders and rounds, and let both code the same "
                "interview.",
                count=len(everyone),
            )
        )
        if st.button(_("Go to the project"), type="primary"):
            st.switch_page(HOME / "views" / "project.py")
        return None
    if len(everyone) == 2:
        return everyone[0], everyone[1]
    with st.container(horizontal=True):
        first = str(st.selectbox(_("First coder"), everyone, width=200, key="coder-a"))
        rest = [one for one in everyone if one != first]
        second = str(st.selectbox(_("Second coder"), rest, width=200, key="coder-b"))
    return first, second


@st.cache_data(show_spinner=False, max_entries=2)
def _open_disagreements(key: str, coders: tuple[str, str], revision: int) -> int:
    del key, revision
    return len(project().adjudication.open_disagreements(coders))


def choose_layer(key: str) -> str:
    """Let the reader choose whose codings to report on, and return the choice."""
    _ = words()
    settled = final_is_settled()
    options = layers() if settled else layers()[1:]
    names = {FINAL: _("Final codings"), CONSENSUS: _("Consensus")}
    chosen = st.selectbox(
        _("Codings of"), options, key=key, format_func=lambda one: names.get(one, one), width=220
    )
    if not settled:
        st.caption(
            _(
                "Two coders differ and not everything is settled yet: choose one of them, "
                "or settle it."
            )
        )
    elif chosen == FINAL and CONSENSUS in project().rounds.coders() and len(people()) == 2:
        open_ = _open_disagreements(
            view(), (people()[0], people()[1]), project().history.revision()
        )
        if open_:
            st.caption(
                _.many(
                    "{count} disagreement is still open: what is disputed is not in the final "
                    "codings yet.",
                    "{count} disagreements are still open: what is disputed is not in the final "
                    "codings yet.",
                    open_,
                )
            )
    return str(chosen or options[0])


@contextmanager
def guarded() -> Iterator[None]:
    """Show an error of the project as one sentence on the page."""
    try:
        yield
    except QualcodeError as error:
        st.error(words().sentence(str(error)), icon=":material/error:")


def flash(text: str) -> None:
    """Say something once, also after the page is drawn again."""
    st.session_state.setdefault("flashes", []).append(text)


def show_flashes() -> None:
    """Show what was to be said."""
    for text in st.session_state.pop("flashes", []):
        st.toast(text)
