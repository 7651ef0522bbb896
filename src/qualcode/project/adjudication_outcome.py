"""The outcome of adjudicating: agreement before and after, reasons, time, and changed codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from qualcode import adjudication, agreement
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import CONSENSUS, CodeChange, Disagreement
from qualcode.model.adjudication_summary import AdjudicationSummary, AgainstConsensus
from qualcode.project.decisions import describe_stale, find_lost_decisions, with_present_ids

if TYPE_CHECKING:
    from qualcode.project.project import Project


def summarize_adjudication(project: Project, coders: Sequence[str]) -> AdjudicationSummary:
    """Return the outcome; see ``Adjudication.summarize``."""
    coders = sorted(coders)
    compared = {t.name: t for t in project.agreement.compared_transcripts(coders)}
    disagreements = project.agreement.collect_disagreements(coders)
    about = {d.id: d for d in disagreements}
    last_decisions = {
        d.disagreement: d
        for d in with_present_ids(project.adjudication.collect_decisions(), disagreements)
        if d.transcript in compared
    }
    standing = list(last_decisions.values())
    decided = [d for d in standing if d.disagreement in about]
    if not decided:
        raise UndefinedRequestError(
            Message(
                "Nothing was decided on between {coders} yet. Resolve their "
                "disagreements (qualcode adjudicate), or name others: --coders anna,bram",
                coders=", ".join(coders),
            )
        )
    moments = _decision_moments(project, disagreements)
    concerned = {about[d.disagreement].code for d in decided}
    concerned |= {about[d.disagreement].other_code for d in decided}
    concerned |= {d.code for d in decided}
    spent = adjudication.time_spent((person, at) for _, person, at in moments)
    return AdjudicationSummary(
        coders=tuple(coders),
        decided=len(decided),
        open=len(disagreements) - len(decided),
        people=tuple(dict.fromkeys(d.by for d in standing if d.by)),
        choices=adjudication.count_choices(decided),
        reasons=adjudication.count_reasons(decided, about),
        # Each decision after the first on the same disagreement is a revision.
        revised=len(moments) - len({key for key, _, _ in moments}),
        seconds=None if spent is None else spent.total_seconds(),
        before=project.agreement.compare(coders).overall,
        against=tuple(_compare_with_consensus(project, coder, tuple(compared)) for coder in coders),
        must_change=adjudication.codes_to_change(decided, about),
        changed=_changes_since(project, min(at for _, _, at in moments), concerned),
        problems=tuple(
            describe_stale(d)
            for d in (*standing, *find_lost_decisions(project, coders, compared))
            if d.disagreement not in about
        ),
    )


def _decision_moments(
    project: Project, disagreements: Sequence[Disagreement]
) -> list[tuple[str, str, datetime]]:
    """Return disagreement, who and when of each decision ever made, also replaced ones."""
    ids = {agreement.swapped_id(d): d.id for d in disagreements}
    ids |= {d.id: d.id for d in disagreements}
    moments = []
    for event in project.history.events():
        # What was undone was never decided; what was erased with its interview or its person has
        # no state any more.
        if event.action == "decision.add" and not event.undone and event.after:
            after = json.loads(event.after)
            if after["disagreement"] in ids:
                moments.append((ids[after["disagreement"]], after["by"], event.at))
    return moments


def _compare_with_consensus(project: Project, coder: str, names: Sequence[str]) -> AgainstConsensus:
    try:
        report = project.agreement.compare((coder, CONSENSUS), transcripts=names)
    except UndefinedRequestError:
        # The consensus may have no codings in the interviews of this coder yet.
        return AgainstConsensus(coder, ())
    return AgainstConsensus(coder, report.overall)


def _changes_since(
    project: Project, moment: datetime, concerned: set[str]
) -> tuple[CodeChange, ...]:
    """Return what changed since in the codes that were decided on."""
    before = [version.version for version in project.codebook.versions() if version.at <= moment]
    if not before:
        return ()
    return tuple(c for c in project.codebook.compare(max(before)) if c.path in concerned)
