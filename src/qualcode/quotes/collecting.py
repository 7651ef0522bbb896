"""Collects the quotes of each code, in the order to print them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.model import (
    GROUP_LABELS,
    Case,
    Code,
    Codebook,
    Coding,
    FrozenMap,
    LocalText,
    Quote,
    QuoteSection,
    Reach,
    Span,
    Transcript,
)
from qualcode.quotes.attribution import ATTRIBUTION, AttributionPattern
from qualcode.quotes.excerpts import check_excerpt

# time marks of f4 and the like, which stand inside what was said
_TIME_MARK = re.compile(r"\s*#\d{1,2}:\d{2}:\d{2}(?:-\d{1,3})?#")


def collect_quotes(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Iterable[Transcript],
    cases: Sequence[Case],
    *,
    chosen: Collection[str] = frozenset(),
    excerpts: Mapping[str, str] | None = None,
    reaches: Mapping[str, tuple[Reach, ...]] | None = None,
    attribution: str = ATTRIBUTION,
    context: int = 0,
    group_labels: Mapping[str, LocalText] = GROUP_LABELS,
    language: str = "nl",
) -> tuple[QuoteSection, ...]:
    """Return the quotes of each code that has codings, in the order of the codebook.

    Within a code: by respondent group, then the chosen ones first, then by transcript and
    position. Two coders' codings of one passage are two quotes. Withdrawn codings are left out.

    Args:
        codings: The codings to quote, in any order.
        codebook: Gives labels and the order of the codes.
        transcripts: All transcripts that the codings lie in; their order is kept.
        cases: All cases of the project; they give the order of the groups where no reach does.
        chosen: Ids of the codings that the author chose for publication.
        excerpts: The author's excerpt by id of the coding; the whole passage where there is none.
        reaches: Reach per respondent group by path of the code.
        attribution: Pattern of the line below a quote: attributes of the case, ``{case}`` or
            ``{transcript}`` between braces. A missing value goes with its separator.
        context: Number of words to give before and after each passage, of the same turn: what
            another says is not the respondent's.
        group_labels: What one member of a group is called, for ``{group}``.
        language: Language of the attribution.

    Raises:
        UnknownNameError: a coding has a code or transcript that is not there, or the pattern
            an attribute that no case has.
        InvalidValueError: an excerpt is not made of the passage's words, the pattern cannot be
            read, or ``context`` is negative.
    """
    if context < 0:
        raise InvalidValueError(f"The context is a number of words from 0; got {context}.")
    excerpts = excerpts or {}
    pattern = AttributionPattern.parse(attribution)
    pattern.check(cases)
    places = {transcript.name: transcript for transcript in transcripts}
    respondents = _respondents(cases)
    by_code: dict[str, list[Quote]] = {}
    for coding in codings:
        if coding.withdrawn_at is not None:
            continue
        if coding.transcript not in places:
            raise unknown_name("transcript", coding.transcript, places, "this project")
        respondent = respondents.get(coding.transcript, _NOBODY)
        quote = _quote(coding, codebook, places[coding.transcript], respondent, context)
        excerpt = excerpts.get(coding.id)
        quote = replace(
            quote,
            text=quote.text if excerpt is None else check_excerpt(coding.quote, excerpt),
            attribution=pattern.fill(quote, group_labels, language),
            chosen=coding.id in chosen,
        )
        by_code.setdefault(coding.code, []).append(quote)
    order = _Order(list(places), cases)
    return tuple(
        _section(code, codebook, tuple((reaches or {}).get(code.path, ())), quotes, order)
        for code in codebook.codes
        if (quotes := by_code.get(code.path))
    )


@dataclass(frozen=True, slots=True)
class _Respondent:
    name: str
    attributes: FrozenMap[str, str]


_NOBODY = _Respondent("", FrozenMap())


def _respondents(cases: Sequence[Case]) -> dict[str, _Respondent]:
    """Return who speaks in each transcript; of several, what they have in common."""
    speaking: dict[str, list[Case]] = {}
    for case in cases:
        for name in case.transcripts:
            speaking.setdefault(name, []).append(case)
    found = {}
    for name, those in speaking.items():
        shared = set.intersection(*(set(case.attributes.items()) for case in those))
        kept = {k: v for k, v in those[0].attributes.items() if (k, v) in shared}
        found[name] = _Respondent(", ".join(case.name for case in those), FrozenMap(kept))
    return found


def _quote(
    coding: Coding,
    codebook: Codebook,
    transcript: Transcript,
    respondent: _Respondent,
    context: int,
) -> Quote:
    code = codebook.code(coding.code)
    turn = transcript.turn_at(coding.span.start)
    before, after = _context(transcript, coding.span, context)
    return Quote(
        coding=coding.id,
        text=_TIME_MARK.sub("", coding.quote).strip() or coding.quote,
        transcript=transcript.name,
        span=coding.span,
        turn=turn.number if turn else None,
        time_ms=turn.time_ms if turn else None,
        case=respondent.name,
        group=respondent.attributes.get("group", ""),
        attributes=respondent.attributes,
        code=code.path,
        code_label=_label(code),
        theme=code.theme,
        theme_label=_label(codebook.code(code.theme)),
        coder=coding.coder,
        round=coding.round,
        memo=coding.memo,
        context_before=before,
        context_after=after,
    )


def _label(code: Code) -> LocalText:
    return code.label or LocalText({"en": code.name})


def _context(transcript: Transcript, span: Span, words: int) -> tuple[str, str]:
    if not words:
        return "", ""
    text = transcript.text
    first, last = transcript.turn_at(span.start), transcript.turn_at(span.end - 1)
    start = first.span.start if first else span.start
    end = last.span.end if last else span.end
    before = re.findall(r"\S+\s*", _TIME_MARK.sub("", text[start : span.start]))
    after = re.findall(r"\s*\S+", _TIME_MARK.sub("", text[span.end : end]))
    return "".join(before[-words:]).rstrip(), "".join(after[:words]).lstrip()


class _Order:
    """The order of the quotes of one code."""

    def __init__(self, transcripts: Sequence[str], cases: Sequence[Case]) -> None:
        self._transcripts = {name: number for number, name in enumerate(transcripts)}
        self._groups = [case.group for case in cases if case.group]

    def sorted(self, quotes: list[Quote], reaches: tuple[Reach, ...]) -> tuple[Quote, ...]:
        named = [*(reach.group for reach in reaches if reach.group), *self._groups]
        groups = {group: number for number, group in enumerate(dict.fromkeys(named))}
        return tuple(
            sorted(
                quotes,
                key=lambda quote: (
                    groups.get(quote.group, len(groups)),
                    not quote.chosen,
                    self._transcripts[quote.transcript],
                    quote.span,
                    quote.coder,
                    quote.coding,
                ),
            )
        )


def _section(
    code: Code,
    codebook: Codebook,
    reaches: tuple[Reach, ...],
    quotes: list[Quote],
    order: _Order,
) -> QuoteSection:
    theme = codebook.code(code.theme)
    return QuoteSection(
        code.path, _label(code), theme.path, _label(theme), reaches, order.sorted(quotes, reaches)
    )
