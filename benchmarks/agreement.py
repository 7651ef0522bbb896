"""Speed of the agreement figures, as ratios to other libraries in one run.

Run: python benchmarks/agreement.py
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

import numpy as np
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from qualcode.agreement import (
    CodingStudy,
    UnitsOfAnalysis,
    add_gamma,
    agreement_over_time,
    coefficient,
    collect_disagreements,
    collect_program_figures,
    compare_coders,
    find_confusion,
    resampling,
    unitizing,
)
from qualcode.agreement.alpha import table_alpha
from qualcode.agreement.arrays import Floats
from qualcode.agreement.distance import BINARY
from qualcode.agreement.fleiss_family import gwet_ac, table_sums
from qualcode.agreement.incidence import Incidence, pair_tables
from qualcode.agreement.kappa import cohen_kappa
from qualcode.model import Code, Codebook, Coding, Role, Span, Speaker, Transcript, Turn

CODES, SEGMENTS, INTERVIEWS, RESAMPLES = 40, 20_000, 40, 1_000
SETS, SETS_THEIRS = 20_000, 1_000
SPANS, LENGTH = 300, 60_000
CODERS, LABELLED = 10, 100_000


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Return the best of some runs, in time of the processor: others may keep it busy too."""
    best = float("inf")
    for _ in range(times):
        started = _spent()
        work()
        best = min(best, _spent() - started)
    return best


def _spent() -> float:
    """Return the processor time of this process and of those that it started."""
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + started.ru_utime + started.ru_stime


def ac1(table: Floats) -> Floats:
    return gwet_ac(table_sums(table, BINARY), BINARY)


def bootstrap(rng: np.random.Generator) -> None:
    true = rng.random((SEGMENTS, CODES)) < 0.08
    coded = {name: true ^ (rng.random(true.shape) < 0.02) for name in "ab"}
    interview = np.sort(rng.integers(0, INTERVIEWS, SEGMENTS))
    incidence = Incidence(
        tuple(map(str, range(CODES))),
        tuple(map(str, range(INTERVIEWS))),
        interview,
        np.ones(SEGMENTS, dtype=np.int64),
        coded,
        dict.fromkeys("ab", np.ones(INTERVIEWS, dtype=bool)),
    )

    def ours() -> None:
        sums = pair_tables(incidence)
        for value in (
            lambda table: cohen_kappa(table, BINARY),
            lambda table: table_alpha(table, BINARY),
            ac1,
        ):
            resampling.bootstrap_values(sums, value, RESAMPLES)

    def theirs() -> None:
        drawn = rng.integers(0, INTERVIEWS, INTERVIEWS)
        chosen = np.concatenate([np.nonzero(interview == i)[0] for i in drawn])
        for code in range(CODES):
            cohen_kappa_score(coded["a"][chosen, code], coded["b"][chosen, code])

    own, other = seconds(ours, 3), seconds(theirs, 2) * RESAMPLES
    print(
        f"{CODES} codes x {SEGMENTS:,} segments x {RESAMPLES:,} resamples, kappa + alpha + AC1: "
        f"{own * 1000:.0f} ms; scikit-learn's kappa in a loop, extrapolated: {other:.0f} s; "
        f"ratio {other / own:,.0f} (at least 500)"
    )


def sets(rng: np.random.Generator) -> None:
    letters = np.array(list("abcdefghijkl"))

    def labels(count: int) -> list[tuple[str, ...]]:
        return [tuple(letters[rng.random(12) < 0.12].tolist()) for _ in range(count)]

    one = labels(SETS)
    two = [s if rng.random() < 0.7 else t for s, t in zip(one, labels(SETS), strict=True)]
    own = seconds(lambda: coefficient("alpha_masi", {"a": one, "b": two}), 2)
    kept = [i for i in range(SETS) if one[i] and two[i]][:SETS_THEIRS]
    data = [(c, i, frozenset(row[i])) for c, row in (("a", one), ("b", two)) for i in kept]
    other = seconds(lambda: AnnotationTask(data=data, distance=masi_distance).alpha())
    whole = other * SETS / SETS_THEIRS
    print(
        f"MASI alpha of {SETS:,} units: {own * 1000:.0f} ms; nltk, {SETS_THEIRS:,} units times "
        f"{SETS // SETS_THEIRS}: {whole:.1f} s; ratio {whole / own:,.0f} (at least 10)"
    )


