"""Measure suggestions against what people coded, cross-validated by transcript.

For each transcript the examples, the weights and the gate are learned from the others, so that no
figure rests on the codings it is tested on. Figures and their intervals are in ``figures``, advice
on entries in ``advice``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import (
    Codebook,
    FrozenMap,
    Guide,
    LearningPoint,
    SentenceScore,
    SuggesterScore,
    SuggestionReport,
)
from qualcode.model.suggestion import LIKELY
from qualcode.suggesting.advice import advise
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.context import CONTEXT
from qualcode.suggesting.embeddings import Vectors
from qualcode.suggesting.examples import ExamplesSuggester
from qualcode.suggesting.figures import (
    Sample,
    code_score,
    hits_of,
    reliability_bins,
    suggester_score,
)
from qualcode.suggesting.fusion import DEFAULT_WEIGHTS, CodeMatrix, code_matrix
from qualcode.suggesting.language_models import LanguageModelSuggester
from qualcode.suggesting.learning import Evidence, Judgement, Rows, learn
from qualcode.suggesting.lexicon import Integers
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.ranker import Ranker
from qualcode.suggesting.texts import CodedPassage, Words

Tell = Callable[[float], None]
DROPOUT_SEEDS = (1, 2, 3, 4, 5)
DROPOUT = 0.5
"""Share of the terms that is removed at random: a codebook written by somebody further away."""
_CURVE = (1, 3, 5, 9)
"""Numbers of coded interviews that the learning curve is measured at."""
_WITHOUT = ("question", "group", "context", "related", "meaning", "examples", "language_model")
_FOLDS, _STRANGER = 0.5, 0.75
"""Shares of the work that are done after the folds, and after the codebooks with fewer terms."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is measured: passages with their evidence, by transcript.

    Attributes:
        ranker: The suggesters.
        passages: What people marked, and all sentences.
        concordance: The same as texts.
        evidence: What the suggesters that learn nothing say.
        matrix: Which codes each has.
        groups: Number of the transcript of each.
        is_sentence: Which of them stand for sentences.
    """

    ranker: Ranker
    passages: Sequence[CodedPassage]
    concordance: Concordance
    evidence: Evidence
    matrix: CodeMatrix
    groups: Integers
    is_sentence: Rows

    def learn(self, rows: Rows) -> Judgement:
        """Return what some of the passages teach."""
        passages = [self.passages[row] for row in np.flatnonzero(rows).tolist()]
        evidence = self.evidence.rows(rows)
        return learn(passages, passages, evidence, self.ranker.book, self.ranker.vectors)

    def said(self, judgement: Judgement, rows: Rows) -> tuple[Scores, Scores] | None:
        """Return what the examples of a judgement say of some of the passages."""
        if judgement.examples is None:
            return None
        texts = [self.passages[row].segment.text for row in np.flatnonzero(rows).tolist()]
        return judgement.examples.judge(texts)

    def judge(self, judgement: Judgement, rows: Rows) -> Scores:
        """Return the probability of each code for some of the passages."""
        evidence, general = self.evidence.rows(rows), self.ranker.book.general
        return judgement.probabilities(evidence, general, self.said(judgement, rows))[0]


def evaluate(
    codebook: Codebook,
    words: Words,
    passages: Sequence[CodedPassage],
    guides: Iterable[Guide] = (),
    tell: Tell = lambda _share: None,
    *,
    vectors: Vectors | None = None,
    extend: Callable[[Ranker], Ranker] = lambda ranker: ranker,
) -> SuggestionReport:
    """Return how good suggestions are for a project.

    Args:
        codebook: The codebook.
        words: The language of the transcripts.
        passages: What people coded; passages without codes count for precision, and sentences
            for what is measured over all of them.
        guides: The topic guides.
        tell: Receives the share of the work done, 0 to 1; an exception it raises ends the work.
        vectors: The embedding model; None for words alone.
        extend: Adds further suggesters.

    Raises:
        UndefinedRequestError: no passage has a code of the book.
    """
    guides = tuple(guides)

    def make(book: Codebook) -> Ranker:
        return extend(Ranker(book, words, guides, vectors=vectors))

    trial = make_trial(make(codebook), passages)
    matrix, is_sentence = trial.matrix, trial.is_sentence
    coded: Rows = np.any(matrix, axis=1) & ~is_sentence
    if not coded.any():
        raise UndefinedRequestError(
            Message(
                "No passage has a code of codebook '{name}', so there is nothing to measure "
                "suggestions against. Code a few answers first.",
                name=codebook.name,
            )
        )
    fused, alone, less = _cross_validate(trial, tell)
    tables = {**alone, "fused": fused}
    # precision is about what was marked and what was left uncoded: each text once
    counted = ~is_sentence | ~matrix.any(axis=1)
    sample = Sample(trial.groups, coded)
    confidence, correct = fused.max(axis=1), hits_of(fused, matrix, 1)
    paths = trial.ranker.book.paths
    judgement = trial.learn(np.ones(len(passages), dtype=bool))
    lexical = [alone[suggester.name] for suggester in trial.ranker.suggesters[:3]]
    report = SuggestionReport(
        passages=int(coded.sum()),
        transcripts=len(np.unique(trial.groups[coded])),
        suggesters=tuple(
            suggester_score(name, table, matrix, paths, sample) for name, table in tables.items()
        ),
        calibration=sample.gap("ece", confidence, correct),
        bins=reliability_bins(confidence[coded], correct[coded]),
        codes=tuple(
            code_score(path, fused[counted], matrix[counted], column)
            for column, path in enumerate(paths)
        ),
        advice=advise(
            trial.ranker,
            trial.concordance,
            matrix & ~is_sentence[:, None],
            lexical,
        ),
        weights=tuple((name, judgement.weights.of.get(name, 0.0)) for name in alone),
        without=tuple(
            suggester_score(name, table, matrix, paths, sample) for name, table in less.items()
        ),
        sentences=_sentence_score(trial, fused),
        stranger=_measure_stranger(trial, make, sample, tell),
        curve=_measure_curve(trial, coded, tell),
        judged=_count_judged(trial),
    )
    tell(1.0)
    return report


def _count_judged(trial: Trial) -> int | None:
    """Return of how many passages a language model was asked; None without one."""
    segments = [passage.segment for passage in trial.passages]
    counts = [
        suggester.count_judged(segments)
        for suggester in trial.ranker.suggesters
        if isinstance(suggester, LanguageModelSuggester)
    ]
    return sum(counts) if counts else None


def held_out(
    ranker: Ranker, passages: Sequence[CodedPassage], tell: Tell = lambda _share: None
) -> tuple[Scores, CodeMatrix, Integers, Rows]:
    """Return the probabilities of passages, each interview judged by what the others teach.

    Returns:
        One row per passage: the probability of each code, whether it has it, the number of its
        interview, and whether it stands for a sentence.
    """
    trial = make_trial(ranker, passages)
    table = np.zeros(trial.matrix.shape)
    transcripts = np.unique(trial.groups)
    for number, group in enumerate(transcripts):
        tell(number / len(transcripts))
        rows: Rows = trial.groups == group
        judgement = trial.learn(~rows) if len(transcripts) > 1 else Judgement(ranker.weights)
        table[rows] = trial.judge(judgement, rows)
    return table, trial.matrix, trial.groups, trial.is_sentence


def make_trial(ranker: Ranker, passages: Sequence[CodedPassage]) -> Trial:
    """Return what suggesters that learned nothing say of passages."""
    segments = [passage.segment for passage in passages]
    concordance = ranker.read(segments)
    names = {name: n for n, name in enumerate(dict.fromkeys(p.transcript for p in passages))}
    return Trial(
        ranker=ranker,
        passages=passages,
        concordance=concordance,
        evidence=ranker.weigh(segments, concordance),
        matrix=code_matrix(passages, ranker.book.paths),
        groups=np.array([names[passage.transcript] for passage in passages], dtype=np.int64),
        is_sentence=np.array([passage.sentence for passage in passages], dtype=bool),
    )


# --- held out -----------------------------------------------------------------------------


def _cross_validate(
    trial: Trial, tell: Tell
) -> tuple[Scores, dict[str, Scores], dict[str, Scores]]:
    """Return the probabilities of all together, of each suggester alone, and of all but one."""
    general = trial.ranker.book.general
    fused = np.zeros(trial.matrix.shape)
    examples = np.zeros(trial.matrix.shape)
    names = [name for name in _WITHOUT if name in (*trial.evidence.scores, "examples")]
    less = {name: np.zeros(trial.matrix.shape) for name in names}
    transcripts = np.unique(trial.groups)
    for number, group in enumerate(transcripts):
        tell(_FOLDS * number / len(transcripts))
        held_out: Rows = trial.groups == group
        judgement = (
            trial.learn(~held_out) if len(transcripts) > 1 else Judgement(trial.ranker.weights)
        )
        said = trial.said(judgement, held_out)
        evidence = trial.evidence.rows(held_out)
        fused[held_out] = judgement.probabilities(evidence, general, said)[0]
        if said is not None:
            examples[held_out] = said[0]
        for name, table in less.items():
            # taken out after the fit: what is left is what it added, and not another fit
            of = FrozenMap({**judgement.weights.of, name: 0.0})
            changed_judgement = replace(judgement, weights=replace(judgement.weights, of=of))
            table[held_out] = changed_judgement.probabilities(evidence, general, said)[0]
    scores = {**trial.evidence.scores, ExamplesSuggester.name: examples}
    alone = {
        name: table * max(DEFAULT_WEIGHTS.of.get(name, 1.0), 0.1)
        for name, table in scores.items()
        if name not in (CONTEXT, "group")
    }
    return fused, alone, less


def _sentence_score(trial: Trial, fused: Scores) -> SentenceScore | None:
    """Return how good the first suggestions are over all sentences, coded or not."""
    rows = trial.is_sentence
    if not rows.any():
        return None
    coded: Rows = np.any(trial.matrix, axis=1)
    confidence, correct = fused.max(axis=1), hits_of(fused, trial.matrix, 1)
    likely: Rows = rows & (confidence >= LIKELY)
    uncoded: Rows = rows & ~coded
    whole_sample = Sample(trial.groups, rows)
    applies = fused.sum(axis=1)
    return SentenceScore(
        sentences=int(rows.sum()),
        uncoded=int(uncoded.sum()),
        likely=int(likely.sum()),
        calibration=whole_sample.gap("ece", confidence, correct),
        gate=whole_sample.gap("gate", applies, coded),
        likely_right=Sample(trial.groups, likely).share("likely right", correct)
        if likely.any()
        else None,
        likely_uncoded=Sample(trial.groups, uncoded).share("likely, uncoded", likely)
        if uncoded.any()
        else None,
        bins=reliability_bins(confidence[rows], correct[rows]),
    )


def _measure_stranger(
    trial: Trial, make: Callable[[Codebook], Ranker], sample: Sample, tell: Tell
) -> SuggesterScore | None:
    """Return how good suggestions are without learning and with half of the terms, all seeds."""
    codebook = trial.ranker.book.codebook
    if not any(code.terms for code in codebook.codes):
        return None
    marked = ~trial.is_sentence
    segments = [
        passage.segment
        for passage, is_marked in zip(trial.passages, marked, strict=True)
        if is_marked
    ]
    tables = []
    for number, seed in enumerate(DROPOUT_SEEDS):
        tell(_FOLDS + (_STRANGER - _FOLDS) * number / len(DROPOUT_SEEDS))
        ranker = make(drop_terms(codebook, DROPOUT, seed))
        table = np.zeros(trial.matrix.shape)
        table[marked] = Judgement(ranker.weights).probabilities(
            ranker.weigh(segments), ranker.book.general, None
        )[0]
        tables.append(table)
    paths = trial.ranker.book.paths
    scores = [suggester_score("fused", table, trial.matrix, paths, sample) for table in tables]
    return _mean_score(scores)


def drop_terms(codebook: Codebook, share: float, seed: int) -> Codebook:
    """Return a codebook without a share of its terms, drawn at random."""
    generator = np.random.default_rng(seed)
    return replace(
        codebook,
        codes=tuple(
            replace(code, terms=tuple(term for term in code.terms if generator.random() >= share))
            for code in codebook.codes
        ),
    )


def _mean_score(scores: Sequence[SuggesterScore]) -> SuggesterScore:
    def mean(field: str) -> object:
        figures = [getattr(score, field) for score in scores]
        intervals = [figure.interval for figure in figures if figure.interval]
        return replace(
            figures[0],
            value=float(np.mean([figure.value for figure in figures])),
            # the widest limits: the seeds are no sample that an interval could be drawn from
            interval=(min(i[0] for i in intervals), max(i[1] for i in intervals))
            if intervals
            else None,
        )

    fields: Mapping[str, object] = {f: mean(f) for f in ("first", "three", "five", "theme")}
    return replace(scores[0], **fields)  # type: ignore[arg-type]


def _measure_curve(trial: Trial, coded: Rows, tell: Tell) -> tuple[LearningPoint, ...]:
    """Return how good suggestions are after some coded interviews, for each of the others."""
    transcripts = np.unique(trial.groups)
    sizes = (0, *(size for size in _CURVE if size < len(transcripts)))
    paths = trial.ranker.book.paths
    points = []
    for number, size in enumerate(sizes):
        table = np.zeros(trial.matrix.shape)
        for group in transcripts:
            tell(_STRANGER + (1 - _STRANGER) * number / len(sizes))
            held_out: Rows = trial.groups == group
            # which interviews come first is chance: drawn anew for each that is tested
            generator = np.random.default_rng(int(group))
            first = generator.permutation(transcripts[transcripts != group])[:size]
            rows: Rows = np.isin(trial.groups, first)
            judgement = trial.learn(rows) if size else Judgement(trial.ranker.weights)
            table[held_out] = trial.judge(judgement, held_out)
        score = suggester_score("fused", table, trial.matrix, paths, Sample(trial.groups, coded))
        points.append(LearningPoint(size, score.first, score.three, score.five))
    return tuple(points)
