"""What to code next, codes that may have been missed, and which codes to trust."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import CodeTrust, MissedReport, NextInterview, Segment, TrustReport

from ... import background_jobs, session
from ...page_links import open_passage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[T]):
    """What a piece of work found, or why it could not; true of one state of the project."""

    revision: int
    found: T | None = None
    why_not: str = ""


def show_next() -> None:
    """Show in which order interviews and sentences would teach the program most."""
    _ = session.words()
    project = session.project()
    st.write(
        _(
            "Where the program is most in doubt, above all about codes with few examples. It is "
            "no order of importance."
        )
    )

    def work(tell: background_jobs.Tell) -> tuple[NextInterview, ...]:
        tell(0.0, "")
        return project.suggestions.guidance.plan_next()

    interviews = _result("next", _("Look where to code next"), work)
    if interviews is None:
        return
    if not interviews:
        st.info(_("There is no interview that you have not coded and may see."))
    for interview in interviews:
        name = interview.transcript
        st.subheader(name, anchor=False)
        st.caption(
            _(
                "Teaches {value} times as much per sentence as is usual; {sentences} sentences.",
                value=_.number(interview.value, 2),
                sentences=interview.sentences,
            )
        )
        for passage in interview.passages:
            _show_sentence("next", name, passage.segment, _labels(passage.codes))


def show_missed() -> None:
    """Show likely codes that the coder did not give in finished interviews."""
    _ = session.words()
    project = session.project()
    st.write(
        _(
            "A second reader's questions about interviews that you handed in, or coded outside a "
            "round. Each interview is judged by what the others taught."
        )
    )

    def work(tell: background_jobs.Tell) -> MissedReport:
        return project.suggestions.guidance.find_missed(tell=lambda share: tell(share, ""))

    report = _result("missed", _("Look for missed codes"), work, writes=True)
    if report is None:
        return
    st.caption(_("Finished interviews: {names}", names=", ".join(report.interviews) or "–"))
    if report.checked.value is not None:
        st.info(
            _(
                "Checked: of {count} of them in interviews that others coded too, the others gave "
                "{share} the code.",
                count=report.checked.units,
                share=_.percent(report.checked.value),
            )
        )
    else:
        reason = _.translate(report.checked.undefined_because or "")
        st.info(_("Not checked: {reason}.", reason=reason))
    for item in report.missed:
        sure = _.percent(item.suggestion.probability)
        labels = f"{_labels((item.suggestion.code,))} ({sure})"
        _show_sentence("missed", item.transcript, item.segment, labels)


def show_trust() -> None:
    """Show per code from which probability on to trust it, or why not to suggest it."""
    _ = session.words()
    project = session.project()

    def work(tell: background_jobs.Tell) -> TrustReport:
        return project.suggestions.guidance.judge_codes(lambda share: tell(share, ""))

    report = _result("trust", _("Judge the codes"), work)
    if report is None:
        return
    st.write(
        _(
            "From the percentage on, about {bound} of new interviews like these {interviews}, or "
            "fewer, are expected to have more than {allowed} wrong suggestion of the code "
            "(conformal, each interview judged by what the others teach).",
            bound=_.percent(report.bound),
            interviews=report.interviews,
            allowed=report.allowed,
        )
    )
    st.dataframe([_trust_row(code) for code in report.codes], hide_index=True, height="content")


def _trust_row(code: CodeTrust) -> dict[str, object]:
    _ = session.words()
    if code.doubt:
        reason = _.translate(str(code.doubt))
        trust = _("not to be suggested: {reason}", reason=reason)
    else:
        trust = _.percent(code.threshold or 0)
    return {
        _("Code"): _labels((code.code,)),
        _("Trust from"): trust,
        _("Right"): code.right,
        _("Wrong"): code.wrong,
        _("Sentences"): code.codings,
        _("Interviews"): code.interviews,
        _("Agreement of coders"): "–" if code.agreement is None else _.percent(code.agreement),
    }


def _result(
    name: str, label: str, work: Callable[[background_jobs.Tell], T], *, writes: bool = False
) -> T | None:
    """Return what a piece of work found; None until somebody asked for it and it is ready.

    Args:
        name: The kind of work.
        label: Of the button that starts it.
        work: The work.
        writes: Whether the work itself changes the project; what it found holds after that.
    """
    _ = session.words()
    project, about, name = session.project(), session.view(), f"guidance-{name}"

    def judge(tell: background_jobs.Tell) -> _Outcome[T]:
        before = project.history.revision()
        try:
            found = work(tell)
        except QualcodeError as error:
            # Kept as an answer: an error that ends the job would be raised at every look.
            return _Outcome(before, why_not=str(error))
        # What the work itself kept is a change, too, and must not make its own result look old.
        return _Outcome(project.history.revision() if writes else before, found)

    outcome: _Outcome[T] | None = background_jobs.result(name, about)
    if outcome is None and background_jobs.busy(name):
        return None
    current = outcome is not None and outcome.revision == project.history.revision()
    if outcome is not None and not current:
        st.caption(_("The project was changed since you looked. Look again."))
    if st.button(label, key=name, type="secondary" if current else "primary"):
        background_jobs.start(name, about, label, judge)
        st.rerun()
    if outcome is None or not current:
        return None
    if outcome.why_not:
        st.info(_.translate(outcome.why_not))
    return outcome.found


def _labels(paths: tuple[str, ...]) -> str:
    book = session.codebook()
    return ", ".join(
        book.code(path).label.in_language(session.language()) or path
        for path in paths
        if path in book.paths
    )


def _show_sentence(kind: str, name: str, segment: Segment, labels: str) -> None:
    _ = session.words()
    text = session.project().transcripts.get(name).text
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{name}: {' '.join(segment.span.of(text).split())}", width="stretch")
        st.text(labels, width=260)
        place = f"{name}:{segment.span.start}"
        if st.button(_("Open"), key=f"{kind}-{place}-{labels}"):
            open_passage(name, segment.span.start, segment.span.end)