def spans(rng: np.random.Generator) -> dict[str, list[tuple[int, int, str]]]:
    starts = np.sort(rng.choice(LENGTH // 100, SPANS, replace=False)) * 100
    label = rng.integers(0, 12, SPANS)
    made: dict[str, list[tuple[int, int, str]]] = {}
    for coder in "ab":
        shift = rng.integers(0, 15, SPANS)
        size = rng.integers(10, 80, SPANS)
        made[coder] = [
            (int(s + d), int(s + d + n), f"code{c}")
            for s, d, n, c in zip(starts, shift, size, label, strict=True)
        ]
    return made


def unitized(rng: np.random.Generator) -> None:
    made = spans(rng)
    own = seconds(lambda: unitizing("u_alpha", made, length=LENGTH), 5)
    print(f"u-alpha of 2 x {SPANS} spans: {own * 1000:.1f} ms (under 5)")
    own = seconds(lambda: unitizing("gamma", made, length=LENGTH), 3)
    print(f"gamma of 2 x {SPANS} spans: {own * 1000:.0f} ms", end="")
    try:
        from pyannote.core import Segment
        from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
    except ImportError:
        print("; pygamma-agreement is not installed here")
        return
    continuum = Continuum()
    for coder, rows in made.items():
        for start, end, label in rows:
            continuum.add(coder, Segment(start, end), label)
    other = seconds(lambda: continuum.compute_gamma(CombinedCategoricalDissimilarity()), 3)
    print(f"; pygamma-agreement: {other:.1f} s; ratio {other / own:.0f} (at least 20)")


def labels(rng: np.random.Generator) -> None:
    """Alpha and Fleiss' kappa of ten coders, with their standard errors, which others leave out."""
    true = rng.integers(0, 5, LABELLED)
    noise = rng.integers(0, 5, (CODERS, LABELLED))
    given = np.where(rng.random(noise.shape) < 0.8, true, noise)
    ratings = {str(coder): row for coder, row in enumerate(given)}
    own = seconds(lambda: coefficient("fleiss_kappa", ratings), 3)
    other = seconds(lambda: fleiss_kappa(aggregate_raters(given.T)[0]), 3)
    print(
        f"Fleiss' kappa of {CODERS} x {LABELLED:,}: {own * 1000:.0f} ms; statsmodels: "
        f"{other * 1000:.0f} ms; ratio {other / own:.1f} (at least 1)"
    )
    own = seconds(lambda: coefficient("alpha_nominal", ratings), 3)
    print(f"alpha of {CODERS} x {LABELLED:,}: {own * 1000:.0f} ms", end="")
    try:
        import krippendorff
    except ImportError:
        print("; krippendorff is not installed here")
        return
    other = seconds(lambda: krippendorff.alpha(given, level_of_measurement="nominal"), 3)
    print(f"; krippendorff: {other * 1000:.0f} ms; ratio {other / own:.1f} (at least 1)")


def large_study(rng: np.random.Generator, kind: str) -> CodingStudy:
    """Return 100 interviews of 300 turns, half of them respondents', on 60 codes."""
    leaves = [f"theme{number % 6}/code{number}" for number in range(60)]
    themes = tuple(Code(f"theme{number}") for number in range(6))
    book = Codebook("large", (*themes, *map(Code, leaves)))
    transcripts, codings = [], []
    for number in range(100):
        texts, turns, start = [], [], 0
        for turn in range(300):
            texts.append(" ".join(["woord"] * int(rng.integers(5, 40))))
            end = start + len(texts[-1])
            turns.append(Turn(turn + 1, "R" if turn % 2 else "I", Span(start, end)))
            start = end + 1
        speakers = Speaker("I", Role.INTERVIEWER), Speaker("R", Role.RESPONDENT)
        transcript = Transcript(f"G{number}", "\n".join(texts), speakers, tuple(turns))
        transcripts.append(transcript)
        for turn in turns[1::2]:
            true, size = rng.random(60) < 0.05, turn.span.end - turn.span.start
            for coder in "ab":
                for code in np.nonzero(true ^ (rng.random(60) < 0.01))[0]:
                    first = turn.span.start + int(rng.integers(0, size // 2))
                    span = Span(first, first + int(rng.integers(size // 4 + 1, size // 2 + 1)))
                    quote, key = span.of(transcript.text), f"{coder}{len(codings)}"
                    codings.append(Coding(key, transcript.name, span, quote, leaves[code], coder))
    units = UnitsOfAnalysis.of(transcripts, kind=kind)
    return CodingStudy.of(codings, units, book, ("a", "b"))


def whole_report(kind: str) -> None:
    study = large_study(np.random.default_rng(1), kind)

    def compute() -> None:
        report = add_gamma(compare_coders(study), study)
        disagreements = collect_disagreements(study)
        find_confusion(study, report, disagreements)
        collect_program_figures(study, report)
        agreement_over_time(study)

    spent = seconds(compute)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    unit, goal = ("characters", 30) if kind else ("turns", 10)
    print(
        f"whole report of 100 interviews x 300 turns x 60 codes on {unit}: {spent:.0f} s, at most "
        f"{memory:.0f} MB ({goal} s, 1,000 MB)"
    )


def main() -> None:
    rng = np.random.default_rng(7)
    for kind in ("", "character"):
        whole_report(kind)
    labels(rng)
    bootstrap(rng)
    sets(rng)
    unitized(rng)


if __name__ == "__main__":
    main()
