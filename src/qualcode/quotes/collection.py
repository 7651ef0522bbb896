"""Collects the quotes of each code, in the order to print them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    GROUP_LABELS,
    Case,
    Code,
    Codebook,
    Coding,
    LocalText,
    Quote,
    QuoteSection,
    Reach,
    Span,
    Transcript,
)
from qualcode.quotes.attribution import ATTRIBUTION, AttributionPattern
from qualcode.quotes.case_lookup import CaseLookup
from qualcode.quotes.excerpts import without_time_marks


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
    language: str = "nl",
) -> tuple[QuoteSection, ...]:
    """Return the quotes of each code that has codings, in the order of the codebook.

    Within a code they are sorted by respondent group, chosen ones first, then by transcript and
    position. Codings of one passage by two coders are two quotes. Withdrawn codings are left out.

    Args:
        codings: The codings to quote, in any order.
        codebook: Gives labels and the order of the codes.
        transcripts: All transcripts that the codings lie in; their order is kept.
        cases: All cases of the project; they set the order of groups without a reach.
        chosen: Ids of the codings that the author chose for publication.
        excerpts: The author's excerpt by id of the coding; without one, the whole passage.
        reaches: Reach per respondent group by path of the code.
        attribution: Pattern of the line below a quote: attributes of the case, ``{case}`` or
            ``{transcript}`` between braces. A missing value is dropped with its separator.
        context: Number of words before and after each passage, within the same turn, because
            other turns are words of someone else.
        language: Language of the attribution.

    Raises:
        UnknownNameError: A coding has an unknown code or transcript, or the pattern has an
            attribute that no case has.
        InvalidValueError: An excerpt has other words than its passage, the pattern cannot be
            parsed, or ``context`` is negative.
    """
    if context < 0:
        raise InvalidValueError(
            Message("The context is a number of words from 0; got {context}.", context=context)
        )
    pattern = AttributionPattern.parse(attribution)
    pattern.check(cases)
    transcripts = tuple(transcripts)
    maker = _Maker(
        codebook,
        CaseLookup(transcripts, cases),
        frozenset(chosen),
        excerpts or {},
        pattern,
        context,
        language,
    )
    by_code: dict[str, list[Quote]] = {}
    for coding in codings:
        if coding.withdrawn_at is None:
            by_code.setdefault(coding.code, []).append(maker.quote(coding))
    order = _Order([transcript.name for transcript in transcripts], cases)
    return tuple(
        _section(code, codebook, tuple((reaches or {}).get(code.path, ())), quotes, order)
        for code in codebook.codes
        if (quotes := by_code.get(code.path))
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Shared data of all quotes of one call."""

    codebook: Codebook
    lookup: CaseLookup
    chosen: frozenset[str]
    excerpts: Mapping[str, str]
    pattern: AttributionPattern
    context: int
    language: str

    def quote(self, coding: Coding) -> Quote:
        """Return the complete quote of a coding."""
        transcripts = self.lookup.transcripts
        if coding.transcript not in transcripts:
            raise unknown_name("transcript", coding.transcript, transcripts, "this project")
        transcript = transcripts[coding.transcript]
        respondent = self.lookup.respondent(coding.transcript, coding.span)
        text, lines = self.lookup.print_text(
            coding.transcript, coding.span, self.excerpts.get(coding.id)
        )
        code = self.codebook.code(coding.code)
        turn = self.lookup.first_turn(coding.transcript, coding.span)
        text_around = self.lookup.flowing(transcript.name)
        before, after = _context(transcript, text_around, coding.span, self.context)
        return Quote(
            coding=coding.id,
            text=text,
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
            theme_label=_label(self.codebook.code(code.theme)),
            coder=coding.coder,
            round=coding.round,
            memo=coding.memo,
            context_before=before,
            context_after=after,
            attribution=self.pattern.fill(
                respondent.values(transcript.name), GROUP_LABELS, self.language
            ),
            chosen=coding.id in self.chosen,
            lines=lines,
            groups=respondent.groups,
            cases=respondent.cases,
        )


def _label(code: Code) -> LocalText:
    return code.label or LocalText({"en": code.name})


def _context(transcript: Transcript, text: str, span: Span, words: int) -> tuple[str, str]:
    if not words:
        return "", ""
    # the end is exclusive: at the end itself the next turn may begin
    first, last = transcript.turn_at(span.start), transcript.turn_at(span.end - 1)
    start = first.span.start if first else span.start
    end = last.span.end if last else span.end
    before = re.findall(r"\S+\s*", without_time_marks(text[start : span.start]))
    after = re.findall(r"\s*\S+", without_time_marks(text[span.end : end]))
    return "".join(before[-words:]).rstrip(), "".join(after[:words]).lstrip()


class _Order:
    """The order of the quotes of one code."""

    def __init__(self, transcripts: Sequence[str], cases: Sequence[Case]) -> None:
        self._transcripts = {name: number for number, name in enumerate(transcripts)}
        self._groups = [case.group for case in cases if case.group]

    def sorted(self, quotes: list[Quote], reaches: tuple[Reach, ...]) -> tuple[Quote, ...]:
        # Quotes follow the groups in the order of the reach printed above them.
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
                    # last the id: the same quotes must always stand in the same order
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
