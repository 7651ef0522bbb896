"""The themes: what each holds, who brings it up, how it goes with others, what is enough."""

from __future__ import annotations

import tempfile
import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import session
import streamlit as st
import telling

from qualcode.model import CodePair, CodeSummary, CrossTable, Passage, ThemeReport, ThemeSummary

_ = session.words()
project = session.project()
SPEAKS = session.language()


@st.cache_data(show_spinner=False, max_entries=4)
def _report(key: str, layer: str, revision: int) -> ThemeReport:
    del key, revision
    return session.project().themes(layer)


def _reach(words: Any) -> str:
    parts = [
        f"{one.group or _('all')}: {one.text.in_language(SPEAKS)}" for one in words if one.text
    ]
    return " · ".join(parts)


def _read(codings: tuple[str, ...]) -> None:
    """Show the passages of some codings, each with the way to its place in the text."""
    by_id = {coding.id: coding for coding in project.collect_codings()}
    cases = {name: case for case in project.collect_cases() for name in case.transcripts}
    labels = session.labels()
    for coding_id in codings[:60]:
        coding = by_id.get(coding_id)
        if coding is None:
            continue
        case = cases.get(coding.transcript)
        with st.container(border=True):
            st.text(f"“{coding.quote}”")
            with st.container(horizontal=True, vertical_alignment="center"):
                who = case.name if case else coding.transcript
                st.caption(f"{labels.get(coding.code, coding.code)} · {who}", width="stretch")
                if st.button(
                    _("In the text"), key=f"read-{coding.id}", icon=":material/open_in_new:"
                ):
                    session.show_passage(coding.transcript, coding.span.start, coding.span.end)
    if len(codings) > 60:
        st.caption(_("The first 60 of {count} are shown.", count=_.number(len(codings))))


def _title(text: str) -> None:
    st.markdown(f"**{text}**")


# --- one theme --------------------------------------------------------------------------------


def _theme(theme: ThemeSummary) -> None:
    if theme.definition:
        st.write(theme.definition.in_language(SPEAKS))
    st.caption(
        " · ".join(
            (_.many("{count} coding", "{count} codings", theme.codings), _reach(theme.in_words))
        )
    )
    for code in theme.codes:
        if code.codings:
            _code(code)
    labels = session.labels()
    if theme.unused:
        names = ", ".join(labels.get(path, path) for path in theme.unused)
        st.caption(_("Not used: {codes}", codes=names))
    _words(theme)
    _pairs(theme.pairs)


def _code(code: CodeSummary) -> None:
    label = code.label.in_language(SPEAKS) or code.code
    count = _.many("{count} coding", "{count} codings", code.codings)
    with st.expander(f"**{label}** · {count} · {_reach(code.in_words)}"):
        if code.definition:
            st.caption(code.definition.in_language(SPEAKS))
        for passage in code.representative:
            _passage(passage)
        if code.deviant:
            _title(_("Unlike the rest"))
            for passage in code.deviant[:2]:
                _passage(passage)
        for memo in code.memos:
            st.caption(f":material/sticky_note_2: {memo.text} ({memo.author})")
        if st.button(_("All quotes of this code"), key=f"all-{code.code}"):
            st.session_state["quotes-of"] = {"code": code.code}
            st.switch_page(session.HOME / "views" / "quotes.py")


def _passage(passage: Passage) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.text(f"“{passage.text}”")
            st.caption(
                " · ".join(
                    part
                    for part in (passage.case, passage.group, passage.rule.in_language(SPEAKS))
                    if part
                )
            )
        key = f"passage-{passage.coding}-{passage.rule.in_language('en')[:12]}"
        if st.button("", icon=":material/open_in_new:", help=_("In the text"), key=key):
            session.show_passage(passage.transcript, passage.span.start, passage.span.end)


def _words(theme: ThemeSummary) -> None:
    if theme.distinctive_words:
        _title(_("Words that set this theme apart"))
        st.write(", ".join(word.word for word in theme.distinctive_words[:20]))
    elif theme.words_undefined_because:
        st.caption(theme.words_undefined_because)


def _pairs(pairs: tuple[CodePair, ...]) -> None:
    if not pairs:
        return
    _title(_("Goes together with"))
    units = {"passage": _("same passage"), "answer": _("same answer")}
    shown = pairs[:15]
    chosen = st.dataframe(
        [
            {
                _("Code"): pair.first_label.in_language(SPEAKS) or pair.first,
                _("With"): pair.second_label.in_language(SPEAKS) or pair.second,
                _("Where"): units.get(pair.unit, pair.unit),
                _("Together"): pair.together,
                "c": _.number(pair.c_coefficient, 2),
            }
            for pair in shown
        ],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="content",
        key=f"pairs-{shown[0].first}-{len(pairs)}",
    )
    if chosen.selection.rows:
        _read(shown[chosen.selection.rows[0]].codings)


# --- matrices ---------------------------------------------------------------------------------


def _matrix(table: CrossTable) -> None:
    names = [label.in_language(SPEAKS) for label in table.column_labels]
    columns = [name or key for name, key in zip(names, table.columns, strict=True)]
    rows = []
    for path, label, cells in zip(table.rows, table.row_labels, table.cells, strict=True):
        indent = "\u2003" * path.count("/")
        row: dict[str, Any] = {_("Code"): indent + (label.in_language(SPEAKS) or path)}
        for name, cell in zip(columns, cells, strict=True):
            row[name] = _cell(cell)
        rows.append(row)
    chosen = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height=min(36 * len(rows) + 38, 620),
        key=f"matrix-{table.name}",
    )
    picked = chosen.selection.cells
    if not picked:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    row_number, column_name = picked[0]
    if column_name not in columns:
        return
    cell = table.cells[row_number][columns.index(column_name)]
    if cell.codings:
        _read(cell.codings)
    else:
        st.caption(_("No passage is behind this cell."))


