"""What a report of agreement holds beside the figures: method, confusion, differences, outcome.

Each part is turned into blocks of a document once; the tables of xlsx are the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.exporting.columns import columns
from qualcode.exporting.document import (
    Block,
    Column,
    Heading,
    Kind,
    Paragraph,
    ParagraphStyle,
    Table,
    Value,
)
from qualcode.exporting.methods import methods_paragraphs, reason_in
from qualcode.exporting.reasons import said_in
from qualcode.exporting.typography import between_quotes, number
from qualcode.exporting.words import Words
from qualcode.model import Coding, Coefficient, Confusion, Decision, DisagreementKind
from qualcode.model.agreement_study import AgreementStudy
from qualcode.model.settling import Settling

WIDEST = 16
"""As many numbered columns fit on a page."""
_LONGEST = 110
"""As many characters of a passage stand in a list of differences."""


def method_blocks(study: AgreementStudy, words: Words) -> Iterator[Block]:
    """Yield the methods paragraphs, under their heading."""
    yield Heading(2, words("methods"))
    for text in methods_paragraphs(study, words.language):
        yield Paragraph(text)
    yield Paragraph(words("methods_note"), ParagraphStyle.NOTE)


def study_blocks(study: AgreementStudy, words: Words, *, wide: bool) -> Iterator[Block]:
    """Yield everything after the figures, the long list of differences last.

    Args:
        study: The report.
        words: Of the language.
        wide: Whether tables may be wider than a page.
    """
    yield from _confusion_blocks(study, words, wide=wide)
    yield from _settling_blocks(study, words)
    if len(study.moments) > 1:
        yield Heading(2, words("over_time"))
        yield moments_table(study, words)
    if study.exposed:
        yield Heading(2, words("exposed"))
        yield _exposed_table(study, words)
    if study.programs:
        yield Heading(2, words("programs"))
        yield Paragraph(words("programs_note"), ParagraphStyle.NOTE)
        yield _overall_programs(study, words)
        yield _programs_by_code(study, words)
    yield Paragraph(colophon(study, words), ParagraphStyle.NOTE)
    if study.disagreements:
        yield Heading(2, words("differences"))
        yield differences_table(study, words)


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


def readable(path: str) -> str:
    """Return a path with room to break the line: "users / current use"."""
    return path.replace("/", " / ").replace("_", " ")


# Which code met which


def _confusion_blocks(study: AgreementStudy, words: Words, *, wide: bool) -> Iterator[Block]:
    found = study.confusion
    table = confusion_table(found, _used(found) if wide else _confused(found), words)
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
        yield leaks_table(study, words)


def _used(found: Confusion) -> tuple[int, ...]:
    """Return the places of the codes that either coder used."""
    places = range(len(found.codes))
    return tuple(i for i in places if any(found.counts[i]) or any(r[i] for r in found.counts))


def _confused(found: Confusion) -> tuple[int, ...]:
    """Return the places of the codes that were taken for another one."""
    codes = {code for leak in found.leaks for code in (leak.code, leak.other)}
    return tuple(i for i, code in enumerate(found.codes) if code in codes)


def confusion_table(found: Confusion, shown: Sequence[int], words: Words) -> Table:
    """Return the matrix of some codes and "no code"; zeros are left empty.

    Args:
        found: The matrix.
        shown: Places of the codes to show.
        words: Of the language.
    """
    last = len(found.codes)
    kept = (*shown, last)
    names = [readable(found.codes[i]) for i in shown] + [words("no_code")]
    keys = [found.codes[i] for i in shown] + ["no_code"]
    rows = tuple(
        (place, names[place - 1], *(found.counts[i][j] or "" for j in kept))
        for place, i in enumerate(kept, start=1)
    )
    numbers = (Column(key, str(place), Kind.COUNT) for place, key in enumerate(keys, start=1))
    return Table(words("sheet_confusion"), (*columns(words, "number code"), *numbers), rows)


def leaks_table(study: AgreementStudy, words: Words) -> Table:
    """Return the pairs of codes that are taken for one another."""
    rows = tuple(
        (readable(one.code), readable(one.other), one.units, one.share)
        for one in study.confusion.leaks
    )
    return Table(
        words("leaks"), columns(words, "first second units share"), rows, caption=words("leaks")
    )


# The differences


def differences_table(study: AgreementStudy, words: Words, *, whole: bool = False) -> Table:
    """Return every difference with both passages and what was decided.

    Args:
        study: The report.
        words: Of the language.
        whole: Passages in full, with the coders' memos, for a table to work with.
    """
    decided = {decision.disagreement: decision for decision in study.decisions}
    keys = "transcript code kind quotes_a quotes_b decision"
    if whole:
        keys = (
            "transcript start end code_a code_b kind same_theme words quotes_a memos_a "
            "quotes_b memos_b decision reason"
        )
    rows: list[tuple[Value, ...]] = []
    for one in study.disagreements:
        kind = words(f"kind_{one.kind.value}")
        decision = decided.get(one.id)
        if whole:
            rows.append(
                (
                    *(one.transcript, one.unit.start, one.unit.end),
                    one.code if one.codings_a else "",
                    (one.other_code or one.code) if one.codings_b else "",
                    *(kind, words("yes") if one.same_theme else "", one.words or None),
                    *(_quotes(one.codings_a), _memos(one.codings_a)),
                    *(_quotes(one.codings_b), _memos(one.codings_b)),
                    words(f"choice_{decision.choice.value}") if decision else "",
                    decision.reason if decision else "",
                )
            )
            continue
        code = readable(one.code)
        if one.other_code:
            code += f"\n{readable(one.other_code)}"
        if one.kind is DisagreementKind.BOUNDARY:
            kind += f" ({one.words})"
        sides = (_shortened(one.codings_a, words), _shortened(one.codings_b, words))
        rows.append((one.transcript, code, kind, *sides, _decided(decision, words)))
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


# How they were settled


def _settling_blocks(study: AgreementStudy, words: Words) -> Iterator[Block]:
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
    yield _reasons_table(found, words)
    if found.must_change:
        codes = ", ".join(map(readable, found.must_change))
        yield Paragraph(words("must_change", codes=codes))
    if found.changed:
        yield _changes_table(found, words)


def before_and_after(found: Settling, words: Words) -> Table:
    """Return agreement before, and of each coder with the consensus."""
    a, b = found.coders
    sides = [(words("before", a=a, b=b), found.before)]
    sides += [(words("after", coder=one.coder), one.figures) for one in found.against]
    names = ("pooled_kappa", "stacked_kappa", "alpha_masi")
    shown = columns(words, "who " + " ".join(names))
    rows = tuple(
        (who, *(_figure({f.name: f for f in figures}.get(name), words) for name in names))
        for who, figures in sides
    )
    caption = words("before_and_after")
    return Table(caption, shown, rows, caption=caption)


def _figure(figure: Coefficient | None, words: Words) -> str | None:
    if figure is None or figure.value is None:
        return None
    text = number(figure.value, words.language)
    if figure.interval:
        low, high = (number(end, words.language) for end in figure.interval)
        text += f" ({low};\N{NO-BREAK SPACE}{high})"
    return text


def _reasons_table(found: Settling, words: Words) -> Table:
    rows = tuple(
        (reason_in(one.reason, words.language), one.count, ", ".join(map(readable, one.codes[:5])))
        for one in found.reasons
    )
    shown = [Column("reason", words("col_decision_reason"))]
    return Table(words("sheet_settling"), (*shown, *columns(words, "count codes")), rows)


def _changes_table(found: Settling, words: Words) -> Table:
    rows = tuple(
        (readable(one.path), one.field or one.kind, one.before, one.after) for one in found.changed
    )
    caption = words("book_changes")
    return Table(caption, columns(words, "code field old new"), rows, caption=caption)


# In time, with suggestions, and elsewhere


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
        shown = (_figure(figures.get(name), words) for name in ("pooled_kappa", "alpha_masi"))
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


def _programs_by_code(study: AgreementStudy, words: Words) -> Table:
    figures: dict[str, dict[str, Value]] = {}
    for one in study.programs:
        if one.code:
            name = f"{one.program}: {one.label}"
            figures.setdefault(one.code, {})[name] = one.figure.value
    names = tuple(dict.fromkeys(name for own in figures.values() for name in own))
    rows = tuple(
        (readable(code), *(own.get(name) for name in names)) for code, own in figures.items()
    )
    shown = (*columns(words, "code"), *(Column(name, name, Kind.FIGURE) for name in names))
    caption = words("per_code")
    return Table(caption, shown, rows, caption=caption)


def study_tables(study: AgreementStudy, words: Words) -> tuple[Table, ...]:
    """Return the sheets that xlsx has beside the figures."""
    said = (*methods_paragraphs(study, words.language), colophon(study, words))
    method = Table(
        words("sheet_method"),
        columns(words, "description"),
        tuple((text,) for text in said),
    )
    tables = [method, confusion_table(study.confusion, _used(study.confusion), words)]
    tables += [leaks_table(study, words), differences_table(study, words, whole=True)]
    if study.settling is not None:
        tables += [before_and_after(study.settling, words), _reasons_table(study.settling, words)]
    tables += [moments_table(study, words), programs_table(study, words)]
    return tuple(tables)
