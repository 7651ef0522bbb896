"""What a report of agreement holds next to the figures: method, confusion, differences, outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Block, Heading, Paragraph, ParagraphStyle, note
from qualcode.exporting.document.table import Table, heading, text_table
from qualcode.exporting.reports.adjudication_tables import (
    before_and_after,
    reasons_table,
    settling_blocks,
)
from qualcode.exporting.reports.agreement_splits import (
    moments_table,
    programs_table,
    split_blocks,
)
from qualcode.exporting.reports.confusion_tables import (
    confusion_blocks,
    confusion_table,
    leaks_table,
    used_codes,
)
from qualcode.exporting.reports.difference_tables import (
    MOST_EXAMPLES,
    differences_table,
    exchanges_table,
    whole_differences_table,
)
from qualcode.exporting.reports.habit_tables import (
    accuracy_table,
    habit_blocks,
    habits_table,
)
from qualcode.exporting.reports.methods_section import methods_paragraphs
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementStudy, Confusion
from qualcode.model.unit_lines import lines_of_python, lines_of_r


def method_blocks(study: AgreementStudy, words: Wording, labels: Labels) -> Iterator[Block]:
    """Yield the methods paragraphs, under their heading."""
    yield Heading(2, Message("Methods"))
    for text in methods_paragraphs(study, words.language, labels):
        yield Paragraph(text)
    yield note(
        Message(
            "These paragraphs fill COREQ 24 to 27 and what SRQR and JARS-Qual ask about "
            "coding; what the project does not know is not in them."
        )
    )


def study_blocks(
    study: AgreementStudy, words: Wording, labels: Labels, *, wide: bool
) -> Iterator[Block]:
    """Yield everything after the figures, the long list of differences last.

    Args:
        study: The report.
        words: Of the language.
        labels: What codes are called.
        wide: Whether tables may be wider than a page.
    """
    if study.confusion is not None:
        yield from confusion_blocks(study.confusion, words, labels, wide=wide)
        yield from _pair_to_sharpen(study, study.confusion, words, labels)
    yield from habit_blocks(study, words, labels)
    yield from settling_blocks(study, words, labels)
    yield from split_blocks(study, words, labels)
    yield from _annex_blocks(study)
    yield note(_colophon(study))
    if study.disagreements:
        yield Heading(2, Message("Differences"))
        yield note(_differences_note(study))
        yield differences_table(study, words, labels)


def _pair_to_sharpen(
    study: AgreementStudy, confusion: Confusion, words: Wording, labels: Labels
) -> Iterator[Block]:
    """Yield the passages of the pair of codes that the coders confuse most often."""
    if not confusion.leaks:
        return
    leak = confusion.leaks[0]
    exchanges = leak.exchanges(study.disagreements)
    yield Heading(3, Message("Which pair of codes to sharpen first"))
    yield note(
        Message(
            "{first} and {second} are confused most often, so look at their definitions first. "
            "Passages: {printed} of {count}.",
            first=labels(leak.code),
            second=labels(leak.other),
            printed=min(MOST_EXAMPLES, len(exchanges)),
            count=len(exchanges),
        )
    )
    yield exchanges_table(exchanges[:MOST_EXAMPLES], words, labels)


def _annex_blocks(study: AgreementStudy) -> Iterator[Block]:
    """Yield how to compute the same figures in R and Python."""
    yield Heading(2, Message("To compute this elsewhere"))
    yield note(
        Message(
            "A table with a row for each unit and code and a column for each coder: qualcode "
            "agreement units --out units.csv, or the button on the page Agreement. The lines below "
            "read it in R (no package) and in Python (packages krippendorff and pandas)."
        )
    )
    coders = study.report.coders
    for lines in (lines_of_r("units.csv", coders), lines_of_python("units.csv", coders)):
        yield Paragraph(lines, ParagraphStyle.CODE)


def _differences_note(study: AgreementStudy) -> Message:
    if not study.report.is_pair:
        return Message(
            "Missed: A gave the code, B did not. Boundary: all gave the code; A is the passage "
            "that most share, B are the others. Worst code first."
        )
    return Message(
        "Missed: only one of them coded it. Other code: both coded the passage, with different "
        "codes (A’s on top). Boundary: same code, other start or end (number of words). Worst "
        "code first."
    )


def _colophon(study: AgreementStudy) -> Message:
    """Return software, codebook version and seed, in one line."""
    report = study.report
    return Message(
        "{software}; codebook {codebook}, version {version}; seed {seed}.",
        software=study.method.software,
        codebook=report.codebook,
        version=report.codebook_version,
        seed=report.seed,
    )


def study_tables(study: AgreementStudy, words: Wording, labels: Labels) -> Iterator[Table[Any]]:
    """Yield the sheets that xlsx has next to the figures."""
    lines = (*methods_paragraphs(study, words.language, labels), _colophon(study))
    yield text_table(Message("Methods"), heading("description"), lines)
    if study.confusion is not None:
        yield confusion_table(study.confusion, used_codes(study.confusion), labels)
        yield leaks_table(study.confusion, labels)
    if study.habits:
        yield habits_table(study.habits, words, labels)
    if study.accuracy:
        yield accuracy_table(study, labels)
    yield whole_differences_table(study)
    if study.settling is not None:
        yield before_and_after(study.settling, words)
        yield reasons_table(study.settling, labels)
    if study.report.is_pair:
        yield moments_table(study)
        yield programs_table(study, words)
