"""Gamma: agreement on boundaries and labels at once, through the best alignment.

Mathet, Widlöcher and Métivier 2015, "The unified and holistic method gamma for
inter-annotator agreement measure and alignment", Computational Linguistics 41(3), 437-479.
Units may overlap within one coder. What chance would give is sampled: its precision is part
of the result.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from qualcode.agreement.alignment import Units, Weights, best_total
from qualcode.agreement.arrays import Floats
from qualcode.agreement.checks import check_count, is_number
from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Coefficient

Spans = Mapping[str, Sequence[tuple[int, int, str]]]
SAMPLES = 30
"""Number of random continua before the precision is judged."""
MOST = 10_000
"""Number of random continua at which precision is given up."""
TRIES = 100


def _units(spans: Spans) -> list[Units]:
    labels = sorted({label for coder_spans in spans.values() for _, _, label in coder_spans})
    number = {label: i for i, label in enumerate(labels)}
    return [
        Units(
            np.array([start for start, _, _ in coder_spans], dtype=float),
            np.array([end for _, end, _ in coder_spans], dtype=float),
            np.array([number[label] for _, _, label in coder_spans], dtype=np.int64),
        )
        for coder_spans in spans.values()
    ]


def _disorder(coders: Sequence[Units], weights: Weights) -> tuple[float, bool]:
    """Return the disorder of the best alignment (2015, equation 7), and if it is proven best.

    The cost of the alignment over the mean number of units per coder.
    """
    total, proven = best_total(coders, weights)
    return total * len(coders) / sum(map(len, coders)), proven


def gamma_disorder(
    spans: Spans,
    length: int,
    *,
    alpha: float = 1.0,
    beta: float = 1.0,
    delta_empty: float = 1.0,
) -> Coefficient:
    """Observed disorder: that of the best alignment; 0 where all coders did the same."""
    del length
    weights = _weights(alpha, beta, delta_empty)
    value, proven = _disorder(_units(spans), weights)
    detail = "" if proven else "the alignment may not be the very best"
    units = sum(map(len, spans.values()))
    return Coefficient("gamma_disorder", value, units=units, detail=detail)


def _weights(alpha: float, beta: float, delta_empty: float) -> Weights:
    for name, value in (("alpha", alpha), ("beta", beta), ("delta_empty", delta_empty)):
        if not (is_number(value) and math.isfinite(value) and value >= 0):
            raise InvalidValueError(
                Message(
                    "{name} must be a number of 0 or more; got {value}.", name=name, value=value
                )
            )
    if delta_empty == 0 or alpha == beta == 0:
        raise InvalidValueError("delta_empty and one of alpha and beta must be more than 0.")
    return Weights(float(alpha), float(beta), float(delta_empty))


def gamma(
    spans: Spans,
    length: int,
    *,
    seed: int = 1,
    precision: float = 0.02,
    alpha: float = 1.0,
    beta: float = 1.0,
    delta_empty: float = 1.0,
) -> Coefficient:
    """1 - observed / expected disorder (2015, equation 8).

    Args:
        spans: Per coder its spans.
        length: Length of the text.
        seed: Seed of the random continua.
        precision: Half-width of the 95% interval of the expected disorder, as a share of it
            (2015, section 5.3: enough samples are drawn to reach it).
        alpha: Weight of position.
        beta: Weight of the label.
        delta_empty: Cost of a unit that another coder lacks.

    Raises:
        InvalidValueError: a weight, precision or seed that cannot be.
    """
    if not (is_number(precision) and 0 < precision < 1):
        raise InvalidValueError(
            Message("precision lies between 0 and 1; got {precision}.", precision=precision)
        )
    check_count("seed", seed, lowest=0)
    weights = _weights(alpha, beta, delta_empty)
    coders = _units(spans)
    units = sum(map(len, coders))
    observed, proven = _disorder(coders, weights)
    disorders = _expected(coders, length, weights, seed=seed, precision=precision)
    expected = float(disorders.mean())
    if expected <= 1e-12:
        return Coefficient("gamma", None, "chance gives no disorder at all", units=units)
    # the expected disorder is itself estimated: its precision belongs to the result
    half = 1.96 * float(disorders.std(ddof=1)) / math.sqrt(len(disorders)) / expected
    detail = Message(
        "expected disorder {expected}, within {half} at 95%, from {count_disorders} random "
        "continua, seed {seed}",
        expected=f"{expected:.4f}",
        half=f"{half:.1%}",
        count_disorders=len(disorders),
        seed=seed,
    )
    if not proven:
        doubt = Message("the alignment may not be the very best")
        detail = Message("{detail}; {doubt}", detail=detail, doubt=doubt)
    return Coefficient("gamma", 1 - observed / expected, units=units, detail=detail)


def _expected(
    coders: Sequence[Units], length: int, weights: Weights, *, seed: int, precision: float
) -> Floats:
    """Return disorders of random continua, as many as the precision asks for."""
    rng = np.random.default_rng(seed)
    disorders: list[float] = []
    needed = SAMPLES
    while len(disorders) < needed:
        disorders += [
            _disorder(_shuffled(coders, length, rng), weights)[0]
            for _ in range(needed - len(disorders))
        ]
        spread = float(np.std(disorders, ddof=1)) / max(float(np.mean(disorders)), 1e-300)
        # the paper's rule: the number of samples follows from their spread so far
        needed = min(math.ceil((spread * 1.96 / precision) ** 2), MOST)
    return np.array(disorders)


def _shuffled(coders: Sequence[Units], length: int, rng: np.random.Generator) -> list[Units]:
    """Return a random continuum: any coder's units, moved round the text (2015, section 5.2).

    Each random coder gets the units of a coder drawn at random, cut at a place of its own and
    the two parts swapped; the places lie at least a mean unit's length apart.
    """
    mean_length = float(np.mean(np.concatenate([units.ends - units.starts for units in coders])))
    moves: list[float] = []
    for _ in coders:
        for _ in range(TRIES):
            move = float(rng.integers(length))
            if all(mean_length <= abs(move - m) <= length - mean_length for m in moves):
                break
        moves.append(move)
    continua = []
    for move in moves:
        units = coders[int(rng.integers(len(coders)))]
        # a unit cut by the end of the text is moved whole, past the end
        starts = (units.starts + move) % length
        continua.append(Units(starts, starts + units.ends - units.starts, units.labels))
    return continua
