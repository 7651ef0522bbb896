"""Small studies: interviews written as lines, codings by the words they cover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qualcode.agreement import CodingStudy, UnitsOfAnalysis
from qualcode.model import Code, Codebook, Coding, Role, Segment, Span, Speaker, Transcript, Turn

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


def coding_study(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    *,
    coders: Sequence[str] = CODERS,
    segments: Sequence[Segment] | None = None,
    unit: str = "",
    **more: Any,
) -> CodingStudy:
    """Codings of these transcripts by coders, on turns unless segments are given."""
    units = UnitsOfAnalysis.of(transcripts, segments, unit)
    return CodingStudy.of(codings, units, BOOK, coders, **more)
