"""Codebook and guide files: YAML and CSV to values and back.

Owns the two file formats (documented in ``codebooks/README.md``) and what can be odd in
them. Whether the codes of a guide exist in a codebook is checked here too; versions and
changes are the project's.
"""

from qualcode.codebooks.csv_format import rows_of_codebook
from qualcode.codebooks.files import (
    check_guide,
    codebook_from_rows,
    read_codebook,
    read_guide,
    write_codebook,
)

__all__ = [
    "check_guide",
    "codebook_from_rows",
    "read_codebook",
    "read_guide",
    "rows_of_codebook",
    "write_codebook",
]
