"""One transcript as the coding screen needs it."""

from __future__ import annotations

from typing import Any

import session

from qualcode.frontend import coding_document
from qualcode.model import SegmentKind


def document(name: str) -> dict[str, Any]:
    """Return text, codes and questions of a transcript for the browser."""
    project, language = session.project(), session.language()
    cases = project.cases.collect()
    return coding_document(
        project.transcripts.get(name),
        project.codebook.get(),
        language=language,
        title=session.case_title(name, cases),
        documents=[
            (one.name, session.case_title(one.name, cases)) for one in project.transcripts.collect()
        ],
        answers=project.transcripts.collect_segments(SegmentKind.ANSWER, name),
        questions={
            question.id: question.text.in_language(language)
            for guide in project.transcripts.collect_guides()
            for question in guide.questions
        },
    )
