"""How differences between coders were settled, in a report of agreement."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Block, Column, Heading, Paragraph, Table
from qualcode.exporting.reports.agreement_tables import figure_name, figure_text
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.reports.methods_section import reason_in
from qualcode.exporting.words import Words
from qualcode.model import AgreementStudy
from qualcode.model.settling import Settling

_BEFORE_AND_AFTER = ("pooled_kappa", "stacked_kappa", "macro_mean_fleiss", "alpha_masi")
"""Figures over all codes that tell how far the coders were from what was agreed."""


def settling_blocks(study: AgreementStudy, words: Words, labels: Labels) -> Iterator[Block]:
    """Yield how the differences were settled, and what it came to."""
    found = study.settling
    if found is None:
        return
    yield Heading(2, words("settling"))
    minutes = None if found.seconds is None else max(1, round(found.seconds / 60))
    yield Paragraph(
        words(
            "settling_lead",
            decided=found.decided,
            open=found.open,
            revised=found.revised,
            time=words("time_unknown") if minutes is None else words("minutes", n=minutes),
        )
    )
    yield before_and_after(found, words)
    yield reasons_table(found, words, labels)
    if found.must_change:
        yield Paragraph(words("must_change", codes=labels.listed(found.must_change)))
    if found.changed:
        yield _changes_table(found, words, labels)


def before_and_after(found: Settling, words: Words) -> Table:
    """Return agreement before, and of each coder with the consensus."""
    who = f"{', '.join(found.coders[:-1])} {words('conjunction')} {found.coders[-1]}"
    sides = [(words("before", coders=who), found.before)]
    sides += [(words("after", coder=one.coder), one.figures) for one in found.against]
    told = {f.name for _, figures in sides for f in figures}
    names = [name for name in _BEFORE_AND_AFTER if name in told]
    shown = (*columns(words, "who"), *(Column(name, figure_name(name, words)) for name in names))
    rows = tuple(
        (
            who,
            *(
                figure_text({f.name: f for f in figures}.get(name), words, apart=" ")
                for name in names
            ),
        )
        for who, figures in sides
    )
    caption = words("before_and_after")
    return Table(caption, shown, rows, caption=caption)


def reasons_table(found: Settling, words: Words, labels: Labels) -> Table:
    """Return how often each reason was given, and on which codes."""
    rows = tuple(
        (reason_in(one.reason, words.language), one.count, labels.listed(one.codes[:5]))
        for one in found.reasons
    )
    shown = [Column("reason", words("col_decision_reason"))]
    return Table(words("sheet_settling"), (*shown, *columns(words, "count codes")), rows)


def _changes_table(found: Settling, words: Words, labels: Labels) -> Table:
    rows = tuple(
        (labels(one.path), one.field or one.kind, one.before, one.after) for one in found.changed
    )
    caption = words("book_changes")
    return Table(caption, columns(words, "code field old new"), rows, caption=caption)
