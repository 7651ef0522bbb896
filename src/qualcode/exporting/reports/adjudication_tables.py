"""How differences between coders were settled, in a report of agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Block, Heading, Paragraph
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.coefficients import figure_column
from qualcode.exporting.reports.methods_section import reason_name
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementStudy, Coefficient
from qualcode.model.adjudication_summary import AdjudicationSummary, ReasonCount
from qualcode.model.codebook import CodeChange

_BEFORE_AND_AFTER = ("pooled_kappa", "stacked_kappa", "macro_mean_fleiss", "alpha_masi")
"""Figures over all codes that show how far the coders were from what was agreed."""


def settling_blocks(study: AgreementStudy, words: Wording, labels: Labels) -> Iterator[Block]:
    """Yield how the differences were settled, and what it came to."""
    settling = study.settling
    if settling is None:
        return
    yield Heading(2, Message("How the disagreements were resolved"))
    yield Paragraph(_lead(settling))
    yield before_and_after(settling, words)
    yield reasons_table(settling, labels)
    if settling.must_change:
        yield Paragraph(
            Message(
                "By decision the codebook must change at: {codes}.",
                codes=labels.listed(settling.must_change),
            )
        )
    if settling.changed:
        yield _changes_table(settling, labels)


def _lead(settling: AdjudicationSummary) -> Message:
    time = Message("unknown (from a table)")
    if settling.seconds is not None:
        # "0 minutes" would read as no time at all.
        minutes = max(1, round(settling.seconds / 60))
        time = Message.counted("{count} minute", "{count} minutes", minutes)
    return Message.counted(
        "{count} decision, {open} still open, {revised} revised; time: {time}.",
        "{count} decisions, {open} still open, {revised} revised; time: {time}.",
        settling.decided,
        open=settling.open,
        revised=settling.revised,
        time=time,
    )


class _Side(NamedTuple):
    """Who was compared, and the figures of that comparison."""

    who: Message
    figures: Sequence[Coefficient]


def before_and_after(settling: AdjudicationSummary, words: Wording) -> Table[_Side]:
    """Return agreement before, and of each coder with the consensus."""
    before = Message("before: {coders}", coders=settling.coders)
    sides = [_Side(before, settling.before)]
    for comparison in settling.against:
        after = Message("after: {coder} and the consensus", coder=comparison.coder)
        sides.append(_Side(after, comparison.figures))
    names = {figure.name for side in sides for figure in side.figures}
    columns: tuple[Column[_Side], ...] = (
        Column("who", heading("who"), lambda side: side.who),
        *(
            figure_column(name, words, lambda side: side.figures)
            for name in _BEFORE_AND_AFTER
            if name in names
        ),
    )
    title = Message("Before and after")
    return Table(title, columns, tuple(sides), caption=title)


def reasons_table(settling: AdjudicationSummary, labels: Labels) -> Table[ReasonCount]:
    """Return how often each reason was given, and on which codes."""
    columns: tuple[Column[ReasonCount], ...] = (
        Column("reason", heading("reason"), lambda row: reason_name(row.reason)),
        Column("count", heading("number"), lambda row: row.count, Kind.COUNT),
        Column("codes", heading("codes"), lambda row: labels.listed(row.codes[:5])),
    )
    return Table(Message("Settling"), columns, settling.reasons)


def _changes_table(settling: AdjudicationSummary, labels: Labels) -> Table[CodeChange]:
    columns: tuple[Column[CodeChange], ...] = (
        Column("code", heading("code"), lambda change: labels(change.path)),
        Column("field", heading("field"), lambda change: change.field_name or change.what),
        Column("old", heading("was"), lambda change: change.before, Kind.LONG),
        Column("new", heading("is"), lambda change: change.after, Kind.LONG),
    )
    title = Message("Changes to the codebook because of it")
    return Table(title, columns, settling.changed, caption=title)
