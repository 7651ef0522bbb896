"""Makes a text with turns of either kind of source."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.importing.document_turns import assemble_document_text
from qualcode.importing.source import DocumentSource, UtteranceSource
from qualcode.importing.turns import InterviewText
from qualcode.importing.utterance_turns import assemble_utterance_text
from qualcode.model import Role


def assemble_interview_text(
    source: DocumentSource | UtteranceSource, file_name: str, roles: Mapping[str, Role]
) -> InterviewText:
    """Return text and turns of a source; ``roles`` are those that the user gave, by label."""
    if isinstance(source, DocumentSource):
        return assemble_document_text(source, file_name, roles)
    return assemble_utterance_text(source, file_name, roles)
