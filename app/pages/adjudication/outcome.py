"""All disagreements at once: one decision for them, and the outcome so far."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import Choice, Disagreement
from qualcode.project import join_reason

from ... import session
from ...page_links import open_page
from .decisions import choice_labels, new_decision, reason_labels, store_decisions


def show_bulk_decision(coders: tuple[str, str], queue: Sequence[Disagreement]) -> None:
    """Let the coder settle all that is shown with one decision."""
    _ = session.words()
    names = dict(list(choice_labels(coders).items())[:4])
    listed = reason_labels()
    with st.popover(_("Settle all that are shown at once")):
        options = [choice.value for choice in names]
        choice = st.radio(_("Decision"), options, format_func=lambda value: names[Choice(value)])
        reason = st.selectbox(
            _("Reason"),
            list(listed),
            index=None,
            format_func=listed.__getitem__,
            placeholder=_("Choose a reason"),
            key="reason-all",
        )
        note = st.text_input(_("Note"), key="note-all")
        why = join_reason(str(reason or ""), note)
        label = _.many("Settle {count} disagreement", "Settle {count} disagreements", len(queue))
        made = [new_decision(one, Choice(choice), why) for one in queue]
        st.button(label, type="primary", on_click=store_decisions, args=(coders, made))


def show_outcome(coders: tuple[str, str]) -> None:
    """Show what settling came to: choices, reasons with their codes, what must change."""
    _ = session.words()
    with st.expander(_("What settling came to so far"), icon=":material/summarize:"):
        try:
            found = session.project().settling(coders)
        except UndefinedRequestError as error:
            st.info(_.sentence(str(error)))
            return
        labels, names = session.labels(), choice_labels(coders)
        told = reason_labels() | {"other": _("In your own words"), "none": _("No reason given")}
        if found.seconds:
            minutes = max(1, round(found.seconds / 60))
            st.caption(
                _.many(
                    "About {count} minute of deciding", "About {count} minutes of deciding", minutes
                )
            )
        left, right = st.columns(2)
        with left:
            st.dataframe(
                [
                    {_("Decision"): names[Choice(choice)], _("Times"): count}
                    for choice, count in found.choices
                ],
                hide_index=True,
                height="content",
            )
        with right:
            st.dataframe(
                [
                    {
                        _("Reason"): told.get(one.reason, one.reason),
                        _("Times"): one.count,
                        _("Codes"): ", ".join(labels.get(code, code) for code in one.codes[:6]),
                    }
                    for one in found.reasons
                ],
                hide_index=True,
                height="content",
            )
        if found.must_change:
            codes = ", ".join(labels.get(code, code) for code in found.must_change)
            st.warning(_("These codes must change, by your decisions: {codes}", codes=codes))
            if st.button(_("Go to the codebook"), key="must-change"):
                open_page("codebook")
