"""The report of agreement: figures, method, differences, outcome."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import agreement, exporting
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.model import (
    CONSENSUS,
    AgreementContrast,
    AgreementReport,
    AgreementStudy,
    Coding,
    Exposure,
    ModelUse,
    Round,
    Span,
    UnitCodings,
)
from qualcode.model.adjudication_summary import AdjudicationSummary
from qualcode.model.agreement_study import Method
from qualcode.model.comparison import JACKKNIFE
from qualcode.project.agreement_plan import AgreementPlanning
from qualcode.project.comparisons import Comparisons
from qualcode.project.held_attributes import hide_groups
from qualcode.project.language_model import count_uses
from qualcode.project.part import in_snapshot

if TYPE_CHECKING:
    import altair as alt

    from qualcode.agreement import CodingStudy
    from qualcode.project.project import Project
    from qualcode.storage import Store


class Agreement(Comparisons):
    """How far coders agree, where they differ, and the report of both.

    Attributes:
        planning: What was decided before looking: the unit, the plan, how much to code twice.
    """

    def __init__(self, project: Project, store: Store, coder: str) -> None:
        super().__init__(project, store, coder)
        self.planning = AgreementPlanning(project, store, coder)

    @in_snapshot
    def report(
        self,
        coders: Sequence[str],
        *,
        unit: str = "",
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
        by: str = "",
        intervals: str = JACKKNIFE,
        with_outcome: bool = True,
        with_gamma: bool = True,
        tell: Callable[[float], None] = lambda _share: None,
    ) -> AgreementStudy:
        """Return the comparison of two coders or more with all that belongs in its report.

        Differences are listed per turn where characters are compared. Other args and errors
        are those of :meth:`compare`.

        Args:
            coders: Their names; of two, A is the first one by name.
            unit: The unit of analysis; by default the one that was chosen, else turns.
            level: Overall figures about each ``code`` or each ``theme``.
            transcripts: Names of the transcripts to compare; all by default.
            round: Only what was coded in this round.
            by: Attribute of the cases to split the comparison by; none by default.
            intervals: How intervals are found: ``jackknife`` or ``bootstrap``.
            with_outcome: Whether to compare again with the consensus, which takes as long as
                the rest; ``adjudication.summarize`` does only that.
            with_gamma: Whether gamma is among the figures on passages, which takes longer.
            tell: Called with the part that is done, 0 to 1; what it raises ends the work.
        """
        tell(0.0)
        study = self.coding_study(coders, transcripts, round, unit)
        report = self._with_units(
            agreement.compare_coders(study, level=level, intervals=intervals), study
        )
        tell(0.3)
        if with_gamma:
            report = agreement.add_gamma(report, study)
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
            settling=self._settling_or_none(coders) if with_outcome else None,
            habits=agreement.find_habits(study),
            accuracy=agreement.estimate_accuracy(study),
        )
        if study.is_pair:
            whole = self._with_parts_of_pair(whole, study, exposed)
        deviations = self.planning.deviations(report, round)
        return replace(whole, method=replace(whole.method, deviations=deviations))

    @staticmethod
    def _with_parts_of_pair(
        whole: AgreementStudy,
        study: CodingStudy,
        exposed: Mapping[str, Sequence[tuple[str, Span]]],
    ) -> AgreementStudy:
        """Return the study with the parts that exist for two coders only."""
        return replace(
            whole,
            confusion=agreement.find_confusion(study, whole.report, whole.disagreements),
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
            codes=len(book.usable),
            themes=sum(not code.parent for code in book.active),
            first_codes=len(first.usable),
            versions=len(versions),
            coded_versions=tuple(sorted({coding.codebook_version for coding in codings})),
            exposures=exposures,
            adopted=sum(coding.origin.startswith("suggestion:") for coding in codings),
            model_uses=self._model_uses(study, compared, codings),
            unit_choice=self.planning.unit(),
            first_coded_at=min((c.created_at for c in codings if c.created_at), default=None),
            **self._rest(compared),
        )

    def _model_uses(
        self, study: CodingStudy, compared: set[str], codings: Sequence[Coding]
    ) -> tuple[ModelUse, ...]:
        """Return what the coders did with what language models suggested in these interviews."""
        suggestions = self._project.suggestions
        exposures = suggestions.collect_exposures()
        rejections = suggestions.collect_rejections()
        return count_uses(
            [e for e in exposures if e.coder in study.coders and e.transcript in compared],
            [r for r in rejections if r.coder in study.coders and r.transcript in compared],
            codings,
        )

    def _rest(self, compared: set[str]) -> dict[str, Any]:
        """Return who coded the interviews that are not compared, and how many nobody did."""
        coders: dict[str, set[str]] = {}
        for coding in self._project.codings.collect():
            # The consensus is made of work of others, so nobody coded by that name.
            if coding.transcript not in compared and coding.coder != CONSENSUS:
                coders.setdefault(coding.coder, set()).add(coding.transcript)
        coded = compared | set().union(*coders.values())
        texts = {transcript.name for transcript in self._project.transcripts.collect()}
        by_coder = sorted((coder, len(names)) for coder, names in coders.items())
        return {"rest": tuple(by_coder), "uncoded": len(texts - coded)}

    def _round_of(self, codings: Sequence[Coding]) -> Round | None:
        """Return the round that all codings were made in, if it was one."""
        names = {coding.round for coding in codings}
        return (
            self._project.rounds.get(names.pop()) if len(names) == 1 and "" not in names else None
        )

    @in_snapshot
    def contrast(
        self,
        coders: Sequence[str],
        *,
        rounds: tuple[str, str] = ("", ""),
        by: str = "",
        values: tuple[str, str] = ("", ""),
        other_coders: Sequence[str] = (),
        halves: bool = False,
        unit: str = "",
    ) -> AgreementContrast:
        """Return how agreement differs: between rounds, groups, teams, or over the work (drift).

        Args:
            coders: Who are compared.
            rounds: Names of two rounds, the earlier one first.
            by: Attribute of the cases, for two groups of interviews.
            values: Its two values.
            other_coders: Other coders, to compare with ``coders``.
            halves: Compare the interviews that were coded first with those coded last, by the time
                of the work; codings from a table have no such time.
            unit: The unit of analysis; by default the one that was chosen, else turns.

        Raises:
            UndefinedRequestError: not exactly one of these was asked for, or there is nothing to
                compare.
            UnknownNameError: no such coder, round, attribute, value or unit.
        """
        if sum((any(rounds), bool(by), bool(other_coders), halves)) != 1:
            raise UndefinedRequestError(
                "Say what to compare: two rounds, two groups, two teams of coders, or the two "
                "halves of the work."
            )
        if halves:
            return agreement.contrast_halves(self.coding_study(coders, None, "", unit))
        if by:
            return self._contrast_groups(self.coding_study(coders, None, "", unit), by, values)
        if other_coders:
            studies = [self.coding_study(names, None, "", unit) for names in (coders, other_coders)]
            labels = (", ".join(coders), ", ".join(other_coders))
            return agreement.contrast_studies(studies[0], studies[1], labels)
        studies = [self.coding_study(coders, None, name, unit) for name in rounds]
        return agreement.contrast_studies(studies[0], studies[1], rounds)

    def _contrast_groups(
        self, study: CodingStudy, by: str, values: tuple[str, str]
    ) -> AgreementContrast:
        groups = self._project.cases.values_of(by)
        for value in values:
            if value not in groups.values():
                raise unknown_name("value", value, {*groups.values()} - {""}, by)
        first, second = (
            study.within([name for name, group in groups.items() if group == value])
            for value in values
        )
        return agreement.contrast_studies(first, second, values)

    @in_snapshot
    def write_units(
        self,
        coders: Sequence[str],
        path: Path,
        *,
        code: str = "",
        unit: str = "",
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> None:
        """Write units against coders as csv or xlsx, to compute with in another program.

        Args:
            coders: Their names.
            path: Where to write.
            code: Only this code; all codes that were used by default.
            unit: The unit of analysis; by default the one that was chosen, else turns.
            round: Only what was coded in this round.
        """
        heading, *rows = agreement.unit_rows(self.coding_study(coders, None, round, unit), code)
        exporting.write_rows("units", [str(name) for name in heading], rows, path)

    # --- units, files and charts --------------------------------------------------------------

    @in_snapshot
    def collect_units(
        self,
        report: AgreementReport,
        code: str,
        *,
        unit: str = "",
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
            codebook, language = snapshot.codebook, language or snapshot.report_language
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
            codebook, language = snapshot.codebook, language or snapshot.report_language
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
            if isinstance(report, AgreementStudy):
                report = hide_groups(self._project, report)
        exporting.write_agreement(
            report,
            path,
            codebook=codebook,
            title=info.name,
            language=language or snapshot.report_language,
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
