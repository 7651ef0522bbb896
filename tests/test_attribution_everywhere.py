"""Over 1,000 generated groups, no filter, table or report gives the words of one person to another.

What is known of each character by the generator is compared with what each step makes of it.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from generated_groups import BOOK, Group, groups
from qualcode.model import Coding, OmissionReason, Passage, Quote, QuoteFilter, Role, ThemeSummary
from qualcode.quotes import (
    attribution_risks,
    collect_quotes,
    combination_risks,
    passages_of,
    select_quotes,
)
from qualcode.speech import Speech
from qualcode.suggesting.search import hit_at, hits_where
from qualcode.themes import (
    assess_saturation,
    code_by_attribute,
    compare_cases,
    describe_types,
    summarize_themes,
)

pytestmark = pytest.mark.slow


@settings(max_examples=1000, deadline=None)
@given(groups())
def test_filters_find_the_words_of_those_they_ask_for(group: Group) -> None:
    """``find --where``, ``quotes --case`` and ``quotes --group``."""
    transcripts, parts = (group.transcript,), (group.codings, BOOK, (group.transcript,))
    sections = collect_quotes(*parts, group.cases)
    hits = {
        coding.id: hit_at(group.transcript, group.transcript.turns[0], coding.span)
        for coding in group.codings
    }
    for case in group.cases:
        said = {coding.id for coding in group.codings if case.name in group.sayers(coding)}
        where = {"sex": case.attributes["sex"]}
        found = hits_where(hits.values(), transcripts, group.cases, where)
        assert {hit.span for hit in found} == {hits[key].span for key in said}
        only = select_quotes(sections, QuoteFilter(case=case.name), BOOK, transcripts, group.cases)
        assert {quote.coding for section in only for quote in section.quotes} == said
    for name in {case.attributes["group"] for case in group.cases}:
        members = {case.name for case in group.cases if case.attributes["group"] == name}
        only = select_quotes(sections, QuoteFilter(group=name), BOOK, transcripts, group.cases)
        for quote in (quote for section in only for quote in section.quotes):
            sayers = group.sayers(_coding(group, quote.coding))
            # Words of nobody known are of a group only if all who take part are.
            assert sayers & members or (not sayers and len(members) == len(group.cases))


@settings(max_examples=1000, deadline=None)
@given(groups())
def test_counts_are_of_those_who_say_it(group: Group) -> None:
    """The matrices, saturation by group, the typology and the types of cases."""
    parts = (group.codings, BOOK, (group.transcript,), group.cases)
    sayers = {
        code: {name for c in group.codings if c.code == code for name in group.sayers(c)}
        for code in ("a", "b")
    }
    by_sex = code_by_attribute(*parts, attribute="sex")
    by_group = code_by_attribute(*parts, attribute="group")
    for code, people in sayers.items():
        cells = dict(zip(by_sex.columns, by_sex.cells[by_sex.rows.index(code)], strict=True))
        for case in group.cases:
            assert cells[case.attributes["sex"]].count == (case.name in people)
        cells = dict(zip(by_group.columns, by_group.cells[by_group.rows.index(code)], strict=True))
        for name, cell in cells.items():
            members = {case.name for case in group.cases if case.attributes["group"] == name}
            assert cell.count == len(people & members)
    for saturation in assess_saturation(*parts, orders=1):
        if saturation.group:
            members = {c.name for c in group.cases if c.attributes["group"] == saturation.group}
            known = {code for code, people in sayers.items() if people & members}
            unknown = _codes_of_nobody(group) if len(members) == len(group.cases) else set()
            assert len(known) <= sum(saturation.new_codes) <= len(known | unknown)
    typology = compare_cases(*parts)
    assert {*typology.cases} == set().union(*sayers.values())
    for kind in (*typology.groups, *describe_types(*parts, attribute="sex")):
        for count in kind.codes:
            assert count.inside == len(sayers[count.code] & {*kind.cases})


@settings(max_examples=1000, deadline=None)
@given(groups())
def test_passages_and_risks_are_of_those_who_say_it(group: Group) -> None:
    """The passages of themes, the cases without a code, and the check of disclosure."""
    parts = (group.codings, BOOK, (group.transcript,), group.cases)
    themes = summarize_themes(*parts)
    sections = collect_quotes(*parts)
    for passage in (p for theme in themes for p in _passages(theme)):
        assert {*filter(None, passage.case.split(", "))} == group.sayers(
            _coding(group, passage.coding)
        )
    for quote in (quote for section in sections for quote in section.quotes):
        assert {*quote.cases} == group.sayers(_coding(group, quote.coding))
        assert _lines_are_right(group, quote)
    for theme in themes:
        for deviant in theme.deviant_cases:
            own = {c.id for c in group.codings if deviant.case in group.sayers(c)}
            assert {*deviant.codings} <= own
    # Everybody has a sex of their own here: each who is quoted, and nobody else, is at risk.
    quoted = set().union(*(group.sayers(coding) for coding in group.codings))
    risks = attribution_risks(passages_of(sections), group.cases, attribution="{sex}")
    assert {risk.where.removeprefix("case ") for risk in risks} == quoted
    combined = combination_risks(group.cases, named=quoted)
    assert {name for risk in combined for name in _names(risk.where)} <= quoted


@settings(max_examples=1000, deadline=None)
@given(groups())
def test_what_counts_for_nobody_is_counted_with_the_reason(group: Group) -> None:
    speech = Speech((group.transcript,), group.cases)
    roles = {speaker.label: speaker.role for speaker in group.transcript.speakers}
    for coding in group.codings:
        labels = {*group.speakers[coding.span.start : coding.span.end]} - {""}
        counted = {label for label in labels if roles[label] is Role.RESPONDENT}
        counted |= {label for label in labels if label in group.case_by_label}
        reason = speech.omission_of(coding)
        if labels and not counted:
            is_question = any(roles[label] is Role.INTERVIEWER for label in labels)
            wanted = OmissionReason.INTERVIEWER if is_question else OmissionReason.OTHER
            assert reason is wanted
        elif labels:
            is_known = counted <= {*group.case_by_label}
            assert reason is (None if is_known else OmissionReason.UNKNOWN)
        assert speech.is_attributable(coding) == (
            reason in {None, OmissionReason.INTERVIEWER, OmissionReason.OTHER}
        )


def _coding(group: Group, key: str) -> Coding:
    return next(coding for coding in group.codings if coding.id == key)


def _codes_of_nobody(group: Group) -> set[str]:
    return {coding.code for coding in group.codings if not group.sayers(coding)}


def _passages(theme: ThemeSummary) -> list[Passage]:
    codes = [p for code in theme.codes for p in (*code.representative, *code.deviant)]
    return [*theme.representative, *codes]


def _lines_are_right(group: Group, quote: Quote) -> bool:
    """Tell whether each line of a dialogue is by a speaker whose characters lie in the passage."""
    labels = {*group.speakers[quote.span.start : quote.span.end]} - {""}
    names = {group.case_by_label.get(label, label) for label in labels}
    return all(line.is_interviewer or line.speaker in names for line in quote.lines)


def _names(where: str) -> set[str]:
    return {*where.removeprefix("case ").split(", ")}
