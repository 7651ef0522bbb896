"""The Python interface: a :class:`Project` with its parts joins every step with the store.

Also the few functions that need no project: reading one file to see what an import would give.
"""

from typing import TYPE_CHECKING, Any

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.adjudication import join_reason, split_reason
    from qualcode.codebooks import read_codebook as read_codebook_file
    from qualcode.encryption import refuse_weak as refuse_weak_passphrase
    from qualcode.importing import (
        ReadResult,
        known_suffixes,
        parse_roles,
        read_service_lines,
        read_transcript,
    )
    from qualcode.importing import as_json as transcript_as_json
    from qualcode.importing.exchange import project_suffixes, read_exchange
    from qualcode.importing.refi import exchange_as_json
    from qualcode.model import QuoteFilter
    from qualcode.project.adjudication import Settled
    from qualcode.project.archive_check import ArchiveReport, verify_archive
    from qualcode.project.backup_preview import BackupPreview, preview_backup
    from qualcode.project.backups import (
        REASONS,
        Backup,
        back_up_before,
        back_up_daily,
        backup_folder,
        find_backups_of,
        list_backups,
        take_untold_backups,
    )
    from qualcode.project.browser_edits import Edit, EditKind, code_name, rows_of
    from qualcode.project.codebook import CodebookChange
    from qualcode.project.codebook_plan import CodebookPlan, plan_codebook_import
    from qualcode.project.coder_packages import PackageMerge
    from qualcode.project.comments import CommentChoices, CommentPlan, plan_comments
    from qualcode.project.conflict_copies import merge_copy
    from qualcode.project.exchange import ExportOptions
    from qualcode.project.history import (
        copy_project,
        is_encrypted_backup,
        rescue_project,
        restore_backup,
        restore_plain,
        upgrade_project,
    )
    from qualcode.project.import_notes import ImportNotes, read_import_notes
    from qualcode.project.import_review import ImportReview, review_import
    from qualcode.project.interview_names import people_in_name
    from qualcode.project.languages import TranscriptLanguage, list_languages, with_language
    from qualcode.project.layers import FINAL
    from qualcode.project.left_out import find_left_out, left_out_of
    from qualcode.project.name_places import CANNOT_SEE, NOT_LOOKED_AT
    from qualcode.project.names import RealNames
    from qualcode.project.places import describe_risk, find_conflict_copies
    from qualcode.project.problem_tables import write_problems
    from qualcode.project.project import Project, ProjectInfo
    from qualcode.project.project_files import has_password, hide_password, list_projects
    from qualcode.project.pseudonyms import NameScan, Replacement
    from qualcode.project.rating_table import compare_ratings
    from qualcode.project.receipts import describe_receipt, write_receipt
    from qualcode.project.revisions import (
        ChangedCoding,
        Correction,
        RemovalPlan,
        write_text_version,
    )
    from qualcode.project.rounds import RoundProgress
    from qualcode.project.shared_edits import save_edit
    from qualcode.project.snapshot import Snapshot
    from qualcode.project.text_search import run_search
    from qualcode.project.text_suggestions import describe_language, suggest_for_segments
    from qualcode.project.transcripts import ImportResult
    from qualcode.project.withdrawal import WithdrawalPlan, WithdrawalReceipt
    from qualcode.project.wording import (
        attribute_name,
        attribute_value,
        chart_file,
        figure_name,
        reason_name,
    )
    from qualcode.pseudonyms import NameEntry, NameKey, NameKind, Proposal, entry_for
    from qualcode.quotes import Measure, Risk

__all__ = [
    "CANNOT_SEE",
    "FINAL",
    "NOT_LOOKED_AT",
    "REASONS",
    "ArchiveReport",
    "Backup",
    "BackupPreview",
    "ChangedCoding",
    "CodebookChange",
    "CodebookPlan",
    "CommentChoices",
    "CommentPlan",
    "Correction",
    "Edit",
    "EditKind",
    "ExportOptions",
    "ImportNotes",
    "ImportResult",
    "ImportReview",
    "Measure",
    "NameEntry",
    "NameKey",
    "NameKind",
    "NameScan",
    "PackageMerge",
    "Project",
    "ProjectInfo",
    "Proposal",
    "QuoteFilter",
    "ReadResult",
    "RealNames",
    "RemovalPlan",
    "Replacement",
    "Risk",
    "RoundProgress",
    "Settled",
    "Snapshot",
    "TranscriptLanguage",
    "WithdrawalPlan",
    "WithdrawalReceipt",
    "attribute_name",
    "attribute_value",
    "back_up_before",
    "back_up_daily",
    "backup_folder",
    "chart_file",
    "code_name",
    "compare_ratings",
    "copy_project",
    "describe_language",
    "describe_receipt",
    "describe_risk",
    "entry_for",
    "exchange_as_json",
    "figure_name",
    "find_backups_of",
    "find_conflict_copies",
    "find_left_out",
    "has_password",
    "hide_password",
    "is_encrypted_backup",
    "join_reason",
    "known_suffixes",
    "left_out_of",
    "list_backups",
    "list_languages",
    "list_projects",
    "merge_copy",
    "parse_roles",
    "people_in_name",
    "plan_codebook_import",
    "plan_comments",
    "preview_backup",
    "project_suffixes",
    "read_codebook_file",
    "read_exchange",
    "read_import_notes",
    "read_service_lines",
    "read_transcript",
    "reason_name",
    "refuse_weak_passphrase",
    "rescue_project",
    "restore_backup",
    "restore_plain",
    "review_import",
    "rows_of",
    "run_search",
    "save_edit",
    "split_reason",
    "suggest_for_segments",
    "take_untold_backups",
    "transcript_as_json",
    "upgrade_project",
    "verify_archive",
    "with_language",
    "write_problems",
    "write_receipt",
    "write_text_version",
]

if not TYPE_CHECKING:
    _find_export = lazy_exports(__name__)

    def __getattr__(name: str) -> Any:
        """Return an export, or, with a warning, what an old name stands for."""
        if name in __all__:
            return _find_export(name)
        from qualcode.project.deprecated import find_old_import

        return find_old_import(name)
