"""The Python interface: a :class:`Project` with its parts joins every step with the store.

Also the few functions that need no project: reading one file to see what an import would give.
"""

from typing import TYPE_CHECKING, Any

from qualcode.adjudication import join_reason, split_reason
from qualcode.codebooks import read_codebook as read_codebook_file
from qualcode.importing import ReadResult, known_suffixes, parse_roles, read_transcript
from qualcode.importing import as_json as transcript_as_json
from qualcode.importing.exchange import read_exchange
from qualcode.model import QuoteFilter
from qualcode.project.adjudication import Settled
from qualcode.project.browser_edits import Edit, EditKind, code_name, rows_of
from qualcode.project.codebook import CodebookChange
from qualcode.project.coder_packages import PackageMerge
from qualcode.project.exchange import ExportOptions
from qualcode.project.history import restore_backup
from qualcode.project.layers import FINAL
from qualcode.project.name_places import CANNOT_SEE, NOT_LOOKED_AT
from qualcode.project.names import RealNames
from qualcode.project.project import Project, ProjectInfo
from qualcode.project.project_files import list_projects
from qualcode.project.pseudonyms import NameScan, Replacement
from qualcode.project.rounds import RoundProgress
from qualcode.project.snapshot import Snapshot
from qualcode.project.text_suggestions import describe_language, suggest_for_segments
from qualcode.project.transcripts import ImportResult
from qualcode.project.wording import attribute_name, attribute_value, chart_file
from qualcode.pseudonyms import NameEntry, NameKey, NameKind, Proposal, entry_for
from qualcode.quotes import Measure, Risk

if TYPE_CHECKING:
    from qualcode.importing.refi import exchange_as_json

__all__ = [
    "CANNOT_SEE",
    "FINAL",
    "NOT_LOOKED_AT",
    "CodebookChange",
    "Edit",
    "EditKind",
    "ExportOptions",
    "ImportResult",
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
    "Replacement",
    "Risk",
    "RoundProgress",
    "Settled",
    "Snapshot",
    "attribute_name",
    "attribute_value",
    "chart_file",
    "code_name",
    "describe_language",
    "entry_for",
    "exchange_as_json",
    "join_reason",
    "known_suffixes",
    "list_projects",
    "parse_roles",
    "read_codebook_file",
    "read_exchange",
    "read_transcript",
    "restore_backup",
    "rows_of",
    "split_reason",
    "suggest_for_segments",
    "transcript_as_json",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Return what few programs need, or, with a warning, what an old name stands for."""
        if name == "exchange_as_json":
            from qualcode.importing.refi import exchange_as_json

            return exchange_as_json
        from qualcode.project.deprecated import find_old_import

        return find_old_import(name)
