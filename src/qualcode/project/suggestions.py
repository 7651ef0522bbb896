"""The suggestions of a project: codes offered, accepted or rejected, measured; searching.

A suggestion never counts as a coding. What a coder was shown is kept; in a round without
suggestions nothing is shown and nothing computed for its coders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from qualcode import exporting
from qualcode.errors import ReadOnlyProjectError, UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    CodeCandidate,
    Coding,
    Exposure,
    Hit,
    HitUnit,
    Rejection,
    Round,
    SavedSearch,
    Segment,
    SegmentKind,
    Span,
    Suggestion,
    SuggestionReport,
)
from qualcode.placement import Placement
from qualcode.project.coded_passages import (
    TextReader,
    collect_passages,
    respondents_segments,
)
from qualcode.project.guidance import Guidance
from qualcode.project.language_model import OwnLanguageModel
from qualcode.project.languages import by_language, check_language, commonest_language
from qualcode.project.layers import FINAL
from qualcode.project.meaning import Meaning
from qualcode.project.part import Part, in_step
from qualcode.project.saved_searches import SEARCHES, pack_searches, unpack_searches
from qualcode.project.suggestion_model import SuggestionModel
from qualcode.project.text_search import attribute_names, passages_of

if TYPE_CHECKING:
    import altair as alt

    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.storage import Store

OfferedSegment = tuple[Segment, tuple[Suggestion, ...]]


class Suggestions(Part):
    """What the program suggests, and what a search finds.

    Attributes:
        meaning: The embedding model by which suggestions compare meanings.
        guidance: What suggestions say of the work: what to code next, what was missed.
        language_model: A language model of the researcher's own that speaks in suggestions.
    """

    def __init__(self, project: Project, store: Store, coder: str) -> None:
        super().__init__(project, store, coder)
        self.meaning = Meaning(project, store, coder)
        self._model = SuggestionModel(store)
        self.guidance = Guidance(project, store, coder, self._model)
        self.language_model = OwnLanguageModel(project, store, coder, self._model)

    def offer(
        self,
        transcript: str,
        *,
        unit: SegmentKind = SegmentKind.SENTENCE,
        limit: int = 3,
        floor: float = 0.0,
    ) -> tuple[tuple[Segment, tuple[Suggestion, ...]], ...]:
        """Return suggestions for what respondents said, and keep that the acting coder saw them.

        Args:
            transcript: Name of the transcript.
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
        with self._snapshot() as snapshot:
            self._refuse_suggestions(snapshot, transcript)
            text = snapshot.transcript(transcript)
            segments = respondents_segments(snapshot, text, unit)
            reader = TextReader(snapshot, text)
            ranking = self._model.ranker(snapshot, text).rank(
                [reader.segment_text(segment.span) for segment in segments]
            )
            rejected: dict[Span, set[str]] = {}
            for rejection in snapshot.rejections:
                if (rejection.coder, rejection.transcript) == (self._coder, transcript):
                    rejected.setdefault(rejection.span, set()).add(rejection.code)
        offers: list[OfferedSegment] = []
        for row, segment in enumerate(segments):
            leave_out = rejected.get(segment.span, set())
            suggestions = ranking.of(row, limit, floor, leave_out=leave_out, with_reason=True)
            if suggestions:
                offers.append((segment, suggestions))
        # Kept though nothing was accepted yet: the report compares agreement with and without.
        self._keep_exposures(offers)
        self._model.keep()
        return tuple(offers)

    def allowed(self, transcript: str) -> bool:
        """Tell whether suggestions may be shown to the acting coder in a transcript now."""
        with self._snapshot() as snapshot:
            return not any(
                self._coder in round_.coders and is_silent(round_, transcript)
                for round_ in snapshot.rounds
            )

    def _refuse_suggestions(self, snapshot: Snapshot, transcript: str) -> None:
        for round_ in snapshot.rounds:
            if self._coder in round_.coders and is_silent(round_, transcript):
                raise UndefinedRequestError(
                    Message(
                        "{coder} codes '{transcript}' in round '{name}', which has no "
                        "suggestions: they would steer the coding. They are shown once all "
                        "have handed in, and outside that round.",
                        coder=self._coder,
                        transcript=transcript,
                        name=round_.name,
                    )
                )

    def _keep_exposures(self, offers: Sequence[OfferedSegment]) -> None:
        exposures = tuple(
            Exposure(
                self._coder,
                segment.transcript,
                segment.span,
                tuple(suggestion.code for suggestion in suggestions),
                _name_suggester(suggestions),
            )
            for segment, suggestions in offers
        )
        with self._store.step(self._coder):
            self._store.add_coder(self._coder, self._coder)
            self._store.expose(exposures, self._coder)

    def accept(self, suggestion: Suggestion, transcript: str) -> Coding:
        """Make a coding of a suggestion; its origin names the suggester.

        Raises:
            UndefinedRequestError: the suggestion is for no text.
            DuplicateError: this coder gave this passage this code already.
        """
        if suggestion.span is None:
            raise UndefinedRequestError("This suggestion is for an empty text; code by hand.")
        placement = Placement(transcript, suggestion.span, suggestion.code, self._coder)
        (coding,) = self._project.codings.add_placements((placement,), origin=suggestion.origin)
        return coding

    def reject(self, suggestion: Suggestion, segment: Segment, *, again: bool = False) -> None:
        """Keep that the acting coder rejected a suggestion, so that it is not shown again.

        Args:
            suggestion: What was suggested.
            segment: The piece of text it was suggested for.
            again: Take the rejection back instead.
        """
        rejection = Rejection(
            self._coder,
            segment.transcript,
            segment.span,
            suggestion.code,
            f"{suggestion.suggester}@{suggestion.version}",
        )
        with self._store.step(self._coder):
            self._store.add_coder(self._coder, self._coder)
            if again:
                self._store.unreject(rejection, self._coder)
            else:
                self._store.reject(rejection, self._coder)

    def collect_exposures(self) -> tuple[Exposure, ...]:
        """Return which suggestions coders were shown, in the order of time."""
        with self._snapshot() as snapshot:
            return snapshot.exposures

    def collect_rejections(self) -> tuple[Rejection, ...]:
        """Return which suggested codes coders rejected, in the order of time."""
        with self._snapshot() as snapshot:
            return snapshot.rejections

    # --- measuring ---------------------------------------------------------------------------

    def evaluate(
        self,
        layer: str = FINAL,
        tell: Callable[[float], None] = lambda _share: None,
        *,
        language: str = "",
    ) -> SuggestionReport:
        """Return how good suggestions are against the project's own codings.

        Interviews in one language are measured at a time: they teach each other nothing.

        Args:
            layer: Whose codings count, as in ``codings.collect_layer``.
            language: Language of the interviews to measure on; by default the commonest one
                among the coded interviews.
            tell: Is called with the share of the work that is done, 0 to 1; what it raises ends
                the work.

        Raises:
            UndefinedRequestError: nothing is coded yet.
        """
        from qualcode.language import load_language
        from qualcode.suggesting import evaluate

        if language:
            check_language(language)
        with self._snapshot() as snapshot:
            codebook, guides = snapshot.codebook, snapshot.guides
            codings = self._project.codings.collect_layer(layer)
            coded = snapshot.transcripts_coded_in(codings)
            language = language or commonest_language(coded, snapshot.info.language)
            texts = {text.name for text in coded if text.language == language}
            codings = tuple(coding for coding in codings if coding.transcript in texts)
            passages = tuple(collect_passages(snapshot, codings))
            vectors = self._model.vectors(snapshot)
            extend = self._model.extension(snapshot)
        words = load_language(language)
        report = evaluate(codebook, words, passages, guides, tell, vectors=vectors, extend=extend)
        # A project that may not be written can be measured all the same.
        with suppress(ReadOnlyProjectError):
            self._model.keep()
        return report

    def draw_calibration(self, report: SuggestionReport, *, language: str = "") -> alt.LayerChart:
        """Return how sure suggestions were against how often they were right."""
        language = language or self._project.info.report_language
        return exporting.draw_calibration(report, language=language)

    # --- searching ---------------------------------------------------------------------------

    def find(
        self,
        *,
        lemma: str = "",
        exact: str = "",
        pattern: str = "",
        code: str | Sequence[str] = (),
        without: Sequence[str] = (),
        where: Mapping[str, str] | None = None,
        transcripts: Sequence[str] = (),
        everyone: bool = False,
    ) -> tuple[Hit, ...]:
        """Return the places where something is said, in the order of the texts.

        Args:
            lemma: Words, found in any form; ``OF`` and ``NABIJ`` join them.
            exact: Words as they are written; likewise.
            pattern: A regular expression.
            code: Path of a code, or several: only where it was given, or each of them.
            without: Paths of codes: nothing that has one of them.
            where: Case attributes and the values they must have.
            transcripts: Names of the transcripts to look in; empty for all.
            everyone: Look in what interviewers said too.

        Raises:
            UnknownNameError: no such code, attribute or value of an attribute.
        """
        from qualcode.suggesting import find, hits_where

        with self._snapshot() as snapshot:
            for path in (*((code,) if isinstance(code, str) else code), *without):
                if path:
                    snapshot.codebook.code(path)
            cases = snapshot.cases
            attributes = dict(attribute_names(where or {}, cases))
            texts = tuple(map(snapshot.transcript, transcripts)) or snapshot.transcripts
            # The codings of a large project take longer to read than its words to search.
            codings = snapshot.codings if code or without else ()
        find_in = partial(
            find,
            lemma=lemma,
            exact=exact,
            pattern=pattern,
            code=code,
            without=without,
            codings=codings,
            everyone=everyone,
        )
        # Words are found in any form, and each language has its own forms.
        groups = by_language(texts)
        hits = [hit for language, group in groups for hit in find_in(group, language)]
        # Groups of languages mix up the order of the texts, in which people read.
        place = {text.name: number for number, text in enumerate(texts)}
        hits.sort(key=lambda hit: place[hit.transcript])
        return hits_where(hits, texts, cases, attributes)

    def code_hits(
        self, hits: Iterable[Hit], code: str, unit: HitUnit = HitUnit.HIT
    ) -> tuple[Coding, ...]:
        """Give the passage of every hit a code, as one step that can be undone.

        Args:
            hits: The hits.
            code: Path of the code.
            unit: The passage: the hit itself, its sentences, or its turn.

        Returns:
            The new codings. A passage that has this code by this coder already keeps it.

        Raises:
            DuplicateError: each of them has it already; nothing was coded.
            UndefinedRequestError: the transcript is not cut into sentences yet.
        """
        with self._snapshot() as snapshot:
            passages = dict.fromkeys(passages_of(snapshot, hits, unit))
            coded_places = {
                (coding.transcript, coding.span)
                for coding in snapshot.codings
                if (coding.coder, coding.code) == (self._coder, code)
            }
        # Where all have it, the store refuses, and its sentence says so.
        uncoded = [passage for passage in passages if passage not in coded_places] or [*passages]
        placements = [Placement(name, span, code, self._coder) for name, span in uncoded]
        return self._project.codings.add_placements(placements, origin="find")

    def collect_searches(self) -> tuple[SavedSearch, ...]:
        """Return the searches that the team keeps, by name."""
        with self._snapshot() as snapshot:
            return unpack_searches(snapshot.setting(SEARCHES, []))

    @in_step
    def save_search(self, search: SavedSearch) -> None:
        """Keep a search under its name; one of that name is replaced."""
        searches = {saved.name: saved for saved in self.collect_searches()}
        searches[search.name] = search
        self._store.set_setting(SEARCHES, pack_searches(searches.values()), self._coder)

    @in_step
    def remove_search(self, name: str) -> None:
        """Remove a search from those that the team keeps.

        Raises:
            UnknownNameError: there is none of that name.
        """
        searches = {saved.name: saved for saved in self.collect_searches()}
        if name not in searches:
            raise unknown_name("saved search", name, searches, "the project")
        del searches[name]
        self._store.set_setting(SEARCHES, pack_searches(searches.values()), self._coder)

    def propose_codes(self, layer: str = FINAL) -> tuple[CodeCandidate, ...]:
        """Return words that respondents say often and that the codebook does not have."""
        from qualcode.suggesting import propose_codes

        with self._snapshot() as snapshot:
            codings = self._project.codings.collect_layer(layer)
            return tuple(
                candidate
                for language, texts in by_language(snapshot.transcripts)
                for candidate in propose_codes(texts, codings, snapshot.codebook, language)
            )


def _name_suggester(suggestions: Sequence[Suggestion]) -> str:
    """Return who made suggestions for one passage, with the language model if it took part."""
    # The longest version is that which names a language model.
    version = max((suggestion.version for suggestion in suggestions), key=len)
    return f"{suggestions[0].suggester}@{version}"


def is_silent(round_: Round, transcript: str) -> bool:
    """Tell whether suggestions would steer the coding of a round that is under way."""
    open_ = not round_.closed and round_.covers(transcript)
    return open_ and (round_.blind or not round_.suggestions)
