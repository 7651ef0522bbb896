"""Types of respondents: assigned by researchers, or found by clustering."""

from __future__ import annotations

import streamlit as st

from qualcode.model import TypeGroup
from qualcode.project import attribute_name, attribute_value

from ... import session
from ...attribution import select_codings, speech
from ...widgets import passages
from ...widgets.chart import show_chart
from ...widgets.clickable_table import clickable_table
from ...widgets.text import escape_markdown, show_heading
from .view import ThemesView


def show_types(view: ThemesView) -> None:
    """Show the types that researchers assigned, and the clusters of similar respondents."""
    _ = session.words()
    typology = view.report.typology
    if view.report.types:
        show_heading(_("Types that you assigned"))
        for type_ in view.report.types:
            _show_type(type_, view, "given")
    if typology is None:
        return
    if typology.undefined_because:
        st.info(_.translate(typology.undefined_because))
        return
    show_heading(_("Respondents who resemble one another"))
    st.caption(
        _(
            "Respondents are compared on the codes that they have; those joined further to the "
            "left are more alike. An aid to name types, not a finding."
        )
    )
    chart = session.project().themes.draw_types(typology, language=session.language())
    show_chart(chart, "types", _("The tree of respondents; the groups stand below it"))
    for type_ in typology.groups:
        _show_type(type_, view, "found")


def _show_type(type_: TypeGroup, view: ThemesView, kind: str) -> None:
    _ = session.words()
    language = session.language()
    st.markdown(f"**{escape_markdown(type_.name)}** · {escape_markdown(', '.join(type_.cases))}")
    # A small type could reveal its members to each other.
    if type_.withheld:
        st.caption(_("Left out: so few respondents could be recognised."))
        return
    marks = [
        f"{attribute_name(mark.attribute, language)}: "
        f"{attribute_value(mark.attribute, mark.value, language)} "
        f"({mark.inside}/{mark.of_inside})"
        for mark in type_.attributes[:4]
    ]
    if marks:
        st.caption(escape_markdown(" · ".join(marks)))
    codes = type_.codes[:8]
    if not codes:
        return
    cell = clickable_table(
        [
            {
                _("Code"): code.label.in_language(language) or code.code,
                _("In this type"): _("{cases} of {all}", cases=code.inside, all=code.of_inside),
                _("Others"): _("{cases} of {all}", cases=code.outside, all=code.of_outside),
            }
            for code in codes
        ],
        f"type-{kind}-{type_.name}-{view.layer}",
        height=330,
    )
    if cell is None:
        return
    code = codes[cell[0]]
    coding_ids = select_codings(
        code.code,
        session.project().codings.collect_layer(view.layer),
        lambda coding: any(case.name in type_.cases for case in speech().cases_of(coding)),
    )
    title = f"{code.label.in_language(language) or code.code} · {type_.name}"
    passages.show_codings(coding_ids, f"typed-{kind}-{type_.name}-{code.code}", title)
