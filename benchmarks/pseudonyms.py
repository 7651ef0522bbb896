"""How many invented names the scan finds in the sample interviews, by kind, and what it misses.

Prints the table that stands in docs/confidentiality.md. Found means that every character of the
invention lies in a proposal; partly, that some do.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from planting import NamedInterview, Planted, plant
from qualcode import study
from qualcode.language.lemmas import lemmas_of
from qualcode.project import read_transcript
from qualcode.pseudonyms import Rules, find_names

SEEDS = (1, 2, 3)


def outcome(interview: NamedInterview, one: Planted, covered: set[int]) -> str:
    place = range(one.span.start, one.span.end)
    letters = [p for p in place if interview.text[p].isalnum()]
    hit = sum(p in covered for p in letters)
    return "found" if hit == len(letters) else "partly" if hit else "missed"


def main() -> None:
    samples = tuple(read_transcript(path).transcript for path in study.transcripts())
    rules = Rules(is_word=lemmas_of("nl").knows)
    counts: Counter[tuple[str, str]] = Counter()
    missed: Counter[str] = Counter()
    others = proposed = 0
    for seed in SEEDS:
        for interview in plant(samples, seed):
            found = find_names(interview.text, rules)
            covered = {p for f in found for p in range(f.span.start, f.span.end)}
            for one in interview.planted:
                kind = one.kind
                if kind in {"person", "place"}:
                    kind += ", on a list" if one.listed else ", on no list"
                result = outcome(interview, one, covered)
                counts[kind, result] += 1
                if result != "found":
                    around = interview.text[max(0, one.span.start - 25) : one.span.end + 15]
                    missed[
                        f"{result}: {one.kind} '{one.span.of(interview.text)}' in '{around}'"
                    ] += 1
            hits = [p.span for p in interview.planted]
            proposed += len(found)
            others += sum(not any(f.span.overlaps(h) for h in hits) for f in found)
    print("| kind | invented | found | partly | missed | found |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for kind in dict.fromkeys(k for k, _ in counts):
        row = [counts[kind, what] for what in ("found", "partly", "missed")]
        print(f"| {kind} | {sum(row)} | {row[0]} | {row[1]} | {row[2]} | {row[0] / sum(row):.0%} |")
    total = sum(counts.values())
    found_all = sum(n for (_, what), n in counts.items() if what == "found")
    print(
        f"\n{found_all} of {total} ({found_all / total:.0%}); {proposed} passages proposed, ",
        end="",
    )
    print(f"{others} of them no invention ({others / proposed:.0%}).")
    if "--missed" in sys.argv:
        for line, count in missed.most_common():
            print(count, line.replace("\n", " / "))


if __name__ == "__main__":
    main()
