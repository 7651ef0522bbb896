"""The verbs of the whole report of agreement: figures, method, differences, how they ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from qualcode import agreement
from qualcode.errors import UndefinedRequestError
from qualcode.model import (
    AgreementReport,
    Coding,
    Round,
    SegmentKind,
    Span,
    TeamAgreement,
    Transcript,
)
from qualcode.model.agreement_study import AgreementStudy, Method
from qualcode.model.settling import Settling
from qualcode.project.comparing import Comparing


class AgreementStudies(Comparing):
    """An open project, with reports of agreement."""

    def agreement_study(
        self,
        coders: tuple[str, str],
        *,
        unit: SegmentKind = SegmentKind.TURN,
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
        tell: Callable[[float], None] = lambda _share: None,
    ) -> AgreementStudy:
        """Return the comparison of two coders with all that belongs in its report.

        Args and errors are those of :meth:`agreement`; ``tell`` is told which part is done, 0 to
        1, and what it raises ends the work.
        """
        tell(0.0)
        report = self.agreement(
            coders, unit=unit, level=level, transcripts=transcripts, round=round
        )
        compared = tuple(map(self.transcript, report.transcripts))
        codings = tuple(
            c
            for c in self._codings_in(round)
            if c.coder in coders and c.transcript in report.transcripts
        )
        tell(0.4)
        book, units = self.codebook(), self._units(unit)
        found = agreement.collect_disagreements(
            compared, codings, book, coders=coders, segments=units
        )
        ids = {one.id for one in found}
        exposed = self._exposed(coders, compared)
        tell(0.5)
        confusion = agreement.find_confusion(
            compared, codings, book, coders=coders, report=report, segments=units
        )
        tell(0.6)
        return AgreementStudy(
            report=report,
            method=self._method(compared, codings, sum(map(len, exposed.values()))),
            confusion=confusion,
            disagreements=found,
            decisions=tuple(d for d in self.decisions() if d.disagreement in ids),
            programs=agreement.collect_program_figures(
                compared, codings, book, coders=coders, report=report
            ),
            moments=agreement.agreement_over_time(
                compared, codings, book, coders=coders, segments=units
            ),
            exposed=agreement.split_by_exposure(
                compared, codings, book, coders=coders, exposed=exposed, segments=units
            )
            if any(exposed.values())
            else (),
            settling=self._settling_or_none(coders),
        )

    def _settling_or_none(self, coders: tuple[str, str]) -> Settling | None:
        try:
            return self.settling(coders)
        except UndefinedRequestError:
            # nothing was decided on yet: the report then says so
            return None

    def _exposed(
        self, coders: Sequence[str], compared: Sequence[Transcript]
    ) -> dict[str, list[tuple[str, Span]]]:
        """Return by coder the passages that suggestions were shown for."""
        names = {transcript.name for transcript in compared}
        shown = [one for one in self._store.exposures() if one.transcript in names]
        return {
            coder: [(one.transcript, one.span) for one in shown if one.coder == coder]
            for coder in coders
        }

    def _method(
        self, compared: Sequence[Transcript], codings: Sequence[Coding], exposures: int
    ) -> Method:
        from qualcode import __version__

        one = self._round_of(codings)
        reopened = [
            json.loads(event.after)
            for event in (self._hand_ins(one.name) if one else ())
            if event.action == "hand_in.reopen"
        ]
        book, versions = self.codebook(), self.codebook_versions()
        first = self.codebook(versions[0].version)
        return Method(
            software=f"qualcode {__version__}",
            interviews=len(self.collect_transcripts()),
            double_coded=len(compared),
            round=one,
            reopened=len(reopened),
            reopened_after_all=sum(bool(event["all_had_handed_in"]) for event in reopened),
            codes=len(book.active),
            themes=sum(not code.parent for code in book.active),
            first_codes=len(first.active),
            versions=len(versions),
            coded_versions=tuple(sorted({coding.codebook_version for coding in codings})),
            exposures=exposures,
            adopted=sum(coding.origin.startswith("suggestion:") for coding in codings),
        )

    def _round_of(self, codings: Sequence[Coding]) -> Round | None:
        """Return the round that all codings were made in, if it was one."""
        names = {coding.round for coding in codings}
        return self.round(names.pop()) if len(names) == 1 and "" not in names else None

    # --- more than two, and oneself ----------------------------------------------------------

    def team_agreement(
        self,
        coders: Sequence[str],
        *,
        unit: SegmentKind = SegmentKind.TURN,
        level: str = "code",
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[TeamAgreement, ...]:
        """Return how far all of a team agree on each code, two or more coders to a transcript.

        Raises:
            UndefinedRequestError: fewer than two coders, one twice, or a blind round is open.
        """
        texts = self.collect_transcripts()
        self.refuse_while_blind(coders, [t.name for t in texts])
        return agreement.compare_team(
            texts,
            self._codings_in(round),
            self.codebook(),
            coders=coders,
            segments=self._units(unit),
            level=level,
        )

    def self_agreement(
        self, coder: str, rounds: tuple[str, str], *, unit: SegmentKind = SegmentKind.TURN
    ) -> AgreementReport:
        """Return how far a coder agrees with their own coding in an earlier round.

        Raises:
            UndefinedRequestError: the same round twice.
            UnknownNameError: no such coder or round.
        """
        for name in rounds:
            self.round(name)
        return agreement.compare_with_self(
            self.collect_transcripts(),
            self.collect_codings(coder=coder),
            self.codebook(),
            coder=coder,
            rounds=rounds,
            segments=self._units(unit),
        )
