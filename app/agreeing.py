"""The parts of the agreement page: what the figures mean, per code, and over the interviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import passages
import session
import streamlit as st
import telling

from qualcode.model import AgreementReport, CodeAgreement, Coefficient, SegmentKind, UnitCodings
from qualcode.model.agreement_study import AgreementStudy


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the page.

    Attributes:
        study: The comparison.
        unit: The unit of analysis.
        round: The round compared; ``""`` for all codings.
    """

    study: AgreementStudy
    unit: SegmentKind
    round: str

    @property
    def report(self) -> AgreementReport:
        """The figures."""
        return self.study.report

    def behind(self, code: str, *, theme: bool = False) -> tuple[UnitCodings, ...]:
        """Return the units that either coder gave a code."""
        return session.project().agreement.collect_units(
            self.report, code, unit=self.unit, theme=theme, round=self.round
        )


def said(text: str) -> str:
    """Return a sentence of the figures in the language of the page."""
    return session.words().sentence(text)


def figure_text(figure: Coefficient) -> str:
    """Return a figure with its interval, as the language writes numbers."""
    _ = session.words()
    if figure.value is None:
        return "–"
    text = _.number(figure.value, 2)
    if figure.interval:
        low, high = (_.number(end, 2) for end in figure.interval)
        text += f" ({low} – {high})"
    return text


# --- above all tables -------------------------------------------------------------------------


def _meaning(figure: Coefficient) -> str:
    _ = session.words()
    value = figure.value
    if value is None:
        why = said(figure.undefined_because or "")
        return _("This figure does not exist here: {why}", why=why)
    size = (
        _("high enough to rest conclusions on")
        if value >= 0.8
        else _("enough for tentative conclusions only")
        if value >= 0.667
        else _("too low to rest conclusions on")
    )
    whole = _(
        "On average per code, the coders agree {value} on a scale where 0 is chance and 1 is "
        "perfect: {size}.",
        value=_.number(value, 2),
        size=size,
    )
    if figure.interval is None:
        return whole
    low, high = (_.number(end, 2) for end in figure.interval)
    return f"{whole} " + _(
        "With other interviews it could be anywhere from {low} to {high}.", low=low, high=high
    )


def headline(shown: Shown) -> None:
    """Say what the figures mean, what was compared, and what to bear in mind."""
    report = shown.report
    st.markdown(f"**{_meaning(report.figure('macro_mean_kappa'))}**")
    st.caption(telling.plain(said(report.description)))
    if report.warnings:
        lines = [telling.plain(_named(said(warning))) for warning in report.warnings]
        st.warning("  \n".join(lines), icon=":material/info:")


def _named(text: str) -> str:
    """Return a sentence with the names of codes in place of their paths."""
    labels = session.labels()
    for path in sorted((path for path in labels if "/" in path), key=len, reverse=True):
        text = text.replace(path, labels[path])
    return text


# --- per code ---------------------------------------------------------------------------------


def _row(row: CodeAgreement, labels: dict[str, str], report: AgreementReport) -> dict[str, Any]:
    _ = session.words()
    first, second = report.coders
    return {
        _("Code"): labels.get(row.code, row.code),
        _("Both"): row.both,
        _("Only {coder}", coder=first): row.only_a,
        _("Only {coder}", coder=second): row.only_b,
        _("Neither"): row.neither,
        _("Observed"): _.percent(row.observed) if row.observed is not None else "–",
        _("Positive agreement"): figure_text(row.positive_agreement),
        "Kappa": figure_text(row.kappa),
        "Alpha": figure_text(row.alpha),
        "AC1": figure_text(row.ac1),
    }


