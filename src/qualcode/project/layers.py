"""Whose codings a report counts: one coder's, everybody's, or per transcript the final ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Coding, Disagreement
from qualcode.project.snapshot import Snapshot

FINAL = "final"
"""The layer to report on: the consensus where there is one, else the only coder's codings.

What coders agree on fully is their consensus without any decision.
"""

OpenDisagreements = Callable[[Sequence[str]], Sequence[Disagreement]]


def collect_layer(
    snapshot: Snapshot, name: str, open_disagreements: OpenDisagreements
) -> tuple[Coding, ...]:
    """Return the codings to report on.

    Args:
        snapshot: The project.
        name: A coder's name, ``consensus``, ``all``, or ``final``.
        open_disagreements: Gives the disagreements of some coders that nobody decided on.

    Raises:
        UndefinedRequestError: a transcript has several coders and no consensus.
        UnknownNameError: no such coder.
    """
    if name == "all":
        return snapshot.codings
    if name != FINAL:
        return snapshot.find_codings(coder=name)
    handed_in = _coders_who_handed_in(snapshot)
    # Decided per transcript: a study may have adjudicated some interviews and not others.
    by_transcript: dict[str, list[Coding]] = {}
    for coding in snapshot.codings:
        by_transcript.setdefault(coding.transcript, []).append(coding)
    layer: list[Coding] = []
    for transcript, codings in by_transcript.items():
        people = {coding.coder for coding in codings if coding.coder != CONSENSUS}
        # Who handed in without a coding read the interview and found nothing: a view too.
        if people:
            people |= handed_in.get(transcript, set())
        layer += _final_codings(snapshot, transcript, codings, sorted(people), open_disagreements)
    return tuple(layer)


def _coders_who_handed_in(snapshot: Snapshot) -> dict[str, set[str]]:
    """Return per transcript who handed it in, in rounds that are closed."""
    closed = [round_ for round_ in snapshot.rounds if round_.closed]
    return {
        name: {coder for round_ in closed if round_.covers(name) for coder in round_.handed_in}
        for name in snapshot.texts
    }


def _final_codings(
    snapshot: Snapshot,
    transcript: str,
    codings: Sequence[Coding],
    coders: Sequence[str],
    open_disagreements: OpenDisagreements,
) -> Iterable[Coding]:
    consensus = [coding for coding in codings if coding.coder == CONSENSUS]
    if consensus or len(coders) < 2:
        return consensus or codings
    if _agree_fully(snapshot.texts[transcript].text, codings, coders):
        # There is nothing to decide, so nobody would ever make this consensus.
        return [replace(c, coder=CONSENSUS) for c in codings if c.coder == coders[0]]
    decided = any(decision.transcript == transcript for decision in snapshot.decisions)
    undecided = open_disagreements(coders) if decided else ()
    if decided and all(item.transcript != transcript for item in undecided):
        # Everything was decided and no code is left: the coders agreed on nothing to code.
        return ()
    raise UndefinedRequestError(
        Message(
            "Transcript '{transcript}' was coded by {coders} and has no consensus yet. Settle "
            "it (qualcode adjudicate), or choose the codings of one coder: {coders_2}.",
            transcript=transcript,
            coders=tuple(coders),
            coders_2=" or ".join(f"--layer {name}" for name in coders),
        )
    )


def _agree_fully(text: str, codings: Sequence[Coding], coders: Sequence[str]) -> bool:
    """Tell whether all coders gave the same codes to the same words."""
    codes = [{c.code for c in codings if c.coder == coder} for coder in coders]
    # Most coders differ here, and comparing words takes long.
    if any(used != codes[0] for used in codes):
        return False
    covered: dict[str, set[tuple[str, int]]] = {coder: set() for coder in coders}
    for coding in codings:
        for place in range(coding.span.start, coding.span.end):
            if text[place].isalnum():
                covered[coding.coder].add((coding.code, place))
    return all(covered[coder] == covered[coders[0]] for coder in coders)
