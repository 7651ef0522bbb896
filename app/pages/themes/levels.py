"""Themes by an attribute of the codes, such as their level."""

from __future__ import annotations

import streamlit as st

from qualcode.project import attribute_name, attribute_value

from ... import session
from ...widgets import passages
from ...widgets.chart import show_chart
from ...widgets.clickable_table import clickable_table
from .view import ThemesView, group_label, reach_text


def show_levels(view: ThemesView) -> None:
    """Show the themes by the values of an attribute of the codes, such as their level."""
    _ = session.words()
    tables = [table for theme in view.report.themes for table in theme.by_attribute]
    attributes = list(dict.fromkeys(table.attribute for table in tables))
    if not attributes:
        st.info(
            _("The codes have no attributes such as a level. Give them some on the Codebook page.")
        )
        return
    project, language = session.project(), session.language()
    first = attributes.index("level") if "level" in attributes else 0
    chosen = st.selectbox(
        _("Attribute of the codes"),
        attributes,
        index=first,
        format_func=lambda name: attribute_name(name, language),
        width=260,
        key="themes-level",
    )
    attribute = str(chosen)
    chart = project.themes.draw_levels(view.report, attribute, language=language)
    alt = _("Themes against levels: how many respondents of how many; the table has the numbers")
    show_chart(chart, f"themes-by-{attribute}", alt)
    _show_level_table(view, attribute)


def _show_level_table(view: ThemesView, attribute: str) -> None:
    _ = session.words()
    language = session.language()
    parts = [
        (theme, part)
        for theme in view.report.themes
        for part in theme.by_attribute
        if part.attribute == attribute
    ]
    rows = [
        {
            _("Theme"): theme.label.in_language(language) or theme.theme,
            attribute_name(attribute, language): attribute_value(attribute, part.value, language),
            _("Codings"): len(part.codings),
            **{group_label(reach.group): reach_text(reach) for reach in part.reaches},
        }
        for theme, part in parts
    ]
    cell = clickable_table(rows, f"levels-{attribute}-{view.layer}")
    if cell is None:
        st.caption(_("Click a row to read the passages behind it."))
        return
    theme, part = parts[cell[0]]
    value = attribute_value(attribute, part.value, language)
    title = f"{theme.label.in_language(language) or theme.theme} · {value}"
    passages.show_codings(part.codings, f"level-{theme.theme}-{part.value}", title)
