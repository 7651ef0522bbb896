"""Suggestions of several interviews as one queue: accept or reject them by key, with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import offered
import session
import streamlit as st
import telling
import working
from offered import Offer
from parts import choosing

from qualcode.errors import QualcodeError
from qualcode.model import Coding, Span

ORDERS = ("code", "transcript", "sure")


# --- asking -----------------------------------------------------------------------------------


def ask() -> None:
    """Let the coder choose interviews and look for suggestions in them."""
    _ = session.words()
    project, coder = session.project(), session.coder()
    names = [one.name for one in project.transcripts.collect()]
    allowed = [name for name in names if project.suggestions.allowed(name)]
    if not allowed:
        st.info(
            _("You are in a round without suggestions: they are shown once it has been handed in.")
        )
        return
    offers = session.offers()
    with (
        st.form("ask-offers", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        waiting = [name for name in allowed if name not in offers]
        chosen = st.multiselect(
            _("Interviews"), allowed, default=waiting or allowed, placeholder=_("Choose"), width=560
        )
        floor = st.select_slider(
            _("At least this sure"),
            options=[0.2, 0.35, 0.5, 0.65, 0.8],
            value=0.5,
            format_func=_.percent,
            width=200,
        )
        go = st.form_submit_button(_("Look for suggestions"), icon=":material/auto_awesome:")
    if go and chosen:

        def work(tell: working.Tell) -> bool:
            for number, name in enumerate(chosen):
                tell(number / len(chosen), name)
                offers[name] = project.suggestions.offer(name, limit=2, floor=float(floor))
            return True

        about = (coder, session.view())
        working.start("offers", about, _("Looking for suggestions…"), work)
    working.result("offers", (coder, session.view()))


# --- the queue --------------------------------------------------------------------------------


def queue() -> list[Offer]:
    """Return the suggestions that were found and not decided on, in the order of the texts."""
    project, coder = session.project(), session.coder()
    rejected = {
        (one.transcript, one.span, one.code)
        for one in project.suggestions.collect_rejections()
        if one.coder == coder
    }
    own: dict[tuple[str, str], list[Span]] = {}
    for coding in project.codings.collect(coder=coder):
        own.setdefault((coding.transcript, coding.code), []).append(coding.span)
    found = []
    for name, pieces in session.offers().items():
        if not project.suggestions.allowed(name):
            continue
        for segment, suggestions in pieces:
            for suggestion in suggestions:
                one = Offer(name, segment, suggestion)
                taken = own.get((name, suggestion.code), ())
                if (name, segment.span, suggestion.code) not in rejected and not any(
                    span.overlaps(one.span) for span in taken
                ):
                    found.append(one)
    return found


def _ordered(offers: Sequence[Offer], order: str) -> list[Offer]:
    paths = {path: place for place, path in enumerate(session.book().paths)}
    known = [one for one in offers if one.suggestion.code in paths]
    if order == "code":
        known.sort(key=lambda one: (paths[one.suggestion.code], -one.suggestion.probability))
    elif order == "sure":
        known.sort(key=lambda one: -one.suggestion.probability)
    return known


def _chosen(offers: list[Offer], labels: dict[str, str]) -> list[Offer]:
    """Let the coder choose the order, and one code or interview; return what fits."""
    _ = session.words()
    names = {"code": _("By code"), "transcript": _("By interview"), "sure": _("Surest first")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = st.segmented_control(
            _("Order"),
            ORDERS,
            default="code",
            format_func=names.__getitem__,
            required=True,
            key="review-order",
        )
        ordered = _ordered(offers, str(order))
        if order == "transcript":
            keys = [one.transcript for one in ordered]
        elif order == "code":
            keys = [one.suggestion.code for one in ordered]
        else:
            return ordered
        counts = {key: keys.count(key) for key in dict.fromkeys(keys)}

        def shown(key: str) -> str:
            name = labels.get(key, key) or _("All")
            return f"{name} ({counts.get(key, len(keys))})"

        wanted = st.selectbox(
            _("Code") if order == "code" else _("Interview"),
            ["", *counts],
            format_func=shown,
            width=340,
            key=f"review-{order}",
        )
    return [one for one, key in zip(ordered, keys, strict=True) if wanted in ("", key)]


@st.fragment
def review() -> None:
    """Show one suggestion at a time, with the way to the others."""
    _ = session.words()
    labels = session.labels()
    everything = queue()
    offers = _chosen(everything, labels) if everything else []
    if not offers:
        _nothing(bool(session.offers()))
        return
    place = min(int(st.session_state.get("review-at", 0)), len(offers) - 1)
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        _decide(offers, place, labels)
        offered.card(offers[place], labels)
    with right:
        _list(offers, place, labels)


def _nothing(asked: bool) -> None:
    _ = session.words()
    if asked:
        st.success(_("You decided on every suggestion here."))
        _last()
    else:
        st.info(_("Choose interviews above and look for suggestions: they come here as a queue."))


def _list(offers: Sequence[Offer], place: int, labels: dict[str, str]) -> None:
    _ = session.words()
    rows = [
        {
            _("Code"): labels.get(one.suggestion.code, one.suggestion.code),
            _("Sure"): _.percent(one.suggestion.probability),
            _("Interview"): one.transcript,
        }
        for one in offers
    ]
    key = f"review-list-{len(offers)}-{place}-{offers[place].key}"

    def choose() -> None:
        chosen = st.session_state[key].selection.rows
        if chosen:
            _go(int(chosen[0]))

    st.dataframe(
        rows,
        hide_index=True,
        height=480,
        on_select=choose,
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [place], "columns": [], "cells": []}},
        key=key,
        alt=_("The queue of suggestions"),
    )


# --- deciding ---------------------------------------------------------------------------------


def _decide(offers: Sequence[Offer], place: int, labels: dict[str, str]) -> None:
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
        choosing.steps(place, len(offers), "review", _go)
        if st.button(_("In the text"), icon=":material/open_in_new:", key="review-text"):
            session.show_passage(one.transcript, one.span.start, one.span.end)
    _last()


def _go(place: int) -> None:
    st.session_state["review-at"] = place


def _done() -> list[tuple[str, Offer, Coding | None]]:
    done: list[tuple[str, Offer, Coding | None]] = st.session_state.setdefault("review-done", [])
    return done


@contextmanager
def _told() -> Iterator[None]:
    """Say what went wrong in a key or a click, which has no place of its own on the page."""
    try:
        yield
    except QualcodeError as error:
        st.toast(session.words().sentence(str(error)), icon=":material/error:")


def _accept(one: Offer) -> None:
    with _told():
        made = session.project().suggestions.accept(one.suggestion, one.transcript)
        _done().append(("accepted", one, made))


def _reject(one: Offer) -> None:
    with _told():
        session.project().suggestions.reject(one.suggestion, one.segment)
        _done().append(("rejected", one, None))


def _other(one: Offer, labels: dict[str, str]) -> None:
    """Give the passage another code; the suggestion is then rejected."""
    _ = session.words()
    active = [code.path for code in session.book().active]
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
    project = session.project()
    with _told(), project.history.step():
        made = project.codings.add(one.transcript, one.span, code)
        project.suggestions.reject(one.suggestion, one.segment)
        _done().append(("other", one, made))


def _last() -> None:
    """Say what was decided last, with the way back."""
    _ = session.words()
    if not _done():
        return
    what, one, made = _done()[-1]
    labels = session.labels()
    names = {"accepted": _("Accepted"), "rejected": _("Rejected"), "other": _("Another code")}
    code = labels.get(made.code if made else one.suggestion.code, one.suggestion.code)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{names[what]}: {telling.plain(code)}", width="content")
        st.button(
            _("Undo"),
            type="tertiary",
            icon=":material/undo:",
            shortcut="Z",
            on_click=_take_back,
            args=(what, one, made),
        )


def _take_back(what: str, one: Offer, made: Coding | None) -> None:
    project = session.project()
    with _told():
        if made is not None:
            project.codings.withdraw([made.id])
        if what != "accepted":
            project.suggestions.reject(one.suggestion, one.segment, again=True)
    _done().pop()
