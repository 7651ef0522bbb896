"""Looks up who says a passage, with the attributes to print below quotes, and its dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qualcode.model import (
    GROUP_LABELS,
    Case,
    CodeSummary,
    DialogueLine,
    FrozenMap,
    Passage,
    Role,
    Span,
    ThemeSummary,
    Transcript,
    Turn,
)
from qualcode.model.wrapped_lines import flowing_text
from qualcode.quotes.attribution import AttributionPattern
from qualcode.quotes.excerpts import printed, without_time_marks
from qualcode.speech import Speech, Utterance, counts


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who says a passage: one case, or the shared attributes of several.

    Attributes:
        name: Pseudonym, several joined by ``", "``; ``""`` for nobody known.
        attributes: The attributes that all of them share.
        speaker: The labels of the speakers in the transcript, joined likewise.
        groups: The groups of all of them.
        cases: Their pseudonyms, each by itself.
    """

    name: str
    attributes: FrozenMap[str, str]
    speaker: str = ""
    groups: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    def values(self, transcript: str) -> dict[str, str]:
        """Return the values for a pattern of attribution."""
        return {
            **self.attributes,
            "case": self.name,
            "speaker": self.speaker,
            "transcript": transcript,
        }


INTERVIEWER = Respondent("", FrozenMap({"group": "interviewer"}), groups=("interviewer",))
"""The speaker of a coded question, who has no attributes of a respondent."""


class CaseLookup:
    """Looks up who says the passages of a study.

    Args:
        transcripts: The transcripts.
        cases: All cases.
    """

    def __init__(self, transcripts: Iterable[Transcript], cases: Iterable[Case]) -> None:
        self.transcripts = {transcript.name: transcript for transcript in transcripts}
        self._speech = Speech(self.transcripts.values(), cases)
        self._flowing: dict[str, str] = {}

    def respondent(self, transcript: str, span: Span) -> Respondent:
        """Return who says a passage."""
        utterances = self._speech.who_said(transcript, span)
        if all(part.role is Role.INTERVIEWER for part in utterances):
            return INTERVIEWER
        counted = [part for part in utterances if counts(part)]
        labels = dict.fromkeys(part.speaker for part in counted if part.speaker)
        cases = list({part.case.name: part.case for part in counted if part.case}.values())
        attributes = self._speech.attributes_of(cases, transcript)
        # somebody unknown says part of it: only what holds for the whole session is sure
        if not all(part.case for part in counted):
            attributes = self._shared_by_all(transcript, attributes if cases else None)
        groups = dict.fromkeys(
            case.attributes_in(transcript).get("group", "") for case in cases if cases
        )
        return Respondent(
            ", ".join(case.name for case in cases),
            attributes,
            ", ".join(labels),
            tuple(filter(None, groups)) or tuple(filter(None, (attributes.get("group", ""),))),
            tuple(case.name for case in cases),
        )

    def _shared_by_all(
        self, transcript: str, attributes: FrozenMap[str, str] | None
    ) -> FrozenMap[str, str]:
        """Return what is true whoever of the session says it: the group, or all if it is clear."""
        session = self._speech.in_transcript(transcript)
        shared = self._speech.attributes_of(session.cases, transcript)
        # A voice that nobody can tell apart may be of somebody who is not among the cases.
        all_are_cases = len(session.unknown_speakers) <= len(session.unknown_cases)
        attributes_known = {key: shared[key] for key in shared if all_are_cases or key in _OF_ALL}
        if attributes is not None:
            attributes_known = {
                key: value
                for key, value in attributes_known.items()
                if attributes.get(key) == value
            }
        return FrozenMap({**session.transcript.attributes, **attributes_known})

    def print_text(
        self, transcript: str, span: Span, excerpt: str | None
    ) -> tuple[str, tuple[DialogueLine, ...]]:
        """Return a passage as printed, and by speaker if there are several.

        Labels of the transcript are left out. An excerpt is the author's own text, so it has no
        lines.

        Raises:
            InvalidValueError: The excerpt has other words than the passage.
        """
        text = self.flowing(transcript)
        if excerpt is not None:
            return printed(span.of(text), excerpt), ()
        turns = [
            (speaker, list(parts))
            for speaker, parts in groupby(
                self._speech.who_said(transcript, span), key=lambda part: part.speaker
            )
        ]
        lines = tuple(_line(text, parts) for _, parts in turns)
        if len({speaker for speaker, _ in turns}) < 2:
            # a passage of nothing but time marks would be left without words
            return lines[0].text or span.of(text), ()
        return "\n".join(f"{line.speaker or _INTERVIEWER}: {line.text}" for line in lines), lines

    def flowing(self, transcript: str) -> str:
        """Return the text of a transcript with the lines of a paragraph joined, of equal length."""
        if transcript not in self._flowing:
            frozen = self.transcripts[transcript]
            spans = [turn.span for turn in frozen.turns]
            self._flowing[transcript] = flowing_text(frozen.text, spans)
        return self._flowing[transcript]

    def first_turn(self, transcript: str, span: Span) -> Turn | None:
        """Return the turn in which a passage begins, or None outside all turns."""
        return next(iter(self._speech.in_transcript(transcript).turns_in(span)), None)


def _line(text: str, parts: Sequence[Utterance]) -> DialogueLine:
    pieces = (without_time_marks(part.span.of(text)).strip() for part in parts)
    words = "\n".join(filter(None, pieces))
    if parts[0].role is Role.INTERVIEWER:
        return DialogueLine("", words, is_interviewer=True)
    case = parts[0].case
    return DialogueLine(case.name if case else parts[0].speaker, words)


_INTERVIEWER = "Interviewer"
_OF_ALL = frozenset({"group"})
"""What counts for everybody in a session, also for a voice that nobody can tell apart."""


def print_passages(
    summaries: Iterable[ThemeSummary],
    lookup: CaseLookup,
    pattern: AttributionPattern,
    language: str,
    excerpts: Mapping[str, str],
) -> tuple[ThemeSummary, ...]:
    """Return theme summaries with their passages as printed: excerpted and attributed.

    Args:
        summaries: The summaries.
        lookup: Who says what, with attributes as they may be printed.
        pattern: The pattern of the line below a passage.
        language: Language of the groups in it.
        excerpts: The author's excerpt by id of the coding.
    """

    def print_passage(passage: Passage) -> Passage:
        text, lines = lookup.print_text(
            passage.transcript, passage.span, excerpts.get(passage.coding)
        )
        values = lookup.respondent(passage.transcript, passage.span).values(passage.transcript)
        return replace(
            passage,
            text=text,
            attribution=pattern.fill(values, GROUP_LABELS, language),
            lines=lines,
        )

    def print_code(summary: CodeSummary) -> CodeSummary:
        return replace(
            summary,
            representative=tuple(map(print_passage, summary.representative)),
            deviant=tuple(map(print_passage, summary.deviant)),
        )

    return tuple(
        replace(
            theme,
            representative=tuple(map(print_passage, theme.representative)),
            codes=tuple(map(print_code, theme.codes)),
        )
        for theme in summaries
    )
