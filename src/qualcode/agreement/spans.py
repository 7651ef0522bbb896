"""``unitizing``: every figure for spans whose boundaries the coders chose, by its name.

Checks the spans and hands them to the formulas in ``lengths`` (alpha family), ``overlap``
(what other programs print) and ``gamma``. Spans are half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from qualcode.agreement import gamma, lengths, overlap, resampling
from qualcode.agreement.contingency import Floats
from qualcode.agreement.options import check_count
from qualcode.agreement.spanned import LabelledSpan, SpanFigure, Spans
from qualcode.agreement.units import check_coders
from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name
from qualcode.model import Coefficient

ALPHAS: dict[str, Callable[..., SpanFigure]] = {
    "u_alpha": lengths.u_alpha,
    "u_alpha_binary": lengths.u_alpha_binary,
    "cu_alpha": lengths.cu_alpha,
    "ku_alpha": lengths.ku_alpha,
}
OVERLAPS: dict[str, Callable[..., SpanFigure]] = {
    "holsti": overlap.holsti,
    "dice": overlap.dice,
    "jaccard": overlap.jaccard,
    "nvivo_kappa": overlap.nvivo_kappa,
    "segment_match": overlap.segment_match,
}
GAMMAS: dict[str, Callable[..., Coefficient]] = {
    "gamma": gamma.gamma,
    "gamma_disorder": gamma.gamma_disorder,
}
UNITIZING = (*ALPHAS, *OVERLAPS, *GAMMAS)
"""All names."""

SHARES = {"holsti", "dice", "jaccard", "segment_match"}
"""Figures that cannot be below 0."""
KEYWORDS = {
    "ku_alpha": {"label"},
    "dice": {"label"},
    "jaccard": {"label"},
    "holsti": {"label"},
    "nvivo_kappa": {"label"},
    "segment_match": {"overlap"},
    "gamma": {"seed", "precision", "alpha", "beta", "delta_empty"},
    "gamma_disorder": {"alpha", "beta", "delta_empty"},
}
"""What may be said beside the spans, per figure."""


def unitizing(
    name: str,
    spans: Mapping[str, Sequence[LabelledSpan]],
    *,
    length: int,
    documents: Sequence[int] | None = None,
    resamples: int = resampling.RESAMPLES,
    **options: float | str | None,
) -> Coefficient:
    """Return one figure of agreement on spans.

    With ``documents`` it has a standard error and a 95% interval from the documents (see
    ``resampling.clustered``), which need two of them or more; gamma has none.

    Args:
        name: Its name: one of ``UNITIZING``.
        spans: Per coder ``(start, end, label)`` of each span, half-open.
        length: Length of the text, in the unit of the positions.
        documents: Where each document begins in the text, the first one at 0: what was
            sampled.
        resamples: Number of bootstrap samples, from 20 documents on, with ``seed``.
        **options: What the figure takes besides: ``label`` (``ku_alpha``, where it must be
            given; ``dice``, ``jaccard``, ``holsti``, ``nvivo_kappa``), ``overlap`` (share of
            overlap that counts as a match, ``segment_match``), ``precision``, ``alpha``,
            ``beta``, ``delta_empty`` (``gamma``; the last three also ``gamma_disorder``),
            ``seed`` (``gamma``, and every figure with ``documents``).

    Raises:
        UnknownNameError: no such figure.
        UndefinedRequestError: fewer than two coders; more than two where the figure takes
            two; a keyword it does not take, or one that is missing.
        InvalidValueError: a span that is empty, negative, past the end or not of whole
            numbers, or runs on into the next document; for the alphas, spans that overlap
            within one coder; documents out of order.
    """
    given = _options(name, options, clustered=documents is not None)
    if not isinstance(spans, Mapping):
        raise InvalidValueError("Spans are a dictionary: per coder a list of (start, end, label).")
    check_coders(tuple(spans))
    checked = _checked(spans, length)
    _check_fit(name, checked)
    texts = _texts(name, checked, length, documents)
    reason = _nothing_to_compare(checked, given.get("label"))
    if reason:
        return Coefficient(name, None, reason)
    if name in GAMMAS:
        return GAMMAS[name](checked, length, **given)
    check_count("resamples", resamples, lowest=1)
    seed = given.pop("seed", resampling.SEED)
    check_count("seed", seed, lowest=0)
    figure = _maker(name, checked, given)
    sums = tuple(map(np.stack, zip(*(figure.sums(*text) for text in texts), strict=True)))
    found = _found(name, figure, sums, length if figure.in_positions else _size(checked))
    if documents is None or found.value is None:
        return found
    return _with_interval(found, figure, sums, resamples, int(seed))


def _options(
    name: str, options: Mapping[str, float | str | None], *, clustered: bool
) -> dict[str, float | str]:
    """Return what was said beside the spans, checked against what the figure takes."""
    if str(name) not in UNITIZING:
        raise unknown_name("unitizing figure", str(name), UNITIZING, "qualcode.agreement")
    takes = KEYWORDS.get(name, set()) | ({"seed"} if clustered else set())
    given = {key: value for key, value in options.items() if value is not None}
    for key in given:
        if key not in takes:
            allowed = ", ".join(sorted(takes)) or "none"
            raise UndefinedRequestError(f"'{name}' takes no {key}=; it takes: {allowed}.")
    if "label" in takes:
        _check_label(name, given)
    return given


def _check_fit(name: str, spans: Spans) -> None:
    """Refuse coders and spans that a figure cannot take."""
    if name in OVERLAPS and len(spans) != 2:
        raise UndefinedRequestError(f"'{name}' compares two coders; got {len(spans)}.")
    if name in ALPHAS:
        _refuse_overlap(name, spans)


def _maker(name: str, spans: Spans, given: dict[str, float | str]) -> SpanFigure:
    """Return what makes a figure, for the labels in use or the one that was asked for."""
    labels = tuple(sorted({label for own in spans.values() for _, _, label in own}))
    if name in ALPHAS:
        return ALPHAS[name](labels, **given)
    label = given.pop("label", None)
    return OVERLAPS[name](labels if label is None else (label,), **given)


def _found(name: str, figure: SpanFigure, sums: tuple[Floats, ...], units: int) -> Coefficient:
    whole = tuple(part.sum(0) for part in sums)
    value, told = float(figure.value(*whole)), figure.told(*whole)
    if told.reason:
        return Coefficient(name, None, told.reason, told.observed, units=units)
    return Coefficient(name, value, None, told.observed, units=units, detail=told.detail)


def _with_interval(
    found: Coefficient,
    figure: SpanFigure,
    sums: tuple[Floats, ...],
    resamples: int,
    seed: int,
) -> Coefficient:
    unsure = resampling.clustered(sums, figure.value, resamples=resamples, seed=seed)
    lowest = 0.0 if found.name in SHARES else -1.0
    error, low, high = float(unsure.error), float(unsure.low), float(unsure.high)
    return replace(
        found,
        standard_error=error if np.isfinite(error) else None,
        interval=(max(low, lowest), high) if np.isfinite(low) else None,
        detail="; ".join(part for part in (found.detail, unsure.in_words()) if part),
    )


def _texts(
    name: str, spans: Spans, length: int, documents: Sequence[int] | None
) -> list[tuple[Spans, int]]:
    """Return the spans of each document, in positions of its own, and its length."""
    if documents is None:
        return [(spans, length)]
    if name in GAMMAS:
        raise UndefinedRequestError(f"'{name}' is of one text: it takes no documents=.")
    starts = [_whole("start of a document", start) for start in documents]
    if starts[:1] != [0] or any(a >= b for a, b in pairwise([*starts, length])):
        raise InvalidValueError(
            "Documents are the places where each begins, ascending from 0 and within the text."
        )
    texts: list[dict[str, list[LabelledSpan]]] = [{coder: [] for coder in spans} for _ in starts]
    ends = [*starts[1:], length]
    for coder, own in spans.items():
        for start, end, label in own:
            place = bisect_right(starts, start) - 1
            if end > ends[place]:
                raise InvalidValueError(
                    f"'{coder}' has the span ({start}, {end}), which runs on into the document "
                    f"that begins at {ends[place]}."
                )
            texts[place][coder].append((start - starts[place], end - starts[place], label))
    return [(t, end - start) for t, start, end in zip(texts, starts, ends, strict=True)]


def _checked(spans: Mapping[str, Sequence[LabelledSpan]], length: int) -> Spans:
    _whole("length", length)
    if length < 1:
        raise InvalidValueError(f"The length of a text is 1 or more; got {length}.")
    for coder, given in spans.items():
        if not isinstance(given, Iterable):
            raise InvalidValueError(f"Spans of '{coder}' must be a list of (start, end, label).")
    return {
        coder: sorted(_span(coder, one, length) for one in given) for coder, given in spans.items()
    }


def _span(coder: str, one: object, length: int) -> LabelledSpan:
    if not isinstance(one, Sequence) or isinstance(one, str) or len(one) != 3:
        raise InvalidValueError(f"'{coder}' has the span {one!r}; a span is (start, end, label).")
    start, end, label = one
    start, end = (
        _whole(f"start of a span of '{coder}'", start),
        _whole(f"end of a span of '{coder}'", end),
    )
    label = _text(label)
    if not isinstance(label, str) or not label:
        raise InvalidValueError(f"'{coder}' has a span with {label!r} as its label.")
    if not 0 <= start < end <= length:
        raise InvalidValueError(
            f"'{coder}' has the span ({start}, {end}); it needs 0 <= start < end <= {length}."
        )
    return start, end, label


def _text(label: object) -> object:
    """Return a label; numbered categories, as papers have them, by their number."""
    numbered = hasattr(label, "__index__") and not isinstance(label, bool)
    return str(label) if numbered else label


def _whole(what: str, value: object) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise InvalidValueError(f"The {what} is {value!r}; it must be a whole number.")
    return int(value.__index__())


def _size(spans: Spans) -> int:
    return sum(map(len, spans.values()))


def _refuse_overlap(name: str, spans: Spans) -> None:
    for coder, own in spans.items():
        for one, two in pairwise(own):
            if two[0] < one[1]:
                raise InvalidValueError(
                    f"'{name}' cannot take spans of one coder that overlap: '{coder}' has "
                    f"({one[0]}, {one[1]}) and ({two[0]}, {two[1]}). Use gamma."
                )


def _check_label(name: str, given: dict[str, float | str]) -> None:
    if "label" not in given and name == "ku_alpha":
        raise UndefinedRequestError(f"'{name}' is about one label: say which with label=...")
    if "label" in given:
        label = _text(given["label"])
        if not isinstance(label, str) or not label:
            raise InvalidValueError(f"{label!r} is no label.")
        given["label"] = label


def _nothing_to_compare(spans: Spans, label: object) -> str:
    empty = [coder for coder, own in spans.items() if not own]
    if len(empty) == len(spans):
        return "no coder coded anything"
    if empty:
        return f"coder '{empty[0]}' coded nothing"
    used = {name for own in spans.values() for _, _, name in own}
    return "" if label is None or label in used else f"no coder used the label '{label}'"
