"""The comparison of coders: agreement, for two or a team, and the disagreements.

Joins the figures and the store; computes nothing itself. A comparison that would tell what an
open blind round keeps apart is refused here, in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qualcode import agreement
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.model import (
    CONSENSUS,
    AgreementReport,
    AgreementUnit,
    Coding,
    Disagreement,
    GroupAgreement,
    SegmentKind,
    TeamReport,
    Transcript,
)
from qualcode.project.part import Part, in_snapshot


class Comparisons(Part):
    """The comparison of coders."""

    @in_snapshot
    def compare(
        self,
        coders: tuple[str, str],
        *,
        unit: str = AgreementUnit.TURN,
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> AgreementReport:
        """Return how far two coders agree on the transcripts that both coded.

        A transcript that a coder handed in without a single coding was coded: nothing was
        found in it.

        Args:
            coders: Their names; the first one is A.
            unit: The unit of analysis, of the respondents' words: a value of
                :class:`AgreementUnit`.
            level: Overall figures about each ``code`` or each ``theme``.
            transcripts: Names of the transcripts to compare; all by default.
            round: Only what was coded in this round.

        Raises:
            UndefinedRequestError: there is no transcript that both coded, no segments of this
                kind yet, or the coders are in a blind round that is open.
            UnknownNameError: no such coder, transcript, unit or round.
        """
        return agreement.compare_coders(
            **self.study_arguments(coders, transcripts, round),
            **self.unit_arguments(unit),
            level=level,
        )

    @in_snapshot
    def compare_groups(
        self,
        attribute: str,
        coders: tuple[str, str],
        *,
        unit: str = AgreementUnit.TURN,
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
        return agreement.split_by_group(
            **self.study_arguments(coders, transcripts, round),
            **self.unit_arguments(unit),
            groups=self._project.cases.values_of(attribute),
            level=level,
        )

    @in_snapshot
    def compare_team(
        self,
        coders: Sequence[str],
        *,
        unit: str = AgreementUnit.TURN,
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> TeamReport:
        """Return how far all of a team agree, two or more coders to a transcript.

        Args and errors are those of :meth:`compare`, for two coders or more.
        """
        return agreement.compare_team(
            **self.study_arguments(coders, transcripts, round),
            **self.unit_arguments(unit),
            level=level,
        )

    @in_snapshot
    def compare_with_self(
        self,
        coder: str,
        rounds: tuple[str, str],
        *,
        unit: str = AgreementUnit.TURN,
        level: str = "code",
        transcripts: Sequence[str] | None = None,
    ) -> AgreementReport:
        """Return how far a coder agrees with their own coding in another round.

        Args:
            coder: Name of the coder.
            rounds: Names of the two rounds, the earlier one first.
            unit: As in :meth:`compare`, like the others.
            level: Likewise.
            transcripts: Likewise.

        Raises:
            UndefinedRequestError: the same round twice, no transcript coded in both, or one of
                them is blind and open.
            UnknownNameError: no such coder or round, or the coder is not in it.
        """
        texts = self._within(transcripts)
        for name in rounds:
            if coder not in (people := self._project.rounds.get(name).coders):
                raise unknown_name("coder", coder, people, f"round '{name}'")
        self._project.rounds.refuse_comparison([coder], [text.name for text in texts])
        report = agreement.compare_with_self(
            texts,
            self._project.codings.collect(coder=coder),
            self._project.codebook.get(),
            coder=coder,
            rounds=rounds,
            finished={name: self.finished([coder], name)[coder] for name in rounds},
            **self.unit_arguments(unit),
            level=level,
        )
        if not report.transcripts:
            raise UndefinedRequestError(
                f"There is no transcript that {coder} coded in both '{rounds[0]}' and "
                f"'{rounds[1]}'."
            )
        return report

    @in_snapshot
    def collect_disagreements(
        self,
        coders: Sequence[str],
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[Disagreement, ...]:
        """Return every difference between two coders or in a team, worst code first."""
        return agreement.collect_disagreements(**self.study_arguments(coders, None, round))

    # --- what is compared --------------------------------------------------------------------

    def study_arguments(
        self, coders: Sequence[str], names: Sequence[str] | None = None, round_: str = ""
    ) -> dict[str, Any]:
        """Return what every comparison takes: texts, codings, codebook, who, what they did."""
        return {
            "transcripts": self.compared_transcripts(coders, names, round_),
            "codings": self._codings_in(round_),
            "codebook": self._project.codebook.get(),
            "coders": tuple(coders),
            "finished": self.finished(coders, round_),
        }

    def unit_arguments(self, unit: str) -> dict[str, Any]:
        """Return the units that a comparison takes."""
        if unit not in set(AgreementUnit):
            raise unknown_name("unit", unit, set(AgreementUnit), "the units of agreement")
        if unit == AgreementUnit.CHARACTER:
            return {"segments": None, "unit": unit}
        if unit == AgreementUnit.TURN:
            # the transcripts have them themselves
            return {"segments": None}
        segments = self._project.transcripts.collect_segments(SegmentKind(unit))
        if not segments:
            raise UndefinedRequestError(
                f"The transcripts are not cut into units of kind '{unit}' yet. "
                "Cut them: qualcode segment"
            )
        return {"segments": segments}

    def _codings_in(self, round_: str) -> tuple[Coding, ...]:
        return self._project.codings.collect(round=round_ or None)

    def _within(self, names: Sequence[str] | None, round_: str = "") -> tuple[Transcript, ...]:
        """Return the transcripts asked for, of those that the round is about."""
        one = self._project.rounds.get(round_) if round_ else None
        chosen = (
            self._project.transcripts.collect()
            if names is None
            else map(self._project.transcripts.get, names)
        )
        return tuple(t for t in chosen if one is None or one.covers(t.name))

    def compared_transcripts(
        self, coders: Sequence[str], names: Sequence[str] | None = None, round_: str = ""
    ) -> tuple[Transcript, ...]:
        """Return the transcripts that two or more of the coders coded, of those asked for."""
        within = self._within(names, round_)
        self._project.rounds.refuse_comparison(coders, [t.name for t in within])
        went = self.finished(coders, round_)
        coded = {
            coder: {
                c.transcript
                for c in self._project.codings.collect(coder=coder, round=round_ or None)
            }
            | went[coder]
            for coder in coders
        }
        shared = tuple(t for t in within if sum(t.name in own for own in coded.values()) > 1)
        inside = f" in round '{round_}'" if round_ else ""
        if not shared:
            which = "both" if len(coders) == 2 else "two of"
            raise UndefinedRequestError(
                f"There is no transcript that {which} {' and '.join(coders)} coded{inside}."
            )
        for coder, own in coded.items():
            if not any(t.name in own for t in shared):
                raise UndefinedRequestError(
                    f"{coder} coded no transcript that another of {', '.join(coders)} "
                    f"coded{inside}: compare the others."
                )
        return shared

    def finished(self, coders: Iterable[str], round_: str = "") -> dict[str, set[str]]:
        """Return per coder the transcripts gone through: handed in, or settled."""
        names = [t.name for t in self._project.transcripts.collect()]
        rounds = [one for one in self._project.rounds.collect() if round_ in ("", one.name)]
        found = {
            coder: {n for r in rounds if coder in r.handed_in for n in names if r.covers(n)}
            for coder in coders
        }
        if CONSENSUS in found and not round_:
            found[CONSENSUS] = {
                decision.transcript for decision in self._project.adjudication.collect_decisions()
            }
        return found
