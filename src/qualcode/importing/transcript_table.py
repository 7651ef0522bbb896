"""Transcripts in a table: csv, tsv or xlsx with columns for time, speaker and text."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.errors import InvalidTableError
from qualcode.importing.column_aliases import SPEAKER, TEXT, TIME, match_columns, missing_columns
from qualcode.importing.source import Utterance, UtteranceSource
from qualcode.importing.tables import Table, read_table
from qualcode.importing.times import milliseconds, parse_time
from qualcode.messages import Message, shell_word
from qualcode.model import Case

_OF_CODINGS = ("code", "quote", "start")


def read_transcript_table(data: bytes, file_name: str) -> UtteranceSource:
    """Return the rows as utterances; only the column of the text is required.

    Raises:
        InvalidTableError: No column holds the text, or it is a table of something else.
    """
    table = read_table(data, file_name)
    _refuse_others(table.header, file_name)
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
    # Each row stays a turn: the author of the table divided the speech.
    return UtteranceSource(tuple(utterances), joins=False, problems=table.problems)


def _refuse_others(header: Sequence[str], file_name: str) -> None:
    """Refuse a table of respondents or codings, whose transcripts would be read as speech."""
    columns = match_columns(header, ("transcript", *_OF_CODINGS, *Case.USUAL_ATTRIBUTES, "case"))
    if "transcript" not in columns:
        return
    speaks = SPEAKER in match_columns(header, (SPEAKER,))
    if "code" in columns and columns.keys() & {"quote", "start"} and not speaks:
        raise InvalidTableError(
            Message(
                "'{file_name}' looks like a table of codings, not an interview. Read it with: "
                "qualcode code {word}",
                file_name=file_name,
                word=shell_word(file_name),
            )
        )
    text = match_columns(header, (TEXT,)).get(TEXT, columns["transcript"])
    has_cases = columns.keys() & set(Case.USUAL_ATTRIBUTES) or ("case" in columns and not speaks)
    if has_cases and text == columns["transcript"]:
        raise InvalidTableError(
            Message(
                "'{file_name}' looks like a table of respondents, not an interview. Read it "
                "with: qualcode import --cases {word}",
                file_name=file_name,
                word=shell_word(file_name),
            )
        )


def _counts_milliseconds(table: Table, time: int | None) -> bool:
    """Tell whether start and end are whole milliseconds, as Whisper writes them."""
    if time is None or not {"start", "end"} <= {cell.casefold() for cell in table.header}:
        return False
    times = [row.cell(time).strip() for row in table.rows]
    return all(cell.isdigit() and milliseconds(cell) is None for cell in times if cell)
