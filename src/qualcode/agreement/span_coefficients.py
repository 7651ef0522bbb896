"""``unitizing``: every coefficient on spans whose boundaries the coders chose, by its name.

Checks the spans and passes them to the formulas in ``unitizing_alpha``, ``overlap`` (what
other programs print) and ``gamma``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from qualcode.agreement import gamma, overlap, uncertainty, unitizing_alpha
from qualcode.agreement.arrays import Floats
from qualcode.agreement.checks import check_coders, check_count
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.spans import (
    LabelledSpan,
    SpanMeasure,
    Spans,
    check_spans,
    label_text,
    refuse_overlap,
    split_documents,
)
from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name
from qualcode.messages import Message, join_clauses
from qualcode.model import Coefficient
from qualcode.model.comparison import JACKKNIFE, RESAMPLES, SEED

ALPHAS: dict[str, Callable[..., SpanMeasure]] = {
    "u_alpha": unitizing_alpha.u_alpha,
    "u_alpha_binary": unitizing_alpha.u_alpha_binary,
    "cu_alpha": unitizing_alpha.cu_alpha,
    "ku_alpha": unitizing_alpha.ku_alpha,
}
OVERLAPS: dict[str, Callable[..., SpanMeasure]] = {
    "holsti": overlap.holsti,
    "dice": overlap.dice,
    "jaccard": overlap.jaccard,
    "nvivo_kappa": overlap.nvivo_kappa,
    "segment_match": overlap.segment_match,
}
GAMMAS = ("gamma", "gamma_cat", "gamma_k", "gamma_disorder")
UNITIZING = (*ALPHAS, *OVERLAPS, *GAMMAS)
"""All names."""

SHARES = {"holsti", "dice", "jaccard", "segment_match"}
"""Coefficients that cannot be below 0."""
ONE_SIDED = {"u_alpha", "u_alpha_binary", *OVERLAPS}
"""Coefficients that exist where a coder has no span: they compare spans with gaps, or are 0."""
KEYWORDS = {
    "ku_alpha": {"label"},
    "dice": {"label"},
    "jaccard": {"label"},
    "holsti": {"label"},
    "nvivo_kappa": {"label"},
    "segment_match": {"overlap"},
    "gamma": {"seed", "precision", "alpha", "beta", "delta_empty"},
    "gamma_cat": {"seed", "precision", "alpha", "beta", "delta_empty"},
    "gamma_k": {"label", "seed", "precision", "alpha", "beta", "delta_empty"},
    "gamma_disorder": {"alpha", "beta", "delta_empty"},
}
"""The keywords that each coefficient takes besides the spans."""


def unitizing(
    name: str,
    spans: Mapping[str, Sequence[LabelledSpan]],
    *,
    length: int,
    documents: Sequence[int] | None = None,
    intervals: str = JACKKNIFE,
    resamples: int = RESAMPLES,
    **options: float | str | None,
) -> Coefficient:
    """Return one coefficient of agreement on spans.

    With ``documents`` it has a standard error and a 95% interval from the documents (see
    ``uncertainty``), which need two of them or more; ``gamma_disorder`` has none.

    Args:
        name: Its name: one of ``UNITIZING``.
        spans: Per coder ``(start, end, label)`` of each span, half-open.
        length: Length of the text, in the unit of the positions.
        documents: Where each document begins in the text, the first one at 0: the
            documents are the sample.
        intervals: How intervals are found with documents: ``jackknife`` or ``bootstrap``.
        resamples: Number of samples of the bootstrap, with ``seed``.
        **options: What the coefficient takes besides: ``label`` (``ku_alpha`` and ``gamma_k``,
            where it must be given; ``dice``, ``jaccard``, ``holsti``, ``nvivo_kappa``),
            ``overlap`` (share of overlap that counts as a match, ``segment_match``),
            ``precision``, ``alpha``, ``beta``, ``delta_empty`` (``gamma``, ``gamma_cat``,
            ``gamma_k``; the last three also ``gamma_disorder``), ``seed`` (likewise, and every
            coefficient with ``documents``).

    Raises:
        UnknownNameError: no such coefficient.
        UndefinedRequestError: fewer than two coders; more than two where the coefficient
            takes two; a keyword it does not take, or one that is missing.
        InvalidValueError: a span that is empty, negative, past the end or not of whole
            numbers, or runs on into the next document; for the alphas, spans that overlap
            within one coder; documents out of order.
    """
    # names and keywords first: their errors are the easiest to mend
    keywords = _check_keywords(name, options, clustered=documents is not None)
    if not isinstance(spans, Mapping):
        raise InvalidValueError("Spans are a dictionary: per coder a list of (start, end, label).")
    check_coders(tuple(spans))
    checked = check_spans(spans, length)
    if name in OVERLAPS and len(spans) != 2:
        raise UndefinedRequestError(
            Message(
                "'{name}' compares two coders; got {count_spans}.",
                name=name,
                count_spans=len(spans),
            )
        )
    if name in ALPHAS:
        refuse_overlap(name, checked)
    # one text without documents: its sums are the whole
    texts = split_documents(checked, length, documents)
    reason = _nothing_to_compare(name, checked, keywords.get("label"))
    if reason:
        return Coefficient(name, None, reason)
    check_count("resamples", resamples, lowest=1)
    seed = keywords.get("seed", SEED)
    check_count("seed", seed, lowest=0)
    method = IntervalMethod(intervals, resamples, int(seed))
    if name in GAMMAS:
        figure = _gamma(name, texts, keywords)
        if isinstance(figure, Coefficient):
            return figure
        return figure.figure if documents is None else add_interval(figure, method)
    keywords.pop("seed", None)
    measure = _measure(name, checked, keywords)
    sums = _sums_of_texts(measure, texts)
    # a kappa of characters rests on the text, an overlap on the spans
    units = length if measure.in_positions else sum(map(len, checked.values()))
    estimate = _estimate(name, measure, sums, units)
    if documents is None or estimate.value is None:
        return estimate
    # passages are not units: how many there are does not matter
    occurs = np.array([np.inf if any(text.values()) else 0.0 for text, _ in texts])
    return _with_interval(estimate, measure.value, sums, method, occurs)


def _gamma(
    name: str, texts: Sequence[tuple[Spans, int]], keywords: dict[str, Any]
) -> Coefficient | gamma.GammaFigure:
    label = str(keywords.pop("label", ""))
    study = gamma.GammaStudy(texts, **keywords)
    if name == "gamma_disorder":
        return study.disorder()
    return study.gamma() if name == "gamma" else study.of_codes(label)


def add_interval(figure: gamma.GammaFigure, method: IntervalMethod) -> Coefficient:
    """Return gamma, gamma-cat or gamma-k with its interval from the texts, or why it has none."""
    if figure.figure.value is None:
        return figure.figure
    rests_on = figure.sums[1].sum(-1)
    # A text without passages, of a code without a pair with it, says nothing of the spread.
    occurs = np.where(rests_on > 0, np.inf, 0.0)
    return _with_interval(figure.figure, figure.value, figure.sums, method, occurs)


def _sums_of_texts(measure: SpanMeasure, texts: Sequence[tuple[Spans, int]]) -> tuple[Floats, ...]:
    """Return the sums of each text on the first axis."""
    coders = {coder: () for text, _ in texts for coder in text}
    # a rare code is in few of a thousand interviews
    of_gap = measure.sums(coders, 1)
    each = (
        measure.sums(text, length)
        if any(text.values())
        else tuple(part * length for part in of_gap)
        for text, length in texts
    )
    return tuple(map(np.stack, zip(*each, strict=True)))


def _check_keywords(
    name: str, options: Mapping[str, float | str | None], *, clustered: bool
) -> dict[str, float | str]:
    """Return the keywords that were given, checked against what the coefficient takes."""
    if str(name) not in UNITIZING:
        raise unknown_name("unitizing figure", str(name), UNITIZING, "qualcode.agreement")
    takes = KEYWORDS.get(name, set()) | ({"seed"} if clustered else set())
    keywords = {key: value for key, value in options.items() if value is not None}
    for key in keywords:
        if key not in takes:
            allowed = ", ".join(sorted(takes)) or "none"
            raise UndefinedRequestError(
                Message(
                    "'{name}' takes no {key}=; it takes: {allowed}.",
                    name=name,
                    key=key,
                    allowed=allowed,
                )
            )
    if "label" not in keywords and name in ("ku_alpha", "gamma_k"):
        raise UndefinedRequestError(
            Message("'{name}' is about one label: say which with label=...", name=name)
        )
    if "label" in keywords:
        label = label_text(keywords["label"])
        if not isinstance(label, str) or not label:
            raise InvalidValueError(Message("{label} is no label.", label=repr(label)))
        keywords["label"] = label
    return keywords


def _nothing_to_compare(name: str, spans: Spans, label: object) -> str:
    empty = [coder for coder, coder_spans in spans.items() if not coder_spans]
    if len(empty) == len(spans):
        return "no coder coded anything"
    # A gap is a value: that one coder marked what another left out is disagreement.
    if empty and name not in ONE_SIDED:
        return Message("coder '{empty}' coded nothing", empty=empty[0])
    labels = {name for coder_spans in spans.values() for _, _, name in coder_spans}
    return (
        ""
        if label is None or label in labels
        else Message("no coder used the label '{label}'", label=label)
    )


def _measure(name: str, spans: Spans, keywords: dict[str, float | str]) -> SpanMeasure:
    """Return the measure for the labels in use, or for the label that was asked for."""
    labels = tuple(sorted({label for coder_spans in spans.values() for _, _, label in coder_spans}))
    if name in ALPHAS:
        return ALPHAS[name](labels, **keywords)
    label = keywords.pop("label", None)
    return OVERLAPS[name](labels if label is None else (label,), **keywords)


def _estimate(name: str, measure: SpanMeasure, sums: tuple[Floats, ...], units: int) -> Coefficient:
    totals = tuple(part.sum(0) for part in sums)
    value, account = float(measure.value(*totals)), measure.account(*totals)
    if account.reason:
        return Coefficient(name, None, account.reason, account.observed, units=units)
    return Coefficient(name, value, None, account.observed, units=units, detail=account.detail)


def _with_interval(
    estimate: Coefficient,
    value: Callable[..., Floats],
    sums: tuple[Floats, ...],
    method: IntervalMethod,
    occurs: Floats,
) -> Coefficient:
    lowest = 0.0 if estimate.name in SHARES else -1.0
    clustered = uncertainty.cluster_uncertainty(sums, value, method, lowest=lowest, occurs=occurs)
    error = float(clustered.error)
    return replace(
        estimate,
        standard_error=error if np.isfinite(error) else None,
        interval=clustered.limits[0],
        detail=join_clauses(estimate.detail, clustered.reasons[0]),
    )
