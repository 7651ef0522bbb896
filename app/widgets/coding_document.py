"""One transcript as the coding screen needs it."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.model import Case, SegmentKind

from .. import session, wire
from ..attribution import name_value
from ..coding_protocol import coding_document


def transcript_document(name: str) -> wire.Document:
    """Return text, codes and questions of a transcript for the browser."""
    project, language = session.project(), session.language()
    cases = project.cases.collect()
    return coding_document(
        project.transcripts.get(name),
        project.codebook.get(),
        language=language,
        title=_case_title(name, cases),
        transcripts=[
            (transcript.name, _case_title(transcript.name, cases))
            for transcript in project.transcripts.collect()
        ],
        answers=project.transcripts.collect_segments(SegmentKind.ANSWER, name),
        questions={
            question.id: question.text.in_language(language)
            for guide in project.transcripts.collect_guides()
            for question in guide.questions
        },
    )


def _case_title(name: str, cases: Sequence[Case]) -> str:
    """Return the name of a transcript with what its respondents have in common."""
    maps = [case.attributes_in(name) for case in cases if name in case.transcripts]
    about = [
        name_value(key, value)
        for key, value in (maps[0].items() if maps else ())
        if value and all(attributes.get(key) == value for attributes in maps)
    ]
    # Three attributes fit in the title of the coding screen.
    return f"{name} · {', '.join(about[:3])}" if about else name
