"""How far two coders agree: what was compared, the figures, and what they mean."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import session
import streamlit as st
import telling

from qualcode.errors import UndefinedRequestError
from qualcode.model import AgreementReport, CodeAgreement, Coefficient, SegmentKind

_ = session.words()
project = session.project()


def _unit() -> SegmentKind:
    names = {
        SegmentKind.TURN: _("Respondents' turns"),
        SegmentKind.SENTENCE: _("Sentences"),
        SegmentKind.ANSWER: _("Answers"),
    }
    options = [kind.value for kind in names]
    chosen = st.segmented_control(
        _("Unit of analysis"),
        options,
        default=options[0],
        format_func=lambda value: names[SegmentKind(value)],
    )
    return SegmentKind(chosen or SegmentKind.TURN)


@st.cache_data(show_spinner=False, max_entries=6)
def _compare(key: str, coders: tuple[str, str], unit: str, revision: int) -> AgreementReport:
    del key, revision
    return session.project().agreement(coders, unit=SegmentKind(unit))


def _said(text: str) -> str:
    return project.said_in(text, session.language())


def _figure(figure: Coefficient) -> str:
    if figure.value is None:
        return "–"
    text = _.number(figure.value, 2)
    if figure.interval:
        low, high = (_.number(end, 2) for end in figure.interval)
        text += f" ({low} – {high})"
    return text


def _meaning(figure: Coefficient) -> str:
    value = figure.value
    if value is None:
        return _(
            "This figure does not exist here: {why}", why=_said(figure.undefined_because or "")
        )
    size = (
        _("high enough to rest conclusions on")
        if value >= 0.8
        else _("enough for tentative conclusions only")
        if value >= 0.667
        else _("too low to rest conclusions on")
    )
    if figure.interval is None:
        return _(
            "On average per code, the coders agree {value} on a scale where 0 is chance and 1 is "
            "perfect: {size}.",
            value=_.number(value, 2),
            size=size,
        )
    low, high = (_.number(end, 2) for end in figure.interval)
    return _(
        "On average per code, the coders agree {value} on a scale where 0 is chance and 1 is "
        "perfect: {size}. With other interviews it could be anywhere from {low} to {high}.",
        value=_.number(value, 2),
        size=size,
        low=low,
        high=high,
    )


def _overall(report: AgreementReport) -> None:
    names = {
        "macro_mean_kappa": _("Mean kappa per code"),
        "pooled_kappa": _("Pooled kappa"),
        "stacked_kappa": _("Kappa of all decisions"),
        "alpha_masi": _("Alpha of code sets (MASI)"),
        "alpha_jaccard": _("Alpha of code sets (Jaccard)"),
    }
    shown = [figure for figure in report.overall if figure.name in names]
    columns = st.columns(len(shown) or 1)
    for column, figure in zip(columns, shown, strict=True):
        with column:
            value = "–" if figure.value is None else _.number(figure.value, 2)
            interval = (
                f"{_.number(figure.interval[0], 2)} – {_.number(figure.interval[1], 2)}"
                if figure.interval
                else figure.undefined_because or ""
            )
            st.metric(names[figure.name], value, border=True, height="stretch")
            st.caption(_("95%: {interval}", interval=interval) if figure.interval else interval)


def _row(row: CodeAgreement, labels: dict[str, str], report: AgreementReport) -> dict[str, Any]:
    first, second = report.coders
    return {
        _("Code"): labels.get(row.code, row.code),
        _("Both"): row.both,
        _("Only {coder}", coder=first): row.only_a,
        _("Only {coder}", coder=second): row.only_b,
        _("Observed"): _.percent(row.observed) if row.observed is not None else "–",
        _("Positive agreement"): _figure(row.positive_agreement),
        "Kappa": _figure(row.kappa),
        "Alpha": _figure(row.alpha),
        "AC1": _figure(row.ac1),
        _("Bear in mind"): " ".join(
            dict.fromkeys(
                _said(text) for text in (*row.warnings, row.kappa.undefined_because) if text
            )
        ),
    }


def _tables(report: AgreementReport, labels: dict[str, str]) -> None:
    level = st.segmented_control(
        _("Rows"),
        ["themes", "codes"],
        default="themes",
        format_func=lambda one: _("Themes") if one == "themes" else _("Codes"),
        label_visibility="collapsed",
    )
    rows = report.themes if level == "themes" else report.codes
    chosen = st.dataframe(
        [_row(row, labels, report) for row in rows],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="content",
        key=f"agreement-{level}",
    )
    if chosen.selection.rows:
        path = rows[chosen.selection.rows[0]].code
        label = _("See where they differ on {code}", code=labels.get(path, path))
        if st.button(label, type="primary", icon=":material/rule:"):
            st.session_state["only-code"] = path
            st.switch_page(session.HOME / "views" / "adjudication.py")
    else:
        st.caption(_("Select a row to see where the coders differ."))


def _forest(report: AgreementReport) -> None:
    names = {
        "kappa": "Kappa",
        "alpha": "Alpha",
        "ac1": "AC1",
        "positive_agreement": _("Positive agreement"),
    }
    figure = st.segmented_control(
        _("Figure"),
        list(names),
        default="kappa",
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    chart = project.draw_agreement(report, figure=figure or "kappa", language=session.language())
    telling.chart(chart)
    st.caption(_("Lines show 95% intervals; the dashes stand at 0.667 and 0.8."))


def _confusion(report: AgreementReport, labels: dict[str, str]) -> None:
    found = project.confusion(report)
    if not found.leaks:
        st.success(_("No two codes were taken for one another."))
        return
    st.write(_("Codes that one coder used where the other used another:"))
    st.dataframe(
        [
            {
                _("Code"): labels.get(leak.code, leak.code),
                _("Taken for"): labels.get(leak.other, leak.other),
                _("Units"): leak.units,
                _("Share"): _.percent(leak.share),
            }
            for leak in found.leaks
        ],
        hide_index=True,
        height="content",
    )


def _programs(report: AgreementReport) -> None:
    st.write(
        _(
            "What other programs would print for the same codings. They count whole files, "
            "interviewers included, so their figures differ from the ones here."
        )
    )
    st.dataframe(
        [
            {
                _("Program"): one.program,
                _("What it is called there"): one.label,
                _("Figure"): "–" if one.figure.value is None else _.number(one.figure.value, 2),
            }
            for one in project.program_figures(report)
            if not one.code
        ],
        hide_index=True,
        height="content",
    )


def _download(report: AgreementReport, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"agreement.{suffix}"
        project.write_agreement(report, path, language=session.language())
        return path.read_bytes()


def _page(coders: tuple[str, str]) -> None:
    unit = _unit()
    try:
        with st.spinner(_("Comparing…")):
            report = _compare(session.view(), coders, unit.value, project.revision())
    except UndefinedRequestError as error:
        st.info(str(error))
        return
    labels = session.labels()
    st.markdown(f"**{_meaning(report.figure('macro_mean_kappa'))}**")
    st.caption(_said(report.description))
    for warning in report.warnings:
        st.warning(_said(warning), icon=":material/info:")
    _overall(report)
    tabs = st.tabs([_("Per code"), _("Forest plot"), _("Confusions"), _("Other programs")])
    with tabs[0]:
        _tables(report, labels)
    with tabs[1]:
        _forest(report)
    with tabs[2]:
        _confusion(report, labels)
    with tabs[3]:
        _programs(report)
    with st.container(horizontal=True):
        for suffix in ("docx", "xlsx", "md", "json"):
            st.download_button(
                _("Report as {format}", format=suffix),
                data=partial(_download, report, suffix),
                file_name=f"agreement.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"agreement-as-{suffix}",
            )


session.needs_transcripts()
session.book()
session.refuse_while_blind()
st.subheader(_("Agreement"), anchor=False)
_coders = session.two_coders()
if _coders:
    _page(_coders)
