"""Who could be recognised in what is printed, and what was decided: print less, or accept it."""

from __future__ import annotations

import re

import session
import streamlit as st
import telling

from qualcode.model import Coding
from qualcode.project import Measure, QuoteFilter, Risk, attribute_name

MOST = 40


@st.cache_data(show_spinner=False, max_entries=4)
def _checked(view: str, where: QuoteFilter, pattern: str, revision: int) -> tuple[Risk, ...]:
    del view, revision
    return session.project().disclosure.check(where, attribution=pattern)


def risks(where: QuoteFilter, pattern: str) -> tuple[Risk, ...]:
    """Return the risks of printing these quotes that nobody accepted."""
    _ = session.words()
    with st.spinner(_("Looking for what could point at somebody…")):
        found = _checked(session.view(), where, pattern, session.project().history.revision())
    return tuple(one for one in found if not one.confirmed)


def show(found: tuple[Risk, ...]) -> None:
    """Show the risks, what can be done about them, and what was decided before."""
    _ = session.words()
    measures = session.project().disclosure.measures()
    st.write(
        _(
            "What is printed of a respondent should fit at least {count} respondents, and hold no "
            "names. Print less, or accept a risk and say why: both are kept in the project.",
            count=_.number(measures.threshold),
        )
    )
    if not found:
        st.success(_("Nothing points at somebody, or every risk was accepted."))
    kinds = {
        "attribution": _("The line below a quote"),
        "combination": _("Attributes together"),
        "name": _("A name in a quote"),
        "cells": _("Small counts in a table"),
    }
    left, right = st.columns(2, gap="medium")
    with left:
        _print_less()
    with right:
        _decided(measures.listed())
    for one in found[:MOST]:
        _risk(one, kinds[one.kind.value])
    if len(found) > MOST:
        st.caption(_("The first {count} are shown.", count=_.number(MOST)))


def _risk(one: Risk, kind: str) -> None:
    _ = session.words()
    with st.container(border=True):
        st.markdown(
            f"**{kind}** · {telling.plain(_.sentence(one.where))}  \n"
            f"{telling.plain(_.sentence(one.message))}"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(telling.plain(_.sentence(one.hint)), width="stretch")
            coding = _coding(one.where)
            if coding is not None:
                _about_quote(coding, one.id)
            with st.popover(_("Accept with a reason"), icon=":material/check:"):
                _accept(one)


def _coding(where: str) -> Coding | None:
    """Return the coding of the quote that a risk is about, which it names by its first digits."""
    named = re.search(r"\b[0-9a-f]{8}\b", where)
    if named is None:
        return None
    fitting = (c for c in session.project().codings.collect() if c.id.startswith(named.group()))
    return next(fitting, None)


def _about_quote(coding: Coding, key: str) -> None:
    _ = session.words()
    if st.button(_("Leave the quote out"), key=f"leave-{key}"):
        session.project().disclosure.leave_out([coding.id])
        st.rerun()
    if st.button(_("In the text"), key=f"risk-{key}", icon=":material/open_in_new:"):
        session.show_passage(coding.transcript, coding.span.start, coding.span.end)


def _accept(one: Risk) -> None:
    _ = session.words()
    with st.form(f"accept-{one.id}", border=False):
        reason = st.text_input(_("Why this may be printed"))
        if st.form_submit_button(_("Accept"), type="primary"):
            with session.guarded():
                session.project().disclosure.accept_risk(one.id, reason)
                st.rerun()


# --- print less -------------------------------------------------------------------------------


def _print_less() -> None:
    _ = session.words()
    telling.title(_("Print less"))
    project, language = session.project(), session.language()
    cases = project.cases.collect()
    attributes = sorted({name for case in cases for name in case.attributes})
    if not attributes:
        st.caption(_("There are no respondents with attributes, so none can be left out."))
        return

    def called(name: str) -> str:
        return attribute_name(name, language)

    with st.expander(_("Leave an attribute out")), st.form("suppress", border=False):
        name = st.selectbox(_("Attribute"), attributes, format_func=called)
        case = st.selectbox(
            _("Of"),
            ["", *(one.name for one in cases)],
            format_func=lambda one: one or _("All respondents"),
        )
        if st.form_submit_button(_("Leave out")):
            with session.guarded():
                project.disclosure.suppress(str(case), str(name))
                st.rerun()
    with st.expander(_("Say it more widely")):
        _widen(attributes)
    if not project.disclosure.measures().hide_counts:
        hide = _("Hide small counts in tables")
        if st.button(hide, help=_("Counts below the threshold are printed as “<3”.")):
            with session.guarded():
                project.disclosure.hide_counts()
                st.rerun()
    with st.expander(_("How many respondents must share it")), st.form("threshold", border=False):
        least = st.number_input(
            _("At least"), min_value=2, max_value=20, value=project.disclosure.measures().threshold
        )
        if st.form_submit_button(_("Keep")):
            with session.guarded():
                project.disclosure.set_threshold(int(least))
                st.rerun()


def _widen(attributes: list[str]) -> None:
    _ = session.words()
    project, language = session.project(), session.language()
    name = st.selectbox(
        _("Attribute"),
        attributes,
        format_func=lambda one: attribute_name(one, language),
        key="widen-attribute",
    )
    values = sorted({case.attributes.get(str(name), "") for case in project.cases.collect()})
    chosen = st.multiselect(
        _("Values"), [value for value in values if value], placeholder=_("Choose"), key="widen"
    )
    wider = st.text_input(_("Print instead"), key="widen-to")
    if st.button(_("Say it more widely"), disabled=not chosen, key="widen-go"):
        with session.guarded():
            with project.history.step():
                for value in chosen:
                    project.disclosure.widen(str(name), value, wider)
            st.rerun()


def _decided(measures: tuple[Measure, ...]) -> None:
    """List what was decided before, each to be taken back."""
    _ = session.words()
    telling.title(_("What was decided"))
    if not measures:
        st.caption(_("Nothing yet."))
    kinds = {
        "leave-out": _("Quote left out"),
        "suppress": _("Attribute left out"),
        "widen": _("Said more widely"),
        "hide-cells": _("Small counts hidden"),
        "confirm": _("Risk accepted"),
    }
    for one in measures:
        with st.container(horizontal=True, vertical_alignment="center"):
            told = f"{kinds.get(one.kind, one.kind)}: {_.sentence(one.what)}"
            told += f" ({one.because})" if one.because else ""
            st.caption(telling.plain(told), width="stretch")
            if st.button(_("Take back"), key=f"back-{one.id}", type="tertiary"):
                with session.guarded():
                    session.project().disclosure.take_back(one.id)
                    st.rerun()
