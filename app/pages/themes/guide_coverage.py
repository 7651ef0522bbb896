"""The coded share of the interviews, and the questions of the topic guide that were asked."""

from __future__ import annotations

import streamlit as st

from qualcode.model import QuestionCoverage, SegmentKind

from ... import session
from ...widgets import passages
from ...widgets.chart import show_chart
from ...widgets.clickable_table import clickable_table
from ...widgets.text import show_heading
from .view import ThemesView, group_label


def show_coverage(view: ThemesView) -> None:
    """Show the coded share of each interview, and the questions that were asked."""
    _ = session.words()
    report = view.report.coverage
    if report is None:
        return
    if report.overall.share is not None:
        share = _.percent(report.overall.share)
        st.write(_("{share} of what respondents said is coded.", share=share))
    chart = session.project().themes.draw_coverage(report, language=session.language())
    show_chart(chart, "coverage", _("Coded share of each interview; the table has the numbers"))
    cell = clickable_table(
        [
            {
                _("Interview"): text.transcript,
                _("Respondent"): text.case,
                _("Words"): _.number(text.words),
                _("Coded"): _.percent(text.share) if text.share is not None else "–",
                _("Codings"): text.codings,
            }
            for text in report.transcripts
        ],
        f"coverage-{view.layer}",
        height=420,
    )
    if cell:
        name = report.transcripts[cell[0]].transcript
        coding_ids = [
            c.id
            for c in session.project().codings.collect_layer(view.layer)
            if c.transcript == name
        ]
        passages.show_codings(coding_ids, f"covered-{name}", name)
    else:
        st.caption(_("Click a row to read what is coded in the interview."))
    if report.questions:
        _show_questions(report.questions)
    else:
        st.info(_("There is no topic guide, so it is not known which questions were asked."))


def _show_questions(questions: tuple[QuestionCoverage, ...]) -> None:
    _ = session.words()
    language = session.language()
    show_heading(_("Questions of the guide"))
    cell = clickable_table(
        [
            {
                _("Question"): question.text.in_language(language) or question.question,
                _("Group"): group_label(question.group),
                _("Asked in"): len(question.asked),
                _("Not in"): ", ".join(question.missed),
            }
            for question in questions
        ],
        "questions",
        height=420,
    )
    if cell is None:
        st.caption(_("Click a row to read the answers."))
        return
    question = questions[cell[0]]
    answers = [
        (segment.transcript, segment.span)
        for segment in session.project().transcripts.collect_segments(SegmentKind.ANSWER)
        if segment.question == question.question and segment.transcript in question.asked
    ]
    title = question.text.in_language(language) or question.question
    passages.show_places(answers, f"answers-{question.question}", title)
