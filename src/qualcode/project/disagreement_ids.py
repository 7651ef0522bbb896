"""The ids of disagreements, which decisions keep when a text moves under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from qualcode.model import Disagreement, Span

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.storage import Store


@dataclass(frozen=True, slots=True)
class DisagreementIds:
    """The disagreements of a project, as far as somebody may have decided on them.

    Attributes:
        by_codings: Their ids by the codings that they are between.
        units: Transcript and passage of each by its id.
    """

    by_codings: Mapping[tuple[object, ...], list[str]] = field(default_factory=dict)
    units: Mapping[str, tuple[str, Span]] = field(default_factory=dict)


def collect_ids(project: Project, store: Store) -> DisagreementIds:
    """Return the ids of all disagreements; none if nothing was decided."""
    # Loaded here: the commands that only name the parts of a project do not compare coders.
    from qualcode import agreement

    with project.snapshot() as snapshot:
        if snapshot.find_codebook() is None or not store.seen_by(None).decisions():
            return DisagreementIds()
        ids: dict[tuple[object, ...], list[str]] = {}
        units: dict[str, tuple[str, Span]] = {}
        for key, disagreement in _disagreements(project, store, snapshot):
            sides = (disagreement.codings_a, disagreement.codings_b)
            codings = tuple(tuple(coding.id for coding in side) for side in sides)
            # Older versions stored decisions under the swapped id too.
            swapped = agreement.swapped_id(disagreement)
            ids.setdefault((*key, *codings), []).append(disagreement.id)
            ids.setdefault((*key, "swapped", *codings), []).append(swapped)
            for disagreement_id in (disagreement.id, swapped):
                units[disagreement_id] = disagreement.transcript, disagreement.unit
    return DisagreementIds(ids, units)


def _disagreements(
    project: Project, store: Store, snapshot: Snapshot
) -> Iterator[tuple[tuple[object, ...], Disagreement]]:
    """Yield every disagreement of every team in every round, with round and team."""
    from qualcode import agreement

    units = agreement.UnitsOfAnalysis.of(snapshot.transcripts)
    # Decisions of a blind round must follow their disagreements too, unseen.
    all_codings = store.codings(hidden=True)
    coders = snapshot.coders
    teams: list[tuple[str, ...]] = [*combinations(coders, 2)]
    for size in range(3, len(coders) + 1):
        teams += combinations(coders, size)
    for round_ in ("", *(round_.name for round_ in snapshot.rounds)):
        codings = [c for c in all_codings if not round_ or c.round == round_]
        for team in teams:
            finished = project.agreement.finished(team, round_)
            study = agreement.CodingStudy.of(
                codings, units, snapshot.codebook, team, finished=finished
            )
            for disagreement in agreement.collect_disagreements(study):
                yield (round_, team), disagreement


def follow_ids(project: Project, store: Store, coder: str, before: DisagreementIds) -> None:
    """Move decisions to the ids that their disagreements have now.

    Args:
        project: The project, with its texts read again.
        store: Its store, inside the step that moved the texts.
        coder: The acting coder.
        before: The ids before the step.
    """
    if not before.by_codings:
        return
    after = collect_ids(project, store).by_codings
    moved = {
        old: new
        for codings, ids in before.by_codings.items()
        # Codings that became equal are merged, so there may be fewer disagreements than before.
        for old, new in zip(ids, after.get(codings, ()), strict=False)
        if old != new
    }
    store.rename_disagreements(moved, coder)
