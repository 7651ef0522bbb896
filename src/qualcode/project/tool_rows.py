"""Rows of codings in tables of other programs, with our names of transcripts and codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from qualcode.codebook_edits import find_code, find_named_codes
from qualcode.importing.cases import transcript_name
from qualcode.importing.other_tools import ToolRow
from qualcode.model import Codebook, CodingRow, Transcript

_NUMBERED = re.compile(r"(?:[DP] ?)?\d+(?:: ?| )")
"""How ATLAS.ti numbers the names of documents: ``D 1: G01``."""


def bare_name(name: str) -> str:
    """Return the name of a transcript as tables of other programs give it: without a suffix."""
    return transcript_name(name)


def with_known_levels(row: ToolRow, codebook: Codebook) -> ToolRow:
    """Return a row with the levels in the name of its code, where the codebook has those."""
    is_known = find_code(codebook, row.labels) is not None
    if is_known or find_code(codebook, row.levels) is None:
        return row
    return replace(row, labels=row.levels)


def with_code_path(row: CodingRow, codebook: Codebook) -> CodingRow:
    """Return a row whose code is a path, also where the table holds the labels of the code."""
    paths = find_named_codes(codebook, row.code)
    return replace(row, code=paths[0]) if len(paths) == 1 else row


def row_in_text(
    row: ToolRow, paths: Mapping[tuple[str, ...], str], transcripts: Mapping[str, Transcript]
) -> CodingRow:
    """Return a row with our code and transcript, and its paragraph as a place to look near.

    Args:
        row: The row as read.
        paths: Path of each code by its labels from the top.
        transcripts: The transcripts by bare name.
    """
    name = row.row.transcript
    transcript = transcripts.get(name) or transcripts.get(bare_name(_NUMBERED.sub("", name)))
    coding_row = replace(row.row, code=paths[row.labels])
    if transcript is None:
        return coding_row
    coding_row = replace(coding_row, transcript=transcript.name)
    if row.paragraph is None or coding_row.start is not None:
        return coding_row
    # Other programs count paragraphs, not characters: the passage is looked for from there on.
    lines = transcript.text.split("\n")[: max(0, row.paragraph - 1)]
    # The other program's text may be longer; a position past the end would be no span.
    start = min(sum(len(line) + 1 for line in lines), len(transcript.text) - 1)
    return replace(coding_row, start=start, end=start + 1)
