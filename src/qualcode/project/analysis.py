"""The verbs of the analysis: layers, themes, quotes.

Joins the steps that draw something from the codings; computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from qualcode import quotes, themes
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.model import (
    CONSENSUS,
    Case,
    Codebook,
    Coding,
    Provenance,
    QuoteFilter,
    QuoteSection,
    Segment,
    SegmentKind,
    ThemeReport,
    ThemeSummary,
    Transcript,
    transcript_aliases,
)
from qualcode.project.withholding import Withholding
from qualcode.quotes import ATTRIBUTION, AttributionPattern

_Material = tuple[tuple[Coding, ...], Codebook, tuple[Transcript, ...], tuple[Case, ...]]

FINAL = "final"
"""The layer to report on: the consensus where there is one, else the only coder's codings."""


class Analysis(Withholding):
    """An open project, with all that is drawn from its codings."""

    # --- layers ------------------------------------------------------------------------------

    def layer(self, name: str = FINAL) -> tuple[Coding, ...]:
        """Return the codings to report on.

        Args:
            name: A coder's name, ``consensus``, ``all``, or ``final``: per transcript the
                consensus where there is one, else the codings of its only coder.

        Raises:
            UndefinedRequestError: a transcript has several coders and no consensus.
            UnknownNameError: no such coder.
        """
        if name == "all":
            return self.collect_codings()
        if name != FINAL:
            return self.collect_codings(coder=name)
        went = self._went_through()
        by_transcript: dict[str, list[Coding]] = {}
        for coding in self.collect_codings():
            by_transcript.setdefault(coding.transcript, []).append(coding)
        found: list[Coding] = []
        for transcript, codings in by_transcript.items():
            found += self._final(transcript, codings, went.get(transcript, set()))
        return tuple(found)

    def _went_through(self) -> dict[str, set[str]]:
        """Return who handed in each transcript, in rounds that are closed."""
        names = [transcript.name for transcript in self.collect_transcripts()]
        closed = [one for one in self.rounds() if one.closed]
        return {n: {c for one in closed if one.covers(n) for c in one.handed_in} for n in names}

    def _final(
        self, transcript: str, codings: Sequence[Coding], went: set[str]
    ) -> Iterable[Coding]:
        consensus = [coding for coding in codings if coding.coder == CONSENSUS]
        people = {coding.coder for coding in codings if coding.coder != CONSENSUS}
        # who handed in without a coding found nothing, which is a view too
        coders = sorted(people | went) if people & went else sorted(people)
        if consensus or len(coders) < 2:
            return consensus or codings
        decided = any(one.transcript == transcript for one in self.decisions())
        still_open = self.open_disagreements(coders) if decided else ()
        if decided and all(one.transcript != transcript for one in still_open):
            # settled: the coders agreed that nothing in it gets a code
            return ()
        raise UndefinedRequestError(
            f"Transcript '{transcript}' was coded by {' and '.join(coders)} and has no consensus "
            f"yet. Settle it (qualcode adjudicate), or choose the codings of one coder: "
            f"{' or '.join(f'--layer {name}' for name in coders)}."
        )

    def _coded(self, codings: Iterable[Coding]) -> tuple[Transcript, ...]:
        """Return the transcripts that have codings: an uncoded one is no evidence."""
        names = {coding.transcript for coding in codings}
        return tuple(t for t in self.collect_transcripts() if t.name in names)

    def cases_in_print(self) -> tuple[Case, ...]:
        """Return the cases with their attributes as they may be printed."""
        return self.measures().of_cases(self.collect_cases())

    def respondents(self) -> tuple[Case, ...]:
        """Return whom reports count: the cases, or one for each interview where there are none."""
        cases = self.cases_in_print()
        if cases:
            return cases
        names = [transcript.name for transcript in self.collect_transcripts()]
        labels = transcript_aliases(names, ())
        return tuple(Case(labels[name], transcripts=(name,)) for name in names)

    def code_counts(self) -> dict[str, int]:
        """Return the number of standing codings per code path, all coders but the consensus."""
        counts: dict[str, int] = {}
        for coding in self.collect_codings():
            if coding.coder != CONSENSUS:
                counts[coding.code] = counts.get(coding.code, 0) + 1
        return counts

    # --- themes ------------------------------------------------------------------------------

    def themes(
        self,
        layer: str = FINAL,
        *,
        quotes_per_code: int = 3,
        attribution: str = ATTRIBUTION,
        language: str = "",
    ) -> ThemeReport:
        """Return the theme summaries, matrices, saturation, typology and coverage.

        Attributes of cases are as they may be printed, and what is left out is not quoted; small
        counts are hidden when the report is written.

        Args:
            layer: As in :meth:`layer`, but one coding per passage: not ``all``.
            quotes_per_code: Representative quotes per code.
            attribution: Pattern of the line below a quote, with case attributes in braces.
            language: Language of that line; that of the project by default.
        """
        if layer == "all":
            raise UndefinedRequestError(
                "Themes are summed up from one layer, or each passage counts once for every "
                "coder. Choose final, consensus or a coder's name."
            )
        codings = self.layer(layer)
        if not codings:
            raise UndefinedRequestError(
                "There is nothing coded yet. Read codings: qualcode code TABLE.csv"
            )
        material = (codings, self.codebook(), self._coded(codings), self.respondents())
        answers = self.collect_segments(SegmentKind.ANSWER)
        summaries = self._summaries(material, answers, quotes_per_code)
        pattern = AttributionPattern.parse(attribution)
        pattern.check(material[3])
        return ThemeReport(
            themes=quotes.print_passages(
                summaries,
                material[3],
                pattern,
                language or self.language,
                self._store.excerpts(),
            ),
            tables=(
                themes.code_by_case(*material),
                themes.code_by_attribute(*material, attribute="group"),
                themes.case_by_attribute(*material),
            ),
            saturation=themes.assess_saturation(*material),
            typology=themes.compare_cases(*material),
            types=themes.describe_types(*material),
            coverage=themes.measure_coverage(
                *material, guides=self.collect_guides(), answers=answers
            ),
            sample=quotes.describe_sample(material[3], self.measures().threshold),
            sample_threshold=self.measures().threshold,
            made=self.provenance(layer, {(c.transcript, c.coder) for c in codings}),
        )

    def _summaries(
        self, material: _Material, answers: Sequence[Segment], quotes_per_code: int
    ) -> tuple[ThemeSummary, ...]:
        from qualcode.language import load_language

        return themes.summarize_themes(
            *material,
            tokenize=load_language(self.language).content_lemmas,
            answers=answers,
            memos=self.memos(),
            chosen=self._store.chosen(),
            left_out=self.measures().left_out,
            quotes_per_code=quotes_per_code,
        )

    # --- how it was made ----------------------------------------------------------------------

    def provenance(self, layer: str, coded: Iterable[tuple[str, str]]) -> Provenance:
        """Return how a report on some codings was made.

        Args:
            layer: Whose codings, as in :meth:`layer`.
            coded: Transcript and coder of each coding reported on.
        """
        by_transcript: dict[str, set[str]] = {}
        for transcript, coder in coded:
            by_transcript.setdefault(transcript, set()).add(coder)
        settled = {t for t, coders in by_transcript.items() if CONSENSUS in coders}
        behind = {c.coder for c in self.collect_codings() if c.transcript in settled} - {CONSENSUS}
        people = behind.union(*by_transcript.values())
        pair = tuple(sorted(behind)) if len(behind) == 2 else ()
        events, book, measures = self._store.events(limit=1), self.codebook(), self.measures()
        return Provenance(
            layer=layer,
            coders=tuple(name for name in self.coders() if name in people),
            consensus=len(settled),
            single=sum(len(coders) == 1 for coders in by_transcript.values()) - len(settled),
            interviews=len(by_transcript),
            of_interviews=len(self.collect_transcripts()),
            codebook=book.title.in_language(self.language) or book.name,
            codebook_version=book.version,
            changed_at=events[-1].at if events else None,
            pair=pair,
            unsettled=self._unsettled(pair, settled) if pair else None,
            left_out=len(measures.left_out),
            coarser=measures.coarser,
            hidden_below=measures.threshold if measures.hide_counts else None,
        )

    def _unsettled(self, pair: Sequence[str], transcripts: Collection[str]) -> int:
        """Return how many differences in some transcripts nobody decided on."""
        found = self.open_disagreements((pair[0], pair[1]))
        return sum(one.transcript in transcripts for one in found)

    # --- quotes ------------------------------------------------------------------------------

    def quotes(
        self,
        where: QuoteFilter | None = None,
        *,
        context: int = 0,
        attribution: str = ATTRIBUTION,
        language: str = "",
    ) -> tuple[QuoteSection, ...]:
        """Return complete quotes by code, with the reach of each code per group.

        What was decided in the check on disclosure is applied.

        Args:
            where: Which quotes to take; all of the final layer by default.
            context: Words of context on either side.
            attribution: Pattern of the line below a quote, with case attributes in braces.
            language: Language of the labels; that of the project by default.

        Raises:
            UnknownNameError: the filter names something that is not there.
            UndefinedRequestError: see :meth:`layer`.
        """
        wanted = where or QuoteFilter()
        codings, book = self.layer(wanted.layer), self.codebook()
        cases, transcripts = self.respondents(), self.collect_transcripts()
        sections = quotes.collect_quotes(
            codings,
            book,
            transcripts,
            cases,
            chosen=self._store.chosen(),
            excerpts=self._store.excerpts(),
            reaches=themes.collect_reach(codings, book, self._coded(codings), cases),
            attribution=attribution,
            context=context,
            language=language or self.language,
        )
        rounds = [one.name for one in self.rounds()]
        found = quotes.select_quotes(sections, wanted, book, transcripts, cases, rounds=rounds)
        return self.measures().of_sections(found)

    def choose(self, codings: Iterable[str], *, chosen: bool = True, who: str = "") -> None:
        """Choose quotes for publication, or no longer."""
        self._store.choose(self._seen(codings), chosen, who)

    def set_excerpt(self, coding: str, excerpt: str | None, who: str = "") -> None:
        """Print a quote in the author's own cut, with ``[...]`` for what is left out.

        Raises:
            InvalidValueError: the excerpt holds other words than the passage.
            UnknownNameError: no such coding.
        """
        found = {c.id: c for c in self.collect_codings()}
        # also without an excerpt: nobody takes back that of a coding they may not see
        if coding not in found:
            raise unknown_name("coding", coding, found, f"project '{self.name}'")
        if excerpt is not None:
            excerpt = quotes.check_excerpt(found[coding].quote, excerpt)
        self._store.set_excerpt(coding, excerpt, who)
