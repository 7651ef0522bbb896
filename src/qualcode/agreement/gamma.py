"""Gamma: agreement on boundaries and codes at once, through the best alignment.

``gamma``: Mathet, Widlöcher and Métivier 2015, "The unified and holistic method gamma for
inter-annotator agreement measure and alignment", Computational Linguistics 41(3), 437-479.
``gamma_cat`` and ``gamma_k``: Mathet 2017, "The agreement measure gamma-cat, a complement to gamma
focused on categorization of a continuum", Computational Linguistics 43(3), 661-681: on the pairs
of that alignment only the codes are compared, of all codes or of one.

Units may overlap within one coder. What chance would give is sampled: the precision of the
samples is part of the result. Of several texts each is aligned by itself, and a random corpus has
a random continuum of each: chance never carries a unit from one interview to another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from qualcode.agreement.alignment import Alignment, Units, Weights, align, squared_offset
from qualcode.agreement.arrays import Floats, Integers, share
from qualcode.agreement.checks import check_count, is_number
from qualcode.agreement.spans import Spans
from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Coefficient

SAMPLES = 30
"""Number of random continua before the precision is judged."""
FEWEST_CORPORA = 8
"""Of many texts, number of random corpora before it is: each has a continuum of every text."""
MOST = 10_000
"""Number of random continua at which precision is given up."""
TRIES = 100

NOTHING_ALIGNED = Message("no passage of one coder was aligned with one of another")
ONE_LABEL = Message("passages that chance aligns never differ in it, so nothing varies")


@dataclass(frozen=True, slots=True)
class GammaFigure:
    """A figure of the family, and what its uncertainty follows from.

    Attributes:
        figure: The coefficient, without an interval.
        sums: What it is computed from, per text on the first axis.
        value: Those sums, any leading axes -> the coefficient, NaN where it does not exist.
    """

    figure: Coefficient
    sums: tuple[Floats, ...]
    value: Callable[..., Floats]


# --- the sums of an alignment -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Disorder:
    """What the best alignments of some texts add up to.

    Attributes:
        cost: Cost of the alignment, ``(texts, samples)``.
        units: Mean number of units per coder, likewise.
        unlike: Weights of aligned pairs with different codes, ``(texts, samples, 1 + labels)``:
            all pairs first, then those in which either unit has the label.
        paired: Weights of all aligned pairs, likewise.
    """

    cost: Floats
    units: Floats
    unlike: Floats
    paired: Floats


def _sum_alignment(coders: Sequence[Units], alignment: Alignment, q: int) -> _Disorder:
    """Return the sums of one text and one alignment, as the only text and sample."""
    unlike, paired = np.zeros(1 + q), np.zeros(1 + q)
    groups = alignment.groups
    # A unit counts once, whatever the number of coders it is paired with (2017), as in alpha.
    share_of_pair = 1.0 / np.maximum((groups >= 0).sum(1) - 1, 1)
    for g, h in combinations(range(len(coders)), 2):
        in_both = (groups[:, g] >= 0) & (groups[:, h] >= 0)
        at_g, at_h = groups[in_both, g], groups[in_both, h]
        offset = squared_offset(coders[g], at_g, coders[h], at_h)
        # Two units at nearly the same place are more surely about the same passage.
        weight = share_of_pair[in_both] * np.maximum(0.0, 1.0 - offset)
        labels_g, labels_h = coders[g].labels[at_g], coders[h].labels[at_h]
        differ = labels_g != labels_h
        paired += _by_label(labels_g, labels_h, weight, q)
        unlike += _by_label(labels_g[differ], labels_h[differ], weight[differ], q)
    mean = sum(map(len, coders)) / len(coders)
    return _Disorder(
        np.array([[alignment.total]]), np.array([[mean]]), unlike[None, None], paired[None, None]
    )


def _by_label(labels_g: Integers, labels_h: Integers, weight: Floats, q: int) -> Floats:
    """Return the weights of all pairs, and of the pairs in which either has each label."""
    same_label = labels_g == labels_h
    is_paired = (
        np.bincount(labels_g, weight, q)
        + np.bincount(labels_h, weight, q)
        - np.bincount(labels_g[same_label], weight[same_label], q)
    )
    return np.concatenate(([weight.sum()], is_paired))


def _join(parts: Sequence[_Disorder], axis: int) -> _Disorder:
    """Return sums put together: over texts (axis 0) or over samples (axis 1)."""
    return _Disorder(
        *(
            np.concatenate([getattr(part, name) for part in parts], axis)
            for name in ("cost", "units", "unlike", "paired")
        )
    )


def _gamma_value(cost: Floats, units: Floats, chance_cost: Floats, chance_units: Floats) -> Floats:
    """Return 1 - observed / expected disorder (2015, equation 8).

    A disorder is the cost of the alignment over the mean number of units per coder (equation 7);
    the expected one is the mean over random corpora. The last axis is of samples.
    """
    return _above_chance(share(cost, units), share(chance_cost, chance_units))


def _categories_value(
    unlike: Floats, paired: Floats, chance_unlike: Floats, chance_paired: Floats
) -> Floats:
    """Return 1 - observed / expected weight of pairs with different codes (2017)."""
    return _above_chance(share(unlike, paired), share(chance_unlike, chance_paired))


def _above_chance(observed: Floats, sampled: Floats) -> Floats:
    return 1.0 - share(observed[..., 0], _mean_of_samples(sampled))


def _mean_of_samples(sampled: Floats) -> Floats:
    """Return the mean over the samples that have the value, NaN where none has."""
    defined = np.isfinite(sampled)
    mean: Floats = share(np.where(defined, sampled, 0.0).sum(-1), defined.sum(-1).astype(float))
    return mean


# --- the figures of some texts ------------------------------------------------------------------


class GammaStudy:
    """The best alignments of some texts, and of random continua of them: computed once.

    Args:
        texts: The spans of each text by coder, and its length.
        seed: Seed of the random continua.
        precision: Half-width of the 95% interval of the expected disorder, as a share of it
            (2015, section 5.3: enough samples are drawn to reach it).
        alpha: Weight of position.
        beta: Weight of the label.
        delta_empty: Cost of a unit that another coder lacks.

    Raises:
        InvalidValueError: a weight, precision or seed that cannot be.
    """

    def __init__(
        self,
        texts: Sequence[tuple[Spans, int]],
        *,
        seed: int = 1,
        precision: float = 0.02,
        alpha: float = 1.0,
        beta: float = 1.0,
        delta_empty: float = 1.0,
    ) -> None:
        if not (is_number(precision) and 0 < precision < 1):
            raise InvalidValueError(
                Message("precision lies between 0 and 1; got {precision}.", precision=precision)
            )
        check_count("seed", seed, lowest=0)
        self._weights = _weights(alpha, beta, delta_empty)
        self._seed, self._precision = int(seed), float(precision)
        labels = {span[2] for spans, _ in texts for own in spans.values() for span in own}
        self._labels = {label: number for number, label in enumerate(sorted(labels))}
        self._texts = [(_units(spans, self._labels), length) for spans, length in texts]
        self._count = sum(len(units) for coders, _ in self._texts for units in coders)

    def _align(self, coders: Sequence[Units]) -> _Disorder:
        return _sum_alignment(coders, align(coders, self._weights), len(self._labels))

    @cached_property
    def _observed(self) -> _Disorder:
        return _join([self._align(coders) for coders, _ in self._texts], 0)

    @cached_property
    def _chance(self) -> _Disorder:
        """Sums of random corpora, as many as the precision asks for."""
        rng = np.random.default_rng(self._seed)
        corpora: list[_Disorder] = []
        needed = max(FEWEST_CORPORA, math.ceil(SAMPLES / len(self._texts)))
        while len(corpora) < needed:
            corpora += [self._random_corpus(rng) for _ in range(needed - len(corpora))]
            # 1e-300: chance may give no disorder at all, and zero cannot be divided by
            disorders = [float(c.cost.sum() / max(c.units.sum(), 1e-300)) for c in corpora]
            spread = float(np.std(disorders, ddof=1)) / max(float(np.mean(disorders)), 1e-300)
            # the paper's rule: the number of samples follows from their spread so far
            needed = min(math.ceil((spread * 1.96 / self._precision) ** 2), MOST)
        return _join(corpora, 1)

    def _random_corpus(self, rng: np.random.Generator) -> _Disorder:
        return _join(
            [self._align(_shuffled(coders, length, rng)) for coders, length in self._texts], 0
        )

    def disorder(self) -> Coefficient:
        """Return the observed disorder: 0 where all coders did the same."""
        observed = self._observed
        value = float(observed.cost.sum() / observed.units.sum())
        return Coefficient("gamma_disorder", value, units=self._count)

    def gamma(self) -> GammaFigure:
        """Return gamma: agreement on positions and codes."""
        observed, chance = self._observed, self._chance
        sums = (observed.cost, observed.units, chance.cost, chance.units)
        return self._figure("gamma", sums, _gamma_value, "chance gives no disorder at all")

    def of_codes(self, label: str = "") -> GammaFigure:
        """Return gamma-cat: agreement on the codes of aligned passages; gamma-k of a label.

        Gamma-k is about the aligned pairs in which either passage has the label.
        """
        place = self._labels[label] + 1 if label else 0
        observed, chance = self._observed, self._chance
        sums = (
            observed.unlike[..., place],
            observed.paired[..., place],
            chance.unlike[..., place],
            chance.paired[..., place],
        )
        name = "gamma_k" if label else "gamma_cat"
        reason = ONE_LABEL if observed.paired[..., place].sum() > 0 else NOTHING_ALIGNED
        return self._figure(name, sums, _categories_value, reason)

    def _figure(
        self, name: str, sums: tuple[Floats, ...], value: Callable[..., Floats], reason: str
    ) -> GammaFigure:
        totals = tuple(part.sum(0) for part in sums)
        estimate = float(value(*totals))
        if not math.isfinite(estimate):
            return GammaFigure(Coefficient(name, None, reason, units=self._count), sums, value)
        sampled = share(totals[2], totals[3])
        figure = Coefficient(name, estimate, units=self._count, detail=self._detail(sampled))
        return GammaFigure(figure, sums, value)

    def _detail(self, sampled: Floats) -> Message:
        """Return how precisely chance is known."""
        sampled = sampled[np.isfinite(sampled)]
        expected = float(sampled.mean())
        # the expected disorder is itself estimated: its precision belongs to the result
        error = float(sampled.std(ddof=1)) / math.sqrt(len(sampled)) if len(sampled) > 1 else 0.0
        return Message(
            "expected disorder {expected}, within {half} at 95%, from {count_disorders} random "
            "continua, seed {seed}",
            expected=f"{expected:.4f}",
            half=f"{1.96 * error / expected:.2%}",
            count_disorders=len(sampled) * len(self._texts),
            seed=self._seed,
        )


def _units(spans: Spans, number: Mapping[str, int]) -> list[Units]:
    return [
        Units(
            np.array([start for start, _, _ in coder_spans], dtype=float),
            np.array([end for _, end, _ in coder_spans], dtype=float),
            np.array([number[label] for _, _, label in coder_spans], dtype=np.int64),
        )
        for coder_spans in spans.values()
    ]


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


def _shuffled(coders: Sequence[Units], length: int, rng: np.random.Generator) -> list[Units]:
    """Return a random continuum: any coder's units, moved round the text (2015, section 5.2).

    Each random coder gets the units of a coder drawn at random, cut at a place of its own and
    the two parts swapped; the places lie at least a mean unit's length apart. A continuum without
    any unit is none: it is drawn again.
    """
    if not any(map(len, coders)):
        return list(coders)
    mean_length = float(np.mean(np.concatenate([units.ends - units.starts for units in coders])))
    moves: list[float] = []
    for _ in coders:
        # many coders on a short text leave no such place: then the last one drawn is taken
        for _ in range(TRIES):
            move = float(rng.integers(length))
            if all(mean_length <= abs(move - m) <= length - mean_length for m in moves):
                break
        moves.append(move)
    continua: list[Units] = []
    while not any(map(len, continua)):
        continua = []
        for move in moves:
            units = coders[int(rng.integers(len(coders)))]
            # a unit cut by the end of the text is moved whole, past the end
            starts = (units.starts + move) % length
            continua.append(Units(starts, starts + units.ends - units.starts, units.labels))
    return continua
