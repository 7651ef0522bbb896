"""Agreement per group of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qualcode.exporting.document.blocks import Block, Heading, note
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.agreement_basis import AgreementJob, basis_note
from qualcode.exporting.reports.coefficients import (
    BRIEF,
    figure_column,
    figure_text,
    per_code_title,
)
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AgreementStudy,
    Coefficient,
    GroupAgreement,
)

# By group of cases


def group_label(group: str, words: Wording) -> str:
    """Return what the cases of a group are called, or that they have no group."""
    return words.group(group) if group else words(Message("No group"))


def group_blocks(job: AgreementJob, study: AgreementStudy) -> Iterator[Block]:
    """Yield agreement on the interviews of each group of cases, over all codes and by code."""
    words = job.words
    title = Message("By {attribute}", attribute=study.attribute)
    yield Heading(2, title)
    yield basis_note(
        job,
        Message(
            "The same comparison for the interviews of each group separately. With fewer "
            "than six interviews an interval is itself uncertain, and too narrow if the "
            "interviews happen to be alike. Where a figure or interval is missing, the group "
            "has too few interviews or too little variation for it."
        ),
    )
    if study.groups_held:
        yield note(
            Message.counted(
                "{count} group is left out: too few participants have its value of {attribute}.",
                "{count} groups are left out: too few participants have their values of "
                "{attribute}.",
                study.groups_held,
                attribute=study.attribute,
            )
        )
    columns: tuple[Column[GroupAgreement], ...] = (
        Column("group", study.attribute, lambda row: group_label(row.group, words)),
        Column("interviews", heading("interviews"), lambda row: len(row.report.transcripts)),
        Column("units", heading("units"), lambda row: row.report.units, Kind.COUNT),
        *(figure_column(name, words, lambda row: row.report.overall) for name in BRIEF),
        Column("reason", heading("why not"), lambda row: _reasons(row, words), Kind.LONG),
    )
    yield Table(title, columns, study.groups)
    yield _groups_by_code(job, study)


def _reasons(group: GroupAgreement, words: Wording) -> str:
    reasons = [f.undefined_because for f in group.report.overall if f.undefined_because]
    return "; ".join(map(words.reason, dict.fromkeys(reasons)))


class _CodeInGroups(NamedTuple):
    """The main coefficient of one code in each group that has it."""

    code: str
    figures: Mapping[str, Coefficient]


def _groups_by_code(job: AgreementJob, study: AgreementStudy) -> Table[_CodeInGroups]:
    """Return the main coefficient per code and group; where it does not exist, why."""
    words, labels, headline = job.words, job.labels, study.report.headline
    figures: dict[str, dict[str, Coefficient]] = {}
    for group in study.groups:
        for row in group.report.codes:
            figures.setdefault(row.code, {})[group.group] = row.figure(headline.key)
    rows = tuple(
        _CodeInGroups(code, by_group)
        for code, by_group in figures.items()
        if any(figure.value is not None for figure in by_group.values())
    )
    columns: tuple[Column[_CodeInGroups], ...] = (
        Column("code", heading("code"), lambda row: labels(row.code)),
        *(_group_column(group.group, words) for group in study.groups),
    )
    title = per_code_title(headline, words)
    return Table(Message("Kappa by group"), columns, rows, caption=title)


def _group_column(group: str, words: Wording) -> Column[_CodeInGroups]:
    def figure_or_reason(row: _CodeInGroups) -> str | None:
        figure = row.figures.get(group)
        if figure is None:
            return None
        return figure_text(figure, words, separator=" ") or words.reason(figure.undefined_because)

    label = group_label(group, words)
    return Column(label, label, figure_or_reason)
