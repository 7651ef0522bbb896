"""Small studies: interviews written as lines, codings by the words they cover."""

from __future__ import annotations

from typing import Any

from qualcode.model import Code, Codebook, Coding, Role, Span, Speaker, Transcript, Turn

BOOK = Codebook(
    "test",
    tuple(Code(p) for p in ("who", "who/age", "who/work", "why", "why/fun", "why/habit")),
    version=3,
)
CODERS = ("anna", "bram")


def interview(name: str, *turns: str) -> Transcript:
    """Turns as "I: ..." and "R: ..."; I is the interviewer."""
    text, made = "", []
    for number, line in enumerate(turns, 1):
        label, said = line.split(": ", 1)
        start = len(text) + len(label) + 2
        text += f"{label}: {said}\n"
        made.append(Turn(number, label, Span(start, start + len(said))))
    speakers = (Speaker("I", Role.INTERVIEWER), Speaker("R", Role.RESPONDENT))
    return Transcript(name, text, speakers, tuple(made))


def coded(transcript: Transcript, coder: str, passage: str, code: str, **more: Any) -> Coding:
    start = transcript.text.index(passage)
    span = Span(start, start + len(passage))
    key = f"{coder}-{code}-{transcript.name}-{start}-{len(passage)}"
    return Coding(key, transcript.name, span, passage, code, coder, **more)
