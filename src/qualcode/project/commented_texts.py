"""The interview that a commented document is of, and its comments where their words are now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.edit_script import EditScript
from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.model import Transcript, Turn

if TYPE_CHECKING:
    from qualcode.importing import ReadResult
    from qualcode.importing.docx_comments import Comment, CommentedDocument


# Half of the lines of a corrected interview are in it word for word; of another one hardly any.
_SAME_LINES = 0.5
_CONTEXT = 3


@dataclass(frozen=True, slots=True)
class TextChange:
    """Words of an interview that differ in the document, with a few words around them."""

    before: str
    after: str


def find_transcript(read: Transcript, transcripts: Sequence[Transcript]) -> Transcript | None:
    """Return the transcript with the text of a document, or with most of its lines; else None."""
    equal_texts = [t for t in transcripts if t.sha256 == read.sha256]
    if equal_texts:
        # Two respondents may have the same text: the name tells them from each other.
        return next((t for t in equal_texts if t.name == read.name), equal_texts[0])
    lines = _lines(read.text)
    shares = [
        (
            len(lines & its_lines) / max(len(lines), len(its_lines), 1),
            transcript.name == read.name,
            place,
        )
        for place, transcript in enumerate(transcripts)
        if (its_lines := _lines(transcript.text))
    ]
    best = max(shares, default=(0.0, False, 0))
    # A short interview of few lines is known by its name, too.
    is_same = best[0] >= _SAME_LINES or (best[0] > 0 and best[1])
    return transcripts[best[2]] if is_same else None


def _lines(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.split("\n") if line.strip()}


def lay_comments_on(
    document: CommentedDocument, target: Transcript | None
) -> tuple[CommentedDocument, tuple[Problem, ...]]:
    """Return a document with the text of a transcript, and its comments where their words are."""
    read = document.read
    if target is None:
        return document, ()
    script = EditScript(read.transcript.text, target.text)
    comments: list[Comment] = []
    lost: list[Problem] = []
    for comment in document.comments:
        span = script.shift(comment.span)
        if span is None:
            words = comment.span.of(read.transcript.text)
            message = Message("“{words}” is not in the text of the project.", words=words[:80])
            lost.append(Problem(target.name, message, "Its comment was left out."))
        else:
            comments.append(replace(comment, span=span))
    laid = replace(document, read=replace(read, transcript=target), comments=tuple(comments))
    return laid, tuple(lost)


def with_turns_of(read: ReadResult, before: Transcript) -> ReadResult:
    """Return a corrected text; where it states fewer speakers, with the turns of before.

    The text of captions and tables has no labels, so that only the project knows who speaks.
    """
    labels = {turn.speaker for turn in before.turns}
    if labels <= {turn.speaker for turn in read.transcript.turns}:
        return read
    script = EditScript(before.text, read.transcript.text)
    turns: list[Turn] = []
    for turn in before.turns:
        span = script.shift(turn.span)
        if span is not None:
            turns.append(replace(turn, number=len(turns) + 1, span=span))
    transcript = replace(read.transcript, turns=tuple(turns), speakers=before.speakers)
    return replace(read, transcript=transcript)


def find_text_changes(before: str, after: str) -> Iterator[TextChange]:
    """Yield the words that differ between two versions of a text."""
    for change in EditScript(before, after).changes:
        old = _with_context(before, change.old_start, change.old_end)
        yield TextChange(old, _with_context(after, change.new_start, change.new_end))


def _with_context(text: str, start: int, end: int) -> str:
    """Return some words with the few around them, on one line."""
    above = text[:start].split(" ")[-_CONTEXT - 1 :]
    below = text[end:].split(" ")[: _CONTEXT + 1]
    return " ".join(f"{' '.join(above)}{text[start:end]}{' '.join(below)}".split())
