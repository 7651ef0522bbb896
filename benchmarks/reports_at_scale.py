"""Reports of agreement and of themes on 10, 100 and 1,000 interviews: time, memory, growth.

Interviews of 7,000 words in 60 turns, two coders, 50 codings each to an interview, 60 codes under
six themes; 1,000 interviews have 100,000 codings. Growth is the time of ten times as many
interviews over that of one times: linear is 10. The limit is one vectorised pass over the units and
the resamples (agreement), or the plain SQL aggregates and the pass of lemmas (themes).

    python benchmarks/reports_at_scale.py [10 100 1000] [--only agreement|themes] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import pstats
import resource
import sqlite3
import time
from collections.abc import Callable

import numpy as np

from qualcode import agreement, themes
from qualcode.agreement import CodingStudy, UnitsOfAnalysis
from qualcode.agreement.alpha import table_alpha
from qualcode.agreement.distance import BINARY
from qualcode.agreement.fleiss_family import gwet_ac, table_sums
from qualcode.agreement.incidence import pair_tables
from qualcode.agreement.kappa import cohen_kappa
from qualcode.agreement.resampling import leave_one_out
from qualcode.language import load_language
from qualcode.model import (
    Case,
    Code,
    Codebook,
    Coding,
    FrozenMap,
    Participation,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
)

CODERS, TURNS, CODINGS, CODES = ("anna", "bram"), 60, 50, 60
WORDS = (
    "ik denk dat de bus elke dag te laat komt en daarom ga ik vaker met de fiets naar mijn werk "
    "vooral omdat het station ver weg ligt van het dorp waar wij sinds kort wonen met de kinderen"
).split()
BOOK = Codebook(
    "scale",
    (
        *(Code(f"t{number}") for number in range(6)),
        *(Code(f"t{number % 6}/c{number}") for number in range(CODES)),
    ),
)


def make_interview(number: int) -> tuple[Transcript, list[Coding]]:
    """Return an interview with the codings of two coders who mostly agree."""
    rng = np.random.default_rng(number)
    texts, turns, start = [], [], 0
    for turn in range(TURNS):
        size = int(rng.integers(150, 300)) if turn % 2 else 10
        words = [WORDS[place] for place in rng.integers(0, len(WORDS), size)]
        # sentences of some length, and words of its own to an interview
        words[::15] = [f"{word.capitalize()}" for word in words[::15]]
        words[14::15] = [f"{word}{int(rng.integers(900))}." for word in words[14::15]]
        texts.append(" ".join(words))
        turns.append(Turn(turn + 1, "R" if turn % 2 else "I", Span(start, start + len(texts[-1]))))
        start += len(texts[-1]) + 1
    speakers = Speaker("I", Role.INTERVIEWER), Speaker("R", Role.RESPONDENT)
    transcript = Transcript(f"G{number:04}", "\n".join(texts), speakers, tuple(turns))
    codings = []
    for coding in range(CODINGS):
        turn = turns[1 + 2 * int(rng.integers(0, TURNS // 2))]
        code = int(CODES * rng.beta(1, 3))
        first = turn.span.start + int(rng.integers(0, 400))
        for coder in CODERS:
            begin = first + int(rng.integers(0, 10))
            span = Span(begin, min(begin + int(rng.integers(80, 400)), turn.span.end))
            given = code if rng.random() < 0.85 else int(rng.integers(0, CODES))
            key = f"{coder}{number}-{coding}"
            quote, path = span.of(transcript.text), f"t{given % 6}/c{given}"
            codings.append(Coding(key, transcript.name, span, quote, path, coder))
    return transcript, codings


def report_agreement(transcripts: list[Transcript], codings: list[Coding]) -> float:
    """Make all of a report on agreement; return the time of its limit."""
    study = CodingStudy.of(codings, UnitsOfAnalysis.of(transcripts), BOOK, CODERS)
    report = agreement.compare_coders(study)
    disagreements = agreement.collect_disagreements(study)
    agreement.find_confusion(study, report, disagreements)
    agreement.collect_program_figures(study, report)
    agreement.agreement_over_time(study)

    def limit() -> None:
        (tables,) = pair_tables(study.incidence)
        for value in (
            lambda table: cohen_kappa(table, BINARY),
            lambda table: table_alpha(table, BINARY),
            lambda table: gwet_ac(table_sums(table, BINARY), BINARY),
        ):
            leave_one_out((tables,), value)

    return seconds(limit)


def report_themes(transcripts: list[Transcript], codings: list[Coding]) -> float:
    """Make all of a report on themes, of one coder; return the time of its limit."""
    language = load_language("nl")
    layer = [coding for coding in codings if coding.coder == "anna"]
    cases = [
        Case(
            f"P{number}",
            FrozenMap({"group": "ab"[number % 2], "age": str(20 + number % 50)}),
            (Participation(transcript.name),),
        )
        for number, transcript in enumerate(transcripts)
    ]
    dataset = layer, BOOK, transcripts, cases
    lemmas: dict[str, tuple[str, ...]] = {}

    def tokenize(text: str, _language: str) -> tuple[str, ...]:
        if text not in lemmas:
            lemmas[text] = language.content_lemmas(text)
        return lemmas[text]

    themes.summarize_themes(*dataset, tokenize=tokenize)
    themes.code_by_case(*dataset)
    themes.code_by_attribute(*dataset, attribute="group")
    themes.case_by_attribute(*dataset)
    themes.assess_saturation(*dataset)
    themes.compare_cases(*dataset)
    themes.describe_types(*dataset)
    themes.compare_waves(*dataset)
    themes.measure_coverage(*dataset)

    def limit() -> None:
        with sqlite3.connect(":memory:") as database:
            database.execute("create table c (transcript, code, size)")
            rows = [(c.transcript, c.code, c.span.end - c.span.start) for c in layer]
            database.executemany("insert into c values (?, ?, ?)", rows)
            database.execute("select code, transcript, count(*), sum(size) from c group by 1, 2")
        for text in lemmas:
            language.content_lemmas(text)

    return seconds(limit)


REPORTS = {"agreement": report_agreement, "themes": report_themes}


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def measure(name: str, interviews: int, profile: bool, queue: multiprocessing.Queue) -> None:
    """Put time, limit and memory of a report into the queue: in a process of its own."""
    study = [make_interview(number) for number in range(interviews)]
    transcripts = [transcript for transcript, _ in study]
    codings = [coding for _, of_interview in study for coding in of_interview]
    profiler = cProfile.Profile()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    if profile:
        profiler.enable()
    limit = REPORTS[name](transcripts, codings)
    profiler.disable()
    spent = time.process_time() - started - limit
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if profile:
        pstats.Stats(profiler).sort_stats("cumtime").print_stats(45)
    queue.put((spent, limit, before / 1024, most / 1024))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("interviews", nargs="*", type=int, default=[10, 100, 1000])
    parser.add_argument("--only", choices=sorted(REPORTS), default="")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    print("| report | interviews | CPU | growth | limit | memory (before) |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in [options.only] if options.only else REPORTS:
        before = 0.0
        for interviews in options.interviews:
            queue: multiprocessing.Queue = multiprocessing.Queue()
            process = multiprocessing.Process(
                target=measure, args=(name, interviews, options.profile, queue)
            )
            process.start()
            spent, limit, loaded, most = queue.get()
            process.join()
            growth = f"{spent / before:.1f}" if before else "-"
            print(
                f"| {name} | {interviews} | {spent:.2f} s | {growth} | {limit:.2f} s | "
                f"{most:.0f} MB ({loaded:.0f}) |",
                flush=True,
            )
            before = spent


if __name__ == "__main__":
    main()
