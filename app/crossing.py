"""Codes against groups, respondents, one another and levels: tables whose cells can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import passages
import session
import streamlit as st
import telling

from qualcode.model import GROUP_NAMES, Cell, CodePair, CrossTable, Reach, ThemeReport
from qualcode.project import attribute_name, attribute_value


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the page: the report, and whose codings it rests on."""

    report: ThemeReport
    layer: str

    def codings_of(self, path: str, group_: str = "") -> list[str]:
        """Return the ids of the codings of a code and those below it, of one group or of all."""
        project = session.project()
        inside = {
            name
            for case in project.cases.collect()
            if case.group == group_
            for name in case.transcripts
        }
        return [
            coding.id
            for coding in project.codings.collect_layer(self.layer)
            if (coding.code == path or coding.code.startswith(f"{path}/"))
            and (not group_ or coding.transcript in inside)
        ]

    def table(self, name: str) -> CrossTable:
        """Return a table of the report by its name."""
        return next(table for table in self.report.tables if table.name == name)


def group(name: str) -> str:
    """Return what the members of a group are called."""
    _ = session.words()
    if not name:
        return _("All respondents")
    known = GROUP_NAMES.get(name)
    return known.in_language(session.language()) if known else name


def reach_text(one: Reach) -> str:
    """Return how many cases of how many; why there is no such count where there is none."""
    _ = session.words()
    if one.hidden:
        return one.hidden
    if one.of is None:
        return _("not asked") if not one.cases else str(one.cases)
    return _("{cases} of {all}", cases=one.cases, all=one.of)


# --- matrices ---------------------------------------------------------------------------------


def by_group(shown: Shown) -> None:
    """Show codes against groups, or another attribute of the respondents."""
    _ = session.words()
    project = session.project()
    attributes = sorted({name for case in project.cases.collect() for name in case.attributes})
    if not attributes:
        st.info(
            _("The respondents have no groups or attributes yet. Add them on the Project page.")
        )
        return
    first = attributes.index("group") if "group" in attributes else 0
    chosen = st.selectbox(
        _("Attribute of the respondents"),
        attributes,
        index=first,
        format_func=lambda name: attribute_name(name, session.language()),
        width=260,
        key="themes-by",
    )
    table = project.themes.count_by(str(chosen), shown.layer)
    _matrix(table, f"by-{chosen}-{shown.layer}")
    chart = project.themes.draw_reach(table, language=session.language())
    alt = _("Codes against groups: how many respondents of how many; the table has the numbers")
    telling.chart(chart, f"codes-by-{chosen}", alt)


def by_case(shown: Shown) -> None:
    """Show codes against respondents, and the respondents with their attributes."""
    _ = session.words()
    if not session.project().cases.collect():
        st.info(_("There are no respondents yet. Add them on the Project page."))
        return
    st.write(_("How many passages of each respondent have the code:"))
    _matrix(shown.table("code_by_case"), f"case-{shown.layer}")
    with st.expander(_("The respondents and their attributes")):
        _attributes(shown.table("case_by_attribute"))


def _names(table: CrossTable) -> list[str]:
    language = session.language()

    def name(key: str) -> str:
        if table.name == "case_by_attribute":
            return attribute_name(key, language)
        return attribute_value(table.name.removeprefix("code_by_"), key, language)

    return [
        label.in_language(language) or name(key)
        for label, key in zip(table.column_labels, table.columns, strict=True)
    ]


def _matrix(table: CrossTable, key: str) -> None:
    _ = session.words()
    language, columns = session.language(), _names(table)
    rows: list[dict[str, Any]] = []
    for path, label, cells in zip(table.rows, table.row_labels, table.cells, strict=True):
        name = "\u2003" * path.count("/") + (label.in_language(language) or path)
        told = {one: _told(cell) for one, cell in zip(columns, cells, strict=True)}
        rows.append({_("Code"): name, **told})
    pinned = {_("Code"): st.column_config.Column(pinned=True, width=260)}
    found = passages.picked(rows, f"matrix-{key}", columns=pinned)
    if found is None or found[1] not in columns:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    cell = table.cells[found[0]][columns.index(found[1])]
    if cell.codings:
        title = f"{rows[found[0]][_('Code')].strip()} · {found[1]}"
        passages.read(cell.codings, f"cell-{key}-{found[0]}-{found[1]}", title)
    else:
        st.caption(_("No passage is behind this cell."))


def _attributes(table: CrossTable) -> None:
    _ = session.words()
    columns = _names(table)
    st.dataframe(
        [
            {
                _("Respondent"): name,
                **{c: cell.text for c, cell in zip(columns, cells, strict=True)},
            }
            for name, cells in zip(table.rows, table.cells, strict=True)
        ],
        hide_index=True,
        height="content",
    )


