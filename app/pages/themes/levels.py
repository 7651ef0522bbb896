"""Themes by an attribute of the codes, such as their level."""

from __future__ import annotations

import streamlit as st

from qualcode.project import attribute_name, attribute_value

from ... import session
from ...widgets import matrix, passages
from ...widgets.chart import show_chart
from .view import ThemesView, count_cell, group_label, reach_cell


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
    # The picture leaves the page as a file, so it shows what may be printed.
    printed = project.themes.for_print(view.report)
    chart = project.themes.draw_levels(printed, attribute, language=language)
    alt = _("Themes against levels: how many respondents of how many; the table has the numbers")
    _show_level_table(view, attribute)
    with st.expander(_("The picture of this table"), icon=":material/image:"):
        show_chart(chart, f"themes-by-{attribute}", alt)


def _show_level_table(view: ThemesView, attribute: str) -> None:
    _ = session.words()
    language = session.language()
    parts = [
        (theme, part)
        for theme in view.report.themes
        for part in theme.by_attribute
        if part.attribute == attribute
    ]
    if not parts:
        return
    scale_end = max(len(part.codings) for _theme, part in parts)
    labels = [
        f"{theme.label.in_language(language) or theme.theme} · "
        f"{attribute_value(attribute, part.value, language)}"
        for theme, part in parts
    ]
    rows = [
        matrix.code_row(
            theme.theme,
            label,
            [count_cell(len(part.codings), scale_end), *map(reach_cell, part.reaches)],
        )
        for label, (theme, part) in zip(labels, parts, strict=True)
    ]
    chosen = matrix.show_matrix(
        rows,
        [_("Codings"), *(group_label(reach.group) for reach in parts[0][1].reaches)],
        f"levels-{attribute}-{view.layer}",
        corner=_("Theme") + " · " + attribute_name(attribute, language),
        label=_("How many respondents mention a theme at each level"),
        scale=(_("nobody"), _("everybody")),
    )
    if chosen is None:
        st.caption(_("Click a row to read the passages behind it."))
        return
    theme, part = parts[chosen[0]]
    value = attribute_value(attribute, part.value, language)
    title = f"{theme.label.in_language(language) or theme.theme} · {value}"
    passages.show_codings(part.codings, f"level-{theme.theme}-{part.value}", title)
