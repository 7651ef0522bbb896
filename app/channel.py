"""The channel of edits: mounted on every page, so that none is lost when the page changes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import admitting
import session
import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.frontend import (
    coding_state,
    component_messages,
    edits_of,
    mount_coder,
    offers_of,
    state_changes,
    wire,
)
from qualcode.model import Codebook, MemoTarget

KEY = "edits"
# Not the key of a mount: Streamlit would take this memory for the state of that component.
KNOWN = "known-states"

# More changes at once come from an import or another tab: the whole state is then shorter.
MANY = 60
# States that a browser may still name as the newest it has; it names one with every edit.
KEPT = 50


def _apply(message: Any) -> bool:
    """Apply what the browser sent; tell whether anything was new."""
    project = session.project()
    if not message or message.get("project") != project.key:
        return False
    _note_seen(str(message.get("seen", "")))
    clients: set[str] = st.session_state.setdefault("clients", set())
    refused: list[wire.Refusal] = st.session_state.setdefault("refused", [])
    before = project.arrived([str(batch["client"]) for batch in message["batches"]])
    if admitting.serving() and message.get("coder") != session.coder():
        # Left in this browser by who signed in before; it waits there for its own coder.
        return False
    rounds = {one.name for one in project.rounds()}
    for client, round_, edits in edits_of(message):
        clients.add(client)
        known = round_ if round_ in rounds else ""
        for edit, why in project.apply_edits(client, edits, str(message["coder"]), round=known):
            shown = session.words().sentence(why)
            refused.append({"client": client, "number": edit.number, "why": shown})
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
    _take(st.session_state[KEY].get("edits"))


def _state() -> wire.State | None:
    name = session.transcript()
    if not name:
        return None
    project, coder = session.project(), session.coder()
    if coder not in project.coders():
        project.add_coder(coder)
    book = session.book_or_none()
    if book is None:
        return None
    memos = [
        memo
        for kind in (MemoTarget.CODING, MemoTarget.TURN)
        for memo in project.memos(kind)
        if memo.author == coder
    ]
    codings = project.collect_codings(transcript=name, coder=coder)
    return coding_state(codings, memos, book, name, _offers(name, coder, book))


def _offers(name: str, coder: str, book: Codebook) -> list[wire.Offer]:
    """Return the suggestions that were asked for and not rejected since."""
    project = session.project()
    found = session.offers().get(name)
    if found is None or not project.suggestions_allowed(name, coder):
        return []
    rejected = {
        (one.span, one.code)
        for one in project.rejections()
        if (one.coder, one.transcript) == (coder, name)
    }
    kept = [
        (segment, [one for one in offers if (segment.span, one.code) not in rejected])
        for segment, offers in found
    ]
    return offers_of(kept, book)


def _note_seen(key: str) -> None:
    """Remember the newest state that the browser has: the next changes start from it."""
    known: dict[str, Any] = st.session_state.get(KNOWN, {})
    sent: dict[str, wire.State] = known.get("sent", {})
    if key in sent:
        known["seen"] = key
        for older in list(sent)[: list(sent).index(key)]:
            del sent[older]


def _changes() -> wire.Changes | None:
    """Return what changed in the codings on screen since the state that the browser has.

    A browser that has none gets a whole state first, in a mount of its own that stays the same, so
    that it travels once.
    """
    state = _state()
    if state is None:
        return None
    owner = session.view()
    known: dict[str, Any] = st.session_state.get(KNOWN, {})
    fits = known.get("owner") == owner and known["first"]["transcript"] == state["transcript"]
    changes = _changes_from(known, state) if fits else None
    if changes is None or _count(changes) > MANY or len(known["sent"]) > KEPT:
        # A session that was lost starts to count again, so a number would not do as a name.
        key = uuid4().hex
        known = {"owner": owner, "key": key, "first": state, "seen": key, "sent": {key: state}}
        st.session_state[KNOWN] = known
        changes = _changes_from(known, state)
    mount_coder("known", {"kind": "known", "key": known["key"], "state": known["first"]})
    return changes


def _changes_from(known: dict[str, Any], state: wire.State) -> wire.Changes:
    sent: dict[str, wire.State] = known["sent"]
    newest = next(reversed(sent))
    # A state that comes back later is a new one: keys tell the order in which states were sent.
    key = newest if sent[newest] == state else uuid4().hex
    sent[key] = state
    return state_changes(sent[known["seen"]], state, known_key=known["seen"], key=key)


def _count(changes: wire.Changes) -> int:
    removed = changes["removed"]
    return (
        len(changes["codings"])
        + len(changes["memos"])
        + len(changes["offers"])
        + sum(len(removed[kind]) for kind in ("codings", "memos", "offers"))
    )


def mount(*, on_screen: bool) -> None:
    """Mount the channel, and what the browser rouses a server with that was started anew."""
    language = session.language()
    words: wire.WakeMount = {
        "kind": "wake",
        "language": language,
        "messages": dict(component_messages(language)),
    }
    mount_coder("wake", words, on_wake_change=lambda: None)
    _mount(on_screen=on_screen)


@st.fragment
def _mount(*, on_screen: bool) -> None:
    """Mount the channel; with the codings of the transcript where that is on screen.

    A fragment: an edit runs this function only, not the whole page.
    """
    project = session.project()
    one = session.open_round()
    undo, redo = project.undo_counts(session.coder())
    result = mount_coder(
        KEY,
        {
            "kind": "sync",
            "project": project.key,
            "coder": session.coder(),
            "round": one.name if one else "",
            "changes": _changes() if on_screen else None,
            "acknowledged": dict(project.arrived(st.session_state.get("clients", set()))),
            "refused": st.session_state.get("refused", []),
            "trouble": st.session_state.get("trouble", ""),
            "steps": {"undo": undo, "redo": redo},
        },
        on_edits_change=_arrived,
    )
    # The first run of a new session brings edits without calling us.
    if result.edits and _take(result.edits):
        st.rerun()
