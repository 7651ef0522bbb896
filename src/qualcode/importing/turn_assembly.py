"""A source made into a text with turns, whichever kind of source it is."""

from __future__ import annotations

from collections.abc import Collection

from qualcode.importing.document_turns import assemble_written
from qualcode.importing.source import Spoken, Written
from qualcode.importing.turns import Assembled
from qualcode.importing.utterance_turns import assemble_spoken


def assemble(source: Written | Spoken, file_name: str, wanted: Collection[str] = ()) -> Assembled:
    """Return text and turns of a source; ``wanted`` are labels that the user named."""
    if isinstance(source, Written):
        return assemble_written(source, file_name, wanted)
    return assemble_spoken(source, file_name, wanted)
