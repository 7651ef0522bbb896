"""What suggestions say of the work itself: what to code next, what was missed, what to trust."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.model.comparison import Coefficient
from qualcode.model.suggestion import Suggestion
from qualcode.model.transcript import Segment


@dataclass(frozen=True, slots=True)
class NextPassage:
    """A sentence that would teach much.

    Attributes:
        segment: The sentence.
        value: How much it would teach: the doubt about its codes, where codes with few examples
            count more; 0 for a sentence to which surely nothing applies.
        codes: Paths of the codes that are in doubt, the likeliest first; none in a project that
            cannot keep that they were shown.
    """

    segment: Segment
    value: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextInterview:
    """An interview that is not coded yet, with what it would teach.

    Attributes:
        transcript: Its name.
        value: Mean value of its sentences, relative to that of all interviews not coded yet: 1 is
            usual.
        sentences: Number of sentences of respondents.
        passages: The sentences that would teach most, best first.
    """

    transcript: str
    value: float
    sentences: int
    passages: tuple[NextPassage, ...]


@dataclass(frozen=True, slots=True)
class MissedCode:
    """A likely code that a coder did not give to a sentence of a finished interview.

    Attributes:
        transcript: Name of the interview.
        segment: The sentence.
        suggestion: The code; learned without this interview.
    """

    transcript: str
    segment: Segment
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class MissedReport:
    """What a second reader would ask about finished interviews.

    Attributes:
        missed: Per sentence and code, the likeliest first.
        interviews: Names of the finished interviews that were read.
        checked: Of such sentences in interviews that others coded too: the share to which one of
            them gave the code; undefined where nobody did.
    """

    missed: tuple[MissedCode, ...]
    interviews: tuple[str, ...]
    checked: Coefficient


class Doubt(StrEnum):
    """Why a code is not to be suggested."""

    NONE = ""
    FEW = "too few examples"
    DISAGREE = "coders disagree on it"
    UNSURE = "right and wrong suggestions cannot be told apart"


@dataclass(frozen=True, slots=True)
class CodeTrust:
    """How far suggestions of one code can be trusted.

    Attributes:
        code: Its path.
        doubt: Why it is not to be suggested; ``NONE`` where it is.
        threshold: Probability from which suggestions hold the bound; None with a doubt.
        right: Right suggestions from the threshold on, in the interviews measured.
        wrong: Wrong ones.
        codings: Sentences that have the code.
        interviews: Interviews that have it.
        agreement: Positive agreement of coders on it, by sentence of interviews that several
            coded; None where nobody did.
    """

    code: str
    doubt: Doubt
    threshold: float | None
    right: int
    wrong: int
    codings: int
    interviews: int
    agreement: float | None = None


@dataclass(frozen=True, slots=True)
class TrustReport:
    """What to trust, per code.

    Attributes:
        codes: One per code, in the order of the book.
        bound: Largest share of new interviews with more than ``allowed`` wrong suggestions of a
            code from its threshold on.
        allowed: See ``bound``.
        interviews: Interviews measured; each was judged by what the others taught.
    """

    codes: tuple[CodeTrust, ...]
    bound: float
    allowed: int
    interviews: int
