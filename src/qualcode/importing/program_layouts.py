"""Layouts that state who speaks without a sign after the label.

Copies from the panes of Teams and Word ("Anna Bos", "0 minutes 3 seconds"), labels in brackets
("[id1] ..."), names with a time in brackets before the words ("Anna Bos [00:00:03] ..."), and a
label above lines that each begin with their time, as aTrain writes them ("[00:00:03] - ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.importing.label_candidates import (
    LabelCandidate,
    LabelLayout,
    label_key,
    nonblank_lines,
)
from qualcode.importing.speaker_labels import (
    LabelProposal,
    SpeakerLabels,
    is_common_label,
    is_name,
)
from qualcode.importing.times import BRACKETED, STAMP, milliseconds
from qualcode.messages import Message

_HOURS = r"(?:(?P<hours>\d{1,2})[ ](?:uur|uren|hours?|stunden?)[ ,]{1,2})"
_MINUTES = r"(?:(?P<minutes>\d{1,3})[ ](?:minuten|minuut|minutes?|minuten?)[ ,]{0,2})"
_SECONDS = r"(?P<seconds>\d{1,2})[ ](?:seconden|seconde|seconds?|sekunden?)"
_DURATION = rf"{_HOURS}?{_MINUTES}?{_SECONDS}"
_WORD = r"[^\W_][\w.'’&/()-]{0,40}"
_LABEL = rf"(?P<label>{_WORD}(?:,?[ \xa0]{_WORD}){{0,4}}?)"
_NAME_LINE = re.compile(rf"[ \t]*{_LABEL}[ \t]*")
_DURATION_LINE = re.compile(rf"[ \t]*{_DURATION}[ \t]*(?:{STAMP})?[ \t]*", re.IGNORECASE)
_BOTH_LINE = re.compile(rf"[ \t]*{_LABEL}[ \t]+{_DURATION}[ \t]*", re.IGNORECASE)
_STAMP_LINE = re.compile(rf"[ \t]*{STAMP}[ \t]*")
_BRACKETED = re.compile(r"[ \t]*\[(?P<label>[A-Za-z]{1,5}\d{1,3})\](?![:\w])[ \t]*")
_SENTENCE_TIME = re.compile(r"(?P<stamp>\[\d{1,2}:\d{2}:\d{2}\])[ ]-[ ]")
_TIMED = re.compile(rf"[ \t]*{_LABEL}[ \t]+(?P<stamp>{BRACKETED})[ \t]+(?=\S)")
# One line in this form may be chance.
_FEWEST, _STATED_SHARE = 2, 0.8

_Line = tuple[int, int, str]


def find_program_labels(text: str) -> SpeakerLabels | None:
    """Return the labels of a text in one of these layouts; None where it is in none of them."""
    lines = [(s, e, text[s:e]) for s, e in nonblank_lines(text) if text[s:e].strip()]
    above = list(_candidates_below_times(lines))
    pane = above or list(_pane_candidates(lines))
    if len(pane) >= _FEWEST:
        return _labels(pane, Message("is next to a time in words"))
    sentences = list(_sentence_candidates(lines))
    # One name above all of them may be a title.
    if len({candidate.key for candidate in sentences}) > 1:
        return _labels(sentences, Message("is above lines that begin with their time"))
    for pattern, reason in (
        (_BRACKETED, Message("is in brackets at the start of nearly every turn")),
        (_TIMED, Message("is next to a time stamp at the start of nearly every turn")),
    ):
        candidates = list(_line_candidates(lines, pattern))
        # Lines that a label fills have their words on the next line.
        places = len(lines) - sum(c.is_alone for c in candidates)
        # Labels come back, and there are two at least: a list of references in brackets does
        # neither.
        recurs = len(candidates) > len({c.key for c in candidates}) > 1
        if recurs and len(candidates) >= max(_FEWEST + 1, _STATED_SHARE * places):
            return _labels(candidates, reason)
    return None


def _labels(candidates: Sequence[LabelCandidate], reason: str) -> SpeakerLabels:
    proposals: dict[str, LabelProposal] = {}
    for candidate in candidates:
        proposals.setdefault(candidate.key, LabelProposal(candidate.label, 0.95, reason))
    return SpeakerLabels(tuple(candidates), proposals)


def _pane_candidates(lines: Sequence[_Line]) -> Iterator[LabelCandidate]:
    """Yield a candidate for each head: a name, its time in words, and repetitions of both."""
    place = 0
    while place < len(lines):
        label, time, last = _head(lines, place)
        if not label:
            place += 1
            continue
        start, end = lines[place][0], lines[last][1]
        yield LabelCandidate(start, label, LabelLayout.STAMP, end, time, clear=True)
        place = last + 1


def _candidates_below_times(lines: Sequence[_Line]) -> Iterator[LabelCandidate]:
    """Yield a candidate for each name below a time in words, where the layout is that.

    In the other layout the name is above the time, and below it are the words, which seldom recur.
    """
    durations = [
        (place, match)
        for place, (_, _, line) in enumerate(lines)
        if (match := _DURATION_LINE.fullmatch(line)) is not None
    ]
    below = [_name_at(lines, place + 1) for place, _ in durations]
    above = [_name_at(lines, place - 1) for place, _ in durations]
    if not all(below) or len(set(below)) == len(below) or (all(above) and _recur(above, below)):
        return
    for (place, match), label in zip(durations, below, strict=True):
        start, end = lines[place][0], lines[place + 1][1]
        time = _milliseconds(match)
        yield LabelCandidate(start, label, LabelLayout.STAMP, end, time, clear=True)


def _recur(labels: Sequence[str], others: Sequence[str]) -> bool:
    return len(set(labels)) <= len(set(others))


def _name_at(lines: Sequence[_Line], place: int) -> str:
    """Return the name that fills a line; ``""`` where none does."""
    name = _NAME_LINE.fullmatch(lines[place][2]) if 0 <= place < len(lines) else None
    return _clean(name["label"]) if name is not None and _may_be_label(name["label"]) else ""


def _sentence_candidates(lines: Sequence[_Line]) -> Iterator[LabelCandidate]:
    """Yield a candidate for each sentence with its time, below the label of who says it."""
    label, label_start = "", -1
    is_timed = [_SENTENCE_TIME.match(line) is not None for _, _, line in lines]
    for place, (start, _, line) in enumerate(lines):
        if place + 1 < len(lines) and is_timed[place + 1] and not is_timed[place]:
            name = _name_at(lines, place)
            label, label_start = name or label, start if name else -1
        for match in _SENTENCE_TIME.finditer(line) if label and is_timed[place] else ():
            head = label_start if label_start >= 0 else start + match.start()
            label_start, time = -1, milliseconds(match["stamp"])
            yield LabelCandidate(
                head, label, LabelLayout.STAMP, start + match.end(), time, clear=True
            )


def _head(lines: Sequence[_Line], place: int) -> tuple[str, int, int]:
    """Return label, time in milliseconds and last line of a head; no label, no head."""
    line = lines[place][2]
    label_and_time = _BOTH_LINE.fullmatch(line)
    if label_and_time is not None and _may_be_label(label_and_time["label"]):
        return _clean(label_and_time["label"]), _milliseconds(label_and_time), place
    name = _NAME_LINE.fullmatch(line)
    if name is None or not _may_be_label(name["label"]) or place + 1 == len(lines):
        return "", 0, place
    duration = _DURATION_LINE.fullmatch(lines[place + 1][2])
    if duration is None:
        return "", 0, place
    label, time, last = _clean(name["label"]), _milliseconds(duration), place + 1
    # Another time on the next line is what somebody says.
    if last + 1 < len(lines) and _repeats(lines[last + 1][2], time):
        last += 1
    # The pane holds name and time once more, for people who hear the page instead of seeing it.
    again = _BOTH_LINE.fullmatch(lines[last + 1][2]) if last + 1 < len(lines) else None
    if again is not None and label_key(again["label"]) == label_key(label):
        last += 1
    return label, time, last


def _repeats(line: str, time: int) -> bool:
    return _STAMP_LINE.fullmatch(line) is not None and milliseconds(line) == time


def _line_candidates(lines: Sequence[_Line], pattern: re.Pattern[str]) -> Iterator[LabelCandidate]:
    for start, end, line in lines:
        match = pattern.match(line)
        if match is None or not _may_be_label(match["label"]):
            continue
        stamp = match.groupdict().get("stamp") or ""
        yield LabelCandidate(
            start,
            _clean(match["label"]),
            LabelLayout.STAMP if stamp else LabelLayout.LINE,
            start + match.end(),
            milliseconds(stamp),
            clear=True,
            is_alone=start + match.end() == end,
        )


def _clean(label: str) -> str:
    return " ".join(label.split())


def _may_be_label(label: str) -> bool:
    return is_common_label(label) or is_name(label)


def _milliseconds(match: re.Match[str]) -> int:
    hours, minutes, seconds = (int(match[n] or 0) for n in ("hours", "minutes", "seconds"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000
