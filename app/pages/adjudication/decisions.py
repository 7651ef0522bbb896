"""Decisions on disagreements: their names, how they are stored and undone."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Choice, Decision, Disagreement, Span

from ... import session
from ...widgets.notices import notify


def reason_labels() -> dict[str, str]:
    """Return the label of each reason in the short list."""
    _ = session.words()
    return {
        "overlooked": _("Overlooked"),
        "definition_unclear": _("The definition is unclear"),
        "codes_overlap": _("The codes overlap"),
        "boundary": _("Only a matter of boundaries"),
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


def store_decisions(coders: tuple[str, str], decisions: Sequence[Decision]) -> None:
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
