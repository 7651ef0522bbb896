"""Measures coverage: the guide questions that were asked, and the coded share of answers."""

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
from qualcode.themes.dataset import ThemeDataset


def measure_coverage(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    guides: Sequence[Guide] = (),
    answers: Iterable[Segment] = (),
) -> Coverage:
    """Return the transcripts in which each guide question was asked, and the coded shares.

    A guide applies to the transcripts of its group, or to all if it names none. A question was
    asked in a transcript if an answer has its id. Only words of respondents count, each once.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews, in order.
        cases: The respondents.
        guides: The topic guides.
        answers: Segments of the kind ``answer``, matched to guide questions.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    asked_pairs = {(s.transcript, s.question) for s in answers if s.kind is SegmentKind.ANSWER}
    by_transcript: dict[str, list[Coding]] = {name: [] for name in dataset.place}
    for coding in dataset.codings:
        by_transcript[coding.transcript].append(coding)
    return Coverage(
        questions=tuple(q for guide in guides for q in _questions(dataset, guide, asked_pairs)),
        transcripts=tuple(
            _words(dataset, codings, name) for name, codings in by_transcript.items()
        ),
        overall=_words(dataset, dataset.codings, ""),
    )


def _questions(
    dataset: ThemeDataset, guide: Guide, asked_pairs: set[tuple[str, str | None]]
) -> tuple[QuestionCoverage, ...]:
    names = dataset.transcripts_of(guide.group)
    return tuple(
        QuestionCoverage(
            guide=guide.name,
            group=guide.group,
            question=question.id,
            text=question.text,
            optional=question.optional,
            asked=tuple(name for name in names if (name, question.id) in asked_pairs),
            missed=tuple(name for name in names if (name, question.id) not in asked_pairs),
        )
        for question in guide.questions
    )


def _words(dataset: ThemeDataset, codings: Sequence[Coding], label: str) -> WordsCoverage:
    names = (label,) if label else tuple(dataset.place)
    words = dataset.words_in(names)
    coded = dataset.coded_words(codings, names)
    # The row over all transcripts has no label and no case.
    cases = dataset.cases_in(label) if label else ()
    return WordsCoverage(
        transcript=label,
        case=", ".join(case.name for case in cases),
        words=words,
        coded_words=coded,
        share=coded / words if words else None,
        codings=len(codings),
        undefined_because=None if words else "respondents say nothing",
    )
