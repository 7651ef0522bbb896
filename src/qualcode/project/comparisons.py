"""The comparison of coders: agreement and disagreements, of two coders or more.

Joins the coefficients and the store; computes nothing itself. A comparison that would reveal
what an open blind round hides is refused here, in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode import agreement
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    CONSENSUS,
    AgreementReport,
    AgreementUnit,
    Coding,
    Disagreement,
    GroupAgreement,
    SegmentKind,
    Transcript,
    in_order,
)
from qualcode.model.comparison import JACKKNIFE, UNIT_NAMES
from qualcode.project.left_out import OF_UNITS, count_omissions
from qualcode.project.part import Part, in_snapshot
from qualcode.speech import Speech

if TYPE_CHECKING:
    from qualcode.agreement import CodingStudy, UnitsOfAnalysis

ANSWERS = "answers"
"""The kind of a transcript that holds the answers of many respondents, as to a survey."""


class Comparisons(Part):
    """The comparison of coders."""

    @in_snapshot
    def compare(
        self,
        coders: Sequence[str],
        *,
        unit: str = "",
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
        intervals: str = JACKKNIFE,
        with_gamma: bool = False,
    ) -> AgreementReport:
        """Return how far two coders or more agree, on the transcripts that two of them coded.

        A transcript that a coder handed in without a single coding was coded: nothing was
        found in it.

        Args:
            coders: Their names; of two, A is the first one by name.
            unit: The unit of analysis, of the respondents' words: a value of
                :class:`AgreementUnit`; by default the one that was chosen, else turns.
            level: Overall figures about each ``code`` or each ``theme``.
            transcripts: Names of the transcripts to compare; all by default.
            round: Only what was coded in this round.
            intervals: How intervals are found: ``jackknife`` or ``bootstrap``.
            with_gamma: Whether gamma is among the figures on passages, which takes longer.

        Raises:
            UndefinedRequestError: there is no transcript that two of them coded, no segments
                of this kind yet, or the coders are in a blind round that is open.
            UnknownNameError: no such coder, transcript, unit or round.
        """
        study = self.coding_study(coders, transcripts, round, unit)
        report = agreement.compare_coders(study, level=level, intervals=intervals)
        report = self._with_units(report, study)
        return agreement.add_gamma(report, study) if with_gamma else report

    @in_snapshot
    def compare_groups(
        self,
        attribute: str,
        coders: Sequence[str],
        *,
        unit: str = "",
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[GroupAgreement, ...]:
        """Return the comparison per group of respondents.

        Args:
            attribute: Attribute of the cases: ``group``, ``sex``, ...
            coders: Their names.
            unit: As in :meth:`compare`, like the others.
            level: Likewise.
            transcripts: Likewise.
            round: Likewise.

        Raises:
            UnknownNameError: no case has such an attribute.
        """
        study = self.coding_study(coders, transcripts, round, unit)
        return agreement.split_by_group(
            study, self._project.cases.values_of(attribute), level=level
        )

    @in_snapshot
    def compare_with_self(
        self,
        coder: str,
        rounds: tuple[str, str],
        *,
        unit: str = "",
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        intervals: str = JACKKNIFE,
        with_gamma: bool = False,
    ) -> AgreementReport:
        """Return how far a coder agrees with their own coding in another round.

        Args:
            coder: Name of the coder.
            rounds: Names of the two rounds, the earlier one first.
            unit: As in :meth:`compare`, like the others.
            level: Likewise.
            transcripts: Likewise.
            intervals: Likewise.
            with_gamma: Likewise.

        Raises:
            UndefinedRequestError: the same round twice, no transcript coded in both, or one of
                them is blind and open.
            UnknownNameError: no such coder or round, or the coder is not in it.
        """
        chosen = self._within(transcripts)
        for name in rounds:
            if coder not in (people := self._project.rounds.get(name).coders):
                raise unknown_name("coder", coder, people, Message("round '{name}'", name=name))
        # Also for one coder: the figures would show their codings to others in a blind round.
        self._project.rounds.refuse_comparison([coder], [transcript.name for transcript in chosen])
        study = agreement.study_of_rounds(
            self._project.codings.collect(coder=coder),
            self._units(chosen, unit),
            self._project.codebook.get(),
            coder,
            rounds,
            finished={name: self.finished([coder], name)[coder] for name in rounds},
        )
        if not study.transcripts:
            raise UndefinedRequestError(
                Message(
                    "There is no transcript that {coder} coded in both '{rounds}' and "
                    "'{rounds_2}'.",
                    coder=coder,
                    rounds=rounds[0],
                    rounds_2=rounds[1],
                )
            )
        report = agreement.compare_coders(study, level=level, intervals=intervals)
        return agreement.add_gamma(report, study) if with_gamma else report

    @in_snapshot
    def collect_disagreements(
        self,
        coders: Sequence[str],
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[Disagreement, ...]:
        """Return every difference between two coders or in a team, worst code first.

        The order of the coders does not matter: of two, A is the first one by name.
        """
        return agreement.collect_disagreements(
            self.coding_study(coders, None, round, AgreementUnit.TURN)
        )

    def _with_units(self, report: AgreementReport, study: CodingStudy) -> AgreementReport:
        """Return a report with agreement on other units, and what the project chose."""
        transcripts = study.units.transcripts
        studies = (
            replace(study, units=units) for units in self._other_units(transcripts, report.kind)
        )
        method = agreement.IntervalMethod(report.intervals, report.resamples, report.seed)
        report = self._with_choice_of_unit(agreement.add_units(report, studies, method))
        codings = [
            coding
            for of_coder in study.codings.values()
            for transcript in study.transcripts
            for coding in of_coder[transcript.name]
        ]
        speech = Speech(study.transcripts, self._project.cases.respondents())
        return replace(
            report,
            codings=len(codings),
            omissions=count_omissions(speech, codings, OF_UNITS),
        )

    def _other_units(
        self, transcripts: Sequence[Transcript], compared: str
    ) -> Iterator[UnitsOfAnalysis]:
        """Yield turns and sentences, whichever was not compared; each is needed only once."""
        if compared != AgreementUnit.TURN:
            yield self._units(transcripts, AgreementUnit.TURN, keep=False)
        # an interview that is not cut into sentences has no figure on them
        if compared != AgreementUnit.SENTENCE:
            with suppress(UndefinedRequestError):
                yield self._units(transcripts, AgreementUnit.SENTENCE, keep=False)

    def _with_choice_of_unit(self, report: AgreementReport) -> AgreementReport:
        """Return a report that says if it is not on the unit that the project chose."""
        choice = self._project.agreement.planning.unit()
        if choice is None or choice.unit == report.kind:
            return report
        warning = Message(
            "This project chose another unit on {day}: {unit}. The figures on that unit are "
            "the ones to report; these are given next to them.",
            day=choice.chosen_at.date().isoformat(),
            unit=UNIT_NAMES[choice.unit],
        )
        return replace(report, warnings=(warning, *report.warnings))

    # --- the study compared -------------------------------------------------------------------

    def coding_study(
        self,
        coders: Sequence[str],
        names: Sequence[str] | None = None,
        round_: str = "",
        unit: str = "",
    ) -> CodingStudy:
        """Return what every comparison takes: codings, units, codebook, coders."""
        transcripts = self.compared_transcripts(coders, names, round_)
        return agreement.CodingStudy.of(
            self._codings_in(round_),
            self._units(transcripts, unit),
            self._project.codebook.get(),
            # Reports give a coder the same letter, however the pair was named.
            in_order(coders),
            finished=self.finished(coders, round_),
        )

    def _units(
        self, transcripts: Sequence[Transcript], unit: str, *, keep: bool = True
    ) -> UnitsOfAnalysis:
        """Return the units of analysis of some transcripts; for one pass where not kept."""
        unit = unit or self._project.agreement.planning.default_unit()
        if unit not in set(AgreementUnit):
            raise unknown_name("unit", unit, set(AgreementUnit), "the units of agreement")
        # Many respondents in one transcript: they are the sample, not the transcript.
        answers = {t.name for t in transcripts if t.kind == ANSWERS}
        spans = None
        # Turns are in the transcripts themselves, and characters are counted in turns.
        if unit not in {AgreementUnit.TURN, AgreementUnit.CHARACTER}:
            spans = self._store.segment_spans(SegmentKind(unit))
            if not spans:
                raise UndefinedRequestError(
                    Message(
                        "The transcripts are not cut into units of kind '{unit}' yet. Cut them: "
                        "qualcode segment",
                        unit=unit,
                    )
                )
        return agreement.UnitsOfAnalysis.of_spans(
            transcripts, spans, AgreementUnit(unit), answers=answers, keep=keep
        )

    def _codings_in(self, round_: str) -> tuple[Coding, ...]:
        return self._project.codings.collect(round=round_ or None)

    def _within(self, names: Sequence[str] | None, round_: str = "") -> tuple[Transcript, ...]:
        """Return the transcripts asked for, of those that the round is about."""
        coding_round = self._project.rounds.get(round_) if round_ else None
        chosen = (
            self._project.transcripts.collect()
            if names is None
            else map(self._project.transcripts.get, names)
        )
        return tuple(t for t in chosen if coding_round is None or coding_round.covers(t.name))

    def compared_transcripts(
        self, coders: Sequence[str], names: Sequence[str] | None = None, round_: str = ""
    ) -> tuple[Transcript, ...]:
        """Return the transcripts that two or more of the coders coded, of those asked for."""
        within = self._within(names, round_)
        self._project.rounds.refuse_comparison(coders, [t.name for t in within])
        finished = self.finished(coders, round_)
        coded = {
            coder: {
                c.transcript
                for c in self._project.codings.collect(coder=coder, round=round_ or None)
            }
            | finished[coder]
            for coder in coders
        }
        shared = tuple(t for t in within if sum(t.name in names for names in coded.values()) > 1)
        if not shared:
            raise UndefinedRequestError(_nothing_shared(coders, round_))
        for coder, transcripts in coded.items():
            # Else the report would name a coder of whom it holds nothing.
            if not any(t.name in transcripts for t in shared):
                raise UndefinedRequestError(_coded_apart(coder, coders, round_))
        return shared

    def finished(self, coders: Iterable[str], round_: str = "") -> dict[str, set[str]]:
        """Return per coder the transcripts gone through: handed in, or settled."""
        names = [t.name for t in self._project.transcripts.collect()]
        rounds = [r for r in self._project.rounds.collect() if round_ in ("", r.name)]
        finished = {
            coder: {n for r in rounds if coder in r.handed_in for n in names if r.covers(n)}
            for coder in coders
        }
        # The consensus hands nothing in: it went through what was decided on.
        if CONSENSUS in finished and not round_:
            finished[CONSENSUS] = {
                decision.transcript for decision in self._project.adjudication.collect_decisions()
            }
        return finished


def _nothing_shared(coders: Sequence[str], round_: str) -> Message:
    """Return that no transcript was coded by two of the coders."""
    names = tuple(coders)
    if round_ and len(names) == 2:
        return Message(
            "There is no transcript that both {coders} coded in round '{round}'.",
            coders=names,
            round=round_,
        )
    if round_:
        return Message(
            "There is no transcript that two of {coders} coded in round '{round}'.",
            coders=names,
            round=round_,
        )
    if len(names) == 2:
        return Message("There is no transcript that both {coders} coded.", coders=names)
    return Message("There is no transcript that two of {coders} coded.", coders=names)


def _coded_apart(coder: str, coders: Sequence[str], round_: str) -> Message:
    """Return that a coder shares no transcript with any of the others."""
    names = ", ".join(coders)
    if round_:
        return Message(
            "{coder} coded no transcript that another of {coders} coded in round '{round}': "
            "compare the others.",
            coder=coder,
            coders=names,
            round=round_,
        )
    return Message(
        "{coder} coded no transcript that another of {coders} coded: compare the others.",
        coder=coder,
        coders=names,
    )
