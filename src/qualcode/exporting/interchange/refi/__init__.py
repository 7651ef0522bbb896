"""An ExchangeProject as REFI-QDA files (``.qdpx``, ``.qdc``), valid by the standard's schemas."""

from qualcode.exporting.interchange.refi.coders import without_names
from qualcode.exporting.interchange.refi.programs import PROGRAMS, find_program
from qualcode.exporting.interchange.refi.project_xml import (
    refi_problems,
    write_refi,
    write_refi_codebook,
)

__all__ = [
    "PROGRAMS",
    "find_program",
    "refi_problems",
    "without_names",
    "write_refi",
    "write_refi_codebook",
]
