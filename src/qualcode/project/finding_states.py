"""Findings with what carries them now: who said it, how often, and which quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode import quotes
from qualcode.model import Quote
from qualcode.model.finding import Finding, FindingState, Recommendation
from qualcode.project.finding_basis import claim_of, find_resting
from qualcode.themes import ClaimCounter

if TYPE_CHECKING:
    from qualcode.project.evidence import Evidence
    from qualcode.project.snapshot import Snapshot
    from qualcode.quotes import Measures


def count_claims(snapshot: Snapshot, evidence: Evidence, layer: str) -> ClaimCounter:
    """Return what counts who carries a claim in a layer; made once for all findings on it."""
    return snapshot.keep(
        ("claims", layer),
        lambda: ClaimCounter(
            evidence.of_layer(layer), evidence.codebook, snapshot.transcripts, evidence.cases
        ),
    )


def describe_finding(
    finding: Finding,
    evidence: Evidence,
    counter: ClaimCounter,
    *,
    measures: Measures,
    linked: Mapping[str, Quote],
    recommendations: Sequence[Recommendation],
) -> FindingState:
    """Return a finding with what carries it now.

    Args:
        finding: The finding.
        evidence: The codings that it may rest on.
        counter: Of its layer, see :func:`count_claims`.
        measures: What protects participants in print.
        linked: The passages that findings are linked to, by the id of their coding.
        recommendations: All recommendations.
    """
    codings = find_resting(finding, evidence)
    reaches = counter.reaches(claim_of(finding, evidence))
    is_small = any(0 < (reach.cases or 0) < measures.threshold for reach in reaches)
    risk = quotes.finding_risk(finding.id) if is_small else ""
    return FindingState(
        finding,
        tuple(evidence.paths[key] for key in finding.codes if key in evidence.paths),
        reaches,
        tuple(key for key in codings if key in evidence.codings),
        evidence.changes(finding.basis, codings),
        tuple(linked[key] for key in finding.supporting if key in linked),
        tuple(linked[key] for key in finding.contrary if key in linked),
        tuple(r for r in recommendations if finding.id in r.findings),
        risk,
        measures.confirmed.get(risk, "") if risk else "",
    )
