"""The queue of suggestions from several interviews."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.model import Span

from ... import session
from . import suggestion_card
from .decision_buttons import go_to, show_buttons, show_last_decision
from .suggestion_card import Offer

ORDERS = ("code", "transcript", "sure")


def queue() -> list[Offer]:
    """Return the suggestions that were found and not decided on, in the order of the texts."""
    project, coder = session.project(), session.coder()
    rejected = {
        (one.transcript, one.span, one.code) for one in project.rejections() if one.coder == coder
    }
    own: dict[tuple[str, str], list[Span]] = {}
    for coding in project.collect_codings(coder=coder):
        own.setdefault((coding.transcript, coding.code), []).append(coding.span)
    found = []
    for name, pieces in session.offers().items():
        if not project.suggestions_allowed(name, coder):
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
    paths = {path: place for place, path in enumerate(session.codebook().paths)}
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
def show_queue() -> None:
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
        show_buttons(offers, place, labels)
        suggestion_card.card(offers[place], labels)
    with right:
        _list(offers, place, labels)


def _nothing(asked: bool) -> None:
    _ = session.words()
    if asked:
        st.success(_("You decided on every suggestion here."))
        show_last_decision()
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
            go_to(int(chosen[0]))

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
