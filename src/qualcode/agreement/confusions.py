"""Which codes coders take for one another, and which definitions leak into which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.agreement.disagreements import collect_disagreements
from qualcode.agreement.units import Finished
from qualcode.model import (
    AgreementReport,
    Codebook,
    Coding,
    Confusion,
    Disagreement,
    DisagreementKind,
    Leak,
    Segment,
    Transcript,
)


def find_confusion(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    report: AgreementReport,
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
) -> Confusion:
    """Return the code-by-code confusion matrix of two coders, counted in units.

    Both gave the code: on the diagonal. Other code on the same passage: in the row of A's
    code and the column of B's. Only one coded: against "no code". The cell of "no code"
    against itself stays 0: it would count every code that nobody thought of.

    Args:
        transcripts: The interviews compared.
        codings: The codings compared.
        codebook: The codes that count.
        coders: The two coders; rows are the first one's.
        report: The comparison of the same coders and units.
        finished: Per coder the transcripts gone through, beside those with codings.
        segments: The units, as in the comparison.
    """
    found = collect_disagreements(
        transcripts, codings, codebook, coders=coders, finished=finished, segments=segments
    )
    codes = tuple(row.code for row in report.codes)
    place = {code: number for number, code in enumerate(codes)}
    none = len(codes)
    counts = [[0] * (none + 1) for _ in range(none + 1)]
    for row in report.codes:
        counts[place[row.code]][place[row.code]] = row.both
    for one in found:
        if one.kind is DisagreementKind.OTHER_CODE:
            counts[place[one.code]][place[one.other_code]] += 1
        elif one.kind is DisagreementKind.MISSED and one.codings_a:
            counts[place[one.code]][none] += 1
        elif one.kind is DisagreementKind.MISSED:
            counts[none][place[one.code]] += 1
    return Confusion(coders, codes, tuple(map(tuple, counts)), _leaks(report, found))


def _leaks(report: AgreementReport, found: Sequence[Disagreement]) -> tuple[Leak, ...]:
    order = {row.code: number for number, row in enumerate(report.codes)}
    given = {row.code: row.both + row.only_a + row.only_b for row in report.codes}
    pairs = Counter(
        tuple(sorted((one.code, one.other_code), key=order.__getitem__))
        for one in found
        if one.kind is DisagreementKind.OTHER_CODE
    )
    leaks = [
        Leak(code, other, count, count / (given[code] + given[other] - count))
        for (code, other), count in pairs.items()
    ]
    return tuple(sorted(leaks, key=lambda k: (-k.units, -k.share, order[k.code], order[k.other])))
