"""The new text of a group transcript from which one person withdrew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from qualcode.model import Original, Role, Span, Speaker, Transcript, Turn
from qualcode.phrases import Phrases
from qualcode.pseudonyms import Edit, EditMap
from qualcode.speech import TranscriptSpeech


@dataclass(frozen=True, slots=True)
class WithdrawnTurns:
    """The turns of one person in a transcript, and how the rest moves when they go.

    Attributes:
        transcript: The transcript without the person's words.
        original: The same as a file, in the place of the imported one.
        shift: Returns the place of a passage; None if only the person's words, and questions to
            the person, were in it.
        numbers: Numbers of the person's turns.
    """

    transcript: Transcript
    original: Original
    shift: Callable[[Span], Span | None]
    numbers: frozenset[int]


def replace_turns(
    speech: TranscriptSpeech, labels: Collection[str], phrases: Phrases, replacement: str
) -> WithdrawnTurns:
    """Return a transcript with the turns of one person replaced, all by the same word.

    Args:
        speech: Who speaks in the transcript.
        labels: The labels of the person.
        phrases: What the person said; interviewers may have repeated it.
        replacement: What stands for each turn, whatever its length, and for the label.
    """
    transcript = speech.transcript
    edits = EditMap(_edits(transcript, labels, phrases, replacement))
    text = edits.apply(transcript.text)
    turns = tuple(
        replace(
            turn,
            span=edits.shift(turn.span),
            speaker=replacement if turn.speaker in labels else turn.speaker,
        )
        for turn in transcript.turns
    )
    # The role of others: an empty turn is no unit in which coders could agree.
    withdrawn = Speaker(replacement, Role.OTHER)
    speakers = [withdrawn if s.label in labels else s for s in transcript.speakers]
    stem = transcript.source_file.rpartition(".")[0] or transcript.source_file or transcript.name
    without = replace(
        transcript,
        text=text,
        turns=turns,
        speakers=tuple(dict.fromkeys(speakers)),
        source_file=f"{stem}.txt",
    )
    return WithdrawnTurns(
        without,
        Original(without.source_file, text.encode("utf-8")),
        lambda span: _shift(speech, labels, edits, span),
        frozenset(turn.number for turn in transcript.turns if turn.speaker in labels),
    )


def _edits(
    transcript: Transcript, labels: Collection[str], phrases: Phrases, replacement: str
) -> Iterator[Edit]:
    interviewers = {s.label for s in transcript.speakers if s.role is Role.INTERVIEWER}
    position = 0
    for turn in transcript.turns:
        before = transcript.text[position : turn.span.start]
        if turn.speaker in labels:
            at = before.rfind(turn.speaker)
            head = before if at < 0 else before[:at]
            if at >= 0:
                label = Span(position + at, position + at + len(turn.speaker))
                yield Edit(label, replacement)
            yield Edit(turn.span, replacement)
        else:
            head = before
        yield from _repeated(head, position, phrases, replacement)
        if turn.speaker in interviewers:
            turn_text = turn.span.of(transcript.text)
            yield from _repeated(turn_text, turn.span.start, phrases, replacement)
        position = turn.span.end
    yield from _repeated(transcript.text[position:], position, phrases, replacement)


def _repeated(text: str, start: int, phrases: Phrases, replacement: str) -> Iterator[Edit]:
    for span in phrases.find(text):
        yield Edit(Span(start + span.start, start + span.end), replacement)


def _shift(
    speech: TranscriptSpeech, labels: Collection[str], edits: EditMap, span: Span
) -> Span | None:
    """Return the place of a passage, cut at the edges where only withdrawn turns lie."""
    turns = speech.turns_in(span)
    other_turns = [turn for turn in turns if turn.speaker not in labels]
    if len(other_turns) == len(turns):
        return edits.shift(span)
    # A passage over a question and a withdrawn answer was about the answer.
    if all(speech.transcript.role_of(turn.speaker) is Role.INTERVIEWER for turn in other_turns):
        return None
    start = span.start if turns[0] is other_turns[0] else _part(other_turns[0], span).start
    end = span.end if turns[-1] is other_turns[-1] else _part(other_turns[-1], span).end
    return edits.shift(Span(start, end))


def _part(turn: Turn, span: Span) -> Span:
    return turn.span.intersection(span) or span
