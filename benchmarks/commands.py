"""CPU time and memory of every command, on the demo and on many interviews.

    python benchmarks/commands.py                        # the demo
    python benchmarks/commands.py --interviews 100       # generated interviews
    python benchmarks/commands.py --against OLD          # each beside another checkout of qualcode

The commands run as a person runs them, each in a process of its own. With ``--against`` both
checkouts take turns, so that a busy machine slows both; the last column is new / old.
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
RUN = "import sys; from qualcode.cli import main; sys.exit(main())"
WORDS_PER_INTERVIEW = 1_500

COMMANDS = {
    "help": "--help",
    "check": "check",
    "history": "history",
    "speakers": "speakers",
    "codebook show": "codebook show",
    "find": "find gezellig",
    "agreement": "agreement --coders anna,bram",
    "agreement docx": "agreement --coders anna,bram --out agreement.docx",
    "adjudicate": "adjudicate --coders anna,bram",
    "themes": "themes --layer anna",
    "themes docx": "themes --layer anna --out themes.docx",
    "themes xlsx": "themes --layer anna --out themes.xlsx",
    "quotes": "quotes --layer anna",
    "quotes docx": "quotes --layer anna --out quotes.docx",
    "disclosure": "disclosure --layer anna",
    "export codings": "export codings codings.csv",
    "export qdpx": "export project project.qdpx",
    "suggest": "suggest {transcript} --coder anna",
    "scan": "pseudonymize scan {transcript}",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took.

    Attributes:
        seconds: CPU time of the process and its children, in seconds.
        megabytes: Peak memory of the process.
        status: Its exit status.
    """

    seconds: float
    megabytes: float
    status: int


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
    return Cost(
        usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)
    )


def prepare_demo(checkout: Path, folder: Path) -> str:
    """Make the demo's project in a folder and return the name of one transcript."""
    run_command(checkout, folder, ["demo"])
    (folder / "qualcode-demo" / "study.qualcode").rename(folder / "study.qualcode")
    return "G01"


def prepare_study(checkout: Path, folder: Path, interviews: int) -> str:
    """Make a project of generated interviews and return the name of one transcript.

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
        while words < WORDS_PER_INTERVIEW:
            answer = " ".join(chance.sample(sentences, 3)) + f" Dat was nummer {len(lines)}."
            lines += ["I: En hoe ging dat verder?", f"R: {answer}"]
            words += len(answer.split())
            if len(lines) % 20 == 0:
                code = chance.choice(codes)
                rows["anna"].append([name, answer, code])
                rows["bram"].append([name, answer, code if chance.random() < 0.8 else codes[0]])
        path = folder / "interviews" / f"{name}.txt"
        path.write_text("\n\n".join(lines), encoding="utf-8")
    book = ROOT / "codebooks" / "substance_use.yaml"
    run_command(checkout, folder, ["new", "study", "--codebook", str(book)])
    roles = "I=interviewer,R=respondent"
    run_command(checkout, folder, ["import", "interviews", "--speakers", roles])
    run_command(checkout, folder, ["segment"])
    for coder, table in rows.items():
        with (folder / f"{coder}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["transcript", "quote", "code"], *table])
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
        for name in wanted:
            costs: list[list[Cost]] = [[] for _ in places]
            for _ in range(options.runs):
                for runs, (checkout, folder, transcript) in zip(costs, places, strict=True):
                    words = COMMANDS[name].format(transcript=transcript).split()
                    runs.append(run_command(checkout, folder, words))
            print(describe_costs(name, costs), flush=True)


def describe_costs(name: str, costs: list[list[Cost]]) -> str:
    """Return one line: CPU seconds and megabytes of each checkout, and the ratio of the first."""
    seconds = [statistics.median(cost.seconds for cost in runs) for runs in costs]
    memory = [statistics.median(cost.megabytes for cost in runs) for runs in costs]
    line = f"{name:16}" + "".join(
        f" {second:7.2f} s {megabytes:5.0f} MB"
        for second, megabytes in zip(seconds, memory, strict=True)
    )
    if len(costs) > 1:
        line += f"  x{seconds[0] / seconds[1]:.2f}"
    wrong = {cost.status for runs in costs for cost in runs} - {0}
    return line + (f"  exit {wrong}" if wrong else "")


if __name__ == "__main__":
    main()
