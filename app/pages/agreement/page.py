"""The page Agreement: how far two coders agree, and the passages of every count."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import SegmentKind
from qualcode.model.agreement_study import AgreementStudy
from qualcode.project import find_left_out

from ... import background_jobs, session
from ...widgets.coder_select import coder_pair_select
from ...widgets.downloads import of_now
from ...widgets.notices import errors_shown
from ...widgets.problems import show_problems
from ...widgets.requirements import refuse_while_blind, require_codebook, require_transcripts
from ...widgets.round_select import round_select
from . import code_table, confusion_matrix, contrast, figures, habits, plan, rating_table, view


def _unit_select() -> SegmentKind:
    _ = session.words()
    names = {
        SegmentKind.TURN: _("Respondents' turns"),
        SegmentKind.SENTENCE: _("Sentences"),
        SegmentKind.ANSWER: _("Answers"),
    }
    chosen = st.segmented_control(
        _("Unit of analysis"),
        [kind.value for kind in names],
        default=_default_unit(names),
        format_func=lambda value: names[SegmentKind(value)],
        required=True,
        key="agreement-unit",
    )
    return SegmentKind(chosen or SegmentKind.TURN)


def _default_unit(names: Mapping[SegmentKind, str]) -> str:
    """Return the unit that the project chose, where the page can show it."""
    chosen = session.project().agreement.planning.default_unit()
    return chosen if chosen in {kind.value for kind in names} else SegmentKind.TURN.value


def _find_study(coders: tuple[str, str], unit: SegmentKind, round_: str) -> AgreementStudy | None:
    _ = session.words()
    project = session.project()

    def work(tell: background_jobs.Tell) -> AgreementStudy:
        return project.agreement.report(
            coders,
            unit=unit,
            round=round_,
            # For the files of the report only: the page of adjudication shows it.
            with_outcome=False,
            tell=lambda share: tell(share, ""),
        )

    # The revision makes a report invalid after any change, whoever made it.
    about = (session.view(), coders, unit.value, round_, project.history.revision())
    study: AgreementStudy | None = background_jobs.result_or_progress(
        "agreement", about, _("Comparing…"), work
    )
    return study


def _report_file(study: AgreementStudy, suffix: str) -> bytes:
    project = session.project()
    # Where nothing was decided on, the report says so.
    with suppress(UndefinedRequestError):
        coders = study.report.coders
        study = replace(study, settling=project.adjudication.summarize(coders))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"agreement.{suffix}"
        project.agreement.write(study, path, language=session.language())
        return path.read_bytes()


def _show_downloads(study: AgreementStudy) -> None:
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("The whole report:"), width="content")
        for suffix in ("docx", "xlsx", "md", "html", "json"):
            st.download_button(
                suffix,
                data=of_now(partial(_report_file, study, suffix)),
                file_name=f"agreement.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"agreement-as-{suffix}",
                help=_("Report as {format}", format=suffix),
            )


def _units_file(agreement_view: view.AgreementView) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.csv"
        session.project().agreement.write_units(
            agreement_view.report.coders,
            path,
            unit=agreement_view.unit.value,
            round=agreement_view.round,
        )
        return path.read_bytes()


def _show_units_download(agreement_view: view.AgreementView) -> None:
    _ = session.words()
    st.download_button(
        _("Units against coders (csv)"),
        data=of_now(partial(_units_file, agreement_view)),
        file_name="units.csv",
        icon=":material/download:",
        on_click="ignore",
        key="agreement-units",
        help=_("For R or Python: a row for each unit and code, a column for each coder."),
    )


def _show_agreement(coders: tuple[str, str]) -> None:
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = _unit_select()
        round_ = round_select(coders, "agreement-round", blind_first=True)
    try:
        study = _find_study(coders, unit, round_)
    except UndefinedRequestError as error:
        st.info(_.translate(str(error)))
        return
    if study is None:
        return
    agreement_view = view.AgreementView(study, unit, round_)
    project = session.project()
    codings = [coding for coding in project.codings.collect() if coding.coder in coders]
    show_problems(find_left_out(project, codings, of_units=True), _)
    figures.show_headline(agreement_view)
    _show_downloads(study)
    _show_units_download(agreement_view)
    parts = {
        _("Per code"): code_table.show_code_table,
        _("Forest plot"): figures.show_forest_plot,
        _("Overall figures"): figures.show_overall,
        _("By unit"): figures.show_by_unit,
        _("Passages"): figures.show_passages,
        _("Whose habit"): habits.show_habits,
        _("Confusions"): confusion_matrix.show_confusions,
        _("Over the interviews"): figures.show_over_time,
        _("Other programs"): figures.show_programs,
        _("Before and after"): contrast.show_contrast,
        _("A table of labels"): rating_table.show_rating_table,
        _("How many interviews"): plan.show_sample,
    }
    tabs = st.tabs(list(parts), on_change="rerun", key="agreement-part")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw(agreement_view)


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_transcripts()
    require_codebook()
    st.title(_("Agreement"), anchor=False)
    # Also in a blind round: it is there to be decided before anything can be compared.
    plan.show_plan()
    refuse_while_blind()
    coders = coder_pair_select()
    if coders:
        with errors_shown():
            _show_agreement(coders)
