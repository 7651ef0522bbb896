"""The dataset of all figures about themes: sorted codings, their cases and words.

Sets the order of all results (transcript, position, codebook), adds codings to the codes above
theirs, and counts words of respondents. The other modules compute the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import unknown_name
from qualcode.messages import Message
from qualcode.model import Case, Code, Codebook, Coding, Span, Transcript

Tokenize = Callable[[str], tuple[str, ...]]
WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case; the default without lemmas."""
    return tuple(match.group().lower() for match in WORD.finditer(text))


class RespondentWords:
    """Positions of the words of respondents in one transcript."""

    def __init__(self, transcript: Transcript) -> None:
        spans = [
            match.span()
            for turn in transcript.respondent_turns()
            for match in WORD.finditer(transcript.text, turn.span.start, turn.span.end)
        ]
        self._starts = np.array([start for start, _ in spans], dtype=np.int64)
        self._ends = np.array([end for _, end in spans], dtype=np.int64)

    def __len__(self) -> int:
        return len(self._starts)

    def count_in(self, spans: Iterable[Span]) -> int:
        """Return the number of words that overlap at least one of the spans."""
        covered: NDArray[np.bool_] = np.zeros(len(self), dtype=np.bool_)
        for span in spans:
            # Words do not overlap, so starts and ends are both sorted: the covered words are one
            # range.
            first = int(np.searchsorted(self._ends, span.start, side="right"))
            last = int(np.searchsorted(self._starts, span.end, side="left"))
            covered[first:last] = True
        return int(covered.sum())


class ThemeDataset:
    """The codings of one layer, with codebook, transcripts and cases.

    Codings outside the given transcripts and codings of words of interviewers are left out. A
    case counts if at least one of its transcripts is given. A transcript with several cases
    counts for each of them.

    Raises:
        UnknownNameError: A coding has a code that is not in the codebook.
    """

    def __init__(
        self,
        codings: Iterable[Coding],
        codebook: Codebook,
        transcripts: Sequence[Transcript],
        cases: Sequence[Case],
    ) -> None:
        self.codebook = codebook
        self.transcripts = tuple(transcripts)
        self.codes = {code.path: code for code in codebook.codes}
        self.rank = {path: place for place, path in enumerate(self.codes)}
        self.place = {transcript.name: i for i, transcript in enumerate(self.transcripts)}
        included = [coding for coding in codings if coding.transcript in self.place]
        for coding in included:
            if coding.code not in self.codes:
                where = Message("codebook '{name}'", name=codebook.name)
                raise unknown_name("code", coding.code, self.codes, where)
        texts = {transcript.name: transcript for transcript in self.transcripts}
        self.codings = self.in_order(
            c for c in included if not texts[c.transcript].of_interviewer(c.span)
        )
        self.cases = tuple(case for case in cases if set(case.transcripts) & set(self.place))
        self.groups = tuple(dict.fromkeys(case.group for case in self.cases if case.group))
        self._words: dict[str, RespondentWords] = {}
        self._cases_in: dict[str, tuple[Case, ...]] = {
            name: tuple(case for case in self.cases if name in case.transcripts)
            for name in self.place
        }
        self._below: dict[str, list[Coding]] = {path: [] for path in self.codes}
        for coding in self.codings:
            for path in _path_and_above(coding.code):
                self._below[path].append(coding)

    def in_order(self, codings: Iterable[Coding]) -> tuple[Coding, ...]:
        """Return codings by transcript, position, place of the code in the book, coder, id."""
        return tuple(
            sorted(
                codings,
                key=lambda c: (self.place[c.transcript], c.span, self.rank[c.code], c.coder, c.id),
            )
        )

    def transcript(self, name: str) -> Transcript:
        """Return the transcript with this name."""
        return self.transcripts[self.place[name]]

    def cases_in(self, transcript: str) -> tuple[Case, ...]:
        """Return the cases that speak in a transcript."""
        return self._cases_in[transcript]

    def below(self, path: str) -> tuple[Coding, ...]:
        """Return the codings of a code and of all codes below it."""
        return tuple(self._below[path])

    def of_case(self, case: Case) -> tuple[Coding, ...]:
        """Return the codings of all transcripts of a case."""
        return tuple(coding for coding in self.codings if coding.transcript in case.transcripts)

    def transcripts_of(self, group: str) -> tuple[str, ...]:
        """Return the names of the transcripts of a group; of all transcripts for ``""``."""
        return tuple(
            name
            for name in self.place
            if not group or any(case.group == group for case in self.cases_in(name))
        )

    def is_asked(self, path: str, group: str) -> bool:
        """Tell whether a group was asked about this code or a code below it.

        A code without ``asked_of`` inherits it from the nearest code above that has it. A code
        with codes below it that still has none counts as asked if one of those was.
        """
        for code in self.codebook.subtree(path):
            source = self._asked_source(code)
            undecided = source is None and bool(self.codebook.children(code.path))
            if not undecided and (source is None or source.is_asked_of(group)):
                return True
        return False

    def _asked_source(self, code: Code) -> Code | None:
        for path in _path_and_above(code.path):
            if self.codes[path].values("asked_of"):
                return self.codes[path]
        return None

    def words_in(self, transcripts: Iterable[str]) -> int:
        """Return the number of words that respondents say in these transcripts."""
        return sum(len(self._words_of(name)) for name in transcripts)

    def coded_words(self, codings: Iterable[Coding], transcripts: Iterable[str]) -> int:
        """Return the number of these words within at least one coding; none counts twice."""
        spans: dict[str, list[Span]] = {name: [] for name in transcripts}
        for coding in codings:
            if coding.transcript in spans:
                spans[coding.transcript].append(coding.span)
        return sum(self._words_of(name).count_in(spans[name]) for name in spans)

    def _words_of(self, name: str) -> RespondentWords:
        if name not in self._words:
            self._words[name] = RespondentWords(self.transcript(name))
        return self._words[name]

    def words_share(self, codings: Iterable[Coding], transcripts: Sequence[str]) -> float | None:
        """Return the coded share of the words of respondents; None if they said nothing."""
        total = self.words_in(transcripts)
        return self.coded_words(codings, transcripts) / total if total else None

    def spoken(self, transcript: str, spans: Iterable[Span]) -> tuple[str, ...]:
        """Return the speech of respondents in the spans: parts of turns, in order, once each."""
        source = self.transcript(transcript)
        # Merged first, so that words under two codings are returned once.
        joined = _joined(spans)
        pieces = (
            turn.span.intersection(span)
            for turn in source.respondent_turns()
            for span in joined
            if turn.span.overlaps(span)
        )
        return tuple(piece.of(source.text) for piece in pieces if piece is not None)


def pairs_of_groups(groups: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return each pair of groups once, in their order."""
    return tuple(combinations(groups, 2))


def _path_and_above(path: str) -> tuple[str, ...]:
    names = path.split("/")
    return tuple("/".join(names[:depth]) for depth in range(len(names), 0, -1))


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
