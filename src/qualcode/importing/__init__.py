"""Files of interviews, respondents and codings, read into values with their Problems."""

from qualcode.importing.cases import read_cases
from qualcode.importing.coder_package import read_coder_package
from qualcode.importing.codings import read_codings
from qualcode.importing.decisions import read_decisions
from qualcode.importing.label_candidates import label_key
from qualcode.importing.speaker_roles import SpeakerProposal, parse_roles
from qualcode.importing.transcripts import (
    SUFFIXES,
    ReadResult,
    as_json,
    known_suffixes,
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
    "read_cases",
    "read_coder_package",
    "read_codings",
    "read_decisions",
    "read_transcript",
    "read_transcript_bytes",
]
