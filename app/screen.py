"""One transcript as the coding screen needs it."""

from __future__ import annotations

import session

from qualcode.frontend import coding_document, wire
from qualcode.model import SegmentKind


def document(name: str) -> wire.Document:
    """Return text, codes and questions of a transcript for the browser."""
    project, language = session.project(), session.language()
    cases = project.collect_cases()
    return coding_document(
        project.transcript(name),
        project.codebook(),
        language=language,
        title=session.case_title(name, cases),
        transcripts=[
            (one.name, session.case_title(one.name, cases)) for one in project.collect_transcripts()
        ],
        answers=project.collect_segments(SegmentKind.ANSWER, name),
        questions={
            question.id: question.text.in_language(language)
            for guide in project.collect_guides()
            for question in guide.questions
        },
    )
