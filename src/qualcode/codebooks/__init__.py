"""Reads and writes codebook and guide files in YAML and CSV.

Defines the two file formats (documented in ``codebooks/README.md``) and their problems, and
checks that the codes of a guide exist in a codebook. The project keeps versions and changes.
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
