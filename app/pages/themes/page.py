"""The page Themes: summaries, crosstabs, co-occurrence, saturation, coverage, and types."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.model import ThemeReport
from qualcode.project import find_left_out

from ... import background_jobs, session
from ...page_links import open_page
from ...widgets.downloads import of_now
from ...widgets.layer_select import layer_select
from ...widgets.notices import errors_shown
from ...widgets.problems import show_problems
from ...widgets.requirements import refuse_while_blind, require_codebook, require_transcripts
from . import cooccurrence, crosstabs, guide_coverage, levels, saturation, summaries, typology, view


def _find_report(layer: str) -> ThemeReport | None:
    _ = session.words()
    project = session.project()
    language = session.language()

    def work(tell: background_jobs.Tell) -> ThemeReport:
        tell(0.0, "")
        return project.themes.report(layer, language=language)

    # The language is part of it, as the sentences of the report are in one language.
    about = (session.view(), layer, language, project.history.revision())
    report: ThemeReport | None = background_jobs.result_or_progress(
        "themes", about, _("Summarising…"), work
    )
    return report


def _summary_file(report: ThemeReport, suffix: str) -> bytes:
    project = session.project()
    language = session.language()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"themes.{suffix}"
        project.themes.write(report, path, language=language)
        return path.read_bytes()


def _show_downloads(report: ThemeReport) -> None:
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("The whole summary:"), width="content")
        for suffix in ("docx", "xlsx", "md", "html", "json"):
            st.download_button(
                suffix,
                data=of_now(partial(_summary_file, report, suffix)),
                file_name=f"themes.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"themes-as-{suffix}",
                help=_("Summary as {format}", format=suffix),
            )


def _show_themes() -> None:
    _ = session.words()
    project = session.project()
    layer = layer_select("themes-layer")
    report = _find_report(layer)
    if report is None:
        return
    _show_downloads(report)
    # Above the tables: a reader should know of the risk before using a number.
    show_problems(find_left_out(project, project.codings.collect_layer(layer)), _)
    show_problems(project.disclosure.check_themes(report), _)
    if project.disclosure.measures().hide_counts:
        st.info(
            _(
                "Small counts are hidden in files. On this page you see them, to analyse: do not "
                "copy them into a paper, but use the whole summary."
            )
        )
    themes_view = view.ThemesView(report, layer)
    parts = {
        _("Summaries"): summaries.show_summaries,
        _("By group"): crosstabs.show_by_group,
        _("By respondent"): crosstabs.show_by_case,
        _("Waves"): crosstabs.show_changes,
        _("Together"): cooccurrence.show_cooccurrence,
        _("Levels"): levels.show_levels,
        _("Saturation"): saturation.show_saturation,
        _("Coverage"): guide_coverage.show_coverage,
        _("Types"): typology.show_types,
    }
    tabs = st.tabs(list(parts), on_change="rerun", key="themes-part")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        # Only the tab that is looked at: the matrices and charts of all would make each click slow.
        if tab.open:
            with tab:
                draw(themes_view)


def show() -> None:
    """Draw the page."""
    _ = session.words()
    project = session.project()
    require_transcripts()
    require_codebook()
    refuse_while_blind()
    st.title(_("Themes"), anchor=False)
    if project.codings.collect():
        with errors_shown():
            _show_themes()
    else:
        st.info(_("Nothing is coded yet. Themes are drawn from codings."))
        if st.button(_("Start coding"), type="primary"):
            open_page("coding")
