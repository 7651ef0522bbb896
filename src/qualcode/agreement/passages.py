"""Agreement on passages: did the coders mark the same stretches of respondents' words?

What respondents say is laid end to end, interview after interview, so that what interviewers
say counts nowhere. Passages that touch or overlap and have the same code are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from qualcode.agreement.gamma import GammaStudy
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.span_coefficients import add_interval, unitizing
from qualcode.agreement.spans import group_by_label, has_overlap, split_documents
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.units import Unit
from qualcode.messages import Message
from qualcode.model import AgreementReport, Coefficient, PassageFigure, Span

Spans = dict[str, list[tuple[int, int, str]]]
MOST_PASSAGES = {2: 1_000_000, 3: 20_000, 4: 2_000}
"""More passages of so many coders take minutes to align; of five coders and more, any number."""
TOO_MANY = Message(
    "so many passages of so many coders take too long to align: compare two or three of them"
)
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

    borders = frozenset(documents)
    joined = _join_all(spans, borders)
    # one label for all codes: passages of two codes that touch are then one marked stretch
    unlabelled = {
        coder: _join_touching([(start, end, "coded") for start, end, _ in coder_spans], borders)
        for coder, coder_spans in spans.items()
    }
    by_code = group_by_label(joined)
    per_code = [
        PassageFigure(figure("u_alpha_binary", by_code[code]), code)
        for code in study.codes
        if code in by_code
    ]
    return (
        PassageFigure(figure("u_alpha", joined)),
        PassageFigure(figure("u_alpha_binary", unlabelled)),
        PassageFigure(figure("cu_alpha", joined)),
        *per_code,
    )


def add_gamma(report: AgreementReport, study: CodingStudy) -> AgreementReport:
    """Return a report with gamma, gamma-cat and gamma-k of each code among its passages.

    They take far longer than the other figures: passages of random texts are aligned too. Where
    the coders compared have no passage in common to align, the figures say why there are none.

    Args:
        report: The comparison.
        study: What it compares.
    """
    spans, documents, length = _lay_end_to_end(study.complete())
    if not length:
        return report
    joined = _join_all(spans, frozenset(documents))
    reason = _no_gamma(joined)
    if reason:
        figures = {(name, ""): Coefficient(name, None, reason) for name in ("gamma", "gamma_cat")}
        return replace(report, passages=tuple(_with_gamma(report.passages, figures)))
    texts = split_documents(joined, length, documents)
    gammas = GammaStudy(texts, seed=report.seed)
    method = IntervalMethod(report.intervals, report.resamples, report.seed)
    codes = [row.code for row in report.passages if row.code]
    computed = [gammas.gamma(), gammas.of_codes(), *map(gammas.of_codes, codes)]
    keys = [("gamma", ""), ("gamma_cat", ""), *(("gamma_k", code) for code in codes)]
    figures = {
        key: add_interval(figure, method) for key, figure in zip(keys, computed, strict=True)
    }
    return replace(report, passages=tuple(_with_gamma(report.passages, figures)))


def _no_gamma(spans: Spans) -> str:
    """Return why there is no gamma; ``""`` where there is."""
    empty = [coder for coder, coder_spans in spans.items() if not coder_spans]
    if len(empty) == len(spans):
        return "no coder coded anything"
    if empty:
        return Message("coder '{empty}' coded nothing", empty=empty[0])
    return TOO_MANY if sum(map(len, spans.values())) > MOST_PASSAGES.get(len(spans), 0) else ""


def _with_gamma(
    passages: Sequence[PassageFigure], figures: Mapping[tuple[str, str], Coefficient]
) -> Iterator[PassageFigure]:
    """Yield figures on passages with those of gamma after the others of the same code."""
    for row in passages:
        yield row
        # cu-alpha is the last of the figures over all codes: gamma follows them
        names = () if row.figure.name != "cu_alpha" else ("gamma", "gamma_cat")
        for name in ("gamma_k",) if row.code else names:
            if (name, row.code) in figures:
                yield PassageFigure(figures[name, row.code], row.code)


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
        documents += _cluster_starts(study.units_of(transcript), starts) if parts else []
        length = starts[-1]
    return spans, documents, length


def _cluster_starts(units: Sequence[Unit], starts: Sequence[int]) -> list[int]:
    """Return where the clusters of an interview begin: itself, or each respondent in it.

    Args:
        units: Its units.
        starts: Where each of their parts begins.
    """
    starts_of_clusters: list[int] = []
    first_part, cluster = 0, None
    for unit in units:
        if unit.cluster != cluster:
            starts_of_clusters.append(starts[first_part])
        first_part, cluster = first_part + len(unit.parts), unit.cluster
    return starts_of_clusters


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


def _join_all(spans: Spans, borders: frozenset[int]) -> Spans:
    # a coder who marked a passage in two pieces marked the same words
    return {coder: _join_touching(coder_spans, borders) for coder, coder_spans in spans.items()}


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
