"""The verbs of the work: a :class:`Project` joins every step with the store.

Also the few verbs that need no project: reading one file to see what an import would give.
"""

from qualcode.adjudication import join_reason, split_reason
from qualcode.codebooks import read_codebook as read_codebook_file
from qualcode.importing import as_json as transcript_as_json
from qualcode.importing import known_suffixes, parse_roles, read_transcript
from qualcode.importing.exchange import read_exchange
from qualcode.importing.refi import exchange_as_json
from qualcode.model import QuoteFilter
from qualcode.project.analysis import FINAL
from qualcode.project.codings import CodebookChange
from qualcode.project.confidential import Replacement, restore_backup
from qualcode.project.editing import Edit, EditKind, code_name, rows_of
from qualcode.project.exchange import ExportOptions
from qualcode.project.output import Project
from qualcode.project.rounds import RoundProgress
from qualcode.project.scanning import CANNOT_SEE, NOT_LOOKED_AT, NameScan
from qualcode.project.settling import Settled
from qualcode.project.unbound import describe_language, suggest_for_segments
from qualcode.project.withholding import RealNames
from qualcode.project.work import ImportResult
from qualcode.project.work_files import Merged
from qualcode.pseudonyms import NameEntry, NameKey, NameKind, Proposal, entry_for
from qualcode.quotes import Measure, Risk

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
    "Merged",
    "NameEntry",
    "NameKey",
    "NameKind",
    "NameScan",
    "Project",
    "Proposal",
    "QuoteFilter",
    "RealNames",
    "Replacement",
    "Risk",
    "RoundProgress",
    "Settled",
    "code_name",
    "describe_language",
    "entry_for",
    "exchange_as_json",
    "join_reason",
    "known_suffixes",
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
