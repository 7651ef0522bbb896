"""What may be printed of a framework matrix: a row of a small group is a portrait of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from qualcode.model import Coding
from qualcode.model.framework import (
    CellSummary,
    FrameworkCell,
    FrameworkGrid,
    FrameworkRow,
    SummarySentence,
)
from qualcode.quotes.disclosure import stable_id
from qualcode.quotes.disclosure_decisions import Measures
from qualcode.quotes.memo_redaction import OMITTED, LeftOutPassages


def group_risk(group: str) -> str:
    """Return the id of the risk that somebody of a small group is recognised by a row."""
    return stable_id("framework", group)


def small_groups(rows: Sequence[FrameworkRow], measures: Measures) -> tuple[str, ...]:
    """Return the groups of too few rows to be printed, without those somebody decided on."""
    return tuple(
        group
        for group, size in Counter(row.group for row in rows).items()
        if size < measures.threshold and group_risk(group) not in measures.confirmed
    )


def print_framework(
    grid: FrameworkGrid, measures: Measures, codings: Sequence[Coding]
) -> FrameworkGrid:
    """Return a matrix as it may be given to others.

    Args:
        grid: The matrix.
        measures: What is held back.
        codings: All codings of the project.
    """
    withheld = small_groups(grid.rows, measures)
    passages = LeftOutPassages(codings, measures.left_out)
    rows = (
        replace(row, cells=tuple(_printed(cell, passages) for cell in row.cells))
        for row in grid.rows
        if row.group not in withheld
    )
    return replace(grid, rows=tuple(rows), withheld=withheld, threshold=measures.threshold)


def _printed(cell: FrameworkCell, passages: LeftOutPassages) -> FrameworkCell:
    summary = cell.summary and _printed_summary(cell.summary, passages)
    # Ids lead to passages, and what each author wrote on their own is not for others.
    shown = ("",) if cell.codings else ()
    return replace(
        cell,
        codings=shown,
        summary=summary,
        others=(),
        changes=(),
        unsupported=(),
        unmentioned=(),
    )


def _printed_summary(summary: CellSummary, passages: LeftOutPassages) -> CellSummary:
    sentences = print_sentences(summary, passages)
    return replace(summary, sentences=sentences, by="", basis=type(summary.basis)(), id="")


def print_sentences(
    summary: CellSummary, passages: LeftOutPassages, keep: Collection[str] = ()
) -> tuple[SummarySentence, ...]:
    """Return the sentences of a summary without what is left out of print.

    Args:
        summary: The summary.
        passages: What is left out.
        keep: Ids of codings that a sentence may still name; none by default.
    """
    sentences: list[SummarySentence] = []
    for sentence in summary.sentences:
        is_left_out = bool(passages.ids.intersection(sentence.codings))
        text = OMITTED if is_left_out else passages.redact(sentence.text)
        # Two omissions after one another say no more than one.
        if text != OMITTED or not sentences or sentences[-1].text != OMITTED:
            named = () if is_left_out else (key for key in sentence.codings if key in keep)
            sentences.append(SummarySentence(text, tuple(named)))
    return tuple(sentences)
