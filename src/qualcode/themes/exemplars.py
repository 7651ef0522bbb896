"""Which passages to show for a code: typical ones and deviant ones, by a stated rule.

The rule. Candidates are the code's codings of 8 to 90 respondents' words that can be
understood alone: within one turn of a respondent, not opening in the middle of a sentence nor
with a word that hangs on what was said before. The next passage is the one whose centrality
(cosine of its TF-IDF vector to the mean of the code's passages) minus its largest similarity
to those already taken is highest: maximal marginal relevance, after Carbonell, J. and
Goldstein, J. (1998), SIGIR, 335-336. No group has a second passage before every group that
speaks has one, and no case before every case had a turn; no two passages overlap. Only where
these run out do passages follow that do not stand alone, and they say so. What the author
chose comes first and is never dropped. Ties go to the earlier transcript, then the earlier
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
from qualcode.themes.dataset import WORD, Material, Tokenize

FEWEST_WORDS = 8
MOST_WORDS = 90
FEWEST_FOR_DEVIANCE = 4
"""Below this number of candidates none can be said to be unlike the rest."""

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
"""Opening words that need what was said before."""

_SENTENCE_ENDS = ".?!\u2026:;"
_BEFORE_OPENING = re.compile(r"(?:[\s\"'\u2018\u2019\u201c\u201d(\[]|\([^()]*\)|\[[^\[\]]*\])*$")
_LOOK_BACK = 200


class Vectors:
    """TF-IDF vectors of passages: what respondents say in them, weighed by rarity.

    Term frequencies are counts; idf is ``ln((1 + n) / (1 + df)) + 1`` over all different
    passages of the layer; vectors have length 1, or 0 where nothing is said.
    """

    def __init__(self, material: Material, tokenize: Tokenize) -> None:
        self._terms: dict[tuple[str, Span], Counter[str]] = {}
        for coding in material.codings:
            key = (coding.transcript, coding.span)
            if key not in self._terms:
                pieces = material.spoken(coding.transcript, (coding.span,))
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


def is_understandable_alone(material: Material, coding: Coding) -> bool:
    """Tell whether a passage lies in one respondent's turn and opens a sentence by itself."""
    transcript = material.transcript(coding.transcript)
    turn = transcript.turn_at(coding.span.start)
    own = turn is not None and turn in transcript.respondent_turns()
    if turn is None or not own or not turn.span.contains(coding.span):
        return False
    reach_back = max(turn.span.start, coding.span.start - _LOOK_BACK)
    before = _BEFORE_OPENING.sub("", transcript.text[reach_back : coding.span.start])
    opening = WORD.search(coding.quote)
    hangs = opening is not None and opening.group().lower() in HANGING_WORDS
    return not hangs and (not before or before[-1] in _SENTENCE_ENDS)


