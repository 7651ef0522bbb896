"""Converts values to pandas DataFrames, for analysis in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from qualcode.model import (
    Case,
    Coding,
    CrossTable,
    Memo,
    MemoTarget,
    Segment,
    Transcript,
)
from qualcode.speech import Speech

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | None
"""A value in a cell of a file."""

_CODING_COLUMNS = (
    "id transcript turn start end quote code theme coder round codebook_version memo origin "
    "created_at case speaker"
).split()


def codings_table(
    codings: Iterable[Coding], transcripts: Iterable[Transcript], cases: Sequence[Case]
) -> pd.DataFrame:
    """Return one row per coding, with its turn, who says it and the attributes of that case.

    Of several cases who say part of it: all names, and the attributes that they share.
    """
    import pandas as pd

    transcripts = tuple(transcripts)
    speech = Speech(transcripts, cases)
    attributes = _attributes(cases, transcripts)
    rows = []
    for coding in codings:
        turn = next(iter(speech.in_transcript(coding.transcript).turns_in(coding.span)), None)
        utterances = speech.who_said(coding.transcript, coding.span)
        coding_cases = speech.cases_of(coding)
        values = speech.attributes_of(coding_cases, coding.transcript)
        rows.append(
            {
                "id": coding.id,
                "transcript": coding.transcript,
                "turn": turn.number if turn else None,
                "start": coding.span.start,
                "end": coding.span.end,
                "quote": coding.quote,
                "code": coding.code,
                "theme": coding.code.partition("/")[0],
                "coder": coding.coder,
                "round": coding.round,
                "codebook_version": coding.codebook_version,
                "memo": coding.memo,
                "origin": coding.origin,
                "created_at": coding.created_at,
                "case": _joined(case.name for case in coding_cases),
                "speaker": _joined(part.speaker for part in utterances),
            }
            | {name: values.get(name) for name in attributes}
        )
    # Int64 keeps whole numbers next to missing ones; the default would turn them into floats.
    return pd.DataFrame(rows, columns=[*_CODING_COLUMNS, *attributes]).astype({"turn": "Int64"})


def memos_table(memos: Iterable[Memo], codings: Iterable[Coding]) -> pd.DataFrame:
    """Return one row per memo; of a memo on a coding also its passage."""
    import pandas as pd

    by_id = {coding.id: coding for coding in codings}
    rows = []
    for memo in memos:
        about = by_id.get(memo.target) if memo.target_kind is MemoTarget.CODING else None
        rows.append(
            {
                "about": memo.target_kind.value,
                "which": memo.target,
                "transcript": about.transcript if about else None,
                "quote": about.quote if about else None,
                "code": about.code if about else None,
                "author": memo.author,
                "memo": memo.text,
                "created_at": memo.created_at,
            }
        )
    columns = "about which transcript quote code author memo created_at".split()
    return pd.DataFrame(rows, columns=columns)


def cases_table(cases: Sequence[Case]) -> pd.DataFrame:
    """Return one row per case, indexed by name: transcripts, and a column per attribute.

    An attribute that differs from one transcript to another has all its values.
    """
    import pandas as pd

    attributes = _attributes(cases)
    rows = [
        (
            case.name,
            ", ".join(case.transcripts),
            *(_joined(_values(case, name), "; ") for name in attributes),
        )
        for case in cases
    ]
    return pd.DataFrame(rows, columns=["case", "transcripts", *attributes]).set_index("case")


def participations_table(cases: Sequence[Case], transcripts: Iterable[Transcript]) -> pd.DataFrame:
    """Return one row per case and transcript, as the table of cases is read.

    Columns: transcript, speaker (labels, joined by ";"), case, and one per attribute.
    """
    import pandas as pd

    texts = {transcript.name: transcript for transcript in transcripts}
    attributes = _attributes(cases, texts.values())
    rows = []
    for case in cases:
        for part in case.participations or (None,):
            name = part.transcript if part else ""
            of_transcript = texts[name].attributes if name in texts else {}
            values = {**of_transcript, **case.attributes_in(name)}
            labels = "; ".join(part.speakers) if part else ""
            rows.append((name, labels, case.name, *(values.get(a) for a in attributes)))
    return pd.DataFrame(rows, columns=["transcript", "speaker", "case", *attributes])


def transcripts_table(transcripts: Iterable[Transcript], cases: Sequence[Case]) -> pd.DataFrame:
    """Return one row per transcript, indexed by name."""
    import pandas as pd

    names: dict[str, list[str]] = {}
    for case in cases:
        for name in case.transcripts:
            names.setdefault(name, []).append(case.name)
    transcripts = tuple(transcripts)
    attributes = list(dict.fromkeys(key for t in transcripts for key in t.attributes))
    columns = ["transcript", "case", "turns", "words", "characters", "source_file", "sha256"]
    rows = [
        {
            "transcript": t.name,
            "case": _joined(names.get(t.name, ())),
            "turns": len(t.turns),
            "words": sum(len(turn.span.of(t.text).split()) for turn in t.turns),
            "characters": len(t.text),
            "source_file": t.source_file,
            "sha256": t.sha256,
        }
        | {name: t.attributes.get(name) for name in attributes}
        for t in transcripts
    ]
    return pd.DataFrame(rows, columns=[*columns, *attributes]).set_index("transcript")


def turns_table(transcripts: Iterable[Transcript]) -> pd.DataFrame:
    """Return one row per turn; ``time_ms`` in milliseconds, missing without a time."""
    import pandas as pd

    columns = ["transcript", "turn", "speaker", "role", "start", "end", "time_ms", "text"]
    rows = []
    for t in transcripts:
        roles = {speaker.label: speaker.role.value for speaker in t.speakers}
        for turn in t.turns:
            text = turn.span.of(t.text)
            place = (t.name, turn.number, turn.speaker, roles[turn.speaker])
            rows.append((*place, turn.span.start, turn.span.end, turn.time_ms, text))
    return pd.DataFrame(rows, columns=columns).astype({"time_ms": "Int64"})


def segments_table(segments: Iterable[Segment], transcripts: Iterable[Transcript]) -> pd.DataFrame:
    """Return one row per segment, with the numbers of its first and last turn."""
    import pandas as pd

    texts = {transcript.name: transcript.text for transcript in transcripts}
    columns = "transcript kind start end first_turn last_turn question text".split()
    rows = [
        (
            s.transcript,
            s.kind.value,
            s.span.start,
            s.span.end,
            s.turns[0] if s.turns else None,
            s.turns[-1] if s.turns else None,
            s.question,
            s.span.of(texts[s.transcript]),
        )
        for s in segments
    ]
    whole = {"first_turn": "Int64", "last_turn": "Int64"}
    return pd.DataFrame(rows, columns=columns).astype(whole)


def cross_table(table: CrossTable) -> pd.DataFrame:
    """Return a matrix with its keys as index and columns.

    Cells have counts (missing if the question was not asked), or text in tables of attributes.
    """
    import pandas as pd

    textual = any(cell.text for row in table.cells for cell in row)
    values = [[cell.text if textual else cell.count for cell in row] for row in table.cells]
    frame = pd.DataFrame(values, index=list(table.rows), columns=list(table.columns))
    return frame if textual else frame.astype("Int64")


def rows_of(frame: pd.DataFrame) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """Return a DataFrame's column names and its rows in plain values; missing is None."""
    import numpy as np
    import pandas as pd

    def plain(value: object) -> Cell:
        # NaN is the only value that differs from itself.
        if value is None or value is pd.NA or value is pd.NaT or value != value:  # noqa: PLR0124
            return None
        if isinstance(value, pd.Timestamp | datetime):
            return value.isoformat()
        if isinstance(value, str | int | float):
            return value
        return value.item() if isinstance(value, np.generic) else str(value)

    rows = [tuple(map(plain, row)) for row in frame.itertuples(index=False, name=None)]
    return [str(column) for column in frame.columns], rows


def _values(case: Case, attribute: str) -> Iterator[str]:
    for transcript in case.transcripts or ("",):
        yield case.attributes_in(transcript).get(attribute, "")


def _joined(names: Iterable[str], separator: str = ", ") -> str | None:
    """Return names, each once; None for no name."""
    return separator.join(dict.fromkeys(filter(None, names))) or None


def _attributes(cases: Iterable[Case], transcripts: Iterable[Transcript] = ()) -> list[str]:
    of_cases = (name for case in cases for name in case.all_attributes())
    of_transcripts = (name for transcript in transcripts for name in transcript.attributes)
    return list(dict.fromkeys((*of_cases, *of_transcripts)))
