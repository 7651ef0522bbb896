"""How good suggestions were against what people coded, and how to make them better."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.comparison import Coefficient


@dataclass(frozen=True, slots=True)
class SuggesterScore:
    """How well one suggester, or all fused, ranks the codes that people gave.

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
    """First suggestions of about one probability: what was promised and what was kept.

    Attributes:
        low: Lower edge of the probabilities.
        high: Upper edge.
        count: First suggestions in it.
        probability: Their mean probability; None where there are none.
        correct: Share of them that people agreed with; None where there are none.
    """

    low: float
    high: float
    count: int
    probability: float | None
    correct: float | None


@dataclass(frozen=True, slots=True)
class CodeScore:
    """How well one code is suggested.

    Attributes:
        code: Its path.
        codings: Passages that people gave it.
        suggested: Passages it was suggested for, at least as possible.
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
    """A term of a code, and how often it is said where the code does and does not apply.

    Attributes:
        term: The term, as the book has it.
        right: Passages with the code in which it is said.
        wrong: Passages without the code in which it is said.
    """

    term: str
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class CodeAdvice:
    """Where the entry of a code can be improved.

    Attributes:
        code: Its path.
        misfires: Terms said more often where the code does not apply than where it does.
        missed: Keys of passages with the code that no suggester had among its first five.
        words: Lemmas that set these passages apart and are not in the entry, best first.
    """

    code: str
    misfires: tuple[TermCount, ...] = ()
    missed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestionReport:
    """Suggestions measured against codings, cross-validated by transcript.

    Attributes:
        passages: Coded passages that it rests on.
        transcripts: Transcripts that they are from.
        suggesters: One per suggester, ``fused`` last.
        calibration: Expected calibration error of the first suggestions.
        bins: The reliability plot.
        codes: One per code of the book, in its order.
        advice: One per code that has something to improve.
        weights: What each suggester counts, by name: fitted to these codings, or the default
            where they are too few.
    """

    passages: int
    transcripts: int
    suggesters: tuple[SuggesterScore, ...]
    calibration: Coefficient
    bins: tuple[ReliabilityBin, ...]
    codes: tuple[CodeScore, ...]
    advice: tuple[CodeAdvice, ...]
    weights: tuple[tuple[str, float], ...] = ()
