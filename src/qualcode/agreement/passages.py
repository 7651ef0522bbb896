"""Passages compared: did the coders mark the same stretches of respondents' words?

What respondents say is laid end to end, interview after interview, so that what interviewers
say counts nowhere. Passages that touch or overlap and have the same code are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from qualcode.agreement.spans import unitizing
from qualcode.agreement.units import Material
from qualcode.errors import InvalidValueError
from qualcode.model import Coefficient, PassageFigure, Span

Spans = dict[str, list[tuple[int, int, str]]]
OVERLAPPING = "a coder gave overlapping passages different codes, which it cannot take"


def passage_figures(material: Material, *, resamples: int, seed: int) -> tuple[PassageFigure, ...]:
    """Return figures on passages with intervals clustered by interview.

    Over all codes: u-alpha (same passages, same codes), its binary form (coded or not,
    whatever the code) and cu-alpha (same code where coders both have a passage). Per code:
    binary u-alpha of the passages with that code.
    """
    spans, documents, length = _end_to_end(material)
    if not length:
        return ()

    def figure(name: str, made: Spans) -> Coefficient:
        try:
            return unitizing(
                name, made, length=length, documents=documents, resamples=resamples, seed=seed
            )
        except InvalidValueError:
            return Coefficient(name, None, OVERLAPPING)

    joined = {coder: _joined(own) for coder, own in spans.items()}
    anything = {
        coder: _joined([(low, high, "coded") for low, high, _ in own])
        for coder, own in spans.items()
    }
    used = {code for own in spans.values() for _, _, code in own}
    return (
        PassageFigure(figure("u_alpha", joined)),
        PassageFigure(figure("u_alpha_binary", anything)),
        PassageFigure(figure("cu_alpha", joined)),
        *(
            PassageFigure(
                figure(
                    "u_alpha_binary",
                    {c: [one for one in own if one[2] == code] for c, own in joined.items()},
                ),
                code,
            )
            for code in material.paths
            if code in used
        ),
    )


def _end_to_end(material: Material) -> tuple[Spans, list[int], int]:
    """Return the passages in the interviews laid end to end, where each begins, and the length."""
    spans: Spans = {coder: [] for coder in material.coders}
    documents: list[int] = []
    length = 0
    for transcript in material.transcripts:
        parts = [part for unit in material.units[transcript.name] for part in unit.parts]
        at = [*accumulate(map(len, parts), initial=length)]
        for coder in material.coders:
            spans[coder] += [
                (low, high, coding.code)
                for coding in material.codings[coder][transcript.name]
                for low, high in _laid_out(coding.span, parts, at)
            ]
        documents += [length] if parts else []
        length = at[-1]
    return spans, documents, length


def _laid_out(span: Span, parts: Sequence[Span], at: Sequence[int]) -> list[tuple[int, int]]:
    """Return where a span lies in the parts laid end to end: one stretch, or none.

    Args:
        span: Where it lies in the transcript.
        parts: What counts of the transcript, in order.
        at: Where each part begins in the text laid end to end.
    """
    first = bisect_right(parts, span.start, key=lambda part: part.end)
    after = bisect_left(parts, span.end, key=lambda part: part.start)
    if first >= after:
        return []
    low = at[first] + max(span.start - parts[first].start, 0)
    last = parts[after - 1]
    return [(low, at[after - 1] + min(span.end, last.end) - last.start)]


def _joined(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return spans of the same code put together where they touch or overlap."""
    joined: list[tuple[int, int, str]] = []
    for low, high, code in sorted(spans, key=lambda one: (one[2], one[0], one[1])):
        last = joined[-1] if joined else None
        if last and last[2] == code and low <= last[1]:
            joined[-1] = (last[0], max(last[1], high), code)
        else:
            joined.append((low, high, code))
    return sorted(joined)
