"""Whose habit a difference is, in a report of agreement: use by coder, and accuracy by a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Block, Heading, note
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.coefficients import figure_text
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementStudy
from qualcode.model.agreement_habits import (
    ACCURACY_NOTE,
    HABITS_NOTE,
    CoderAccuracy,
    CoderHabit,
)

HABITS = Message("Who gives which code more often")
ACCURACY = Message("How well each coder sees a code, by a model")


def habit_blocks(study: AgreementStudy, words: Wording, labels: Labels) -> Iterator[Block]:
    """Yield use by coder, and accuracy by the model of teams of four or more."""
    # the workbook has the codes that nobody gave more often, too
    differing = tuple(habit for habit in study.habits if habit.difference.value)
    if differing:
        yield Heading(2, HABITS)
        yield note(HABITS_NOTE)
        yield habits_table(differing, words, labels)
    if study.accuracy:
        yield Heading(2, ACCURACY)
        yield note(ACCURACY_NOTE)
        yield accuracy_table(study, labels)


def habits_table(habits: Sequence[CoderHabit], words: Wording, labels: Labels) -> Table[CoderHabit]:
    """Return how often each coder gives each code; the clearest differences first."""
    columns: tuple[Column[CoderHabit], ...] = (
        Column("code", heading("code"), lambda row: labels(row.code)),
        Column("coder", heading("coder"), lambda row: row.coder),
        Column("units", heading("units"), lambda row: row.units, Kind.COUNT),
        Column("others", heading("others"), lambda row: _mean(row.others, words)),
        Column(
            "difference",
            heading("difference (95%)"),
            lambda row: figure_text(row.difference, words, separator=" "),
        ),
        Column("reading", heading("reading"), lambda row: words(row.reading)),
    )
    return Table(HABITS, columns, tuple(habits))


def _mean(others: float, words: Wording) -> str:
    """Return a mean number of units; of one other coder it is whole."""
    return words.number(others, 0 if others == int(others) else 1)


def accuracy_table(study: AgreementStudy, labels: Labels) -> Table[CoderAccuracy]:
    """Return how well each coder sees each code by the model."""
    columns: tuple[Column[CoderAccuracy], ...] = (
        Column("code", heading("code"), lambda row: labels(row.code)),
        Column("coder", heading("coder"), lambda row: row.coder),
        Column("prevalence", heading("has the code"), lambda row: row.prevalence, Kind.SHARE),
        Column("sensitivity", heading("seen"), lambda row: row.sensitivity, Kind.SHARE),
        Column("specificity", heading("left alone"), lambda row: row.specificity, Kind.SHARE),
    )
    return Table(ACCURACY, columns, study.accuracy)
