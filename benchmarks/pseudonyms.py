"""How many invented names the scan finds, by kind, and what it misses.

Prints the two tables of docs/confidentiality.md: names planted in the sample interviews, and
sentences written by somebody who had not read the rules (unseen_names.txt). Found means that every
character of the name lies in a proposal; partly, that some do. With --missed also what was missed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from planted_names import plant
from qualcode import study
from qualcode.language.lemmas import lemmas_of
from qualcode.model import Span
from qualcode.project import read_transcript
from qualcode.pseudonyms import Rules, find_names

SEEDS = (1, 2, 3)
UNSEEN = Path(__file__).with_name("unseen_names.txt")
Named = tuple[str, Span]
"""The kind of a name, and where it stands."""


@dataclass
class Outcome:
    """What was found of the names in some texts."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    proposed: int = 0
    others: int = 0

    def add(self, text: str, names: Iterable[Named], rules: Rules) -> None:
        """Count what is found in one text."""
        found = [one.span for one in find_names(text, rules)]
        covered = {place for span in found for place in range(span.start, span.end)}
        names = tuple(names)
        for kind, span in names:
            letters = [p for p in range(span.start, span.end) if text[p].isalnum()]
            hit = sum(place in covered for place in letters)
            result = "found" if hit == len(letters) else "partly" if hit else "missed"
            self.counts[kind, result] += 1
            if result != "found":
                around = text[max(0, span.start - 25) : span.end + 15].replace("\n", " / ")
                self.missed[f"{result}: {kind} '{span.of(text)}' in '{around}'"] += 1
        self.proposed += len(found)
        self.others += sum(not any(one.overlaps(span) for _, span in names) for one in found)

    def lines(self) -> Iterator[str]:
        """Yield the table by kind, and the sum of it."""
        yield "| kind | invented | found | partly | missed | found |"
        yield "| --- | ---: | ---: | ---: | ---: | ---: |"
        for kind in dict.fromkeys(kind for kind, _ in self.counts):
            row = [self.counts[kind, what] for what in ("found", "partly", "missed")]
            numbers = " | ".join(map(str, (sum(row), *row)))
            yield f"| {kind} | {numbers} | {row[0] / sum(row):.0%} |"
        total = sum(self.counts.values())
        found = sum(n for (_, what), n in self.counts.items() if what == "found")
        yield ""
        yield (
            f"{found} of {total} ({found / total:.0%}); {self.proposed} passages proposed, "
            f"{self.others} of them no invention ({self.others / self.proposed:.0%})."
        )


def planted() -> Outcome:
    """Return what is found of the names planted in the sample interviews."""
    samples = tuple(read_transcript(path).transcript for path in study.transcripts())
    rules, outcome = Rules(is_word=lemmas_of("nl").knows), Outcome()
    for seed in SEEDS:
        for interview in plant(samples, seed):
            names = []
            for one in interview.planted:
                listed = ", on a list" if one.listed else ", on no list"
                kind = one.kind + (listed if one.kind in {"person", "place"} else "")
                names.append((kind, one.span))
            outcome.add(interview.text, names, rules)
    return outcome


def unseen() -> Outcome:
    """Return what is found of the names in sentences by another hand."""
    rules, outcome = Rules(is_word=lemmas_of("nl").knows), Outcome()
    for line in UNSEEN.read_text(encoding="utf-8").splitlines():
        text, names = "", []
        for part in re.split(r"(\{\w+\|[^}]*\})", line):
            kind, mark, name = part.strip("{}").partition("|")
            if mark:
                names.append((kind, Span(len(text), len(text) + len(name))))
            text += name if mark else part
        outcome.add(text, names, rules)
    return outcome


def main() -> None:
    for outcome in (planted(), unseen()):
        print(*outcome.lines(), sep="\n")
        print()
        if "--missed" in sys.argv:
            for line, count in outcome.missed.most_common():
                print(count, line)


if __name__ == "__main__":
    main()
