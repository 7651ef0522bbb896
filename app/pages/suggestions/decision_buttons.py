"""The decision on a suggestion: accepted, rejected, another code, and the way back."""

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
    """Show the buttons that decide on a suggestion, and the way to the next one."""
    _ = session.words()
    one = offers[place]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Accept"),
            type="primary",
            icon=":material/check:",
            shortcut="A",
            on_click=_accept,
            args=(one,),
        )
        st.button(_("Reject"), icon=":material/close:", shortcut="X", on_click=_reject, args=(one,))
        with st.popover(_("Other code"), icon=":material/sell:"):
            _other(one, labels)
        queue_steps(place, len(offers), "review", go_to)
        if st.button(_("In the text"), icon=":material/open_in_new:", key="review-text"):
            open_passage(one.transcript, one.span.start, one.span.end)
    show_last_decision()


def go_to(place: int) -> None:
    """Go to a place in the queue."""
    st.session_state["review-at"] = place


def _done() -> list[tuple[str, Offer, Coding | None]]:
    done: list[tuple[str, Offer, Coding | None]] = st.session_state.setdefault("review-done", [])
    return done


@contextmanager
def _errors_as_toast() -> Iterator[None]:
    """Say what went wrong in a key or a click, which has no place of its own on the page."""
    try:
        yield
    except QualcodeError as error:
        st.toast(session.words().sentence(str(error)), icon=":material/error:")


def _accept(one: Offer) -> None:
    with _errors_as_toast():
        made = session.project().accept(one.suggestion, one.transcript, session.coder())
        _done().append(("accepted", one, made))


def _reject(one: Offer) -> None:
    with _errors_as_toast():
        session.project().reject(one.suggestion, one.segment, session.coder())
        _done().append(("rejected", one, None))


def _other(one: Offer, labels: dict[str, str]) -> None:
    """Give the passage another code; the suggestion is then rejected."""
    _ = session.words()
    active = [code.path for code in session.codebook().active]
    code = st.selectbox(
        _("Code"),
        active,
        index=None,
        placeholder=_("Choose a code"),
        format_func=lambda path: labels.get(path, path),
        key=f"review-other-{one.key}",
    )
    st.button(
        _("Give this code"), type="primary", disabled=code is None, on_click=_give, args=(one, code)
    )


def _give(one: Offer, code: str) -> None:
    project, coder = session.project(), session.coder()
    with _errors_as_toast(), project.step(coder):
        made = project.code(one.transcript, one.span, code, coder)
        project.reject(one.suggestion, one.segment, coder)
        _done().append(("other", one, made))


def show_last_decision() -> None:
    """Say what was decided last, with the way back."""
    _ = session.words()
    if not _done():
        return
    what, one, made = _done()[-1]
    labels = session.labels()
    names = {"accepted": _("Accepted"), "rejected": _("Rejected"), "other": _("Another code")}
    code = labels.get(made.code if made else one.suggestion.code, one.suggestion.code)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{names[what]}: {escape_markdown(code)}", width="content")
        st.button(
            _("Undo"),
            type="tertiary",
            icon=":material/undo:",
            shortcut="Z",
            on_click=_take_back,
            args=(what, one, made),
        )


def _take_back(what: str, one: Offer, made: Coding | None) -> None:
    project, coder = session.project(), session.coder()
    with _errors_as_toast():
        if made is not None:
            project.withdraw([made.id], coder)
        if what != "accepted":
            project.reject(one.suggestion, one.segment, coder, again=True)
    _done().pop()
