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
position. Of deviant passages in equal words the first is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from math import log
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qualcode.messages import Message
from qualcode.model import Coding, LocalText, Passage, Span
from qualcode.speech import group_in
from qualcode.themes.dataset import WORD, ThemeDataset, Tokenize

if TYPE_CHECKING:
    from scipy.sparse import csr_array

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
_ROUNDING = 1e-9


Term = tuple[str, str]
"""Language and word."""


class TfidfVectors:
    """TF-IDF vectors of passages: the terms of respondents in them, weighted by rarity.

    Term frequencies are counts; idf is ``ln((1 + n) / (1 + df)) + 1`` over all different
    passages of the layer; vectors have length 1, or 0 without a term.
    """

    def __init__(self, dataset: ThemeDataset, tokenize: Tokenize) -> None:
        self._terms: dict[tuple[str, Span], Counter[Term]] = {}
        for coding in dataset.codings:
            key = (coding.transcript, coding.span)
            # Codings of one passage by two coders count once in the document frequencies.
            if key not in self._terms:
                pieces = dataset.spoken(coding.transcript, (coding.span,))
                language = dataset.language_of(coding)
                # The same letters in two languages are two words.
                self._terms[key] = Counter(
                    (language, token) for p in pieces for token in tokenize(p, language)
                )
        self._in_passages = Counter(term for terms in self._terms.values() for term in terms)

    def of(self, codings: Sequence[Coding]) -> csr_array:
        """Return one row per coding; columns are the terms of these codings, in order."""
        from scipy.sparse import csr_array

        counts = [self._terms[coding.transcript, coding.span] for coding in codings]
        columns = {term: i for i, term in enumerate(sorted(set().union(*counts)))}
        places = [[columns[term] for term in terms] for terms in counts]
        weights = [np.array([n * self._idf(t) for t, n in terms.items()]) for terms in counts]
        lengths = [float(np.linalg.norm(row)) for row in weights]
        unit = [row / length for row, length in zip(weights, lengths, strict=True) if length]
        return csr_array(
            (
                np.concatenate([np.zeros(0), *unit]),
                np.array([place for of_row in places for place in of_row], dtype=np.int64),
                np.cumsum([0, *map(len, places)]),
            ),
            shape=(len(codings), len(columns)),
        ).sorted_indices()

    def _idf(self, term: Term) -> float:
        return log((1 + len(self._terms)) / (1 + self._in_passages[term])) + 1


def is_understandable_alone(dataset: ThemeDataset, coding: Coding) -> bool:
    """Tell whether a passage lies in one turn of a respondent and starts a sentence."""
    transcript = dataset.transcript(coding.transcript)
    turn = transcript.turn_at(coding.span.start)
    is_respondent = turn is not None and dataset.is_of_respondent(transcript.name, turn)
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
    likenesses = _Likenesses(dataset, vectors, codings)
    selected = list(author_choices)
    picked = [_passage(dataset, coding, None, CHOSEN) for coding in author_choices]
    for candidates, rule in ((self_contained, TYPICAL), (context_dependent, IN_CONTEXT)):
        while len(picked) < quotes_per_code:
            best = _next(dataset, likenesses, candidates, selected)
            if best is None:
                break
            selected.append(best[0])
            picked.append(_passage(dataset, *best, rule))
    deviant = _deviant(likenesses, self_contained, selected)[:quotes_per_code]
    return tuple(picked), tuple(_passage(dataset, *passage, DEVIANT) for passage in deviant)


def explain_no_quote(
    dataset: ThemeDataset,
    codings: Sequence[Coding],
    *,
    chosen: Collection[str] = frozenset(),
    left_out: Collection[str] = frozenset(),
) -> Message | None:
    """Return why :func:`select_exemplars` finds no passage to quote; None if it finds one.

    Args:
        dataset: The codings and the study.
        codings: The codings of the code.
        chosen: Ids of codings that the author chose.
        left_out: Ids of codings that are not quoted.
    """
    printable = [coding for coding in codings if coding.id not in left_out]
    if not codings or any(c.id in chosen or _has_fitting_length(dataset, c) for c in printable):
        return None
    if not printable:
        return Message("No passage is quoted: all are left out of print.")
    return Message(
        "No passage is quoted: none of them has {fewest} to {most} words of respondents.",
        fewest=FEWEST_WORDS,
        most=MOST_WORDS,
    )


def _has_fitting_length(dataset: ThemeDataset, coding: Coding) -> bool:
    words = dataset.coded_words((coding,), (coding.transcript,))
    return FEWEST_WORDS <= words <= MOST_WORDS


