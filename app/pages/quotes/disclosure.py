"""Disclosure risks: respondents who may be recognised in print, and the measures against it."""

from __future__ import annotations

import re

import streamlit as st

from qualcode.model import Coding
from qualcode.project import Measure, QuoteFilter, Risk, attribute_name

from ... import session
from ...page_links import open_passage
from ...widgets.notices import errors_shown
from ...widgets.text import escape_markdown, show_heading

MOST = 40
_TABLES = "disclosure-tables"


@st.cache_data(show_spinner=False, max_entries=4)
def _check_disclosure(
    view: str, where: QuoteFilter, pattern: str, tables: tuple[str, ...], revision: int
) -> tuple[Risk, ...]:
    del view, revision
    of_codes = (f"code_by_{attribute}" for attribute in ("group", *tables))
    # Of every respondent: the tables that this page writes have those too who are not quoted.
    names = ("cases", *of_codes)
    return session.project().disclosure.check(where, attribution=pattern, tables=names)


def find_risks(where: QuoteFilter, pattern: str) -> tuple[Risk, ...]:
    """Return the risks of these quotes that nobody accepted."""
    _ = session.words()
    with st.spinner(_("Looking for what could point at somebody…")):
        risks_found = _check_disclosure(
            session.view(),
            where,
            pattern,
            tuple(st.session_state.get(_TABLES, ())),
            session.project().history.revision(),
        )
    # Accepted risks stay in the project, with the reason, and are listed below.
    return tuple(risk for risk in risks_found if not risk.confirmed)


def show(risks_: tuple[Risk, ...]) -> None:
    """Show the risks, the measures against them, and earlier decisions."""
    _ = session.words()
    measures = session.project().disclosure.measures()
    st.write(
        _(
            "What is printed of a respondent should fit at least {count} respondents, and hold no "
            "names. Print less, or accept a risk and say why: both are kept in the project. Until "
            "then files leave out the attributes and the counts that fit fewer.",
            count=_.number(measures.threshold),
        )
    )
    if not risks_:
        st.success(_("Nothing points at somebody, or every risk was accepted."))
    kinds = {
        "attribution": _("The line below a quote"),
        "combination": _("Attributes together"),
        "value": _("Values that few have"),
        "name": _("A name in a quote"),
        "cells": _("Small counts in a table"),
    }
    left_column, right_column = st.columns(2, gap="medium")
    with left_column:
        _measures_form()
        _choose_tables()
    with right_column:
        _show_measures(measures.listed())
    for risk in risks_[:MOST]:
        _show_risk(risk, kinds[risk.kind.value])
    if len(risks_) > MOST:
        st.caption(_("The first {count} are shown.", count=_.number(MOST)))


