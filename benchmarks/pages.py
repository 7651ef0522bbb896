"""How much work each page of the app costs: 40 interviews, 6,000 codings by two coders.

Each page is opened in a process of its own in which the app runs already: once (nothing is computed
yet), again (after a look at another page), and again after one more coding. Prints the seconds of
the processor, background work included, and the first opening as a ratio to the query behind the
page without the app. The aims: below 4 s at first, below 2 s afterwards.

    python benchmarks/pages.py [--only agreement,themes] [--project FILE.qualcode]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
INTERVIEWS, CODINGS = 40, 6_000
CODERS = ("anna", "bram")
PAGES = (
    "project transcripts codebook coding search answers suggestions agreement adjudication "
    "themes framework findings typology quotes figures memos publication names"
).split()
FIRST_AIM, LATER_AIM = 4.0, 2.0
_MOST_RUNS = 600


# The study.


def make_study(folder: Path, seed: int = 12) -> Path:
    """Make a project of interviews that repeat turns of the sample, coded by two coders."""
    from qualcode import study

    interviews = folder / "interviews"
    interviews.mkdir()
    for name, text in _interviews(random.Random(seed)):
        (interviews / f"{name}.txt").write_text(text, encoding="utf-8")
    groups = ("professionals", "users")
    rows = [f"P{n:02},C{n:02},{groups[n % 2]}" for n in range(1, INTERVIEWS + 1)]
    cases = folder / "cases.csv"
    cases.write_text("\n".join(["transcript,case,group", *rows]), encoding="utf-8")
    path = folder / "pages.qualcode"
    _qualcode("new", path, "--codebook", study.codebook())
    _qualcode("import", interviews, "--yes", "--same-text", "keep", "--cases", cases, "-p", path)
    _qualcode("segment", "-p", path)
    _code(path, seed)
    _qualcode("adjudicate", "--take", "a", "--coder", "anna", "--force", "-p", path)
    return path


def _interviews(chance: random.Random) -> Iterator[tuple[str, str]]:
    from qualcode import study
    from qualcode.model import Role
    from qualcode.project import read_transcript

    said: dict[bool, list[str]] = {True: [], False: []}
    for file in study.transcripts():
        text = read_transcript(file).transcript
        roles = {speaker.label: speaker.role for speaker in text.speakers}
        for turn in text.turns:
            words = " ".join(turn.span.of(text.text).split()).replace(":", ",")
            said[roles[turn.speaker] is Role.INTERVIEWER].append(words)
    for number in range(1, INTERVIEWS + 1):
        turns = [f"Geluid: opname {number}"]
        for _ in range(90):
            turns.append("Interviewer: " + chance.choice(said[True]))
            turns.append("Respondent: " + chance.choice(said[False]))
        yield f"P{number:02}", "\n\n".join(turns[1:])


def _code(path: Path, seed: int) -> None:
    """Code as many sentences as there are to be codings; the coders agree on three in four."""
    from qualcode.model import SegmentKind, Span
    from qualcode.placement import Placement
    from qualcode.project import Project

    with Project.open(path) as project:
        codes = [code.path for code in project.codebook.get().codes if "/" in code.path]
        placements = []
        for text in project.transcripts.collect():
            chance = random.Random(f"{seed}{text.name}")
            sentences = project.transcripts.collect_segments(SegmentKind.SENTENCE, text.name)
            answers = [s.span for s in sentences if s.turns[0] % 2 == 0]
            for span in chance.sample(answers, CODINGS // len(CODERS) // INTERVIEWS):
                code = chance.choice(codes)
                other = code if chance.random() < 0.75 else chance.choice(codes)
                placements += [
                    Placement(text.name, Span(span.start, span.end), given, coder)
                    for coder, given in zip(CODERS, (code, other), strict=True)
                ]
        project.codings.add_placements(tuple(placements), origin="benchmark", round_="")


def _qualcode(*words: object) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "qualcode", *map(str, words)]
    subprocess.run(command, env=environment, check=True, capture_output=True)


# One page, in a process of its own.


def measure(path: Path, page: str) -> dict[str, float]:
    """Return the seconds of the processor for each opening of a page."""
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

    from qualcode.app import server

    server._launched[:] = [server.Launch(str(path), CODERS[0], "nl")]
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=600)

    def go(name: str) -> None:
        app._page_hash = calc_hash(name)
        app.run()
        for _ in range(_MOST_RUNS):
            assert not app.exception, app.exception
            if not any((button.key or "").startswith("stop-") for button in app.button):
                return
            time.sleep(0.5)
            app.run()

    elsewhere = "memos" if page != "memos" else "codebook"
    go(elsewhere)
    seconds = {"first": _seconds(lambda: go(page))}
    go(elsewhere)
    seconds["again"] = _seconds(lambda: go(page))
    go(elsewhere)
    _add_coding(path)
    seconds["changed"] = _seconds(lambda: go(page))
    return seconds


def _add_coding(path: Path) -> None:
    from qualcode.project import Project

    with Project.open(path, as_coder="carla") as project:
        text = project.transcripts.collect()[0]
        span = text.turns[1].span
        code = project.codebook.get().codes[-1].path
        project.codings.add(text.name, span, code)


def measure_query(path: Path, page: str) -> float | None:
    """Return the seconds of the processor for the query behind a page; None where it has none."""
    from qualcode.project import Project, QuoteFilter

    queries: dict[str, Callable[[Project], Any]] = {
        "agreement": lambda project: project.agreement.report(CODERS),
        "adjudication": lambda project: project.adjudication.open_disagreements(CODERS),
        "themes": lambda project: project.themes.report("final"),
        "quotes": lambda project: project.quotes.collect(QuoteFilter()),
        "project": lambda project: project.codings.collect(),
    }
    query = queries.get(page)
    if query is None:
        return None
    with Project.open(path) as project:
        return _seconds(lambda: query(project))


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


# All pages.


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PAGES), help="pages, with commas")
    parser.add_argument("--project", type=Path, help="the study, if it was made before")
    parser.add_argument("--page", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.page:
        seconds = measure(options.project, options.page)
        print(json.dumps(seconds))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.project or make_study(Path(folder))
        _print_pages(path, Path(folder), options.only.split(","))


def _print_pages(path: Path, folder: Path, pages: list[str]) -> None:
    print("| page | first | again | after a coding | first / query |")
    print("| --- | --- | --- | --- | --- |")
    for page in pages:
        copy = folder / f"{page}.qualcode"
        copy.write_bytes(path.read_bytes())
        seconds = _in_a_process(copy, page)
        query = measure_query(copy, page)
        ratio = "–" if not query else f"{seconds['first'] / query:.1f}"
        aims = {"first": FIRST_AIM, "again": LATER_AIM, "changed": FIRST_AIM}
        cells = [page, *(_mark(seconds[key], aim) for key, aim in aims.items()), ratio]
        print(f"| {' | '.join(cells)} |", flush=True)


def _mark(seconds: float, aim: float) -> str:
    return f"{seconds:.1f}" if seconds < aim else f"**{seconds:.1f}**"


def _in_a_process(path: Path, page: str) -> dict[str, float]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "QUALCODE_BACKUPS": "off"}
    command = [sys.executable, __file__, "--project", str(path), "--page", page]
    run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    seconds: dict[str, float] = json.loads(run.stdout.strip().split("\n")[-1])
    return seconds


if __name__ == "__main__":
    main()
