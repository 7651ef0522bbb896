"""How good suggestions are on the project's own codings, and what would make them better."""

from __future__ import annotations

from collections.abc import Hashable

import passages
import session
import streamlit as st
import telling
import working
from offered import suggester_names

from qualcode.model import CodeAdvice, Coefficient, Span, SuggestionReport


def measured(layer: str) -> SuggestionReport | None:
    """Return the measurement, made when the reader asks for it; None until it is there."""
    _ = session.words()
    project = session.project()
    about: Hashable = (session.view(), layer)

    def work(tell: working.Tell) -> tuple[int, SuggestionReport]:
        revision = project.history.revision()
        return revision, project.suggestions.evaluate(layer, lambda share: tell(share, ""))

    found = working.result("measure", about)
    if found is not None and found[0] == project.history.revision():
        report: SuggestionReport = found[1]
        return report
    if working.busy("measure"):
        return None
    if found is not None:
        st.caption(_("Measured before the last changes to the codings."))
    label = _("Measure again") if found else _("Measure suggestions")
    if st.button(label, icon=":material/speed:", type="secondary" if found else "primary"):
        working.start("measure", about, _("Measuring…"), work)
        st.rerun()
    return found[1] if found else None


def share(figure: Coefficient) -> str:
    """Return a share with its interval as percentages."""
    _ = session.words()
    if figure.value is None:
        return "–"
    text = _.percent(figure.value)
    if figure.interval:
        low, high = (_.percent(end) for end in figure.interval)
        text += f" ({low} – {high})"
    return text


def suggesters(report: SuggestionReport) -> None:
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
                _("Suggester"): names.get(one.suggester, one.suggester),
                _("First is right"): share(one.first),
                _("Right one among three"): share(one.three),
                _("Right one among five"): share(one.five),
                _("Right theme"): share(one.theme),
            }
            for one in report.suggesters
        ],
        hide_index=True,
        height="content",
    )


def calibration(report: SuggestionReport) -> None:
    """Draw how sure the program was against how often it was right, with the numbers beside."""
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
    left, right = st.columns([1.1, 1], gap="medium")
    with left:
        telling.chart(
            session.project().suggestions.draw_calibration(report, language=session.language()),
            "suggestions",
            _("How sure suggestions were and how often they were right; the table has the numbers"),
        )
    with right:
        st.dataframe(
            [
                {
                    _("Sure"): f"{_.percent(one.low)} – {_.percent(one.high)}",
                    _("Suggestions"): one.count,
                    _("On average"): "–" if one.probability is None else _.percent(one.probability),
                    _("Were right"): "–" if one.correct is None else _.percent(one.correct),
                }
                for one in report.bins
                if one.count
            ],
            hide_index=True,
            height="content",
        )


def codes(report: SuggestionReport, layer: str) -> None:
    """Show how well each code is suggested; a click on its codings shows them."""
    _ = session.words()
    labels = session.labels()
    few = _(
        "At least five codings are needed to judge a code; a dash stands where there are fewer."
    )
    st.caption(few)
    cell = passages.picked(
        [
            {
                _("Code"): labels.get(one.code, one.code),
                _("Codings"): one.codings,
                _("Suggested"): one.suggested,
                _("Of these right"): share(one.precision),
                _("Found of all"): share(one.recall),
                _("Among first three"): share(one.three),
            }
            for one in report.codes
        ],
        "suggestions-codes",
        height=520,
    )
    if cell is None:
        st.caption(_("Click a row to read the passages of its code."))
        return
    code = report.codes[cell[0]].code
    own = [c.id for c in session.project().codings.collect_layer(layer) if c.code == code]
    passages.read(own, f"measured-{code}", labels.get(code, code))


def advice(report: SuggestionReport) -> None:
    """Show words that would have found what was missed, and terms that mislead."""
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
    rows = sorted(report.advice, key=lambda one: (not one.words, -len(one.missed)))
    cell = passages.picked(
        [
            {
                _("Code"): labels.get(one.code, one.code),
                _("Missed"): len(one.missed),
                _("Words to add"): ", ".join(one.words),
                _("Terms that mislead"): ", ".join(
                    f"{term.term} ({term.wrong}/{term.right + term.wrong})" for term in one.misfires
                ),
            }
            for one in rows
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
    _missed(rows[cell[0]], labels)


def _missed(one: CodeAdvice, labels: dict[str, str]) -> None:
    _ = session.words()
    if not one.missed:
        st.caption(_("No passage of this code was missed."))
        return
    places = []
    for key in one.missed:
        name, _colon, ends = key.rpartition(":")
        start, _dash, end = ends.partition("-")
        places.append((name, Span(int(start), int(end))))
    passages.read_places(places, f"missed-{one.code}", labels.get(one.code, one.code))
