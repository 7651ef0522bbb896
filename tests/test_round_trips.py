"""Codings go out in each format and come back: no difference, or one that is named.

The table is also in docs/migration.md. The study has what formats stumble on: emoji, a passage that
ends with its line, equal words in two places, notes with signs of tables, two coders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from qualcode.model import Coding, Span, trimmed
from qualcode.project import ExportOptions, Project
from refi_files import INTEROP
from small_book import BOOK

TEXT = (
    'I: Hoe was het 😀?\nR: Een feest; echt, "een" feest.\nI: En daarna?\n'
    'R: Een feest; echt, "een" feest.\nR: =2 keer, - zei hij. Nu ' + "'-1' en meer.\n"
)
PASSAGES = [
    ("Een feest; echt", 0, "anna", 'mooi; met "tekens"\nen een regel'),
    ("Een feest; echt", 1, "anna", ""),
    ("=2 keer", 0, "anna", "=SOM(A1)"),
    ("Hoe was het 😀", 0, "bram", ""),
    ("I: En daarna?\n", 0, "bram", "hele regel"),
    ("feest", 2, "bram", ""),
    ("\nI: En daarna?", 0, "anna", ""),
    ("Nu '-1' en", 0, "anna", "'-1' dus"),
]
EDGES = "spaces and line ends at the edges"
NOTES = "notes"
EQUAL = "passages whose words are in several places"
FORMATS: dict[str, tuple[str, ...]] = {
    "qdpx": (),
    "qdpx in UTF-16": (),
    "folder": (),
    "qualcoder": (),
    "atlas.ti": (EDGES, EQUAL),
    "maxqda": (EDGES,),
    "taguette": (EDGES, NOTES, EQUAL),
    "word": (EDGES,),
}
"""What differs in each format; nothing where it is empty."""

Place = tuple[str, Span, str, str, str]


def make_study(path: Path, *, coded: bool) -> Project:
    """Return a project with the interview, and its codings if these are asked for."""
    work = Project.create(path, name="Rond")
    work._store.save_codebook(BOOK)
    (path.parent / "G01.txt").write_text(TEXT, encoding="utf-8")
    assert not [
        r.refused for r in work.transcripts.read_files([path.parent / "G01.txt"]) if r.refused
    ]
    for coder in ("anna", "bram"):
        work.rounds.add_coder(coder)
    for number, (words, place, coder, memo) in enumerate(PASSAGES) if coded else ():
        start = -1
        for _ in range(place + 1):
            start = TEXT.index(words, start + 1)
        code = BOOK.active[number % 2].path
        span = Span(start, start + len(words))
        work.acting_as(coder).codings.add("G01", span, code, memo=memo)
    return work


def send(work: Project, back: Project, name: str, folder: Path) -> None:
    """Write the codings of a project in a format, and read them into another one."""
    if name in {"qdpx", "qdpx in UTF-16", "folder"}:
        path = folder / ("plain" if name == "folder" else "out.qdpx")
        unit = "utf16" if name.endswith("UTF-16") else "codepoint"
        work.exchange.write(path, ExportOptions(real_names=True, position_unit=unit))
        back.exchange.read(path)
    elif name == "word":
        for transcript in work.transcripts.collect():
            path = folder / f"{transcript.name}.docx"
            work.exchange.write_commented(transcript.name, path, real_names=True)
            back.exchange.read_commented(path)
    else:
        for coder in work.rounds.coders():
            path = folder / f"{coder}.csv"
            work.exchange.write_tool_table(path, name, coder, real_names=True)
            if work.codings.collect(coder=coder):
                back.exchange.read_tool_table(path, name, coder=coder)


def places(
    codings: Iterable[Coding], texts: dict[str, str], without: Sequence[str] = ()
) -> Counter[Place]:
    """Return what codings say, without what may differ."""
    found: Counter[Place] = Counter()
    for coding in codings:
        text, span, memo = texts[coding.transcript], coding.span, coding.memo
        if EQUAL in without and text.count(coding.quote.strip()) > 1:
            continue
        if EDGES in without:
            span, memo = trimmed(text, span.start, span.end) or span, memo.strip()
        memo = "" if NOTES in without else memo
        found[coding.transcript, span, coding.code, coding.coder, memo] += 1
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_codings_come_back(name: str, tmp_path: Path) -> None:
    with (
        make_study(tmp_path / "a.qualcode", coded=True) as work,
        make_study(tmp_path / "b.qualcode", coded=False) as back,
    ):
        send(work, back, name, tmp_path)
        before, after, texts = work.codings.collect(), back.codings.collect(), {"G01": TEXT}
        assert places(after, texts, FORMATS[name]) == places(before, texts, FORMATS[name])
        # Each difference that is named is there: the table tells no more than is true.
        for number in range(len(FORMATS[name])):
            named = FORMATS[name][:number] + FORMATS[name][number + 1 :]
            assert places(after, texts, named) != places(before, texts, named)
        assert len(back.transcripts.collect()) == 1


@pytest.mark.slow
@pytest.mark.skipif(not INTEROP.is_dir(), reason="no ../shared/interop")
@pytest.mark.parametrize("name", FORMATS)
def test_codings_of_a_real_study_of_nvivo_come_back(name: str, tmp_path: Path) -> None:
    file = INTEROP / "qdpx" / "nvivo12win_masked.qdpx"
    with (
        Project.create(tmp_path / "a.qualcode") as work,
        Project.create(tmp_path / "b.qualcode") as back,
    ):
        for project in (work, back):
            project.exchange.read(file)
        back.codings.withdraw([coding.id for coding in back.codings.collect()])
        texts = {t.name: t.text for t in work.transcripts.collect()}
        assert len(work.codings.collect()) == 303
        send(work, back, name, tmp_path)
        before, after = work.codings.collect(), back.codings.collect()
        assert places(after, texts, FORMATS[name]) == places(before, texts, FORMATS[name])