def _columns(report: AgreementReport) -> dict[str, Any]:
    """Return what each column is, told where the reader points at its name."""
    _ = session.words()
    first, second = report.coders
    told = {
        _("Both"): _("Units that both coders gave the code. Click to read them."),
        _("Only {coder}", coder=first): _("Click to read them."),
        _("Only {coder}", coder=second): _("Click to read them."),
        _("Observed"): _("Share of all units on which they agree, agreeing that it is not there."),
        _("Positive agreement"): _(
            "Of the units that at least one gave the code: how far they agree, 0 to 1."
        ),
        "Kappa": _("Cohen's kappa: agreement above chance. Between brackets its 95% interval."),
        "Alpha": _("Krippendorff's alpha: as kappa; chance is reckoned over both coders together."),
        "AC1": _("Gwet's AC1: as kappa; steady where a code is rare or nearly everywhere."),
    }
    return {name: st.column_config.Column(help=text) for name, text in told.items()}


def per_code(shown: Shown) -> None:
    """Show the table of codes or themes; a click on a count shows the passages behind it."""
    _ = session.words()
    report, labels = shown.report, session.labels()
    level = st.segmented_control(
        _("Rows"),
        ["themes", "codes"],
        default="themes",
        format_func=lambda one: _("Themes") if one == "themes" else _("Codes"),
        label_visibility="collapsed",
        required=True,
        key="agreement-level",
    )
    themes = level == "themes"
    rows = report.themes if themes else report.codes
    cell = passages.picked(
        [_row(row, labels, report) for row in rows],
        f"agreement-{level}-{shown.unit.value}-{shown.round}",
        columns=_columns(report),
        alt=_("Agreement per code: counts of units and figures with their intervals"),
    )
    if cell is None:
        st.caption(_("Click a count to read the passages behind it."))
    else:
        _behind(shown, rows[cell[0]], cell[1], themes=themes)
    _bear_in_mind(rows, labels)


def _behind(shown: Shown, row: CodeAgreement, column: str, *, themes: bool) -> None:
    _ = session.words()
    first, second = shown.report.coders
    units = shown.behind(row.code, theme=themes)
    label = session.labels().get(row.code, row.code)
    parts = {
        _("Both"): [u for u in units if u.codings_a and u.codings_b],
        _("Only {coder}", coder=first): [u for u in units if not u.codings_b],
        _("Only {coder}", coder=second): [u for u in units if not u.codings_a],
    }
    if column == _("Neither"):
        st.caption(_("Neither coder marked anything there, so there is nothing to read."))
        return
    chosen = parts.get(column, list(units))
    title = f"{label} · {column}" if column in parts else label
    passages.read_units(chosen, shown.report.coders, f"behind-{row.code}-{column}", title)
    if column != _("Both") and row.only_a + row.only_b:
        settle = _("Settle where they differ on {code}", code=label)
        if st.button(settle, type="primary", icon=":material/rule:"):
            st.session_state["only-code"] = row.code
            st.switch_page(session.HOME / "views" / "adjudication.py")


def _bear_in_mind(rows: Sequence[CodeAgreement], labels: dict[str, str]) -> None:
    """List what to bear in mind per code, in whole sentences: a cell would cut them off."""
    _ = session.words()
    told = [
        (labels.get(row.code, row.code), said(text))
        for row in rows
        for text in dict.fromkeys((*row.warnings, row.kappa.undefined_because))
        if text
    ]
    if not told:
        return
    count = len({name for name, _text in told})
    label = _.many(
        "Read the figures of {count} row with care",
        "Read the figures of {count} rows with care",
        count,
    )
    with st.expander(label, icon=":material/info:"):
        lines = [f"- **{telling.plain(name)}**: {telling.plain(text)}" for name, text in told]
        st.markdown("\n".join(lines))


# --- the other parts --------------------------------------------------------------------------


