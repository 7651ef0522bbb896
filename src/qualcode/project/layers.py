"""Whose codings a report counts: one coder's, everybody's, or per transcript the final ones.

Everybody's are either side by side (``all``) or together (``union``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message, shell_word
from qualcode.model import CONSENSUS, UNION, Coding, Disagreement, Span
from qualcode.project.measures import SETTING as MEASURES
from qualcode.project.snapshot import Snapshot

if TYPE_CHECKING:
    from qualcode.project.project import Project

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
        name: A coder's name, ``consensus``, ``all``, ``union`` (what any coder coded, each passage
            once), or ``final``.
        open_disagreements: Gives the disagreements of some coders that nobody decided on.

    Raises:
        UndefinedRequestError: a transcript has several coders and no consensus.
        UnknownNameError: no such coder.
    """
    if name == "all":
        return snapshot.codings
    if name == UNION:
        return _collect_union(snapshot)
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


def _collect_union(snapshot: Snapshot) -> tuple[Coding, ...]:
    """Return what any person coded: passages with one code that overlap are one passage."""
    passages: dict[tuple[str, str], list[list[Coding]]] = {}
    people = (coding for coding in snapshot.codings if coding.coder != CONSENSUS)
    for coding in sorted(people, key=lambda c: (c.transcript, c.span, c.coder, c.id)):
        groups = passages.setdefault((coding.transcript, coding.code), [])
        if groups and any(coding.span.intersection(neighbour.span) for neighbour in groups[-1]):
            groups[-1].append(coding)
        else:
            groups.append([coding])
    left_out = frozenset(snapshot.setting(MEASURES, {}).get("left_out", ()))
    ids_to_keep = left_out, snapshot.chosen, frozenset(snapshot.excerpts)
    united = (
        _unite(snapshot, group, ids_to_keep) for groups in passages.values() for group in groups
    )
    order = {name: place for place, name in enumerate(snapshot.texts)}
    return tuple(sorted(united, key=lambda c: (order[c.transcript], c.span, c.code)))


def _unite(
    snapshot: Snapshot, codings: Sequence[Coding], ids_to_keep: Sequence[frozenset[str]]
) -> Coding:
    """Return codings as one; it has the id of the one about which most was decided."""
    # What is left out of print, or chosen for it, is kept by the id of a coding.
    first = min(codings, key=lambda coding: [coding.id not in ids for ids in ids_to_keep])
    span = Span(min(c.span.start for c in codings), max(c.span.end for c in codings))
    quote = span.of(snapshot.texts[first.transcript].text)
    memo = " | ".join(dict.fromkeys(c.memo for c in codings if c.memo))
    return replace(first, span=span, quote=quote, coder=UNION, memo=memo)


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
            "Transcript '{transcript}' was coded by {coders} and has no consensus yet. "
            "Resolve its disagreements (qualcode adjudicate), or choose whose codings count: "
            "those of all coders together (--layer union), or of one coder ({coders_2}).",
            transcript=transcript,
            coders=tuple(coders),
            coders_2=", ".join(f"--layer {shell_word(name)}" for name in coders),
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


def refuse_hidden(project: Project, coder: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of codings; raise where an open blind round hides one of them."""
    keys = tuple(ids)
    with project.snapshot() as snapshot:
        # Only then: without a blind round every id may be seen, and unknown ones are told of.
        if snapshot.hiding_rounds:
            visible = {coding.id for coding in snapshot.codings}
            for key in keys:
                if key not in visible:
                    viewer = Message("what {viewer} may see", viewer=coder or "you")
                    raise unknown_name("coding", key, (), viewer)
    return keys
