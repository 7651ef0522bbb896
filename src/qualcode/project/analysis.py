"""The verbs of the analysis: layers, themes, quotes.

Joins the steps that draw something from the codings; computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode import quotes, themes
from qualcode.errors import Problem, UndefinedRequestError, UnknownNameError, unknown_name
from qualcode.model import (
    CONSENSUS,
    Coding,
    QuoteSection,
    SegmentKind,
    ThemeReport,
    Transcript,
)
from qualcode.project.work_files import WorkFiles
from qualcode.quotes import ATTRIBUTION

FINAL = "final"
"""The layer to report on: the consensus where there is one, else the only coder's codings."""


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes to take; None takes all.

    Attributes:
        theme: Path of a theme.
        code: Path of a code; those below it are taken too.
        group: A respondent group.
        case: A respondent.
        transcript: Name of a transcript.
        layer: ``final``, a coder's name, ``consensus``, or ``all`` coders side by side.
        round: Name of a round.
        chosen_only: Only those chosen for publication.
    """

    theme: str | None = None
    code: str | None = None
    group: str | None = None
    case: str | None = None
    transcript: str | None = None
    layer: str = FINAL
    round: str | None = None
    chosen_only: bool = False


class Analysis(WorkFiles):
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
        by_transcript: dict[str, list[Coding]] = {}
        for coding in self.collect_codings():
            by_transcript.setdefault(coding.transcript, []).append(coding)
        found: list[Coding] = []
        for transcript, codings in by_transcript.items():
            found += self._final(transcript, codings)
        return tuple(found)

    def _final(self, transcript: str, codings: Sequence[Coding]) -> Iterable[Coding]:
        consensus = [coding for coding in codings if coding.coder == CONSENSUS]
        coders = sorted({coding.coder for coding in codings if coding.coder != CONSENSUS})
        if consensus or len(coders) < 2:
            return consensus or codings
        raise UndefinedRequestError(
            f"Transcript '{transcript}' was coded by {' and '.join(coders)} and has no consensus "
            f"yet. Settle it (qualcode adjudicate), or choose the codings of one coder: "
            f"{' or '.join(f'--layer {name}' for name in coders)}."
        )

    def _coded(self, codings: Iterable[Coding]) -> tuple[Transcript, ...]:
        """Return the transcripts that have codings: an uncoded one is no evidence."""
        names = {coding.transcript for coding in codings}
        return tuple(t for t in self.collect_transcripts() if t.name in names)

    def code_counts(self) -> dict[str, int]:
        """Return the number of standing codings per code path, all coders but the consensus."""
        counts: dict[str, int] = {}
        for coding in self.collect_codings():
            if coding.coder != CONSENSUS:
                counts[coding.code] = counts.get(coding.code, 0) + 1
        return counts

    # --- themes ------------------------------------------------------------------------------

    def themes(self, layer: str = FINAL, *, quotes_per_code: int = 3) -> ThemeReport:
        """Return the theme summaries, matrices, saturation, typology and coverage.

        Args:
            layer: As in :meth:`layer`, but one coding per passage: not ``all``.
            quotes_per_code: Representative quotes per code.
        """
        from qualcode.language import load_language

        if layer == "all":
            raise UndefinedRequestError(
                "Themes are summed up from one layer, or each passage counts once for every "
                "coder. Choose final, consensus or a coder's name."
            )
        codings, book, cases = self.layer(layer), self.codebook(), self.collect_cases()
        if not codings:
            raise UndefinedRequestError(
                "There is nothing coded yet. Read codings: qualcode code TABLE.csv"
            )
        coded = self._coded(codings)
        answers = self.collect_segments(SegmentKind.ANSWER)
        summaries = themes.summarize_themes(
            codings,
            book,
            coded,
            cases,
            tokenize=load_language(self.language).content_lemmas,
            answers=answers,
            memos=self.memos(),
            chosen=self._store.chosen(),
            quotes_per_code=quotes_per_code,
        )
        material = (codings, book, coded, cases)
        return ThemeReport(
            themes=summaries,
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
        )

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
        codings, book, cases = self.layer(wanted.layer), self.codebook(), self.collect_cases()
        sections = quotes.collect_quotes(
            codings,
            book,
            self.collect_transcripts(),
            cases,
            chosen=self._store.chosen(),
            excerpts=self._store.excerpts(),
            reaches=themes.collect_reach(codings, book, self._coded(codings), cases),
            attribution=attribution,
            context=context,
            language=language or self.language,
        )
        return quotes.select_quotes(
            sections,
            book,
            self.collect_transcripts(),
            cases,
            theme=wanted.theme,
            code=wanted.code,
            group=wanted.group,
            case=wanted.case,
            round=wanted.round,
            transcript=wanted.transcript,
            chosen_only=wanted.chosen_only,
            rounds=[one.name for one in self.rounds()],
        )

    def disclosure(
        self, sections: Sequence[QuoteSection], attribution: str = ATTRIBUTION
    ) -> tuple[Problem, ...]:
        """Return the attributions that single out fewer than three respondents."""
        return quotes.disclosure_problems(sections, self.collect_cases(), attribution=attribution)

    def full_ids(self, beginnings: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of codings that begin like this, as they are shown in lists.

        Raises:
            UnknownNameError: no coding, or more than one, begins like that.
        """
        known = [coding.id for coding in self.collect_codings()]
        found = []
        for beginning in beginnings:
            fitting = [key for key in known if key.startswith(beginning)]
            if not fitting:
                raise UnknownNameError(
                    f"No coding '{beginning}' in project '{self.name}'. The ids stand behind the "
                    "quotes: qualcode quotes"
                )
            if len(fitting) > 1:
                raise unknown_name("coding", beginning, fitting, f"project '{self.name}'")
            found.append(fitting[0])
        return tuple(found)

    def choose(self, codings: Iterable[str], *, chosen: bool = True, who: str = "") -> None:
        """Choose quotes for publication, or no longer."""
        self._store.choose(self._seen(codings), chosen, who)

    def set_excerpt(self, coding: str, excerpt: str | None, who: str = "") -> None:
        """Print a quote in the author's own cut, with ``[...]`` for what is left out.

        Raises:
            InvalidValueError: the excerpt holds other words than the passage.
            UnknownNameError: no such coding.
        """
        if excerpt is not None:
            found = {c.id: c for c in self.collect_codings()}
            if coding not in found:
                raise unknown_name("coding", coding, found, f"project '{self.name}'")
            excerpt = quotes.check_excerpt(found[coding].quote, excerpt)
        self._store.set_excerpt(coding, excerpt, who)
