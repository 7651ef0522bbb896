"""Redacts a theme report for others: hides small counts and leaves out small types.

Decisions on single passages and cases (``disclosure_decisions``) are applied earlier, when the
report is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from qualcode.model import (
    AttributeCount,
    AttributeReach,
    CodeCount,
    CodeSummary,
    Contrast,
    DeviantCase,
    LocalText,
    Reach,
    Saturation,
    ThemeReport,
    ThemeSummary,
    TypeGroup,
)
from qualcode.quotes.cell_suppression import (
    codings_that_tell,
    hide_cells,
    hide_reaches,
    hide_words,
    pairs_of_enough,
)

_ALL_AND_ONE_GROUP = 2
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


def saturation_of_enough(
    saturations: Iterable[Saturation], threshold: int
) -> tuple[Saturation, ...]:
    """Return saturation without groups of fewer interviews than ``threshold``.

    Their line, and the reason why there is none, would count their interviews.
    """
    return tuple(s for s in saturations if not s.group or len(s.interviews) >= threshold)


def _without_small_counts(group: TypeGroup, threshold: int) -> TypeGroup:
    """Return a type without the codes and attributes that too few cases have, or lack."""

    def is_printable(count: AttributeCount | CodeCount) -> bool:
        lacking = (count.of_inside - count.inside, count.of_outside - count.outside)
        parts = (count.inside, count.outside, *lacking)
        return all(part == 0 or part >= threshold for part in parts)

    codes = tuple(filter(is_printable, group.codes))
    attributes = tuple(filter(is_printable, group.attributes))
    shortened = (len(codes), len(attributes)) != (len(group.codes), len(group.attributes))
    return replace(
        group, codes=codes, attributes=attributes, shortened=shortened or group.shortened
    )


def with_hidden_counts(
    report: ThemeReport,
    threshold: int,
    cases_by_coding: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> ThemeReport:
    """Return the report with all counts of fewer than ``threshold`` cases hidden.

    The table of codes by case is dropped: its columns would add up to the hidden counts. So
    are the changes between waves, pairs of codes of too few cases, the names of those who have such
    a code, and saturation of groups of too few interviews.

    Args:
        report: The report.
        threshold: Counts of fewer cases are hidden.
        cases_by_coding: Names of the cases who say part of a coding, by its id; without it no
            pair is known to be of enough cases.
    """
    themes = tuple(_theme(theme, threshold) for theme in report.themes)
    typology = report.typology
    if typology:
        groups = tuple(_without_small_counts(group, threshold) for group in typology.groups)
        typology = replace(typology, groups=groups)
    hidden = {
        path for theme in themes for path, reaches in _reaches(theme).items() if _is_hidden(reaches)
    }
    return replace(
        report,
        # A change of one person is a small count by nature.
        changes=(),
        saturation=saturation_of_enough(report.saturation, threshold),
        typology=typology,
        types=tuple(_without_small_counts(group, threshold) for group in report.types),
        themes=tuple(
            replace(
                theme,
                pairs=pairs_of_enough(theme.pairs, hidden, cases_by_coding, threshold),
                deviant_cases=tuple(_deviant_cases(theme, hidden)),
            )
            for theme in themes
        ),
        tables=tuple(
            hide_cells(table, threshold) for table in report.tables if table.name != "code_by_case"
        ),
    )


def _deviant_cases(theme: ThemeSummary, hidden: Collection[str]) -> Iterator[DeviantCase]:
    """Yield the cases without the commonest code, with no code that could be counted by them."""
    for case in theme.deviant_cases:
        codes = tuple(code for code in case.codes if code not in hidden)
        if case.lacks in hidden or not codes:
            continue
        yield case if codes == case.codes else replace(case, codes=codes, codings=())


def _theme(theme: ThemeSummary, threshold: int) -> ThemeSummary:
    reaches = hide_reaches(theme.reaches, threshold)
    codes = tuple(_code(code, threshold) for code in theme.codes)
    reaches_by_code = {code.code: code.reaches for code in codes}
    hidden = replace(
        theme,
        reaches=reaches,
        in_words=hide_words(reaches, theme.in_words, threshold),
        codes=codes,
        contrasts=_contrasts(theme.contrasts, reaches_by_code),
        by_attribute=tuple(_attribute(part, threshold) for part in theme.by_attribute),
    )
    return _without_remainders(hidden, threshold)


def _reaches(theme: ThemeSummary) -> dict[str, tuple[Reach, ...]]:
    """Return the reaches of a theme and its codes, by path."""
    return {theme.theme: theme.reaches, **{code.code: code.reaches for code in theme.codes}}


def _is_hidden(reaches: Sequence[Reach]) -> bool:
    return any(reach.hidden for reach in reaches)


def _without_remainders(theme: ThemeSummary, threshold: int) -> ThemeSummary:
    """Return a theme without numbers of codings that leave those of a hidden code over."""
    # A number that goes may itself follow from the one above it.
    while (shorter := _without_telling(theme, threshold)) != theme:
        theme = shorter
    rows = _reaches(theme)
    parts = []
    for part in theme.by_attribute:
        reaches = [reach for path in part.codes for reach in rows.get(path, ())]
        groups = {reach.group for reach in reaches if reach.codings is None}
        codings = () if "" in groups else part.codings
        without = _without_codings(part.reaches, groups)
        parts.append(replace(part, reaches=without, codings=codings))
    return replace(theme, by_attribute=tuple(parts))


def _without_telling(theme: ThemeSummary, threshold: int) -> ThemeSummary:
    columns: dict[str, dict[str, int | None]] = {}
    for path, reaches in _reaches(theme).items():
        for reach in reaches:
            columns.setdefault(reach.group, {})[path] = reach.codings
    telling: dict[str, set[str]] = {}
    for group, counts in columns.items():
        for path in codings_that_tell(counts, threshold):
            telling.setdefault(path, set()).add(group)
    codes = (
        replace(code, reaches=_without_codings(code.reaches, telling.get(code.code, ())))
        for code in theme.codes
    )
    reaches = _without_codings(theme.reaches, telling.get(theme.theme, ()))
    return replace(theme, reaches=reaches, codes=tuple(codes))


def _without_codings(reaches: Sequence[Reach], groups: Collection[str]) -> tuple[Reach, ...]:
    """Return reaches without the numbers of codings in some groups, and what gives them away."""
    if not groups:
        return tuple(reaches)
    # The groups add up to all: without one of them, the others and all would leave it over.
    everywhere = "" in groups or len(reaches) <= _ALL_AND_ONE_GROUP
    return tuple(
        replace(reach, codings=None, words_share=None) if everywhere or reach.group else reach
        for reach in reaches
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
    if not any((first.hidden, second.hidden, first.hidden_of, second.hidden_of)):
        return contrast
    # The difference and its interval would reveal the hidden counts, and the size of a group.
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
