"""Time, memory and growth of each step of a study of 10, 100 and 1,000 interviews.

Interviews of 7,000 words whose sentences are the sample study's, two coders, some 70 codings an
interview. Each step is a command in a process of its own, as a person runs it: seconds of the
processor, peak memory, and the time as a multiple of that for a tenth of the interviews (linear is
10). The limit of a step is a number of seconds for 100 interviews, and ten times as much for ten
times as many.

    python benchmarks/scale.py [10 100 1000]
"""

from __future__ import annotations

import shlex
import sys
import tempfile
from pathlib import Path

from commands import ROOT, Cost, run_command, write_study

WORDS = 7_000
ROLES = "I=interviewer,R=respondent"

STEPS = {
    "import": (f"import interviews --speakers {ROLES}", 0.0),
    "segment": ("segment", 0.0),
    "code (anna)": ("code anna.csv --coder anna", 0.0),
    "code (bram)": ("code bram.csv --coder bram", 0.0),
    "find": ("find gezellig", 1.4),
    "find, again": ("find gezellig", 1.4),
    "list of disagreements": ("adjudicate --coders anna,bram", 0.0),
    "agreement": ("agreement --coders anna,bram", 2.0),
    "consensus by one rule": ("adjudicate --coders anna,bram --take a --reason overlooked", 0.0),
    "themes": ("themes --layer final", 3.0),
    "quotes.docx": ("quotes --layer final --out quotes.docx", 0.0),
    "suggest, first": ("suggest I0000 --coder anna", 0.0),
    "suggest, again": ("suggest I0001 --coder anna", 2.0),
    "qdpx": ("export project project.qdpx", 0.0),
    "check": ("check", 0.0),
    "backup": ("backup backup.qualcode", 0.0),
}
"""The command of each step, and its limit for 100 interviews in seconds; 0 without one."""


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or [10, 100, 1000]
    before: dict[str, Cost] = {}
    print("| step | interviews | CPU | growth | memory | limit |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_study(folder, size, WORDS)
            book = ROOT / "codebooks" / "substance_use.yaml"
            run_command(ROOT, folder, ["new", "study", "--codebook", str(book)])
            for step, (command, limit) in STEPS.items():
                cost = run_command(ROOT, folder, shlex.split(command))
                print(describe(step, size, cost, before.get(step), limit * size / 100), flush=True)
                before[step] = cost


def describe(step: str, size: int, cost: Cost, smaller: Cost | None, limit: float) -> str:
    """Return a row of the table."""
    growth = f"{cost.seconds / smaller.seconds:.1f}" if smaller else "–"
    most = f"{limit:.1f} s" if limit and size >= 100 else "–"
    failed = f" (exit {cost.status})" if cost.status else ""
    return (
        f"| {step}{failed} | {size} | {cost.seconds:.1f} s | {growth} "
        f"| {cost.megabytes:.0f} MB | {most} |"
    )


if __name__ == "__main__":
    main()
