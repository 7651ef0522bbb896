"""CPU time and memory of every command, on the demo and on many interviews.

    python benchmarks/commands.py                        # the demo
    python benchmarks/commands.py --interviews 100       # generated interviews
    python benchmarks/commands.py --against OLD          # each beside another checkout of qualcode

The commands run as a person runs them, each in a process of its own, and are printed with the
slowest first. With ``--against`` both checkouts take turns, so that a busy machine slows both, and
a column says new / old.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN = """
import atexit, sys
from pathlib import Path
LOADED = Path("loaded.txt").absolute()
atexit.register(lambda: LOADED.write_text(" ".join(sys.modules)))
from qualcode.cli import main
sys.exit(main())
"""
WORDS_PER_INTERVIEW = 1_500

COMMANDS = {
    "help": "--help",
    "after-import": "after-import",
    "speakers": "speakers",
    "guide": "guide show",
    "participants": "participant list",
    "attributes": "participant attributes",
    "participants xlsx": "participant export participants.xlsx",
    "versions": "transcript versions {transcript}",
    "history": "history",
    "check": "check",
    "backups": "backups",
    "team": "team show",
    "language": "language",
    "language-model": "language-model",
    "codebook show": "codebook show",
    "codebook versions": "codebook versions",
    "codebook docx": "codebook export book.docx",
    "codebook yaml": "codebook export book.yaml",
    "memo": "memo",
    "find": "find gezellig",
    "find form": "find --exact gezellig",
    "agreement": "agreement --coders anna,bram",
    "agreement full": "agreement --coders anna,bram --full",
    "agreement docx": "agreement --coders anna,bram --out agreement.docx",
    "agreement unit": "agreement unit",
    "agreement plan": "agreement plan --coders anna,bram",
    "agreement contrast": "agreement contrast --coders anna,bram --by sex=man,vrouw",
    "agreement habits": "agreement habits --coders anna,bram",
    "confusions": "agreement confusions --coders anna,bram",
    "agreement units": "agreement units --coders anna,bram --out units.csv",
    "rounds": "round show",
    "round advice": "round advice",
    "work": "work export anna.work --coder anna",
    "adjudicate": "adjudicate --coders anna,bram",
    "adjudicate summary": "adjudicate --coders anna,bram --summary",
    "themes": "themes --layer anna",
    "themes docx": "themes --layer anna --out themes.docx",
    "themes xlsx": "themes --layer anna --out themes.xlsx",
    "quotes": "quotes --layer anna",
    "quotes balance": "quotes --layer anna --balance",
    "quotes docx": "quotes --layer anna --out quotes.docx",
    "disclosure": "disclosure --layer anna",
    "figure levels": "figure levels --layer anna --out levels.svg",
    "theme map": "figure theme-map --layer anna --out map.svg",
    "co-occurrence": "figure co-occurrence --layer anna --out network.svg",
    "participants svg": "figure participants --out participants.svg",
    "portrait": "figure portrait --out portrait.svg",
    "saturation": "figure saturation --layer anna --out saturation.svg",
    "forest": "figure forest --coders anna,bram --out forest.svg",
    "confusions svg": "figure confusions --coders anna,bram --out confusions.svg",
    "framework": "framework --layer anna",
    "framework docx": "framework --layer anna --out framework.docx",
    "findings": "findings",
    "typology": "typology show",
    "checklist": "checklist coreq",
    "checklist docx": "checklist coreq --out coreq.docx",
    "annex docx": "annex codebook --out annex.docx",
    "audit": "audit",
    "audit docx": "audit --out audit.docx",
    "archive": "archive make archive.zip --all-because test --names-because test",
    "archive verify": "archive verify archive.zip",
    "export codings": "export codings codings.csv",
    "export xlsx": "export codings codings.xlsx",
    "export counts": "export code_by_case codes.csv",
    "export qdpx": "export project project.qdpx",
    "export commented": "export commented commented.docx --transcript {transcript}",
    "suggest": "suggest {transcript} --coder anna",
    "scan": "pseudonymize scan {transcript}",
}
"""Every command that reads: what it prints, or the file that it writes."""

INPUTS = frozenset({"archive verify"})
"""Commands whose file is made by the command before them."""

LIBRARIES = ("numpy", "pandas", "scipy", "spacy", "streamlit", "sqlalchemy", "lxml", "pypdf")
"""What takes long to load: the last column names those that a command loads."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took.

    Attributes:
        seconds: CPU time of the process and its children, in seconds.
        megabytes: Peak memory of the process.
        status: Its exit status.
        libraries: The large libraries that it loaded.
    """

    seconds: float
    megabytes: float
    status: int
    libraries: tuple[str, ...]


def run_command(checkout: Path, folder: Path, words: list[str]) -> Cost:
    """Run one command of a checkout in a folder and return its cost."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONHASHSEED": "0"}
    # Compiled once, as in an installation: else each run compiles every module again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, *words],
            cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        # wait4 gives the cost of this one process, where getrusage adds up all there were.
        _, status, usage = os.wait4(process.pid, 0)
    loaded = set((folder / "loaded.txt").read_text(encoding="utf-8").split())
    return Cost(
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status),
        tuple(name for name in LIBRARIES if name in loaded),
    )


