"""The channel of edits: every page mounts it, so that a change of page loses no edit."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Codebook, MemoTarget

from ... import auth, session
from ...coding_protocol import coding_state, edits_of, offer_rows, state_changes, state_key
from ...components.mount import mount_coder
from ...i18n import component_messages

KEY = "edits"

# So many changes travel one by one; then the whole state is told anew.
MANY = 60


def _apply_message(message: Any) -> bool:
    """Apply the edits in a message; tell whether any of them was new."""
    project = session.project()
    if not message or message.get("project") != project.key:
        return False
    clients: set[str] = st.session_state.setdefault("clients", set())
    refused: list[list[Any]] = st.session_state.setdefault("refused", [])
    before = project.arrived([str(batch["client"]) for batch in message["batches"]])
    if auth.serving() and message.get("coder") != session.coder():
        # Left in this browser by who signed in before; it waits there for its own coder.
        return False
    rounds = {round_in_project.name for round_in_project in project.rounds()}
    for client, round_, edits in edits_of(message):
        clients.add(client)
        round_name = round_ if round_ in rounds else ""
        for edit, why in project.apply_edits(
            client, edits, str(message["coder"]), round=round_name
        ):
            refused.append([client, edit.number, session.words().sentence(why)])
    st.session_state.update(refused=refused[-5:], trouble="")
    return any(before.get(client, 0) < edits[-1].number for client, _, edits in edits_of(message))


def _take_message(message: Any) -> bool:
    """Apply the edits in a message; if the project cannot be written, store the reason."""
    try:
        return _apply_message(message)
    except QualcodeError as error:
        # Not acknowledged, so the browser keeps the edits and sends them again.
        st.session_state["trouble"] = session.words().sentence(str(error))
        return True


def _take_trigger() -> None:
    _take_message(st.session_state[KEY].get("ops"))


def _coding_state() -> dict[str, Any] | None:
    name = session.transcript()
    if not name:
        return None
    project, coder = session.project(), session.coder()
    if coder not in project.coders():
        project.add_coder(coder)
    book = session.find_codebook()
    if book is None:
        return None
    memos = [
        memo
        for kind in (MemoTarget.CODING, MemoTarget.TURN)
        for memo in project.memos(kind)
        if memo.author == coder
    ]
    codings = project.collect_codings(transcript=name, coder=coder)
    return coding_state(codings, memos, book, name, _open_offers(name, coder, book))


def _open_offers(name: str, coder: str, book: Codebook) -> list[list[Any]]:
    """Return the requested suggestions that were not rejected since."""
    project = session.project()
    offered_segments = session.offers().get(name)
    if offered_segments is None or not project.suggestions_allowed(name, coder):
        return []
    rejected = {
        (rejection.span, rejection.code)
        for rejection in project.rejections()
        if (rejection.coder, rejection.transcript) == (coder, name)
    }
    undecided = [
        (
            segment,
            [
                suggestion
                for suggestion in offers
                if (segment.span, suggestion.code) not in rejected
            ],
        )
        for segment, offers in offered_segments
    ]
    return offer_rows(undecided, book)


def _state_changes() -> dict[str, Any] | None:
    """Return the changes in the codings on screen since the state that the browser has.

    After many changes, the full state is sent again, in a mount of its own.
    """
    state = _coding_state()
    if state is None:
        return None
    owner = session.view()
    known_state: dict[str, Any] = st.session_state.get("known", {})
    fits = known_state.get("owner") == owner and known_state["state"]["doc"] == state["doc"]
    changes = state_changes(known_state["state"], state) if fits else None
    if changes is None or _count_rows(changes) > MANY:
        known_state = {"owner": owner, "key": state_key(owner, state), "state": state}
        st.session_state["known"] = known_state
        changes = state_changes(state, state)
    mount_coder(
        "known", {"kind": "known", "key": known_state["key"], "state": known_state["state"]}
    )
    return {**changes, "known": known_state["key"]}


def _count_rows(changes: dict[str, Any]) -> int:
    return sum(len(changes[kind]) + len(ids) for kind, ids in changes["gone"].items())


def mount(*, on_screen: bool) -> None:
    """Mount the channel, and the signal by which the browser wakes a restarted server."""
    language = session.language()
    words = {"language": language, "i18n": dict(component_messages(language))}
    mount_coder("wake", {"kind": "wake", **words}, on_wake_change=lambda: None)
    _mount_sync(on_screen=on_screen)


@st.fragment
def _mount_sync(*, on_screen: bool) -> None:
    """Mount the channel, with the codings of the transcript if it is on screen.

    A fragment: an edit runs only this function, not the whole page.
    """
    project = session.project()
    round_ = session.open_round()
    result = mount_coder(
        KEY,
        {
            "kind": "sync",
            "project": project.key,
            "coder": session.coder(),
            "round": round_.name if round_ else "",
            "state": _state_changes() if on_screen else None,
            "ack": dict(project.arrived(st.session_state.get("clients", set()))),
            "refused": st.session_state.get("refused", []),
            "trouble": st.session_state.get("trouble", ""),
        },
        on_ops_change=_take_trigger,
    )
    # The first run of a new session brings edits without calling us.
    if result.ops and _take_message(result.ops):
        st.rerun()
