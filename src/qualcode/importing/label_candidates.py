"""Finds lines that may begin with a speaker label, and the layout of that label.

``speaker_labels`` decides which candidates are speakers. Each line is matched once, over a
limited number of characters, so the time grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from qualcode.importing.times import (
    BRACKETED,
    STAMP,
    is_unmistakable,
    milliseconds,
    stamps_of_layout,
    starts_with_stamp,
)

_LONGEST = 160
_WORD = r"(?:[\w.'’&/-]{1,40}|\((?:[^\W\d][^\s():]{0,24}|\?)\))"
# Bold may begin before the time ("**[00:12] Anna:**") or after it ("[00:12] **Anna:**").
_CLOSED = r"(?(em)[*_]{0,3}|(?(inner)[*_]{0,3}))"
_CANDIDATE = re.compile(
    rf"""
    \s{{0,12}}
    # list number, sign of overlapping speech, bullet, heading
    (?:\d{{1,4}}[.)]\s{{1,8}}|//[ \t]{{0,2}}|[-*+>•][ \t]{{1,4}}|\#{{1,6}}[ \t]{{1,4}})?
    (?P<em>[*_]{{1,3}})?
    (?:(?P<before>{STAMP})[*_]{{0,3}}[ \t]{{0,8}}(?:[-–—|:][ \t]{{1,4}})?(?P<inner>[*_]{{1,3}})?)?
    (?P<label>(?:[^\W\d_]{_WORD}?(?:,?[ \xa0]{_WORD}){{0,3}}|[^\W\d_])\??)
    (?:
      {_CLOSED}[ \t]{{0,3}}(?P<mid>{BRACKETED})?[ \t]{{0,3}}
          (?P<colon>:)(?!//|(?<=\d:)\d){_CLOSED}
      | (?(em)[*_]{{0,3}})[ ]?(?P<tab>\t)[ \t]{{0,8}}
      | (?(em)[*_]{{0,3}})(?P<wide>[ \t\xa0]{{1,12}})(?P<stamp>{STAMP})[*_]{{0,3}}[ \t]{{0,8}}$
      | (?(em)[*_]{{0,3}})(?P<dash>[ \xa0]{{1,3}}[-–—][ \xa0]{{1,3}}|[–—][ \xa0]?)
      | (?(before)(?P<alone>[*_]{{0,3}}[ \t]{{0,8}}$)|(?!))
    )
    (?:[ \t]{{0,8}}(?P<after>{STAMP}))?
    """,
    re.VERBOSE,
)

# WhisperX writes "[SPEAKER_00]: ...", saved captions of Zoom "[Anna Bos] 10:00:01".
_BRACKETED_LABEL = re.compile(
    rf"""
    (?P<em>)(?P<before>(?!))?(?P<mid>(?!))?(?P<tab>(?!))?(?P<dash>(?!))?(?P<alone>(?!))?
    \s{{0,12}}\[(?P<label>[^\W\d_][^\[\]:\n]{{0,60}})\]
    (?:(?P<colon>:)(?:[ \t]{{0,8}}(?P<after>{STAMP}))?
      |(?P<wide>[ \t]{{1,12}})(?P<stamp>{STAMP})[ \t]{{0,8}}$)
    """,
    re.VERBOSE,
)
# In captions a label may hold more than a name: "Anna - Team B: ...", "06 1234: ...".
_CUE_LABEL = re.compile(r"[ \t\xa0]{0,12}(?P<label>[^\s:][^:]{0,60}?):(?!\S)[ \t\xa0]{0,12}")


class LabelLayout(Enum):
    """The sign that follows a label."""

    COLON = "a colon"
    TAB = "a tab"
    DASH = "a dash"
    STAMP = "a time stamp on the same line"
    CELL = "a table column"
    LINE = "a line end"
    EMPHASIS = "bold or italics"
    PARAGRAPH = "nothing"


@dataclass(frozen=True, slots=True)
class LabelCandidate:
    """A possible label at the start of a line.

    Attributes:
        start: Where the line starts.
        label: The label as written.
        layout: What follows it.
        speech_start: Where the words after it start.
        time_ms: The time given before or within the label.
        clear: Whether a gap separates label and time, as transcription programs write them.
        speech_end: Where the words end, in a table cell; None: at the next label.
        is_alone: Whether it fills a line after a time stamp.
        stamp: What stands after the label and may be its time stamp, or the first spoken words.
        stamp_end: Where the words after ``stamp`` start.
    """

    start: int
    label: str
    layout: LabelLayout
    speech_start: int
    time_ms: int | None = None
    clear: bool = False
    speech_end: int | None = None
    is_alone: bool = False
    stamp: str = ""
    stamp_end: int = 0

    def with_stamp(self) -> LabelCandidate:
        """Return the label with the stamp after it as its time instead of as speech."""
        return replace(self, speech_start=self.stamp_end, time_ms=milliseconds(self.stamp))

    @property
    def key(self) -> str:
        """The label in its form for comparison; see :func:`label_key`."""
        return label_key(self.label)


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """Return a label for comparison: white space, capitals and a final dot do not count."""
    return " ".join(label.split()).rstrip(".").casefold()


def nonblank_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line that is not blank."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def find_label_candidates(text: str) -> list[LabelCandidate]:
    """Return every line start of ``text`` that could be a speaker label."""
    candidates: list[LabelCandidate] = []
    has_words: set[str] = set()
    above: LabelCandidate | None = None
    for start, end in nonblank_lines(text):
        candidate = _match_candidate(text, start, end)
        # "[00:12] uur 3" is a label where speech follows it, and itself speech where none does.
        is_label = candidate is not None and candidate.clear
        if above is not None and not is_label and not starts_with_stamp(text, start):
            has_words.add(above.key)
        above = candidate if candidate is not None and candidate.is_alone else None
        if candidate is not None:
            candidates.append(candidate)
    return [c for c in candidates if not c.is_alone or c.key in has_words]


def find_cue_candidates(cues: Sequence[str]) -> list[LabelCandidate]:
    """Return the label before the colon of every cue; nothing where a cue has none.

    Nothing is returned either where most labels differ, as the first words of sentences do.
    Positions are those in the cues, joined by line feeds.
    """
    matches = [_CUE_LABEL.match(cue) for cue in cues]
    candidates: list[LabelCandidate] = []
    position = 0
    for cue, match in zip(cues, matches, strict=True):
        if match is None:
            return []
        label = " ".join(match["label"].removeprefix("[").removesuffix("]").split())
        speech_start = position + match.end()
        candidates.append(LabelCandidate(position, label, LabelLayout.COLON, speech_start))
        position += len(cue) + 1
    keys = [candidate.key for candidate in candidates]
    return candidates if len(set(keys)) * 2 <= len(keys) else []


def _match_candidate(text: str, start: int, end: int) -> LabelCandidate | None:
    # A match object's $ holds at the end of the slice, so a cut line must not end in a stamp.
    piece = text[start : min(end, start + _LONGEST)]
    match = _BRACKETED_LABEL.match(piece) or _CANDIDATE.match(piece)
    if match is None:
        return None
    layout = _layout(match)
    if layout is LabelLayout.STAMP and end - start > _LONGEST:
        return None
    # "Man?:" is a label; without a colon it may be a question, and the words after it the answer.
    if match["label"].endswith("?") and layout is not LabelLayout.COLON:
        return None
    stamps = [match[name] for name in ("before", "mid", "stamp") if match[name]]
    after = match["after"] or ""
    times = [time for time in map(milliseconds, stamps) if time is not None]
    return LabelCandidate(
        start=start,
        label=" ".join(match["label"].split()),
        layout=layout,
        speech_start=start + (match.start("after") if after else match.end()),
        time_ms=times[0] if times else None,
        # Brackets mark the label, so that one space before its time will do.
        clear=_is_clear(stamps, after, match["wide"])
        or bool(match["stamp"] and piece.lstrip()[0] == "["),
        is_alone=match["alone"] is not None,
        stamp=after,
        stamp_end=start + match.end(),
    )


def _is_clear(stamps: Sequence[str], after: str, wide: str | None) -> bool:
    # After a single space a stamp may be part of the sentence, so it proves nothing.
    is_gap = wide is None or len(wide) > 1 or "\t" in wide
    return (bool(stamps) or (bool(after) and is_unmistakable(after))) and is_gap


def read_stamps(candidates: Sequence[LabelCandidate]) -> list[LabelCandidate]:
    """Return the labels with the stamps after them as times, where the layout has stamps there."""
    # A label that has its time already needs none from the words after it.
    stamps = [c.stamp for c in candidates if c.stamp and c.time_ms is None]
    accepted = stamps_of_layout(stamps, len(candidates))
    return [
        candidate.with_stamp()
        if candidate.time_ms is None and candidate.stamp in accepted
        else candidate
        for candidate in candidates
    ]


def _layout(match: re.Match[str]) -> LabelLayout:
    if match["colon"]:
        return LabelLayout.COLON
    if match["tab"]:
        return LabelLayout.TAB
    return LabelLayout.DASH if match["dash"] else LabelLayout.STAMP
