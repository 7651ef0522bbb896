"""Agreement on passages: did the coders mark the same stretches of respondents' words?

What respondents say is laid end to end, interview after interview, so that what interviewers
say counts nowhere. Passages that touch or overlap and have the same code are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from qualcode.agreement.spans import has_overlap
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.uncertainty import IntervalMethod
from qualcode.agreement.unitizing import unitizing
from qualcode.messages import Message
from qualcode.model import Coefficient, PassageFigure, Span

Spans = dict[str, list[tuple[int, int, str]]]
OVERLAPPING = Message("a coder gave overlapping passages different codes, which it cannot take")


def passage_figures(study: CodingStudy, method: IntervalMethod) -> tuple[PassageFigure, ...]:
    """Return figures on passages with intervals clustered by interview.

    Over all codes: u-alpha (same passages, same codes), its binary form (coded or not,
    whatever the code) and cu-alpha (same code where coders both have a passage). Per code:
    binary u-alpha of the passages with that code.
    """
    spans, documents, length = _lay_end_to_end(study)
    if not length:
        return ()

    def figure(name: str, compared: Spans) -> Coefficient:
        # the alphas take no overlapping spans: a figure without a value, not a failed report
        if has_overlap(compared):
            return Coefficient(name, None, OVERLAPPING)
        return unitizing(
            name,
            compared,
            length=length,
            documents=documents,
            intervals=method.name,
            resamples=method.resamples,
            seed=method.seed,
        )

    # a coder who marked a passage in two pieces marked the same words
    borders = frozenset(documents)
    joined = {coder: _join_touching(coder_spans, borders) for coder, coder_spans in spans.items()}
    unlabelled = {
        coder: _join_touching([(start, end, "coded") for start, end, _ in coder_spans], borders)
        for coder, coder_spans in spans.items()
    }
    codes_in_use = {code for coder_spans in spans.values() for _, _, code in coder_spans}
    per_code = []
    for code in (code for code in study.codes if code in codes_in_use):
        of_code = {c: [s for s in coder_spans if s[2] == code] for c, coder_spans in joined.items()}
        per_code.append(PassageFigure(figure("u_alpha_binary", of_code), code))
    return (
        PassageFigure(figure("u_alpha", joined)),
        PassageFigure(figure("u_alpha_binary", unlabelled)),
        PassageFigure(figure("cu_alpha", joined)),
        *per_code,
    )


def _lay_end_to_end(study: CodingStudy) -> tuple[Spans, list[int], int]:
    """Return the passages in the interviews laid end to end, where each begins, and the length."""
    spans: Spans = {coder: [] for coder in study.coders}
    documents: list[int] = []
    length = 0
    for transcript in study.transcripts:
        parts = [part for unit in study.units_of(transcript) for part in unit.parts]
        starts = [*accumulate(map(len, parts), initial=length)]
        for coder in study.coders:
            spans[coder] += [
                (start, end, coding.code)
                for coding in study.codings_of(coder, transcript)
                for start, end in _lay_span(coding.span, parts, starts)
            ]
        # an interview without respondents' words is no document: it has no length
        documents += [length] if parts else []
        length = starts[-1]
    return spans, documents, length


def _lay_span(span: Span, parts: Sequence[Span], starts: Sequence[int]) -> list[tuple[int, int]]:
    """Return where a span lies in the parts laid end to end: one stretch, or none.

    Args:
        span: Where it lies in the transcript.
        parts: What counts of the transcript, in order.
        starts: Where each part begins in the text laid end to end.
    """
    first = bisect_right(parts, span.start, key=lambda part: part.end)
    after = bisect_left(parts, span.end, key=lambda part: part.start)
    if first >= after:
        return []
    start = starts[first] + max(span.start - parts[first].start, 0)
    last = parts[after - 1]
    return [(start, starts[after - 1] + min(span.end, last.end) - last.start)]


def _join_touching(
    spans: Sequence[tuple[int, int, str]], borders: frozenset[int]
) -> list[tuple[int, int, str]]:
    """Return spans of the same code put together where they touch or overlap.

    Args:
        spans: The spans of one coder.
        borders: Where interviews begin: a passage at the end of one is not continued in the next.
    """
    joined: list[tuple[int, int, str]] = []
    for start, end, code in sorted(spans, key=lambda span: (span[2], span[0], span[1])):
        last = joined[-1] if joined else None
        if last and last[2] == code and start <= last[1] and start not in borders:
            joined[-1] = (last[0], max(last[1], end), code)
        else:
            joined.append((start, end, code))
    return sorted(joined)
