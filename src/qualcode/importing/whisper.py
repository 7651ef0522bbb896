"""Reads the JSON of Whisper, WhisperX and whisper.cpp: segments, times, sometimes speakers."""

from __future__ import annotations

import json
from collections.abc import Mapping

from qualcode.errors import UnreadableFileError
from qualcode.importing.source import Utterance, UtteranceSource
from qualcode.importing.text_encoding import decode_text
from qualcode.messages import Message


def read_whisper(data: bytes, file_name: str) -> UtteranceSource:
    """Return the segments of a transcription as utterances.

    Raises:
        UnreadableFileError: The file is not JSON, or not of that kind.
    """
    text, problems = decode_text(data, file_name)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            Message(
                "'{file_name}' is not valid JSON. Let the transcription program write it again.",
                file_name=file_name,
            )
        ) from error
    fields = content if isinstance(content, Mapping) else {}
    segments = fields.get("segments", fields.get("transcription"))
    if not isinstance(segments, list) or not all(map(_is_segment, segments)):
        raise UnreadableFileError(
            Message(
                "'{file_name}' is not the JSON of Whisper or WhisperX: it has no list "
                "'segments' with texts. Export the transcript as .vtt, .srt or .docx instead.",
                file_name=file_name,
            )
        )
    return UtteranceSource(tuple(map(_utterance, segments)), problems=problems)


def _is_segment(segment: object) -> bool:
    return isinstance(segment, Mapping) and isinstance(segment.get("text"), str)


def _utterance(segment: Mapping[str, object]) -> Utterance:
    speaker = segment.get("speaker")
    return Utterance(
        speaker if isinstance(speaker, str) else None, str(segment["text"]), _start_ms(segment)
    )


def _start_ms(segment: Mapping[str, object]) -> int | None:
    start, offsets = segment.get("start"), segment.get("offsets")
    # NaN and infinity, which JSON of Python allows, fail this comparison.
    if isinstance(start, int | float) and 0 <= start < 1e7:
        return round(start * 1000)
    begin = offsets.get("from") if isinstance(offsets, Mapping) else None
    return begin if isinstance(begin, int) and begin >= 0 else None
