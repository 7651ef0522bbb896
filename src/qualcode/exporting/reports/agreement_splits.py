"""Agreement in time, by who saw suggestions, and as other programs would print it."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import (
    Block,
    Column,
    Heading,
    Kind,
    Paragraph,
    ParagraphStyle,
    Table,
    Value,
)
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.agreement_tables import figure_text
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.words import Words
from qualcode.model import AgreementStudy


def aside_blocks(study: AgreementStudy, words: Words, labels: Labels) -> Iterator[Block]:
    """Yield agreement in time, by exposure, and as other programs would print it."""
    if len(study.moments) > 1:
        yield Heading(2, words("over_time"))
        yield Paragraph(words("over_time_note"), ParagraphStyle.NOTE)
        yield moments_table(study, words)
    if study.exposed:
        yield Heading(2, words("exposed"))
        yield Paragraph(words("exposed_note"), ParagraphStyle.NOTE)
        yield _exposed_table(study, words)
    if study.programs:
        yield Heading(2, words("programs"))
        yield Paragraph(words("programs_note"), ParagraphStyle.NOTE)
        yield _overall_programs(study, words)
        yield _programs_by_code(study, words, labels)


def moments_table(study: AgreementStudy, words: Words) -> Table:
    """Return agreement per interview, in the order in which they were begun."""
    rows = tuple(
        (
            one.transcript,
            f"{one.started_at:%Y-%m-%d %H:%M}" if one.started_at else None,
            one.units,
            one.positive_agreement.value,
            one.kappa.value,
        )
        for one in study.moments
    )
    keys = "transcript started_at units positive_agreement kappa"
    return Table(words("sheet_over_time"), columns(words, keys), rows)


def _exposed_table(study: AgreementStudy, words: Words) -> Table:
    rows = []
    for one in study.exposed:
        figures = {figure.name: figure for figure in one.report.overall}
        names = ("pooled_kappa", "alpha_masi")
        shown = (figure_text(figures.get(name), words, apart=" ") for name in names)
        rows.append((words(f"exposed_{one.group}"), one.report.units, *shown, one.adopted))
    keys = "who units pooled_kappa alpha_masi adopted"
    return Table(words("exposed"), columns(words, keys), tuple(rows))


def programs_table(study: AgreementStudy, words: Words) -> Table:
    """Return the figures that other programs would print, under their names."""
    rows = tuple(
        (
            one.program,
            one.label,
            one.code or words("overall"),
            one.figure.value,
            said_in(one.figure.undefined_because or "", words.language),
        )
        for one in sorted(study.programs, key=lambda one: bool(one.code))
    )
    return Table(words("sheet_programs"), columns(words, "program figure code value reason"), rows)


def _overall_programs(study: AgreementStudy, words: Words) -> Table:
    rows = tuple(
        (
            one.program,
            one.label,
            one.figure.value,
            said_in(one.figure.undefined_because or "", words.language),
        )
        for one in study.programs
        if not one.code
    )
    caption = words("overall")
    return Table(caption, columns(words, "program figure value reason"), rows, caption=caption)


def _programs_by_code(study: AgreementStudy, words: Words, labels: Labels) -> Table:
    figures: dict[str, dict[str, Value]] = {}
    for one in study.programs:
        if one.code:
            name = f"{one.program}: {one.label}"
            figures.setdefault(one.code, {})[name] = one.figure.value
    names = tuple(dict.fromkeys(name for own in figures.values() for name in own))
    rows = tuple(
        (labels(code), *(own.get(name) for name in names)) for code, own in figures.items()
    )
    shown = (*columns(words, "code"), *(Column(name, name, Kind.FIGURE) for name in names))
    caption = words("per_code")
    return Table(caption, shown, rows, caption=caption)
