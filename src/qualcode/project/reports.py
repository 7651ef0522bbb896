"""What reports share: how they were made, and what a file says of itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from qualcode.exporting.reports.colophon import About
from qualcode.model import CONSENSUS, Disagreement, Provenance
from qualcode.project.snapshot import Snapshot
from qualcode.quotes import Measures


def describe_making(
    snapshot: Snapshot,
    layer: str,
    coded: Iterable[tuple[str, str]],
    measures: Measures,
    open_disagreements: Callable[[Sequence[str]], Sequence[Disagreement]],
) -> Provenance:
    """Return how a report on some codings was made.

    Args:
        snapshot: The project.
        layer: Whose codings, as in ``Codings.collect_layer``.
        coded: Transcript and coder of each coding reported on.
        measures: What is held back in print.
        open_disagreements: Gives the disagreements of some coders that nobody decided on.
    """
    by_transcript: dict[str, set[str]] = {}
    for transcript, coder in coded:
        by_transcript.setdefault(transcript, set()).add(coder)
    settled = {name for name, coders in by_transcript.items() if CONSENSUS in coders}
    adjudicated = {c.coder for c in snapshot.codings if c.transcript in settled} - {CONSENSUS}
    people = adjudicated.union(*by_transcript.values())
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
        left_out=len(measures.left_out),
        coarser=measures.coarser,
        hidden_below=measures.threshold if measures.hide_counts else None,
    )


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
