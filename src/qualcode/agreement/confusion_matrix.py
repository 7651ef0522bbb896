"""Which codes two coders take for one another, and which definitions leak into which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.agreement.disagreements import collect_disagreements
from qualcode.agreement.study import CodingStudy
from qualcode.model import AgreementReport, Confusion, Disagreement, DisagreementKind, Leak


def find_confusion(
    study: CodingStudy,
    report: AgreementReport,
    disagreements: Sequence[Disagreement] | None = None,
) -> Confusion:
    """Return the code-by-code confusion matrix of two coders, counted in units.

    Both gave the code: on the diagonal. Other code on the same passage: in the row of A's
    code and the column of B's. Only one coded: against "no code". The cell of "no code"
    against itself stays 0: it would count every code that nobody thought of.

    Args:
        study: What is compared; rows are the first coder's.
        report: The comparison of the same study.
        disagreements: Its disagreements; collected where they are not given.
    """
    if disagreements is None:
        disagreements = collect_disagreements(study)
    codes = tuple(row.code for row in report.codes)
    place = {code: number for number, code in enumerate(codes)}
    no_code = len(codes)
    counts = [[0] * (no_code + 1) for _ in range(no_code + 1)]
    for row in report.codes:
        counts[place[row.code]][place[row.code]] = row.both
    for disagreement in disagreements:
        code = place[disagreement.code]
        if disagreement.kind is DisagreementKind.OTHER_CODE:
            counts[code][place[disagreement.other_code]] += 1
        elif disagreement.kind is DisagreementKind.MISSED and disagreement.codings_a:
            counts[code][no_code] += 1
        elif disagreement.kind is DisagreementKind.MISSED:
            counts[no_code][code] += 1
    coders = (study.coders[0], study.coders[1])
    leaks = _collect_leaks(report, disagreements)
    return Confusion(coders, codes, tuple(map(tuple, counts)), leaks)


def _collect_leaks(
    report: AgreementReport, disagreements: Sequence[Disagreement]
) -> tuple[Leak, ...]:
    order = {row.code: number for number, row in enumerate(report.codes)}
    uses = {row.code: row.both + row.only_a + row.only_b for row in report.codes}
    pairs = Counter(
        tuple(sorted((disagreement.code, disagreement.other_code), key=order.__getitem__))
        for disagreement in disagreements
        if disagreement.kind is DisagreementKind.OTHER_CODE
    )
    leaks = [
        # an exchanged unit is among the uses of either code: count it once
        Leak(first_code, second_code, count, count / (uses[first_code] + uses[second_code] - count))
        for (first_code, second_code), count in pairs.items()
    ]
    return tuple(
        sorted(
            leaks, key=lambda leak: (-leak.units, -leak.share, order[leak.code], order[leak.other])
        )
    )
