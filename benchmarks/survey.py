"""CPU seconds and memory of a survey of 500 people with five open questions.

    python benchmarks/survey.py [PEOPLE]

The peer is reading the same table with pandas and writing it back.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from qualcode.model import Code, Codebook, LocalText
from qualcode.project import Project
from qualcode.project.surveys import propose_plan

QUESTIONS = tuple(f"Wat vindt u van onderwerp {number}, en waarom?" for number in range(1, 6))
WORDS = "het is wel goed maar soms te duur en ik ga er liever niet heen dan met de bus".split()


def make_table(path: Path, people: int) -> None:
    """Write the table: an id, two attributes, five answers; a third of the answers is equal."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "geslacht", "leeftijd", *QUESTIONS))
        for number in range(people):
            answers = [
                "Daar heb ik geen mening over"
                if chance.random() < 1 / 3
                else " ".join(chance.choices(WORDS, k=chance.randint(5, 40)))
                for _ in QUESTIONS
            ]
            sex = chance.choice(("man", "vrouw"))
            writer.writerow((f"P{number:04}", sex, chance.randint(18, 90), *answers))


def main(people: int) -> None:
    """Print a line per step."""
    folder = Path(tempfile.mkdtemp())
    table, back = folder / "survey.csv", folder / "back.csv"
    make_table(table, people)
    start = time.process_time()
    pd.read_csv(table).to_csv(folder / "peer.csv")
    peer = time.process_time() - start
    with Project.create(folder / "study.qualcode") as project:
        work = project.acting_as("anna")
        work.codebook.save(Codebook("b", tuple(Code(f"c{n}", LocalText()) for n in range(10))), "")

        def measure(name: str, run: object) -> None:
            start = time.process_time()
            run()  # type: ignore[operator]
            seconds = time.process_time() - start
            print(f"{name:<28}{seconds:8.2f} s CPU{seconds / max(peer, 1e-3):10.0f} x pandas")

        plan, _ = propose_plan(table)
        measure("import", lambda: work.exchange.read_survey(table, plan))

        def code() -> None:
            from qualcode.placement import Placement

            chance = random.Random(2)
            placements = [
                Placement(text.name, turn.span, f"c{chance.randrange(10)}", "anna")
                for text in work.transcripts.collect()
                for turn in text.turns
            ]
            work.codings.add_placements(placements, origin="manual")

        measure("code every answer", code)
        measure("themes report", lambda: work.themes.report("anna"))
        measure("quotes", work.quotes.collect)
        measure("table back", lambda: work.exchange.write_survey(back, layer="anna"))
        ids = list(pd.read_csv(back)["id"]) == list(pd.read_csv(table)["id"])
        print(f"ids equal on rejoin: {ids}; rows {people}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
