"""The queue of suggestions from several interviews."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.model import Span

from ... import session
from ...widgets.suggestion_reasons import trust_text
from . import suggestion_card
from .decision_buttons import go_to, show_buttons, show_last_decision
from .suggestion_card import Offer

ORDERS = ("code", "transcript", "sure")


def queue() -> list[Offer]:
    """Return the suggestions without a decision, in the order of the texts."""
    project, coder = session.project(), session.coder()
    rejected = {
        (rejection.transcript, rejection.span, rejection.code)
        for rejection in project.suggestions.collect_rejections()
        if rejection.coder == coder
    }
    # A passage that has the code already, in part or whole, needs no suggestion.
    coded_spans: dict[tuple[str, str], list[Span]] = {}
    for coding in project.codings.collect(coder=coder):
        coded_spans.setdefault((coding.transcript, coding.code), []).append(coding.span)
    offers = []
    for name, pieces in session.offers().items():
        if not project.suggestions.allowed(name):
            continue
        for segment, suggestions in pieces:
            for suggestion in suggestions:
                offer = Offer(name, segment, suggestion)
                spans = coded_spans.get((name, suggestion.code), ())
                if (name, segment.span, suggestion.code) not in rejected and not any(
                    span.overlaps(offer.span) for span in spans
                ):
                    offers.append(offer)
    return offers


def _order_offers(offers: Sequence[Offer], order: str) -> list[Offer]:
    paths = {path: place for place, path in enumerate(session.codebook().paths)}
    ordered = [offer for offer in offers if offer.suggestion.code in paths]
    if order == "code":
        ordered.sort(
            key=lambda offer: (paths[offer.suggestion.code], -offer.suggestion.probability)
        )
    elif order == "sure":
        ordered.sort(key=lambda offer: -offer.suggestion.probability)
    return ordered


def _filter_offers(offers: list[Offer], labels: dict[str, str]) -> list[Offer]:
    """Let the coder choose the order and one code or interview; return what fits."""
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
        ordered = _order_offers(offers, str(order))
        if order == "transcript":
            keys = [offer.transcript for offer in ordered]
        elif order == "code":
            keys = [offer.suggestion.code for offer in ordered]
        else:
            return ordered
        counts = {key: keys.count(key) for key in dict.fromkeys(keys)}

        def shown(key: str) -> str:
            name = labels.get(key, key) or _("All")
            return f"{name} ({counts.get(key, len(keys))})"

        filter_key = st.selectbox(
            _("Code") if order == "code" else _("Interview"),
            ["", *counts],
            format_func=shown,
            width=340,
            key=f"review-{order}",
        )
    return [offer for offer, key in zip(ordered, keys, strict=True) if filter_key in ("", key)]


@st.fragment
def show_queue() -> None:
    """Show one suggestion, with buttons to the others."""
    _ = session.words()
    labels = session.labels()
    undecided = queue()
    offers = _filter_offers(undecided, labels) if undecided else []
    if not offers:
        _show_end(bool(session.offers()))
        return
    place = min(int(st.session_state.get("review-at", 0)), len(offers) - 1)
    left_column, right_column = st.columns([1.7, 1], gap="medium")
    with left_column:
        show_buttons(offers, place, labels)
        suggestion_card.show_card(offers[place], labels)
    with right_column:
        _show_list(offers, place, labels)


def _show_end(requested: bool) -> None:
    _ = session.words()
    if requested:
        st.success(_("You decided on every suggestion here."))
        show_last_decision()
    else:
        st.info(_("Choose interviews above and look for suggestions: they come here as a queue."))


def _show_list(offers: Sequence[Offer], place: int, labels: dict[str, str]) -> None:
    _ = session.words()
    trust = session.project().suggestions.guidance.read_trust()
    rows = [
        {
            _("Code"): labels.get(offer.suggestion.code, offer.suggestion.code),
            _("Sure"): _.percent(offer.suggestion.probability),
            # Nothing is said of trust where nobody asked for it: an empty column says nothing.
            **({_("Trust"): trust_text(offer.suggestion, trust)} if trust else {}),
            _("Interview"): offer.transcript,
        }
        for offer in offers
    ]
    # A new key at each place: the table must select the row of the suggestion on screen.
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
