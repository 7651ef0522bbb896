"""What a trained model costs: run ``python benchmarks/trained_model.py``.

Prints, for the commands that read the model, processor time and peak memory with and without it
and their ratio, medians over rounds in which both take turns, on the project of ``qualcode demo``.
The model is the stand-in of the tests (see tests/genuine_model.py). It is French inside, so it
imports the French part of spaCy, which the Dutch model does not; that part is printed by itself.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from genuine_model import COMMAND, copy_model

ROUNDS = 3
COMMANDS = (
    "suggest G01 --coder anna --json",
    "suggest evaluate --json",
    "pseudonymize scan --json",
)
LANGUAGE = "import spacy.lang.nl"
STAND_IN = f"{LANGUAGE}; import spacy.lang.fr"


class Cost(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float


def cost_of(code: str, words: Sequence[str], folder: Path, site: Path | None = None) -> Cost:
    """Return the processor time and the peak memory of a Python process."""
    paths = (str(site) if site else "", os.environ.get("PYTHONPATH", ""))
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # wait4 gives the use of this process alone; getrusage would add up all of them
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"'{' '.join(words)}' ended with {process.returncode}.")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(figures) for figures in zip(*costs, strict=True)))


def print_command(command: str, project: Path, site: Path) -> None:
    plain: list[Cost] = []
    trained: list[Cost] = []
    for _ in range(ROUNDS):
        # suggesting keeps what was shown, so every run starts from the same project
        for costs, model in ((plain, None), (trained, site)):
            shutil.copy(project, project.parent / "copy.qualcode")
            words = (*command.split(), "--project", "copy.qualcode")
            costs.append(cost_of(COMMAND, words, project.parent, model))
    before, after = median(plain), median(trained)
    print(
        f"{command:34s} {before.seconds:6.2f} s {after.seconds:6.2f} s"
        f" {after.seconds / before.seconds:6.2f} {before.megabytes:8.0f} MB"
        f" {after.megabytes:6.0f} MB {after.megabytes / before.megabytes:6.2f}"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        site.mkdir()
        copy_model(site)
        cost_of(COMMAND, ("demo", "demo"), folder)
        print(f"{'':34s} {'plain':>8s} {'model':>8s} {'ratio':>6s} {'plain':>11s} {'model':>9s}")
        for command in COMMANDS:
            print_command(command, folder / "demo" / "study.qualcode", site)
        dutch = median([cost_of(LANGUAGE, (), folder) for _ in range(ROUNDS)])
        french = median([cost_of(STAND_IN, (), folder) for _ in range(ROUNDS)])
        print(
            f"of that, for French in the stand-in {french.seconds - dutch.seconds:13.2f} s"
            f" {french.megabytes - dutch.megabytes:24.0f} MB"
        )


if __name__ == "__main__":
    main()
