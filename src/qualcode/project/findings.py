"""The chain of evidence of a project: findings, what carries them, and recommendations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from qualcode import exporting, quotes
from qualcode.errors import Problem, UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import Quote
from qualcode.model.design_keys import FINDING, RECOMMENDATION, design_key, new_design_id
from qualcode.model.finding import (
    ContraryProposal,
    EvidenceReport,
    Finding,
    OutsideEvidence,
    Recommendation,
)
from qualcode.project.evidence import Evidence
from qualcode.project.finding_basis import (
    claim_of,
    find_code_ids,
    with_new_codings,
    with_present_basis,
    without_passages,
)
from qualcode.project.finding_gaps import list_gaps
from qualcode.project.finding_records import (
    number_texts,
    pack_finding,
    pack_recommendation,
    unpack_finding,
    unpack_recommendation,
)
from qualcode.project.finding_states import count_claims, describe_finding
from qualcode.project.held_attributes import guard_quotes
from qualcode.project.layers import FINAL
from qualcode.project.names import NO_NAMES
from qualcode.project.part import Part, in_snapshot, in_step
from qualcode.project.reports import about_project
from qualcode.project.snapshot import Snapshot
from qualcode.quotes import ATTRIBUTION


class Findings(Part):
    """Findings and recommendations."""

    # --- writing -------------------------------------------------------------------------------

    @in_step
    def add(self, text: str, codes: Sequence[str] = (), *, layer: str = FINAL) -> Finding:
        """Write a finding.

        Args:
            text: The sentence.
            codes: Paths of the codes it is about.
            layer: Whose codings it is written on.

        Raises:
            InvalidValueError: it is empty, or too long.
            UnknownNameError: no such code or coder.
        """
        with self._snapshot() as snapshot:
            # A layer that does not exist is refused before anything rests on it.
            self._project.codings.collect_layer(layer)
            evidence = Evidence(self._project, snapshot)
            number = 1 + max((f.number for f in self._findings(snapshot)), default=0)
            finding = Finding(
                number,
                text.strip(),
                find_code_ids(evidence, codes),
                layer=layer,
                by=self._coder,
                id=new_design_id(),
            )
            finding = with_present_basis(finding, evidence)
        return self._keep(finding)

    @in_step
    def edit(
        self, number: int, *, text: str | None = None, codes: Sequence[str] | None = None
    ) -> Finding:
        """Change the sentence or the codes of a finding; it then counts as looked at.

        Args:
            number: Its number.
            text: The sentence; as before where None.
            codes: Paths of its codes; as before where None.

        Raises:
            UnknownNameError: no such finding or code.
            InvalidValueError: it is empty, or too long.
        """

        def change(finding: Finding, evidence: Evidence) -> Finding:
            chosen = finding.codes if codes is None else find_code_ids(evidence, codes)
            words = finding.text if text is None else text.strip()
            return with_present_basis(replace(finding, text=words, codes=chosen), evidence)

        return self._change(number, change)

    @in_step
    def remove(self, number: int) -> None:
        """Remove a finding; recommendations no longer rest on it.

        Raises:
            UnknownNameError: no such finding.
        """
        with self._snapshot() as snapshot:
            finding = self._find(snapshot, number)
            resting = [r for r in self._recommendations(snapshot) if finding.id in r.findings]
        with self._store.step(self._coder):
            for recommendation in resting:
                # The recommendation stays, though on less: it is the researcher's text, and the
                # check shows it.
                ids = tuple(key for key in recommendation.findings if key != finding.id)
                self._keep_recommendation(replace(recommendation, findings=ids))
            key = design_key(FINDING, finding.id, finding.by)
            self._store.set_design(key, None, self._coder)

    @in_step
    def link(self, number: int, codings: Sequence[str], *, contrary: bool = False) -> Finding:
        """Link passages that carry a finding, or that speak against it.

        Args:
            number: Its number.
            codings: Ids of the codings, or the beginnings of them.
            contrary: Whether they speak against it.

        Raises:
            UnknownNameError: no such finding or passage.
        """

        def change(finding: Finding, evidence: Evidence) -> Finding:
            ids = evidence.find(codings)
            # A passage is on one side only.
            supporting = tuple(key for key in finding.supporting if key not in ids)
            against = tuple(key for key in finding.contrary if key not in ids)
            if contrary:
                against = (*against, *ids)
            else:
                supporting = (*supporting, *ids)
            changed = replace(finding, supporting=supporting, contrary=against)
            return with_new_codings(changed, ids, evidence)

        return self._change(number, change)

    @in_step
    def unlink(self, number: int, codings: Sequence[str]) -> Finding:
        """Take passages off a finding, from either side.

        Args:
            number: Its number.
            codings: Ids of the codings, or the beginnings of them.

        Raises:
            UnknownNameError: no such finding, or a passage that is not linked to it.
        """

        def change(finding: Finding, evidence: Evidence) -> Finding:
            linked = (*finding.supporting, *finding.contrary)
            gone: set[str] = set()
            for part in codings:
                # Also of a coding that was withdrawn: it is what somebody wants to take off.
                fitting = {key for key in linked if part and key.startswith(part)}
                if not fitting:
                    where = Message("finding {number}", number=number)
                    raise unknown_name("passage", part, [key[:8] for key in linked], where)
                gone |= fitting
            return without_passages(finding, gone, evidence)

        return self._change(number, change)

    @in_step
    def set_evidence(self, number: int, evidence: Sequence[OutsideEvidence]) -> Finding:
        """Attach evidence from outside, in the place of what was attached.

        Args:
            number: Number of the finding.
            evidence: The evidence, in the order to print.

        Raises:
            UnknownNameError: no such finding.
        """
        return self._change(number, lambda finding, _: replace(finding, evidence=tuple(evidence)))

    @in_step
    def look_at(self, numbers: Iterable[int]) -> int:
        """Say that findings still hold after codings changed; return how many were marked.

        Raises:
            UnknownNameError: no such finding.
        """
        with self._snapshot() as snapshot:
            evidence = Evidence(self._project, snapshot)
            before = [self._find(snapshot, number) for number in numbers]
            after = [with_present_basis(finding, evidence) for finding in before]
        with self._store.step(self._coder):
            for finding in after:
                self._keep(finding)
        return sum(old != new for old, new in zip(before, after, strict=True))

    @in_step
    def recommend(self, text: str, findings: Sequence[int], number: int = 0) -> Recommendation:
        """Write a recommendation, or another text for one.

        Args:
            text: The sentence; ``""`` removes the one with this number.
            findings: Numbers of the findings it rests on.
            number: Number of the recommendation to change; 0 for a new one.

        Raises:
            UnknownNameError: no such finding or recommendation.
            InvalidValueError: it is too long, or a new one is empty.
            UndefinedRequestError: it rests on nothing.
        """
        with self._snapshot() as snapshot:
            ids = tuple(dict.fromkeys(self._find(snapshot, n).id for n in findings))
            known = {r.number: r for r in self._recommendations(snapshot)}
        if number and number not in known:
            numbers = list(map(str, known))
            raise unknown_name("recommendation", str(number), numbers, "the findings")
        if number and not text.strip():
            old = known[number]
            key = design_key(RECOMMENDATION, old.id, old.by)
            self._store.set_design(key, None, self._coder)
            return old
        if not ids:
            raise UndefinedRequestError("A recommendation rests on a finding: name one.")
        old = known.get(
            number,
            Recommendation(max(known, default=0) + 1, text, by=self._coder, id=new_design_id()),
        )
        return self._keep_recommendation(replace(old, text=text.strip(), findings=ids))

    # --- reading -------------------------------------------------------------------------------

    @in_snapshot
    def report(
        self, *, attribution: str = ATTRIBUTION, language: str = "", for_print: bool = False
    ) -> EvidenceReport:
        """Return all findings with what carries them now, and all recommendations.

        Args:
            attribution: Pattern of the line below a quote.
            language: Language of that line; that of the project by default.
            for_print: Whether small counts are hidden, unless somebody decided on the finding.
        """
        measures = self._project.disclosure.measures()
        with self._snapshot() as snapshot:
            evidence = Evidence(self._project, snapshot)
            findings = self._findings(snapshot)
            recommendations = self._recommendations(snapshot)
            linked = self._quotes(snapshot, evidence, findings, attribution, language)
            states = tuple(
                describe_finding(
                    finding,
                    evidence,
                    count_claims(snapshot, evidence, finding.layer),
                    measures=measures,
                    linked=linked,
                    recommendations=recommendations,
                )
                for finding in findings
            )
            report = EvidenceReport(states, recommendations, measures.threshold)
            if for_print:
                guard = guard_quotes(self._project)
                report = quotes.print_evidence(report, measures, snapshot.codings, guard)
        return report

    def _quotes(
        self,
        snapshot: Snapshot,
        evidence: Evidence,
        findings: Sequence[Finding],
        attribution: str,
        language: str,
    ) -> Mapping[str, Quote]:
        ids = dict.fromkeys(k for f in findings for k in (*f.supporting, *f.contrary))
        sections = quotes.collect_quotes(
            [evidence.codings[key] for key in ids if key in evidence.codings],
            evidence.codebook,
            snapshot.transcripts,
            evidence.cases,
            chosen=snapshot.chosen,
            excerpts=snapshot.excerpts,
            attribution=attribution,
            language=language or snapshot.report_language,
        )
        printed = self._project.disclosure.measures().of_sections(sections)
        return {quote.coding: quote for section in printed for quote in section.quotes}

    @in_snapshot
    def propose_contrary(self, number: int) -> tuple[ContraryProposal, ...]:
        """Return who or what may speak against a finding; it changes nothing.

        Participants who have one of its codes and the opposite of it (the attribute ``opposite``
        of the code), groups that were asked and never say it, and passages least alike.

        Args:
            number: Its number.

        Raises:
            UnknownNameError: no such finding.
        """
        with self._snapshot() as snapshot:
            evidence = Evidence(self._project, snapshot)
            finding = self._find(snapshot, number)
            counter = count_claims(snapshot, evidence, finding.layer)
            return counter.propose_contrary(claim_of(finding, evidence), finding.contrary)

    def _findings(self, snapshot: Snapshot) -> tuple[Finding, ...]:
        return snapshot.recall(
            "findings", lambda: number_texts(unpack_finding, snapshot.designs(FINDING))
        )

    def _recommendations(self, snapshot: Snapshot) -> tuple[Recommendation, ...]:
        return snapshot.recall(
            "recommendations",
            lambda: number_texts(unpack_recommendation, snapshot.designs(RECOMMENDATION)),
        )

    def _find(self, snapshot: Snapshot, number: int) -> Finding:
        findings = {finding.number: finding for finding in self._findings(snapshot)}
        if number not in findings:
            raise unknown_name("finding", str(number), list(map(str, findings)), "this project")
        return findings[number]

    def _change(self, number: int, change: Callable[[Finding, Evidence], Finding]) -> Finding:
        with self._snapshot() as snapshot:
            evidence = Evidence(self._project, snapshot)
            changed = change(self._find(snapshot, number), evidence)
        return self._keep(changed)

    def _keep(self, finding: Finding) -> Finding:
        key = design_key(FINDING, finding.id, finding.by)
        self._store.set_design(key, pack_finding(finding), self._coder)
        return finding

    def _keep_recommendation(self, recommendation: Recommendation) -> Recommendation:
        key = design_key(RECOMMENDATION, recommendation.id, recommendation.by)
        self._store.set_design(key, pack_recommendation(recommendation), self._coder)
        return recommendation

    # --- print ---------------------------------------------------------------------------------

    def accept_small_counts(self, number: int, reason: str) -> None:
        """Decide that the counts of a finding are printed though they are small.

        Args:
            number: Its number.
            reason: Why; kept and listed with the other decisions on disclosure.

        Raises:
            UnknownNameError: no such finding.
            InvalidValueError: there is no reason.
        """
        with self._snapshot() as snapshot:
            finding = self._find(snapshot, number)
        self._project.disclosure.accept_risk(quotes.finding_risk(finding.id), reason)

    def check(self, report: EvidenceReport) -> tuple[Problem, ...]:
        """Return what is not finished in findings, and what may point at somebody in print."""
        texts = [
            (Message("finding {number}", number=state.finding.number), state.finding.text)
            for state in report.findings
        ]
        texts += [
            (Message("recommendation {number}", number=r.number), r.text)
            for r in report.recommendations
        ]
        disclosure = self._project.disclosure
        return (*list_gaps(report), *disclosure.check_texts(texts), *disclosure.check_reasons())

    def write(
        self, report: EvidenceReport, path: Path, *, language: str = "", audit: bool = False
    ) -> None:
        """Write findings as a joint display, or with all their passages for who checks them.

        Small counts and passages that are left out are hidden here, whatever the report shows.

        Args:
            report: From :meth:`report`.
            path: Where to write: docx, xlsx (a joint display only), html, md or json.
            language: ``nl`` or ``en``; that of the project by default.
            audit: Whether all passages are printed, a page per finding.
        """
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            measures = self._project.disclosure.measures()
            guard = guard_quotes(self._project)
            printed = quotes.print_evidence(report, measures, snapshot.codings, guard)
            report = self._project.disclosure.hide_names(printed, NO_NAMES, language)
            about = about_project(snapshot, language, None)
            exporting.write_findings(report, path, about, snapshot.codebook, audit=audit)
