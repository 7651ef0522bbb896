"""Replaces names by pseudonyms in everything that a project keeps; this cannot be undone."""

from qualcode.storage.pseudonymization.transcripts import (
    Pseudonymized,
    pseudonymize,
    rename_disagreements,
)

__all__ = ["Pseudonymized", "pseudonymize", "rename_disagreements"]
