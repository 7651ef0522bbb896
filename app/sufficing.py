"""What is enough and who is alike: saturation, coverage, types of respondents."""

from __future__ import annotations

import passages
import session
import streamlit as st
import telling
from crossing import Shown, group

from qualcode.model import QuestionCoverage, Saturation, SegmentKind, TypeGroup
from qualcode.project import attribute_name, attribute_value


def _said(text: str) -> str:
    return session.words().sentence(text)


# --- saturation -------------------------------------------------------------------------------


def saturation(shown: Shown) -> None:
    """Show how new codes dry up over the interviews."""
    _ = session.words()
    found = shown.report.saturation
    if not found or not any(one.interviews for one in found):
        st.info(_("Saturation needs coded interviews of respondents."))
        return
    chart = session.project().themes.draw_saturation(found, language=session.language())
    telling.chart(
        chart, "saturation", _("Codes known after each interview; the table has the numbers")
    )
    st.caption(
        _(
            "Saturated: in a run of interviews after the first ones, the share of new codes is at "
            "or below the threshold (Guest, Namey and Chen 2020). “6+2” is a base of six and a "
            "run of two. The random orders tell how far that hangs on the order."
        )
    )
    rows = [row for one in found for row in _findings(one)]
    if rows:
        st.dataframe(rows, hide_index=True, height="content")
    _new_codes(found[0], shown)


def _findings(one: Saturation) -> list[dict[str, object]]:
    _ = session.words()
    rows = []
    for finding in one.findings:
        spread = finding.spread
        orders = "–"
        if spread is not None and spread.median is not None:
            orders = _("after {median}", median=spread.median)
            if spread.low is not None:
                high = spread.high if spread.high is not None else "…"
                orders += f" ({spread.low} – {high})"
        elif spread is not None:
            orders = _(
                "reached in {reached} of {orders}",
                reached=_.number(spread.reached),
                orders=_.number(spread.orders),
            )
        because = _said(finding.undefined_because or "")
        rows.append(
            {
                _("Group"): group(one.group),
                _("Interviews"): len(one.interviews),
                _("Run"): finding.run_length,
                _("Threshold"): _.percent(finding.threshold),
                _("Saturated after"): because or finding.notation or _("not reached"),
                _("In random orders"): orders,
            }
        )
    return rows


def _new_codes(one: Saturation, shown: Shown) -> None:
    """Show which interview brought how many new codes; a click shows their first passages."""
    _ = session.words()
    cell = passages.picked(
        [
            {_("Interview"): name, _("New codes"): new, _("Codes so far"): known}
            for name, new, known in zip(one.interviews, one.new_codes, one.known_codes, strict=True)
        ],
        f"new-codes-{shown.layer}",
        height=420,
    )
    if cell is None:
        st.caption(_("Click a row to read where its new codes are first used."))
        return
    before = set(one.interviews[: cell[0]])
    name = one.interviews[cell[0]]
    codings = session.project().codings.collect_layer(shown.layer)
    known = {coding.code for coding in codings if coding.transcript in before}
    first: dict[str, str] = {}
    for coding in sorted(codings, key=lambda c: c.span):
        if coding.transcript == name and coding.code not in known:
            first.setdefault(coding.code, coding.id)
    passages.read(first.values(), f"first-{name}", name)


# --- coverage ---------------------------------------------------------------------------------


def coverage(shown: Shown) -> None:
    """Show how much of each interview is coded, and which questions were asked."""
    _ = session.words()
    found = shown.report.coverage
    if found is None:
        return
    if found.overall.share is not None:
        share = _.percent(found.overall.share)
        st.write(_("{share} of what respondents said is coded.", share=share))
    chart = session.project().themes.draw_coverage(found, language=session.language())
    telling.chart(chart, "coverage", _("Coded share of each interview; the table has the numbers"))
    cell = passages.picked(
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
        own = [
            c.id
            for c in session.project().codings.collect_layer(shown.layer)
            if c.transcript == name
        ]
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
    telling.title(_("Questions of the guide"))
    cell = passages.picked(
        [
            {
                _("Question"): one.text.in_language(language) or one.question,
                _("Group"): group(one.group),
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
        for segment in session.project().transcripts.collect_segments(SegmentKind.ANSWER)
        if segment.question == one.question and segment.transcript in one.asked
    ]
    title = one.text.in_language(language) or one.question
    passages.read_places(answers, f"answers-{one.question}", title)


# --- types ------------------------------------------------------------------------------------


def types(shown: Shown) -> None:
    """Show which respondents resemble one another, and the types that researchers assigned."""
    _ = session.words()
    typology = shown.report.typology
    if shown.report.types:
        telling.title(_("Types that you assigned"))
        for one in shown.report.types:
            _type(one, shown, "given")
    if typology is None:
        return
    if typology.undefined_because:
        st.info(_said(typology.undefined_because))
        return
    telling.title(_("Respondents who resemble one another"))
    st.caption(
        _(
            "Respondents are compared on the codes that they have; those joined further to the "
            "left are more alike. An aid to name types, not a finding."
        )
    )
    chart = session.project().themes.draw_types(typology, language=session.language())
    telling.chart(chart, "types", _("The tree of respondents; the groups stand below it"))
    for one in typology.groups:
        _type(one, shown, "found")


def _type(one: TypeGroup, shown: Shown, kind: str) -> None:
    _ = session.words()
    language = session.language()
    st.markdown(f"**{telling.plain(one.name)}** · {telling.plain(', '.join(one.cases))}")
    if one.withheld:
        st.caption(_("Left out: so few respondents could be recognised."))
        return
    marks = [
        f"{attribute_name(mark.attribute, language)}: "
        f"{attribute_value(mark.attribute, mark.value, language)} "
        f"({mark.inside}/{mark.of_inside})"
        for mark in one.attributes[:4]
    ]
    if marks:
        st.caption(telling.plain(" · ".join(marks)))
    codes = one.codes[:8]
    if not codes:
        return
    cell = passages.picked(
        [
            {
                _("Code"): code.label.in_language(language) or code.code,
                _("In this type"): _("{cases} of {all}", cases=code.inside, all=code.of_inside),
                _("Others"): _("{cases} of {all}", cases=code.outside, all=code.of_outside),
            }
            for code in codes
        ],
        f"type-{kind}-{one.name}-{shown.layer}",
        height=330,
    )
    if cell is None:
        return
    inside = {
        name
        for case in session.project().cases.collect()
        if case.name in one.cases
        for name in case.transcripts
    }
    code = codes[cell[0]]
    own = [
        coding.id
        for coding in session.project().codings.collect_layer(shown.layer)
        if coding.transcript in inside
        and (coding.code == code.code or coding.code.startswith(f"{code.code}/"))
    ]
    title = f"{code.label.in_language(language) or code.code} · {one.name}"
    passages.read(own, f"typed-{kind}-{one.name}-{code.code}", title)