def _show_risk(risk: Risk, kind: str) -> None:
    _ = session.words()
    with st.container(border=True):
        st.markdown(
            f"**{kind}** · {escape_markdown(_.translate(risk.where))}  \n"
            f"{escape_markdown(_.translate(risk.message))}"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(escape_markdown(_.translate(risk.hint)), width="stretch")
            coding = _find_coding(risk.where)
            if coding is not None:
                _quote_actions(coding, risk.id)
            with st.popover(_("Accept with a reason"), icon=":material/check:"):
                _accept_form(risk)


def _find_coding(where: str) -> Coding | None:
    """Return the coding that a risk is about; a risk names it by the first digits of its id."""
    # Eight hexadecimal digits identify a coding, and are short enough to print.
    named = re.search(r"\b[0-9a-f]{8}\b", where)
    if named is None:
        return None
    fitting = (c for c in session.project().codings.collect() if c.id.startswith(named.group()))
    return next(fitting, None)


def _quote_actions(coding: Coding, key: str) -> None:
    _ = session.words()
    if st.button(_("Leave the quote out"), key=f"leave-{key}"):
        session.project().disclosure.leave_out([coding.id])
        st.rerun()
    if st.button(_("In the text"), key=f"risk-{key}", icon=":material/open_in_new:"):
        open_passage(coding.transcript, coding.span.start, coding.span.end)


def _accept_form(risk: Risk) -> None:
    _ = session.words()
    with st.form(f"accept-{risk.id}", border=False):
        reason = st.text_input(_("Why this may be printed"))
        if st.form_submit_button(_("Accept"), type="primary"):
            with errors_shown():
                session.project().disclosure.accept_risk(risk.id, reason)
                st.rerun()


# --- print less -------------------------------------------------------------------------------


def _measures_form() -> None:
    _ = session.words()
    show_heading(_("Print less"))
    project, language = session.project(), session.language()
    cases = project.cases.collect()
    of_cases = sorted({name for case in cases for name in case.all_attributes()})
    of_interviews = {name for text in project.transcripts.collect() for name in text.attributes}
    attributes = sorted({*of_cases, *of_interviews})
    if not attributes:
        st.caption(_("There are no respondents with attributes, so none can be left out."))
        return

    def called(name: str) -> str:
        return attribute_name(name, language)

    with st.expander(_("Leave an attribute out")), st.form("suppress", border=False):
        name = st.selectbox(_("Attribute"), attributes, format_func=called)
        case = st.selectbox(
            _("Of"),
            ["", *(case.name for case in cases)],
            format_func=lambda name: name or _("All respondents"),
        )
        if st.form_submit_button(_("Leave out")):
            with errors_shown():
                project.disclosure.suppress(str(case), str(name))
                st.rerun()
    with st.expander(_("Say it more widely")):
        _widen_form(of_cases)
    if not project.disclosure.measures().hide_counts:
        hide = _("Hide small counts in tables")
        if st.button(hide, help=_("Counts below the threshold are printed as “<3”.")):
            with errors_shown():
                project.disclosure.hide_counts()
                st.rerun()
    with st.expander(_("How many respondents must share it")), st.form("threshold", border=False):
        least = st.number_input(
            _("At least"), min_value=2, max_value=20, value=project.disclosure.measures().threshold
        )
        if st.form_submit_button(_("Keep")):
            with errors_shown():
                project.disclosure.set_threshold(int(least))
                st.rerun()


def _choose_tables() -> None:
    """Ask by which attributes tables of codes are printed, besides the group."""
    _ = session.words()
    project, language = session.project(), session.language()
    names = {name for case in project.cases.collect() for name in case.all_attributes()}
    names |= {name for text in project.transcripts.collect() for name in text.attributes}
    st.multiselect(
        _("Tables of codes that are printed too"),
        sorted(names - {"group"}),
        format_func=lambda attribute: attribute_name(attribute, language),
        placeholder=_("Choose"),
        help=_("Their small counts and rare headings are listed below, to decide on."),
        key=_TABLES,
    )


def _widen_form(attributes: list[str]) -> None:
    _ = session.words()
    project, language = session.project(), session.language()
    name = st.selectbox(
        _("Attribute"),
        attributes,
        format_func=lambda attribute: attribute_name(attribute, language),
        key="widen-attribute",
    )
    values = sorted(
        {
            attributes.get(str(name), "")
            for case in project.cases.collect()
            for attributes in (case.attributes, *(p.attributes for p in case.participations))
        }
    )
    chosen = st.multiselect(
        _("Values"), [value for value in values if value], placeholder=_("Choose"), key="widen"
    )
    wider = st.text_input(_("Print instead"), key="widen-to")
    if st.button(_("Say it more widely"), disabled=not chosen, key="widen-go"):
        with errors_shown():
            with project.history.step():
                for value in chosen:
                    project.disclosure.widen(str(name), value, wider)
            st.rerun()


def _show_measures(measures: tuple[Measure, ...]) -> None:
    """List the earlier decisions, each with a button to withdraw it."""
    _ = session.words()
    show_heading(_("What was decided"))
    if not measures:
        st.caption(_("Nothing yet."))
    kinds = {
        "leave-out": _("Quote left out"),
        "suppress": _("Attribute left out"),
        "widen": _("Said more widely"),
        "hide-cells": _("Small counts hidden"),
        "confirm": _("Risk accepted"),
    }
    for measure in measures:
        with st.container(horizontal=True, vertical_alignment="center"):
            line = f"{kinds.get(measure.kind, measure.kind)}: {_.translate(measure.item)}"
            line += f" ({measure.because})" if measure.because else ""
            st.caption(escape_markdown(line), width="stretch")
            if st.button(_("Take back"), key=f"back-{measure.id}", type="tertiary"):
                with errors_shown():
                    session.project().disclosure.take_back(measure.id)
                    st.rerun()
