"""What it costs that a coding called saved is on the disk: SQLite's settings, one by one.

Makes codings one at a time, as the coding screen does, and prints milliseconds and writes to the
disk per coding: `python benchmarks/durability.py`. Grouped means that up to ten codings share one
transaction, as when keys are pressed faster than a disk writes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from qualcode.model import Coding, Span
from qualcode.storage import Store, engine
from store_contents import TEXT, file_of, first_codebook, interview

CODINGS = 300


def codings() -> list[Coding]:
    spans = [Span(start, end) for start in range(40) for end in range(start + 1, 60)]
    return [Coding("", "G01", span, span.of(TEXT), "motieven", "Anna") for span in spans[:CODINGS]]


def measure(synchronous: str, group: int) -> tuple[float, float]:
    """Return the median and the 95th percentile in milliseconds per change."""
    pragmas = tuple(p for p in engine._PRAGMAS if not p.startswith("synchronous"))
    engine._PRAGMAS = (*pragmas, f"synchronous={synchronous}")
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "study.qualcode"
        with Store.create(path, name="Proef") as store:
            store.add_transcript(interview(), file_of(interview()))
            store.save_codebook(first_codebook(), "Anna")
            store.add_coder("Anna")
            times = []
            values = codings()
            for first in range(0, len(values), group):
                start = time.perf_counter()
                store.add_codings(values[first : first + group], "Anna")
                times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> None:
    print("| synchronous | codings in a change | median ms | 95% ms |\n| --- | --- | --- | --- |")
    for synchronous in ("NORMAL", "FULL"):
        for group in (1, 10):
            median, high = measure(synchronous, group)
            print(f"| {synchronous} | {group} | {median:.1f} | {high:.1f} |")


if __name__ == "__main__":
    main()
