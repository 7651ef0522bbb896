"""What a report of agreement holds beside the figures: method, confusion, differences, outcome.

Each part is turned into blocks of a document once; the tables of xlsx are the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from qualcode.exporting.document.typography import between_quotes
from qualcode.exporting.reports.adjudication_tables import (
    before_and_after,
    reasons_table,
    settling_blocks,
)
from qualcode.exporting.reports.agreement_splits import aside_blocks, moments_table, programs_table
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.reports.methods_section import methods_paragraphs, reason_in
from qualcode.exporting.words import Words
from qualcode.model import (
    AgreementStudy,
    Coding,
    Confusion,
    Decision,
    DisagreementKind,
)

WIDEST = 16
"""As many numbered columns fit on a page."""
_LONGEST = 110
"""As many characters of a passage stand in a list of differences."""


def method_blocks(study: AgreementStudy, words: Words, labels: Labels) -> Iterator[Block]:
    """Yield the methods paragraphs, under their heading."""
    yield Heading(2, words("methods"))
    for text in methods_paragraphs(study, words.language, labels):
        yield Paragraph(text)
    yield Paragraph(words("methods_note"), ParagraphStyle.NOTE)


def study_blocks(
    study: AgreementStudy, words: Words, labels: Labels, *, wide: bool
) -> Iterator[Block]:
    """Yield everything after the figures, the long list of differences last.

    Args:
        study: The report.
        words: Of the language.
        labels: What codes are called.
        wide: Whether tables may be wider than a page.
    """
    if study.confusion is not None:
        yield from _confusion_blocks(study, study.confusion, words, labels, wide=wide)
    yield from settling_blocks(study, words, labels)
    yield from aside_blocks(study, words, labels)
    yield Paragraph(colophon(study, words), ParagraphStyle.NOTE)
    if study.disagreements:
        yield Heading(2, words("differences"))
        yield Paragraph(words(_noted("differences_note", study)), ParagraphStyle.NOTE)
        yield differences_table(study, words, labels)


def _noted(key: str, study: AgreementStudy) -> str:
    return key if study.report.is_pair else f"{key}_team"


def colophon(study: AgreementStudy, words: Words) -> str:
    """Return software, codebook version and seed, in one line."""
    report = study.report
    return words(
        "colophon",
        software=study.method.software,
        codebook=report.codebook,
        version=report.codebook_version,
        seed=report.seed,
    )


# Which code met which


def _confusion_blocks(
    study: AgreementStudy, found: Confusion, words: Words, labels: Labels, *, wide: bool
) -> Iterator[Block]:
    table = confusion_table(found, _used(found) if wide else _confused(found), words, labels)
    if not _used(found):
        return
    yield Heading(2, words("confusion"))
    a, b = study.report.coders
    note = words("confusion_note", a=a, b=b)
    if not wide:
        note += " " + words("confusion_part")
    yield Paragraph(note, ParagraphStyle.NOTE)
    if wide or 1 < len(table.rows) <= WIDEST:
        yield table
    if found.leaks:
        yield Paragraph(words("leaks_note"), ParagraphStyle.NOTE)
        yield leaks_table(found, words, labels)


def _used(found: Confusion) -> tuple[int, ...]:
    """Return the places of the codes that either coder used."""
    places = range(len(found.codes))
    return tuple(i for i in places if any(found.counts[i]) or any(r[i] for r in found.counts))


def _confused(found: Confusion) -> tuple[int, ...]:
    """Return the places of the codes that were taken for another one."""
    codes = {code for leak in found.leaks for code in (leak.code, leak.other)}
    return tuple(i for i, code in enumerate(found.codes) if code in codes)


def confusion_table(found: Confusion, shown: Sequence[int], words: Words, labels: Labels) -> Table:
    """Return the matrix of some codes and "no code"; zeros are left empty.

    Args:
        found: The matrix.
        shown: Places of the codes to show.
        words: Of the language.
        labels: What codes are called.
    """
    last = len(found.codes)
    kept = (*shown, last)
    names = [labels(found.codes[i]) for i in shown] + [words("no_code")]
    keys = [found.codes[i] for i in shown] + ["no_code"]
    rows = tuple(
        (place, names[place - 1], *(found.counts[i][j] or "" for j in kept))
        for place, i in enumerate(kept, start=1)
    )
    numbers = (Column(key, str(place), Kind.COUNT) for place, key in enumerate(keys, start=1))
    return Table(words("sheet_confusion"), (*columns(words, "number code"), *numbers), rows)


def leaks_table(found: Confusion, words: Words, labels: Labels) -> Table:
    """Return the pairs of codes that are taken for one another."""
    rows = tuple((labels(one.code), labels(one.other), one.units, one.share) for one in found.leaks)
    return Table(
        words("leaks"), columns(words, "first second units share"), rows, caption=words("leaks")
    )


# The differences


def differences_table(study: AgreementStudy, words: Words, labels: Labels) -> Table:
    """Return every difference with both passages, shortened, and what was decided."""
    decided = {decision.disagreement: decision for decision in study.decisions}
    rows: list[tuple[Value, ...]] = []
    for one in study.disagreements:
        kind, decision = words(f"kind_{one.kind.value}"), decided.get(one.id)
        code = labels(one.code)
        if one.other_code:
            code += f"\n{labels(one.other_code)}"
        if one.kind is DisagreementKind.BOUNDARY:
            kind += f" ({one.words})"
        sides = [_shortened(one.codings_a, words), _shortened(one.codings_b, words)]
        if not study.report.is_pair:
            named = zip((one.coder_a, one.coder_b), sides, strict=True)
            sides = [f"{who}:\n{side or '–'}" for who, side in named]
        rows.append((one.transcript, code, kind, *sides, _decided(decision, words)))
    keys = "transcript code kind quotes_a quotes_b decision"
    return Table(words("sheet_differences"), columns(words, keys), tuple(rows))


def whole_differences_table(study: AgreementStudy, words: Words) -> Table:
    """Return every difference with passages in full and the memos, for a table to work with."""
    decided = {decision.disagreement: decision for decision in study.decisions}
    keys = (
        "transcript start end code_a code_b kind same_theme words coder_a quotes_a memos_a "
        "coder_b quotes_b memos_b decision reason"
    )
    rows = []
    for one in study.disagreements:
        decision = decided.get(one.id)
        rows.append(
            (
                *(one.transcript, one.unit.start, one.unit.end),
                one.code if one.codings_a else "",
                (one.other_code or one.code) if one.codings_b else "",
                words(f"kind_{one.kind.value}"),
                *(words("yes") if one.same_theme else "", one.words or None),
                *(one.coder_a, _quotes(one.codings_a), _memos(one.codings_a)),
                *(one.coder_b, _quotes(one.codings_b), _memos(one.codings_b)),
                words(f"choice_{decision.choice.value}") if decision else "",
                decision.reason if decision else "",
            )
        )
    return Table(words("sheet_differences"), columns(words, keys), tuple(rows))


def _quotes(codings: Sequence[Coding]) -> str:
    return " | ".join(coding.quote for coding in codings)


def _memos(codings: Sequence[Coding]) -> str:
    return " | ".join(coding.memo for coding in codings if coding.memo)


def _shortened(codings: Sequence[Coding], words: Words) -> str | None:
    shown = []
    for coding in codings:
        text = " ".join(coding.quote.split())
        cut = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
        shown.append(
            between_quotes(cut) + (f"\n{words('col_memo')}: {coding.memo}" * bool(coding.memo))
        )
    return "\n".join(shown) or None


def _decided(decision: Decision | None, words: Words) -> str | None:
    if decision is None:
        return None
    name, _, note = decision.reason.partition(":")
    why = reason_in(name.strip(), words.language) + (f": {note.strip()}" if note.strip() else "")
    return "\n".join(part for part in (words(f"choice_{decision.choice.value}"), why) if part)


def study_tables(study: AgreementStudy, words: Words, labels: Labels) -> list[Table]:
    """Return the sheets that xlsx has beside the figures."""
    said = (*methods_paragraphs(study, words.language, labels), colophon(study, words))
    method = Table(
        words("sheet_method"),
        columns(words, "description"),
        tuple((text,) for text in said),
    )
    tables = [method]
    if study.confusion is not None:
        used = _used(study.confusion)
        tables.append(confusion_table(study.confusion, used, words, labels))
        tables.append(leaks_table(study.confusion, words, labels))
    tables.append(whole_differences_table(study, words))
    if study.settling is not None:
        tables.append(before_and_after(study.settling, words))
        tables.append(reasons_table(study.settling, words, labels))
    if study.report.is_pair:
        tables += [moments_table(study, words), programs_table(study, words)]
    return tables
