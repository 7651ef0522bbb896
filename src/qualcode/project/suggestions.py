"""The verbs of suggesting: offer codes, accept or reject them, measure them, search.

A suggestion never counts as a coding. What a coder was shown is kept; in a round without
suggestions nothing is shown and nothing computed for its coders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.errors import UndefinedRequestError
from qualcode.model import (
    CodeCandidate,
    Coding,
    Exposure,
    Hit,
    Rejection,
    Segment,
    SegmentKind,
    Span,
    Suggestion,
    SuggestionReport,
    Transcript,
)
from qualcode.placement import Placement
from qualcode.project.analysis import FINAL, Analysis

if TYPE_CHECKING:
    from qualcode.suggesting import CodedPassage, Ranker, SegmentText


class Suggesting(Analysis):
    """An open project, with what the program proposes for it."""

    def suggest(
        self,
        transcript: str,
        coder: str,
        *,
        unit: SegmentKind = SegmentKind.SENTENCE,
        limit: int = 3,
        floor: float = 0.0,
    ) -> tuple[tuple[Segment, tuple[Suggestion, ...]], ...]:
        """Return suggestions for what respondents said, and keep that this coder saw them.

        Args:
            transcript: Name of the transcript.
            coder: Who is shown them.
            unit: The pieces of text: sentences, turns or paragraphs.
            limit: Suggestions per piece, at most.
            floor: Least probability.

        Returns:
            Each piece with its suggestions, best first, rejected ones left out; pieces
            without any are left out.

        Raises:
            UndefinedRequestError: the coder is in an open round without suggestions, or the
                transcripts are not segmented yet.
        """
        self._refuse_suggestions(transcript, coder)
        text = self.transcript(transcript)
        segments = self._respondents_segments(text, unit)
        asked = self._questions(transcript)
        ranking = self._ranker(coder).rank(
            [self._segment_text(text, segment.span, asked) for segment in segments]
        )
        rejected: dict[Span, set[str]] = {}
        for one in self._store.rejections():
            if (one.coder, one.transcript) == (coder, transcript):
                rejected.setdefault(one.span, set()).add(one.code)
        found = []
        for row, segment in enumerate(segments):
            leave_out = rejected.get(segment.span, set())
            offers = ranking.of(row, limit, floor, leave_out=leave_out, with_reason=True)
            if offers:
                found.append((segment, offers))
        self._keep_exposure(coder, found)
        return tuple(found)

    def _refuse_suggestions(self, transcript: str, coder: str) -> None:
        for one in self.rounds():
            silent = not one.closed and (one.blind or not one.suggestions)
            within = {coder, self.as_coder} & {*one.coders}
            if silent and within and one.covers(transcript):
                raise UndefinedRequestError(
                    f"{within.pop()} codes '{transcript}' in round '{one.name}', which has no "
                    "suggestions: they would steer the coding. They are shown once all have "
                    "handed in, and outside that round."
                )

    def _respondents_segments(self, text: Transcript, unit: SegmentKind) -> tuple[Segment, ...]:
        own = {turn.number for turn in text.respondent_turns()}
        found = self.collect_segments(unit, text.name)
        if not found:
            raise UndefinedRequestError(
                f"Transcript '{text.name}' is not cut into units of kind '{unit.value}' yet. "
                "Cut it: qualcode segment"
            )
        return tuple(s for s in found if set(s.turns) <= own)

    def _segment_text(
        self, text: Transcript, span: Span, questions: Sequence[tuple[Span, str, str]]
    ) -> SegmentText:
        from qualcode.suggesting import SegmentText

        key = f"{text.name}:{span.start}-{span.end}"
        for answer, question, asked in questions:
            if answer.contains(span):
                return SegmentText(key, span.of(text.text), question or asked, span.start, asked)
        return SegmentText(key, span.of(text.text), "", span.start)

    def _questions(self, transcript: str) -> tuple[tuple[Span, str, str], ...]:
        """Return each answer with the id of its guide question and the interviewer's words."""
        text = self.transcript(transcript)
        answers = self.collect_segments(SegmentKind.ANSWER, transcript)
        own = {turn.number for turn in text.respondent_turns()}
        turns = {turn.number: turn for turn in text.turns}
        found = []
        for answer in answers:
            asked = [turns[n].span.of(text.text) for n in answer.turns if n not in own]
            found.append((answer.span, answer.question or "", " ".join(asked)))
        return tuple(found)

    def _ranker(self, coder: str) -> Ranker:
        """Return the suggesters, taught by what this coder coded and rejected."""
        from qualcode.language import load_language
        from qualcode.suggesting import ExamplesSuggester, Ranker

        ranker = Ranker(self.codebook(), load_language(self.language), self.collect_guides())
        passages = tuple(self._coded_by(coder))
        if not passages:
            return ranker
        taught = ExamplesSuggester(ranker.book.paths, passages)
        for one in self._store.rejections():
            if one.coder == coder:
                text = self.transcript(one.transcript).text
                taught.learn(one.span.of(text), one.code, accepted=False)
        return ranker.fit_to(passages).with_suggesters(taught)

    def _coded_by(self, coder: str) -> Iterator[CodedPassage]:
        """Yield the passages that a coder coded, with their questions."""
        from qualcode.suggesting import CodedPassage

        places: dict[str, dict[Span, set[str]]] = {}
        for coding in self.collect_codings():
            if coding.coder == coder:
                spans = places.setdefault(coding.transcript, {})
                spans.setdefault(coding.span, set()).add(coding.code)
        for name, spans in places.items():
            text, questions = self.transcript(name), self._questions(name)
            for span, codes in spans.items():
                segment = self._segment_text(text, span, questions)
                yield CodedPassage(segment, name, frozenset(codes))

    def _keep_exposure(
        self, coder: str, found: Sequence[tuple[Segment, tuple[Suggestion, ...]]]
    ) -> None:
        shown = tuple(
            Exposure(
                coder,
                segment.transcript,
                segment.span,
                tuple(one.code for one in offers),
                f"{offers[0].suggester}@{offers[0].version}",
            )
            for segment, offers in found
        )
        with self.step(coder):
            self._store.add_coder(coder, coder)
            self._store.expose(shown, coder)

    def accept(self, suggestion: Suggestion, transcript: str, coder: str) -> Coding:
        """Make a coding of a suggestion; its origin names the suggester.

        Raises:
            UndefinedRequestError: the suggestion is for no text.
            DuplicateError: this coder gave this passage this code already.
        """
        if suggestion.span is None:
            raise UndefinedRequestError("This suggestion is for an empty text; code by hand.")
        row = Placement(transcript, suggestion.span, suggestion.code, coder)
        return self._add((row,), origin=suggestion.origin, round_="", who=coder)[0]

    def reject(
        self, suggestion: Suggestion, segment: Segment, coder: str, *, again: bool = False
    ) -> None:
        """Keep that a coder rejected a suggestion, so that it is not shown again.

        Args:
            suggestion: What was suggested.
            segment: The piece of text it was suggested for.
            coder: Who rejects it.
            again: Take the rejection back instead.
        """
        value = Rejection(
            coder,
            segment.transcript,
            segment.span,
            suggestion.code,
            f"{suggestion.suggester}@{suggestion.version}",
        )
        change = self._store.unreject if again else self._store.reject
        with self.step(coder):
            self._store.add_coder(coder, coder)
            change(value, coder)

    def exposures(self) -> tuple[Exposure, ...]:
        """Return which suggestions coders were shown, in the order of time."""
        return self._store.exposures()

    def rejections(self) -> tuple[Rejection, ...]:
        """Return which suggested codes coders rejected, in the order of time."""
        return self._store.rejections()

    # --- measuring ---------------------------------------------------------------------------

    def evaluate_suggestions(
        self, layer: str = FINAL, tell: Callable[[float], None] = lambda _share: None
    ) -> SuggestionReport:
        """Return how good suggestions are against the project's own codings.

        Args:
            layer: Whose codings count, as in :meth:`layer`.
            tell: Told which part is done, 0 to 1; what it raises ends the work.

        Raises:
            UndefinedRequestError: nothing is coded yet.
        """
        from qualcode.language import load_language
        from qualcode.suggesting import evaluate

        return evaluate(
            self.codebook(),
            load_language(self.language),
            tuple(self._passages(self.layer(layer))),
            self.collect_guides(),
            tell,
        )

    def _passages(self, codings: Sequence[Coding]) -> Iterator[CodedPassage]:
        """Yield the coded passages, and the sentences of coded interviews without a code."""
        from qualcode.suggesting import CodedPassage

        for text in self._coded(codings):
            own = [coding for coding in codings if coding.transcript == text.name]
            questions = self._questions(text.name)
            for span in sorted({coding.span for coding in own}):
                codes = frozenset(c.code for c in own if c.span.contains(span))
                yield CodedPassage(self._segment_text(text, span, questions), text.name, codes)
            for segment in self._respondents_segments(text, SegmentKind.SENTENCE):
                if not any(coding.span.overlaps(segment.span) for coding in own):
                    words = self._segment_text(text, segment.span, questions)
                    yield CodedPassage(words, text.name, frozenset())

    # --- searching ---------------------------------------------------------------------------

    def find(
        self,
        *,
        lemma: str = "",
        pattern: str = "",
        code: str = "",
        where: Mapping[str, str] | None = None,
        everyone: bool = False,
    ) -> tuple[Hit, ...]:
        """Return the places where something is said, in the order of the texts.

        Args:
            lemma: Words, found in any form.
            pattern: A regular expression.
            code: Path of a code: only where it was given.
            where: Case attributes and the values they must have.
            everyone: Look in what interviewers said too.
        """
        from qualcode.language import load_language
        from qualcode.suggesting import find, transcripts_where

        if code:
            self.codebook().code(code)
        return find(
            transcripts_where(self.collect_transcripts(), self.collect_cases(), where or {}),
            load_language(self.language),
            lemma=lemma,
            pattern=pattern,
            code=code,
            codings=self.collect_codings(),
            everyone=everyone,
        )

    def code_hits(self, hits: Iterable[Hit], code: str, coder: str) -> tuple[Coding, ...]:
        """Give every hit a code, as one step that can be undone.

        Raises:
            DuplicateError: one of them has it already; nothing was coded.
        """
        rows = [Placement(hit.transcript, hit.span, code, coder) for hit in hits]
        return self._add(rows, origin="find", round_="", who=coder)

    def propose_codes(self, layer: str = FINAL) -> tuple[CodeCandidate, ...]:
        """Return words that respondents say often and that the codebook does not have."""
        from qualcode.language import load_language
        from qualcode.suggesting import propose_codes

        return propose_codes(
            self.collect_transcripts(),
            self.layer(layer),
            self.codebook(),
            load_language(self.language),
        )
