"""Coverage: which guide questions were asked, and how much of the answers is coded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.model import (
    Case,
    Codebook,
    Coding,
    Coverage,
    Guide,
    QuestionCoverage,
    Segment,
    SegmentKind,
    Transcript,
    WordsCoverage,
)
from qualcode.themes.dataset import Material


def measure_coverage(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    guides: Sequence[Guide] = (),
    answers: Iterable[Segment] = (),
) -> Coverage:
    """Return where each guide question was asked and which share of the words is coded.

    A guide is for the transcripts of its group (all transcripts, where it names none); a
    question was asked where one of their answers carries its id. Only respondents' words
    count, each at most once.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews, in order.
        cases: The respondents.
        guides: The topic guides.
        answers: Segments of the kind ``answer``, matched to guide questions.
    """
    material = Material(codings, codebook, transcripts, cases)
    asked = {(s.transcript, s.question) for s in answers if s.kind is SegmentKind.ANSWER}
    everywhere = tuple(material.place)
    return Coverage(
        questions=tuple(q for guide in guides for q in _questions(material, guide, asked)),
        transcripts=tuple(_words(material, (name,), name) for name in everywhere),
        overall=_words(material, everywhere, ""),
    )


def _questions(
    material: Material, guide: Guide, asked: set[tuple[str, str | None]]
) -> tuple[QuestionCoverage, ...]:
    names = material.transcripts_of(guide.group)
    return tuple(
        QuestionCoverage(
            guide=guide.name,
            group=guide.group,
            question=question.id,
            text=question.text,
            optional=question.optional,
            asked=tuple(name for name in names if (name, question.id) in asked),
            missed=tuple(name for name in names if (name, question.id) not in asked),
        )
        for question in guide.questions
    )


def _words(material: Material, names: Sequence[str], label: str) -> WordsCoverage:
    own = [coding for coding in material.codings if coding.transcript in names]
    words = material.words_in(names)
    coded = material.coded_words(own, names)
    cases = material.cases_in(label) if label else ()
    return WordsCoverage(
        transcript=label,
        case=", ".join(case.name for case in cases),
        words=words,
        coded_words=coded,
        share=coded / words if words else None,
        codings=len(own),
        undefined_because=None if words else "respondents say nothing",
    )
