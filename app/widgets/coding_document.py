"""One transcript as the coding screen needs it."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.model import GROUP_LABELS, Case, SegmentKind
from qualcode.project import attribute_value

from .. import session, wire
from ..coding_protocol import coding_document


def transcript_document(name: str) -> wire.Document:
    """Return text, codes and questions of a transcript for the browser."""
    project, language = session.project(), session.language()
    cases = project.cases.collect()
    return coding_document(
        project.transcripts.get(name),
        project.codebook.get(),
        language=language,
        title=_case_title(name, cases, language),
        transcripts=[
            (transcript.name, _case_title(transcript.name, cases, language))
            for transcript in project.transcripts.collect()
        ],
        answers=project.transcripts.collect_segments(SegmentKind.ANSWER, name),
        questions={
            question.id: question.text.in_language(language)
            for guide in project.transcripts.collect_guides()
            for question in guide.questions
        },
    )


def _case_title(name: str, cases: Sequence[Case], language: str) -> str:
    """Return the name of a transcript with the attributes of its respondent."""
    for case in cases:
        if name in case.transcripts:
            about = [
                # Three attributes fit in the title of the coding screen.
                _attribute_label(key, case.attributes[key], language)
                for key in list(case.attributes)[:3]
                if case.attributes[key]
            ]
            return " · ".join([name, ", ".join(about)]) if about else name
    return name


def _attribute_label(key: str, value: str, language: str) -> str:
    """Return what a value of an attribute of one respondent is called."""
    if key == "group" and value in GROUP_LABELS:
        return GROUP_LABELS[value].in_language(language)
    return attribute_value(key, value, language)
