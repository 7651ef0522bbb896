"""What is decided before looking at agreement: the unit, the plan, how much to code twice."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from qualcode.model import AgreementPlan, AgreementUnit, CodeNeed
from qualcode.model.agreement_plan import PLANNED_COEFFICIENTS
from qualcode.model.comparison import UNIT_NAMES
from qualcode.project import figure_name

from ... import session
from ...widgets.downloads import in_window
from ...widgets.notices import errors_shown
from ...widgets.text import escape_markdown
from .view import AgreementView, figure_text, translated


def show_plan() -> None:
    """Draw the choice of the unit, the frozen plan, and what a pilot says of the sample."""
    _ = session.words()
    with st.expander(_("Unit and plan of the check"), icon=":material/event_available:"):
        with errors_shown():
            _show_unit()
        with errors_shown():
            _show_frozen()


def _show_unit() -> None:
    _ = session.words()
    planning = session.project().agreement.planning
    choice = planning.unit()
    if choice is not None:
        sentence = _(
            "The unit of this project: {unit}, chosen on {day}. The reason: {reason}",
            unit=translated(UNIT_NAMES[choice.unit]),
            day=_.moment(choice.chosen_at),
            reason=choice.reason,
        )
        st.markdown(escape_markdown(sentence))
        if choice.after_looking:
            st.caption(_("Codings of two coders could be compared already when it was chosen."))
        return
    st.write(_("Choose the unit of analysis before you look: it cannot be changed afterwards."))
    with st.form("agreement-unit-choice", border=False):
        unit = st.selectbox(
            _("Unit of analysis"),
            [str(unit) for unit in AgreementUnit],
            format_func=lambda name: translated(UNIT_NAMES[name]),
        )
        reason = st.text_input(_("Why this unit? Reports print it."))
        if st.form_submit_button(_("Choose this unit")):
            planning.choose_unit(str(unit), reason)
            st.rerun()


def _show_frozen() -> None:
    _ = session.words()
    planning = session.project().agreement.planning
    plans = planning.plans()
    if plans:
        _show_latest(plans[-1])
        st.download_button(
            _("Preregistration (Word)"),
            data=in_window(_registration),
            file_name="preregistration.docx",
            icon=":material/download:",
            on_click="ignore",
            key="agreement-preregistration",
        )
    names = session.project().rounds.coders()
    with st.form("agreement-plan", border=False):
        st.write(_("Change the plan; the earlier one stays.") if plans else _("Freeze a plan:"))
        coders = st.multiselect(_("Coders"), names, default=names[:2])
        share = st.slider(_("Interviews to code twice (%)"), 5, 100, 20, step=5)
        coefficient = st.selectbox(
            _("Coefficient"),
            list(PLANNED_COEFFICIENTS),
            format_func=lambda name: translated(PLANNED_COEFFICIENTS[name]),
        )
        # Krippendorff's lower limit for tentative conclusions.
        threshold = st.number_input(
            _("Lower limit that is good enough"), 0.1, 0.95, 0.667, step=0.001, format="%.3f"
        )
        rule = st.text_input(_("When does coding twice end, and what happens to codes below?"))
        if st.form_submit_button(_("Freeze this plan")):
            planning.freeze(
                AgreementPlan(
                    coders=tuple(coders),
                    share=share / 100,
                    unit=session.project().agreement.planning.default_unit(),
                    coefficient=str(coefficient),
                    threshold=threshold,
                    stopping_rule=rule,
                )
            )
            st.rerun()


def _show_latest(plan: AgreementPlan) -> None:
    _ = session.words()
    sentence = _(
        "Frozen on {day}: {coders} code {share} of the interviews twice; {unit}; {coefficient}, "
        "lower limit at {threshold}.",
        day=_.moment(plan.frozen_at) if plan.frozen_at else "–",
        coders=_.names(plan.coders),
        share=plan.interviews or _.percent(plan.share),
        unit=translated(UNIT_NAMES[plan.unit]),
        coefficient=translated(PLANNED_COEFFICIENTS[plan.coefficient]),
        threshold=_.number(plan.threshold, 3),
    )
    st.markdown(escape_markdown(sentence))


def _registration() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "preregistration.docx"
        session.project().agreement.planning.write(path, language=session.language())
        return path.read_bytes()


def show_sample(view: AgreementView) -> None:
    """Show how many interviews each code needs, from what these coders coded twice."""
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        width = st.number_input(
            _("The interval may reach to either side"), 0.02, 0.5, 0.15, step=0.01
        )
        threshold = st.number_input(
            _("The lower limit should lie above"), 0.1, 0.95, 0.667, step=0.001, format="%.3f"
        )
    with errors_shown():
        advice = session.project().agreement.planning.advise(
            view.report.coders,
            unit=view.unit.value,
            round=view.round,
            half_width=width,
            threshold=threshold,
        )
        labels = session.labels()
        rows = [
            {
                _("Code"): labels.get(need.code, need.code),
                _("Units"): need.units,
                _.translate(figure_name("alpha_nominal")): figure_text(need.figure),
                _("Interviews for this width"): _interviews(need, need.for_width),
                _("Interviews for this limit"): _interviews(need, need.for_power),
                _("Bear in mind"): translated(need.reason),
            }
            for need in advice.codes
        ]
        st.dataframe(rows, hide_index=True, height="content")
        st.caption(
            _(
                "From {pilot} interviews coded twice; the project has {available}. The width is "
                "reached in 80 to 95 of 100 such studies.",
                pilot=advice.interviews,
                available=advice.available,
            )
        )


def _interviews(need: CodeNeed, number: int | None) -> str:
    _ = session.words()
    if need.reason:
        return "–"
    return _("out of reach") if number is None else _.number(number)
