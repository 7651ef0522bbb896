"""The themes: what each holds, who brings it up, how it goes with others, what is enough."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import crossing
import session
import streamlit as st
import sufficing
import telling
import theming
import working

from qualcode.model import ThemeReport

_ = session.words()
project = session.project()
SPEAKS = session.language()


def _report(layer: str) -> ThemeReport | None:
    def work(tell: working.Tell) -> ThemeReport:
        tell(0.0, "")
        return project.themes.report(layer, language=SPEAKS)

    about = (session.view(), layer, SPEAKS, project.history.revision())
    found: ThemeReport | None = working.ready("themes", about, _("Summarising…"), work)
    return found


def _document(report: ThemeReport, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"themes.{suffix}"
        project.themes.write(report, path, language=SPEAKS)
        return path.read_bytes()


def _downloads(report: ThemeReport) -> None:
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
    layer = session.choose_layer("themes-layer")
    report = _report(layer)
    if report is None:
        return
    _downloads(report)
    telling.problems(project.disclosure.check_themes(report), _)
    shown = crossing.Shown(report, layer)
    parts = {
        _("Summaries"): theming.summaries,
        _("By group"): crossing.by_group,
        _("By respondent"): crossing.by_case,
        _("Together"): crossing.together,
        _("Levels"): crossing.levels,
        _("Saturation"): sufficing.saturation,
        _("Coverage"): sufficing.coverage,
        _("Types"): sufficing.types,
    }
    tabs = st.tabs(list(parts), on_change="rerun", key="themes-part")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw(shown)


session.needs_transcripts()
session.book()
session.refuse_while_blind()
st.subheader(_("Themes"), anchor=False)
if project.codings.collect():
    with session.guarded():
        _page()
else:
    st.info(_("Nothing is coded yet. Themes are drawn from codings."))
    if st.button(_("Start coding"), type="primary"):
        st.switch_page(session.HOME / "views" / "coding.py")