def _cell(cell: Any) -> str:
    if cell.text:
        return str(cell.text)
    if cell.count is None:
        return _("not asked")
    if cell.of is not None:
        return _("{cases} of {all}", cases=cell.count, all=cell.of)
    return str(cell.count) if cell.count else "·"


# --- saturation, coverage, types --------------------------------------------------------------


def _saturation(report: ThemeReport) -> None:
    telling.chart(project.draw_saturation(report.saturation, language=SPEAKS))
    rows = []
    for one in report.saturation:
        for finding in one.findings:
            reached = finding.notation or _("not reached")
            rows.append(
                {
                    _("Group"): one.group or _("all"),
                    _("Interviews"): len(one.interviews),
                    _("Run"): finding.run_length,
                    _("Threshold"): _.percent(finding.threshold),
                    _("Saturated after"): finding.undefined_because or reached,
                }
            )
    if rows:
        st.dataframe(rows, hide_index=True, height="content")


def _coverage(report: ThemeReport) -> None:
    coverage = report.coverage
    if coverage is None:
        return
    if coverage.overall.share is not None:
        st.write(
            _(
                "{share} of what respondents said is coded.",
                share=_.percent(coverage.overall.share),
            )
        )
    st.dataframe(
        [
            {
                _("Interview"): one.transcript,
                _("Respondent"): one.case,
                _("Words"): one.words,
                _("Coded"): _.percent(one.share) if one.share is not None else "–",
                _("Codings"): one.codings,
            }
            for one in coverage.transcripts
        ],
        hide_index=True,
        height="content",
    )
    if coverage.questions:
        _title(_("Questions of the guide"))
        st.dataframe(
            [
                {
                    _("Question"): one.text.in_language(SPEAKS) or one.question,
                    _("Group"): one.group,
                    _("Asked in"): len(one.asked),
                    _("Not in"): ", ".join(one.missed),
                }
                for one in coverage.questions
            ],
            hide_index=True,
            height=420,
        )


def _types(report: ThemeReport) -> None:
    typology = report.typology
    for title, groups in (
        (_("Types that you assigned"), report.types),
        (_("Respondents who resemble one another"), typology.groups if typology else ()),
    ):
        if not groups:
            continue
        st.markdown(f"**{title}**")
        for group in groups:
            st.markdown(f"**{group.name}** · {', '.join(group.cases)}")
            others = _("others")
            tells = [
                f"{code.label.in_language(SPEAKS) or code.code} "
                f"({code.inside}/{code.of_inside}, {others} {code.outside}/{code.of_outside})"
                for code in group.codes[:6]
            ]
            st.caption(" · ".join(tells))
    if typology and typology.undefined_because:
        st.info(typology.undefined_because)
    st.caption(_("An aid to name types, not a finding."))


# --- downloads --------------------------------------------------------------------------------


def _document(report: ThemeReport, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"themes.{suffix}"
        project.write_themes(report, path, language=SPEAKS)
        return path.read_bytes()


def _charts(report: ThemeReport, kind: str) -> bytes:
    packed = BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w") as archive:
        for path in project.plot_themes(report, Path(folder), kind=kind, language=SPEAKS):
            archive.write(path, path.name)
    return packed.getvalue()


def _can_draw_files() -> bool:
    try:
        import vl_convert  # noqa: F401
    except ImportError:
        return False
    return True


def _downloads(report: ThemeReport) -> None:
    with st.container(horizontal=True):
        for suffix in ("docx", "xlsx", "md", "html"):
            st.download_button(
                _("Summary as {format}", format=suffix),
                data=partial(_document, report, suffix),
                file_name=f"themes.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"themes-as-{suffix}",
            )
        if _can_draw_files():
            for kind in ("svg", "png"):
                st.download_button(
                    _("Charts as {format}", format=kind),
                    data=partial(_charts, report, kind),
                    file_name=f"charts-{kind}.zip",
                    icon=":material/image:",
                    on_click="ignore",
                    key=f"charts-as-{kind}",
                )


def _page() -> None:
    layer = session.choose_layer("themes-layer")
    with st.spinner(_("Summarising…")):
        report = _report(session.view(), layer, project.revision())
    _downloads(report)
    tables = {table.name: table for table in report.tables}
    tabs = st.tabs(
        [
            _("Summaries"),
            _("By group"),
            _("By respondent"),
            _("Saturation"),
            _("Coverage"),
            _("Types"),
        ]
    )
    with tabs[0]:
        _summaries(report)
    with tabs[1]:
        telling.chart(project.draw_reach(tables["code_by_group"], language=SPEAKS))
        _matrix(tables["code_by_group"])
    with tabs[2]:
        _matrix(tables["code_by_case"])
    with tabs[3]:
        _saturation(report)
    with tabs[4]:
        _coverage(report)
    with tabs[5]:
        _types(report)


def _summaries(report: ThemeReport) -> None:
    names = {theme.theme: theme.label.in_language(SPEAKS) or theme.theme for theme in report.themes}
    chosen = st.segmented_control(
        _("Theme"),
        list(names),
        default=next(iter(names), None),
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    for theme in report.themes:
        if theme.theme == chosen:
            _theme(theme)


session.needs_transcripts()
session.book()
session.refuse_while_blind()
st.subheader(_("Themes"), anchor=False)
if project.collect_codings():
    with session.guarded():
        _page()
else:
    st.info(_("Nothing is coded yet. Themes are drawn from codings."))
    if st.button(_("Start coding"), type="primary"):
        st.switch_page(session.HOME / "views" / "coding.py")