class _Likenesses:
    """How like the passages of a code are, to its centre and to each other.

    Cosines, 0 for a passage without a term; rounded, so that equal passages tie and the order
    does not depend on the machine. Passages share no words with those in another language.
    """

    def __init__(
        self, dataset: ThemeDataset, vectors: TfidfVectors, codings: Sequence[Coding]
    ) -> None:
        self.place = {coding.id: place for place, coding in enumerate(codings)}
        self.rows = vectors.of(codings)
        by_language: dict[str, list[int]] = {}
        for place, coding in enumerate(codings):
            by_language.setdefault(dataset.language_of(coding), []).append(place)
        self.to_center = np.zeros(len(codings))
        self.to_others = np.full(len(codings), np.nan)
        for places in by_language.values():
            self._compare(np.array(places))

    def _compare(self, places: NDArray[np.int64]) -> None:
        """Compare the passages of one language with their mean, and with that of the others."""
        rows = self.rows[places]
        total = np.asarray(rows.sum(axis=0)).ravel()
        along, size = rows @ total, float(total @ total)
        has_terms = np.diff(rows.indptr) > 0
        self.to_center[places] = _cosines(along, np.full(len(places), size), has_terms)
        # Nothing in its language to be compared with: it is rare, which is not the same as odd.
        if len(places) >= FEWEST_FOR_DEVIANCE:
            # The passage itself is taken out of the mean: in a small code it would resemble itself.
            word_counts = has_terms.astype(float)
            others = np.maximum(size - 2 * along + word_counts, 0.0)
            self.to_others[places] = _cosines(along - word_counts, others, has_terms)

    def to(self, coding: Coding) -> NDArray[np.float64]:
        """Return the likeness of each passage to one of them."""
        row = self.rows[[self.place[coding.id]]]
        likenesses: NDArray[np.float64] = np.round((self.rows @ row.T).toarray().ravel(), 9)
        return likenesses


def _cosines(
    products: NDArray[np.float64], squares: NDArray[np.float64], has_terms: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the cosines of rows of length 1 with rows of which the squared length is given."""
    lengths = np.sqrt(squares)
    # What rounding leaves of a mean without anything is no direction.
    is_long = has_terms & (lengths > _ROUNDING)
    cosines: NDArray[np.float64] = np.zeros(len(products))
    np.divide(products, lengths, out=cosines, where=is_long)
    return np.round(cosines, 9)


def _next(
    dataset: ThemeDataset,
    likenesses: _Likenesses,
    candidates: Sequence[Coding],
    selected: Sequence[Coding],
) -> tuple[Coding, float] | None:
    """Return the next candidate to select with its score, or None if there is none."""
    # cosines of counts are never below 0
    nearest: NDArray[np.float64] = np.zeros(len(likenesses.place))
    for coding in selected:
        nearest = np.maximum(nearest, likenesses.to(coding))
    scores = np.round(likenesses.to_center - nearest, 9)
    best: tuple[Coding, float] | None = None
    for coding in _with_a_turn(dataset, selected, _not_overlapping(candidates, selected)):
        score = float(scores[likenesses.place[coding.id]])
        if best is None or score > best[1]:
            best = coding, score
    return best


def _not_overlapping(candidates: Iterable[Coding], selected: Sequence[Coding]) -> list[Coding]:
    return [
        c
        for c in candidates
        if not any(c.transcript == t.transcript and c.span.overlaps(t.span) for t in selected)
    ]


def _bare_words(coding: Coding) -> tuple[str, ...]:
    return tuple(WORD.findall(coding.quote.casefold()))


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
    names = tuple(case.name for case in dataset.cases_of(coding))
    return names or ("", coding.transcript)


def _group(dataset: ThemeDataset, coding: Coding) -> str:
    cases = dataset.cases_of(coding) or dataset.cases_in(coding.transcript)
    groups = dict.fromkeys(group_in(case, coding.transcript) for case in cases)
    return ", ".join(filter(None, groups))


def _deviant(
    likenesses: _Likenesses,
    candidates: Sequence[Coding],
    selected: Sequence[Coding],
) -> list[tuple[Coding, float]]:
    """Return the passages not selected, least like the mean of all other passages first."""
    if len(candidates) < FEWEST_FOR_DEVIANCE:
        return []
    scored = [
        (coding, float(likenesses.to_others[likenesses.place[coding.id]]))
        for coding in _not_overlapping(candidates, selected)
    ]
    compared = [(coding, likeness) for coding, likeness in scored if not np.isnan(likeness)]
    ordered = sorted(compared, key=lambda pair: (pair[1], likenesses.place[pair[0].id]))
    # Many people may give the same answer: a reader wants to see it once.
    first_of_equals = {_bare_words(coding): coding for coding, _ in reversed(ordered)}
    printed = {_bare_words(coding) for coding in selected}
    return [
        (coding, likeness)
        for coding, likeness in ordered
        if coding is first_of_equals[_bare_words(coding)] and _bare_words(coding) not in printed
    ]


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
        case=", ".join(case.name for case in dataset.cases_of(coding)),
        group=_group(dataset, coding),
        coder=coding.coder,
        memo=coding.memo,
        chosen=rule is CHOSEN,
        score=score,
        rule=rule,
    )
