"""The quotes of a project: collected in the order of print, chosen, shortened, written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qualcode import exporting, quotes, themes
from qualcode.errors import unknown_name
from qualcode.messages import Message
from qualcode.model import Provenance, QuoteFilter, QuoteReport, QuoteSection
from qualcode.project.layers import FINAL
from qualcode.project.names import NO_NAMES, RealNames
from qualcode.project.part import Part
from qualcode.project.reports import about_project
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
                language=language or snapshot.info.language,
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
        return self._project.themes.provenance(layer, coded)

    def choose(self, codings: Iterable[str], *, chosen: bool = True) -> None:
        """Choose quotes for publication, or no longer.

        Args:
            codings: Ids of their codings.
            chosen: Whether they are chosen from now on.
        """
        self._store.choose(self._project.codings.refuse_hidden(codings), chosen, self._coder)

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
            language = language or snapshot.info.language
            if not isinstance(report, QuoteReport):
                report = QuoteReport(tuple(report), self._provenance(report))
            report = self._project.disclosure.hide_names(report, names, language)
            about = about_project(snapshot, language, report.provenance)
        exporting.write_quotes(report.sections, path, about)
