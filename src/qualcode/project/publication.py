"""What goes with a paper: reporting checklists, annexes, the audit trail, the archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import __version__, exporting
from qualcode.errors import Problem, UndefinedRequestError, UnknownNameError
from qualcode.exporting.reports.colophon import About
from qualcode.messages import Message
from qualcode.model.annex import AnnexKind, SampleTable
from qualcode.model.archive import ArchivedStudy
from qualcode.model.audit import AuditSection
from qualcode.model.checklist import Checklist, ChecklistItem, ChecklistKind
from qualcode.project import annexes
from qualcode.project.archive_files import ArchiveFiles
from qualcode.project.archived_evidence import prepare_evidence
from qualcode.project.archived_names import find_archived_names
from qualcode.project.archived_study import prepare_study
from qualcode.project.audit_trail import AuditTrail
from qualcode.project.checklist_facts import ProjectFacts
from qualcode.project.checklist_items import STANDARDS
from qualcode.project.item_plans import ItemPlan
from qualcode.project.layers import FINAL
from qualcode.project.measures import FEWEST_TO_HIDE
from qualcode.project.names import NO_NAMES
from qualcode.project.part import Part, in_snapshot
from qualcode.project.reports import about_project

if TYPE_CHECKING:
    from qualcode.pseudonyms import NameKey


class Publication(Part):
    """Documents that go with a paper, filled in from the project."""

    # --- checklists --------------------------------------------------------------------------

    @in_snapshot
    def checklist(self, kind: str, *, language: str = "") -> Checklist:
        """Return a reporting standard, with what the project knows of each item.

        Args:
            kind: A value of :class:`ChecklistKind`.
            language: Language of names from the project; its own by default.

        Raises:
            UnknownNameError: no such standard.
            UndefinedRequestError: a blind round is open.
        """
        if kind not in [*ChecklistKind]:
            raise UnknownNameError(
                Message(
                    "There is no checklist '{kind}'. There are: {kinds}.",
                    kind=kind,
                    kinds=", ".join(ChecklistKind),
                )
            )
        self._refuse_while_blind()
        with self._snapshot() as snapshot:
            facts = ProjectFacts(self._project, snapshot, language or snapshot.report_language)
            standard = STANDARDS[ChecklistKind(kind)]
            items = (
                _fill_in(plan, part, facts) for part, plans in standard.parts for plan in plans
            )
            return Checklist(
                ChecklistKind(kind),
                standard.name,
                str(standard.source),
                standard.note,
                tuple(items),
            )

    @in_snapshot
    def write_checklist(self, kind: str, path: Path, *, language: str = "") -> None:
        """Write a reporting standard for the author to complete; see :meth:`checklist`.

        Args:
            kind: A value of :class:`ChecklistKind`.
            path: Where to write: .docx, .html, .md or .json.
            language: ``nl`` or ``en``; that of the project by default.
        """
        checklist = self.checklist(kind, language=language)
        exporting.write_checklist(checklist, path, self._about(language))

    # --- annexes -----------------------------------------------------------------------------

    @in_snapshot
    def write_annex(
        self,
        kind: str,
        path: Path,
        *,
        layer: str = FINAL,
        groups: Sequence[str] = (),
        coders: Sequence[str] = (),
        language: str = "",
    ) -> None:
        """Write an annex of a paper, with what may be printed.

        Args:
            kind: A value of :class:`AnnexKind`.
            path: Where to write: .docx, .html, .md; of most also .xlsx and .csv.
            layer: For the codebook: whose codings, as in ``codings.collect_layer``.
            groups: For the sample: the groups, in the order to print them.
            coders: For the references: whose comparison the methods section tells of.
            language: ``nl`` or ``en``; that of the project by default.

        Raises:
            UnknownNameError: no such annex, group or coder.
            UndefinedRequestError: there is nothing to print, or a blind round is open.
        """
        if kind not in [*AnnexKind]:
            raise UnknownNameError(
                Message(
                    "There is no annex '{kind}'. There are: {kinds}.",
                    kind=kind,
                    kinds=", ".join(AnnexKind),
                )
            )
        self._refuse_while_blind()
        about = self._about(language)
        with self._snapshot() as snapshot:
            match AnnexKind(kind):
                case AnnexKind.CODEBOOK:
                    entries = annexes.collect_entries(
                        self._project, snapshot, layer, about.language
                    )
                    exporting.write_codebook_annex(
                        entries,
                        snapshot.codebook,
                        path,
                        about,
                        threshold=max(
                            self._project.disclosure.measures().threshold, FEWEST_TO_HIDE
                        ),
                    )
                case AnnexKind.GUIDE:
                    self._write_guides(path, about)
                case AnnexKind.DEVELOPMENT:
                    self._write_development(path, about)
                case AnnexKind.SAMPLE:
                    exporting.write_sample(self.sample(groups), path, about)
                case AnnexKind.REFERENCES:
                    cited = annexes.collect_references(
                        self._project, snapshot, coders, about.language
                    )
                    exporting.write_references(cited, f"qualcode {__version__}", path, about)

    def _write_guides(self, path: Path, about: About) -> None:
        with self._snapshot() as snapshot:
            if not snapshot.guides:
                raise UndefinedRequestError(
                    "The project has no topic guide. Read one: qualcode guide import FILE.yaml"
                )
            exporting.write_guides(snapshot.guides, snapshot.codebook, path, about)

    def _write_development(self, path: Path, about: About) -> None:
        with self._snapshot() as snapshot:
            if not snapshot.versions:
                # Called for its error, which says how to begin a codebook.
                snapshot.codebook_version()
            versions = annexes.collect_versions(snapshot)
            settled = annexes.count_asked_changes(snapshot)
            named = self._project.disclosure.hide_names(versions, NO_NAMES, about.language)
        exporting.write_development(named, settled, path, about)

    @in_snapshot
    def sample(self, groups: Sequence[str] = ()) -> SampleTable:
        """Return the table of the participants, with what may be printed.

        Args:
            groups: The groups in the order to print them; as they come by default.
        """
        self._refuse_while_blind()
        return annexes.collect_sample(self._project, groups)

    def print_small_counts(self, attribute: str, reason: str) -> None:
        """Decide that small counts of an attribute are printed in the table of the sample.

        Args:
            attribute: Its name.
            reason: Why they may be printed; kept and listed with the other decisions.
        """
        annexes.accept_small_counts(self._project, attribute, reason)

    # --- the audit trail ---------------------------------------------------------------------

    @in_snapshot
    def audit(self, *, memos: bool = False, language: str = "") -> tuple[AuditSection, ...]:
        """Return the audit trail by kind of record, with aliases for interviews and coders.

        Args:
            memos: Put the memos in, without passages that are withheld from publication.
            language: Language of aliases and names; that of the project by default.

        Raises:
            UndefinedRequestError: a blind round is open.
        """
        self._refuse_while_blind()
        with self._snapshot() as snapshot:
            trail = AuditTrail(self._project, snapshot, language or snapshot.report_language)
            return trail.collect(with_memos=memos)

    @in_snapshot
    def write_audit(self, path: Path, *, memos: bool = False, language: str = "") -> None:
        """Write the audit trail; see :meth:`audit`.

        Args:
            path: Where to write: .docx, .html, .md or .json.
            memos: Put the memos in.
            language: ``nl`` or ``en``; that of the project by default.
        """
        sections = self.audit(memos=memos, language=language)
        exporting.write_audit(sections, path, self._about(language))

    # --- the archive -------------------------------------------------------------------------

    @in_snapshot
    def methods(self, coders: Sequence[str] = (), *, language: str = "") -> tuple[str, ...]:
        """Return the methods section on coding, with aliases of coders.

        Args:
            coders: Who are compared; all who coded an interview together by default. Where nobody
                did, the sections tells only of coding and of the codebook.
            language: ``nl`` or ``en``; that of the project by default.
        """
        self._refuse_while_blind()
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            return annexes.collect_methods(self._project, snapshot, coders, language)

    @in_snapshot
    def check_archive(
        self,
        *,
        consent: str = "",
        reason: str = "",
        language: str = "",
        key: NameKey | None = None,
    ) -> tuple[Problem, ...]:
        """Return what in an archive may point at somebody.

        Likely names in interviews, summaries, findings, the codebook and what is known of
        participants; and participants of whom attributes together say who they are.

        Args:
            consent: The attribute of participants that says whether they consented.
            reason: Why all interviews may go in, where no attribute says so.
            language: ``nl`` or ``en``; that of the project by default.
            key: Names that were decided on.

        Raises:
            UndefinedRequestError: as for :meth:`make_archive`.
        """
        self._refuse_while_blind()
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            study = prepare_study(self._project, snapshot, consent, reason, language)
            written = prepare_evidence(self._project, snapshot, study)
            names = find_archived_names(self._project, snapshot, study, written, key)
            return (*names, *self._project.disclosure.check_table("cases"))

    @in_snapshot
    def make_archive(
        self,
        path: Path,
        *,
        consent: str = "",
        reason: str = "",
        names_because: str = "",
        language: str = "",
        key: NameKey | None = None,
    ) -> ArchivedStudy:
        """Write the archive of the study, for a repository; the same project gives the same bytes.

        Args:
            path: A ``.zip`` file, or a folder that is not there yet or empty.
            consent: The attribute of participants that says whether they consented.
            reason: Why all interviews may go in, where no attribute says so.
            names_because: Why likely names that are left may stay, where there are some; it is
                written into the archive.
            language: ``nl`` or ``en``; that of the project by default.
            key: Names that were decided on.

        Returns:
            What went in, and whose.

        Raises:
            UndefinedRequestError: nobody says whose interviews may go in, likely names are left
                and nobody says why they may stay, coders differ and nobody decided, or a blind
                round is open.
            WriteError: it cannot be written, or the folder holds something.
        """
        self._refuse_while_blind()
        because = names_because.strip()
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            study = prepare_study(self._project, snapshot, consent, reason, language)
            written = prepare_evidence(self._project, snapshot, study)
            names = find_archived_names(self._project, snapshot, study, written, key)
            if names and not because:
                raise UndefinedRequestError(
                    Message.counted(
                        "{count} likely name is left in what goes into the archive. {first} "
                        "Replace it (qualcode pseudonymize review), or say why it may stay "
                        "(--names-because REASON, in the app above the button).",
                        "{count} likely names are left in what goes into the archive. The first: "
                        "{first} Replace them (qualcode pseudonymize review), or say why they may "
                        "stay (--names-because REASON, in the app above the button).",
                        len(names),
                        first=Problem(names[0].where, names[0].message),
                    )
                )
            left = (len(names), self._checked(because, language, key) if names else "")
            files = ArchiveFiles(
                self._project, snapshot, study, written, language=language, names=left
            ).make()
        exporting.write_archive(files, path)
        return study

    def _checked(self, because: str, language: str, key: NameKey | None) -> str:
        """Return why names may stay, which is printed; refused where it holds one itself."""
        where = Message("why names may stay")
        problems = self._project.disclosure.check_texts(
            [(where, because)], language=language, key=key
        )
        if problems:
            raise UndefinedRequestError(
                Message("The reason goes into the archive too. {problem}", problem=problems[0])
            )
        return because

    # --- what all have in common -------------------------------------------------------------

    def _about(self, language: str) -> About:
        with self._snapshot() as snapshot:
            return about_project(snapshot, language or snapshot.report_language, None)

    def _refuse_while_blind(self) -> None:
        """Raise where an open blind round hides work: a document would be of a part only."""
        with self._snapshot() as snapshot:
            hiding = snapshot.hiding_rounds
        if hiding:
            raise UndefinedRequestError(
                Message(
                    "Round '{name}' is blind and open, so a document for publication would be of "
                    "a part of the work. Make it after all have handed in.",
                    name=hiding[0].name,
                )
            )


def _fill_in(plan: ItemPlan, part: str, facts: ProjectFacts) -> ChecklistItem:
    known = facts.collect(plan.facts.split())
    return ChecklistItem(
        number=plan.number,
        part=part,
        topic=plan.topic,
        facts=known,
        ask=plan.question or ("" if known else plan.otherwise),
        caution=plan.caution if plan.caution and plan.applies(facts) else "",
    )
