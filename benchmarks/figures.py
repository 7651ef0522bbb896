"""Measure how long each figure takes on a large study, next to the plain query for its data.

    python benchmarks/figures.py

A study of 100 interviews and 7,000 codings is made, one interview of it with times; each figure is
drawn from it, and its time is given as a multiple of reading the codings, the codebook, the texts
and the respondents. Agreement is drawn from a study of the same size that two people coded, next to
the comparison that it shows.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qualcode.importing import read_transcript
from qualcode.model import Case, Code, Codebook, FrozenMap, LocalText, Participation, Span
from qualcode.model.figure import INNERMOST, FigureKind
from qualcode.placement import Placement
from qualcode.project import Project

INTERVIEWS, CODINGS, THEMES, CODES = 100, 70, 4, 10
DRAWN = (
    FigureKind.LEVELS,
    FigureKind.THEME_MAP,
    FigureKind.CO_OCCURRENCE,
    FigureKind.PARTICIPANTS,
    FigureKind.PORTRAIT,
    FigureKind.TIMELINE,
    FigureKind.SATURATION,
)
PAIR = ("anna", "bram")


def make_study(project: Project, folder: Path, coders: tuple[str, ...] = ("anna",)) -> None:
    """Fill a project with invented interviews that are coded evenly, by each of the coders."""
    themes = [Code(f"theme_{t}", LocalText({"nl": f"Thema {t}"})) for t in range(THEMES)]
    codes = [
        Code(
            f"theme_{t}/code_{c}",
            LocalText({"nl": f"Code {t} {c}"}),
            attributes=FrozenMap({"level": (INNERMOST[c % 4],)}),
        )
        for t in range(THEMES)
        for c in range(CODES)
    ]
    project.codebook.save(Codebook("bench", (*themes, *codes)), "bench")
    for coder in coders:
        project.rounds.add_coder(coder)
    paths = [code.path for code in codes]
    cases = []
    for number in range(INTERVIEWS):
        name = f"I{number:03}"
        file = _write_interview(folder, name, is_timed=number == 0)
        project.transcripts.add(read_transcript(file), confirmed=True)
        cases.append(
            Case(
                f"C{number}",
                FrozenMap({"group": "users" if number % 2 else "professionals"}),
                (Participation(name),),
            )
        )
        spoken = project.transcripts.get(name).respondent_turns()
        placements = [
            Placement(
                name,
                # The last ten lie on turns that were coded already.
                Span(spoken[n % 60].span.start, spoken[n % 60].span.end),
                # A second coder takes another code now and then.
                paths[(number + n * 7 + (place if n % 9 == 0 else 0)) % len(paths)],
                coder,
            )
            for place, coder in enumerate(coders)
            for n in range(CODINGS // len(coders))
        ]
        project.codings.add_placements(placements, origin="manual")
    project.cases.replace(cases)


def _write_interview(folder: Path, name: str, *, is_timed: bool) -> Path:
    turns = [("I", f"Vraag {n}?") for n in range(80)]
    answers = [("R", f"Antwoord {n} in {name}, gewone woorden.") for n in range(80)]
    lines = [line for pair in zip(turns, answers, strict=True) for line in pair]
    file = folder / f"{name}.{'vtt' if is_timed else 'txt'}"
    text = "\n".join(f"{speaker}: {words}" for speaker, words in lines)
    if is_timed:
        cues = (
            f"00:{n // 6:02}:{n % 6 * 10:02}.000 --> 00:{n // 6:02}:{n % 6 * 10 + 9:02}.000\n"
            f"<v {speaker}>{words}</v>\n"
            for n, (speaker, words) in enumerate(lines)
        )
        text = "\n".join(("WEBVTT\n", *cues))
    file.write_text(text, encoding="utf-8")
    return file


def measure(act: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of several times, in seconds."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    """Print a line per figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Project.create(folder / "bench.qualcode", as_coder="anna") as project:
            make_study(project, folder)

            queries = {
                FigureKind.LEVELS: lambda: project.themes.count_by("group"),
                FigureKind.PARTICIPANTS: lambda: project.themes.matrix("code", "case"),
            }
            for kind in DRAWN:
                plain = measure(queries.get(kind, project.codings.table))
                seconds = measure(lambda kind=kind: project.themes.figures.draw(kind))
                _print(kind, plain, seconds)
        with Project.create(folder / "pair.qualcode", as_coder="anna") as project:
            make_study(project, folder, PAIR)
            compare = {
                FigureKind.FOREST: lambda: project.agreement.compare(PAIR),
                FigureKind.CONFUSIONS: lambda: project.agreement.report(
                    PAIR, with_outcome=False, with_gamma=False
                ),
            }
            for kind, query in compare.items():
                plain = measure(query)
                seconds = measure(lambda kind=kind: project.themes.figures.draw(kind, coders=PAIR))
                _print(kind, plain, seconds)


def _print(kind: str, plain: float, seconds: float) -> None:
    print(f"{kind:15} {seconds:.2f} s, {seconds / plain:.1f} times its data alone ({plain:.2f} s)")


if __name__ == "__main__":
    main()