def prepare_demo(checkout: Path, folder: Path) -> str:
    """Make the demo's project in a folder and return the name of one transcript."""
    run_command(checkout, folder, ["demo"])
    (folder / "qualcode-demo" / "study.qualcode").rename(folder / "study.qualcode")
    return "G01"


def write_study(folder: Path, interviews: int, words_per_interview: int) -> None:
    """Write generated interviews and the codings of anna and bram to a folder.

    Their sentences are drawn from the sample study's, so that words are as frequent as in speech;
    two coders give every tenth turn of a respondent a code, mostly the same one.
    """
    chance = random.Random(1)
    sentences = [
        line.split("\t")[-1].strip()
        for path in sorted((ROOT / "transcripts_sample").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line.split()) > 5
    ]
    (folder / "interviews").mkdir()
    rows: dict[str, list[list[str]]] = {"anna": [], "bram": []}
    codes = ["motives/energy", "motives/sociability", "influences/availability", "consequences"]
    for number in range(interviews):
        name, words = f"I{number:04}", 0
        lines: list[str] = []
        while words < words_per_interview:
            answer = " ".join(chance.sample(sentences, 3)) + f" Dat was nummer {len(lines)}."
            lines += ["I: En hoe ging dat verder?", f"R: {answer}"]
            words += len(answer.split())
            if len(lines) % 4 == 0:
                code = chance.choice(codes)
                rows["anna"].append([name, answer, code])
                rows["bram"].append([name, answer, code if chance.random() < 0.8 else codes[0]])
        path = folder / "interviews" / f"{name}.txt"
        path.write_text("\n\n".join(lines), encoding="utf-8")
    for coder, table in rows.items():
        with (folder / f"{coder}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["transcript", "quote", "code"], *table])


def prepare_study(checkout: Path, folder: Path, interviews: int) -> str:
    """Make a project of generated interviews and return the name of one transcript."""
    write_study(folder, interviews, WORDS_PER_INTERVIEW)
    book = ROOT / "codebooks" / "substance_use.yaml"
    run_command(checkout, folder, ["new", "study", "--codebook", str(book)])
    roles = "I=interviewer,R=respondent"
    run_command(checkout, folder, ["import", "interviews", "--speakers", roles])
    run_command(checkout, folder, ["segment"])
    for coder in ("anna", "bram"):
        run_command(checkout, folder, ["code", f"{coder}.csv", "--coder", coder])
    return "I0000"


def main() -> None:
    """Print the cost of each command, and its ratio to another checkout's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=0)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", help="names of commands, with commas between")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else list(COMMANDS)
    checkouts = [ROOT, *([options.against.resolve()] if options.against else [])]
    with tempfile.TemporaryDirectory() as work:
        places = []
        for number, checkout in enumerate(checkouts):
            folder = Path(work) / str(number)
            folder.mkdir()
            prepare = prepare_study if options.interviews else prepare_demo
            extra = [options.interviews] if options.interviews else []
            places.append((checkout, folder, prepare(checkout, folder, *extra)))
        lines: list[tuple[float, str]] = []
        for name in wanted:
            costs: list[list[Cost]] = [[] for _ in places]
            for _ in range(options.runs):
                for runs, (checkout, folder, transcript) in zip(costs, places, strict=True):
                    words = COMMANDS[name].format(transcript=transcript).split()
                    # A command asks before it replaces a file, and nobody answers here.
                    for word in () if name in INPUTS else words:
                        if "." in word:
                            (folder / word).unlink(missing_ok=True)
                    runs.append(run_command(checkout, folder, words))
            print(name, end=" ", file=sys.stderr, flush=True)
            seconds = statistics.median(cost.seconds for cost in costs[0])
            lines.append((seconds, describe_costs(name, costs)))
        print(file=sys.stderr)
        for _seconds, line in sorted(lines, reverse=True):
            print(line)


def describe_costs(name: str, costs: list[list[Cost]]) -> str:
    """Return one line: CPU seconds and megabytes of each checkout, and the ratio of the first."""
    seconds = [statistics.median(cost.seconds for cost in runs) for runs in costs]
    memory = [statistics.median(cost.megabytes for cost in runs) for runs in costs]
    line = f"{name:18}" + "".join(
        f" {second:7.2f} s {megabytes:5.0f} MB"
        for second, megabytes in zip(seconds, memory, strict=True)
    )
    if len(costs) > 1:
        line += f"  x{seconds[0] / seconds[1]:.2f}"
    line += "  " + " ".join(costs[0][0].libraries)
    wrong = {cost.status for runs in costs for cost in runs} - {0}
    return line + (f"  exit {wrong}" if wrong else "")


if __name__ == "__main__":
    main()
