"""The report of agreement: figures, method, differences, how they ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import agreement, exporting
from qualcode.errors import UndefinedRequestError
from qualcode.model import (
    AgreementReport,
    AgreementStudy,
    AgreementUnit,
    Code,
    Codebook,
    Coding,
    Decision,
    Disagreement,
    Round,
    SegmentKind,
    Span,
    TeamReport,
    TeamStudy,
    Transcript,
    UnitCodings,
)
from qualcode.model.agreement_study import Method
from qualcode.model.settling import Settling
from qualcode.project.comparisons import Comparisons
from qualcode.project.part import in_snapshot

if TYPE_CHECKING:
    import altair as alt


class Agreement(Comparisons):
    """How far coders agree, where they differ, and the report of both."""

    @in_snapshot
    def report(
        self,
        coders: tuple[str, str],
        *,
        unit: str = AgreementUnit.TURN,
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
        by: str = "",
        tell: Callable[[float], None] = lambda _share: None,
    ) -> AgreementStudy:
        """Return the comparison of two coders with all that belongs in its report.

        Differences are listed per turn where characters are compared. Other args and errors
        are those of :meth:`compare`.

        Args:
            coders: Their names; the first one is A.
            unit: The unit of analysis.
            level: Overall figures about each ``code`` or each ``theme``.
            transcripts: Names of the transcripts to compare; all by default.
            round: Only what was coded in this round.
            by: Attribute of the cases to split the comparison by; none by default.
            tell: Is told which part is done, 0 to 1; what it raises ends the work.
        """
        tell(0.0)
        asked, counted = self.study_arguments(coders, transcripts, round), self.unit_arguments(unit)
        report = agreement.compare_coders(**asked, **counted, level=level)
        tell(0.4)
        segments = counted["segments"]
        found = agreement.collect_disagreements(**asked, segments=segments)
        exposed = self._exposed(coders, asked["transcripts"])
        tell(0.5)
        confusion = agreement.find_confusion(**asked, report=report, segments=segments)
        tell(0.6)
        return AgreementStudy(
            report=report,
            method=self._method(coders, asked, sum(map(len, exposed.values()))),
            confusion=confusion,
            disagreements=found,
            decisions=self._decisions_on(found),
            programs=agreement.collect_program_figures(**asked, report=report),
            moments=agreement.agreement_over_time(**asked, **counted),
            exposed=agreement.split_by_exposure(**asked, **counted, exposed=exposed)
            if any(exposed.values())
            else (),
            attribute=by,
            groups=agreement.split_by_group(
                **asked, **counted, groups=self._project.cases.values_of(by), level=level
            )
            if by
            else (),
            settling=self._settling_or_none(coders),
        )

    @in_snapshot
    def report_team(
        self,
        coders: Sequence[str],
        *,
        unit: str = AgreementUnit.TURN,
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> TeamStudy:
        """Return the comparison of three or more coders with all that belongs in its report.

        Args and errors are those of :meth:`compare_team`.
        """
        asked, counted = self.study_arguments(coders, transcripts, round), self.unit_arguments(unit)
        found = agreement.collect_disagreements(**asked, segments=counted["segments"])
        exposed = self._exposed(coders, asked["transcripts"])
        return TeamStudy(
            report=agreement.compare_team(**asked, **counted, level=level),
            method=self._method(coders, asked, sum(map(len, exposed.values()))),
            disagreements=found,
            decisions=self._decisions_on(found),
            settling=self._settling_or_none(coders),
        )

    def _decisions_on(self, found: Sequence[Disagreement]) -> tuple[Decision, ...]:
        ids = {one.id for one in found}
        return tuple(
            d for d in self._project.adjudication.collect_decisions() if d.disagreement in ids
        )

    def _settling_or_none(self, coders: Sequence[str]) -> Settling | None:
        try:
            return self._project.adjudication.summarize(coders)
        except UndefinedRequestError:
            # nothing was decided on yet: the report then says so
            return None

    def _exposed(
        self, coders: Sequence[str], compared: Sequence[Transcript]
    ) -> dict[str, list[tuple[str, Span]]]:
        """Return by coder the passages that suggestions were shown for."""
        names = {transcript.name for transcript in compared}
        shown = [
            one for one in self._project.suggestions.collect_exposures() if one.transcript in names
        ]
        return {
            coder: [(one.transcript, one.span) for one in shown if one.coder == coder]
            for coder in coders
        }

    def _method(self, coders: Sequence[str], asked: dict[str, Any], exposures: int) -> Method:
        from qualcode import __version__

        compared = {transcript.name for transcript in asked["transcripts"]}
        codings = [c for c in asked["codings"] if c.coder in coders and c.transcript in compared]
        one = self._round_of(codings)
        reopened = [
            json.loads(event.after)
            for event in (self._project.rounds.hand_ins(one.name) if one else ())
            if event.action == "hand_in.reopen"
        ]
        book, versions = self._project.codebook.get(), self._project.codebook.versions()
        first = self._project.codebook.get(versions[0].version)
        return Method(
            software=f"qualcode {__version__}",
            interviews=len(self._project.transcripts.collect()),
            double_coded=len(compared),
            round=one,
            reopened=len(reopened),
            reopened_after_all=sum(bool(event["all_had_handed_in"]) for event in reopened),
            codes=len(_usable(book)),
            themes=sum(not code.parent for code in book.active),
            first_codes=len(_usable(first)),
            versions=len(versions),
            coded_versions=tuple(sorted({coding.codebook_version for coding in codings})),
            exposures=exposures,
            adopted=sum(coding.origin.startswith("suggestion:") for coding in codings),
        )

    def _round_of(self, codings: Sequence[Coding]) -> Round | None:
        """Return the round that all codings were made in, if it was one."""
        names = {coding.round for coding in codings}
        return (
            self._project.rounds.get(names.pop()) if len(names) == 1 and "" not in names else None
        )

    # --- units, files and charts --------------------------------------------------------------

    @in_snapshot
    def collect_units(
        self,
        report: AgreementReport,
        code: str,
        *,
        unit: SegmentKind = SegmentKind.TURN,
        theme: bool = False,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[UnitCodings, ...]:
        """Return the units that the counts of a code rest on: those that either coder gave it.

        Args:
            report: The comparison, made with the same ``unit`` and ``round``.
            code: Path of the code.
            unit: The unit of analysis.
            theme: Take all codes of the theme ``code`` together.
            round: Only what was coded in this round.
        """
        return agreement.collect_units_behind(
            self.compared_transcripts(report.coders, report.transcripts, round),
            self._codings_in(round),
            self._project.codebook.get(),
            coders=report.coders,
            code=code,
            theme=theme,
            segments=self.unit_arguments(unit)["segments"],
        )

    def draw(
        self, report: AgreementReport, *, figure: str = "kappa", language: str = ""
    ) -> alt.LayerChart:
        """Return a forest plot of one figure per code, with its interval."""
        with self._snapshot() as snapshot:
            codebook, language = snapshot.codebook, language or snapshot.info.language
        return exporting.draw_agreement(report, codebook, figure=figure, language=language)

    def plot(
        self,
        report: AgreementReport | TeamReport,
        path: Path,
        *,
        figure: str = "",
        language: str = "",
    ) -> None:
        """Write a forest plot of one figure per code with its interval, as svg or png.

        Of two coders kappa is drawn by default, of a team alpha.
        """
        with self._snapshot() as snapshot:
            codebook, language = snapshot.codebook, language or snapshot.info.language
        chart = exporting.draw_agreement(
            report,
            codebook,
            figure=figure or ("alpha" if isinstance(report, TeamReport) else "kappa"),
            language=language,
        )
        exporting.write_plot(chart, path)

    def write(
        self,
        report: AgreementReport | AgreementStudy | TeamReport | TeamStudy,
        path: Path,
        *,
        language: str = "",
    ) -> None:
        """Write figures, or a whole study of agreement, as json, md, xlsx, html or docx."""
        with self._snapshot() as snapshot:
            codebook, info = snapshot.codebook, snapshot.info
        exporting.write_agreement(
            report,
            path,
            codebook=codebook,
            title=info.name,
            language=language or info.language,
            created=info.created_at,
        )


def _usable(book: Codebook) -> list[Code]:
    """Return the codes that passages are given: those under a theme, and themes without any."""
    return [code for code in book.active if code.parent or not book.children(code.path)]
