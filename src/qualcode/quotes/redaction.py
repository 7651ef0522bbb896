"""A theme report as it may be given to others: small counts hidden, small types left out.

What concerns single passages and cases was decided before the report was made (``measures``).
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
    """Return the report without the types that fewer than ``threshold`` cases make up.

    A type says which codes and attributes go together: of one person that is a portrait. Where
    fewer cases are outside a type, what is common outside it goes too.
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
    if all(one.of_outside >= threshold for one in group.attributes):
        return group
    codes = (replace(code, outside=0, of_outside=0) for code in group.codes)
    return replace(group, codes=tuple(codes), attributes=())


def with_hidden_counts(report: ThemeReport, threshold: int) -> ThemeReport:
    """Return the report with counts of fewer than ``threshold`` cases hidden, everywhere.

    The table of codes by case goes: its columns would add up to what is hidden.
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
    shown = {code.code: code.reaches for code in codes}
    return replace(
        theme,
        reaches=reaches,
        in_words=hide_words(reaches, theme.in_words, threshold),
        codes=codes,
        contrasts=_contrasts(theme.contrasts, shown),
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
    codings = () if hidden else part.codings
    return replace(part, reaches=reaches, in_words=in_words, codings=codings)


def _contrasts(
    contrasts: Sequence[Contrast], shown: Mapping[str, Sequence[Reach]]
) -> tuple[Contrast, ...]:
    """Return contrasts with the reaches as they are shown with their codes."""
    return tuple(
        _contrast(one, {reach.group: reach for reach in shown[one.code]}) for one in contrasts
    )


def _contrast(one: Contrast, shown: Mapping[str, Reach]) -> Contrast:
    first, second = shown[one.first.group], shown[one.second.group]
    if not (first.hidden or second.hidden):
        return one
    words = LocalText({"nl": "aantallen te klein om te tonen", "en": _TOO_SMALL})
    return Contrast(
        one.code, one.label, first, second, None, None, one.too_few_cases, words, _TOO_SMALL
    )
