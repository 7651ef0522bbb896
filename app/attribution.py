"""Who said a passage, as the pages show it: by its turns, never by its interview."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualcode.model import GROUP_LABELS, Case, Coding, Span
from qualcode.project import attribute_value
from qualcode.speech import Speech

from . import session


@st.cache_resource(show_spinner=False, max_entries=4)
def _speech(about: tuple[str, int]) -> Speech:
    # It is there to forget who speaks after a change, and for another coder.
    del about
    with session.project().snapshot() as snapshot:
        return Speech(snapshot.transcripts, snapshot.cases)


def speech() -> Speech:
    """Return who says what in the project, in what the coder of this window may see."""
    return _speech((session.view(), session.project().history.revision()))


def find_cases(transcript: str, span: Span) -> tuple[Case, ...]:
    """Return the cases who say part of a passage, in the order in which they speak."""
    cases = (part.case for part in speech().who_said(transcript, span))
    return tuple({case.name: case for case in cases if case is not None}.values())


def name_place(transcript: str, span: Span) -> str:
    """Return who says a passage, and the interview where it has another name."""
    names = ", ".join(case.name for case in find_cases(transcript, span))
    return transcript if names in {"", transcript} else f"{names} · {transcript}"


def name_value(attribute: str, value: str) -> str:
    """Return what a value of an attribute is called of one person: a user, not users."""
    language = session.language()
    if attribute == "group" and value in GROUP_LABELS:
        return GROUP_LABELS[value].in_language(language)
    return attribute_value(attribute, value, language)


def select_codings(
    path: str, codings: tuple[Coding, ...], belongs: Callable[[Coding], bool]
) -> list[str]:
    """Return the ids of the codings of a code and those below it that reports count.

    Args:
        path: Path of the code.
        codings: All codings of the layer.
        belongs: Whether a coding is of the people who are asked for.
    """
    voices = speech()
    return [
        coding.id
        for coding in codings
        # With the slash, so that "work" does not take "workload" along.
        if (coding.code == path or coding.code.startswith(f"{path}/"))
        and not voices.is_of_interviewer(coding)
        and belongs(coding)
    ]
