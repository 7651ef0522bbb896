"""The themes: what each holds, who brings it up, how it goes with others, what is enough."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.model import ThemeReport

from ... import background_jobs, session
from ...page_links import open_page
from ...widgets.problems import show_problems
from . import crosstabs, saturation, summaries


def _report(layer: str) -> ThemeReport | None:
    _ = session.words()
    project = session.project()
    language = session.language()

    def work(tell: background_jobs.Tell) -> ThemeReport:
        tell(0.0, "")
        return project.themes(layer, language=language)

    about = (session.view(), layer, language, project.revision())
    found: ThemeReport | None = background_jobs.result_or_progress(
        "themes", about, _("Summarising…"), work
    )
    return found


def _document(report: ThemeReport, suffix: str) -> bytes:
    project = session.project()
    language = session.language()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"themes.{suffix}"
        project.write_themes(report, path, language=language)
        return path.read_bytes()


def _downloads(report: ThemeReport) -> None:
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("The whole summary:"), width="content")
        for suffix in ("docx", "xlsx", "md", "html", "json"):
            st.download_button(
                suffix,
                data=partial(_document, report, suffix),
                file_name=f"themes.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"themes-as-{suffix}",
                help=_("Summary as {format}", format=suffix),
            )


def _page() -> None:
    _ = session.words()
    project = session.project()
    layer = session.choose_layer("themes-layer")
    report = _report(layer)
    if report is None:
        return
    _downloads(report)
    show_problems(project.themes_disclosure(report), _)
    shown = crosstabs.ThemesView(report, layer)
    parts = {
        _("Summaries"): summaries.summaries,
        _("By group"): crosstabs.by_group,
        _("By respondent"): crosstabs.by_case,
        _("Together"): crosstabs.together,
        _("Levels"): crosstabs.levels,
        _("Saturation"): saturation.saturation,
        _("Coverage"): saturation.coverage,
        _("Types"): saturation.types,
    }
    tabs = st.tabs(list(parts), on_change="rerun", key="themes-part")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw(shown)


def show() -> None:
    """Draw the page."""
    _ = session.words()
    project = session.project()
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
            open_page("coding")
