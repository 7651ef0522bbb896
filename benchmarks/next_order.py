"""Whether ``suggest next`` names better interviews to code than chance does.

Run ``python benchmarks/next_order.py``.

The codebook has the labels of its codes alone, so that there is something to learn. One half of the
sample interviews is judged; of the other half interviews are coded one after the other, the one
that should teach most first, or in random orders. Printed is how often the right code is within
five, after each interview; the halves change places, and the shares are means of both.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from qualcode.language import load_language
from qualcode.model import Codebook, LocalText
from qualcode.project import Project
from qualcode.project.coded_passages import collect_passages
from qualcode.suggesting import CodedPassage, Ranker, Vectors, bundled_embedder
from qualcode.suggesting.evaluation import Trial, make_trial
from qualcode.suggesting.guidance import teaching_values
from qualcode.suggesting.learning import Judgement

STEPS = 3
SEEDS = 3

Order = Callable[[Trial, list[int], Judgement, NDArray[np.int64]], int]


def labels_alone(book: Codebook) -> Codebook:
    """Return a codebook with nothing but the labels of its codes."""
    empty = LocalText()
    codes = tuple(
        replace(
            code,
            terms=(),
            definition=empty,
            include=empty,
            exclude=empty,
            typical=empty,
            borderline=empty,
        )
        for code in book.codes
    )
    return replace(book, codes=codes)


def choose_next(
    trial: Trial, waiting: list[int], judgement: Judgement, examples: NDArray[np.int64]
) -> int:
    """Return the interview whose sentences would teach most on average, as the program does."""
    values = []
    for group in waiting:
        rows = (trial.groups == group) & trial.is_sentence
        table = trial.judge(judgement, rows)
        values.append(teaching_values(table, examples).sum(axis=1).mean())
    return waiting[int(np.argmax(values))]


def shares_within_five(
    trial: Trial, judged: NDArray[np.bool_], pool: list[int], order: Order
) -> list[float]:
    """Return how often the right code is within five, after each interview."""
    waiting, coded, shares = list(pool), np.zeros(len(trial.groups), dtype=bool), []
    judgement = Judgement(trial.ranker.weights)
    for _ in range(STEPS):
        examples = trial.matrix[coded & ~trial.is_sentence].sum(axis=0)
        group = order(trial, waiting, judgement, examples)
        waiting.remove(group)
        coded |= trial.groups == group
        judgement = trial.learn(coded)
        places = np.argsort(-trial.judge(judgement, judged), axis=1, kind="stable")[:, :5]
        hits = np.take_along_axis(trial.matrix[judged], places, axis=1).any(axis=1)
        shares.append(float(hits.mean()))
    return shares


def random_order(seed: int) -> Order:
    """Return an order by chance."""
    generator = np.random.default_rng(seed)

    def choose(
        _trial: Trial, waiting: list[int], _judgement: Judgement, _examples: NDArray[np.int64]
    ) -> int:
        return int(generator.choice(waiting))

    return choose


def read_sample() -> tuple[Codebook, list[CodedPassage]]:
    with TemporaryDirectory() as folder:
        run([sys.executable, "-m", "qualcode", "demo", folder], check=True, capture_output=True)
        (file,) = Path(folder).glob("*.qualcode")
        with Project.open(file) as project, project.snapshot() as snapshot:
            codings = project.codings.collect_layer()
            return snapshot.codebook, list(collect_passages(snapshot, codings))


def main() -> None:
    book, passages = read_sample()
    embedder = bundled_embedder()
    vectors = Vectors(embedder) if embedder is not None else None
    ranker = Ranker(labels_alone(book), load_language("nl"), vectors=vectors)
    trial = make_trial(ranker, passages)
    groups = np.unique(trial.groups).tolist()
    coded = trial.matrix.any(axis=1) & ~trial.is_sentence
    lines: dict[str, list[list[float]]] = {"next": [], "random": []}
    for half in (0, 1):
        pool = [group for group in groups if group % 2 == half]
        judged = coded & ~np.isin(trial.groups, pool)
        lines["next"].append(shares_within_five(trial, judged, pool, choose_next))
        for seed in range(SEEDS):
            lines["random"].append(shares_within_five(trial, judged, pool, random_order(seed)))
    print(f"{'interviews':12s}" + "".join(f"{n:>8d}" for n in range(1, STEPS + 1)))
    for name, rows in lines.items():
        print(f"{name:12s}" + "".join(f"{share:8.3f}" for share in np.mean(rows, axis=0)))
    spread = np.array(lines["random"])
    low, high = spread.min(axis=0), spread.max(axis=0)
    print("random from " + ", ".join(f"{a:.3f} to {b:.3f}" for a, b in zip(low, high, strict=True)))


if __name__ == "__main__":
    main()
