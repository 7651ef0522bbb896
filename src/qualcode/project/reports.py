"""What reports share: how they were made, and what a file says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode.exporting.reports.colophon import About
from qualcode.model import CONSENSUS, UNION, Coding, Disagreement, Provenance, Transcript
from qualcode.project.left_out import count_omissions
from qualcode.project.snapshot import Snapshot
from qualcode.quotes import Measures
from qualcode.speech import Speech

if TYPE_CHECKING:
    from qualcode.project.project import Project


def describe_making(
    snapshot: Snapshot,
    layer: str,
    coded: Iterable[tuple[str, str]],
    measures: Measures,
    open_disagreements: Callable[[Sequence[str]], Sequence[Disagreement]],
    *,
    codings: Sequence[Coding] = (),
    speech: Speech | None = None,
) -> Provenance:
    """Return how a report on some codings was made.

    Args:
        snapshot: The project.
        layer: Whose codings, as in ``Codings.collect_layer``.
        coded: Transcript and coder of each coding reported on.
        measures: What is held back in print.
        open_disagreements: Gives the disagreements of some coders that nobody decided on.
        codings: The codings reported on.
        speech: Who says what; without it nobody looks which codings count for no person.
    """
    by_transcript: dict[str, set[str]] = {}
    for transcript, coder in coded:
        by_transcript.setdefault(transcript, set()).add(coder)
    settled = {name for name, coders in by_transcript.items() if CONSENSUS in coders}
    adjudicated = {c.coder for c in snapshot.codings if c.transcript in settled} - {CONSENSUS}
    people = adjudicated.union(*by_transcript.values())
    everyone = {c.coder for c in snapshot.codings if c.transcript in by_transcript} - {CONSENSUS}
    if layer == UNION:
        people = everyone
    # Differences of a team are many-sided: "so many are not settled" is told of a pair only.
    pair = tuple(sorted(adjudicated)) if len(adjudicated) == 2 else ()
    codebook, language = snapshot.codebook, snapshot.info.language
    return Provenance(
        layer=layer,
        coders=tuple(name for name in snapshot.coders if name in people),
        consensus=len(settled),
        # A settled transcript has one coder in the layer too: the consensus.
        single=sum(len(coders) == 1 for coders in by_transcript.values()) - len(settled),
        interviews=len(by_transcript),
        of_interviews=len(snapshot.texts),
        codebook=codebook.title.in_language(language) or codebook.name,
        codebook_version=codebook.version,
        changed_at=snapshot.latest_event.at if snapshot.latest_event else None,
        pair=pair,
        unsettled=_count_in(settled, open_disagreements(pair)) if pair else None,
        kinds=_count_kinds(snapshot, by_transcript),
        questions=tuple(
            text.attributes.get("question", text.name)
            for text in snapshot.transcripts
            if text.kind == "answers"
        ),
        # The total less what is printed of the codes would be what is hidden of the others.
        codings=0 if measures.hide_counts else len(codings),
        omissions=() if speech is None else count_omissions(speech, codings),
        left_out=len(measures.left_out),
        coarser=measures.coarser,
        hidden_below=measures.threshold if measures.hide_counts else None,
        other_coders=() if settled else tuple(n for n in snapshot.coders if n in everyone - people),
    )


def find_cases(project: Project, codings: Iterable[Coding]) -> dict[str, tuple[str, ...]]:
    """Return the names of the cases who say part of a coding, by its id.

    Args:
        project: The project.
        codings: The codings; those of texts that are gone are left out.
    """
    with project.snapshot() as snapshot:
        speech = Speech(snapshot.transcripts, project.cases.respondents())
        return {
            coding.id: tuple(case.name for case in speech.cases_of(coding))
            for coding in codings
            if coding.transcript in snapshot.texts
        }


def _count_kinds(snapshot: Snapshot, names: Collection[str]) -> tuple[tuple[str, int], ...]:
    """Return how many sources there are of each kind; nothing if all are interviews."""
    kinds = Counter(text.kind or "interview" for text in snapshot.transcripts if text.name in names)
    if {*kinds} <= {"interview"}:
        return ()
    return tuple((kind, kinds[kind]) for kind in Transcript.KINDS if kinds[kind])


def _count_in(transcripts: Collection[str], disagreements: Iterable[Disagreement]) -> int:
    return sum(disagreement.transcript in transcripts for disagreement in disagreements)


def about_project(snapshot: Snapshot, language: str, provenance: Provenance | None) -> About:
    """Return what a report's file says of itself.

    Args:
        snapshot: The project.
        language: Language of the words that are not the respondents'.
        provenance: The provenance of the report.
    """
    # The project's date, not the clock's: the same project gives the same bytes.
    return About(
        snapshot.info.name, language, created=snapshot.info.created_at, provenance=provenance
    )
