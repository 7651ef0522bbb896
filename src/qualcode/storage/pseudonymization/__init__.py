"""Replaces names by pseudonyms in everything that a project keeps; this cannot be undone."""

from qualcode.storage.pseudonymization.transcripts import (
    PseudonymizationReport,
    pseudonymize,
    rename_disagreements,
)

__all__ = ["PseudonymizationReport", "pseudonymize", "rename_disagreements"]