def forest(shown: Shown) -> None:
    """Draw one figure per code with its interval."""
    _ = session.words()
    names = {
        "kappa": "Kappa",
        "alpha": "Alpha",
        "ac1": "AC1",
        "positive_agreement": _("Positive agreement"),
    }
    chosen = st.segmented_control(
        _("Figure"),
        list(names),
        default="kappa",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        required=True,
        key="agreement-forest",
    )
    figure = str(chosen or "kappa")
    chart = session.project().agreement.draw(
        shown.report, figure=figure, language=session.language()
    )
    st.caption(_("Lines show 95% intervals; the dashes stand at 0.667 and 0.8."))
    alt = _(
        "{figure} per code with its interval; the table per code has the numbers.",
        figure=names[figure],
    )
    telling.chart(chart, f"agreement-{figure}", alt)


def overall(shown: Shown) -> None:
    """Show the figures over all codes, each under its own name and with what it is."""
    _ = session.words()
    about = {
        "macro_mean_kappa": (
            _("Mean kappa per code"),
            _("The kappas of the codes, averaged: every code weighs the same."),
        ),
        "pooled_kappa": (
            _("Pooled kappa"),
            _("One kappa from the averaged agreement and chance of all codes."),
        ),
        "stacked_kappa": (
            _("Kappa of all decisions"),
            _("Every code in every unit as one long list of yes or no."),
        ),
        "alpha_masi": (
            _("Alpha of code sets (MASI)"),
            _("Whole sets of codes compared; a subset counts as a near miss."),
        ),
        "alpha_jaccard": (
            _("Alpha of code sets (Jaccard)"),
            _("Whole sets of codes compared by what they share."),
        ),
    }
    rows = []
    for figure in shown.report.overall:
        name, what = about.get(figure.name, (figure.name, ""))
        if figure.undefined_because:
            what = said(figure.undefined_because)
        rows.append({_("Name"): name, _("Figure"): figure_text(figure), _("What it is"): what})
    st.write(_("None of these is “the” agreement: report each under its own name."))
    st.dataframe(rows, hide_index=True, height="content")


def over_time(shown: Shown) -> None:
    """Show agreement per interview in the order of the work, and what suggestions did to it."""
    _ = session.words()
    st.write(_("Agreement per interview, in the order of the work:"))
    st.dataframe(
        [
            {
                _("Interview"): one.transcript,
                _("Begun"): _.moment(one.started_at) if one.started_at else "–",
                _("Units"): one.units,
                _("Positive agreement"): figure_text(one.positive_agreement),
                _("Pooled kappa"): figure_text(one.kappa),
            }
            for one in shown.study.moments
        ],
        hide_index=True,
        height="content",
    )
    if not shown.study.exposed:
        return
    names = {
        "blind": _("Neither had seen a suggestion"),
        "one": _("One had seen a suggestion"),
        "both": _("Both had seen a suggestion"),
    }
    st.write(_("Suggestions make coders more alike without making them more right:"))
    st.dataframe(
        [
            {
                _("Units where"): names.get(part.group, part.group),
                _("Units"): part.report.units,
                _("Mean kappa per code"): figure_text(part.report.figure("macro_mean_kappa")),
                _("Taken over"): "–" if part.adopted is None else _.percent(part.adopted),
            }
            for part in shown.study.exposed
        ],
        hide_index=True,
        height="content",
    )


def programs(shown: Shown) -> None:
    """Show what other programs would print for the same codings."""
    _ = session.words()
    st.write(
        _(
            "What other programs would print for the same codings. They count whole files, "
            "interviewers included, so their figures differ from the ones here."
        )
    )
    labels = session.labels()
    everywhere = [one for one in shown.study.programs if not one.code]
    per_code_too = len(everywhere) < len(shown.study.programs)
    every = per_code_too and st.toggle(_("Per code too"), key="agreement-programs")
    st.dataframe(
        [
            {
                _("Program"): one.program,
                _("What it is called there"): one.label,
                _("Code"): labels.get(one.code, one.code) or _("All"),
                _("Figure"): figure_text(one.figure),
                _("Bear in mind"): said(one.figure.undefined_because or ""),
            }
            for one in (shown.study.programs if every else everywhere)
        ],
        hide_index=True,
        height="content" if not every else 620,
    )
