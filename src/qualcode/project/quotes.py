"""The quotes of a project: collected in the order of print, chosen, shortened, written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from qualcode import exporting, quotes, themes
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.exporting import About
from qualcode.messages import Message
from qualcode.model import Provenance, QuoteFilter, QuoteReport, QuoteSection
from qualcode.model.quote_balance import QuoteBalance
from qualcode.project.held_attributes import guard_quotes, tell_held_back
from qualcode.project.layers import FINAL, refuse_hidden
from qualcode.project.names import NO_NAMES, RealNames
from qualcode.project.part import Part
from qualcode.project.reports import about_project
from qualcode.project.small_counts import find_threshold
from qualcode.quotes import ATTRIBUTION


class Quotes(Part):
    """Quotes to print."""

    def collect(
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
            UndefinedRequestError: see ``codings.collect_layer``.
        """
        quote_filter = where or QuoteFilter()
        with self._snapshot() as snapshot:
            codings = self._project.codings.collect_layer(quote_filter.layer)
            codebook, transcripts = snapshot.codebook, snapshot.transcripts
            respondents = self._project.cases.respondents()
            coded = snapshot.transcripts_coded_in(codings)
            sections = quotes.collect_quotes(
                codings,
                codebook,
                transcripts,
                respondents,
                chosen=snapshot.chosen,
                excerpts=snapshot.excerpts,
                reaches=themes.collect_reach(codings, codebook, coded, respondents),
                attribution=attribution,
                context=context,
                language=language or snapshot.report_language,
            )
            rounds = [round_.name for round_ in snapshot.rounds]
            measures = self._project.disclosure.measures()
        selected = quotes.select_quotes(
            sections, quote_filter, codebook, transcripts, respondents, rounds=rounds
        )
        return measures.of_sections(selected)

    def report(
        self,
        where: QuoteFilter | None = None,
        *,
        context: int = 0,
        attribution: str = ATTRIBUTION,
        language: str = "",
    ) -> QuoteReport:
        """Return complete quotes with how they were collected; see :meth:`collect`."""
        with self._snapshot():
            sections = self.collect(
                where, context=context, attribution=attribution, language=language
            )
            return QuoteReport(sections, self._provenance(sections))

    def _provenance(self, sections: Sequence[QuoteSection]) -> Provenance:
        """Return how quotes were made: of one layer, or of all coders side by side."""
        coded = {(quote.transcript, quote.coder) for s in sections for quote in s.quotes}
        coders = {coder for _, coder in coded}
        # One coder per transcript makes a layer; two show everybody side by side.
        several = len({transcript for transcript, _ in coded}) < len(coded)
        layer = "all" if several else coders.pop() if len(coders) == 1 else FINAL
        ids = {quote.coding for section in sections for quote in section.quotes}
        return self._project.themes.provenance(layer, coded, ids)

    def choose(self, codings: Iterable[str], *, chosen: bool = True) -> None:
        """Choose quotes for publication, or no longer.

        Args:
            codings: Ids of their codings.
            chosen: Whether they are chosen from now on.
        """
        self._store.choose(refuse_hidden(self._project, self._coder, codings), chosen, self._coder)

    def balance(
        self, where: QuoteFilter | None = None, *, attribution: str = ATTRIBUTION
    ) -> QuoteBalance:
        """Return who is quoted how often among the chosen quotes, and what to swap.

        Args:
            where: Which quotes to look at; all of the final layer by default.
            attribution: Pattern of the line below a quote.
        """
        # Who is never quoted shows only among the quotes that were not chosen.
        quote_filter = replace(where or QuoteFilter(), chosen_only=False)
        with self._snapshot():
            sections = self.collect(quote_filter, attribution=attribution)
            return quotes.weigh_quotes(sections, self._project.cases.respondents())

    def swap(self, chosen_id: str, other_id: str) -> None:
        """Choose one quote in the place of another, in one step.

        Args:
            chosen_id: Id of the coding that is chosen now.
            other_id: Id of the coding to choose instead.
        """
        with self._store.step(self._coder):
            self.choose([chosen_id], chosen=False)
            self.choose([other_id])

    def write_chosen(
        self,
        path: Path,
        where: QuoteFilter | None = None,
        *,
        attribution: str = ATTRIBUTION,
        language: str = "",
    ) -> None:
        """Write the chosen quotes as a document for a journal, without marks of the program.

        Args:
            path: Where to write: .docx, .html or .md.
            where: Which of the chosen quotes to write; all of the final layer by default.
            attribution: Pattern of the line below a quote.
            language: ``nl`` or ``en``; that of the project by default.
        """
        exporting.write_chosen(*self._chosen(path, where, attribution, language))

    def write_appendix(
        self,
        path: Path,
        where: QuoteFilter | None = None,
        *,
        attribution: str = ATTRIBUTION,
        language: str = "",
    ) -> None:
        """Write the chosen quotes as a table: theme, subtheme, quote, participant.

        Args:
            path: Where to write: .docx, .html, .md, .xlsx or .csv.
            where: Which of the chosen quotes to write; all of the final layer by default.
            attribution: Pattern of the line below a quote.
            language: ``nl`` or ``en``; that of the project by default.
        """
        exporting.write_appendix(*self._chosen(path, where, attribution, language))

    def _chosen(
        self, path: Path, where: QuoteFilter | None, attribution: str, language: str
    ) -> tuple[tuple[QuoteSection, ...], Path, About]:
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            quote_filter = replace(where or QuoteFilter(), chosen_only=True)
            sections = self.collect(quote_filter, attribution=attribution, language=language)
            # Of filters and of an empty choice people must do something different, so each is told
            # apart.
            if not sections and replace(quote_filter, layer=FINAL) != QuoteFilter(chosen_only=True):
                raise UndefinedRequestError("None of the chosen quotes passes these filters.")
            if not sections:
                raise UndefinedRequestError(
                    "No quote was chosen yet. Choose one: qualcode quotes --choose ID"
                )
            report = self._for_print(QuoteReport(sections, self._provenance(sections)))
            report = self._project.disclosure.hide_names(report, NO_NAMES, language)
            return report.sections, path, about_project(snapshot, language, report.provenance)

    def _for_print(self, report: QuoteReport) -> QuoteReport:
        """Return quotes without small counts and attributes of few people, unless decided."""
        guard = guard_quotes(self._project)
        sections = guard.hide_in_sections(report.sections)
        provenance = tell_held_back(report.provenance, guard)
        threshold = find_threshold(self._project, provenance.layer)
        if threshold is not None:
            provenance = replace(provenance, hidden_below=threshold, codings=0)
            sections = tuple(
                replace(section, reaches=quotes.hide_reaches(section.reaches, threshold))
                for section in sections
            )
        return QuoteReport(sections, provenance)

    def set_excerpt(self, coding: str, excerpt: str | None) -> None:
        """Print a quote in the author's own cut, with ``[...]`` for what is left out.

        Args:
            coding: Id of its coding.
            excerpt: The words to print; None for the whole passage.

        Raises:
            InvalidValueError: the excerpt holds other words than the passage.
            UnknownNameError: no such coding.
        """
        with self._snapshot() as snapshot:
            passages = {c.id: c.quote for c in snapshot.codings}
            # Also without an excerpt: nobody takes back that of a coding they may not see.
            if coding not in passages:
                raise unknown_name(
                    "coding", coding, passages, Message("project '{name}'", name=snapshot.info.name)
                )
        if excerpt is not None:
            excerpt = quotes.check_excerpt(passages[coding], excerpt)
        self._store.set_excerpt(coding, excerpt, self._coder)

    def write(
        self,
        report: QuoteReport | Sequence[QuoteSection],
        path: Path,
        *,
        language: str = "",
        names: RealNames = NO_NAMES,
    ) -> None:
        """Write quotes as docx, xlsx, csv, md, html or json, by the suffix of ``path``.

        Args:
            report: From :meth:`report`, or sections from :meth:`collect`.
            path: Where to write.
            language: ``nl`` or ``en``; that of the project by default.
            names: Which names to keep; coders and interviews have others by default.
        """
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            if not isinstance(report, QuoteReport):
                report = QuoteReport(tuple(report), self._provenance(report))
            report = self._for_print(report)
            report = self._project.disclosure.hide_names(report, names, language)
            about = about_project(snapshot, language, report.provenance)
        exporting.write_quotes(report.sections, path, about)
