"""Files of interviews, respondents and codings, read into values with their Problems."""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.importing.cases import read_case_rows, read_cases
    from qualcode.importing.coder_package import read_coder_package
    from qualcode.importing.codings import read_codings
    from qualcode.importing.decisions import read_decisions
    from qualcode.importing.framework import read_summaries
    from qualcode.importing.label_candidates import label_key
    from qualcode.importing.speaker_roles import SpeakerProposal, parse_roles
    from qualcode.importing.transcripts import (
        SUFFIXES,
        ReadResult,
        as_json,
        known_suffixes,
        read_service_lines,
        read_transcript,
        read_transcript_bytes,
    )

__all__ = [
    "SUFFIXES",
    "ReadResult",
    "SpeakerProposal",
    "as_json",
    "known_suffixes",
    "label_key",
    "parse_roles",
    "read_case_rows",
    "read_cases",
    "read_coder_package",
    "read_codings",
    "read_decisions",
    "read_service_lines",
    "read_summaries",
    "read_transcript",
    "read_transcript_bytes",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
