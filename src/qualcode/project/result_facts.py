"""Facts on the results of a study: themes, saturation, chosen quotes, types."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from qualcode import themes
from qualcode.messages import Message
from qualcode.model import QuoteFilter, Reach
from qualcode.project.fact_finder import FactFinder


class ResultFacts(FactFinder):
    """Facts on what the codings say."""

    @cached_property
    def _reaches(self) -> dict[str, tuple[Reach, ...]]:
        book = self._snapshot.find_codebook()
        if book is None or not self._layer:
            return {}
        coded = self._snapshot.transcripts_coded_in(self._layer)
        cases = self._project.cases.respondents()
        # No sentence here needs shares of words.
        return dict(themes.collect_reach(self._layer, book, coded, cases, with_words=False))

    def saturation(self) -> Iterator[Message]:
        """Yield after how many interviews hardly anything new came up (Guest et al. 2020)."""
        if not self._layer:
            return
        coded = self._snapshot.transcripts_coded_in(self._layer)
        book, cases = self._snapshot.codebook, self._project.cases.respondents()
        # The spread over random orders takes seconds, and no sentence here needs it.
        saturations = themes.assess_saturation(self._layer, book, coded, cases, orders=0)
        for finding in saturations[0].findings[:1] if saturations else ():
            if finding.undefined_because:
                return
            values = {
                "base": saturations[0].base_size,
                "run": finding.run_length,
                "threshold": f"{100 * finding.threshold:g}",
            }
            if finding.reached_after is None:
                yield Message(
                    "No run of {run} interviews added at most {threshold}% new codes to a base of "
                    "{base} (Guest et al. 2020).",
                    **values,
                )
            else:
                yield Message(
                    "After {after} interviews, the next {run} added at most {threshold}% new codes "
                    "to a base of {base} (Guest et al. 2020).",
                    after=finding.reached_after,
                    **values,
                )

    def major_themes(self) -> Iterator[Message]:
        """Yield the themes by name."""
        book = self._snapshot.find_codebook()
        names = [
            self._words.of(code.label) or code.name
            for code in (book.active if book else ())
            if not code.parent and any(r.codings for r in self._reaches.get(code.path, ())[:1])
        ]
        if names:
            yield Message("The themes that were coded: {names}.", names=tuple(names))

    def minor_themes(self) -> Iterator[Message]:
        """Yield how many codes few participants have."""
        fewest = self._measures.threshold
        few = [
            path
            for path, reaches in self._reaches.items()
            if "/" in path and reaches and 0 < (reaches[0].cases or 0) < fewest
        ]
        if self._reaches:
            yield Message.counted(
                "{count} code is brought up by fewer than {fewest} participants. The theme "
                "summaries list contrary cases and differences between groups.",
                "{count} codes are brought up by fewer than {fewest} participants. The theme "
                "summaries list contrary cases and differences between groups.",
                len(few),
                fewest=fewest,
            )

    @cached_property
    def _chosen(self) -> tuple[tuple[str, str, str], ...]:
        """Coding, case and theme of each chosen quote, as it may be printed."""
        if not self._snapshot.chosen or not self._layer:
            return ()
        sections = self._project.quotes.collect(QuoteFilter(chosen_only=True))
        return tuple(
            (q.coding, q.case, section.theme) for section in sections for q in section.quotes
        )

    def chosen_quotes(self) -> Iterator[Message]:
        """Yield how many quotes were chosen, and of how many participants."""
        if self._chosen:
            yield Message(
                "{quotes} quotes of {people} participants are chosen; below each stands who said "
                "it, under a pseudonym or by group.",
                quotes=len({coding for coding, _, _ in self._chosen}),
                people=len({case for _, case, _ in self._chosen}),
            )

    def consistency(self) -> Iterator[Message]:
        """Yield how many themes are shown with a quote; each is checked against the text."""
        if self._chosen:
            book = self._snapshot.codebook
            yield Message(
                "{shown} of {all} themes have a chosen quote. Every quote is checked against the "
                "text of its interview.",
                shown=len({theme for _, _, theme in self._chosen}),
                all=sum(not code.parent for code in book.active),
            )

    def typology(self) -> Iterator[Message]:
        """Yield how many types were defined."""
        design = self._project.themes.typology.design()
        if design.types:
            yield Message.counted(
                "{count} type of participants is defined by the researchers.",
                "{count} types of participants are defined by the researchers.",
                len(design.types),
            )
