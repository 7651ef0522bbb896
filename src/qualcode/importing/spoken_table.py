"""Transcripts in a table: csv, tsv or xlsx with columns for time, speaker and text."""

from __future__ import annotations

from qualcode.importing.columns import SPEAKER, TEXT, TIME, match_columns, missing_columns
from qualcode.importing.source import Spoken, Utterance
from qualcode.importing.tables import Table, read_table
from qualcode.importing.times import milliseconds, parse_time


def read_spoken_table(data: bytes, file_name: str) -> Spoken:
    """Return the rows as utterances; only the column with the text must be there.

    Raises:
        InvalidTableError: No column holds the text; names the columns there are.
    """
    table = read_table(data, file_name)
    columns = match_columns(table.header, (TIME, SPEAKER, TEXT))
    if TEXT not in columns:
        raise missing_columns(file_name, [TEXT], table.header)
    in_ms = _counts_milliseconds(table, columns.get(TIME))
    utterances = []
    for row in table.rows:
        time = row.cell(columns.get(TIME)).strip()
        speaker = row.cell(columns.get(SPEAKER)).strip().rstrip(":").strip()
        when = int(time) if in_ms and time.isdigit() else parse_time(time)
        utterances.append(Utterance(speaker or None, row.cell(columns[TEXT]), when))
    return Spoken(tuple(utterances), joins=False, problems=table.problems)


def _counts_milliseconds(table: Table, time: int | None) -> bool:
    """Tell whether start and end are whole milliseconds, as Whisper writes them."""
    if time is None or not {"start", "end"} <= {cell.casefold() for cell in table.header}:
        return False
    times = [row.cell(time).strip() for row in table.rows]
    return all(cell.isdigit() and milliseconds(cell) is None for cell in times if cell)
