"""How much of the interviews is coded, and which questions of the topic guide were asked."""

from __future__ import annotations

import streamlit as st

from qualcode.model import QuestionCoverage, SegmentKind

from ... import session
from ...widgets import passages
from ...widgets.chart import show_chart
from ...widgets.clickable_table import clickable_table
from ...widgets.text import show_heading
from .view import ThemesView, group_label


def show_coverage(shown: ThemesView) -> None:
    """Show how much of each interview is coded, and which questions were asked."""
    _ = session.words()
    found = shown.report.coverage
    if found is None:
        return
    if found.overall.share is not None:
        share = _.percent(found.overall.share)
        st.write(_("{share} of what respondents said is coded.", share=share))
    chart = session.project().draw_coverage(found, language=session.language())
    show_chart(chart, "coverage", _("Coded share of each interview; the table has the numbers"))
    cell = clickable_table(
        [
            {
                _("Interview"): one.transcript,
                _("Respondent"): one.case,
                _("Words"): _.number(one.words),
                _("Coded"): _.percent(one.share) if one.share is not None else "–",
                _("Codings"): one.codings,
            }
            for one in found.transcripts
        ],
        f"coverage-{shown.layer}",
        height=420,
    )
    if cell:
        name = found.transcripts[cell[0]].transcript
        own = [c.id for c in session.project().layer(shown.layer) if c.transcript == name]
        passages.read(own, f"covered-{name}", name)
    else:
        st.caption(_("Click a row to read what is coded in the interview."))
    if found.questions:
        _questions(found.questions)
    else:
        st.info(_("There is no topic guide, so it is not known which questions were asked."))


def _questions(questions: tuple[QuestionCoverage, ...]) -> None:
    _ = session.words()
    language = session.language()
    show_heading(_("Questions of the guide"))
    cell = clickable_table(
        [
            {
                _("Question"): one.text.in_language(language) or one.question,
                _("Group"): group_label(one.group),
                _("Asked in"): len(one.asked),
                _("Not in"): ", ".join(one.missed),
            }
            for one in questions
        ],
        "questions",
        height=420,
    )
    if cell is None:
        st.caption(_("Click a row to read the answers."))
        return
    one = questions[cell[0]]
    answers = [
        (segment.transcript, segment.span)
        for segment in session.project().collect_segments(SegmentKind.ANSWER)
        if segment.question == one.question and segment.transcript in one.asked
    ]
    title = one.text.in_language(language) or one.question
    passages.read_places(answers, f"answers-{one.question}", title)
