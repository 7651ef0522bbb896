"""Spans whose boundaries the coders chose: checked, and split into documents.

Spans are half-open. Coefficients on them are in ``unitizing_alpha``, ``overlap``, ``gamma``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from qualcode.agreement.arrays import Floats
from qualcode.errors import InvalidValueError
from qualcode.messages import Message

LabelledSpan = tuple[int, int, str]
Spans = Mapping[str, Sequence[LabelledSpan]]


class Account(NamedTuple):
    """What belongs to a coefficient on spans besides its value.

    Attributes:
        observed: Observed agreement; None where the coefficient has none.
        reason: Why it does not exist; ``""`` where it does.
        detail: What it rests on, in words.
    """

    observed: float | None
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SpanMeasure:
    """One coefficient on spans.

    Attributes:
        sums: The spans of one text and its length -> sums, which add up over texts; those of a
            text without spans are in proportion to its length.
        value: Those sums, any leading axes -> the coefficient, NaN where it does not exist.
        account: The sums of all texts -> what belongs to the coefficient.
        in_positions: Whether it rests on positions of the text, not on spans.
    """

    sums: Callable[[Spans, int], tuple[Floats, ...]]
    value: Callable[..., Floats]
    account: Callable[..., Account]
    in_positions: bool = False


def check_spans(spans: Mapping[str, Sequence[LabelledSpan]], length: int) -> Spans:
    """Return spans in order of position, numbered labels as text.

    Raises:
        InvalidValueError: a span that is empty, negative, past the end or not of whole
            numbers; a length below 1.
    """
    whole_number("length", length)
    if length < 1:
        raise InvalidValueError(
            Message("The length of a text is 1 or more; got {length}.", length=length)
        )
    for coder, listed in spans.items():
        if not isinstance(listed, Iterable):
            raise InvalidValueError(
                Message("Spans of '{coder}' must be a list of (start, end, label).", coder=coder)
            )
    return {
        # in order, because a search for overlap looks at neighbours only
        coder: sorted(_check_span(coder, span, length) for span in coder_spans)
        for coder, coder_spans in spans.items()
    }


def _check_span(coder: str, one: object, length: int) -> LabelledSpan:
    # nearly all are right: a report has a hundred thousand, and sentences take longer than checks
    if type(one) is tuple and len(one) == 3:
        first, last, name = one
        numbers = type(first) is type(last) is int and 0 <= first < last <= length
        if numbers and type(name) is str and name:
            return first, last, name
    # a text of three letters has a length of three too
    if not isinstance(one, Sequence) or isinstance(one, str) or len(one) != 3:
        raise InvalidValueError(
            Message(
                "'{coder}' has the span {one}; a span is (start, end, label).",
                coder=coder,
                one=repr(one),
            )
        )
    start, end, label = one
    start = whole_number(Message("start of a span of '{coder}'", coder=coder), start)
    end = whole_number(Message("end of a span of '{coder}'", coder=coder), end)
    label = label_text(label)
    if not isinstance(label, str) or not label:
        raise InvalidValueError(
            Message(
                "'{coder}' has a span with {label} as its label.", coder=coder, label=repr(label)
            )
        )
    if not 0 <= start < end <= length:
        raise InvalidValueError(
            Message(
                "'{coder}' has the span ({start}, {end}); it needs 0 <= start < end <= {length}.",
                coder=coder,
                start=start,
                end=end,
                length=length,
            )
        )
    return start, end, label


def label_text(label: object) -> object:
    """Return a label; numbered categories, as papers have them, as their number in text."""
    # papers number their categories; 1 and "1" are one label
    numbered = hasattr(label, "__index__") and not isinstance(label, bool)
    return str(label) if numbered else label


def whole_number(what: str, value: object) -> int:
    """Return a whole number.

    Raises:
        InvalidValueError: the value is none.
    """
    # Python takes True for 1, but in a list of positions it is a slip
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise InvalidValueError(
            Message(
                "The {what} is {value}; it must be a whole number.", what=what, value=repr(value)
            )
        )
    return int(value.__index__())


def group_by_label(spans: Spans) -> dict[str, dict[str, list[LabelledSpan]]]:
    """Return the spans of each label by coder, in their order."""
    grouped: dict[str, dict[str, list[LabelledSpan]]] = {}
    for coder, coder_spans in spans.items():
        for span in coder_spans:
            if span[2] not in grouped:
                grouped[span[2]] = {name: [] for name in spans}
            grouped[span[2]][coder].append(span)
    return grouped


def has_overlap(spans: Spans) -> bool:
    """Return whether spans of one coder, in order of position, overlap."""
    return any(
        following[0] < span[1]
        for coder_spans in spans.values()
        for span, following in pairwise(coder_spans)
    )


def refuse_overlap(name: str, spans: Spans) -> None:
    """Refuse spans of one coder that overlap.

    Raises:
        InvalidValueError: there are such spans.
    """
    for coder, own in spans.items():
        for one, two in pairwise(own):
            if two[0] < one[1]:
                raise InvalidValueError(
                    Message(
                        "'{name}' cannot take spans of one coder that overlap: '{coder}' has "
                        "({one}, {one_2}) and ({two}, {two_2}). Use gamma.",
                        name=name,
                        coder=coder,
                        one=one[0],
                        one_2=one[1],
                        two=two[0],
                        two_2=two[1],
                    )
                )


def split_documents(
    spans: Spans, length: int, documents: Sequence[int] | None
) -> list[tuple[Spans, int]]:
    """Return the spans of each document, in positions of its own, and its length.

    Raises:
        InvalidValueError: documents out of order, or a span that runs on into the next one.
    """
    if documents is None:
        return [(spans, length)]
    # a document's own positions: figures are sums over documents
    starts = [whole_number("start of a document", start) for start in documents]
    # what stands before the first document would belong to none
    if starts[:1] != [0] or any(a >= b for a, b in pairwise([*starts, length])):
        raise InvalidValueError(
            "Documents are the places where each begins, ascending from 0 and within the text."
        )
    texts: list[dict[str, list[LabelledSpan]]] = [{coder: [] for coder in spans} for _ in starts]
    ends = [*starts[1:], length]
    for coder, coder_spans in spans.items():
        for start, end, label in coder_spans:
            place = bisect_right(starts, start) - 1
            if end > ends[place]:
                raise InvalidValueError(
                    Message(
                        "'{coder}' has the span ({start}, {end}), which runs on into the "
                        "document that begins at {ends}.",
                        coder=coder,
                        start=start,
                        end=end,
                        ends=ends[place],
                    )
                )
            texts[place][coder].append((start - starts[place], end - starts[place], label))
    return [(text, end - start) for text, start, end in zip(texts, starts, ends, strict=True)]
