"""Reach, co-occurrence and agreement of 10,000 interviews, from Parquet by DuckDB and by qualcode.

Generated interviews of 10 turns (1,200 words), two coders, 10 codings each: 200,000 codings at
10,000 interviews. The tables are written as `qualcode export` writes them, without a project
around them. The queries are those of docs/many-interviews.md; each of their numbers is compared
with ours.

    python benchmarks/parquet_recipe.py [interviews]

It needs duckdb, which is in the group dev.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import reports_at_scale as scale

from parquet_queries import run_query
from qualcode import exporting, tables, themes
from qualcode.agreement import CodingStudy, UnitsOfAnalysis
from qualcode.agreement.incidence import pair_tables
from qualcode.model import Case, Coding, FrozenMap, Participation, Transcript
from qualcode.themes.cooccurrence import collect_pairs
from qualcode.themes.dataset import ThemeDataset

T = TypeVar("T")
Rows = set[tuple[Any, ...]]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    scale.TURNS, scale.CODINGS = 10, 10
    made = [scale.make_interview(number) for number in range(count)]
    transcripts = [transcript for transcript, _ in made]
    codings = [coding for _, codings in made for coding in codings]
    cases = [
        Case(f"P{number}", FrozenMap({}), (Participation(transcript.name),))
        for number, transcript in enumerate(transcripts)
    ]
    first = [coding for coding in codings if coding.coder == scale.CODERS[0]]
    with TemporaryDirectory() as name:
        folder = Path(name)
        timed("write the tables", lambda: write_tables(folder, transcripts, codings, cases))
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        print(f"{count} interviews, {len(codings)} codings; three files of {size:.0f} MB together")
        dataset = timed("our data set", lambda: ThemeDataset(first, scale.BOOK, transcripts, cases))
        for title, ours in (
            ("reach", lambda: our_reach(first, transcripts, cases)),
            ("co-occurrence", lambda: our_pairs(dataset)),
            ("agreement", lambda: our_agreement(codings, transcripts)),
        ):
            expected = timed(f"{title}, qualcode", ours)
            counted = timed(f"{title}, DuckDB", lambda title=title: set(run_query(title, folder)))
            wrong = expected ^ counted
            print(f"    {len(expected)} rows, {len(wrong)} differ")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


def write_tables(
    folder: Path, transcripts: list[Transcript], codings: list[Coding], cases: list[Case]
) -> None:
    """Write what the queries read; coders get the letters that an export gives them."""
    frame = tables.codings_table(codings, transcripts, cases)
    letters = dict(zip(scale.CODERS, ("coder A", "coder B"), strict=True))
    frame["coder"] = frame["coder"].map(letters)
    for name, rows in (
        ("codings", frame),
        ("final", frame[frame["coder"] == "coder A"]),
        ("turns", tables.turns_table(transcripts)),
    ):
        exporting.write_rows(name, *tables.rows_of(rows), folder / f"{name}.parquet")


def our_reach(codings: list[Coding], transcripts: list[Transcript], cases: list[Case]) -> Rows:
    reaches = themes.collect_reach(codings, scale.BOOK, transcripts, cases, with_words=False)
    return {(code, reach[0].cases) for code, reach in reaches.items() if reach[0].cases}


def our_pairs(dataset: ThemeDataset) -> Rows:
    return {(*sorted((pair.first, pair.second)), pair.together) for pair in collect_pairs(dataset)}


def our_agreement(codings: Iterable[Coding], transcripts: list[Transcript]) -> Rows:
    study = CodingStudy.of(codings, UnitsOfAnalysis.of(transcripts), scale.BOOK, scale.CODERS)
    (by_interview,) = pair_tables(study.incidence)
    counts = by_interview.sum(0).astype(int)
    rows = {
        (code, *(int(count) for count in (table[1, 1], table[1, 0], table[0, 1])))
        for code, table in zip(study.incidence.codes, counts, strict=True)
    }
    return {row for row in rows if any(row[1:])}


def timed(title: str, compute: Callable[[], T]) -> T:
    """Print the seconds of the processor, all cores together, and those that went by."""
    started, began = time.process_time(), time.perf_counter()
    result = compute()
    print(
        f"{title:<26} {time.process_time() - started:7.1f} s of the processor, "
        f"{time.perf_counter() - began:6.1f} s ({os.cpu_count()} cores)"
    )
    return result


if __name__ == "__main__":
    main()
