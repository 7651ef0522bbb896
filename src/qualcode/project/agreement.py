"""The report of agreement: figures, method, differences, outcome."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import agreement, exporting
from qualcode.agreement import CodingStudy
from qualcode.errors import UndefinedRequestError
from qualcode.model import (
    AgreementReport,
    AgreementStudy,
    AgreementUnit,
    Code,
    Codebook,
    Coding,
    Exposure,
    Round,
    SegmentKind,
    Span,
    UnitCodings,
)
from qualcode.model.adjudication_summary import AdjudicationSummary
from qualcode.model.agreement_study import Method
from qualcode.model.comparison import JACKKNIFE
from qualcode.project.comparisons import Comparisons
from qualcode.project.part import in_snapshot

if TYPE_CHECKING:
    import altair as alt


class Agreement(Comparisons):
    """How far coders agree, where they differ, and the report of both."""

    @in_snapshot
    def report(
        self,
        coders: Sequence[str],
        *,
        unit: str = AgreementUnit.TURN,
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
        by: str = "",
        intervals: str = JACKKNIFE,
        tell: Callable[[float], None] = lambda _share: None,
    ) -> AgreementStudy:
        """Return the comparison of two coders or more with all that belongs in its report.

        Differences are listed per turn where characters are compared. Other args and errors
        are those of :meth:`compare`.

        Args:
            coders: Their names; the first of two is A.
            unit: The unit of analysis.
            level: Overall figures about each ``code`` or each ``theme``.
            transcripts: Names of the transcripts to compare; all by default.
            round: Only what was coded in this round.
            by: Attribute of the cases to split the comparison by; none by default.
            intervals: How intervals are found: ``jackknife`` or ``bootstrap``.
            tell: Called with the part that is done, 0 to 1; what it raises ends the work.
        """
        tell(0.0)
        study = self.coding_study(coders, transcripts, round, unit)
        report = agreement.compare_coders(study, level=level, intervals=intervals)
        tell(0.4)
        disagreements = agreement.collect_disagreements(study)
        exposed = self._exposed(study)
        tell(0.5)
        groups = (
            agreement.split_by_group(
                study, self._project.cases.values_of(by), level=level, intervals=intervals
            )
            if by
            else ()
        )
        whole = AgreementStudy(
            report=report,
            method=self._method(study, self._codings_in(round), sum(map(len, exposed.values()))),
            disagreements=disagreements,
            decisions=self._project.adjudication.decisions_on(disagreements),
            attribute=by,
            groups=groups,
            settling=self._settling_or_none(coders),
        )
        return self._with_parts_of_pair(whole, study, exposed) if study.is_pair else whole

    @staticmethod
    def _with_parts_of_pair(
        whole: AgreementStudy,
        study: CodingStudy,
        exposed: Mapping[str, Sequence[tuple[str, Span]]],
    ) -> AgreementStudy:
        """Return the study with the parts that exist for two coders only."""
        return replace(
            whole,
            confusion=agreement.find_confusion(study, whole.report),
            programs=agreement.collect_program_figures(study, whole.report),
            moments=agreement.agreement_over_time(study),
            exposed=agreement.split_by_exposure(study, exposed) if any(exposed.values()) else (),
        )

    def _settling_or_none(self, coders: Sequence[str]) -> AdjudicationSummary | None:
        try:
            return self._project.adjudication.summarize(coders)
        except UndefinedRequestError:
            # Nothing was decided on yet: the report then says so.
            return None

    def _exposed(self, study: CodingStudy) -> dict[str, list[tuple[str, Span]]]:
        """Return by coder the passages that suggestions were shown for before they were coded."""
        codings = study.codings
        exposed: dict[str, list[tuple[str, Span]]] = {coder: [] for coder in study.coders}
        names = {transcript.name for transcript in study.units.transcripts}
        for exposure in self._project.suggestions.collect_exposures():
            coder, name = exposure.coder, exposure.transcript
            if coder in exposed and name in names and _can_steer(exposure, codings[coder][name]):
                exposed[coder].append((name, exposure.span))
        return exposed

    def _method(self, study: CodingStudy, codings: Sequence[Coding], exposures: int) -> Method:
        from qualcode import __version__

        compared = {transcript.name for transcript in study.units.transcripts}
        codings = [c for c in codings if c.coder in study.coders and c.transcript in compared]
        coding_round = self._round_of(codings)
        reopened = [
            json.loads(event.after)
            for event in (self._project.rounds.hand_ins(coding_round.name) if coding_round else ())
            if event.action == "hand_in.reopen"
        ]
        book, versions = self._project.codebook.get(), self._project.codebook.versions()
        first = self._project.codebook.get(versions[0].version)
        return Method(
            software=f"qualcode {__version__}",
            interviews=len(self._project.transcripts.collect()),
            double_coded=len(compared),
            round=coding_round,
            reopened=len(reopened),
            # After everybody had handed in, blindness was over: the reader of the report must know.
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
        study = self.coding_study(report.coders, report.transcripts, round, unit)
        return agreement.collect_coded_units(study, code, theme=theme)

    def draw(
        self, report: AgreementReport, *, figure: str = "", language: str = ""
    ) -> alt.LayerChart:
        """Return a forest plot of one figure per code, with its interval."""
        with self._snapshot() as snapshot:
            codebook, language = snapshot.codebook, language or snapshot.info.language
        return exporting.draw_agreement(report, codebook, figure=figure, language=language)

    def plot(
        self,
        report: AgreementReport,
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
        chart = exporting.draw_agreement(report, codebook, figure=figure, language=language)
        exporting.write_plot(chart, path)

    def write(
        self,
        report: AgreementReport | AgreementStudy,
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


def _can_steer(exposure: Exposure, codings: Iterable[Coding]) -> bool:
    """Tell whether suggestions were shown before a coder coded the passage.

    Of a passage that was not coded before, nothing is known but that the coder went on in the
    interview afterwards: then it may have been left uncoded because of the suggestions.
    """
    overlapping, later = [], []
    for coding in codings:
        after = _is_after(coding, exposure)
        later.append(after)
        if coding.span.overlaps(exposure.span):
            overlapping.append(after)
    return any(overlapping) if overlapping else any(later)


def _is_after(coding: Coding, exposure: Exposure) -> bool:
    # A coding without a time may be a later one: reported as steered rather than not.
    if coding.created_at is None or exposure.shown_at is None:
        return True
    return coding.created_at >= exposure.shown_at


def _usable(book: Codebook) -> list[Code]:
    """Return the codes that passages are given: those under a theme, and themes without any."""
    return [code for code in book.active if code.parent or not book.children(code.path)]
