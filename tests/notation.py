"""A small notation that makes spans visible: ``coded("We [lost hours|workload] every week")``."""

from __future__ import annotations

import re

from qualcode.model import Coding, Role, Span, Speaker, Transcript, Turn, trimmed

_MARK = re.compile(r"\[([^\[\]|]+)\|([a-z0-9_/, ]+)\]")


def transcript(text: str, name: str = "G01") -> Transcript:
    """Return a transcript of lines that begin with ``I:`` (interviewer) or ``R:``."""
    turns: list[Turn] = []
    position = 0
    for line in text.split("\n"):
        label, _, _ = line.partition(":")
        span = trimmed(text, position + len(label) + 1, position + len(line))
        if span:
            turns.append(Turn(len(turns) + 1, label, span))
        position += len(line) + 1
    roles = {"I": Role.INTERVIEWER}
    labels = dict.fromkeys(turn.speaker for turn in turns)
    speakers = tuple(Speaker(label, roles.get(label, Role.RESPONDENT)) for label in labels)
    return Transcript(name, text, speakers, tuple(turns))


def spoken_transcript(*turns: str, name: str = "G01") -> Transcript:
    """Return a transcript of one respondent's turns, each of any number of lines."""
    text, spoken = "", []
    for number, words in enumerate(turns, 1):
        start = len(text) + len("R: ")
        text += f"R: {words}\n\n"
        spoken.append(Turn(number, "R", Span(start, start + len(words))))
    return Transcript(name, text, (Speaker("R", Role.RESPONDENT),), tuple(spoken))


def coded(marked: str, coder: str = "anna", name: str = "G01") -> tuple[str, tuple[Coding, ...]]:
    """Return the plain text of ``[words|code, code]`` notation and its codings."""
    plain = ""
    codings: list[Coding] = []
    last = 0
    for match in _MARK.finditer(marked):
        plain += marked[last : match.start()]
        span = Span(len(plain), len(plain) + len(match.group(1)))
        plain += match.group(1)
        last = match.end()
        for code in match.group(2).split(","):
            key = f"{coder}-{span.start}-{code.strip()}"
            codings.append(Coding(key, name, span, match.group(1), code.strip(), coder))
    return plain + marked[last:], tuple(codings)
