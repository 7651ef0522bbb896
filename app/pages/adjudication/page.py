"""The page Adjudication: the queue of disagreements, both sides in the text, the decision."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import Disagreement, DisagreementKind

from ... import background_jobs, session
from ...coding_protocol import comparison
from ...components.mount import mount_coder
from ...i18n import component_messages
from ...page_links import open_page
from ...widgets import coding_document
from ...widgets.coder_select import coder_pair_select
from ...widgets.filter_row import filter_row
from ...widgets.notices import errors_shown
from ...widgets.requirements import (
    refuse_while_blind,
    require_codebook,
    require_coder,
    require_transcripts,
)
from ...widgets.round_select import round_select
from . import decision_panel, decisions, outcome

Queue = tuple[tuple[Disagreement, ...], frozenset[str]]


def _find_disagreements(coders: tuple[str, str], round_: str) -> Queue | None:
    _ = session.words()
    project = session.project()

    def work(tell: background_jobs.Tell) -> Queue:
        tell(0.0, "")
        disagreements = project.agreement.collect_disagreements(coders, round_)
        decided = {
            decision.disagreement for decision in project.adjudication.decisions_on(disagreements)
        }
        return disagreements, frozenset(d.id for d in disagreements if d.id not in decided)

    # Comparing takes seconds in a large study, so the result is kept until something changes.
    about = (session.view(), coders, round_, project.history.revision())
    comparison_: Queue | None = background_jobs.result_or_progress(
        "disagreements", about, _("Comparing…"), work
    )
    return comparison_


def _kind_labels() -> dict[DisagreementKind, str]:
    _ = session.words()
    return {
        DisagreementKind.MISSED: _("Only one coded it"),
        DisagreementKind.OTHER_CODE: _("Another code"),
        DisagreementKind.BOUNDARY: _("Other boundaries"),
    }


def _or_all(value: str) -> str:
    _ = session.words()
    return value or _("All")


def _filter_form(
    disagreements: tuple[Disagreement, ...], open_: frozenset[str], labels: dict[str, str]
) -> list[Disagreement]:
    _ = session.words()
    kinds = _kind_labels()
    with filter_row("adjudicate"):
        scope = st.segmented_control(
            _("Show"),
            ["open", "all"],
            default="open",
            required=True,
            format_func=lambda scope_: _("Open") if scope_ == "open" else _("All"),
            key="adjudicate-show",
        )
        names = list(dict.fromkeys(d.transcript for d in disagreements))
        transcript = st.selectbox(_("Interview"), ["", *names], width=150, format_func=_or_all)
        codes = list(dict.fromkeys(d.code for d in disagreements))
        code_of_link = st.session_state.pop("only-code", None)
        if code_of_link:
            st.session_state["adjudicate-code"] = code_of_link
        chosen = st.session_state.get("adjudicate-code", "")
        # A link may name a code whose disagreements are all settled.
        if chosen and chosen not in codes:
            codes = [chosen, *codes]
        code = st.selectbox(
            _("Code"),
            ["", *codes],
            width=260,
            key="adjudicate-code",
            format_func=lambda path: labels.get(path, path) or _("All"),
        )
        kind = st.selectbox(
            _("Kind"),
            ["", *(kind.value for kind in kinds)],
            width=190,
            format_func=lambda value: kinds[DisagreementKind(value)] if value else _("All"),
        )
    return [
        d
        for d in disagreements
        if (scope == "all" or d.id in open_)
        and (not transcript or d.transcript == transcript)
        and (not code or d.code == code or d.code.startswith(f"{code}/"))
        and (not kind or d.kind.value == kind)
    ]


def _show_text(coders: tuple[str, str], disagreement: Disagreement) -> None:
    project = session.project()
    span = decisions.marked_span(disagreement)
    mount_coder(
        "compare-screen",
        {
            **coding_document.transcript_document(disagreement.transcript),
            "comparison": comparison(
                project.codings.collect(transcript=disagreement.transcript),
                coders,
                session.codebook(),
            ),
            "kind": "screen",
            "project": project.info.key,
            "coder": session.coder(),
            "round": "",
            "language": session.language(),
            "messages": dict(component_messages(session.language())),
            "focus": {"start": span.start, "end": span.end, "key": disagreement.id},
            "suggesting": False,
            "suggested": False,
        },
        on_open_change=lambda: None,
    )


def _show_adjudication(coders: tuple[str, str]) -> None:
    _ = session.words()
    try:
        queue_state = _find_disagreements(coders, round_select(coders, "adjudicate-round"))
    except UndefinedRequestError as error:
        st.info(_.translate(str(error)))
        return
    if queue_state is None:
        return
    disagreements, open_ = queue_state
    labels = session.labels()
    settled = len(disagreements) - len(open_)
    st.progress(
        settled / len(disagreements) if disagreements else 1.0,
        text=_(
            "{settled} of {all} disagreements resolved",
            settled=_.number(settled),
            all=_.number(len(disagreements)),
        ),
    )
    decisions.show_overtaken(coders)
    decisions.show_question(coders)
    queue = _filter_form(disagreements, open_, labels)
    if queue:
        # Settling the last one in the queue makes the queue shorter.
        place = min(int(st.session_state.get("adjudicate-at", 0)), len(queue) - 1)
        left_column, right_column = st.columns([1, 2.1], gap="medium")
        with left_column:
            decision_panel.show_panel(coders, queue, place, _kind_labels())
        with right_column:
            _show_text(coders, queue[place])
        outcome.show_bulk_decision(coders, queue, open_)
    else:
        _show_end(open_)
    if settled:
        outcome.show_outcome(coders)


def _show_end(open_: frozenset[str]) -> None:
    _ = session.words()
    if open_:
        st.info(_("Nothing is left within this filter."))
        decisions.undo_button()
        return
    st.success(_("All disagreements are resolved: the consensus holds what both coders agree on."))
    with st.container(horizontal=True):
        if st.button(_("Go to the themes"), type="primary"):
            open_page("themes")
        if st.button(_("Go to the quotes")):
            open_page("quotes")
        decisions.undo_button()


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_transcripts()
    require_codebook()
    require_coder()
    refuse_while_blind()
    st.title(_("Adjudication"), anchor=False)
    pair = coder_pair_select()
    if pair:
        # The sides of a decision do not depend on who was chosen first.
        first, second = sorted(pair)
        with errors_shown():
            _show_adjudication((first, second))
