"""How good the program's suggestions are on one's own codings, and what would improve them."""

from __future__ import annotations

import session
import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import Coefficient, SuggestionReport

_ = session.words()
project = session.project()


@st.cache_data(show_spinner=False, max_entries=3)
def _measure(view: str, layer: str, revision: int) -> SuggestionReport:
    del view, revision
    return session.project().evaluate_suggestions(layer)


def _share(figure: Coefficient) -> str:
    return "–" if figure.value is None else _.percent(figure.value)


def _suggesters(report: SuggestionReport) -> None:
    names = {
        "terms": _("Terms of the code"),
        "entry": _("Words of its definition"),
        "question": _("Question of the guide"),
        "examples": _("Passages coded before"),
        "meaning": _("Meaning"),
        "fused": _("All together"),
    }
    st.dataframe(
        [
            {
                _("Suggester"): names.get(one.suggester, one.suggester),
                _("First is right"): _share(one.first),
                _("Right one among three"): _share(one.three),
                _("Right one among five"): _share(one.five),
                _("Right theme"): _share(one.theme),
            }
            for one in report.suggesters
        ],
        hide_index=True,
        height="content",
    )


def _calibration(report: SuggestionReport) -> None:
    st.write(_("How often suggestions of a given sureness were right:"))
    st.dataframe(
        [
            {
                _("The program was sure for"): f"{_.percent(one.low)} – {_.percent(one.high)}",
                _("Suggestions"): one.count,
                _("On average"): _share_of(one.probability),
                _("Were right"): _share_of(one.correct),
            }
            for one in report.bins
            if one.count
        ],
        hide_index=True,
        height="content",
    )


def _share_of(value: float | None) -> str:
    return "–" if value is None else _.percent(value)


def _codes(report: SuggestionReport, labels: dict[str, str]) -> None:
    st.dataframe(
        [
            {
                _("Code"): labels.get(one.code, one.code),
                _("Codings"): one.codings,
                _("Suggested"): one.suggested,
                _("Of these right"): _share(one.precision),
                _("Found of all"): _share(one.recall),
            }
            for one in report.codes
        ],
        hide_index=True,
        height=520,
    )


def _advice(report: SuggestionReport, labels: dict[str, str]) -> None:
    st.write(_("Words that would have found what was missed, and terms that mislead:"))
    rows = [
        {
            _("Code"): labels.get(one.code, one.code),
            _("Words to add"): ", ".join(one.words),
            _("Terms that mislead"): ", ".join(term.term for term in one.misfires),
            _("Missed"): len(one.missed),
        }
        for one in report.advice
    ]
    st.dataframe(rows, hide_index=True, height=520)


def _page() -> None:
    st.write(
        _(
            "Suggestions are offers: they count as codings only once a coder accepts them, on the "
            "Coding page. Here they are measured against the codings of this project, each "
            "interview by what was learnt from the others."
        )
    )
    layer = session.choose_layer("suggestions-layer")
    if not st.toggle(_("Measure now: this takes a minute"), key="suggestions-measure"):
        return
    try:
        with st.spinner(_("Measuring…")):
            report = _measure(session.view(), layer, project.revision())
    except UndefinedRequestError as error:
        st.info(str(error))
        return
    st.caption(
        _.many("{count} coded passage", "{count} coded passages", report.passages)
        + " · "
        + _.many("{count} interview", "{count} interviews", report.transcripts)
    )
    labels = session.labels()
    tabs = st.tabs([_("How good"), _("How sure"), _("Per code"), _("What would help")])
    with tabs[0]:
        _suggesters(report)
    with tabs[1]:
        _calibration(report)
    with tabs[2]:
        _codes(report, labels)
    with tabs[3]:
        _advice(report, labels)


session.needs_transcripts()
session.book()
session.refuse_while_blind()
st.subheader(_("Suggestions"), anchor=False)
if project.collect_codings():
    with session.guarded():
        _page()
else:
    st.info(_("Nothing is coded yet. Suggestions are measured against codings."))
    if st.button(_("Start coding"), type="primary"):
        st.switch_page(session.HOME / "views" / "coding.py")
