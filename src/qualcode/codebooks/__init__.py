"""Reads and writes codebook and guide files in YAML and CSV.

Defines the two file formats (documented in ``codebooks/README.md``) and their problems, and
checks that the codes of a guide exist in a codebook. The project keeps versions and changes.
"""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.codebooks.csv_format import rows_of_codebook
    from qualcode.codebooks.files import (
        check_guide,
        codebook_bytes,
        codebook_from_rows,
        read_codebook,
        read_guide,
    )

__all__ = [
    "check_guide",
    "codebook_bytes",
    "codebook_from_rows",
    "read_codebook",
    "read_guide",
    "rows_of_codebook",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
