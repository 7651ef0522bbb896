"""The differences between coders in a report of agreement: passages, memos, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.document.typography import between_quotes
from qualcode.exporting.reports.methods_section import reason_name
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AgreementStudy,
    Choice,
    Coding,
    Decision,
    Disagreement,
    DisagreementKind,
)

_LONGEST = 110
"""As many characters of a passage are printed in a list of differences."""

_KINDS: Mapping[DisagreementKind, Message] = MappingProxyType(
    {
        DisagreementKind.MISSED: Message.within("difference", "missed"),
        DisagreementKind.OTHER_CODE: Message.within("difference", "other code"),
        DisagreementKind.BOUNDARY: Message.within("difference", "boundary"),
    }
)
_CHOICES: Mapping[Choice, Message] = MappingProxyType(
    {
        Choice.TAKE_A: Message.within("decision", "A"),
        Choice.TAKE_B: Message.within("decision", "B"),
        Choice.BOTH: Message.within("decision", "both"),
        Choice.NEITHER: Message.within("decision", "neither"),
        Choice.NEW: Message.within("decision", "new"),
    }
)


class _Difference(NamedTuple):
    """A difference, and what was decided on it."""

    difference: Disagreement
    decision: Decision | None


def _differences(study: AgreementStudy) -> tuple[_Difference, ...]:
    decisions = {decision.disagreement: decision for decision in study.decisions}
    return tuple(_Difference(d, decisions.get(d.id)) for d in study.disagreements)


# For reading


def differences_table(study: AgreementStudy, words: Wording, labels: Labels) -> Table[_Difference]:
    """Return every difference with both passages, shortened, and what was decided."""
    team = not study.report.is_pair
    columns: tuple[Column[_Difference], ...] = (
        Column("transcript", heading("transcript"), lambda row: row.difference.transcript),
        Column("code", heading("code"), lambda row: _codes(row.difference, labels)),
        Column("kind", heading("kind"), lambda row: _kind(row.difference, words)),
        Column(
            "quotes_a",
            heading("A's passage"),
            lambda row: _side(row.difference.coder_a, row.difference.codings_a, words, team=team),
            Kind.LONG,
        ),
        Column(
            "quotes_b",
            heading("B's passage"),
            lambda row: _side(row.difference.coder_b, row.difference.codings_b, words, team=team),
            Kind.LONG,
        ),
        Column("decision", heading("decision"), lambda row: _decided(row.decision, words)),
    )
    return Table(Message("Differences"), columns, _differences(study))


MOST_EXAMPLES = 10
"""As many passages of the pair of codes to sharpen first are printed."""


def exchanges_table(
    exchanges: Sequence[Disagreement], words: Wording, labels: Labels
) -> Table[Disagreement]:
    """Return passages to which two coders gave different codes: each with the code of each."""

    def side(code: str, codings: Sequence[Coding]) -> str:
        return "\n".join((labels(code), *(_shortened(coding, words) for coding in codings)))

    columns: tuple[Column[Disagreement], ...] = (
        Column("transcript", heading("transcript"), lambda row: row.transcript),
        Column("a", heading("A's passage"), lambda row: side(row.code, row.codings_a), Kind.LONG),
        Column(
            "b", heading("B's passage"), lambda row: side(row.other_code, row.codings_b), Kind.LONG
        ),
    )
    return Table(Message("Passages of this pair"), columns, tuple(exchanges))


def _codes(difference: Disagreement, labels: Labels) -> str:
    codes = (difference.code, difference.other_code)
    return "\n".join(labels(code) for code in codes if code)


def _kind(difference: Disagreement, words: Wording) -> str:
    kind = words(_KINDS[difference.kind])
    boundary = difference.kind is DisagreementKind.BOUNDARY
    return f"{kind} ({difference.words})" if boundary else kind


def _side(coder: str, codings: Sequence[Coding], words: Wording, *, team: bool) -> str | None:
    """Return the passages of one side; of a team with who they are, as A and B differ by row."""
    passages = "\n".join(_shortened(coding, words) for coding in codings) or None
    return f"{coder}:\n{passages or '–'}" if team else passages


def _shortened(coding: Coding, words: Wording) -> str:
    text = " ".join(coding.quote.split())
    # Cut between words.
    cut = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    memo = f"\n{words(heading('memo'))}: {coding.memo}" if coding.memo else ""
    return between_quotes(cut) + memo


def _decided(decision: Decision | None, words: Wording) -> str | None:
    if decision is None:
        return None
    # A decision holds the reason of the short list and, after a colon, a comment.
    name, _, comment = decision.reason.partition(":")
    reason = words(reason_name(name.strip()))
    reason += f": {comment.strip()}" if comment.strip() else ""
    return "\n".join(part for part in (words(_CHOICES[decision.choice]), reason) if part)


# For working with


def whole_differences_table(study: AgreementStudy) -> Table[_Difference]:
    """Return every difference with passages in full and the memos, for a table to work with."""
    return Table(Message("Differences"), _whole_columns(), _differences(study))


def _whole_columns() -> tuple[Column[_Difference], ...]:
    return (
        Column("transcript", heading("transcript"), lambda row: row.difference.transcript),
        Column("start", heading("start"), lambda row: row.difference.unit.start, Kind.COUNT),
        Column("end", heading("end"), lambda row: row.difference.unit.end, Kind.COUNT),
        Column("code_a", heading("A's code"), lambda row: _code_a(row.difference)),
        Column("code_b", heading("B's code"), lambda row: _code_b(row.difference)),
        Column("kind", heading("kind"), lambda row: _KINDS[row.difference.kind]),
        Column(
            "same_theme",
            heading("same theme"),
            lambda row: Message("yes") if row.difference.same_theme else "",
        ),
        Column("words", heading("words"), lambda row: row.difference.words or None, Kind.COUNT),
        Column("coder_a", heading("A"), lambda row: row.difference.coder_a),
        Column(
            "quotes_a", heading("A's passage"), lambda row: _quotes(row.difference.codings_a), _LONG
        ),
        Column("memos_a", heading("A's memo"), lambda row: _memos(row.difference.codings_a)),
        Column("coder_b", heading("B"), lambda row: row.difference.coder_b),
        Column(
            "quotes_b", heading("B's passage"), lambda row: _quotes(row.difference.codings_b), _LONG
        ),
        Column("memos_b", heading("B's memo"), lambda row: _memos(row.difference.codings_b)),
        Column(
            "decision",
            heading("decision"),
            lambda row: _CHOICES[row.decision.choice] if row.decision else "",
        ),
        Column("reason", heading("reason"), lambda row: _reason(row.decision), _LONG),
    )


_LONG = Kind.LONG


def _code_a(difference: Disagreement) -> str:
    return difference.code if difference.codings_a else ""


def _code_b(difference: Disagreement) -> str:
    return (difference.other_code or difference.code) if difference.codings_b else ""


def _quotes(codings: Sequence[Coding]) -> str:
    return " | ".join(coding.quote for coding in codings)


def _memos(codings: Sequence[Coding]) -> str:
    return " | ".join(coding.memo for coding in codings if coding.memo)


def _reason(decision: Decision | None) -> str:
    return decision.reason if decision else ""
