"""The chapter on all cases: who they are, matrices, saturation, types, coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from qualcode.exporting.document.blocks import Block, Bullets, Heading, Paragraph, note
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.analysis_tables import (
    changes_table,
    coverage_table,
    cross_table,
    findings_table,
    questions_table,
)
from qualcode.exporting.reports.reach import group_name
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AttributeCount,
    CodeCount,
    Coverage,
    CrossTable,
    SampleCount,
    Saturation,
    ThemeReport,
    TypeGroup,
    Typology,
    WaveChange,
    WordsCoverage,
)

WIDEST_ON_PAPER = 8
"""Columns of a table that fit on a page."""
MOST_NAMES = 25
"""Names of people that a reader takes in; of more the number is printed, and xlsx has them all."""
_MOST_OF_A_TYPE = 5
_FEWEST_TO_COMPARE = 2


def analysis_blocks(report: ThemeReport, words: Wording, widest: int) -> Iterator[Block]:
    """Yield the chapter on all cases; nothing where there is nothing to report.

    Args:
        report: The report.
        words: Of the language.
        widest: Number of columns that fit.
    """
    blocks = [
        *_sample(report, words),
        *_matrices(report.tables, words, widest),
        *_changes(report.changes, words),
        *_saturation(report.saturation, report.coverage, words),
        *(_typology(report.typology, words) if report.typology else ()),
        *_assigned(report.types, words),
        *_coverage(report, words),
    ]
    if blocks:
        yield Heading(1, Message("The whole study"))
        yield from blocks


def count_people(count: int) -> Message:
    """Return "1 respondent" or "3 respondents"."""
    return Message.counted("{count} respondent", "{count} respondents", count)


def undefined_note(reason: str) -> Paragraph:
    """Return why something cannot be computed."""
    return note(Message("Undefined: {reason}.", reason=reason))


# Who the cases are


def _sample(report: ThemeReport, words: Wording) -> Iterator[Block]:
    if not report.sample:
        return
    title = Message("The respondents")
    yield Heading(2, title)
    yield note(
        Message(
            "Values of fewer than {n} cases are put together under ‘other’.",
            n=report.sample_threshold,
        )
    )
    # An attribute is named on its first row only.
    first_rows = {count.attribute: count for count in reversed(report.sample)}
    columns: tuple[Column[SampleCount], ...] = (
        Column(
            "attribute",
            heading("attribute"),
            lambda row: words.attribute(row.attribute) if first_rows[row.attribute] is row else "",
        ),
        Column("value", heading("value"), lambda row: _sample_value(row, words)),
        Column("cases_of", heading("cases"), lambda row: row.cases, Kind.COUNT),
    )
    yield Table(title, columns, report.sample)


def _sample_value(count: SampleCount, words: Wording) -> str:
    if count.numbers is not None:
        numbers = count.numbers
        return Message(
            "mean {mean}, from {lowest} to {highest}",
            mean=words.number(numbers.mean, 1),
            lowest=words.number(numbers.lowest, 0),
            highest=words.number(numbers.highest, 0),
        )
    if count.value is None:
        return Message("not told")
    return words.value(count.attribute, count.value) if count.value else Message("other")


# Matrices


def _matrices(tables: Sequence[CrossTable], words: Wording, widest: int) -> Iterator[Block]:
    """Yield the matrices that fit, without the attributes of each case."""
    too_wide = []
    for table in tables:
        # Who the cases are is in the sample: a row per case would make them recognisable.
        if table.name == "case_by_attribute" or len(table.columns) < _FEWEST_TO_COMPARE:
            continue
        matrix = cross_table(table, words)
        if len(matrix.columns) > widest:
            too_wide.append(words(matrix.name))
            continue
        yield Heading(2, matrix.name)
        yield note(_matrix_note(table.counts))
        # Paths of codes are for programs: people have the labels.
        yield replace(matrix, columns=matrix.columns[1:], caption="")
    if too_wide:
        yield note(
            Message(
                "Too wide for this page, but in the xlsx and html files: {names}.",
                names=", ".join(too_wide),
            )
        )


def _matrix_note(counts: str) -> Message:
    if counts == "cases":
        return Message("Per group the number of cases with the code; – where it was not asked.")
    return Message("Per case the number of codings; – where it was not asked.")


# Waves


def _changes(changes: Sequence[WaveChange], words: Wording) -> Iterator[Block]:
    if not changes:
        return
    yield Heading(2, Message("Change between waves"))
    yield note(
        Message(
            "Of the respondents who took part in both waves and were asked: how many have the "
            "code at both, at one only, or at neither."
        )
    )
    # Paths of codes are for programs: people have the labels.
    yield changes_table(changes, words).drop("code")


# Saturation


def _saturation(
    saturations: Sequence[Saturation], coverage: Coverage | None, words: Wording
) -> Iterator[Block]:
    """Yield where saturation was reached, and once in words where that cannot be computed."""
    if not saturations:
        return
    sources = [row.transcript for row in coverage.transcripts] if coverage else []
    excluded = [name for name in sources if name not in saturations[0].interviews]
    yield Heading(2, Message("Saturation"))
    defined = [
        replace(saturation, findings=tuple(f for f in findings if not f.undefined_because))
        for saturation in saturations
        for findings in [saturation.findings]
    ]
    if any(saturation.findings for saturation in defined):
        yield note(_saturation_note(defined[0].base_size))
        yield findings_table(defined, words).drop("reached_after", "reason")
    yield from _undefined_saturation(saturations, words)
    whole = saturations[0]
    if excluded:
        yield note(
            Message(
                "Not counted here, because nobody is interviewed in them: {names}.",
                names=", ".join(excluded),
            )
        )
    if len(whole.interviews) > 1:
        counts = zip(whole.interviews, whole.new_codes, strict=True)
        yield Paragraph(
            Message(
                "New codes per interview ({group}): {counts}.",
                group=group_name(whole.group, words),
                counts=", ".join(f"{name} {new}" for name, new in counts),
            )
        )


def _saturation_note(base: int) -> Message:
    return Message(
        "After a base of {base} interviews it is counted how many codes are new in a run of "
        "the next interviews (length), as a share of the codes in the base. Saturated is where "
        "that share is not above the threshold: 6+2 means after six interviews, confirmed by "
        "two. Random orders: the same count with the interviews shuffled; median and 90% of "
        "the outcomes (Guest, Namey and Chen 2020).",
        base=base,
    )


def _undefined_saturation(saturations: Sequence[Saturation], words: Wording) -> Iterator[Block]:
    """Yield why saturation does not exist: once for all cases, else for each group."""
    for saturation in saturations:
        reasons = [finding.undefined_because for finding in saturation.findings]
        if reasons and all(reasons):
            reason = words.reason(reasons[0])
            if not saturation.group:
                yield undefined_note(reason)
                return
            group = group_name(saturation.group, words)
            yield note(Message("Undefined for {group}: {reason}.", group=group, reason=reason))


# Types of cases


def _typology(typology: Typology, words: Wording) -> Iterator[Block]:
    yield Heading(2, Message("Typology"))
    if typology.undefined_because:
        yield undefined_note(words.reason(typology.undefined_because))
        return
    yield note(
        Message(
            "Cases compared on their codes ({measure}, average linkage): an aid to name types, "
            "not a finding.",
            measure=typology.measure.capitalize(),
        )
    )
    yield from _types(typology.groups, words)


def _assigned(types: Sequence[TypeGroup], words: Wording) -> Iterator[Block]:
    if types:
        yield Heading(2, Message("Assigned types"))
        yield from _types(types, words)


def _types(groups: Sequence[TypeGroup], words: Wording) -> Iterator[Block]:
    """Yield the members of each type, and what sets it most apart; xlsx has everything."""
    for group in groups:
        if group.withheld:
            continue
        members = (
            count_people(len(group.cases))
            if len(group.cases) > MOST_NAMES
            else ", ".join(group.cases)
        )
        yield Heading(3, Message("Type {name}: {members}", name=group.name, members=members))
        codes = (
            _type_count(words.of(code.label) or code.code, code)
            for code in islice(group.codes, _MOST_OF_A_TYPE)
        )
        attributes = (
            _type_count(
                f"{words.attribute(count.attribute)} {words.value(count.attribute, count.value)}",
                count,
            )
            for count in islice(group.attributes, _MOST_OF_A_TYPE)
        )
        if group.codes or group.attributes:
            yield Bullets((*codes, *attributes))
        if group.shortened:
            yield note(
                Message("Codes and attributes that too few cases have or lack are left out.")
            )
    withheld = sum(group.withheld for group in groups)
    if withheld:
        types = Message.counted("{count} type", "{count} types", withheld)
        yield note(
            Message(
                "Not shown: {n} of too few cases. What they share would make one of them "
                "recognisable.",
                n=types,
            )
        )


def _type_count(label: str, count: AttributeCount | CodeCount) -> Message:
    if not count.of_outside:
        return Message(
            "{label}: {inside} of {of_inside}",
            label=label,
            inside=count.inside,
            of_inside=count.of_inside,
        )
    return Message(
        "{label}: {inside} of {of_inside}, elsewhere {outside} of {of_outside}",
        label=label,
        inside=count.inside,
        of_inside=count.of_inside,
        outside=count.outside,
        of_outside=count.of_outside,
    )


# Coverage


def _coverage(report: ThemeReport, words: Wording) -> Iterator[Block]:
    if not report.coverage:
        return
    yield Heading(2, Message("Coded words"))
    yield note(Message("Words: what respondents say. Share: how much of it is coded."))
    yield _short_coverage_table(report.coverage)
    if report.coverage.questions:
        yield Heading(2, Message("Questions asked"))
        yield note(
            Message(
                "A question is recognised by its words: if it was asked in other words, it "
                "may be counted under ‘not asked’ here."
            )
        )
        yield questions_table(report.coverage, words)


def _without_crowds(coverage: Coverage) -> tuple[WordsCoverage, ...]:
    """Return the rows; a question that hundreds answered does not name them all."""
    return tuple(
        replace(row, case=count_people(row.case.count(", ") + 1))
        if row.case.count(", ") >= MOST_NAMES
        else row
        for row in coverage.transcripts
    )


def _short_coverage_table(coverage: Coverage) -> Table[WordsCoverage]:
    """Return the coded words, without cases that bear the name of their interview."""
    table = coverage_table(replace(coverage, transcripts=_without_crowds(coverage)))
    if len(coverage.transcripts) <= 1:
        # The sum of one interview is that interview.
        table = replace(table, rows=table.rows[:1])
    if all(row.case in {"", row.transcript} for row in coverage.transcripts):
        return table.drop("case")
    return table
