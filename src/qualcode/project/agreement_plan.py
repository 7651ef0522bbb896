"""What a team decides before it looks at agreement: the unit, the plan, how much to code twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qualcode import agreement, exporting
from qualcode.errors import ConflictError, UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import AgreementPlan, AgreementReport, AssumedNeed, SampleAdvice, UnitChoice
from qualcode.model.comparison import TENTATIVE, UNIT_NAMES, AgreementUnit
from qualcode.project.part import Part, in_snapshot, in_step

UNIT_SETTING, PLAN_SETTING = "agreement unit", "agreement plans"


class AgreementPlanning(Part):
    """The unit of analysis and the plan of a project, both with the date they were fixed on."""

    # --- the unit -----------------------------------------------------------------------------

    def unit(self) -> UnitChoice | None:
        """Return the unit of analysis that was chosen; None where none was."""
        with self._snapshot() as snapshot:
            return _unpack_unit(snapshot.setting(UNIT_SETTING, None))

    def default_unit(self) -> str:
        """Return the unit that was chosen, else turns."""
        choice = self.unit()
        return choice.unit if choice else AgreementUnit.TURN

    def choose_unit(self, unit: str, reason: str) -> UnitChoice:
        """Choose the unit of analysis of the project, once, before looking at agreement.

        Args:
            unit: A value of :class:`AgreementUnit`.
            reason: Why this one; reports print it.

        Raises:
            ConflictError: a unit was chosen before.
            InvalidValueError: no such unit, or no reason.
        """
        before = self.unit()
        if before is not None:
            raise ConflictError(
                Message(
                    "{by} chose the unit of this project on {date}: {unit}. It stays, so "
                    "that nobody can choose the one with the highest figures. The report "
                    "gives the other units as well.",
                    by=before.by or Message("Somebody"),
                    date=before.chosen_at.date().isoformat(),
                    unit=UNIT_NAMES[before.unit],
                )
            )
        choice = UnitChoice(unit, reason, self._coder, _now(), self._could_look())
        packed = {**asdict(choice), "chosen_at": choice.chosen_at.isoformat()}
        self._store.set_setting(UNIT_SETTING, packed, self._coder)
        return choice

    def _could_look(self) -> bool:
        """Tell whether an interview was coded by two people already."""
        coders: dict[str, set[str]] = {}
        for coding in self._project.codings.collect():
            coders.setdefault(coding.transcript, set()).add(coding.coder)
        return any(len(names) > 1 for names in coders.values())

    # --- how many interviews ------------------------------------------------------------------

    @in_snapshot
    def advise(
        self,
        coders: Sequence[str],
        *,
        unit: str = "",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
        coefficient: str = "alpha",
        half_width: float = 0.15,
        threshold: float = TENTATIVE,
        power: float = 0.8,
    ) -> SampleAdvice:
        """Return how many interviews to code twice, from what these coders coded twice.

        Args:
            coders: Their names.
            unit: The unit of analysis; by default the one that was chosen, else turns.
            transcripts: Names of the interviews of the pilot; all that two coded by default.
            round: Only what was coded in this round.
            coefficient: Key of the coefficient per code: ``alpha``, ``kappa``, ``ac1``.
            half_width: The half-width of a 95% interval that is asked for.
            threshold: What the lower limit should lie above.
            power: How often it should, if the figure of the pilot is the true one.

        Raises:
            UndefinedRequestError: nothing can be compared, or not yet.
            InvalidValueError: a width, threshold or power that does not lie between 0 and 1.
            UnknownNameError: no such coder, transcript, unit, round or coefficient.
        """
        study = self._project.agreement.coding_study(coders, transcripts, round, unit)
        return agreement.advise_sample(
            study,
            coefficient=coefficient,
            half_width=half_width,
            threshold=threshold,
            power=power,
            available=len(self._project.transcripts.collect()),
        )

    def assume(
        self,
        prevalence: float,
        expected: float,
        *,
        threshold: float = TENTATIVE,
        power: float = 0.8,
        icc: float = 0.1,
        units_per_interview: float = 0,
    ) -> AssumedNeed:
        """Return how many interviews are needed without a pilot, from assumptions.

        Args:
            prevalence: Share of the units that are expected to have the code.
            expected: The kappa or alpha that is expected.
            threshold: What it is tested against.
            power: How often the test should succeed.
            icc: How much alike the units of one interview are, 0 to 1.
            units_per_interview: By default the mean number of respondents' turns.

        Raises:
            InvalidValueError: a value that is not possible.
        """
        if not units_per_interview:
            turns = [len(t.respondent_turns()) for t in self._project.transcripts.collect()]
            # The same as the default of the formula, which is told to whoever has no interviews
            # yet.
            units_per_interview = sum(turns) / len(turns) if any(turns) else 60
        return agreement.assume_sample(
            prevalence,
            expected,
            threshold=threshold,
            power=power,
            icc=icc,
            units_per_interview=units_per_interview,
        )

    # --- the plan -----------------------------------------------------------------------------

    def plans(self) -> tuple[AgreementPlan, ...]:
        """Return the plans that were frozen, the latest one last; that one holds."""
        with self._snapshot() as snapshot:
            return tuple(map(_unpack_plan, snapshot.setting(PLAN_SETTING, [])))

    @in_step
    def freeze(self, plan: AgreementPlan) -> AgreementPlan:
        """Keep a plan with today's date; earlier plans stay, and reports tell of both.

        Args:
            plan: What was agreed on; it may be about interviews that are still to come.
        """
        frozen = replace(plan, by=self._coder, frozen_at=_now())
        # No plan is replaced: a reader of the report must see that it was changed, and from what.
        plans = [_pack_plan(earlier) for earlier in self.plans()]
        self._store.set_setting(PLAN_SETTING, [*plans, _pack_plan(frozen)], self._coder)
        return frozen

    @in_snapshot
    def deviations(self, report: AgreementReport, round_: str = "") -> tuple[Message, ...]:
        """Return in what a comparison differs from the plan that holds, or that it does not.

        In words; nothing where no plan was frozen.

        Args:
            report: The comparison.
            round_: The round that it is of; ``""`` for all codings.
        """
        plans = self.plans()
        if not plans:
            return ()
        compared = {*report.transcripts}
        times = [
            coding.created_at
            for coding in self._project.codings.collect(round=round_ or None)
            if coding.created_at and coding.coder in report.coders and coding.transcript in compared
        ]
        return agreement.find_deviations(
            plans,
            report,
            interviews=len(self._project.transcripts.collect()),
            first_coded_at=min(times, default=None),
        )

    def write(self, path: Path, *, language: str = "") -> None:
        """Write the plan that holds as a preregistration: docx, md, html.

        Args:
            path: Where to write.
            language: ``nl`` or ``en``; that of the project by default.

        Raises:
            UndefinedRequestError: no plan was frozen.
        """
        with self._snapshot() as snapshot:
            info = snapshot.info
        plans = self.plans()
        if not plans:
            raise UndefinedRequestError("No plan was frozen yet: freeze one first.")
        exporting.write_preregistration(
            plans,
            path,
            title=info.name,
            unit=self.unit(),
            codebook=self._project.codebook.get(),
            interviews=len(self._project.transcripts.collect()),
            language=language or info.language,
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _unpack_unit(packed: dict[str, Any] | None) -> UnitChoice | None:
    if packed is None:
        return None
    at = datetime.fromisoformat(packed["chosen_at"])
    return UnitChoice(**{**packed, "chosen_at": at})


def _pack_plan(plan: AgreementPlan) -> dict[str, Any]:
    at = plan.frozen_at.isoformat() if plan.frozen_at else None
    return {**asdict(plan), "coders": list(plan.coders), "frozen_at": at}


def _unpack_plan(packed: dict[str, Any]) -> AgreementPlan:
    at = datetime.fromisoformat(packed["frozen_at"]) if packed["frozen_at"] else None
    return AgreementPlan(**{**packed, "coders": tuple(packed["coders"]), "frozen_at": at})
