"""Agreement in time, by who saw suggestions, and as other programs would print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Block, Heading, note
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.agreement_tables import OVERALL
from qualcode.exporting.reports.coefficients import figure_column
from qualcode.exporting.reports.shared_columns import reason_column
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementStudy, Coefficient
from qualcode.model.agreement_study import AgreementMoment, ExposedAgreement, ProgramFigure

_EXPOSURES: Mapping[str, Message] = {
    "blind": Message("neither saw one"),
    "one": Message("one of them saw one"),
    "both": Message("both saw one"),
}
_EXPOSED_TITLE = Message("Without and with suggestions by software")


def split_blocks(study: AgreementStudy, words: Wording, labels: Labels) -> Iterator[Block]:
    """Yield agreement in time, by exposure, and as other programs would print it."""
    if len(study.moments) > 1:
        yield Heading(2, Message("In the order of the work"))
        yield note(
            Message("Per interview, over all codes. Rising: learning; falling: fatigue or drift.")
        )
        yield moments_table(study)
    if study.exposed:
        yield Heading(2, _EXPOSED_TITLE)
        yield note(
            Message(
                "Coders who follow the same suggestion agree without being right, so read "
                "the blind units separately. Adopted: share of the codings there that came "
                "from a suggestion."
            )
        )
        yield _exposed_table(study, words)
    if study.programs:
        yield Heading(2, Message("What other programs would print"))
        yield note(
            Message(
                "On the same codings, but in characters or segments of whole files, also what "
                "interviewers say."
            )
        )
        yield _overall_programs(study, words)
        yield _programs_by_code(study, labels)


def moments_table(study: AgreementStudy) -> Table[AgreementMoment]:
    """Return agreement per interview, in the order in which they were begun."""
    columns: tuple[Column[AgreementMoment], ...] = (
        Column("transcript", heading("transcript"), lambda row: row.transcript),
        Column("started_at", heading("begun (UTC)"), _started),
        Column("units", heading("units"), lambda row: row.units, Kind.COUNT),
        Column(
            "positive_agreement",
            heading("positive agreement"),
            lambda row: row.positive_agreement.value,
            Kind.COEFFICIENT,
        ),
        Column("kappa", heading("kappa"), lambda row: row.kappa.value, Kind.COEFFICIENT),
    )
    return Table(Message("Order"), columns, study.moments)


def _started(moment: AgreementMoment) -> str | None:
    return f"{moment.started_at:%Y-%m-%d %H:%M}" if moment.started_at else None


def _exposed_table(study: AgreementStudy, words: Wording) -> Table[ExposedAgreement]:
    columns: tuple[Column[ExposedAgreement], ...] = (
        Column("who", heading("who"), lambda row: _EXPOSURES[row.group]),
        Column("units", heading("units"), lambda row: row.report.units, Kind.COUNT),
        *(
            Column(key, name, figure_column(key, words, _overall).value)
            for key, name in (
                ("pooled_kappa", heading("pooled kappa")),
                ("alpha_masi", heading("alpha (MASI)")),
            )
        ),
        Column("adopted", heading("adopted"), lambda row: row.adopted, Kind.SHARE),
    )
    return Table(_EXPOSED_TITLE, columns, study.exposed)


def _overall(exposed: ExposedAgreement) -> tuple[Coefficient, ...]:
    return exposed.report.overall


# As other programs would print it


def programs_table(study: AgreementStudy, words: Wording) -> Table[ProgramFigure]:
    """Return the figures that other programs would print, under their names."""
    code: Column[ProgramFigure] = Column("code", heading("code"), lambda row: row.code or OVERALL)
    figures = tuple(sorted(study.programs, key=lambda row: bool(row.code)))
    return Table(Message("Other programs"), _program_columns(words, code), figures)


def _program_columns(
    words: Wording, *code: Column[ProgramFigure]
) -> tuple[Column[ProgramFigure], ...]:
    return (
        Column("program", heading("program"), lambda row: row.program),
        Column("figure", heading("figure"), lambda row: row.label),
        *code,
        Column("value", heading("value"), lambda row: row.figure.value),
        reason_column(words, lambda row: row.figure.undefined_because),
    )


def _overall_programs(study: AgreementStudy, words: Wording) -> Table[ProgramFigure]:
    figures = tuple(figure for figure in study.programs if not figure.code)
    return Table(OVERALL, _program_columns(words), figures, caption=OVERALL)


class _CodeInPrograms(NamedTuple):
    """The figures of one code by program and label."""

    code: str
    values: Mapping[str, float | None]


def _programs_by_code(study: AgreementStudy, labels: Labels) -> Table[_CodeInPrograms]:
    figures: dict[str, dict[str, float | None]] = {}
    for figure in study.programs:
        if figure.code:
            name = f"{figure.program}: {figure.label}"
            figures.setdefault(figure.code, {})[name] = figure.figure.value
    names = dict.fromkeys(name for values in figures.values() for name in values)
    columns: tuple[Column[_CodeInPrograms], ...] = (
        Column("code", heading("code"), lambda row: labels(row.code)),
        *map(_program_column, names),
    )
    rows = tuple(_CodeInPrograms(code, values) for code, values in figures.items())
    return Table(Message("By code"), columns, rows, caption=Message("By code"))


def _program_column(name: str) -> Column[_CodeInPrograms]:
    return Column(name, name, lambda row: row.values.get(name), Kind.COEFFICIENT)
