"""What probabilities say of the work: what would teach most, and from where on to trust a code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import Codebook, CodeTrust, Doubt, TrustReport
from qualcode.suggesting.evaluation import held_out
from qualcode.suggesting.fusion import CodeMatrix
from qualcode.suggesting.lexicon import Integers
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.ranker import Ranker, Ranking
from qualcode.suggesting.texts import CodedPassage

BOUND = 0.2
"""Largest share of new interviews in which a code may be suggested wrongly more than allowed."""
ALLOWED = 1
"""Wrong suggestions of a code in one interview that are allowed."""
_LEAST_PRECISION = 2 / 3
"""Share of suggestions above the threshold that must be right, so that reading them pays."""
_FEWEST_CODINGS = 5
_FEWEST_INTERVIEWS = 3
_LEAST_AGREEMENT = 0.5
"""Positive agreement below which a definition is no basis for suggestions."""
_FEWEST_SHARED = 5
"""Sentences with a code by any of the coders below which their agreement is not judged."""


def teaching_values(probabilities: Scores, examples: Integers) -> Scores:
    """Return how much the code of each text would teach.

    The doubt about a code is p (1 - p), largest where it is as likely as not; what one more example
    of it adds falls with the root of their number.

    Args:
        probabilities: One row per text, one column per code.
        examples: Number of examples of each code.
    """
    doubt: Scores = probabilities * (1 - probabilities) / np.sqrt(1 + examples)
    return doubt


def most_instructive(
    ranking: Ranking, examples: Integers, limit: int
) -> tuple[float, tuple[tuple[int, float, tuple[str, ...]], ...]]:
    """Return how much texts would teach on average, and those that would teach most.

    Args:
        ranking: The texts with the codes ranked for each.
        examples: Number of examples of each code.
        limit: How many texts, at most.

    Returns:
        The mean value, and per text its row, its value and the two codes most in doubt.
    """
    doubt = teaching_values(ranking.probabilities, examples)
    values = doubt.sum(axis=1)
    rows = np.argsort(-values, kind="stable")[:limit].tolist()
    chosen = tuple(
        (row, float(values[row]), tuple(ranking.paths[n] for n in np.argsort(-doubt[row])[:2]))
        for row in rows
        if values[row] > 0
    )
    return float(values.mean()) if len(values) else 0.0, chosen


def judge_codes(
    ranker: Ranker,
    passages: Sequence[CodedPassage],
    agreement: dict[str, tuple[float, int]],
    tell: Callable[[float], None] = lambda _share: None,
) -> TrustReport:
    """Return per code whether to suggest it, and from which probability on to trust it.

    Args:
        ranker: The suggesters, which learned nothing.
        passages: What people coded, with all sentences of these interviews.
        agreement: Per code the positive agreement of coders, and the sentences it rests on.
        tell: Receives the share of the work done, 0 to 1.

    Raises:
        UndefinedRequestError: there are too few coded interviews for the bound.
    """
    table, matrix, groups, is_sentence = held_out(ranker, passages, tell)
    rows = np.flatnonzero(is_sentence)
    table, matrix, groups = table[rows], matrix[rows], groups[rows]
    interviews = len(np.unique(groups))
    # with fewer interviews no threshold below 1 can keep the bound
    fewest = int(np.ceil(1 / BOUND)) - 1
    if interviews < fewest:
        raise UndefinedRequestError(
            Message(
                "What to trust is judged by interview, and {interviews} coded interviews are too "
                "few: code at least {fewest}.",
                interviews=interviews,
                fewest=fewest,
            )
        )
    codes = tuple(
        _judge(path, table[:, n], matrix[:, n], groups, agreement.get(path))
        for n, path in enumerate(ranker.book.paths)
    )
    return TrustReport(codes, BOUND, ALLOWED, interviews)


def _judge(
    path: str,
    chances: Scores,
    coded: CodeMatrix,
    groups: Integers,
    agreement: tuple[float, int] | None,
) -> CodeTrust:
    # Whole percents, upwards: what is printed must not lie below what was computed.
    threshold = float(np.ceil(100 * conformal_threshold(chances, coded, groups)) / 100)
    above = chances > threshold
    right, wrong = int((above & coded).sum()), int((above & ~coded).sum())
    codings, interviews = int(coded.sum()), len(np.unique(groups[coded]))
    shared = agreement if agreement is not None and agreement[1] >= _FEWEST_SHARED else None
    if codings < _FEWEST_CODINGS or interviews < _FEWEST_INTERVIEWS:
        doubt = Doubt.FEW
    elif shared is not None and shared[0] < _LEAST_AGREEMENT:
        doubt = Doubt.DISAGREE
    else:
        # with no suggestion above the threshold, 0 of 0 would count as precise
        is_precise = right > 0 and right >= _LEAST_PRECISION * (right + wrong)
        doubt = Doubt.NONE if is_precise else Doubt.UNSURE
    return CodeTrust(
        path,
        doubt,
        None if doubt else threshold,
        right,
        wrong,
        codings,
        interviews,
        None if shared is None else shared[0],
    )


def conformal_threshold(chances: Scores, coded: CodeMatrix, groups: Integers) -> float:
    """Return the probability above which few new interviews have too many wrong suggestions.

    Split conformal prediction (Vovk, Gammerman and Shafer 2005) with interviews as the units that
    are exchanged: an interview's score is the highest probability above which it has no more than
    the allowed wrong suggestions. The probabilities of an interview come from a model of the
    others, so the bound is expected, not exact (Barber and others 2021).

    Args:
        chances: Probability of the code for each sentence.
        coded: Whether it has the code.
        groups: Number of the interview of each.
    """
    scores = []
    for group in np.unique(groups):
        wrong = np.sort(chances[(groups == group) & ~coded])[::-1]
        scores.append(float(wrong[ALLOWED]) if len(wrong) > ALLOWED else 0.0)
    place = int(np.ceil((len(scores) + 1) * (1 - BOUND)))
    return 1.0 if place > len(scores) else sorted(scores)[place - 1]


def example_counts(codebook: Codebook, passages: Sequence[CodedPassage]) -> Integers:
    """Return how many marked passages each code has, in the order of the active codes."""
    marked = [passage for passage in passages if not passage.sentence]
    return np.array(
        [sum(code.path in passage.codes for passage in marked) for code in codebook.active],
        dtype=np.int64,
    )
