"""Selects exemplars of a code: typical and deviant passages, by a stated rule.

The rule. Candidates are the code's codings of 8 to 90 respondents' words that can be
understood alone: within one turn of a respondent, not starting within a sentence nor with a
word that refers to the words before. The next passage is the one whose centrality
(cosine of its TF-IDF vector to the mean of the code's passages) minus its largest similarity
to the selected passages is highest: maximal marginal relevance, after Carbonell, J. and
Goldstein, J. (1998), SIGIR, 335-336. No group gets a second passage before every group that
speaks has one, and no case before every case has one; no two passages overlap. Passages that
need their context follow only if these run out, and are marked so. Passages chosen by the
author come first and are never dropped. Ties go to the earlier transcript, then the earlier
position.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Coding, LocalText, Passage, Span
from qualcode.themes.dataset import WORD, ThemeDataset, Tokenize

FEWEST_WORDS = 8
MOST_WORDS = 90
FEWEST_FOR_DEVIANCE = 4
"""With fewer candidates, none can be called unlike the rest."""

CHOSEN = LocalText({"nl": "door de auteur gekozen", "en": "chosen by the author"})
TYPICAL = LocalText(
    {
        "nl": "kenmerkend: dicht bij het midden van de code en anders dan de citaten ervoor",
        "en": "typical: near the centre of the code and unlike the quotes before it",
    }
)
IN_CONTEXT = LocalText(
    {
        "nl": "kenmerkend, maar staat niet op zichzelf: lees de context",
        "en": "typical, but does not stand alone: read the context",
    }
)
DEVIANT = LocalText(
    {
        "nl": "afwijkend: lijkt het minst op de andere passages van de code",
        "en": "deviant: least like the other passages of the code",
    }
)
HANGING_WORDS = frozenset(
    "dus maar want omdat doordat zodat waardoor waarbij waarvan waarmee hetgeen behalve tenzij "
    "oftewel and because but so which whereas whereby unless".split()
)
"""First words that refer to the words before."""

_SENTENCE_ENDS = ".?!\u2026:;"
_BEFORE_OPENING = re.compile(r"(?:[\s\"'\u2018\u2019\u201c\u201d(\[]|\([^()]*\)|\[[^\[\]]*\])*$")
# The end of the sentence before lies within this distance; a turn may have thousands of words.
_LOOK_BACK = 200


class TfidfVectors:
    """TF-IDF vectors of passages: the terms of respondents in them, weighted by rarity.

    Term frequencies are counts; idf is ``ln((1 + n) / (1 + df)) + 1`` over all different
    passages of the layer; vectors have length 1, or 0 without a term.
    """

    def __init__(self, dataset: ThemeDataset, tokenize: Tokenize) -> None:
        self._terms: dict[tuple[str, Span], Counter[str]] = {}
        for coding in dataset.codings:
            key = (coding.transcript, coding.span)
            # Codings of one passage by two coders count once in the document frequencies.
            if key not in self._terms:
                pieces = dataset.spoken(coding.transcript, (coding.span,))
                self._terms[key] = Counter(token for p in pieces for token in tokenize(p))
        self._in_passages = Counter(term for terms in self._terms.values() for term in terms)

    def of(self, codings: Sequence[Coding]) -> NDArray[np.float64]:
        """Return one row per coding; columns are the terms of these codings, in order."""
        counts = [self._terms[coding.transcript, coding.span] for coding in codings]
        columns = {term: i for i, term in enumerate(sorted(set().union(*counts)))}
        rows = np.zeros((len(codings), len(columns)))
        for row, terms in zip(rows, counts, strict=True):
            for term, count in terms.items():
                row[columns[term]] = count * self._idf(term)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float64] = np.divide(rows, lengths, out=rows, where=lengths > 0)
        return unit

    def _idf(self, term: str) -> float:
        return log((1 + len(self._terms)) / (1 + self._in_passages[term])) + 1


def is_understandable_alone(dataset: ThemeDataset, coding: Coding) -> bool:
    """Tell whether a passage lies in one turn of a respondent and starts a sentence."""
    transcript = dataset.transcript(coding.transcript)
    turn = transcript.turn_at(coding.span.start)
    is_respondent = turn is not None and turn in transcript.respondent_turns()
    if turn is None or not is_respondent or not turn.span.contains(coding.span):
        return False
    reach_back = max(turn.span.start, coding.span.start - _LOOK_BACK)
    before = _BEFORE_OPENING.sub("", transcript.text[reach_back : coding.span.start])
    opening = WORD.search(coding.quote)
    hangs = opening is not None and opening.group().lower() in HANGING_WORDS
    return not hangs and (not before or before[-1] in _SENTENCE_ENDS)


def select_exemplars(
    dataset: ThemeDataset,
    vectors: TfidfVectors,
    codings: Sequence[Coding],
    *,
    chosen: Collection[str] = frozenset(),
    quotes_per_code: int = 3,
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Return the representative and the deviant passages of one code.

    Args:
        dataset: The codings and the study.
        vectors: TF-IDF vectors over the whole layer.
        codings: The codings of the code, in order of the texts.
        chosen: Ids of codings that the author chose; those of the code always come first.
        quotes_per_code: Maximum of passages of each kind, unless the author chose more.
    """
    # The author may choose a passage of any length; the limits are for the program's own choice.
    author_choices = [coding for coding in codings if coding.id in chosen]
    fitting = [c for c in codings if c.id not in chosen and _has_fitting_length(dataset, c)]
    if not author_choices and not fitting:
        return (), ()
    self_contained = [coding for coding in fitting if is_understandable_alone(dataset, coding)]
    context_dependent = [
        coding for coding in fitting if not is_understandable_alone(dataset, coding)
    ]
    # All codings shape the centre of the code, also those too short or too long to print.
    rows = vectors.of(codings)
    selected = list(author_choices)
    picked = [_passage(dataset, coding, None, CHOSEN) for coding in author_choices]
    for candidates, rule in ((self_contained, TYPICAL), (context_dependent, IN_CONTEXT)):
        while len(picked) < quotes_per_code:
            best = _next(dataset, (codings, rows), candidates, selected)
            if best is None:
                break
            selected.append(best[0])
            picked.append(_passage(dataset, *best, rule))
    return tuple(picked), _deviant(dataset, rows, codings, self_contained, selected)[
        :quotes_per_code
    ]


