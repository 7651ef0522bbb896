"""Tells who said a passage: the one place that counts, quotes, filters and exports ask.

A passage belongs to the speakers of the turns in which it lies. A speaker is a case if the case
takes part in the transcript as this speaker, or if there is only one respondent and only one
case, so that nobody else can be meant. Everything else is not attributable: no report may guess
which of several people it was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qualcode.model import (
    Case,
    Coding,
    FrozenMap,
    OmissionReason,
    Role,
    Span,
    Transcript,
    Turn,
    is_uncertain_label,
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """The part of a passage that lies in one turn, or outside all turns.

    Attributes:
        span: Its place.
        speaker: Label of the speaker; ``""`` outside all turns.
        role: Role of the speaker; None outside all turns, and for an interviewer whom nobody
            confirmed.
        case: Who said it; None for interviewers and where it is not attributable.
    """

    span: Span
    speaker: str
    role: Role | None
    case: Case | None


class TranscriptSpeech:
    """Who says what in one transcript.

    Args:
        transcript: The transcript.
        cases: The cases that take part in it.
    """

    def __init__(self, transcript: Transcript, cases: Sequence[Case]) -> None:
        self.transcript = transcript
        self.cases = tuple(cases)
        self._ends = [turn.span.end for turn in transcript.turns]
        # An interviewer who is only proposed as one excludes no words.
        self._roles = {
            speaker.label: speaker.role
            if speaker.confirmed or speaker.role is not Role.INTERVIEWER
            else None
            for speaker in transcript.speakers
        }

    @cached_property
    def case_by_speaker(self) -> Mapping[str, Case]:
        """The case of each speaker that is known to be one."""
        name = self.transcript.name
        named: dict[str, list[Case]] = {}
        unnamed = []
        for case in self.cases:
            part = case.participation(name)
            labels = part.speakers if part else ()
            if not labels:
                unnamed.append(case)
            for label in labels:
                named.setdefault(label, []).append(case)
        # Two cases on one label are a contradiction, which says nothing about either.
        case_by_label = {label: cases[0] for label, cases in named.items() if len(cases) == 1}
        # Where the only speaker is proposed as an interviewer, that person may be the case.
        candidates = self.individuals if self.respondents else self._proposed
        free = [label for label in candidates if label not in named]
        if len(free) == 1 and len(unnamed) == 1:
            case_by_label[free[0]] = unnamed[0]
        return case_by_label

    @cached_property
    def respondents(self) -> tuple[str, ...]:
        """Labels of the respondents, in order of first appearance."""
        return tuple(label for label, role in self._roles.items() if role is Role.RESPONDENT)

    @property
    def _proposed(self) -> tuple[str, ...]:
        return tuple(label for label, role in self._roles.items() if role is None)

    @cached_property
    def individuals(self) -> tuple[str, ...]:
        """The respondents without labels that may be anybody ("Man?", "meerdere")."""
        return tuple(label for label in self.respondents if not is_uncertain_label(label))

    @cached_property
    def author(self) -> Case | None:
        """Whose words stand outside all turns: the only case, if there is no second respondent."""
        return self.cases[0] if len(self.cases) == 1 and len(self.individuals) < 2 else None

    @cached_property
    def unknown_speakers(self) -> tuple[str, ...]:
        """Labels of respondents who are no known case."""
        return tuple(label for label in self.respondents if label not in self.case_by_speaker)

    @cached_property
    def unknown_cases(self) -> tuple[Case, ...]:
        """Cases that take part, but nobody knows as which speaker."""
        case_names = {case.name for case in self.case_by_speaker.values()}
        if self.author is not None:
            case_names.add(self.author.name)
        return tuple(case for case in self.cases if case.name not in case_names)

    def turns_in(self, span: Span) -> tuple[Turn, ...]:
        """Return the turns that overlap a passage, in order."""
        # Turns do not overlap and are in order, so their ends are sorted.
        first = bisect_right(self._ends, span.start)
        turns = []
        for turn in self.transcript.turns[first:]:
            if turn.span.start >= span.end:
                break
            turns.append(turn)
        return tuple(turns)

    def utterances(self, span: Span) -> tuple[Utterance, ...]:
        """Return a passage cut at the borders of turns, each part with its speaker."""
        turns = self.turns_in(span)
        if not turns:
            return (Utterance(span, "", None, self.author),)
        return tuple(self._utterance(turn, span) for turn in turns)

    def _utterance(self, turn: Turn, span: Span) -> Utterance:
        part = turn.span.intersection(span) or span
        role = self._roles[turn.speaker]
        case = None if role is Role.INTERVIEWER else self.case_by_speaker.get(turn.speaker)
        return Utterance(part, turn.speaker, role, case)

    def turns_of(self, cases: Iterable[Case]) -> tuple[Turn, ...]:
        """Return the turns of respondents who are one of these cases."""
        names = {case.name for case in cases}
        labels = {
            label
            for label in self.respondents
            if label in self.case_by_speaker and self.case_by_speaker[label].name in names
        }
        return tuple(turn for turn in self.transcript.turns if turn.speaker in labels)


class Speech:
    """Who says what in the transcripts of a study.

    Args:
        transcripts: The transcripts.
        cases: The cases; participations in other transcripts are left out.
    """

    def __init__(self, transcripts: Iterable[Transcript], cases: Iterable[Case]) -> None:
        cases_by_transcript: dict[str, list[Case]] = {}
        for case in cases:
            for name in case.transcripts:
                cases_by_transcript.setdefault(name, []).append(case)
        self._by_transcript = {
            transcript.name: TranscriptSpeech(
                transcript, cases_by_transcript.get(transcript.name, ())
            )
            for transcript in transcripts
        }
        self._said: dict[tuple[str, Span], tuple[Utterance, ...]] = {}
        self._cases: dict[tuple[str, Span], tuple[Case, ...]] = {}

    def in_transcript(self, name: str) -> TranscriptSpeech:
        """Return who says what in one transcript."""
        return self._by_transcript[name]

    def who_said(self, transcript: str, span: Span) -> tuple[Utterance, ...]:
        """Return a passage cut at the borders of turns, each part with who said it."""
        key = (transcript, span)
        if key not in self._said:
            self._said[key] = self._by_transcript[transcript].utterances(span)
        return self._said[key]

    def cases_of(self, coding: Coding) -> tuple[Case, ...]:
        """Return the cases who say part of a coding, in the order in which they speak."""
        key = (coding.transcript, coding.span)
        if key not in self._cases:
            parts = self.who_said(*key)
            cases = {part.case.name: part.case for part in parts if part.case is not None}
            self._cases[key] = tuple(cases.values())
        return self._cases[key]

    def attributes_of(self, cases: Sequence[Case], transcript: str) -> FrozenMap[str, str]:
        """Return the attributes that all of some cases share at the moment of a transcript."""
        of_transcript = self._by_transcript[transcript].transcript.attributes
        maps = [{**of_transcript, **case.attributes_in(transcript)} for case in cases]
        if not maps:
            return of_transcript
        shared = set.intersection(*(set(values.items()) for values in maps))
        return FrozenMap({key: value for key, value in maps[0].items() if (key, value) in shared})

    def is_of_group(self, coding: Coding, group: str) -> bool:
        """Tell whether a member of a group says part of a coding.

        Words that are not attributable belong to the group if all who take part do.
        """
        known_cases = self.cases_of(coding)
        cases = known_cases or self._by_transcript[coding.transcript].cases
        in_group = [group_in(case, coding.transcript) == group for case in cases]
        return any(in_group) if known_cases else bool(in_group) and all(in_group)

    def is_attributable(self, coding: Coding) -> bool:
        """Tell whether every part of a coding that a respondent says has a known case."""
        utterances = self.who_said(coding.transcript, coding.span)
        return all(part.case is not None for part in utterances if counts(part))

    def omission_of(self, coding: Coding) -> OmissionReason | None:
        """Return why a coding counts for nobody, in whole or in part; None if it counts."""
        utterances = self.who_said(coding.transcript, coding.span)
        counted = [part for part in utterances if counts(part)]
        if not counted:
            is_question = any(part.role is Role.INTERVIEWER for part in utterances)
            return OmissionReason.INTERVIEWER if is_question else OmissionReason.OTHER
        unknown = [part for part in counted if part.case is None]
        if not unknown:
            return None
        session = self._by_transcript[coding.transcript]
        if session.transcript.kind == "document" and not session.cases:
            return OmissionReason.DOCUMENT
        if any(part.speaker and part.role is None for part in unknown):
            return OmissionReason.UNCONFIRMED
        is_answer = session.transcript.kind == "answers"
        return OmissionReason.ANSWER if is_answer else OmissionReason.UNKNOWN

    def is_of_interviewer(self, coding: Coding) -> bool:
        """Tell whether a coding lies in turns of interviewers only."""
        utterances = self.who_said(coding.transcript, coding.span)
        return all(part.role is Role.INTERVIEWER for part in utterances)


def group_in(case: Case, transcript: str) -> str:
    """Return the group of a case at the moment of a transcript, or ``""``."""
    return case.attributes_in(transcript).get("group", "")


def counts(utterance: Utterance) -> bool:
    """Tell whether somebody's words are meant: not an interviewer's, nor another's."""
    return utterance.role in {Role.RESPONDENT, None} or utterance.case is not None
