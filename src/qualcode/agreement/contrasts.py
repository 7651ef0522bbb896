"""Does agreement differ between two rounds, groups or pairs of coders? Paired and clustered.

An interview that is in both circumstances is left out of both at once, so that what it has of
itself (an easy respondent) does not count as a difference. Interviews in one only are left out of
that one. So one jackknife serves paired, unpaired and half-paired designs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qualcode.agreement.arrays import Floats, Integers
from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.entries import Printed
from qualcode.agreement.incidence import Incidence
from qualcode.agreement.kappa import pooled_kappa
from qualcode.agreement.report_columns import code_sums, units_with_code
from qualcode.agreement.resampling import Sums, Value, jackknife_error, leave_one_out, value_of_all
from qualcode.agreement.student_t import student_t
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.uncertainty import FEWEST, FEWEST_UNITS, FLAT
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import Coefficient
from qualcode.model.agreement_contrast import AgreementContrast, ContrastRow

ALPHA = "alpha_nominal"
NO_FIGURE = Message("the figure does not exist")
NO_CONTRAST = Message("one of the two figures does not exist")
FEW = Message("no interval: fewer than three interviews in one of the two")
RARE = Message(
    "no interval: in one of the two, fewer than three interviews or four units have the code"
)
FRAGILE = Message("no interval: without one of the interviews there is no difference to compute")


def contrast_studies(
    first: CodingStudy, second: CodingStudy, names: tuple[str, str]
) -> AgreementContrast:
    """Return how agreement differs between two circumstances, per code and over all codes.

    Per code alpha; over all codes the pooled kappa of two coders. Limits are those of Student's t
    on a jackknife over the interviews of both.

    Args:
        first: The first circumstance, such as the codings of the first round.
        second: The second one, of as many coders, with the same codebook.
        names: What they are called.

    Raises:
        UndefinedRequestError: a pair is compared with a team.
    """
    if first.is_pair != second.is_pair:
        raise UndefinedRequestError("Two coders cannot be compared with a larger team.")
    of_pair = first.is_pair
    codes = tuple(dict.fromkeys((*first.codes, *second.codes)))
    clusters = tuple(dict.fromkeys((*first.incidence.sample, *second.incidence.sample)))
    sums = [_align(study.incidence, codes, clusters, of_pair=of_pair) for study in (first, second)]
    present = np.array(
        [[name in study.incidence.sample for name in clusters] for study in (first, second)]
    )
    entry = COEFFICIENTS[ALPHA]
    printed: Printed | None = entry.pair if of_pair else entry.team
    assert printed is not None
    occurs = np.stack([units_with_code(*parts, of_pair=of_pair) for parts in sums])
    # An interview without the code tells nothing of how well coders see it.
    interviews = (occurs > 0).sum(1)
    interviews[occurs.sum(1) < FEWEST_UNITS] = 0
    rows = _rows(codes, sums, printed.value, interviews)
    codes_in_use = {code for study in (first, second) for code in _codes_in_use(study)}
    rows = _adjust([row for row in rows if row.code in codes_in_use])
    if of_pair:
        # the figure over all codes is no test of a code: Holm's correction leaves it out
        pooled = present.sum(1, keepdims=True)
        rows = [*_rows(("",), sums, lambda *parts: pooled_kappa(*parts)[..., None], pooled), *rows]
    return AgreementContrast(
        names,
        ALPHA,
        (int(present[0].sum()), int(present[1].sum())),
        int(present.all(0).sum()),
        tuple(rows),
    )


def _codes_in_use(study: CodingStudy) -> set[str]:
    use = np.any([has.any(0) for has in study.incidence.coders.values()], axis=0)
    return {code for code, is_used in zip(study.codes, use, strict=True) if is_used}


def _align(
    incidence: Incidence, codes: Sequence[str], clusters: Sequence[str], *, of_pair: bool
) -> Sums:
    """Return the sums of a study with a row for each cluster and a column for each code."""
    rows = [clusters.index(name) for name in incidence.sample]
    columns = [codes.index(code) for code in incidence.codes]
    aligned = []
    for part in code_sums(incidence, of_pair=of_pair):
        # a code or interview that this study lacks is a row of zeros, which adds nothing to a sum
        whole = np.zeros((len(clusters), len(codes), *part.shape[2:]))
        whole[np.ix_(rows, columns)] = part
        aligned.append(whole)
    return tuple(aligned)


def _rows(
    codes: Sequence[str], sums: Sequence[Sums], value: Value, interviews: Integers
) -> list[ContrastRow]:
    """Return a row for each code, with the interviews of both that count for it, ``(2, codes)``."""
    size = len(sums[0])

    def both(*parts: Floats) -> Floats:
        return np.stack([value(*parts[:size]), value(*parts[size:])], -1)

    joined = (*sums[0], *sums[1])
    points, without = value_of_all(joined, both), leave_one_out(joined, both)
    differences = without[..., 1] - without[..., 0]
    errors = jackknife_error(differences)
    return [
        _row(code, points[place], float(errors[place]), int(interviews[:, place].min()))
        for place, code in enumerate(codes)
    ]


def _row(code: str, points: Floats, error: float, fewest: int) -> ContrastRow:
    # Imported here: scipy takes a tenth of a second, which every command would wait for.
    from scipy.special import stdtr

    first, second = (
        Coefficient(ALPHA if code else "pooled_kappa", float(point))
        if np.isfinite(point)
        else Coefficient(ALPHA if code else "pooled_kappa", None, NO_FIGURE)
        for point in points
    )
    change = float(points[1] - points[0])
    if not np.isfinite(change):
        return ContrastRow(code, first, second, Coefficient("difference", None, NO_CONTRAST))
    difference = Coefficient("difference", change)
    if fewest < FEWEST:
        reason = RARE if code else FEW
        return ContrastRow(code, first, second, replace(difference, detail=reason))
    if not (np.isfinite(error) and error >= FLAT):
        return ContrastRow(code, first, second, replace(difference, detail=FRAGILE))
    # the smaller of the two tells least of its spread
    degrees = fewest - 1
    half = float(student_t(degrees)) * error
    p_value = float(2.0 * stdtr(degrees, -abs(change) / error))
    difference = replace(
        difference, standard_error=error, interval=(max(change - half, -2.0), min(change + half, 2))
    )
    return ContrastRow(code, first, second, difference, p_value)


def _adjust(rows: Sequence[ContrastRow]) -> list[ContrastRow]:
    """Return the rows with Holm's (1979) correction for the number of codes tested."""
    tested = sorted((row.p_value, row.code) for row in rows if row.p_value is not None)
    adjusted: dict[str, float] = {}
    largest = 0.0
    for place, (p_value, code) in enumerate(tested):
        # after Holm, a code with a larger p-value never gets a smaller one than those before it
        largest = max(largest, min((len(tested) - place) * p_value, 1.0))
        adjusted[code] = largest
    return [replace(row, p_adjusted=adjusted.get(row.code)) for row in rows]
