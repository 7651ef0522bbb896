"""The channel of edits: every page mounts it, so that a change of page loses no edit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import streamlit as st

from qualcode.errors import MovedProjectError, QualcodeError
from qualcode.model import Codebook, Event, MemoTarget
from qualcode.project import EditKind, Project

from ... import session, wire
from ...coding_protocol import coding_state, edits_of, offers_of, state_changes
from ...components.mount import mount_coder
from ...i18n import component_messages
from ...page_links import focus_passage
from ...server import launched
from ...widgets.notices import notify
from ...widgets.suggestion_reasons import short_reason_text, trust_text

KEY = "edits"
# Not the key of a mount: Streamlit would take this memory for the state of that component.
KNOWN = "known-states"
# The key of the project in the mount that is on screen, and the message that was taken last.
MOUNTED = "mounted-project"
TAKEN = "taken-message"

# More changes at once come from an import or another tab: the whole state is then shorter.
MANY = 60
# States that a browser may still name as the newest it has; it names one with every edit.
KEPT = 50


def _apply_message(message: Any) -> None:
    """Apply the edits in a message to the project that is mounted."""
    if not message or message.get("project") != st.session_state.get(MOUNTED):
        return
    _note_seen(str(message.get("seen", "")))
    clients: set[str] = st.session_state.setdefault("clients", set())
    refused: list[wire.Refusal] = st.session_state.setdefault("refused", [])
    batches = edits_of(message)
    if launched().serving and message.get("coder") != session.coder():
        # Left in this browser by who signed in before; it waits there for its own coder.
        return
    project = session.project_of(str(message["coder"]))
    turns = [
        (client, edit)
        for client, _round, edits in batches
        for edit in edits
        if edit.kind in {EditKind.UNDO, EditKind.REDO}
    ]
    # Messages repeat until they are acknowledged: only a new undo may open another transcript.
    before = project.codings.latest_edits([client for client, _edit in turns]) if turns else {}
    for client, round_, edits in batches:
        # Remembered, so that an edit stays acknowledged after the browser has moved on.
        clients.add(client)
        for edit, why in project.codings.apply_edits(client, edits, round=round_):
            refused.append(
                {
                    "client": client,
                    "number": edit.number,
                    "why": session.words().translate(why),
                }
            )
    # The browser needs the latest refusals only: it shows each of them once.
    st.session_state.update(refused=refused[-5:], trouble="")
    if any(edit.number > before.get(client, 0) for client, edit in turns):
        _go_to_turned(project)


def _go_to_turned(project: Project) -> None:
    """Open the transcript whose coding was undone or redone, where it is not on the screen."""
    place = _place_of(project, project.history.last_turned())
    if place is None or place[0] == session.transcript():
        return
    name, start, end = place
    focus_passage(name, start, end)
    st.session_state["went-elsewhere"] = True
    _ = session.words()
    notify(_("That was in {transcript}: it is open now.", transcript=name))


def _place_of(project: Project, events: Sequence[Event]) -> tuple[str, int, int] | None:
    """Return transcript, start and end of the passage that a step is about."""
    for event in events:
        state = json.loads(event.after or event.before or "{}")
        if event.action.startswith("coding."):
            return str(state["transcript"]), int(state["start"]), int(state["end"])
        if event.action == "memo.add" and state.get("kind") == MemoTarget.TURN.value:
            name, _sign, number = str(state["target"]).rpartition("#")
            turns = project.transcripts.get(name).turns
            spans = [turn.span for turn in turns if turn.number == int(number)]
            return (name, spans[0].start, spans[0].end) if spans else None
        if event.action == "memo.add":
            codings = project.codings.collect()
            spans_of = [(c.transcript, c.span) for c in codings if c.id == state.get("target")]
            return (spans_of[0][0], spans_of[0][1].start, spans_of[0][1].end) if spans_of else None
    return None


def _take_message(message: Any) -> None:
    """Apply the edits in a message; if the project cannot be written, store the reason."""
    try:
        _apply_message(message)
    except QualcodeError as error:
        # Not acknowledged, so the browser keeps the edits and sends them again.
        st.session_state["trouble"] = session.words().translate(str(error))


def _take_trigger() -> None:
    # The channel is not on a page that only says that the project was lost.
    message = st.session_state.get(KEY, {}).get("edits")
    _take_message(message)
    # The run of the page that follows gets the same message once more.
    st.session_state[TAKEN] = message


def _coding_state() -> wire.State | None:
    name = session.transcript()
    if not name:
        return None
    project, coder = session.project(), session.coder()
    # Codings need their coder in the project; a new one may not have coded yet.
    if coder not in project.rounds.coders():
        project.rounds.add_coder(coder)
    book = session.find_codebook()
    if book is None:
        return None
    # Memos of other coders would reveal their opinion to a blind coder.
    memos = [
        memo
        for kind in (MemoTarget.CODING, MemoTarget.TURN)
        for memo in project.codings.collect_memos(kind)
        if memo.author == coder
    ]
    codings = project.codings.collect(transcript=name, coder=coder)
    return coding_state(codings, memos, book, name, _open_offers(name, coder, book))


def _open_offers(name: str, coder: str, book: Codebook) -> list[wire.Offer]:
    """Return the requested suggestions that were not rejected since."""
    project = session.project()
    offered_segments = session.offers().get(name)
    if offered_segments is None or not project.suggestions.allowed(name):
        return []
    rejected = {
        (rejection.span, rejection.code)
        for rejection in project.suggestions.collect_rejections()
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
    trust = project.suggestions.guidance.read_trust() if undecided else {}
    return offers_of(undecided, book, short_reason_text, lambda s: trust_text(s, trust))


def _note_seen(key: str) -> None:
    """Remember the newest state that the browser has: the next changes start from it."""
    known: dict[str, Any] = st.session_state.get(KNOWN, {})
    sent: dict[str, wire.State] = known.get("sent", {})
    if key in sent:
        known["seen"] = key
        for older in list(sent)[: list(sent).index(key)]:
            del sent[older]


def _state_changes() -> wire.Changes | None:
    """Return the changes in the codings on screen since the state that the browser has.

    A browser that has none gets a whole state first, in a mount of its own that stays the same, so
    that it travels once.
    """
    state = _coding_state()
    if state is None:
        return None
    owner = session.view()
    known: dict[str, Any] = st.session_state.get(KNOWN, {})
    fits = known.get("owner") == owner and known["first"]["transcript"] == state["transcript"]
    changes = _changes_from(known, state) if fits else None
    # Another coder, another transcript, or an import: a full state is then smaller.
    if changes is None or _count_items(changes) > MANY or len(known["sent"]) > KEPT:
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


def _count_items(changes: wire.Changes) -> int:
    removed = changes["removed"]
    return (
        len(changes["codings"])
        + len(changes["memos"])
        + len(changes["offers"])
        + sum(len(removed[kind]) for kind in ("codings", "memos", "offers"))
    )


def mount(*, on_screen: bool) -> None:
    """Mount the channel, and the signal by which the browser wakes a restarted server."""
    language = session.language()
    words: wire.WakeMount = {
        "kind": "wake",
        "language": language,
        "messages": dict(component_messages(language)),
    }
    # A callback that does nothing: the event alone makes Streamlit run the page again.
    mount_coder("wake", words, on_wake_change=lambda: None)
    # Fails here, for the whole page, if the file was moved: the channel would try again for ever.
    _ = session.project().info
    _mount_sync(on_screen=on_screen)


@st.fragment
def _mount_sync(*, on_screen: bool) -> None:
    """Mount the channel, with the codings of the transcript if it is on screen.

    A fragment: an edit runs only this function, not the whole page.
    """
    if st.session_state.pop("went-elsewhere", False):
        # A fragment draws itself only, and the page shows another transcript now.
        st.rerun()
    project = session.project()
    try:
        st.session_state[MOUNTED] = project.info.key
    except MovedProjectError:
        # The whole page says what can be done; the browser keeps the edits meanwhile.
        st.rerun(scope="app")
    round_ = session.open_round()
    undo_count, redo_count = project.history.undo_counts()
    result = mount_coder(
        KEY,
        {
            "kind": "sync",
            "project": st.session_state[MOUNTED],
            "coder": session.coder(),
            "round": round_.name if round_ else "",
            "changes": _state_changes() if on_screen else None,
            "acknowledged": dict(
                project.codings.latest_edits(st.session_state.get("clients", set()))
            ),
            "refused": st.session_state.get("refused", []),
            "trouble": st.session_state.get("trouble", ""),
            "steps": {"undo": undo_count, "redo": redo_count},
        },
        on_edits_change=_take_trigger,
    )
    # The first run of a new session brings edits without calling us.
    if result.edits and result.edits != st.session_state.pop(TAKEN, None):
        _take_message(result.edits)
        st.rerun()
