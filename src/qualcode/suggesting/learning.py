"""What suggestions learn from the codings of a project: examples, weights and the gate.

Weights and gate are fitted to what the examples say of an interview without its own passages;
otherwise the examples would seem to know everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.model import FrozenMap
from qualcode.suggesting.book import Book
from qualcode.suggesting.context import CONTEXT, context_of
from qualcode.suggesting.embeddings import Vectors
from qualcode.suggesting.examples import ExamplesSuggester
from qualcode.suggesting.fusion import (
    Weights,
    code_matrix,
    default_weights,
    shares_of,
    utilities,
    weights_for,
)
from qualcode.suggesting.gate import (
    DEFAULT_GATE,
    FEWEST_SENTENCES,
    Chances,
    Gate,
    features_of,
    fit_gate,
)
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.solution import Arrays, Solution, pack_arrays, unpack_arrays
from qualcode.suggesting.texts import CodedPassage, SegmentText

Rows = NDArray[np.bool_]
_AROUND = frozenset({CONTEXT, "question"})
"""Evidence outside of the words of a text, which says nothing of whether any code applies. With it,
the error of that probability on the sample is .07 before anything is learned, without it .03."""
_MOST_FITTED = 600
"""Sentences that weights and gate are fitted to; more change the third digit."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the suggesters that learn nothing say of pieces of text.

    Attributes:
        scores: Per suggester, one row per piece and one column per code.
        of_text: Features of the gate that depend on the text alone.
    """

    scores: Mapping[str, Scores]
    of_text: Scores

    def rows(self, rows: Rows) -> Evidence:
        """Return the evidence of some of the pieces."""
        return Evidence(
            {name: table[rows] for name, table in self.scores.items()}, self.of_text[rows]
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """How evidence becomes probabilities.

    Attributes:
        weights: The weight of each suggester.
        gate: The probability that some code applies.
        examples: What was learned from codings; None without any.
    """

    weights: Weights
    gate: Gate = DEFAULT_GATE
    examples: ExamplesSuggester | None = None

    def probabilities(
        self, evidence: Evidence, general: Sequence[bool], said: tuple[Scores, Scores] | None
    ) -> tuple[Scores, Chances]:
        """Return the probability of each code, and that any applies, per piece of text.

        Args:
            evidence: What the other suggesters say.
            general: Per code, whether it has codes below it.
            said: What the examples say, as ``ExamplesSuggester.judge`` gives it.
        """
        scores = dict(evidence.scores)
        if said is not None:
            scores[ExamplesSuggester.name] = said[0]
        utility = utilities(scores, general, self.weights)
        of_own_words = _utility_of_own_words(scores, general, self.weights)
        nothing = said[1] if said is not None else None
        features = features_of(evidence.of_text, of_own_words, nothing)
        applies = self.gate.chances(features)
        return applies[:, None] * shares_of(utility), applies


def with_context(
    scores: Mapping[str, Scores], segments: Sequence[SegmentText]
) -> dict[str, Scores]:
    """Return scores with those of the neighbours of each piece of text."""
    return {**scores, CONTEXT: context_of(scores, segments, default_weights(scores))}


def choose_fitted(passages: Sequence[CodedPassage]) -> list[CodedPassage]:
    """Return the passages that weights and gate are fitted to.

    Offers are made for sentences, so it is sentences; where none are known, all passages. A dozen
    numbers need no more than some hundred: of a large project, every so many answers are taken.
    """
    if not any(passage.sentence and passage.codes for passage in passages):
        return list(passages)
    sentences = [passage for passage in passages if passage.sentence]
    # whole answers: a sentence is judged with its neighbours
    places = list(dict.fromkeys(passage.segment.place for passage in sentences))
    every = -(-len(sentences) // _MOST_FITTED)
    chosen = set(places[::every])
    return [passage for passage in sentences if passage.segment.place in chosen]


def learn(
    passages: Sequence[CodedPassage],
    fitted: Sequence[CodedPassage],
    evidence: Evidence,
    book: Book,
    vectors: Vectors | None,
) -> Judgement:
    """Return what can be learned from codings.

    Args:
        passages: What people coded and left uncoded.
        fitted: Those that weights and gate are fitted to.
        evidence: What the suggesters say of ``fitted``.
        book: The codebook.
        vectors: The embedding model in use.
    """
    matrix = code_matrix(fitted, book.paths)
    is_sentence: Rows = np.array([passage.sentence for passage in fitted], dtype=bool)
    coded: Rows = np.any(matrix, axis=1)
    examples = ExamplesSuggester(
        book.paths, (p for p in passages if not p.sentence or not p.codes), vectors
    )
    said = examples.judge(
        [passage.segment.text for passage in fitted],
        [passage.transcript for passage in fitted],
    )
    scores = {**evidence.scores, ExamplesSuggester.name: said[0]}
    # offers are made for sentences; where none are known, for what coders marked
    rows: Rows = is_sentence & coded if (is_sentence & coded).any() else coded
    weights = weights_for({k: v[rows] for k, v in scores.items()}, book.general, matrix[rows])
    gate = DEFAULT_GATE
    if (is_sentence & ~coded).sum() >= FEWEST_SENTENCES:
        utility = _utility_of_own_words(scores, book.general, weights)
        features = features_of(evidence.of_text, utility, said[1])
        gate = fit_gate(features[is_sentence], coded[is_sentence])
    return Judgement(weights, gate, examples)


def _utility_of_own_words(
    scores: Mapping[str, Scores], general: Sequence[bool], weights: Weights
) -> Scores:
    """Return the utility of each code without what was asked or is said next to the text."""
    # Those say which code it would be; "yes, the youngest" after a question is still uncoded.
    own_scores = {name: table for name, table in scores.items() if name not in _AROUND}
    return utilities(own_scores, general, weights)


def pack_judgement(judgement: Judgement) -> bytes:
    """Return a judgement as bytes, to be kept: numbers and hashes, no words."""
    names = sorted(judgement.weights.of)
    arrays: Arrays = {
        "names": np.array(names),
        "of": np.array([judgement.weights.of[name] for name in names]),
        "general": np.array([judgement.weights.general]),
        "gate": np.array((judgement.gate.intercept, *judgement.gate.of)),
        "sources": np.array((judgement.weights.source, judgement.gate.source)),
    }
    examples = judgement.examples
    if examples is not None and examples.solution is not None:
        arrays |= {f"examples_{key}": a for key, a in examples.solution.arrays().items()}
    return pack_arrays(arrays)


def unpack_judgement(data: bytes, paths: Sequence[str], vectors: Vectors | None) -> Judgement:
    """Return a judgement that was kept.

    Args:
        data: As :func:`pack_judgement` gave it.
        paths: Paths of the codes of the book that it was learned with.
        vectors: The embedding model that it was learned with.

    Raises:
        ValueError: the bytes are none of a judgement; likewise KeyError, EOFError, BadZipFile.
    """
    arrays = unpack_arrays(data)
    weight_source, gate_source = arrays["sources"].tolist()
    weight_of = dict(zip(arrays["names"].tolist(), arrays["of"].tolist(), strict=True))
    intercept, *of = arrays["gate"].tolist()
    prefix = "examples_"
    of_examples = {k.removeprefix(prefix): a for k, a in arrays.items() if k.startswith(prefix)}
    examples = ExamplesSuggester(paths, (), vectors)
    if of_examples:
        solution = Solution.of_arrays(of_examples)
        examples = ExamplesSuggester.of_solution(paths, solution, vectors)
    return Judgement(
        Weights(FrozenMap(weight_of), float(arrays["general"][0]), weight_source),
        Gate(intercept, tuple(of), gate_source),
        examples,
    )
