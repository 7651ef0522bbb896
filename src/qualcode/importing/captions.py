"""Caption files: WebVTT and SubRip, one utterance per cue or voice.

Parsed here rather than by a library: what transcription programs write is looser than the
standard (voice tags never closed, entities, overlapping cues, no blank lines).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from qualcode.errors import Problem, UnreadableFileError
from qualcode.importing.source import Utterance, UtteranceSource
from qualcode.importing.text_encoding import decode_text
from qualcode.importing.times import milliseconds
from qualcode.messages import Message

_TIMING = re.compile(
    r"\s*((?:\d{1,3}:)?\d{1,3}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d{1,3}:)?\d{1,3}:\d{2}[.,]\d{1,3})"
)
# Bounded repetitions: a voice tag that is never closed must not slow the search down.
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,60})?\s{1,9}([^<>]{0,200})>|</v>")
# Only tags that caption formats know: other angle brackets may be speech.
_TAG = re.compile(r"</?(?:[biucv]|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\an?\d\}")


@dataclass(slots=True)
class _Cue:
    number: int
    start_ms: int
    end_ms: int
    lines: list[str] = field(default_factory=list)


def read_vtt(data: bytes, file_name: str) -> UtteranceSource:
    """Return the utterances of a WebVTT file."""
    return _read(data, file_name, blank_ends_cue=True)


def read_srt(data: bytes, file_name: str) -> UtteranceSource:
    """Return the utterances of a SubRip file."""
    return _read(data, file_name, blank_ends_cue=False)


def _read(data: bytes, file_name: str, *, blank_ends_cue: bool) -> UtteranceSource:
    text, problems = decode_text(data, file_name)
    cues = list(_cues(text.split("\n"), blank_ends_cue=blank_ends_cue))
    if text.strip() and not cues:
        raise UnreadableFileError(
            Message(
                "'{file_name}' holds no captions with times such as '00:00:01.000 --> "
                "00:00:04.000'. If it is plain text, rename it to end in .txt.",
                file_name=file_name,
            )
        )
    utterances = tuple(utterance for cue in cues for utterance in _utterances(cue))
    return UtteranceSource(utterances, problems=(*problems, *_disorder(cues, file_name)))


def _cues(lines: Iterable[str], *, blank_ends_cue: bool) -> Iterator[_Cue]:
    cue: _Cue | None = None
    is_open = False
    number = 0
    has_identifiers = False
    for line in lines:
        timing = _TIMING.match(line) if "-->" in line else None
        if timing is not None:
            if cue is not None:
                if is_open and has_identifiers:
                    _drop_identifier(cue)
                yield cue
            number += 1
            cue = _Cue(number, milliseconds(timing[1]) or 0, milliseconds(timing[2]) or 0)
            is_open = True
        elif not line.strip():
            # In SubRip as programs write it, a blank line may lie within a caption.
            is_open = is_open and not blank_ends_cue
        elif cue is None:
            has_identifiers = line.strip().isdigit()
        elif is_open:
            cue.lines.append(line)
    if cue is not None:
        yield cue


def _drop_identifier(cue: _Cue) -> None:
    """Remove the number of the next cue from the end of this one."""
    # SubRip numbers its cues; without a blank line the number ends up in the cue before.
    if cue.lines and cue.lines[-1].strip().isdigit():
        cue.lines.pop()


def _utterances(cue: _Cue) -> Iterator[Utterance]:
    """Yield an utterance per voice of a cue; a voice lasts until the next voice or its end tag."""
    words = " ".join(line.strip() for line in cue.lines)
    speaker, position = None, 0
    for voice in _VOICE.finditer(words):
        yield from _utterance(speaker, words[position : voice.start()], cue)
        speaker, position = voice[1], voice.end()
    yield from _utterance(speaker, words[position:], cue)


def _utterance(speaker: str | None, marked_up: str, cue: _Cue) -> Iterator[Utterance]:
    # Tags go first: an escaped angle bracket is speech and must not become a tag.
    text = html.unescape(_TAG.sub("", marked_up)).strip()
    if text:
        label = html.unescape(speaker).strip() if speaker else None
        yield Utterance(label or None, text, cue.start_ms)


def _disorder(cues: list[_Cue], file_name: str) -> tuple[Problem, ...]:
    pairs = list(pairwise(cues))
    overlaps = [
        after for before, after in pairs if before.start_ms <= after.start_ms < before.end_ms
    ]
    backwards = [after for before, after in pairs if after.start_ms < before.start_ms]
    problems = []
    for misplaced, message in (
        (
            overlaps,
            Message.counted(
                "{count} cue overlaps the one before it in time; all are kept in the order of "
                "the file.",
                "{count} cues overlap the one before them in time; all are kept in the order of "
                "the file.",
                len(overlaps),
            ),
        ),
        (
            backwards,
            Message.counted(
                "{count} cue starts before the one before it; all are kept in the order of the "
                "file.",
                "{count} cues start before the one before them; all are kept in the order of the "
                "file.",
                len(backwards),
            ),
        ),
    ):
        if misplaced:
            hint = "Check who speaks there."
            problems.append(
                Problem(
                    Message(
                        "{file_name}, cue {number}", file_name=file_name, number=misplaced[0].number
                    ),
                    message,
                    hint,
                )
            )
    return tuple(problems)
