"""Speakers that only bold or italics tell apart: questions in bold, answers plain."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

from qualcode.errors import Problem
from qualcode.importing.label_candidates import LabelCandidate, LabelLayout, label_key
from qualcode.importing.source import DocumentSource
from qualcode.importing.speaker_labels import LabelProposal, SpeakerLabels
from qualcode.importing.turns import UNLABELLED_SPEAKER
from qualcode.messages import Message

ASKING = "I"
"""The speaker of questions in bold or italics that have no label."""
# Emphasis is used for titles and stressed words, too; questions that are answered are neither.
_FEWEST = 2
_QUESTION_SHARE, _ANSWERED_SHARE = 0.5, 0.5
_CONFIDENCE = 0.6
_SIGNS = "*_ \t\xa0"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    is_emphasized: bool
    is_question: bool


def find_emphasized_speakers(
    source: DocumentSource, paragraphs: Sequence[tuple[int, int]]
) -> SpeakerLabels | None:
    """Return the turns of a text without labels in which the questions are in bold or italics.

    Args:
        source: The document.
        paragraphs: Its paragraphs that are not blank.

    Returns:
        A candidate at each change of speaker; None where emphasis does not tell them apart.
    """
    # A heading is in bold, too, and nobody says it.
    headings = set(source.headings)
    described = [
        _describe(source, start, end) for start, end in paragraphs if (start, end) not in headings
    ]
    emphasized = [paragraph for paragraph in described if paragraph.is_emphasized]
    questions = sum(paragraph.is_question for paragraph in emphasized)
    answered = sum(
        before.is_emphasized and not after.is_emphasized for before, after in pairwise(described)
    )
    if (
        min(len(emphasized), len(described) - len(emphasized)) < _FEWEST
        or questions < _QUESTION_SHARE * len(emphasized)
        or answered < max(_FEWEST, _ANSWERED_SHARE * len(emphasized))
    ):
        return None
    candidates: list[LabelCandidate] = []
    # Nobody answers before the first question: a date or a place above it is a title.
    for paragraph in dropwhile(lambda paragraph: not paragraph.is_emphasized, described):
        label = ASKING if paragraph.is_emphasized else UNLABELLED_SPEAKER
        start, end = _words(source, paragraph)
        if candidates and candidates[-1].label == label:
            candidates[-1] = replace(candidates[-1], speech_end=end)
        else:
            layout = LabelLayout.EMPHASIS
            candidates.append(LabelCandidate(paragraph.start, label, layout, start, speech_end=end))
    reasons = {ASKING: Message("in bold or italics"), UNLABELLED_SPEAKER: Message("answers")}
    proposals = {
        label_key(label): LabelProposal(label, _CONFIDENCE, reason)
        for label, reason in reasons.items()
    }
    return SpeakerLabels(tuple(candidates), proposals)


def emphasis_problem(speaker_labels: SpeakerLabels, file_name: str) -> tuple[Problem, ...]:
    """Return a Problem that asks whether what is in bold or italics is the interviewer's."""
    count = sum(candidate.label == ASKING for candidate in speaker_labels.candidates)
    message = Message(
        "No speaker labels were found; {count} passages in bold or italics are taken as "
        "questions of the interviewer ('{label}').",
        count=count,
        label=ASKING,
    )
    hint = Message("If they are not, put a label such as 'I:' or 'R:' before each turn.")
    return (Problem(file_name, message, hint),)


def covers(emphases: Sequence[tuple[int, int]], text: str, start: int, end: int) -> bool:
    """Tell whether all words in ``[start, end)`` are in bold or italics."""
    first = bisect.bisect_right(emphases, (start, len(text))) - 1
    for emphasis_start, emphasis_end in emphases[max(first, 0) :]:
        if emphasis_start >= end:
            break
        if text[start : max(start, emphasis_start)].strip(_SIGNS + "\n"):
            return False
        start = max(start, min(end, emphasis_end))
    return not text[start:end].strip(_SIGNS + "\n")


def _describe(source: DocumentSource, start: int, end: int) -> _Paragraph:
    words = source.text[start:end].strip(_SIGNS)
    is_emphasized = bool(words) and covers(source.emphases, source.text, start, end)
    return _Paragraph(start, end, is_emphasized, "?" in words)


def _words(source: DocumentSource, paragraph: _Paragraph) -> tuple[int, int]:
    """Return where the words of a paragraph start and end, without the signs of Markdown."""
    if not paragraph.is_emphasized:
        return paragraph.start, paragraph.end
    first = bisect.bisect_left(source.emphases, (paragraph.start, 0))
    last = bisect.bisect_left(source.emphases, (paragraph.end, 0)) - 1
    if first > last:
        return paragraph.start, paragraph.end
    return source.emphases[first][0], source.emphases[last][1]
