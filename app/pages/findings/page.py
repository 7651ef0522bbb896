"""The page Findings: sentences with what carries them, contrary cases, and recommendations."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.model.finding import EvidenceReport, FindingState

from ... import session
from ...page_links import open_page
from ...widgets.downloads import of_now
from ...widgets.layer_select import layer_select
from ...widgets.notices import errors_shown, notify
from ...widgets.problems import show_problems
from ...widgets.requirements import require_codebook, require_coder, require_transcripts
from ...widgets.text import escape_markdown, show_heading
from .finding_card import reach_text, show_finding


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_transcripts()
    require_codebook()
    st.title(_("Findings"), anchor=False)
    if not session.project().codings.collect():
        st.info(_("Nothing is coded yet. A finding rests on coded passages."))
        if st.button(_("Start coding"), type="primary"):
            open_page("coding")
        return
    require_coder()
    with errors_shown():
        _show_findings()


def _show_findings() -> None:
    _ = session.words()
    part = session.project().themes.findings
    layer = layer_select("findings-layer")
    report = part.report(language=session.language())
    with st.expander(_("A new finding"), expanded=not report.findings, icon=":material/add:"):
        _show_new(layer)
    for state in report.findings:
        with st.expander(_title(state), key=f"finding-{state.finding.id}"):
            show_finding(state, report.threshold)
    if report.findings:
        _show_recommendations(report)
        _show_files(report)


def _title(state: FindingState) -> str:
    mark = "⚠ " if state.is_stale else ""
    text = escape_markdown(f"{state.finding.number}. {state.finding.text}")
    reach = reach_text(state)
    return f"{mark}{text}" + (f" · {escape_markdown(reach)}" if reach else "")


def _show_new(layer: str) -> None:
    _ = session.words()
    labels = session.labels()
    with st.form("new-finding", border=False, clear_on_submit=True):
        text = st.text_area(_("What you found, in one sentence"), key="new-finding-text")
        codes = st.multiselect(
            _("The codes it is about"),
            [code.path for code in session.codebook().active],
            format_func=lambda path: labels.get(path, path),
            placeholder=_("Choose codes"),
            key="new-finding-codes",
        )
        if st.form_submit_button(_("Add the finding"), type="primary"):
            session.project().themes.findings.add(text, codes, layer=layer)
            notify(_("Saved."))
            st.rerun()


def _show_recommendations(report: EvidenceReport) -> None:
    _ = session.words()
    part = session.project().themes.findings
    show_heading(_("Recommendations"))
    texts = {state.finding.number: state.finding.text for state in report.findings}
    ids = {state.finding.id: state.finding.number for state in report.findings}
    stale = {state.finding.id for state in report.findings if state.is_stale}
    for recommendation in report.recommendations:
        numbers = sorted(ids[key] for key in recommendation.findings if key in ids)
        # Its findings may have been removed, and then it rests on nothing.
        mark = "⚠ " if stale.intersection(recommendation.findings) or not numbers else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            line = escape_markdown(f"{mark}{recommendation.number}. {recommendation.text}")
            numbers_text = escape_markdown(", ".join(map(str, numbers)) or "–")
            rests_on = _("rests on finding {numbers}", numbers=numbers_text)
            st.markdown(f"{line} · {rests_on}", width="stretch")
            if st.button(_("Remove"), key=f"remove-recommendation-{recommendation.id}"):
                part.recommend("", [], recommendation.number)
                st.rerun()
    with st.form("new-recommendation", border=False, clear_on_submit=True):
        text = st.text_area(_("What should be done"), key="new-recommendation-text")
        chosen = st.multiselect(
            _("It rests on these findings"),
            [*texts],
            format_func=lambda number: f"{number}. {texts[number]}",
            placeholder=_("Choose findings"),
            key="new-recommendation-on",
        )
        if st.form_submit_button(_("Add the recommendation")):
            part.recommend(text, chosen)
            notify(_("Saved."))
            st.rerun()


def _show_files(report: EvidenceReport) -> None:
    _ = session.words()
    st.divider()
    show_problems(session.project().themes.findings.check(report), _)
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, name, suffixes in (
            (_("Joint display:"), "joint", ("docx", "xlsx")),
            (_("With all passages:"), "audit", ("docx", "html")),
        ):
            st.markdown(label, width="content")
            for suffix in suffixes:
                st.download_button(
                    suffix,
                    data=of_now(partial(_file, suffix, audit=name == "audit")),
                    file_name=f"{name}.{suffix}",
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"{name}-as-{suffix}",
                )


def _file(suffix: str, *, audit: bool) -> bytes:
    part, language = session.project().themes.findings, session.language()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"findings.{suffix}"
        part.write(part.report(language=language), path, language=language, audit=audit)
        return path.read_bytes()
