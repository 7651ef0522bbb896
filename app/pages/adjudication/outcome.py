"""All disagreements at once: one decision for them, and the outcome so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import Choice, Disagreement
from qualcode.model.adjudication_summary import AdjudicationSummary
from qualcode.project import join_reason

from ... import background_jobs, session
from ...page_links import open_page
from .decisions import (
    choice_labels,
    decisions_now,
    new_decision,
    reason_labels,
    store_decisions,
)


def show_bulk_decision(
    coders: tuple[str, str], queue: Sequence[Disagreement], open_: Collection[str]
) -> None:
    """Let the coder settle all listed disagreements with one decision.

    Args:
        coders: The two coders.
        queue: The disagreements that are shown.
        open_: Ids of the disagreements that nobody decided on.
    """
    _ = session.words()
    # Not a new code: that is a judgement on one passage, never on a list.
    names = dict(list(choice_labels(coders).items())[:4])
    listed = reason_labels()
    with st.popover(_("Resolve all disagreements shown, at once")):
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
        label = _.many("Resolve {count} disagreement", "Resolve {count} disagreements", len(queue))
        decisions = [new_decision(disagreement, Choice(choice), why) for disagreement in queue]
        replaced = sum(disagreement.id not in open_ for disagreement in queue)
        consent = not replaced or st.checkbox(
            _.many(
                "Replace {count} decision that was made before",
                "Replace {count} decisions that were made before",
                replaced,
            )
        )
        st.button(
            label,
            type="primary",
            disabled=not consent,
            on_click=store_decisions,
            args=(coders, decisions, decisions_now()),
        )


def _find_summary(coders: tuple[str, str]) -> AdjudicationSummary | None:
    _ = session.words()
    project = session.project()

    def work(tell: background_jobs.Tell) -> AdjudicationSummary:
        tell(0.0, "")
        return project.adjudication.summarize(coders)

    about = (session.view(), coders, project.history.revision())
    summary: AdjudicationSummary | None = background_jobs.result_or_progress(
        "outcome", about, _("Comparing…"), work
    )
    return summary


def show_outcome(coders: tuple[str, str]) -> None:
    """Show the outcome so far: choices, reasons with their codes, codes that must change."""
    _ = session.words()
    outcome = st.expander(
        _("Result of the decisions so far"),
        icon=":material/summarize:",
        key="adjudicate-outcome",
        on_change="rerun",
    )
    # The comparison before and after takes seconds: nobody waits for it who does not look.
    if not outcome.open:
        return
    with outcome:
        try:
            report = _find_summary(coders)
        except UndefinedRequestError as error:
            st.info(_.translate(str(error)))
            return
        if report is None:
            return
        if report.seconds:
            # Under half a minute it would say zero minutes.
            minutes = max(1, round(report.seconds / 60))
            st.caption(
                _.many(
                    "About {count} minute of deciding", "About {count} minutes of deciding", minutes
                )
            )
        _show_choices_and_reasons(report, coders)
        if report.must_change:
            labels = session.labels()
            codes = ", ".join(labels.get(code, code) for code in report.must_change)
            st.warning(_("These codes must change, by your decisions: {codes}", codes=codes))
            if st.button(_("Go to the codebook"), key="must-change"):
                open_page("codebook")


def _show_choices_and_reasons(report: AdjudicationSummary, coders: tuple[str, str]) -> None:
    _ = session.words()
    labels, names = session.labels(), choice_labels(coders)
    reason_names = reason_labels() | {
        "other": _("In your own words"),
        "none": _("No reason given"),
    }
    left_column, right_column = st.columns(2)
    with left_column:
        st.dataframe(
            [
                {_("Decision"): names[Choice(choice)], _("Times"): count}
                for choice, count in report.choices
            ],
            hide_index=True,
            height="content",
        )
    with right_column:
        st.dataframe(
            [
                {
                    _("Reason"): reason_names.get(reason.reason, reason.reason),
                    _("Times"): reason.count,
                    _("Codes"): ", ".join(labels.get(code, code) for code in reason.codes[:6]),
                }
                for reason in report.reasons
            ],
            hide_index=True,
            height="content",
        )
