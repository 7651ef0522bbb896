"""An ExchangeProject as REFI-QDA files (``.qdpx``, ``.qdc``), valid by the standard's schemas."""

from qualcode.exporting.interchange.refi.coders import without_names
from qualcode.exporting.interchange.refi.project_xml import (
    refi_problems,
    write_refi,
    write_refi_codebook,
)

__all__ = ["refi_problems", "without_names", "write_refi", "write_refi_codebook"]