def select_passages(
    material: Material,
    vectors: Vectors,
    codings: Sequence[Coding],
    *,
    chosen: Collection[str] = frozenset(),
    quotes_per_code: int = 3,
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Return the representative and the deviant passages of one code.

    Args:
        material: The codings and the study.
        vectors: TF-IDF vectors over the whole layer.
        codings: The codings of the code, in order of the texts.
        chosen: Ids of codings that the author chose; those of the code come first, always.
        quotes_per_code: Most passages of each kind, unless the author chose more.
    """
    own = [coding for coding in codings if coding.id in chosen]
    fitting = [c for c in codings if c.id not in chosen and _has_fitting_length(material, c)]
    if not own and not fitting:
        return (), ()
    alone = [coding for coding in fitting if is_understandable_alone(material, coding)]
    rest = [coding for coding in fitting if not is_understandable_alone(material, coding)]
    rows = vectors.of(codings)
    taken = list(own)
    picked = [_passage(material, coding, None, CHOSEN) for coding in own]
    for candidates, rule in ((alone, TYPICAL), (rest, IN_CONTEXT)):
        while len(picked) < quotes_per_code:
            best = _next(material, (codings, rows), candidates, taken)
            if best is None:
                break
            taken.append(best[0])
            picked.append(_passage(material, *best, rule))
    return tuple(picked), _deviant(material, rows, codings, alone, taken)[:quotes_per_code]


def _has_fitting_length(material: Material, coding: Coding) -> bool:
    words = material.coded_words((coding,), (coding.transcript,))
    return FEWEST_WORDS <= words <= MOST_WORDS


def _next(
    material: Material,
    passages: tuple[Sequence[Coding], NDArray[np.float64]],
    candidates: Sequence[Coding],
    taken: Sequence[Coding],
) -> tuple[Coding, float] | None:
    """Return the candidate to take next with its score, or None when there is none left."""
    codings, rows = passages
    row_of = dict(zip((coding.id for coding in codings), rows, strict=True))
    centroid: NDArray[np.float64] = rows.mean(axis=0)
    best: tuple[Coding, float] | None = None
    for coding in _with_a_turn(material, taken, _not_overlapping(candidates, taken)):
        row = row_of[coding.id]
        similar = (_similarity(row, row_of[other.id]) for other in taken)
        score = round(_similarity(row, centroid) - max(similar, default=0.0), 9)
        if best is None or score > best[1]:
            best = coding, score
    return best


def _similarity(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the cosine, 0 where either is empty; rounded so that equal passages tie."""
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return round(float(one @ other) / length, 9) if length else 0.0


def _not_overlapping(candidates: Iterable[Coding], taken: Sequence[Coding]) -> list[Coding]:
    return [
        c
        for c in candidates
        if not any(c.transcript == t.transcript and c.span.overlaps(t.span) for t in taken)
    ]


def _with_a_turn(
    material: Material, taken: Sequence[Coding], candidates: list[Coding]
) -> list[Coding]:
    """Return the candidates of groups not yet heard, else of the cases heard least often."""
    heard = {_group(material, coding) for coding in taken}
    unheard = [c for c in candidates if _group(material, c) and _group(material, c) not in heard]
    candidates = unheard or candidates
    speakers = Counter(_speaker(material, coding) for coding in taken)
    fewest = min((speakers[_speaker(material, c)] for c in candidates), default=0)
    return [c for c in candidates if speakers[_speaker(material, c)] == fewest]


def _speaker(material: Material, coding: Coding) -> tuple[str, ...]:
    """Return the names of the cases; a transcript without a case speaks for itself."""
    names = tuple(case.name for case in material.cases_in(coding.transcript))
    return names or ("", coding.transcript)


def _group(material: Material, coding: Coding) -> str:
    cases = material.cases_in(coding.transcript)
    return ", ".join(dict.fromkeys(case.group for case in cases if case.group))


def _deviant(
    material: Material,
    rows: NDArray[np.float64],
    codings: Sequence[Coding],
    candidates: Sequence[Coding],
    taken: Sequence[Coding],
) -> tuple[Passage, ...]:
    """Return what was not taken, least like the mean of all other passages first."""
    if len(candidates) < FEWEST_FOR_DEVIANCE:
        return ()
    total = rows.sum(axis=0)
    place = {coding.id: i for i, coding in enumerate(codings)}
    left = _not_overlapping(candidates, taken)
    likeness = {c.id: _similarity(rows[place[c.id]], total - rows[place[c.id]]) for c in left}
    ordered = sorted(left, key=lambda c: (likeness[c.id], place[c.id]))
    return tuple(_passage(material, coding, likeness[coding.id], DEVIANT) for coding in ordered)


def _passage(material: Material, coding: Coding, score: float | None, rule: LocalText) -> Passage:
    transcript = material.transcript(coding.transcript)
    turn = transcript.turn_at(coding.span.start)
    return Passage(
        coding=coding.id,
        code=coding.code,
        transcript=coding.transcript,
        span=coding.span,
        text=coding.quote,
        turn=turn.number if turn else None,
        words=material.coded_words((coding,), (coding.transcript,)),
        case=", ".join(case.name for case in material.cases_in(coding.transcript)),
        group=_group(material, coding),
        coder=coding.coder,
        memo=coding.memo,
        chosen=rule is CHOSEN,
        score=score,
        rule=rule,
    )
