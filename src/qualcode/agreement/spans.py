"""``unitizing``: every figure for spans whose boundaries the coders chose, by its name.

Checks the spans and hands them to the formulas in ``lengths`` (alpha family), ``overlap``
(what other programs print) and ``gamma``. Spans are half-open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from qualcode.agreement import gamma, lengths, overlap
from qualcode.agreement.units import check_coders
from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name
from qualcode.model import Coefficient

LabelledSpan = tuple[int, int, str]
Spans = dict[str, list[LabelledSpan]]

ALPHAS: dict[str, Callable[..., Coefficient]] = {
    "u_alpha": lengths.u_alpha,
    "u_alpha_binary": lengths.u_alpha_binary,
    "cu_alpha": lengths.cu_alpha,
    "ku_alpha": lengths.ku_alpha,
}
OVERLAPS: dict[str, Callable[..., Coefficient]] = {
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
UNITIZING = {**ALPHAS, **OVERLAPS, **GAMMAS}
"""All names, with what computes the figure."""

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
    **options: float | str | None,
) -> Coefficient:
    """Return one figure of agreement on spans.

    Args:
        name: Its name: a key of ``UNITIZING``.
        spans: Per coder ``(start, end, label)`` of each span, half-open.
        length: Length of the text, in the unit of the positions.
        **options: What the figure takes besides: ``label`` (``ku_alpha``, where it must be
            given; ``dice``, ``jaccard``, ``holsti``, ``nvivo_kappa``), ``overlap`` (share of
            overlap that counts as a match, ``segment_match``), ``seed``, ``precision``,
            ``alpha``, ``beta``, ``delta_empty`` (``gamma``; the last three also
            ``gamma_disorder``).

    Raises:
        UnknownNameError: no such figure.
        UndefinedRequestError: fewer than two coders; more than two where the figure takes
            two; a keyword it does not take, or one that is missing.
        InvalidValueError: a span that is empty, negative, past the end or not of whole
            numbers; for the alphas, spans that overlap within one coder.
    """
    if str(name) not in UNITIZING:
        raise unknown_name("unitizing figure", str(name), UNITIZING, "qualcode.agreement")
    takes = KEYWORDS.get(name, set())
    given = {key: value for key, value in options.items() if value is not None}
    for key in given:
        if key not in takes:
            allowed = ", ".join(sorted(takes)) or "none"
            raise UndefinedRequestError(f"'{name}' takes no {key}=; it takes: {allowed}.")
    if not isinstance(spans, Mapping):
        raise InvalidValueError("Spans are a dictionary: per coder a list of (start, end, label).")
    check_coders(tuple(spans))
    checked = _checked(spans, length)
    if name in OVERLAPS and len(checked) != 2:
        raise UndefinedRequestError(f"'{name}' compares two coders; got {len(checked)}.")
    if name in ALPHAS:
        _refuse_overlap(name, checked)
    if "label" in takes:
        _check_label(name, given)
    reason = _nothing_to_compare(checked, given.get("label"))
    if reason:
        return Coefficient(name, None, reason)
    return UNITIZING[name](checked, length, **given)


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
