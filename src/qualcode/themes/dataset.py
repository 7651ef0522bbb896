"""The dataset of all figures about themes: sorted codings, their cases and words.

Sets the order of all results (transcript, position, codebook), adds codings to the codes above
theirs, and counts words of respondents. The other modules compute the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import unknown_name
from qualcode.messages import Message
from qualcode.model import Case, Code, Codebook, Coding, FrozenMap, Span, Transcript, Turn
from qualcode.speech import Speech, group_in

Tokenize = Callable[[str, str], tuple[str, ...]]
"""Returns the words to compare of a text in a language, given by its code."""
WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


def split_words(text: str, language: str = "") -> tuple[str, ...]:  # noqa: ARG001 - has no lemmas
    """Return the words of a text in lower case; the default without lemmas."""
    return tuple(match.group().lower() for match in WORD.finditer(text))


class RespondentWords:
    """Positions of the words in some turns of one transcript."""

    def __init__(self, transcript: Transcript, turns: Iterable[Turn]) -> None:
        spans = [
            match.span()
            for turn in turns
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


@dataclass(frozen=True, slots=True)
class Moment:
    """A case in one transcript, in the group to which it belongs at that moment."""

    case: Case
    transcript: str
    group: str


class ThemeDataset:
    """The codings of one layer, with codebook, transcripts and cases.

    Codings outside the given transcripts and codings of words of interviewers are left out. A
    case counts if at least one of its transcripts is given. A coding counts for each case who
    says part of it.

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
        self.cases = tuple(case for case in cases if set(case.transcripts) & set(self.place))
        self.speech = Speech(self.transcripts, self.cases)
        self.codings = self.in_order(c for c in included if not self.speech.is_of_interviewer(c))
        self.moments = tuple(
            Moment(case, name, group_in(case, name))
            for case in self.cases
            for name in case.transcripts
            if name in self.place
        )
        self.groups = tuple(dict.fromkeys(m.group for m in self.moments if m.group))
        self._words: dict[tuple[str, str], RespondentWords] = {}
        self._spoken: dict[tuple[tuple[str, ...], str], int] = {}
        self._counted: dict[str, frozenset[int]] = {}
        self._asked: dict[tuple[str, str], bool] = {}
        self._saying: dict[str, frozenset[str]] = {}
        self._below: dict[str, list[Coding]] = {path: [] for path in self.codes}
        for coding in self.codings:
            for path in path_and_above(coding.code):
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

    def language_of(self, coding: Coding) -> str:
        """Return the language in which a passage was spoken."""
        return self.transcript(coding.transcript).language

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the transcripts, in their order."""
        return tuple(dict.fromkeys(transcript.language for transcript in self.transcripts))

    def cases_in(self, transcript: str) -> tuple[Case, ...]:
        """Return the cases that take part in a transcript."""
        return self.speech.in_transcript(transcript).cases

    def cases_of(self, coding: Coding) -> tuple[Case, ...]:
        """Return the cases who say part of a coding."""
        return self.speech.cases_of(coding)

    @cached_property
    def known_moments(self) -> tuple[Moment, ...]:
        """The moments of cases of whom it is known which words are theirs."""
        return tuple(
            moment
            for moment in self.moments
            if moment.case not in self.speech.in_transcript(moment.transcript).unknown_cases
        )

    @cached_property
    def _known(self) -> frozenset[tuple[str, str]]:
        return frozenset((moment.case.name, moment.transcript) for moment in self.known_moments)

    def is_known(self, moment: Moment) -> bool:
        """Tell whether a moment is one of :attr:`known_moments`."""
        return (moment.case.name, moment.transcript) in self._known

    @cached_property
    def unknown_cases(self) -> tuple[Case, ...]:
        """The cases of whom no words are known to be theirs, in any transcript."""
        case_names = {moment.case.name for moment in self.known_moments}
        return tuple(case for case in self.cases if case.name not in case_names)

    @cached_property
    def unattributed(self) -> tuple[Coding, ...]:
        """The codings with words of a respondent who is no known case."""
        return tuple(c for c in self.codings if not self.speech.is_attributable(c))

    def attributes_of(self, moment: Moment) -> FrozenMap[str, str]:
        """Return the attributes of a case, its transcript and its participation together."""
        return self.speech.attributes_of((moment.case,), moment.transcript)

    def said(self, codings: Iterable[Coding]) -> frozenset[tuple[str, str]]:
        """Return who says part of the codings, and where: names of cases and transcripts."""
        return frozenset(
            (case.name, coding.transcript) for coding in codings for case in self.cases_of(coding)
        )

    def names_saying(self, path: str) -> frozenset[str]:
        """Return the names of the cases who say something with a code or one below it."""
        # Kept, because types are compared pair by pair.
        if path not in self._saying:
            names = (name for name, _ in self.said(self.below(path)))
            self._saying[path] = frozenset(names)
        return self._saying[path]

    def is_in_group(self, coding: Coding, group: str) -> bool:
        """Tell whether a member of a group says part of a coding; ``""`` is everybody."""
        return not group or self.speech.is_of_group(coding, group)

    def below(self, path: str) -> tuple[Coding, ...]:
        """Return the codings of a code and of all codes below it."""
        return tuple(self._below[path])

    def of_case(self, case: Case) -> tuple[Coding, ...]:
        """Return the codings in which a case says something."""
        return self._codings_by_case.get(case.name, ())

    @cached_property
    def _codings_by_case(self) -> Mapping[str, tuple[Coding, ...]]:
        codings: dict[str, list[Coding]] = {}
        for coding in self.codings:
            for case in self.cases_of(coding):
                codings.setdefault(case.name, []).append(coding)
        return {name: tuple(of_case) for name, of_case in codings.items()}

    def transcripts_of(self, group: str) -> tuple[str, ...]:
        """Return the names of the transcripts of a group; of all transcripts for ``""``."""
        names = {moment.transcript for moment in self.moments if moment.group == group}
        return tuple(name for name in self.place if not group or name in names)

    def is_asked(self, path: str, group: str) -> bool:
        """Tell whether a group was asked about this code or a code below it.

        A code without ``asked_of`` inherits it from the nearest code above that has it. A code
        with codes below it that still has none counts as asked if one of those was.
        """
        # Kept, because a table asks it for each case and a study has few groups.
        if (path, group) not in self._asked:
            self._asked[path, group] = self._find_asked(path, group)
        return self._asked[path, group]

    def _find_asked(self, path: str, group: str) -> bool:
        for code in self.codebook.subtree(path):
            source = self._asked_source(code)
            undecided = source is None and bool(self.codebook.children(code.path))
            if not undecided and (source is None or source.is_asked_of(group)):
                return True
        return False

    def _asked_source(self, code: Code) -> Code | None:
        for path in path_and_above(code.path):
            if self.codes[path].values("asked_of"):
                return self.codes[path]
        return None

    def words_in(self, transcripts: Iterable[str], group: str = "") -> int:
        """Return the number of words that respondents say in these transcripts.

        Args:
            transcripts: Their names.
            group: Only words of this group; ``""`` for those of all respondents.
        """
        # Each code asks it for the same interviews.
        key = (tuple(transcripts), group)
        if key not in self._spoken:
            self._spoken[key] = sum(len(self._words_of(name, group)) for name in key[0])
        return self._spoken[key]

    def coded_words(
        self, codings: Iterable[Coding], transcripts: Iterable[str], group: str = ""
    ) -> int:
        """Return the number of these words within at least one coding; none counts twice."""
        spans: dict[str, list[Span]] = {name: [] for name in transcripts}
        for coding in codings:
            if coding.transcript in spans:
                spans[coding.transcript].append(coding.span)
        return sum(
            self._words_of(name, group).count_in(of_transcript)
            for name, of_transcript in spans.items()
            if of_transcript
        )

    def _words_of(self, name: str, group: str) -> RespondentWords:
        if (name, group) not in self._words:
            turns = self._turns_of(name, group)
            self._words[name, group] = RespondentWords(self.transcript(name), turns)
        return self._words[name, group]

    def _turns_of(self, name: str, group: str) -> tuple[Turn, ...]:
        speech = self.speech.in_transcript(name)
        members = [case for case in speech.cases if group_in(case, name) == group]
        # In a session of one group, words are of that group also if nobody knows whose they are.
        if not group or (members and len(members) == len(speech.cases)):
            return self.transcript(name).respondent_turns()
        return speech.turns_of(members)

    def words_share(
        self, codings: Iterable[Coding], transcripts: Sequence[str], group: str = ""
    ) -> float | None:
        """Return the coded share of the words of respondents; None if they said nothing."""
        total = self.words_in(transcripts, group)
        return self.coded_words(codings, transcripts, group) / total if total else None

    def is_of_respondent(self, transcript: str, turn: Turn) -> bool:
        """Tell whether a turn is one of a respondent, whose words count."""
        if transcript not in self._counted:
            turns = self.transcript(transcript).respondent_turns()
            self._counted[transcript] = frozenset(turn.number for turn in turns)
        return turn.number in self._counted[transcript]

    def spoken(self, transcript: str, spans: Iterable[Span]) -> tuple[str, ...]:
        """Return the speech of respondents in the spans: parts of turns, in order, once each."""
        session = self.speech.in_transcript(transcript)
        source = session.transcript
        # Merged first, so that words under two codings are returned once.
        pieces = (
            turn.span.intersection(span)
            for span in _joined(spans)
            for turn in session.turns_in(span)
            if self.is_of_respondent(transcript, turn)
        )
        return tuple(piece.of(source.text) for piece in pieces if piece is not None)


def pairs_of_groups(groups: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return each pair of groups once, in their order."""
    return tuple(combinations(groups, 2))


@cache
def path_and_above(path: str) -> tuple[str, ...]:
    """Return the path of a code and those of the codes above it."""
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
