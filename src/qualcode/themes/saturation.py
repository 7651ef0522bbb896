"""Assesses saturation: the new information in the last interviews.

Guest, G., Namey, E. and Chen, M. (2020), A simple method to assess and report thematic
saturation in qualitative research, PLoS ONE 15(5), e0232076. The base is the codes of the
first ``base_size`` interviews and does not change. A run of ``run_length`` interviews starts
after the base and moves up one interview at a time; saturation is reached at the first run
whose new codes, over the codes in the base, are at or below the threshold. "6+2" says: after
six interviews, confirmed by a run of two.

Only codes that were used themselves count as information: the codes above them add nothing new.
The order of interviews is accidental, so the same is computed for random orders, drawn with a
seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from qualcode.messages import Message
from qualcode.model import (
    Case,
    Codebook,
    Coding,
    Saturation,
    SaturationFinding,
    SaturationRun,
    SaturationSpread,
    Transcript,
)
from qualcode.themes.dataset import ThemeDataset

# Defaults of Guest, Namey and Chen (2020): base of 4, runs of 2 or 3, at most 5% or nothing new.
BASE_SIZE = 4
RUN_LENGTHS = (2, 3)
THRESHOLDS = (0.05, 0.0)
ORDERS = 1000
# Fixed, so that a report gives the same figures each time.
SEED = 20200505

# 0.05 times 20 codes is not exactly 1 in floating point.
_ROUNDING = 1e-9


def assess_saturation(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    base_size: int = BASE_SIZE,
    run_lengths: Sequence[int] = RUN_LENGTHS,
    thresholds: Sequence[float] = THRESHOLDS,
    orders: int = ORDERS,
    seed: int = SEED,
) -> tuple[Saturation, ...]:
    """Return saturation over all interviews, then over the interviews of each group.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews, in the order in which they were held; questions of a survey
            and documents of nobody are left out.
        cases: The respondents.
        base_size: Interviews in the base.
        run_lengths: Interviews in a run; one finding for each with each threshold.
        thresholds: Largest share of new information that counts as saturated, 0 to 1.
        orders: Random orders to draw.
        seed: Seed to draw them with.
    """
    # Hundreds of answers to a question are no interview, and neither is a policy of nobody.
    interviews = [
        transcript
        for transcript in transcripts
        if transcript.kind not in {"answers", "document"}
        or (transcript.kind == "document" and any(transcript.name in c.transcripts for c in cases))
    ]
    dataset = ThemeDataset(codings, codebook, interviews, cases)
    findings = [(length, threshold) for length in run_lengths for threshold in thresholds]
    return tuple(
        _assess(dataset, group, base_size, findings, (orders, seed))
        for group in ("", *dataset.groups)
    )


def _assess(
    dataset: ThemeDataset,
    group: str,
    base_size: int,
    findings: Sequence[tuple[int, float]],
    drawing: tuple[int, int],
) -> Saturation:
    names = dataset.transcripts_of(group)
    new = _new_codes(dataset, names, group)
    counts = [len(codes) for codes in new]
    base = sum(counts[:base_size]) if len(names) >= base_size else None
    # All findings rest on the same random orders, so that they differ by their rule only.
    shuffled = _shuffled_counts(dataset, (names, group), drawing)
    return Saturation(
        group=group,
        interviews=names,
        new_codes=tuple(counts),
        known_codes=tuple(int(total) for total in np.cumsum(counts)),
        base_size=base_size,
        base_codes=base,
        findings=tuple(
            _find(names, new, (base_size, length, threshold), shuffled, drawing)
            for length, threshold in findings
        ),
    )


def _new_codes(dataset: ThemeDataset, names: Sequence[str], group: str) -> list[tuple[str, ...]]:
    """Return per interview the codes that it uses first, in order of first use."""
    codes_so_far: set[str] = set()
    codes_of: dict[str, dict[str, None]] = {name: {} for name in names}
    for coding in dataset.codings:
        if coding.transcript in codes_of and dataset.is_in_group(coding, group):
            codes_of[coding.transcript][coding.code] = None
    new = []
    for interview_codes in codes_of.values():
        new.append(tuple(code for code in interview_codes if code not in codes_so_far))
        codes_so_far.update(interview_codes)
    return new


def _find(
    names: Sequence[str],
    new: Sequence[tuple[str, ...]],
    rule: tuple[int, int, float],
    shuffled: NDArray[np.int64],
    drawing: tuple[int, int],
) -> SaturationFinding:
    base_size, length, threshold = rule
    base = sum(len(codes) for codes in new[:base_size])
    reason = _undefined(len(names), base, base_size, length)
    if reason:
        return SaturationFinding(length, threshold, None, undefined_because=reason)
    runs = []
    for after in range(base_size, len(names) - length + 1):
        new_codes = tuple(code for codes in new[after : after + length] for code in codes)
        runs.append(
            SaturationRun(
                after, tuple(names[after : after + length]), new_codes, len(new_codes) / base
            )
        )
    enough = (run.after for run in runs if run.ratio <= threshold + _ROUNDING)
    spread = _spread(shuffled, rule, drawing)
    return SaturationFinding(length, threshold, next(enough, None), tuple(runs), spread)


def _undefined(interviews: int, base: int, base_size: int, length: int) -> str | None:
    if interviews < base_size + length:
        return Message(
            "too few interviews: {interviews}, where a base of {base_size} and a run of "
            "{length} need at least {base_size_2}",
            interviews=interviews,
            base_size=base_size,
            length=length,
            base_size_2=base_size + length,
        )
    return (
        None
        if base
        else Message("no codes in the first {base_size} interviews", base_size=base_size)
    )


def _shuffled_counts(
    dataset: ThemeDataset, interviews: tuple[Sequence[str], str], drawing: tuple[int, int]
) -> NDArray[np.int64]:
    """Return the number of new codes per place in the order; one row per random order."""
    orders, seed = drawing
    names, group = interviews
    included = set(names)
    occurrences = {
        (coding.code, coding.transcript)
        for coding in dataset.codings
        if coding.transcript in included and dataset.is_in_group(coding, group)
    }
    codes = sorted({code for code, _ in occurrences})
    size = len(names)
    place_of = np.random.default_rng(seed).permuted(np.tile(np.arange(size), (orders, 1)), axis=1)
    # An interview a row: those of a code are read in one piece.
    places = np.ascontiguousarray(place_of.T)
    counts = np.zeros((orders, size), dtype=np.int64)
    order = np.arange(orders)
    for code in codes:
        holders = [i for i, name in enumerate(names) if (code, name) in occurrences]
        # A code is new in the earliest of its interviews in each order.
        # Each order stands once in the index, so nothing is counted over.
        counts[order, places[holders].min(axis=0)] += 1
    return counts


def _spread(
    counts: NDArray[np.int64], rule: tuple[int, int, float], drawing: tuple[int, int]
) -> SaturationSpread:
    base_size, length, threshold = rule
    orders, seed = drawing
    base = counts[:, :base_size].sum(axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(counts[:, base_size:], length, axis=1)
    enough = windows.sum(axis=2) <= threshold * base[:, None] + _ROUNDING
    # An order without a code in its base has no share of new information.
    enough &= base[:, None] > 0
    reached = enough.any(axis=1)
    after = np.sort(base_size + enough.argmax(axis=1)[reached])
    return SaturationSpread(
        orders=orders,
        seed=seed,
        reached=len(after),
        median=_percentile(after, orders, 0.5),
        low=_percentile(after, orders, 0.05),
        high=_percentile(after, orders, 0.95),
    )


def _percentile(after: NDArray[np.int64], orders: int, share: float) -> int | None:
    """Return the nearest rank among all orders; orders without saturation rank last."""
    rank = max(ceil(share * orders - _ROUNDING), 1)
    return int(after[rank - 1]) if rank <= len(after) else None
