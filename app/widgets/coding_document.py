"""One transcript as the coding screen needs it."""

from __future__ import annotations

from typing import Any

from qualcode.model import SegmentKind

from .. import session
from ..coding_protocol import coding_document


def document(name: str) -> dict[str, Any]:
    """Return text, codes and questions of a transcript for the browser."""
    project, language = session.project(), session.language()
    cases = project.collect_cases()
    return coding_document(
        project.transcript(name),
        project.codebook(),
        language=language,
        title=session.case_title(name, cases),
        documents=[
            (one.name, session.case_title(one.name, cases)) for one in project.collect_transcripts()
        ],
        answers=project.collect_segments(SegmentKind.ANSWER, name),
        questions={
            question.id: question.text.in_language(language)
            for guide in project.collect_guides()
            for question in guide.questions
        },
    )
