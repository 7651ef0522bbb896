"""What is said of the whole study, laid out for reading: respondents, saturation, types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from qualcode.exporting.document.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    ParagraphStyle,
    Table,
)
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.analysis_tables import (
    coverage_table,
    cross_table,
    findings_table,
    questions_table,
)
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.reports.theme_tables import group_title
from qualcode.exporting.words import Words
from qualcode.model import (
    AttributeCount,
    CodeCount,
    Coverage,
    CrossTable,
    Saturation,
    ThemeReport,
    TypeGroup,
    Typology,
)

WIDEST_ON_PAPER = 8
"""Columns of a table that fit on a page."""
_MOST_OF_A_TYPE = 5
_FEWEST_TO_COMPARE = 2


def study_blocks(report: ThemeReport, words: Words, widest: int) -> Iterable[Block]:
    """Give the chapter on the whole study, if there is anything to say of it.

    Args:
        report: The report.
        words: The printed words.
        widest: Number of columns that fit.
    """
    parts = [
        *_sample(report, words),
        *_matrices(report.tables, words, widest),
        *_saturation(report.saturation, words),
        *(_typology(report.typology, words) if report.typology else ()),
        *_assigned(report.types, words),
        *_coverage(report, words),
    ]
    if parts:
        yield Heading(1, words("whole_project"))
        yield from parts


def _note(words: Words, key: str, **values: object) -> Paragraph:
    return Paragraph(words(key, **values), ParagraphStyle.NOTE)


def _sample(report: ThemeReport, words: Words) -> Iterable[Block]:
    if not report.sample:
        return
    yield Heading(2, words("sample"))
    yield _note(words, "about_sample", n=report.sample_threshold)
    names = {"": words("sample_others"), None: words("sample_untold")}
    rows, before = [], ""
    for one in report.sample:
        named = words.value(one.attribute, one.value) if one.value else names[one.value]
        rows.append(
            (words.attribute(one.attribute) if one.attribute != before else "", named, one.cases)
        )
        before = one.attribute
    yield Table(words("sample"), columns(words, "attribute value cases_of"), tuple(rows))


def _matrices(tables: Sequence[CrossTable], words: Words, widest: int) -> Iterable[Block]:
    """Give the matrices that fit; who the cases are is told as a whole, not one by one."""
    wide = []
    for table in tables:
        made = cross_table(table, words)
        if table.name == "case_by_attribute" or len(table.columns) < _FEWEST_TO_COMPARE:
            continue
        if len(made.columns) > widest:
            wide.append(made.name)
            continue
        yield Heading(2, made.name)
        yield _note(words, f"about_{table.counts}")
        # paths of codes are for programs: people have the labels
        yield replace(
            made,
            columns=made.columns[1:],
            rows=tuple(row[1:] for row in made.rows),
            caption="",
        )
    if wide:
        yield _note(words, "too_wide", names=", ".join(wide))


def _saturation(saturations: Sequence[Saturation], words: Words) -> Iterable[Block]:
    """Give where saturation was reached, and once in words where that cannot be told."""
    if not saturations:
        return
    yield Heading(2, words("saturation"))
    known = [
        replace(one, findings=tuple(f for f in one.findings if not f.undefined_because))
        for one in saturations
    ]
    if any(one.findings for one in known):
        yield _note(words, "about_saturation", base=known[0].base_size)
        table = findings_table(known, words)
        kept = [place for place, column in enumerate(table.columns) if column.key in _FINDINGS]
        yield Table(
            table.name,
            tuple(table.columns[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in table.rows),
        )
    yield from _undefined_saturation(saturations, words)
    whole = saturations[0]
    if len(whole.interviews) > 1:
        counts = ", ".join(
            f"{name} {new}" for name, new in zip(whole.interviews, whole.new_codes, strict=True)
        )
        group = group_title(whole.group, words)
        yield Paragraph(words("saturation_curve", group=group, counts=counts))


def _undefined_saturation(saturations: Sequence[Saturation], words: Words) -> Iterable[Block]:
    """Say once why saturation cannot be told: of all, or of each group where it is its own."""
    for one in saturations:
        reasons = [finding.undefined_because for finding in one.findings]
        if reasons and all(reasons):
            reason = said_in(reasons[0] or "", words.language)
            if not one.group:
                yield _note(words, "undefined", reason=reason)
                return
            group = group_title(one.group, words)
            yield _note(words, "saturation_undefined", group=group, reason=reason)


_FINDINGS = frozenset({"group", "run_length", "threshold", "reach", "spread"})


def _typology(typology: Typology, words: Words) -> Iterable[Block]:
    yield Heading(2, words("typology"))
    if typology.undefined_because:
        reason = said_in(typology.undefined_because, words.language)
        yield _note(words, "undefined", reason=reason)
        return
    yield _note(words, "measure", measure=typology.measure.capitalize())
    yield from _types(typology.groups, words)


def _assigned(types: Sequence[TypeGroup], words: Words) -> Iterable[Block]:
    if types:
        yield Heading(2, words("types"))
        yield from _types(types, words)


def _types(groups: Sequence[TypeGroup], words: Words) -> Iterable[Block]:
    """Give the members of each type, and the first of what sets it apart; xlsx has all."""
    for group in groups:
        if group.withheld:
            continue
        yield Heading(3, words("type_members", name=group.name, members=", ".join(group.cases)))
        codes = ((words.of(code.label) or code.code, code) for code in group.codes)
        values = (
            (f"{words.attribute(one.attribute)} {words.value(one.attribute, one.value)}", one)
            for one in group.attributes
        )
        told: list[tuple[str, AttributeCount | CodeCount]] = [
            *islice(codes, _MOST_OF_A_TYPE),
            *islice(values, _MOST_OF_A_TYPE),
        ]
        yield Bullets(tuple(_counted(label, one, words) for label, one in told))
    withheld = sum(group.withheld for group in groups)
    if withheld:
        yield _note(words, "types_withheld", n=words.count("type", withheld))


def _counted(label: str, one: AttributeCount | CodeCount, words: Words) -> str:
    return words(
        "contrasting" if one.of_outside else "inside_only",
        label=label,
        inside=one.inside,
        of_inside=one.of_inside,
        outside=one.outside,
        of_outside=one.of_outside,
    )


def _coverage_table(coverage: Coverage, words: Words) -> Table:
    """Return the coded words, naming each interview once and adding up where there are several."""
    table = coverage_table(coverage, words)
    rows = table.rows if len(coverage.transcripts) > 1 else table.rows[:1]
    if all(one.case in {"", one.transcript} for one in coverage.transcripts):
        rows = tuple((row[0], *row[2:]) for row in rows)
        return replace(table, columns=(table.columns[0], *table.columns[2:]), rows=rows)
    return replace(table, rows=rows)


def _coverage(report: ThemeReport, words: Words) -> Iterable[Block]:
    if not report.coverage:
        return
    yield Heading(2, words("coverage_words"))
    yield _note(words, "about_coverage")
    yield _coverage_table(report.coverage, words)
    if report.coverage.questions:
        yield Heading(2, words("coverage_questions"))
        yield _note(words, "about_questions")
        yield questions_table(report.coverage, words)
