"""The passages of a project as suggestions learn from them and are measured on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.model import Coding, Segment, SegmentKind, Span, Transcript
from qualcode.project.text_search import not_cut_error
from qualcode.suggesting.texts import CodedPassage

if TYPE_CHECKING:
    from qualcode.project.snapshot import Snapshot
    from qualcode.suggesting import SegmentText

Answer = tuple[Span, str, str, str]
"""Where an answer lies, the id of its guide question, the interviewer's words, and its key."""
_NO_CODES: frozenset[str] = frozenset()


def respondents_segments(
    snapshot: Snapshot, text: Transcript, unit: SegmentKind
) -> tuple[Segment, ...]:
    """Return the pieces of a transcript that respondents said.

    Raises:
        UndefinedRequestError: the transcripts are not segmented yet.
    """
    segments = snapshot.read_segments(unit, text.name)
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
        self._starts = [answer.start for answer, *_ in self._answers]
        groups = {case.group for case in snapshot.cases if text.name in case.transcripts}
        # of a group interview it is not known which respondent speaks in a passage
        self._group = groups.pop() if len(groups) == 1 else ""

    def segment_text(self, span: Span) -> SegmentText:
        """Return a piece of the transcript."""
        from qualcode.suggesting import SegmentText

        name = self._text.name
        key = f"{name}:{span.start}-{span.end}"
        words = span.of(self._text.text)
        # Answers follow each other: only the last that begins before a passage can hold it.
        number = bisect_right(self._starts, span.start) - 1
        if number >= 0 and self._answers[number][0].contains(span):
            _, question, asked, place = self._answers[number]
            return SegmentText(key, words, question or asked, span.start, asked, self._group, place)
        return SegmentText(key, words, "", span.start, "", self._group, name)


class ReadPassage(CodedPassage):
    """A passage whose words are read when they are asked for: a project has half a million.

    Args:
        reader: Reads its transcript.
        span: Where it lies.
        transcript: Name of the transcript.
        codes: Paths of its codes.
        sentence: Whether it stands for a sentence as such.
    """

    __slots__ = ("_reader", "_span")
    _reader: TextReader
    _span: Span

    def __init__(
        self,
        reader: TextReader,
        span: Span,
        transcript: str,
        codes: frozenset[str],
        *,
        sentence: bool = False,
    ) -> None:
        values = {"_reader": reader, "_span": span, "transcript": transcript, "codes": codes}
        for name, value in (values | {"rejected": _NO_CODES, "sentence": sentence}).items():
            object.__setattr__(self, name, value)

    @property
    def segment(self) -> SegmentText:
        """The text, with its question."""
        return self._reader.segment_text(self._span)


def _answers(snapshot: Snapshot, text: Transcript) -> tuple[Answer, ...]:
    respondents = {turn.number for turn in text.respondent_turns()}
    turns = {turn.number: turn for turn in text.turns}
    answers = []
    for answer in snapshot.read_segments(SegmentKind.ANSWER, text.name):
        words = [turns[n].span.of(text.text) for n in answer.turns if n not in respondents]
        place = f"{text.name}:{answer.span.start}"
        answers.append((answer.span, answer.question or "", " ".join(words), place))
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
    by_transcript: dict[str, list[Coding]] = {}
    for coding in codings:
        by_transcript.setdefault(coding.transcript, []).append(coding)
    # Most sentences have one of a few sets of codes: each is kept once.
    known: dict[frozenset[str], frozenset[str]] = {}
    for text in snapshot.transcripts_coded_in(codings):
        text_codings = by_transcript[text.name]
        reader = TextReader(snapshot, text)
        for span in sorted({coding.span for coding in text_codings}):
            # A longer coding holds for the shorter passage within it too.
            codes = frozenset(c.code for c in text_codings if c.span.contains(span))
            yield ReadPassage(reader, span, text.name, known.setdefault(codes, codes))
        places = [(coding.span.start, coding.span.end, coding.code) for coding in text_codings]
        last = max(end for _, end, _ in places)
        # What a coder read and left uncoded is evidence too: against every code.
        for segment in respondents_segments(snapshot, text, SegmentKind.SENTENCE):
            start, end = segment.span.start, segment.span.end
            if finished or start < last:
                codes = frozenset(code for a, b, code in places if a < end and start < b)
                codes = known.setdefault(codes, codes)
                yield ReadPassage(reader, segment.span, text.name, codes, sentence=True)


def rejected_passages(snapshot: Snapshot) -> Iterator[CodedPassage]:
    """Yield the passages for which coders rejected a suggestion."""
    readers: dict[str, TextReader] = {}
    for rejection in snapshot.rejections:
        name = rejection.transcript
        if name not in readers:
            readers[name] = TextReader(snapshot, snapshot.transcript(name))
        segment = readers[name].segment_text(rejection.span)
        yield CodedPassage(segment, name, frozenset(), frozenset((rejection.code,)))
