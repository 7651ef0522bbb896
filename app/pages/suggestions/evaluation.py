"""The quality of suggestions, measured on the codings of the project, and how to improve it."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from qualcode.model import (
    CodeAdvice,
    Coefficient,
    LearningPoint,
    Span,
    SuggesterScore,
    SuggestionReport,
)

from ... import background_jobs, session
from ...widgets import passages
from ...widgets.chart import show_chart
from ...widgets.clickable_table import clickable_table
from ...widgets.suggestion_reasons import suggester_names


def find_report(layer: str) -> SuggestionReport | None:
    """Return the evaluation, computed on request; None until it is ready."""
    _ = session.words()
    project = session.project()
    # Not of a revision: a slow evaluation stays on screen, marked as older, after a change.
    about: Hashable = (session.view(), layer)

    def work(tell: background_jobs.Tell) -> tuple[int, SuggestionReport]:
        revision = project.history.revision()
        return revision, project.suggestions.evaluate(layer, lambda share: tell(share, ""))

    outcome = background_jobs.result("measure", about)
    if outcome is not None and outcome[0] == project.history.revision():
        report: SuggestionReport = outcome[1]
        return report
    if background_jobs.busy("measure"):
        return None
    if outcome is not None:
        st.caption(_("Measured before the last changes to the codings."))
    label = _("Measure again") if outcome else _("Measure suggestions")
    if st.button(label, icon=":material/speed:", type="secondary" if outcome else "primary"):
        background_jobs.start("measure", about, _("Measuring…"), work)
        st.rerun()
    return outcome[1] if outcome else None


def share_text(figure: Coefficient) -> str:
    """Return a share with its interval as percentages."""
    _ = session.words()
    if figure.value is None:
        return "–"
    text = _.percent(figure.value)
    if figure.interval:
        low, high = (_.percent(end) for end in figure.interval)
        text += f" ({low} – {high})"
    return text


def show_suggesters(report: SuggestionReport) -> None:
    """Show how often each suggester ranks the right code high."""
    _ = session.words()
    names = suggester_names()
    st.write(
        _(
            "How often the code that people gave is ranked first, or among the first three or "
            "five; between brackets the 95% interval over interviews."
        )
    )
    st.dataframe(
        [
            {
                _("Suggester"): names.get(suggester.suggester, suggester.suggester),
                _("First is right"): share_text(suggester.first),
                _("Right one among three"): share_text(suggester.three),
                _("Right one among five"): share_text(suggester.five),
                _("Right theme"): share_text(suggester.theme),
            }
            for suggester in report.suggesters
        ],
        hide_index=True,
        height="content",
    )


def show_further(report: SuggestionReport) -> None:
    """Show what each part adds, the result with fewer terms, and how it grows with coding."""
    _ = session.words()
    names = suggester_names()
    scores: list[tuple[str, SuggesterScore | LearningPoint]] = [
        (_("Without: {name}", name=names.get(score.suggester, score.suggester)), score)
        for score in report.without
    ]
    if report.stranger is not None:
        scores.append((_("Half of the terms, nothing learned"), report.stranger))
    scores += [
        (_("After coded interviews: {count}", count=point.interviews), point)
        for point in report.curve
    ]
    st.dataframe(
        [
            {
                _("Suggestions"): name,
                _("First is right"): share_text(figures.first),
                _("Right one among three"): share_text(figures.three),
                _("Right one among five"): share_text(figures.five),
            }
            for name, figures in scores
        ],
        hide_index=True,
        height="content",
    )


def show_sentences(report: SuggestionReport) -> None:
    """Show how good suggestions are over all sentences, coded or not."""
    _ = session.words()
    score = report.sentences
    if score is None:
        return
    rows = [
        (_("Difference between sure and right"), score.calibration),
        (_("Likely suggestions that are right"), score.likely_right),
        (_("Sentences without a code that have a likely suggestion"), score.likely_uncoded),
    ]
    st.write(_("Over all sentences of the coded interviews, also those without a code:"))
    st.dataframe(
        [
            {_("Measure"): name, _("Share"): share_text(figure)}
            for name, figure in rows
            if figure is not None
        ],
        hide_index=True,
        height="content",
    )


def show_calibration(report: SuggestionReport) -> None:
    """Draw the stated probability against the share of right suggestions, with a table."""
    _ = session.words()
    gap = report.calibration.value
    if gap is not None:
        st.write(
            _(
                "On the dashed line a suggestion is as often right as it is sure. On average the "
                "two are {gap} apart.",
                gap=_.percent(gap),
            )
        )
    left_column, right_column = st.columns([1.1, 1], gap="medium")
    with left_column:
        show_chart(
            session.project().suggestions.draw_calibration(report, language=session.language()),
            "suggestions",
            _("How sure suggestions were and how often they were right; the table has the numbers"),
        )
    with right_column:
        st.dataframe(
            [
                {
                    _("Sure"): f"{_.percent(bin_.low)} – {_.percent(bin_.high)}",
                    _("Suggestions"): bin_.count,
                    _("On average"): "–"
                    if bin_.probability is None
                    else _.percent(bin_.probability),
                    _("Were right"): "–" if bin_.correct is None else _.percent(bin_.correct),
                }
                for bin_ in report.bins
                if bin_.count
            ],
            hide_index=True,
            height="content",
        )


def show_codes(report: SuggestionReport, layer: str) -> None:
    """Show the quality of suggestions per code; a click on a count shows its codings."""
    _ = session.words()
    labels = session.labels()
    too_few = _(
        "At least five codings are needed to judge a code; a dash stands where there are fewer."
    )
    st.caption(too_few)
    cell = clickable_table(
        [
            {
                _("Code"): labels.get(code_figures.code, code_figures.code),
                _("Codings"): code_figures.codings,
                _("Suggested"): code_figures.suggested,
                _("Of these right"): share_text(code_figures.precision),
                _("Found of all"): share_text(code_figures.recall),
                _("Among first three"): share_text(code_figures.three),
            }
            for code_figures in report.codes
        ],
        "suggestions-codes",
        height=520,
    )
    if cell is None:
        st.caption(_("Click a row to read the passages of its code."))
        return
    code = report.codes[cell[0]].code
    coding_ids = [c.id for c in session.project().codings.collect_layer(layer) if c.code == code]
    passages.show_codings(coding_ids, f"measured-{code}", labels.get(code, code))


def show_advice(report: SuggestionReport) -> None:
    """Show words that would have found the missed passages, and misleading terms."""
    _ = session.words()
    labels = session.labels()
    st.write(
        _(
            "Words to add to a code would have found what was missed; terms that mislead are said "
            "more often where the code does not apply."
        )
    )
    if not report.advice:
        st.success(_("There is nothing to improve: every coded passage was found."))
        return
    # Codes first that words can improve, then those with most missed passages.
    rows = sorted(report.advice, key=lambda advice: (not advice.words, -len(advice.missed)))
    cell = clickable_table(
        [
            {
                _("Code"): labels.get(advice.code, advice.code),
                _("Missed"): len(advice.missed),
                _("Words to add"): ", ".join(advice.words),
                _("Terms that mislead"): ", ".join(
                    f"{term.term} ({term.wrong}/{term.right + term.wrong})"
                    for term in advice.misfires
                ),
            }
            for advice in rows
        ],
        "suggestions-advice",
        height=520,
        columns={
            _("Terms that mislead"): st.column_config.Column(
                help=_("Between brackets: wrong, of how often it is said in passages.")
            )
        },
    )
    if cell is None:
        st.caption(_("Click a row to read the passages that were missed."))
        return
    _show_missed(rows[cell[0]], labels)


def _show_missed(advice: CodeAdvice, labels: dict[str, str]) -> None:
    _ = session.words()
    if not advice.missed:
        st.caption(_("No passage of this code was missed."))
        return
    places = []
    for key in advice.missed:
        name, _colon, ends = key.rpartition(":")
        start, _dash, end = ends.partition("-")
        places.append((name, Span(int(start), int(end))))
    passages.show_places(places, f"missed-{advice.code}", labels.get(advice.code, advice.code))
