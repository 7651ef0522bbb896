"""What may be printed of findings: small counts of participants, passages that are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.model import Coding, Quote
from qualcode.model.finding import EvidenceReport, FindingState
from qualcode.quotes.attribute_suppression import AttributeGuard
from qualcode.quotes.cell_suppression import hide_reaches
from qualcode.quotes.disclosure import stable_id
from qualcode.quotes.disclosure_decisions import Measures
from qualcode.quotes.memo_redaction import LeftOutPassages


def finding_risk(finding_id: str) -> str:
    """Return the id of the risk that the few participants of a finding are recognised."""
    return stable_id("finding", finding_id)


def print_evidence(
    report: EvidenceReport,
    measures: Measures,
    codings: Sequence[Coding],
    guard: AttributeGuard,
) -> EvidenceReport:
    """Return findings as they may be given to others.

    Counts of too few participants are hidden unless somebody decided on the finding.

    Args:
        report: The findings, with the quotes that may be printed.
        measures: What is held back.
        codings: All codings of the project.
        guard: Which attributes may be printed below their quotes.
    """
    passages = LeftOutPassages(codings, measures.left_out)
    recommendations = tuple(
        replace(r, text=passages.redact(r.text), by="") for r in report.recommendations
    )
    by_id = {recommendation.id: recommendation for recommendation in recommendations}

    def printed_quotes(linked: Sequence[Quote]) -> tuple[Quote, ...]:
        return tuple(guard.hide_in_quote(q) for q in linked if q.coding not in passages.ids)

    def printed(state: FindingState) -> FindingState:
        finding = state.finding
        # Hiding all small counts is the later and wider decision: nothing is printed "because".
        accepted = "" if measures.hide_counts else state.accepted
        return replace(
            state,
            finding=replace(
                finding,
                text=passages.redact(finding.text),
                evidence=tuple(replace(e, text=passages.redact(e.text)) for e in finding.evidence),
                supporting=(),
                contrary=(),
                by="",
                basis=type(finding.basis)(),
            ),
            reaches=(
                state.reaches if accepted else hide_reaches(state.reaches, measures.threshold)
            ),
            codings=(),
            changes=(),
            accepted=accepted,
            supporting=printed_quotes(state.supporting),
            contrary=printed_quotes(state.contrary),
            recommendations=tuple(by_id[r.id] for r in state.recommendations),
        )

    return replace(
        report,
        findings=tuple(map(printed, report.findings)),
        recommendations=recommendations,
        threshold=measures.threshold,
    )
