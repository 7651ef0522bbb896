"""What a finding rests on now: codes, passages, and the codings that were looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from qualcode.model import UNION, FrozenMap
from qualcode.model.finding import Finding
from qualcode.project.evidence import Evidence
from qualcode.themes import Claim


def find_code_ids(evidence: Evidence, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of codes, given their paths.

    Raises:
        UnknownNameError: no such code.
    """
    known = (evidence.codebook.code(path).path for path in dict.fromkeys(codes))
    return tuple(evidence.code_ids[path] for path in known)


def find_resting(finding: Finding, evidence: Evidence) -> tuple[str, ...]:
    """Return the ids of the codings that a finding rests on now."""
    paths = tuple(evidence.paths[key] for key in finding.codes if key in evidence.paths)
    # The union has each passage once; what a finding rests on are the codings of every coder.
    layer = "all" if finding.layer == UNION else finding.layer
    of_codes = (
        coding.id
        for coding in (evidence.of_layer(layer) if paths else ())
        # With the slash, so that "work" does not take "workload" along.
        if any(f"{coding.code}/".startswith(f"{path}/") for path in paths)
    )
    return tuple(dict.fromkeys((*of_codes, *finding.supporting, *finding.contrary)))


def with_present_basis(finding: Finding, evidence: Evidence) -> Finding:
    """Return a finding that was looked at with the codings of now."""
    return replace(finding, basis=evidence.basis(find_resting(finding, evidence)))


def with_new_codings(finding: Finding, ids: Iterable[str], evidence: Evidence) -> Finding:
    """Return a finding that was looked at with some more codings, and no others."""
    new = {k: v for k, v in evidence.basis(ids).items() if k not in finding.basis}
    return replace(finding, basis=FrozenMap({**finding.basis, **new}))


def without_passages(finding: Finding, gone: Collection[str], evidence: Evidence) -> Finding:
    """Return a finding that some passages, given by their ids, are no longer linked to."""
    changed = replace(
        finding,
        supporting=tuple(key for key in finding.supporting if key not in gone),
        contrary=tuple(key for key in finding.contrary if key not in gone),
    )
    # One that its codes have too stays part of what it rests on.
    resting = {*find_resting(changed, evidence)}
    basis = {k: v for k, v in finding.basis.items() if k not in gone or k in resting}
    return replace(changed, basis=FrozenMap(basis))


def claim_of(finding: Finding, evidence: Evidence) -> Claim:
    """Return what a finding says of codes and passages, to count who carries it."""
    standing = (evidence.codings.get(key) for key in finding.supporting)
    return Claim(
        tuple(evidence.paths[key] for key in finding.codes if key in evidence.paths),
        tuple(coding for coding in standing if coding),
        frozenset(finding.contrary),
    )