def _has_fitting_length(dataset: ThemeDataset, coding: Coding) -> bool:
    words = dataset.coded_words((coding,), (coding.transcript,))
    return FEWEST_WORDS <= words <= MOST_WORDS


def _next(
    dataset: ThemeDataset,
    passages: tuple[Sequence[Coding], NDArray[np.float64]],
    candidates: Sequence[Coding],
    selected: Sequence[Coding],
) -> tuple[Coding, float] | None:
    """Return the next candidate to select with its score, or None if there is none."""
    codings, rows = passages
    row_of = dict(zip((coding.id for coding in codings), rows, strict=True))
    centroid: NDArray[np.float64] = rows.mean(axis=0)
    best: tuple[Coding, float] | None = None
    for coding in _with_a_turn(dataset, selected, _not_overlapping(candidates, selected)):
        row = row_of[coding.id]
        similar = (_similarity(row, row_of[coding_before.id]) for coding_before in selected)
        # Rounded, so that equal passages tie and the order does not depend on the machine.
        score = round(_similarity(row, centroid) - max(similar, default=0.0), 9)
        if best is None or score > best[1]:
            best = coding, score
    return best


def _similarity(row: NDArray[np.float64], other_row: NDArray[np.float64]) -> float:
    """Return the cosine, 0 if either is empty; rounded so that equal passages tie."""
    length = float(np.linalg.norm(row) * np.linalg.norm(other_row))
    return round(float(row @ other_row) / length, 9) if length else 0.0


def _not_overlapping(candidates: Iterable[Coding], selected: Sequence[Coding]) -> list[Coding]:
    return [
        c
        for c in candidates
        if not any(c.transcript == t.transcript and c.span.overlaps(t.span) for t in selected)
    ]


def _with_a_turn(
    dataset: ThemeDataset, selected: Sequence[Coding], candidates: list[Coding]
) -> list[Coding]:
    """Return the candidates of groups without a passage, else of the least quoted cases."""
    groups_heard = {_group(dataset, coding) for coding in selected}
    unheard = [
        c for c in candidates if _group(dataset, c) and _group(dataset, c) not in groups_heard
    ]
    candidates = unheard or candidates
    # One respondent who says a lot about a code could otherwise take all places.
    speakers = Counter(_speaker(dataset, coding) for coding in selected)
    fewest = min((speakers[_speaker(dataset, c)] for c in candidates), default=0)
    return [c for c in candidates if speakers[_speaker(dataset, c)] == fewest]


def _speaker(dataset: ThemeDataset, coding: Coding) -> tuple[str, ...]:
    """Return the names of the cases; a transcript without a case counts as one speaker."""
    names = tuple(case.name for case in dataset.cases_in(coding.transcript))
    return names or ("", coding.transcript)


def _group(dataset: ThemeDataset, coding: Coding) -> str:
    cases = dataset.cases_in(coding.transcript)
    return ", ".join(dict.fromkeys(case.group for case in cases if case.group))


def _deviant(
    dataset: ThemeDataset,
    rows: NDArray[np.float64],
    codings: Sequence[Coding],
    candidates: Sequence[Coding],
    selected: Sequence[Coding],
) -> tuple[Passage, ...]:
    """Return the passages not selected, least like the mean of all other passages first."""
    if len(candidates) < FEWEST_FOR_DEVIANCE:
        return ()
    total = rows.sum(axis=0)
    place = {coding.id: i for i, coding in enumerate(codings)}
    unselected = _not_overlapping(candidates, selected)
    # The passage itself is taken out of the mean: in a small code it would resemble itself.
    likeness = {c.id: _similarity(rows[place[c.id]], total - rows[place[c.id]]) for c in unselected}
    ordered = sorted(unselected, key=lambda c: (likeness[c.id], place[c.id]))
    return tuple(_passage(dataset, coding, likeness[coding.id], DEVIANT) for coding in ordered)


def _passage(
    dataset: ThemeDataset, coding: Coding, score: float | None, rule: LocalText
) -> Passage:
    transcript = dataset.transcript(coding.transcript)
    turn = transcript.turn_at(coding.span.start)
    return Passage(
        coding=coding.id,
        code=coding.code,
        transcript=coding.transcript,
        span=coding.span,
        text=coding.quote,
        turn=turn.number if turn else None,
        words=dataset.coded_words((coding,), (coding.transcript,)),
        case=", ".join(case.name for case in dataset.cases_in(coding.transcript)),
        group=_group(dataset, coding),
        coder=coding.coder,
        memo=coding.memo,
        chosen=rule is CHOSEN,
        score=score,
        rule=rule,
    )
