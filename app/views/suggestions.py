"""Suggestions: reviewed in a queue, measured on one's own codings, and what would improve them."""

from __future__ import annotations

import measuring
import reviewing
import session
import streamlit as st

from qualcode.errors import UndefinedRequestError

_ = session.words()
project = session.project()


def _measured() -> None:
    st.write(
        _(
            "Suggestions are measured against the codings of this project, each interview by what "
            "was learnt from the others."
        )
    )
    if not project.codings.collect():
        st.info(_("Nothing is coded yet. Suggestions are measured against codings."))
        if st.button(_("Start coding"), type="primary"):
            st.switch_page(session.HOME / "views" / "coding.py")
        return
    layer = session.choose_layer("suggestions-layer")
    try:
        report = measuring.measured(layer)
    except UndefinedRequestError as error:
        st.info(_.sentence(str(error)))
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
        measuring.suggesters(report)
    with tabs[1]:
        measuring.calibration(report)
    with tabs[2]:
        measuring.codes(report, layer)
    with tabs[3]:
        measuring.advice(report)


def _page() -> None:
    st.write(_("Suggestions are offers: they count as codings only once a coder accepts them."))
    names = {"review": _("Review"), "measure": _("How good they are")}
    part = st.segmented_control(
        _("Part"),
        list(names),
        default="review",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        required=True,
        key="suggestions-part",
    )
    if part == "measure":
        _measured()
    else:
        reviewing.ask()
        reviewing.review()


session.needs_transcripts()
session.book()
session.ask_coder()
session.refuse_while_blind()
st.subheader(_("Suggestions"), anchor=False)
with session.guarded():
    _page()
