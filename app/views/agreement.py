"""How far two coders agree: what was compared, the figures, what they mean, what is behind them."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import agreeing
import confusing
import session
import streamlit as st
import working
from parts import choosing

from qualcode.errors import UndefinedRequestError
from qualcode.model import SegmentKind
from qualcode.model.agreement_study import AgreementStudy

_ = session.words()
project = session.project()


def _unit() -> SegmentKind:
    names = {
        SegmentKind.TURN: _("Respondents' turns"),
        SegmentKind.SENTENCE: _("Sentences"),
        SegmentKind.ANSWER: _("Answers"),
    }
    chosen = st.segmented_control(
        _("Unit of analysis"),
        [kind.value for kind in names],
        default=SegmentKind.TURN.value,
        format_func=lambda value: names[SegmentKind(value)],
        required=True,
        key="agreement-unit",
    )
    return SegmentKind(chosen or SegmentKind.TURN)


def _study(coders: tuple[str, str], unit: SegmentKind, round_: str) -> AgreementStudy | None:
    def work(tell: working.Tell) -> AgreementStudy:
        return project.agreement.report(
            coders, unit=unit, round=round_, tell=lambda share: tell(share, "")
        )

    about = (session.view(), coders, unit.value, round_, project.history.revision())
    found: AgreementStudy | None = working.ready("agreement", about, _("Comparing…"), work)
    return found


def _download(study: AgreementStudy, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"agreement.{suffix}"
        project.agreement.write(study, path, language=session.language())
        return path.read_bytes()


def _downloads(study: AgreementStudy) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("The whole report:"), width="content")
        for suffix in ("docx", "xlsx", "md", "html", "json"):
            st.download_button(
                suffix,
                data=partial(_download, study, suffix),
                file_name=f"agreement.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"agreement-as-{suffix}",
                help=_("Report as {format}", format=suffix),
            )


def _page(coders: tuple[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = _unit()
        round_ = choosing.a_round(coders, "agreement-round")
    try:
        study = _study(coders, unit, round_)
    except UndefinedRequestError as error:
        st.info(_.sentence(str(error)))
        return
    if study is None:
        return
    shown = agreeing.Shown(study, unit, round_)
    agreeing.headline(shown)
    _downloads(study)
    parts = {
        _("Per code"): agreeing.per_code,
        _("Forest plot"): agreeing.forest,
        _("Overall figures"): agreeing.overall,
        _("Confusions"): confusing.confusions,
        _("Over the interviews"): agreeing.over_time,
        _("Other programs"): agreeing.programs,
    }
    tabs = st.tabs(list(parts), on_change="rerun", key="agreement-part")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw(shown)


session.needs_transcripts()
session.book()
session.refuse_while_blind()
st.subheader(_("Agreement"), anchor=False)
_coders = session.two_coders()
if _coders:
    with session.guarded():
        _page(_coders)
