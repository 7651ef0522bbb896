"""Makes a text with turns of either kind of source."""

from __future__ import annotations

from collections.abc import Collection

from qualcode.importing.document_turns import assemble_document_text
from qualcode.importing.source import DocumentSource, UtteranceSource
from qualcode.importing.turns import InterviewText
from qualcode.importing.utterance_turns import assemble_utterance_text


def assemble_interview_text(
    source: DocumentSource | UtteranceSource, file_name: str, user_labels: Collection[str] = ()
) -> InterviewText:
    """Return text and turns of a source; ``user_labels`` are labels that the user gave."""
    if isinstance(source, DocumentSource):
        return assemble_document_text(source, file_name, user_labels)
    return assemble_utterance_text(source, file_name, user_labels)
