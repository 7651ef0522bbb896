"""A source made into a text with turns, whichever kind of source it is."""

from __future__ import annotations

from collections.abc import Collection

from qualcode.importing.assembled import Assembled
from qualcode.importing.source import Spoken, Written
from qualcode.importing.spoken import assemble_spoken
from qualcode.importing.written import assemble_written


def assemble(source: Written | Spoken, file_name: str, wanted: Collection[str] = ()) -> Assembled:
    """Return text and turns of a source; ``wanted`` are labels that the user named."""
    if isinstance(source, Written):
        return assemble_written(source, file_name, wanted)
    return assemble_spoken(source, file_name, wanted)
