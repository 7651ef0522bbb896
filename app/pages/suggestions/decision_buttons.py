"""The decision on a suggestion: accept, reject, give another code, undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Coding

from ... import session
from ...page_links import open_passage
from ...widgets.queue_steps import queue_steps
from ...widgets.text import escape_markdown
from .suggestion_card import Offer


def show_buttons(offers: Sequence[Offer], place: int, labels: dict[str, str]) -> None:
    """Show the buttons that decide on a suggestion, and the steps through the queue."""
    _ = session.words()
    offer = offers[place]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Accept"),
            type="primary",
            icon=":material/check:",
            shortcut="A",
            on_click=_accept_offer,
            args=(offer,),
        )
        st.button(
            _("Reject"),
            icon=":material/close:",
            shortcut="X",
            on_click=_reject_offer,
            args=(offer,),
        )
        with st.popover(_("Other code"), icon=":material/sell:"):
            _other_code_select(offer, labels)
        queue_steps(place, len(offers), "review", go_to)
        if st.button(_("In the text"), icon=":material/open_in_new:", key="review-text"):
            open_passage(offer.transcript, offer.span.start, offer.span.end)
    show_last_decision()


def go_to(place: int) -> None:
    """Go to a place in the queue."""
    st.session_state["review-at"] = place


def _decisions() -> list[tuple[str, Offer, Coding | None]]:
    decisions: list[tuple[str, Offer, Coding | None]] = st.session_state.setdefault(
        "review-done", []
    )
    return decisions


@contextmanager
def _errors_as_toast() -> Iterator[None]:
    """Show an error of a key or click as a toast: it has no place of its own on the page."""
    try:
        yield
    except QualcodeError as error:
        st.toast(session.words().translate(str(error)), icon=":material/error:")


def _accept_offer(offer: Offer) -> None:
    with _errors_as_toast():
        coding = session.project().suggestions.accept(offer.suggestion, offer.transcript)
        _decisions().append(("accepted", offer, coding))


def _reject_offer(offer: Offer) -> None:
    with _errors_as_toast():
        session.project().suggestions.reject(offer.suggestion, offer.segment)
        _decisions().append(("rejected", offer, None))


def _other_code_select(offer: Offer, labels: dict[str, str]) -> None:
    """Give the passage another code; the suggestion is then rejected."""
    _ = session.words()
    active = [code.path for code in session.codebook().active]
    code = st.selectbox(
        _("Code"),
        active,
        index=None,
        placeholder=_("Choose a code"),
        format_func=lambda path: labels.get(path, path),
        key=f"review-other-{offer.key}",
    )
    st.button(
        _("Give this code"),
        type="primary",
        disabled=code is None,
        on_click=_give_code,
        args=(offer, code),
    )


def _give_code(offer: Offer, code: str) -> None:
    project = session.project()
    # One step of the history, so that one undo takes both back.
    with _errors_as_toast(), project.history.step():
        coding = project.codings.add(offer.transcript, offer.span, code)
        project.suggestions.reject(offer.suggestion, offer.segment)
        _decisions().append(("other", offer, coding))


def show_last_decision() -> None:
    """Show the last decision, with a button to undo it."""
    _ = session.words()
    if not _decisions():
        return
    action, offer, coding = _decisions()[-1]
    labels = session.labels()
    names = {"accepted": _("Accepted"), "rejected": _("Rejected"), "other": _("Another code")}
    code = labels.get(coding.code if coding else offer.suggestion.code, offer.suggestion.code)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{names[action]}: {escape_markdown(code)}", width="content")
        st.button(
            _("Undo"),
            type="tertiary",
            icon=":material/undo:",
            shortcut="Z",
            on_click=_undo_decision,
            args=(action, offer, coding),
        )


def _undo_decision(action: str, offer: Offer, coding: Coding | None) -> None:
    project = session.project()
    with _errors_as_toast():
        if coding is not None:
            project.codings.withdraw([coding.id])
        if action != "accepted":
            project.suggestions.reject(offer.suggestion, offer.segment, again=True)
    # Also after an error: the same decision must not be offered for undo again and again.
    _decisions().pop()
