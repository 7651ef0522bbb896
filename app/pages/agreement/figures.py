"""The figures of agreement over all codes: what they mean, and their plots and tables."""

from __future__ import annotations

import streamlit as st

from qualcode.model.comparison import GAMMA_NOTE, PASSAGES_NOTE, UNIT_ROWS
from qualcode.project import figure_name

from ... import session
from ...widgets.chart import show_chart
from ...widgets.text import escape_markdown
from .view import AgreementView, column_name, figure_text, translated


def show_headline(view: AgreementView) -> None:
    """Explain the figures: what they allow to say, what was compared, and the cautions."""
    report = view.report
    verdict = [escape_markdown(_with_code_names(translated(text))) for text in report.verdict]
    if verdict:
        st.markdown("  \n".join([f"**{verdict[0]}**", *verdict[1:]]))
    st.caption(escape_markdown(translated(report.description)))
    if view.study.method.deviations:
        st.caption(escape_markdown(" ".join(map(translated, view.study.method.deviations))))
    if report.warnings:
        lines = [
            escape_markdown(_with_code_names(translated(warning))) for warning in report.warnings
        ]
        st.warning("  \n".join(lines), icon=":material/info:")


def _with_code_names(text: str) -> str:
    """Return a sentence with the names of codes in place of their paths."""
    labels = session.labels()
    # The longest first: a path can be the beginning of another one.
    for path in sorted((path for path in labels if "/" in path), key=len, reverse=True):
        text = text.replace(path, labels[path])
    return text


def show_forest_plot(view: AgreementView) -> None:
    """Draw one figure per code with its interval."""
    _ = session.words()
    report = view.report
    # Shares come last: the thresholds of the plot are not about them.
    columns = sorted(report.columns, key=lambda column: not column.chance_corrected)
    names = {column.key: column_name(column) for column in columns}
    chosen = st.segmented_control(
        _("Figure"),
        list(names),
        default=report.headline.key,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        required=True,
        key="agreement-forest",
    )
    figure = str(chosen or report.headline.key)
    chart = session.project().agreement.draw(report, figure=figure, language=session.language())
    st.caption(_("Lines show 95% intervals; the dashes stand at 0.667 and 0.8."))
    alt = _(
        "{figure} per code with its interval; the table per code has the numbers.",
        figure=names[figure],
    )
    show_chart(chart, f"agreement-{figure}", alt)


def show_overall(view: AgreementView) -> None:
    """Show the figures over all codes, each with its name and meaning."""
    _ = session.words()
    about = {
        "macro_mean_kappa": _("The kappas of the codes, averaged: every code weighs the same."),
        "pooled_kappa": _("One kappa from the averaged agreement and chance of all codes."),
        "stacked_kappa": _("Every code in every unit as one long list of yes or no."),
        "alpha_masi": _("Whole sets of codes compared; a subset counts as a near miss."),
        "alpha_jaccard": _("Whole sets of codes compared by what they share."),
        "alpha_tree": _("As before; another code of the same theme is half a disagreement."),
    }
    rows = []
    for figure in view.report.overall:
        # The words of the sentences above and of every report.
        name = _.translate(figure_name(figure.name))
        meaning = translated(figure.undefined_because or about.get(figure.name, ""))
        rows.append(
            {
                _("Name"): name[:1].upper() + name[1:],
                _("Figure"): figure_text(figure),
                _("What it is"): meaning,
            }
        )
    st.write(_("None of these is “the” agreement: report each under its own name."))
    st.dataframe(rows, hide_index=True, height="content")


def show_by_unit(view: AgreementView) -> None:
    """Show agreement over all codes on several units, side by side."""
    _ = session.words()
    st.write(
        _(
            "The same codings on several units. A figure is of its unit only: give it with its "
            "unit, and choose the unit before looking."
        )
    )
    rows = [
        {
            _("Unit"): translated(UNIT_ROWS[row.unit]),
            _("Units"): row.units,
            _("Figure"): figure_text(row.figure),
            _("Bear in mind"): translated(row.figure.undefined_because or ""),
        }
        for row in view.report.by_unit
    ]
    st.dataframe(rows, hide_index=True, height="content")


def show_passages(view: AgreementView) -> None:
    """Show the figures on passages: over all codes, then per code."""
    _ = session.words()
    report = view.report
    st.write(translated(PASSAGES_NOTE))
    if report.gamma is not None:
        st.write(translated(GAMMA_NOTE))
        if report.gamma.detail:
            st.caption(escape_markdown(translated(report.gamma.detail)))
    names = {
        "u_alpha": _("U-alpha"),
        "u_alpha_binary": _("Binary u-alpha"),
        "cu_alpha": _("Cu-alpha"),
        "gamma": _("Gamma"),
        "gamma_cat": _("Gamma-cat"),
        "gamma_k": _("Gamma-k"),
    }
    labels = session.labels()
    rows = [
        {
            _("Code"): labels.get(row.code, row.code) or _("All"),
            _("Name"): names[row.figure.name],
            _("Figure"): figure_text(row.figure),
            _("Bear in mind"): translated(row.figure.remark),
        }
        for row in report.passages
    ]
    st.dataframe(rows, hide_index=True, height="content" if len(rows) < 20 else 620)


def show_over_time(view: AgreementView) -> None:
    """Show agreement per interview in working order, and the effect of suggestions."""
    _ = session.words()
    st.write(_("Agreement per interview, in the order of the work:"))
    st.dataframe(
        [
            {
                _("Interview"): moment.transcript,
                _("Begun"): _.moment(moment.started_at) if moment.started_at else "–",
                _("Units"): moment.units,
                _("Positive agreement"): figure_text(moment.positive_agreement),
                _("Pooled kappa"): figure_text(moment.kappa),
            }
            for moment in view.study.moments
        ],
        hide_index=True,
        height="content",
    )
    if not view.study.exposed:
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
            for part in view.study.exposed
        ],
        hide_index=True,
        height="content",
    )


def show_programs(view: AgreementView) -> None:
    """Show the figures that other programs report for the same codings."""
    _ = session.words()
    st.write(
        _(
            "What other programs would print for the same codings. They count whole files, "
            "interviewers included, so their figures differ from the ones here."
        )
    )
    labels = session.labels()
    everywhere = [program for program in view.study.programs if not program.code]
    per_code_too = len(everywhere) < len(view.study.programs)
    with_codes = per_code_too and st.toggle(_("Per code too"), key="agreement-programs")
    st.dataframe(
        [
            {
                _("Program"): program.program,
                _("Its name there"): program.label,
                _("Code"): labels.get(program.code, program.code) or _("All"),
                _("Figure"): figure_text(program.figure),
                _("Bear in mind"): translated(program.figure.undefined_because or ""),
            }
            for program in (view.study.programs if with_codes else everywhere)
        ],
        hide_index=True,
        height="content" if not with_codes else 620,
    )
