"""Terms of the sample codebook that only ever speak for the wrong code.

Run ``python benchmarks/misfiring_terms.py``. Terms are judged on one half of what is coded: the
sentences of every other sample interview, and the quotes that are not held out. A term misfires
where it occurs at least three times and never in a passage that has its code. The effect of leaving
such terms out is measured on the other half: the other interviews, and the quotes that are held
out. So no term is cut because of the texts that the codebook is judged by.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

import numpy as np

from qualcode.codebooks import read_codebook
from qualcode.language import load_language
from qualcode.model import Codebook
from qualcode.project import Project
from qualcode.project.coded_passages import collect_passages
from qualcode.suggesting import CodedPassage, Ranker, SegmentText, Vectors, bundled_embedder
from qualcode.suggesting.advice import count_terms

ROOT = Path(__file__).parents[1]
FEWEST = 3
"""Occurrences below which a term is not judged: two may be slips of a coder."""

Passages = list[CodedPassage]


def sample_halves() -> tuple[Passages, Passages]:
    """Return the sentences and marked passages of every other sample interview, and the rest."""
    halves: tuple[Passages, Passages] = ([], [])
    with TemporaryDirectory() as folder:
        run([sys.executable, "-m", "qualcode", "demo", folder], check=True, capture_output=True)
        (file,) = Path(folder).glob("*.qualcode")
        with Project.open(file) as project, project.snapshot() as snapshot:
            names = sorted(text.name for text in snapshot.transcripts)
            for passage in collect_passages(snapshot, project.codings.collect_layer()):
                halves[names.index(passage.transcript) % 2].append(passage)
    return halves


def quote_halves() -> tuple[Passages, Passages]:
    """Return the quotes that are not held out, and those that are."""
    halves: tuple[Passages, Passages] = ([], [])
    for name in ("quotes.jsonl", "quotes_hard.jsonl", "quotes_blind.jsonl"):
        for line in (ROOT / "tests" / "suggesting" / name).read_text("utf-8").splitlines():
            quote = json.loads(line)
            passage = CodedPassage(
                SegmentText(quote["id"], quote["text"]), "quotes", frozenset((quote["code"],))
            )
            halves[bool(quote.get("held_out"))].append(passage)
    return halves


def find_misfiring(book: Codebook, passages: Sequence[CodedPassage]) -> dict[str, list[str]]:
    """Return per path of a code the terms that only occur in passages of other codes."""
    ranker = Ranker(book, load_language("nl"))
    concordance = ranker.read([passage.segment for passage in passages])
    misfiring: dict[str, list[str]] = defaultdict(list)
    for path, term, rows in count_terms(ranker, concordance):
        codes = [passages[row].codes for row in rows]
        # A theme or a code below it is near enough: the term is no mistake.
        is_near = any(_is_near(code, path) for given in codes for code in given)
        if len(rows) >= FEWEST and not is_near:
            misfiring[path].append(term)
    return misfiring


def without(book: Codebook, misfiring: dict[str, list[str]]) -> Codebook:
    """Return the codebook without terms."""
    codes = tuple(
        replace(code, terms=tuple(t for t in code.terms if t not in misfiring.get(code.path, ())))
        for code in book.codes
    )
    return replace(book, codes=codes)


def judge(book: Codebook, passages: Iterable[CodedPassage]) -> str:
    """Return how often the right code is first, within three and within five."""
    coded = [passage for passage in passages if passage.codes and not passage.sentence]
    embedder = bundled_embedder()
    ranker = Ranker(
        book, load_language("nl"), vectors=Vectors(embedder) if embedder is not None else None
    )
    table = ranker.rank([passage.segment for passage in coded]).probabilities
    order = np.argsort(-table, axis=1, kind="stable")
    hits = np.array(
        [
            [ranker.book.paths[column] in passage.codes for column in line]
            for passage, line in zip(coded, order, strict=True)
        ]
    )
    shares = [hits[:, :k].any(axis=1).mean() for k in (1, 3, 5)]
    return f"{len(coded)}: " + " / ".join(f"{share:.3f}" for share in shares)


def _is_near(code: str, path: str) -> bool:
    return code == path or code.startswith(f"{path}/") or path.startswith(f"{code}/")


def main() -> None:
    book, _ = read_codebook(ROOT / "codebooks" / "substance_use.yaml")
    (sample, other_sample), (quotes, held_out) = sample_halves(), quote_halves()
    misfiring = find_misfiring(book, [p for p in sample if p.sentence] + quotes)
    for path, terms in misfiring.items():
        print(f"{path}: {', '.join(terms)}")
    count = sum(map(len, misfiring.values()))
    print(f"{count} of {sum(len(code.terms) for code in book.codes)} terms")
    fewer = without(book, misfiring)
    for name, passages in (("interviews", other_sample), ("quotes", held_out)):
        print(f"{name}: {judge(book, passages)} with them, {judge(fewer, passages)} without")


if __name__ == "__main__":
    main()
