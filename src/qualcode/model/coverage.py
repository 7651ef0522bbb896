"""Coverage: guide questions that were asked, and the coded share of answers."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.frozen import LocalText


@dataclass(frozen=True, slots=True)
class QuestionCoverage:
    """The interviews in which one guide question was asked.

    Attributes:
        guide: Name of the guide.
        group: Group of respondents that the guide is for.
        question: Id of the question.
        text: Its wording, per language.
        optional: May be left out of an interview.
        asked: Names of the transcripts where it was asked.
        missed: Names of the transcripts of the group where it was not.
    """

    guide: str
    group: str
    question: str
    text: LocalText
    optional: bool
    asked: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordsCoverage:
    """The coded share of the words of respondents.

    Attributes:
        transcript: Name of the transcript; ``""`` for all together.
        case: Pseudonyms of the cases in it, joined by ``", "``; ``""`` where there is none.
        words: Words that respondents said.
        coded_words: Words in at least one coding.
        share: ``coded_words / words``; None if respondents said nothing.
        codings: Number of codings.
        undefined_because: Reason why there is no share; None if there is one.
    """

    transcript: str
    case: str
    words: int
    coded_words: int
    share: float | None
    codings: int
    undefined_because: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of the guides and of the transcripts.

    Attributes:
        questions: One per guide question, in order of the guides.
        transcripts: One per transcript, in order.
        overall: All transcripts together.
    """

    questions: tuple[QuestionCoverage, ...]
    transcripts: tuple[WordsCoverage, ...]
    overall: WordsCoverage
