"""The page Suggestions: a review queue, and an evaluation on the codings of the project."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import UndefinedRequestError

from ... import session
from ...page_links import open_page
from ...widgets.layer_select import layer_select
from ...widgets.notices import errors_shown
from ...widgets.requirements import (
    refuse_while_blind,
    require_codebook,
    require_coder,
    require_transcripts,
)
from . import evaluation, guidance, review_queue, suggestion_request


def _show_evaluation() -> None:
    _ = session.words()
    project = session.project()
    st.write(
        _(
            "Suggestions are measured against the codings of this project, each interview by what "
            "was learnt from the others."
        )
    )
    if not project.codings.collect():
        st.info(_("Nothing is coded yet. Suggestions are measured against codings."))
        if st.button(_("Start coding"), type="primary"):
            open_page("coding")
        return
    layer = layer_select("suggestions-layer")
    try:
        report = evaluation.find_report(layer)
    except UndefinedRequestError as error:
        st.info(_.translate(str(error)))
        return
    if report is None:
        return
    st.caption(
        _.many("{count} coded passage", "{count} coded passages", report.passages)
        + " · "
        + _.many("{count} interview", "{count} interviews", report.transcripts)
    )
    tabs = st.tabs([_("How good"), _("How sure"), _("Per code"), _("What would help")])
    with tabs[0]:
        evaluation.show_suggesters(report)
        evaluation.show_further(report)
    with tabs[1]:
        evaluation.show_calibration(report)
        evaluation.show_sentences(report)
    with tabs[2]:
        evaluation.show_codes(report, layer)
    with tabs[3]:
        evaluation.show_advice(report)


def _show_suggestions() -> None:
    _ = session.words()
    st.write(_("Suggestions are offers: they count as codings only once a coder accepts them."))
    names = {
        "review": _("Review"),
        "next": _("What to code next"),
        "missed": _("Missed codes"),
        "trust": _("Codes to trust"),
        "measure": _("How good they are"),
    }
    part = st.segmented_control(
        _("Part"),
        list(names),
        default="review",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        required=True,
        key="suggestions-part",
    )
    parts = {
        "measure": _show_evaluation,
        "next": guidance.show_next,
        "missed": guidance.show_missed,
        "trust": guidance.show_trust,
    }
    if part in parts:
        parts[part]()
    else:
        suggestion_request.show_request()
        review_queue.show_queue()


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_transcripts()
    require_codebook()
    require_coder()
    refuse_while_blind()
    st.title(_("Suggestions"), anchor=False)
    with errors_shown():
        _show_suggestions()
