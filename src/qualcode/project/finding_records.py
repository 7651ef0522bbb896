"""How findings and recommendations are stored, and the numbers that they get."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from qualcode.model import FrozenMap
from qualcode.model.design_keys import read_design_key
from qualcode.model.finding import Finding, OutsideEvidence, Recommendation, Relation


def number_texts(unpack: Callable[[str, Any], Any], designs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return texts by number; two who wrote in a blind round may have used the same ones."""
    texts = sorted(
        (unpack(key, value) for key, value in designs.items()), key=lambda t: (t.number, t.by, t.id)
    )
    numbers: set[int] = set()
    later = max((text.number for text in texts), default=0)
    numbered = []
    for text in texts:
        if text.number in numbers:
            later += 1
            text = replace(text, number=later)  # noqa: PLW2901 - the same text, numbered
        numbers.add(text.number)
        numbered.append(text)
    return tuple(sorted(numbered, key=lambda t: t.number))


def pack_finding(finding: Finding) -> dict[str, Any]:
    """Return what is stored of a finding, as JSON values; its author and id are in its key."""
    return {
        "number": finding.number,
        "text": finding.text,
        "codes": list(finding.codes),
        "supporting": list(finding.supporting),
        "contrary": list(finding.contrary),
        "evidence": [[e.source, e.text, e.relation.value] for e in finding.evidence],
        "layer": finding.layer,
        "basis": dict(finding.basis),
    }


def unpack_finding(key: str, value: Mapping[str, Any]) -> Finding:
    """Return a finding that was stored under a key."""
    finding_id, author = read_design_key(key)
    return Finding(
        value["number"],
        value["text"],
        tuple(value["codes"]),
        tuple(value["supporting"]),
        tuple(value["contrary"]),
        tuple(OutsideEvidence(s, text, Relation(r)) for s, text, r in value["evidence"]),
        value["layer"],
        author,
        FrozenMap(value["basis"]),
        finding_id,
    )


def pack_recommendation(recommendation: Recommendation) -> dict[str, Any]:
    """Return what is stored of a recommendation; its author and id are in its key."""
    return {
        "number": recommendation.number,
        "text": recommendation.text,
        "findings": list(recommendation.findings),
    }


def unpack_recommendation(key: str, value: Mapping[str, Any]) -> Recommendation:
    """Return a recommendation that was stored under a key."""
    recommendation_id, author = read_design_key(key)
    return Recommendation(
        value["number"], value["text"], tuple(value["findings"]), author, recommendation_id
    )
