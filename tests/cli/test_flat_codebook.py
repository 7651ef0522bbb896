"""A list of codes without levels, two people in one interview, two coders and their consensus."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from cli_runner import Result, qualcode

TALK = (
    "Interviewer: How do you get there?\nKarin: By bike, mostly.\nTom: I walk.\n"
    "Interviewer: And the neighbours?\nKarin: We share tools.\nTom: Not with everybody.\n"
)
ROLES = "Interviewer=interviewer,Karin=respondent,Tom=respondent"


def run(folder: Path, *words: object) -> Result:
    result = qualcode(*words, folder=folder)
    assert result.code == 0, result.err
    return result


def counts(path: Path) -> dict[str, tuple[str, str]]:
    """Return how often each person has each code, as the table says."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: (row["K1"], row["T1"]) for row in csv.DictReader(file)}


def export_counts(folder: Path, name: str) -> Result:
    """Export counts of two people, which are small, before and after they are accepted."""
    told = run(folder, "export", "code_by_case", name)
    if {count for row in counts(folder / name).values() for count in row} == {"…"}:
        (options,) = set(re.findall(r"qualcode disclosure (.*) --reason WHY", told.err))
        run(folder, "disclosure", *options.split(), "--reason", "both agreed")
        told = run(folder, "export", "code_by_case", name, "--force")
    assert counts(folder / name) == {"travel": ("1", "1"), "belonging": ("1", "0")}
    return told


def test_counts_are_of_the_consensus_and_each_code_has_its_reach(tmp_path: Path) -> None:
    files = {
        "Duo.txt": TALK,
        "book.csv": "code,label\ntravel,Travel\nbelonging,Belonging\n",
        "people.csv": "transcript,speaker,case\nDuo,Karin,K1\nDuo,Tom,T1\n",
        "zed.csv": "transcript,quote,code\nDuo,By bike,Travel\nDuo,We share tools,Belonging\n",
        "abe.csv": "transcript,quote,code\nDuo,By bike,Travel\nDuo,I walk.,Travel\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run(tmp_path, "new", "plot", "--codebook", "book.csv", "--language", "en")
    run(tmp_path, "import", "Duo.txt", "--cases", "people.csv", "--speakers", ROLES)
    run(tmp_path, "segment")
    for coder in ("zed", "abe"):
        run(tmp_path, "code", f"{coder}.csv", "--coder", coder)
    early = export_counts(tmp_path, "early.csv")
    assert "what any coder coded, each passage once" in early.err
    run(tmp_path, "adjudicate", "--take", "both", "--reason", "overlooked", "--coder", "sup")
    export_counts(tmp_path, "counts.csv")
    printed = run(tmp_path, "themes").out
    reach = {line.split("  ")[0]: line for line in printed.splitlines()}
    assert "2 of 2" in reach["Travel"]
    assert "1 of 2" in reach["Belonging"]
