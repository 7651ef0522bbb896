"""Two coders compared: a row per code and theme, overall figures, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.agreement import chance, contingency, krippendorff, resampling, wording
from qualcode.agreement.clustered import coefficients
from qualcode.agreement.contingency import Floats, nominal
from qualcode.agreement.overall import overall_figures
from qualcode.agreement.passages import passage_figures
from qualcode.agreement.presence import Presence, by_theme, find_presence, tables
from qualcode.agreement.units import UNIT_WORDS, Finished, gather, unit_of
from qualcode.errors import InvalidValueError
from qualcode.model import (
    AgreementReport,
    CodeAgreement,
    Codebook,
    Coding,
    Coefficient,
    Segment,
    Transcript,
)

PARADOX_OBSERVED, PARADOX_KAPPA = 0.8, 0.5


def compare_coders(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
    unit: str = "",
    level: str = "code",
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> AgreementReport:
    """Return how far two coders agree, per code, per theme and overall.

    Args:
        transcripts: The interviews to compare; those that one of the two did not code at
            all are left out and named in the report.
        codings: Codings of any coder; withdrawn ones and those of other coders are ignored.
        codebook: The codes that count, used or not.
        coders: The two coders; the first one is A.
        finished: Per coder the transcripts gone through, beside those with codings: one in
            which nothing was coded is compared as such, not left out.
        segments: Units of one kind; respondents' turns by default.
        unit: ``character`` compares the characters of those units instead, white space left
            out; by default the units themselves.
        level: Whether the overall figures are about each ``code`` or each ``theme``.
        resamples: Number of bootstrap samples, from 20 interviews on.
        seed: Seed of the bootstrap.

    Raises:
        UndefinedRequestError: the same coder twice.
        UnknownNameError: a coding with a code that the codebook lacks.
        InvalidValueError: another level or unit, or units that overlap or are of several kinds.
    """
    check_level(level)
    counted = unit_of(segments, unit)
    material = gather(transcripts, codings, codebook, coders, finished=finished, segments=segments)
    presence = find_presence(material, counted)
    whole = by_theme(presence)
    sampling = {"resamples": resamples, "seed": seed}
    report = AgreementReport(
        coders=(coders[0], coders[1]),
        unit=UNIT_WORDS[counted],
        units=presence.units,
        description=wording.described(presence, coders, UNIT_WORDS[counted]),
        transcripts=presence.transcripts,
        left_out=material.left_out,
        codebook=codebook.name,
        codebook_version=codebook.version,
        level=level,
        codes=code_rows(presence, coders, **sampling),
        themes=code_rows(whole, coders, **sampling),
        overall=overall_figures(whole if level == "theme" else presence, coders, **sampling),
        passages=passage_figures(material, **sampling),
        resamples=resamples,
        seed=seed,
    )
    return wording.with_warnings(report, material)


def check_level(level: str) -> None:
    """Refuse a level of the overall figures that there is not.

    Raises:
        InvalidValueError: another one than ``code`` and ``theme``.
    """
    if level not in ("code", "theme"):
        raise InvalidValueError(f"'{level}' is not a level of agreement: use 'code' or 'theme'.")


def positive_agreement(table: Floats) -> Floats:
    """Return 2a / (2a + b + c) of binary tables (Cicchetti & Feinstein 1990, p. 554)."""
    both = 2 * table[..., 1, 1]
    return contingency.share(both, both + table[..., 0, 1] + table[..., 1, 0])


def _ac1(table: Floats) -> Floats:
    sums = chance.from_table(table, nominal(2))
    return chance.corrected(chance.observed_agreement(sums), chance.gwet_chance(sums, nominal(2)))


def code_rows(
    presence: Presence, coders: tuple[str, str], *, resamples: int, seed: int
) -> tuple[CodeAgreement, ...]:
    """Return the row of each code: counts, and figures with their intervals."""
    sums = tables(presence, coders)
    counts = sums.sum(0)
    units = presence.units
    observed = contingency.share(counts[:, 0, 0] + counts[:, 1, 1], counts.sum((-2, -1)))
    reasons = [_reason(table) for table in counts]
    columns = [
        coefficients(
            name, (sums,), value, observed, reasons, units=units, resamples=resamples, seed=seed
        )
        for name, value in (
            ("positive_agreement", positive_agreement),
            ("cohen_kappa", lambda table: contingency.cohen(table, nominal(2))),
            ("alpha_nominal", lambda table: krippendorff.table_alpha(table, nominal(2))),
            ("gwet_ac1", _ac1),
        )
    ]
    return tuple(
        CodeAgreement(
            code=code,
            only_a=int(table[1, 0]),
            only_b=int(table[0, 1]),
            both=int(table[1, 1]),
            neither=int(table[0, 0]),
            positive_agreement=figures[0],
            kappa=figures[1],
            alpha=figures[2],
            ac1=figures[3],
            warnings=_row_warnings(table, figures[1], coders),
        )
        for code, table, *figures in zip(presence.codes, counts, *columns, strict=True)
    )


def _reason(table: Floats) -> str:
    if table.sum() == table[0, 0]:
        return "neither coder used this code"
    return "both coders gave this code to every unit, so nothing varies"


def _row_warnings(table: Floats, kappa: Coefficient, coders: tuple[str, str]) -> tuple[str, ...]:
    said = []
    for coder, used in zip(coders, (table[1].sum(), table[:, 1].sum()), strict=True):
        if used == 0 and table.sum() > table[0, 0]:
            said.append(f"{coder} never used this code.")
    if (
        kappa.value is not None
        and kappa.observed is not None
        and kappa.observed >= PARADOX_OBSERVED
        and kappa.value < PARADOX_KAPPA
    ):
        said.append(
            f"High observed agreement ({kappa.observed:.2f}) with a low kappa "
            f"({kappa.value:.2f}): the code is rare or nearly everywhere, so read positive "
            "agreement beside it."
        )
    if kappa.interval and kappa.interval[0] < 0.667 and kappa.interval[1] > 0.8:
        said.append("The interval of kappa holds both .667 and .8: too few interviews to tell.")
    return tuple(said)
