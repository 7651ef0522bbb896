"""The channel of edits: mounted on every page, so that none is lost when the page changes."""

from __future__ import annotations

from typing import Any

import admitting
import session
import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.frontend import (
    coding_state,
    component_messages,
    edits_of,
    mount_coder,
    offer_rows,
    state_changes,
    state_key,
)
from qualcode.model import Codebook, MemoTarget

KEY = "edits"

# So many changes travel one by one; then the whole state is told anew.
MANY = 60


def _apply(message: Any) -> bool:
    """Apply what the browser sent; tell whether anything was new."""
    project = session.project()
    if not message or message.get("project") != project.info.key:
        return False
    clients: set[str] = st.session_state.setdefault("clients", set())
    refused: list[list[Any]] = st.session_state.setdefault("refused", [])
    before = project.codings.latest_edits([str(batch["client"]) for batch in message["batches"]])
    if admitting.serving() and message.get("coder") != session.coder():
        # Left in this browser by who signed in before; it waits there for its own coder.
        return False
    rounds = {one.name for one in project.rounds.collect()}
    for client, round_, edits in edits_of(message):
        clients.add(client)
        known = round_ if round_ in rounds else ""
        for edit, why in project.acting_as(str(message["coder"])).codings.apply_edits(
            client, edits, round=known
        ):
            refused.append([client, edit.number, session.words().sentence(why)])
    st.session_state.update(refused=refused[-5:], trouble="")
    return any(before.get(client, 0) < edits[-1].number for client, _, edits in edits_of(message))


def _take(message: Any) -> bool:
    """Apply what the browser sent; where the project cannot be written, remember why."""
    try:
        return _apply(message)
    except QualcodeError as error:
        # Not acknowledged, so the browser keeps the edits and sends them again.
        st.session_state["trouble"] = session.words().sentence(str(error))
        return True


def _arrived() -> None:
    _take(st.session_state[KEY].get("ops"))


def _state() -> dict[str, Any] | None:
    name = session.transcript()
    if not name:
        return None
    project, coder = session.project(), session.coder()
    if coder not in project.rounds.coders():
        project.rounds.add_coder(coder)
    book = session.book_or_none()
    if book is None:
        return None
    memos = [
        memo
        for kind in (MemoTarget.CODING, MemoTarget.TURN)
        for memo in project.codings.collect_memos(kind)
        if memo.author == coder
    ]
    codings = project.codings.collect(transcript=name, coder=coder)
    return coding_state(codings, memos, book, name, _offers(name, coder, book))


def _offers(name: str, coder: str, book: Codebook) -> list[list[Any]]:
    """Return the suggestions that were asked for and not rejected since."""
    project = session.project()
    found = session.offers().get(name)
    if found is None or not project.suggestions.allowed(name):
        return []
    rejected = {
        (one.span, one.code)
        for one in project.suggestions.collect_rejections()
        if (one.coder, one.transcript) == (coder, name)
    }
    kept = [
        (segment, [one for one in offers if (segment.span, one.code) not in rejected])
        for segment, offers in found
    ]
    return offer_rows(kept, book)


def _changes() -> dict[str, Any] | None:
    """Return what changed in the codings on screen since the state that the browser knows.

    That state is told anew, in a mount of its own, when many changes came together.
    """
    state = _state()
    if state is None:
        return None
    owner = session.view()
    known: dict[str, Any] = st.session_state.get("known", {})
    fits = known.get("owner") == owner and known["state"]["doc"] == state["doc"]
    changes = state_changes(known["state"], state) if fits else None
    if changes is None or _count(changes) > MANY:
        known = {"owner": owner, "key": state_key(owner, state), "state": state}
        st.session_state["known"] = known
        changes = state_changes(state, state)
    mount_coder("known", {"kind": "known", "key": known["key"], "state": known["state"]})
    return {**changes, "known": known["key"]}


def _count(changes: dict[str, Any]) -> int:
    return sum(len(changes[kind]) + len(gone) for kind, gone in changes["gone"].items())


def mount(*, on_screen: bool) -> None:
    """Mount the channel, and what the browser rouses a server with that was started anew."""
    language = session.language()
    words = {"language": language, "i18n": dict(component_messages(language))}
    mount_coder("wake", {"kind": "wake", **words}, on_wake_change=lambda: None)
    _mount(on_screen=on_screen)


@st.fragment
def _mount(*, on_screen: bool) -> None:
    """Mount the channel; with the codings of the transcript where that is on screen.

    A fragment: an edit runs this function only, not the whole page.
    """
    project = session.project()
    one = session.open_round()
    result = mount_coder(
        KEY,
        {
            "kind": "sync",
            "project": project.info.key,
            "coder": session.coder(),
            "round": one.name if one else "",
            "state": _changes() if on_screen else None,
            "ack": dict(project.codings.latest_edits(st.session_state.get("clients", set()))),
            "refused": st.session_state.get("refused", []),
            "trouble": st.session_state.get("trouble", ""),
        },
        on_ops_change=_arrived,
    )
    # The first run of a new session brings edits without calling us.
    if result.ops and _take(result.ops):
        st.rerun()
