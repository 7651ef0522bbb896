"""The passages of a project as suggestions learn from them and are measured on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.model import Coding, Segment, SegmentKind, Span, Transcript
from qualcode.project.text_search import not_cut_error

if TYPE_CHECKING:
    from qualcode.project.snapshot import Snapshot
    from qualcode.suggesting import CodedPassage, SegmentText

Answer = tuple[Span, str, str]
"""Where an answer lies, the id of its guide question and the interviewer's words."""


def respondents_segments(
    snapshot: Snapshot, text: Transcript, unit: SegmentKind
) -> tuple[Segment, ...]:
    """Return the pieces of a transcript that respondents said.

    Raises:
        UndefinedRequestError: the transcripts are not segmented yet.
    """
    segments = snapshot.segments(unit, text.name)
    if not segments:
        raise not_cut_error(text.name, unit)
    respondents = {turn.number for turn in text.respondent_turns()}
    return tuple(segment for segment in segments if set(segment.turns) <= respondents)


class TextReader:
    """The pieces of one transcript, with their questions and the group of the respondent.

    Args:
        snapshot: The project.
        text: The transcript.
    """

    def __init__(self, snapshot: Snapshot, text: Transcript) -> None:
        self._text = text
        self._answers = _answers(snapshot, text)
        groups = {case.group for case in snapshot.cases if text.name in case.transcripts}
        # of a group interview it is not known which respondent speaks in a passage
        self._group = groups.pop() if len(groups) == 1 else ""

    def segment_text(self, span: Span) -> SegmentText:
        """Return a piece of the transcript."""
        from qualcode.suggesting import SegmentText

        name = self._text.name
        key = f"{name}:{span.start}-{span.end}"
        words = span.of(self._text.text)
        for answer, question, asked in self._answers:
            if answer.contains(span):
                place = f"{name}:{answer.start}"
                return SegmentText(
                    key, words, question or asked, span.start, asked, self._group, place
                )
        return SegmentText(key, words, "", span.start, "", self._group, name)


def _answers(snapshot: Snapshot, text: Transcript) -> tuple[Answer, ...]:
    respondents = {turn.number for turn in text.respondent_turns()}
    turns = {turn.number: turn for turn in text.turns}
    answers = []
    for answer in snapshot.segments(SegmentKind.ANSWER, text.name):
        words = [turns[n].span.of(text.text) for n in answer.turns if n not in respondents]
        answers.append((answer.span, answer.question or "", " ".join(words)))
    return tuple(answers)


def collect_passages(
    snapshot: Snapshot, codings: Sequence[Coding], *, finished: bool = True
) -> Iterator[CodedPassage]:
    """Yield what coders marked, and the sentences of the same interviews, coded or not.

    Args:
        snapshot: The project.
        codings: The codings that count.
        finished: Whether a coder read the interviews to their ends. Otherwise a sentence after
            the last coding may not have been read, and says nothing.
    """
    from qualcode.suggesting import CodedPassage

    for text in snapshot.transcripts_coded_in(codings):
        text_codings = [coding for coding in codings if coding.transcript == text.name]
        reader = TextReader(snapshot, text)
        for span in sorted({coding.span for coding in text_codings}):
            # A longer coding holds for the shorter passage within it too.
            codes = frozenset(c.code for c in text_codings if c.span.contains(span))
            yield CodedPassage(reader.segment_text(span), text.name, codes)
        last = max(coding.span.end for coding in text_codings)
        # What a coder read and left uncoded is evidence too: against every code.
        for segment in respondents_segments(snapshot, text, SegmentKind.SENTENCE):
            if finished or segment.span.start < last:
                codes = _codes_over(text_codings, segment.span)
                words = reader.segment_text(segment.span)
                yield CodedPassage(words, text.name, codes, sentence=True)


def _codes_over(codings: Iterable[Coding], span: Span) -> frozenset[str]:
    return frozenset(coding.code for coding in codings if coding.span.overlaps(span))


def rejected_passages(snapshot: Snapshot) -> Iterator[CodedPassage]:
    """Yield the passages for which coders rejected a suggestion."""
    from qualcode.suggesting import CodedPassage

    readers: dict[str, TextReader] = {}
    for rejection in snapshot.rejections:
        name = rejection.transcript
        if name not in readers:
            readers[name] = TextReader(snapshot, snapshot.transcript(name))
        segment = readers[name].segment_text(rejection.span)
        yield CodedPassage(segment, name, frozenset(), frozenset((rejection.code,)))