def _told(cell: Cell) -> str:
    _ = session.words()
    if cell.hidden or cell.text:
        return cell.hidden or cell.text
    if cell.count is None:
        return _("not asked")
    if cell.of is not None:
        return _("{cases} of {all}", cases=cell.count, all=cell.of)
    return str(cell.count) if cell.count else "·"


# --- codes that go together -------------------------------------------------------------------


def together(shown: Shown) -> None:
    """Show which codes occur together, as a matrix and as a list; each cell can be read."""
    _ = session.words()
    units = {"passage": _("In the same passage"), "answer": _("In the same answer")}
    every = {
        (pair.unit, pair.first, pair.second): pair
        for theme in shown.report.themes
        for pair in theme.pairs
    }
    if not every:
        st.info(_("No two codes occur together yet."))
        return
    unit = st.segmented_control(
        _("Where"),
        list(units),
        default="passage",
        format_func=units.__getitem__,
        label_visibility="collapsed",
        required=True,
        key="together-where",
    )
    pairs = {key[1:]: pair for key, pair in every.items() if key[0] == unit}
    if not pairs:
        st.info(_("No two codes occur together here."))
        return
    _pair_matrix(pairs, f"together-{unit}-{shown.layer}")
    _pair_list(list(pairs.values()), f"pairs-{unit}-{shown.layer}")


def _pair_matrix(pairs: dict[tuple[str, str], CodePair], key: str) -> None:
    _ = session.words()
    labels = session.labels()
    codes = [path for path in session.book().paths if any(path in pair for pair in pairs)]
    names = telling.distinct([labels.get(path, path) for path in codes])

    def pair_of(one: str, two: str) -> CodePair | None:
        return pairs.get((one, two)) or pairs.get((two, one))

    rows: list[dict[str, Any]] = []
    for name, one in zip(names, codes, strict=True):
        found = [pair_of(one, two) for two in codes]
        told = [str(pair.together) if pair else "" for pair in found]
        rows.append({_("Code"): name, **dict(zip(names, told, strict=True))})
    columns = {name: st.column_config.Column(width=72, help=name) for name in names}
    columns[_("Code")] = st.column_config.Column(pinned=True, width=240)
    cell = passages.picked(rows, key, columns=columns, height=480)
    if cell is None or cell[1] not in names:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    pair = pair_of(codes[cell[0]], codes[names.index(cell[1])])
    if pair is None:
        st.caption(_("No passage is behind this cell."))
        return
    title = f"{names[cell[0]]} + {cell[1]}"
    passages.read(pair.codings, f"both-{pair.first}-{pair.second}-{pair.unit}", title)


def _pair_list(pairs: list[CodePair], key: str) -> None:
    _ = session.words()
    language = session.language()
    ordered = sorted(pairs, key=lambda pair: (-pair.together, -pair.c_coefficient))
    with st.expander(_("As a list, most often first")):
        st.caption(_("c: how far two codes go together, from 0 (never) to 1 (always both)."))
        cell = passages.picked(
            [
                {
                    _("Code"): pair.first_label.in_language(language) or pair.first,
                    _("With"): pair.second_label.in_language(language) or pair.second,
                    _("Together"): pair.together,
                    "c": _.number(pair.c_coefficient, 2),
                }
                for pair in ordered
            ],
            key,
            height=420,
        )
        if cell:
            pair = ordered[cell[0]]
            passages.read(pair.codings, f"pair-{pair.first}-{pair.second}-{pair.unit}")


# --- levels -----------------------------------------------------------------------------------


def levels(shown: Shown) -> None:
    """Show the themes by the values of an attribute of the codes, such as their level."""
    _ = session.words()
    known = [one for theme in shown.report.themes for one in theme.by_attribute]
    attributes = list(dict.fromkeys(one.attribute for one in known))
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
    chart = project.themes.draw_levels(shown.report, attribute, language=language)
    alt = _("Themes against levels: how many respondents of how many; the table has the numbers")
    telling.chart(chart, f"themes-by-{attribute}", alt)
    _level_table(shown, attribute)


def _level_table(shown: Shown, attribute: str) -> None:
    _ = session.words()
    language = session.language()
    parts = [
        (theme, part)
        for theme in shown.report.themes
        for part in theme.by_attribute
        if part.attribute == attribute
    ]
    rows = [
        {
            _("Theme"): theme.label.in_language(language) or theme.theme,
            attribute_name(attribute, language): attribute_value(attribute, part.value, language),
            _("Codings"): len(part.codings),
            **{group(one.group): reach_text(one) for one in part.reaches},
        }
        for theme, part in parts
    ]
    cell = passages.picked(rows, f"levels-{attribute}-{shown.layer}")
    if cell is None:
        st.caption(_("Click a row to read the passages behind it."))
        return
    theme, part = parts[cell[0]]
    value = attribute_value(attribute, part.value, language)
    title = f"{theme.label.in_language(language) or theme.theme} · {value}"
    passages.read(part.codings, f"level-{theme.theme}-{part.value}", title)
