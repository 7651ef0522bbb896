"""Evaluation of suggestions against codings of people, with advice for the codebook."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.comparison import Coefficient


@dataclass(frozen=True, slots=True)
class SuggesterScore:
    """Performance of one suggester, or of all fused, on the codes that people gave.

    Attributes:
        suggester: Its name; ``fused`` for all together.
        first: Share of coded passages whose first suggestion is one of their codes.
        three: Likewise for the first three.
        five: Likewise for the first five.
        theme: Share whose first suggestion is of the right theme.
    """

    suggester: str
    first: Coefficient
    three: Coefficient
    five: Coefficient
    theme: Coefficient


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """First suggestions with similar probabilities: predicted and observed share correct.

    Attributes:
        low: Lower edge of the probabilities.
        high: Upper edge.
        count: First suggestions in it.
        probability: Their mean probability; None without suggestions.
        correct: Share of them that equal codes of people; None without suggestions.
    """

    low: float
    high: float
    count: int
    probability: float | None
    correct: float | None


@dataclass(frozen=True, slots=True)
class CodeScore:
    """Performance of the suggestions of one code.

    Attributes:
        code: Its path.
        codings: Passages that people gave it.
        suggested: Passages with a likely or possible suggestion of it.
        precision: Share of ``suggested`` that people gave it.
        recall: Share of ``codings`` that it was suggested for.
        f1: Harmonic mean of the two.
        three: Share of ``codings`` that have it among the first three.
    """

    code: str
    codings: int
    suggested: int
    precision: Coefficient
    recall: Coefficient
    f1: Coefficient
    three: Coefficient


@dataclass(frozen=True, slots=True)
class TermCount:
    """Occurrences of a term in passages with and without its code.

    Attributes:
        term: The term, as in the codebook.
        right: Passages with the code in which it occurs.
        wrong: Passages without the code in which it occurs.
    """

    term: str
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class CodeAdvice:
    """Advice for improving the entry of a code.

    Attributes:
        code: Its path.
        misfires: Terms that occur more often without the code than with it.
        missed: Keys of passages with the code that no suggester ranked in its first five.
        words: Distinctive lemmas of these passages that the entry lacks, best first.
    """

    code: str
    misfires: tuple[TermCount, ...] = ()
    missed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """Performance over all sentences of the coded interviews, coded or not.

    Attributes:
        sentences: Number of sentences.
        uncoded: Number of those that no coding overlaps.
        likely: Number of those with a likely suggestion.
        calibration: Expected calibration error of the first suggestions.
        gate: Expected calibration error of the probability that any code applies.
        likely_right: Share of likely suggestions that people gave too; None without any.
        likely_uncoded: Share of uncoded sentences with a likely suggestion; None without any.
        bins: The reliability plot.
    """

    sentences: int
    uncoded: int
    likely: int
    calibration: Coefficient
    gate: Coefficient
    likely_right: Coefficient | None
    likely_uncoded: Coefficient | None
    bins: tuple[ReliabilityBin, ...]


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """Performance after a number of coded interviews, on interviews not among them.

    Attributes:
        interviews: How many were learned from.
        first: Share of coded passages whose first suggestion is one of their codes.
        three: Likewise for the first three.
        five: Likewise for the first five.
    """

    interviews: int
    first: Coefficient
    three: Coefficient
    five: Coefficient


@dataclass(frozen=True, slots=True)
class SuggestionReport:
    """Evaluation of suggestions against codings, cross-validated by transcript.

    Attributes:
        passages: Number of coded passages.
        transcripts: Number of their transcripts.
        suggesters: One per suggester, ``fused`` last.
        calibration: Expected calibration error of the first suggestions.
        bins: The reliability plot.
        codes: One per code of the book, in its order.
        advice: One per code that can be improved.
        weights: Weight of each suggester by name: fitted to these codings, or the default if
            they are too few.
        without: All together but for one, which names it: what that one adds.
        sentences: Performance over all sentences; None where only coded passages are known.
        stranger: All together, without learning and with half of the terms removed at random:
            mean of five draws. None for a codebook without terms.
        curve: All together after some coded interviews, from none on.
        judged: Of how many passages and sentences the language model of the project judged every
            code; the others have no evidence of it. None where no model is chosen.
    """

    passages: int
    transcripts: int
    suggesters: tuple[SuggesterScore, ...]
    calibration: Coefficient
    bins: tuple[ReliabilityBin, ...]
    codes: tuple[CodeScore, ...]
    advice: tuple[CodeAdvice, ...]
    weights: tuple[tuple[str, float], ...] = ()
    without: tuple[SuggesterScore, ...] = ()
    sentences: SentenceScore | None = None
    stranger: SuggesterScore | None = None
    curve: tuple[LearningPoint, ...] = ()
    judged: int | None = None
