"""One transcript as the coding screen needs it."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.model import Case, SegmentKind

from .. import session, wire
from ..coding_protocol import coding_document


def transcript_document(name: str) -> wire.Document:
    """Return text, codes and questions of a transcript for the browser."""
    project, language = session.project(), session.language()
    cases = project.collect_cases()
    return coding_document(
        project.transcript(name),
        project.codebook(),
        language=language,
        title=_case_title(name, cases),
        transcripts=[
            (transcript.name, _case_title(transcript.name, cases))
            for transcript in project.collect_transcripts()
        ],
        answers=project.collect_segments(SegmentKind.ANSWER, name),
        questions={
            question.id: question.text.in_language(language)
            for guide in project.collect_guides()
            for question in guide.questions
        },
    )


def _case_title(name: str, cases: Sequence[Case]) -> str:
    """Return the name of a transcript with the attributes of its respondent."""
    for case in cases:
        if name in case.transcripts:
            about = [
                # Three attributes fit in the title of the coding screen.
                case.attributes[key]
                for key in list(case.attributes)[:3]
                if case.attributes[key]
            ]
            return " · ".join([name, ", ".join(about)]) if about else name
    return name
