"""Redacts a theme report for others: hides small counts and leaves out small types.

Decisions on single passages and cases (``disclosure_decisions``) are applied earlier, when the
report is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.model import (
    AttributeReach,
    CodeSummary,
    Contrast,
    LocalText,
    Reach,
    ThemeReport,
    ThemeSummary,
    TypeGroup,
)
from qualcode.quotes.cell_suppression import hide_cells, hide_reaches, hide_words

_TOO_SMALL = "counts too small to show"


def without_small_types(report: ThemeReport, threshold: int) -> ThemeReport:
    """Return the report without types of fewer than ``threshold`` cases.

    A type lists codes and attributes that go together: for one person that is a portrait. If
    fewer cases are outside a type, the counts outside it are left out too.
    """
    typology = report.typology
    if typology:
        groups = tuple(_type(group, threshold) for group in typology.groups)
        typology = replace(typology, groups=groups)
    types = tuple(_type(group, threshold) for group in report.types)
    return replace(report, types=types, typology=typology)


def _type(group: TypeGroup, threshold: int) -> TypeGroup:
    if len(group.cases) < threshold:
        return TypeGroup(group.name, (), withheld=True)
    if all(attribute.of_outside >= threshold for attribute in group.attributes):
        return group
    codes = (replace(code, outside=0, of_outside=0) for code in group.codes)
    return replace(group, codes=tuple(codes), attributes=())


def with_hidden_counts(report: ThemeReport, threshold: int) -> ThemeReport:
    """Return the report with all counts of fewer than ``threshold`` cases hidden.

    The table of codes by case is dropped: its columns would add up to the hidden counts.
    """
    return replace(
        report,
        themes=tuple(_theme(theme, threshold) for theme in report.themes),
        tables=tuple(
            hide_cells(table, threshold) for table in report.tables if table.name != "code_by_case"
        ),
    )


def _theme(theme: ThemeSummary, threshold: int) -> ThemeSummary:
    reaches = hide_reaches(theme.reaches, threshold)
    codes = tuple(_code(code, threshold) for code in theme.codes)
    reaches_by_code = {code.code: code.reaches for code in codes}
    return replace(
        theme,
        reaches=reaches,
        in_words=hide_words(reaches, theme.in_words, threshold),
        codes=codes,
        contrasts=_contrasts(theme.contrasts, reaches_by_code),
        by_attribute=tuple(_attribute(part, threshold) for part in theme.by_attribute),
    )


def _code(code: CodeSummary, threshold: int) -> CodeSummary:
    reaches = hide_reaches(code.reaches, threshold)
    return replace(
        code,
        reaches=reaches,
        in_words=hide_words(reaches, code.in_words, threshold),
        contrasts=_contrasts(code.contrasts, {code.code: reaches}),
    )


def _attribute(part: AttributeReach, threshold: int) -> AttributeReach:
    reaches = hide_reaches(part.reaches, threshold)
    in_words = hide_words(reaches, part.in_words, threshold)
    hidden = any(reach.hidden for reach in reaches)
    # The number of codings would show how many cases there are at the least.
    codings = () if hidden else part.codings
    return replace(part, reaches=reaches, in_words=in_words, codings=codings)


def _contrasts(
    contrasts: Sequence[Contrast], reaches_by_code: Mapping[str, Sequence[Reach]]
) -> tuple[Contrast, ...]:
    """Return contrasts with the reaches that are printed with their codes."""
    return tuple(
        _contrast(contrast, {reach.group: reach for reach in reaches_by_code[contrast.code]})
        for contrast in contrasts
    )


def _contrast(contrast: Contrast, reach_by_group: Mapping[str, Reach]) -> Contrast:
    first, second = reach_by_group[contrast.first.group], reach_by_group[contrast.second.group]
    if not (first.hidden or second.hidden):
        return contrast
    # The difference and its interval would reveal the hidden counts.
    words = LocalText({"nl": "aantallen te klein om te tonen", "en": _TOO_SMALL})
    return Contrast(
        contrast.code,
        contrast.label,
        first,
        second,
        None,
        None,
        contrast.too_few_cases,
        words,
        _TOO_SMALL,
    )
