"""Decisions on disagreements: their names, how they are stored and undone."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Choice, Decision, Disagreement, Span
from qualcode.project import split_reason

from ... import session
from ...widgets.notices import notify
from ...widgets.text import escape_markdown


def reason_labels() -> dict[str, str]:
    """Return the label of each reason in the short list."""
    _ = session.words()
    return {
        "overlooked": _("Overlooked"),
        "definition_unclear": _("The definition is unclear"),
        "codes_overlap": _("The codes overlap"),
        "boundary": _("Only the boundaries differ"),
        "interpretation": _("Read in two ways"),
        "mistake": _("A mistake"),
        "codebook_must_change": _("The codebook must change"),
    }


def choice_labels(coders: tuple[str, str]) -> dict[Choice, str]:
    """Return the label of each choice between two coders."""
    _ = session.words()
    return {
        Choice.TAKE_A: _("Take {coder}", coder=coders[0]),
        Choice.TAKE_B: _("Take {coder}", coder=coders[1]),
        Choice.BOTH: _("Both"),
        Choice.NEITHER: _("Neither"),
        Choice.NEW: _("Something else…"),
    }


def marked_span(disagreement: Disagreement) -> Span:
    """Return the passage from the first to the last word that either coder marked."""
    # If neither coder marked anything in the unit, it is the unit itself.
    spans = [coding.span for coding in (*disagreement.codings_a, *disagreement.codings_b)] or [
        disagreement.unit
    ]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def new_decision(disagreement: Disagreement, choice: Choice, why: str) -> Decision:
    """Return the decision of this coder on a disagreement."""
    return Decision(disagreement.id, choice, session.coder(), disagreement.transcript, why)


def decision_text(coders: tuple[str, str], decision: Decision) -> str:
    """Return what was decided, by whom, why and when."""
    _ = session.words()
    reason, note = split_reason(decision.reason)
    parts = [choice_labels(coders)[decision.choice], decision.code, decision.by]
    parts += [reason_labels().get(str(reason), "") if reason else "", note]
    if decision.decided_at:
        parts.append(_.moment(decision.decided_at))
    return " · ".join(part for part in parts if part)


def decisions_now() -> frozenset[Decision]:
    """Return the decisions that the page shows: what is decided later, nobody here has seen."""
    return frozenset(session.project().adjudication.collect_decisions())


def store_decisions(
    coders: tuple[str, str], decisions: Sequence[Decision], seen: frozenset[Decision]
) -> None:
    """Store decisions; where they would take the place of others' unseen, ask first on the page.

    Args:
        coders: The two coders.
        decisions: The decisions.
        seen: From :func:`decisions_now`, when the page was drawn.
    """
    decided = {decision.disagreement for decision in decisions}
    now = decisions_now()
    unseen = tuple(d for d in now - seen if d.disagreement in decided)
    if unseen:
        st.session_state[_OVERTAKEN] = (session.view(), coders, tuple(decisions), unseen, now)
    else:
        _store_seen(coders, decisions)


def _store_seen(coders: tuple[str, str], decisions: Sequence[Decision]) -> None:
    decided = {decision.disagreement for decision in decisions}
    try:
        falling = [
            decision
            for decision in session.project().adjudication.replaced_decisions(coders, decisions)
            # What is decided anew here stands on the page: only the others fall unseen.
            if decision.disagreement not in decided
        ]
    except QualcodeError as error:
        notify(session.words().translate(str(error)))
        return
    if falling:
        st.session_state[_ASKED] = (session.view(), coders, tuple(decisions), tuple(falling))
    else:
        _settle(coders, decisions)


_ASKED = "asked-about-consensus"
_OVERTAKEN = "asked-about-decisions"
_MOST_SHOWN = 5


def show_overtaken(coders: tuple[str, str]) -> None:
    """Show both sides, where a colleague decided on the same after the page was drawn."""
    view, asked_coders, decisions, unseen, _now = st.session_state.get(
        _OVERTAKEN, ("", (), (), (), ())
    )
    if (view, asked_coders) != (session.view(), coders):
        return
    _ = session.words()
    by_disagreement = {decision.disagreement: decision for decision in decisions}
    with st.container(border=True):
        st.warning(
            _(
                "A colleague decided on this after the page was drawn. What you decided is not "
                "saved yet. Choose which decision holds."
            ),
            icon=":material/warning:",
        )
        for decision in unseen[:_MOST_SHOWN]:
            mine = by_disagreement[decision.disagreement]
            for heading, side in ((_("Theirs"), decision), (_("Mine"), mine)):
                st.text(f"{heading}: {decision_text(coders, side)}")
        with st.container(horizontal=True):
            st.button(_("Mine"), on_click=_choose_decisions, args=(True,), key="overtaken-mine")
            st.button(
                _("Theirs"), on_click=_choose_decisions, args=(False,), key="overtaken-theirs"
            )


def _choose_decisions(mine: bool) -> None:
    _view, coders, decisions, unseen, asked_at = st.session_state.pop(_OVERTAKEN)
    left = set() if mine else {decision.disagreement for decision in unseen}
    remaining = [decision for decision in decisions if decision.disagreement not in left]
    if remaining:
        # What was decided since this was asked is asked about again.
        store_decisions(coders, remaining, asked_at)


def show_question(coders: tuple[str, str]) -> None:
    """Ask whether decisions of other coders may fall, where the last decision needs that."""
    view, asked_coders, _decisions, falling = st.session_state.get(_ASKED, ("", (), (), ()))
    if (view, asked_coders) != (session.view(), coders):
        return
    _ = session.words()
    interviews = ", ".join(dict.fromkeys(decision.transcript for decision in falling))
    with st.container(border=True):
        st.warning(
            _.many(
                "{count} decision on {interviews} about other coders would no longer count, and "
                "the consensus there would be made again from {first} and {second}.",
                "{count} decisions on {interviews} about other coders would no longer count, and "
                "the consensus there would be made again from {first} and {second}.",
                len(falling),
                interviews=escape_markdown(interviews),
                first=escape_markdown(coders[0]),
                second=escape_markdown(coders[1]),
            ),
            icon=":material/warning:",
        )
        with st.container(horizontal=True):
            st.button(
                _("Make the consensus again"), on_click=_answer, args=(True,), key="replace-yes"
            )
            st.button(
                _("Leave it as it is"),
                type="primary",
                on_click=_answer,
                args=(False,),
                key="replace-no",
            )


def _answer(consent: bool) -> None:
    _view, coders, decisions, _falling = st.session_state.pop(_ASKED)
    if consent:
        _settle(coders, decisions)


def _settle(coders: tuple[str, str], decisions: Sequence[Decision]) -> None:
    """Store decisions, or say why they are refused."""
    try:
        session.project().adjudication.settle(coders, decisions)
    except QualcodeError as error:
        notify(session.words().translate(str(error)))
    else:
        st.session_state["adjudicated"] = len(decisions)


def undo_button() -> None:
    """Let the coder undo the last decision made on this page."""
    _ = session.words()
    if not st.session_state.get("adjudicated"):
        return
    st.button(
        _("Undo"),
        icon=":material/undo:",
        shortcut="Z",
        key="undo-decision",
        on_click=_undo,
    )


def _undo() -> None:
    st.session_state.pop("adjudicated")
    try:
        session.project().history.undo()
    except QualcodeError as error:
        notify(session.words().translate(str(error)))
